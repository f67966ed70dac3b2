#include "result_files.hpp"

#include "lantian/io/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace lantian::steady {

namespace {

using Type = NetcdfWriter::Type;

/// Texts of all rows or places as a char variable (of, name_length).
void write_texts(NetcdfWriter& file, const std::string& variable, const std::vector<std::string>& texts) {
  for (std::size_t n = 0; n < texts.size(); ++n)
    if (!texts[n].empty()) file.write_text(variable, {n, 0}, texts[n]);
}

struct TextVariable {
  std::string name, dimension, meaning;
  std::vector<std::string> texts;
};

void define_text(NetcdfWriter& file, const TextVariable& text) {
  std::size_t longest = 1;
  for (const std::string& one : text.texts) longest = std::max(longest, one.size());
  const std::string length = text.name + "_length";
  file.dimension(length, longest);
  file.variable(text.name, Type::text, {text.dimension, length});
  file.attribute(text.name, "long_name", text.meaning);
  file.attribute(text.name, "_Encoding", "utf-8");
}

void define_axis(NetcdfWriter& file, const std::string& name, const std::vector<std::string>& dimensions) {
  const bool is_lon = name == "lon";
  file.variable(name, Type::real64, dimensions);
  file.attribute(name, "standard_name", is_lon ? "longitude" : "latitude");
  file.attribute(name, "units", is_lon ? "degrees_east" : "degrees_north");
}

std::string words_for(const std::string& pollutant, const PlumePhysicsConfig& plume) {
  if (pollutant == "NO2") return "NO2, of all NOx by " + plume.no2_name();
  return pollutant == "PM25" || pollutant == "PM10" ? "primary " + pollutant : pollutant;
}

struct Height {
  const char *name, *meaning;
  double plume::Receptor::*value;
};
constexpr Height heights[] = {
    {"elevation", "height of the ground above sea level", &plume::Receptor::elevation_m},
    {"hill_height", "height of the hills around above sea level", &plume::Receptor::hill_height_m}};

void define_height(NetcdfWriter& file, const Height& height, const std::vector<std::string>& dimensions) {
  file.variable(height.name, Type::real32, dimensions);
  file.attribute(height.name, "long_name", height.meaning);
  file.attribute(height.name, "units", "m");
}

std::string words_for(const Quantity& quantity, const PlumePhysicsConfig& plume) {
  if (quantity.is_air()) return words_for(quantity.pollutant, plume);
  return (quantity.kind == Quantity::Kind::dry ? "dry" : "wet") + std::string(" deposition of ") +
         words_for(quantity.pollutant, plume);
}

/// How an hour of a quantity is told, and a period.
const char* hourly(const Quantity& quantity) {
  return quantity.is_air() ? "hourly mean of " : "hourly sum of ";
}
const char* whole(const Quantity& quantity) {
  return quantity.is_air() ? "mean over the period of " : "sum over the period of ";
}
const char* method_of(const Quantity& quantity) {
  return quantity.is_air() ? "time: mean" : "time: sum";
}
const char* units_of(const Quantity& quantity) {
  return quantity.is_air() ? "ug m-3" : "mg m-2";
}

struct Field {
  std::string name, long_name, methods, units;
  std::vector<std::string> dimensions;
  std::vector<std::size_t> piece;
};

/// Single precision, packed: never more than the four bytes of a value.
void define_field(NetcdfWriter& file, const Field& field) {
  file.variable(field.name, Type::real32, field.dimensions);
  file.compress(field.name, field.piece);
  file.attribute(field.name, "long_name", field.long_name);
  file.attribute(field.name, "units", field.units);
  file.attribute(field.name, "cell_methods", field.methods);
}

/// Values of a grid among those of all receptors.
std::vector<double> part_of(std::span<const double> receptors, const ReceptorGrid& grid) {
  const auto part = receptors.subspan(grid.first, grid.columns * grid.rows);
  return {part.begin(), part.end()};
}

}  // namespace

ResultFiles::ResultFiles(const SteadyInputs::Parts& parts, std::string program)
    : parts_(parts), program_(std::move(program)) {
  const PlumeCase& config = parts_.configuration;
  create_directory(config.output.directory);
  const ReceptorPlan& plan = parts_.receptors;
  const std::size_t rows = parts_.sources.rows.size(), hours = static_cast<std::size_t>(config.hours());
  constexpr std::size_t hours_of_piece = 24;
  if (config.output.hourly != "none" && !plan.named.empty()) {
    hourly_ = std::make_unique<NetcdfWriter>(path("hourly.nc"));
    define_rows(*hourly_);
    define_time(*hourly_);
    define_places(*hourly_);
    for (const Quantity& quantity : parts_.sources.quantities)
      define_field(*hourly_, {quantity.name(),
                              hourly(quantity) + words_for(quantity, config.plume) + " by source",
                              method_of(quantity),
                              units_of(quantity),
                              {"source", "time", "receptor"},
                              {rows, std::min(hours, hours_of_piece), plan.named.size()}});
  }
  for (const ReceptorGrid& grid : plan.grids) {
    if (config.output.hourly != "all") break;
    hourly_grids_.push_back(std::make_unique<NetcdfWriter>(path("hourly_" + grid.name + ".nc")));
    define_rows(*hourly_grids_.back());
    define_time(*hourly_grids_.back());
    define_grid(*hourly_grids_.back(), grid);
    for (const Quantity& quantity : parts_.sources.quantities)
      define_field(*hourly_grids_.back(),
                   {quantity.name(),
                    hourly(quantity) + words_for(quantity, config.plume) + " by source",
                    method_of(quantity),
                    units_of(quantity),
                    {"source", "time", "y", "x"},
                    {1, 1, grid.rows, grid.columns}});
  }
  std::vector<Station> points;
  for (const NamedPlace& place : plan.named)
    if (!place.is_district) points.push_back({place.name, place.district, place.place});
  if (points.empty()) return;
  std::vector<OutputVariable> variables;
  for (const std::string& pollutant : config.plume.pollutants)
    variables.push_back({.name = pollutant,
                         .long_name = words_for(pollutant, config.plume) + " of the case's sources",
                         .units = "ug m-3"});
  files_.push_back(path("receptors.nc"));
  stations_.emplace(files_.back(), points, variables,
                    std::map<std::string, std::string>{{"title", config.run.name}, {"source", program_}});
}

bool ResultFiles::has_terrain() const {
  return !parts_.configuration.terrain.file.empty();
}

std::string ResultFiles::path(const std::string& name) const {
  return parts_.configuration.output.directory + "/" + name;
}

void ResultFiles::define_rows(NetcdfWriter& file) const {
  const std::vector<SourceRow>& rows = parts_.sources.rows;
  file.attribute("", "Conventions", "CF-1.8");
  file.attribute("", "title", parts_.configuration.run.name);
  file.attribute("", "source", program_);
  file.attribute("", "case", parts_.configuration.path);
  file.attribute("", "utc_offset_h", parts_.configuration.run.utc_offset_h);
  file.dimension("source", rows.size());
  std::vector<TextVariable> texts = {{"source_id", "source", parts_.configuration.output.by, {}},
                                     {"source_name", "source", "name of the source", {}},
                                     {"source_district", "source", "district of the source", {}}};
  for (const SourceRow& row : rows) {
    texts[0].texts.push_back(row.id);
    texts[1].texts.push_back(row.name);
    texts[2].texts.push_back(row.district);
  }
  for (const TextVariable& text : texts) define_text(file, text);
  for (const TextVariable& text : texts) write_texts(file, text.name, text.texts);
}

void ResultFiles::define_time(NetcdfWriter& file) const {
  file.dimension("time", static_cast<std::size_t>(parts_.configuration.hours()));
  file.dimension("bnds", 2);
  file.variable("time", Type::real64, {"time"});
  file.attribute("time", "standard_name", "time");
  file.attribute("time", "long_name", "end of the averaging hour");
  file.attribute("time", "units", "seconds since 1970-01-01 00:00:00");
  file.attribute("time", "calendar", "standard");
  file.attribute("time", "bounds", "time_bnds");
  file.variable("time_bnds", Type::real64, {"time", "bnds"});
}

void ResultFiles::define_grid(NetcdfWriter& file, const ReceptorGrid& grid) const {
  file.dimension("y", grid.rows);
  file.dimension("x", grid.columns);
  file.attribute("", "utm_zone", parts_.receptors.zone);
  std::vector<double> x, y, lon, lat;
  for (std::size_t n = grid.first; n < grid.first + grid.columns * grid.rows; ++n) {
    if (n < grid.first + grid.columns) x.push_back(parts_.receptors.receptors[n].place.x_m);
    if ((n - grid.first) % grid.columns == 0) y.push_back(parts_.receptors.receptors[n].place.y_m);
    lon.push_back(parts_.receptors.places[n].longitude_deg);
    lat.push_back(parts_.receptors.places[n].latitude_deg);
  }
  for (const char* name : {"x", "y"}) {
    file.variable(name, Type::real64, {name});
    file.attribute(name, "standard_name", std::string("projection_") + name + "_coordinate");
    file.attribute(name, "units", "m");
  }
  for (const char* name : {"lon", "lat"}) define_axis(file, name, {"y", "x"});
  file.write("x", x);
  file.write("y", y);
  file.write("lon", lon);
  file.write("lat", lat);
  for (const Height& height : heights) {
    if (!has_terrain()) break;
    define_height(file, height, {"y", "x"});
    std::vector<double> values;
    for (std::size_t n = grid.first; n < grid.first + grid.columns * grid.rows; ++n)
      values.push_back(parts_.receptors.receptors[n].*height.value);
    file.write(height.name, values);
  }
}

void ResultFiles::define_places(NetcdfWriter& file) const {
  const std::vector<NamedPlace>& places = parts_.receptors.named;
  file.dimension("receptor", places.size());
  TextVariable name{"receptor_name", "receptor", "point, or district", {}};
  std::vector<double> lon, lat, is_district;
  for (const NamedPlace& place : places) {
    name.texts.push_back(place.name);
    lon.push_back(place.place.longitude_deg);
    lat.push_back(place.place.latitude_deg);
    is_district.push_back(place.is_district ? 1.0 : 0.0);
  }
  define_text(file, name);
  for (const char* axis : {"lon", "lat"}) define_axis(file, axis, {"receptor"});
  file.variable("is_district", Type::int32, {"receptor"});
  file.attribute("is_district", "long_name", "1: mean over points in a district; 0: a point");
  write_texts(file, name.name, name.texts);
  file.write("lon", lon);
  file.write("lat", lat);
  file.write("is_district", is_district);
  for (const Height& height : heights) {
    if (!has_terrain()) break;
    define_height(file, height, {"receptor"});
    std::vector<double> all, values;
    for (const plume::Receptor& receptor : parts_.receptors.receptors) all.push_back(receptor.*height.value);
    for (const NamedPlace& place : places) values.push_back(at_place(all, place));
    file.write(height.name, values);
  }
}

std::vector<double> ResultFiles::at_places(const HourOfRows& rows) const {
  std::vector<double> values;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    for (const NamedPlace& place : parts_.receptors.named) values.push_back(at_place(rows.row(row), place));
  return values;
}

void ResultFiles::begin_hour(std::size_t n) {
  const UtcTime begin = parts_.configuration.run.start.plus_seconds(3600LL * static_cast<long long>(n)),
                end = begin.plus_seconds(3600);
  const auto from = static_cast<double>(begin.unix_seconds()), to = static_cast<double>(end.unix_seconds());
  const auto stamp = [&](NetcdfWriter& file) {
    file.write("time", {n}, {1}, {to});
    file.write("time_bnds", {n, 0}, {1, 2}, {from, to});
  };
  if (hourly_) stamp(*hourly_);
  for (const auto& file : hourly_grids_) stamp(*file);
  if (stations_) stations_->append_hour(begin, end);
}

void ResultFiles::write(std::size_t n, const Quantity& quantity, const HourOfRows& rows) {
  const ReceptorPlan& plan = parts_.receptors;
  const std::vector<double> told = at_places(rows);
  const std::string name = quantity.name();
  if (hourly_) hourly_->write(name, {0, n, 0}, {rows.rows(), 1, plan.named.size()}, told);
  for (std::size_t g = 0; g < hourly_grids_.size(); ++g)
    for (std::size_t row = 0; row < rows.rows(); ++row)
      hourly_grids_[g]->write(name, {row, n, 0, 0}, {1, 1, plan.grids[g].rows, plan.grids[g].columns},
                              part_of(rows.row(row), plan.grids[g]));
  if (!stations_ || !quantity.is_air()) return;
  std::vector<double> sums;
  for (std::size_t at = 0; at < plan.named.size(); ++at) {
    if (plan.named[at].is_district) continue;
    double sum = 0.0;
    for (std::size_t row = 0; row < rows.rows(); ++row) sum += told[row * plan.named.size() + at];
    sums.push_back(sum);
  }
  stations_->write(name, sums);
}

void ResultFiles::write_contributions(const std::vector<PeriodOfRows>& periods) {
  const std::size_t rows = parts_.sources.rows.size(), places = parts_.receptors.named.size();
  if (places == 0) return;
  NetcdfWriter file(path("contribution.nc"));
  define_rows(file);
  define_places(file);
  for (const PeriodOfRows& period : periods)
    define_field(
        file, {period.quantity.name(),
               whole(period.quantity) + words_for(period.quantity, parts_.configuration.plume) + " by source",
               method_of(period.quantity),
               units_of(period.quantity),
               {"source", "receptor"},
               {rows, places}});
  for (const PeriodOfRows& period : periods) file.write(period.quantity.name(), at_places(period.sum));
  file.finish();
  files_.push_back(path("contribution.nc"));
}

void ResultFiles::write_map(const ReceptorGrid& grid, const std::vector<PeriodOfRows>& periods) {
  const std::string name = path("map_" + grid.name + ".nc");
  NetcdfWriter file(name);
  define_rows(file);
  define_grid(file, grid);
  const PlumeRunConfig& run = parts_.configuration.run;
  file.attribute("", "period_start", to_iso8601(run.start));
  file.attribute("", "period_end", to_iso8601(run.end));
  const std::vector<std::size_t> piece = {grid.rows, grid.columns};
  for (const PeriodOfRows& period : periods) {
    const Quantity& quantity = period.quantity;
    const std::string words = words_for(quantity, parts_.configuration.plume);
    const Field all{quantity.name(),     whole(quantity) + words + " of all sources",
                    method_of(quantity), units_of(quantity),
                    {"y", "x"},          piece};
    define_field(file, {quantity.name() + "_by_source",
                        whole(quantity) + words + " by source",
                        method_of(quantity),
                        units_of(quantity),
                        {"source", "y", "x"},
                        {1, grid.rows, grid.columns}});
    define_field(file, all);
    if (quantity.is_air())
      define_field(file, {quantity.name() + "_highest_hour",
                          "highest hourly mean of " + words + " of all sources",
                          "time: maximum",
                          units_of(quantity),
                          {"y", "x"},
                          piece});
  }
  for (const PeriodOfRows& period : periods) {
    const std::string variable = period.quantity.name();
    std::vector<double> sum(grid.rows * grid.columns, 0.0);
    for (std::size_t row = 0; row < period.sum.rows(); ++row) {
      const std::vector<double> part = part_of(period.sum.row(row), grid);
      for (std::size_t n = 0; n < sum.size(); ++n) sum[n] += part[n];
      file.write(variable + "_by_source", {row, 0, 0}, {1, grid.rows, grid.columns}, part);
    }
    file.write(variable, sum);
    if (period.quantity.is_air()) file.write(variable + "_highest_hour", part_of(period.highest_hour, grid));
  }
  file.finish();
  files_.push_back(name);
}

std::vector<std::string> ResultFiles::finish(const std::vector<PeriodOfRows>& periods) {
  if (stations_) stations_->finish();
  if (hourly_) {
    hourly_->finish();
    files_.push_back(path("hourly.nc"));
  }
  for (std::size_t g = 0; g < hourly_grids_.size(); ++g) {
    hourly_grids_[g]->finish();
    files_.push_back(path("hourly_" + parts_.receptors.grids[g].name + ".nc"));
  }
  write_contributions(periods);
  for (const ReceptorGrid& grid : parts_.receptors.grids) write_map(grid, periods);
  return files_;
}

}  // namespace lantian::steady
