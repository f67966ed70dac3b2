#include "concentration_file.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lantian::plume {

namespace {

constexpr std::size_t name_length = 8;

std::string variable_of(const ResultType& type) {
  if (type.code == "CONC") return "concentration";
  if (type.code == "DEPO") return "total_deposition";
  return type.code == "DDEP" ? "dry_deposition" : "wet_deposition";
}

std::string unit_of(const ResultType& type) {
  if (type.unit == "MICROGRAMS/M**3") return "ug m-3";
  if (type.unit == "GRAMS/M**2") return "g m-2";
  return type.unit;
}

std::string padded(const std::string& name) {
  std::string text = name.substr(0, name_length);
  text.resize(name_length, ' ');
  return text;
}

}  // namespace

ConcentrationFile::ConcentrationFile(const std::string& path, const Deck& deck, const TableOrigin& origin,
                                     const ValueLayout& layout, std::span<const WeatherHour> hours)
    : file_(path), layout_(layout), types_(result_types(deck)) {
  file_.dimension("group", layout.groups);
  file_.dimension("time", hours.size());
  file_.dimension("receptor", layout.receptors);
  file_.dimension("bound", 2);
  file_.dimension("name_length", name_length);
  define(deck, origin);
  file_.attribute("time", "units",
                  fmt::format("hours since {:04}-{:02}-{:02} 00:00:00", hours.front().year,
                              hours.front().month, hours.front().day));
  write_axes(deck, hours);
}

void ConcentrationFile::define(const Deck& deck, const TableOrigin& origin) {
  using enum NetcdfWriter::Type;
  file_.attribute("", "Conventions", "CF-1.8");
  file_.attribute("", "featureType", "timeSeries");
  file_.attribute("", "title", deck.titles[0]);
  file_.attribute("", "source", origin.program + ", steady plume");
  file_.attribute("", "deck", deck.path);
  file_.variable("time", real64, {"time"});
  file_.attribute("time", "standard_name", "time");
  file_.attribute("time", "calendar", "standard");
  file_.attribute("time", "bounds", "time_bounds");
  file_.attribute("time", "comment", "local standard time of the weather file; end of the hour");
  file_.variable("time_bounds", real64, {"time", "bound"});
  file_.variable("hour_state", int32, {"time"});
  file_.attribute("hour_state", "long_name", "whether the weather of an hour was known");
  file_.attribute("hour_state", "flag_meanings", "valid calm missing");
  file_.attribute("hour_state", "comment",
                  "0 valid, 1 calm, 2 missing; values of calm and missing hours are 0");
  file_.variable("group_name", text, {"group", "name_length"});
  file_.attribute("group_name", "long_name", "source group");
  define_receptors();
  for (const ResultType& type : types_) {
    const std::string name = variable_of(type);
    file_.variable(name, real32, {"group", "time", "receptor"});
    file_.attribute(name, "units", unit_of(type));
    file_.attribute(name, "long_name", fmt::format("{} of {}", name, deck.pollutant));
    file_.attribute(name, "cell_methods", type.is_deposition ? "time: sum" : "time: mean");
    file_.attribute(name, "coordinates", "x y elevation height group_name");
    file_.compress(name, {layout_.groups, 1, layout_.receptors});  // an hour is written at once
  }
}

void ConcentrationFile::define_receptors() {
  const auto along = [this](const std::string& name, const std::string& meaning,
                            const std::string& standard_name) {
    file_.variable(name, NetcdfWriter::Type::real64, {"receptor"});
    file_.attribute(name, "units", "m");
    file_.attribute(name, "long_name", meaning);
    if (!standard_name.empty()) file_.attribute(name, "standard_name", standard_name);
    file_.compress(name);
  };
  along("x", "x of the receptor in the deck's system", "projection_x_coordinate");
  along("y", "y of the receptor in the deck's system", "projection_y_coordinate");
  along("elevation", "elevation of the ground", "surface_altitude");
  along("hill_height", "hill height scale", "");
  along("height", "height of the receptor above the ground", "height");
  file_.attribute("height", "positive", "up");
  file_.variable("receptor_name", NetcdfWriter::Type::int32, {"receptor"});
  file_.attribute("receptor_name", "cf_role", "timeseries_id");
  file_.attribute("receptor_name", "long_name", "place of the receptor in the deck, from 1 on");
}

void ConcentrationFile::write_axes(const Deck& deck, std::span<const WeatherHour> hours) {
  const WeatherHour& first = hours.front();
  const auto midnight = static_cast<double>(hour_number({first.year, first.month, first.day, 1}) - 1);
  std::vector<double> ends, bounds, states;
  for (const WeatherHour& hour : hours) {
    const double end =
        static_cast<double>(hour_number({hour.year, hour.month, hour.day, hour.hour})) - midnight;
    ends.push_back(end);
    bounds.insert(bounds.end(), {end - 1.0, end});
    states.push_back(static_cast<double>(hour.state));
  }
  file_.write("time", ends);
  file_.write("time_bounds", bounds);
  file_.write("hour_state", states);
  for (std::size_t n = 0; n < deck.groups.size(); ++n)
    file_.write_text("group_name", {n, 0}, padded(deck.groups[n].name));
  std::vector<double> row(layout_.receptors);
  const auto along = [&](const std::string& name, auto&& value_of) {
    for (std::size_t n = 0; n < row.size(); ++n) row[n] = value_of(deck.receptors[n]);
    file_.write(name, row);
  };
  along("x", [](const Receptor& one) { return one.place.x_m; });
  along("y", [](const Receptor& one) { return one.place.y_m; });
  along("elevation", [](const Receptor& one) { return one.elevation_m; });
  along("hill_height", [](const Receptor& one) { return one.hill_height_m; });
  along("height", [](const Receptor& one) { return one.flagpole_m; });
  for (std::size_t n = 0; n < row.size(); ++n) row[n] = static_cast<double>(n + 1);
  file_.write("receptor_name", row);
}

void ConcentrationFile::write(std::size_t n, std::span<const double> values) {
  const std::size_t count = layout_.groups * layout_.receptors;
  for (std::size_t type = 0; type < types_.size(); ++type) {
    const std::span<const double> of_type = values.subspan(type * count, count);
    file_.write(variable_of(types_[type]), {0, n, 0}, {layout_.groups, 1, layout_.receptors},
                {of_type.begin(), of_type.end()});
  }
}

void ConcentrationFile::finish() {
  file_.finish();
}

}  // namespace lantian::plume
