#include "lantian/weather/upper_air.hpp"

#include "csv_values.hpp"
#include "meteorology/hydrostatic.hpp"

#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

constexpr double zero_celsius_k = 273.15;
constexpr double standard_rise_k_m = 0.0033;  // of potential temperature in the standard troposphere

/// US Standard Atmosphere 1976, below 11 km.
double standard_pressure_at_pa(double height_m) {
  return standard_pressure_pa * std::pow(1.0 - standard_lapse_k_m * height_m / 288.15,
                                         gravity_m_s2 / (dry_air_gas_constant_j_kg_k * standard_lapse_k_m));
}

double potential_temperature_of(double temperature_k, double height_m) {
  return temperature_k *
         std::pow(reference_pressure_pa / standard_pressure_at_pa(height_m), poisson_exponent);
}

UpperAirProfile::Level between(const UpperAirProfile::Level& a, const UpperAirProfile::Level& b,
                               double share) {
  const auto mix = [share](double from, double to) { return from + share * (to - from); };
  return {mix(a.height_m, b.height_m), mix(a.potential_temperature_k, b.potential_temperature_k),
          mix(a.wind_east_m_s, b.wind_east_m_s), mix(a.wind_north_m_s, b.wind_north_m_s),
          mix(a.relative_humidity, b.relative_humidity)};
}

/// Where the columns of the table are.
struct ProfileColumns {
  std::vector<std::size_t> numbers;  // height, wind speed, direction, humidity, temperature
  std::size_t time = 0;
  bool has_celsius = false;
};

std::optional<ProfileColumns> profile_columns(const CsvTable& table, Problems& problems) {
  ProfileColumns found;
  found.has_celsius = table.column("temperature_c").has_value();
  const std::string temperature = found.has_celsius || !table.column("potential_temperature_k")
                                      ? "temperature_c"
                                      : "potential_temperature_k";
  auto columns = required_columns(
      table,
      {"time", "height_m", "wind_speed_m_s", "wind_direction_deg", "relative_humidity_pct", temperature},
      problems);
  if (!columns) return std::nullopt;
  found.time = columns->front();
  found.numbers.assign(columns->begin() + 1, columns->end());
  return found;
}

std::optional<UpperAirProfile::Level> level_of_row(const CsvTable& table, std::size_t row,
                                                   const ProfileColumns& columns, Problems& problems) {
  static const CsvQuantity celsius = {"temperature_c", -90.0, 60.0, "It looks like kelvin: subtract 273.15.",
                                      180.0,           340.0};
  static const CsvQuantity potential = {
      "potential_temperature_k", 230.0, 500.0, "It looks like degrees Celsius: add 273.15.", -60.0, 60.0};
  const CsvQuantity quantities[] = {{"height_m", 0.0, 30000.0},
                                    {"wind_speed_m_s", 0.0, 150.0},
                                    {"wind_direction_deg", 0.0, 360.0},
                                    {"relative_humidity_pct", 0.0, 100.0},
                                    columns.has_celsius ? celsius : potential};
  std::vector<double> values;
  for (std::size_t n = 0; n < std::size(quantities); ++n)
    if (const auto value = checked_number(table, row, columns.numbers[n], quantities[n], problems))
      values.push_back(*value);
  if (values.size() < std::size(quantities)) return std::nullopt;
  const double theta_k =
      columns.has_celsius ? potential_temperature_of(values[4] + zero_celsius_k, values[0]) : values[4];
  const EarthWind wind = wind_from(values[1], values[2]);
  return UpperAirProfile::Level{values[0], theta_k, wind.east_m_s, wind.north_m_s, values[3] / 100.0};
}

}  // namespace

UpperAirProfile::Level UpperAirProfile::at(double height_m) const {
  if (height_m <= levels.front().height_m) return levels.front();
  if (height_m >= levels.back().height_m) {
    Level top = levels.back();
    top.potential_temperature_k += standard_rise_k_m * (height_m - top.height_m);
    return top;
  }
  std::size_t n = 1;
  while (levels[n].height_m < height_m) ++n;
  const Level& below = levels[n - 1];
  return between(below, levels[n], (height_m - below.height_m) / (levels[n].height_m - below.height_m));
}

UpperAir::UpperAir(const std::string& path, Problems& problems) : path_(path) {
  const CsvTable table = CsvTable::read(path);
  const auto columns = profile_columns(table, problems);
  if (!columns) return;
  for (std::size_t row = 0; row < table.rows(); ++row) try {
      const UtcTime time = parse_utc(table.cell(row, columns->time));
      if (const auto level = level_of_row(table, row, *columns, problems))
        profiles_[time].levels.push_back(*level);
    } catch (const DataError& fault) {
      problems.add(fmt::format("{}: time: {}", table.place(row), fault.what()));
    }
  for (auto& [time, profile] : profiles_) {
    std::ranges::sort(profile.levels, {}, &UpperAirProfile::Level::height_m);
    const auto twice = std::ranges::adjacent_find(profile.levels, {}, &UpperAirProfile::Level::height_m);
    if (twice != profile.levels.end())
      problems.add(fmt::format("{}: the profile of {} has the height {:g} m twice; keep one", path,
                               to_iso8601(time), twice->height_m));
  }
}

UpperAirProfile UpperAir::at(UtcTime time) const {
  const auto after = profiles_.lower_bound(time);
  if (after == profiles_.end()) return std::prev(after)->second;
  if (after == profiles_.begin() || after->first == time) return after->second;
  const auto before = std::prev(after);
  const double share = static_cast<double>(time.seconds_since(before->first)) /
                       static_cast<double>(after->first.seconds_since(before->first));
  UpperAirProfile profile = before->second;
  for (auto& level : profile.levels) {
    const double height_m = level.height_m;
    level = between(level, after->second.at(height_m), share);
    level.height_m = height_m;
  }
  return profile;
}

void UpperAir::check_cover(UtcTime begin, UtcTime end, Problems& problems) const {
  if (profiles_.empty()) return;
  const UtcTime first = profiles_.begin()->first, last = profiles_.rbegin()->first;
  if (begin < first || last < end)
    problems.add(fmt::format("{}: the profiles run from {} to {}; {} to {} is needed", path_,
                             to_iso8601(first), to_iso8601(last), to_iso8601(begin), to_iso8601(end)));
}

UpperAirProfile standard_profile(const PowerLawAir& air) {
  UpperAirProfile profile;
  for (const double height_m : {10.0, 50.0, 100.0, 200.0, 400.0, 700.0, 1000.0, 2000.0, 4000.0, 8000.0}) {
    const double factor = std::pow(std::min(height_m, 1000.0) / 10.0, air.exponent);
    const double temperature_k = air.sea_level_temperature_k - standard_lapse_k_m * height_m;
    profile.levels.push_back({height_m, potential_temperature_of(temperature_k, height_m),
                              factor * air.wind_east_m_s, factor * air.wind_north_m_s,
                              air.relative_humidity * std::exp(-height_m / 4000.0)});
  }
  return profile;
}

}  // namespace lantian
