#include "lantian/io/station_writer.hpp"

#include "lantian/base/errors.hpp"

#include <algorithm>

namespace lantian {

namespace {

void write_names(NetcdfWriter& file, const std::string& variable, const std::vector<std::string>& names) {
  for (std::size_t n = 0; n < names.size(); ++n) file.write_text(variable, {n, 0}, names[n]);
}

std::size_t longest(const std::vector<std::string>& names) {
  std::size_t length = 1;
  for (const std::string& name : names) length = std::max(length, name.size());
  return length;
}

void define_coordinates(NetcdfWriter& file) {
  using Type = NetcdfWriter::Type;
  file.variable("station_name", Type::text, {"station", "name_length"});
  file.attribute("station_name", "cf_role", "timeseries_id");
  file.attribute("station_name", "long_name", "name of the station");
  file.attribute("station_name", "_Encoding", "utf-8");
  file.variable("district", Type::text, {"station", "district_length"});
  file.attribute("district", "long_name", "district of the station");
  file.attribute("district", "_Encoding", "utf-8");
  for (const char* name : {"lon", "lat"}) {
    const bool is_lon = name[1] == 'o';
    file.variable(name, Type::real64, {"station"});
    file.attribute(name, "standard_name", is_lon ? "longitude" : "latitude");
    file.attribute(name, "units", is_lon ? "degrees_east" : "degrees_north");
  }
  file.variable("time", Type::real64, {"time"});
  file.attribute("time", "standard_name", "time");
  file.attribute("time", "long_name", "end of the averaging hour");
  file.attribute("time", "units", "seconds since 1970-01-01 00:00:00");
  file.attribute("time", "calendar", "standard");
  file.attribute("time", "axis", "T");
  file.attribute("time", "bounds", "time_bnds");
  file.variable("time_bnds", Type::real64, {"time", "bnds"});
}

}  // namespace

StationWriter::StationWriter(const std::string& path, const std::vector<Station>& stations,
                             const std::vector<OutputVariable>& variables,
                             const std::map<std::string, std::string>& attributes)
    : file_(path), station_count_(stations.size()) {
  if (stations.empty()) throw InternalError(path + ": a file of stations needs stations");
  std::vector<std::string> names, districts;
  std::vector<double> longitudes, latitudes;
  for (const Station& one : stations) {
    names.push_back(one.name);
    districts.push_back(one.district);
    longitudes.push_back(one.place.longitude_deg);
    latitudes.push_back(one.place.latitude_deg);
  }
  file_.dimension("station", stations.size());
  file_.dimension("time", 0);
  file_.dimension("bnds", 2);
  file_.dimension("name_length", longest(names));
  file_.dimension("district_length", longest(districts));
  define_coordinates(file_);
  for (const OutputVariable& one : variables) {
    file_.variable(one.name, NetcdfWriter::Type::real32, {"time", "station"});
    if (!one.standard_name.empty()) file_.attribute(one.name, "standard_name", one.standard_name);
    file_.attribute(one.name, "long_name", one.long_name);
    file_.attribute(one.name, "units", one.units);
    file_.attribute(one.name, "cell_methods", one.cell_methods);
    file_.attribute(one.name, "coordinates", "time lat lon station_name");
  }
  file_.attribute("", "Conventions", "CF-1.8");
  file_.attribute("", "featureType", "timeSeries");
  for (const auto& [name, value] : attributes) file_.attribute("", name, value);
  write_names(file_, "station_name", names);
  write_names(file_, "district", districts);
  file_.write("lon", longitudes);
  file_.write("lat", latitudes);
}

void StationWriter::append_hour(UtcTime begin, UtcTime end) {
  const auto from = static_cast<double>(begin.unix_seconds()), to = static_cast<double>(end.unix_seconds());
  file_.write("time", {hours_}, {1}, {to});
  file_.write("time_bnds", {hours_, 0}, {1, 2}, {from, to});
  ++hours_;
}

void StationWriter::write(const std::string& variable, const std::vector<double>& values) {
  if (hours_ == 0 || values.size() != station_count_)
    throw InternalError(variable + ": one value a station is needed, in an hour that has begun");
  file_.write(variable, {hours_ - 1, 0}, {1, station_count_}, values);
}

void StationWriter::finish(const std::map<std::string, std::string>& attributes) {
  for (const auto& [name, value] : attributes) file_.attribute("", name, value);
  file_.finish(NetcdfWriter::Digests::of_variables);
}

}  // namespace lantian
