#include "gridded_air.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/io/units.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

std::vector<UtcTime> times_of(const NetcdfReader& file) {
  if (!file.has_variable("time")) return {};
  const std::string unit = file.text_attribute("time", "units").value_or("");
  const std::size_t since = unit.find(" since ");
  if (since == std::string::npos)
    throw DataError(fmt::format(R"({}: time: units "{}" are no "hours since ...")", file.path(), unit));
  const double seconds = unit_conversion(unit.substr(0, since), "s").factor;
  std::string epoch(trimmed(unit.substr(since + 7)).substr(0, 19));
  if (epoch.size() == 10) epoch += " 00:00:00";
  const UtcTime first = parse_utc(epoch);
  std::vector<UtcTime> times;
  for (const double value : file.read("time"))
    times.push_back(first.plus_seconds(std::llround(value * seconds)));
  return times;
}

std::size_t nearest(const std::vector<double>& axis, double value, double circle) {
  const auto apart = [&](std::size_t n) {
    const double difference = axis[n] - value;
    return std::fabs(circle > 0.0 ? std::remainder(difference, circle) : difference);
  };
  std::size_t best = 0;
  for (std::size_t n = 1; n < axis.size(); ++n)
    if (apart(n) < apart(best)) best = n;
  return best;
}

void check_rising(const std::string& path, const std::string& name, const std::vector<double>& axis) {
  for (std::size_t n = 1; n < axis.size(); ++n)
    if (!(axis[n] > axis[n - 1]))
      throw DataError(
          fmt::format("{}: {}: value {} is {} after {}; it must rise", path, name, n, axis[n], axis[n - 1]));
}

/// The dimensions must be those of the axes, in their order: a transposed field has the same size.
void check_shape(const NetcdfReader& file, const std::string& name) {
  std::vector<std::string> wanted, found;
  for (const char* axis : {"time", "height", "lat", "lon"})
    if (file.has_variable(axis)) wanted.push_back(file.shape(axis).at(0).name);
  for (const auto& dimension : file.shape(name)) found.push_back(dimension.name);
  if (found != wanted)
    throw DataError(fmt::format("{}: {}: lies on ({}); ({}) is needed", file.path(), name,
                                fmt::join(found, ", "), fmt::join(wanted, ", ")));
}

void check_values(const std::string& path, const std::string& name, const std::vector<double>& values) {
  for (std::size_t n = 0; n < values.size(); ++n)
    if (!(values[n] >= 0.0))
      throw DataError(fmt::format("{}: {}: value {} is {}; every cell needs a number of 0 or more", path,
                                  name, n, values[n]));
}

}  // namespace

std::optional<double> ppb_of_mole_fraction(const std::string& unit) {
  static const std::map<std::string, double> factors = {
      {"ppb", 1.0},      {"ppbv", 1.0},        {"1e-9", 1.0},     {"ppm", 1.0e3},
      {"ppmv", 1.0e3},   {"1e-6", 1.0e3},      {"ppt", 1.0e-3},   {"pptv", 1.0e-3},
      {"1e-12", 1.0e-3}, {"mol mol-1", 1.0e9}, {"mol/mol", 1.0e9}};
  const auto found = factors.find(lower_case(trimmed(unit)));
  return found == factors.end() ? std::nullopt : std::optional(found->second);
}

GriddedAir::GriddedAir(const std::string& path, const std::vector<std::string>& species) : path_(path) {
  const NetcdfReader file(path);
  lon_ = file.read("lon");
  lat_ = file.read("lat");
  if (file.has_variable("height")) height_m_ = file.read("height");
  times_ = times_of(file);
  check_rising(path, "height", height_m_);
  for (std::size_t n = 1; n < times_.size(); ++n)
    if (times_[n] <= times_[n - 1])
      throw DataError(fmt::format("{}: time: {} follows {}; it must rise", path, to_iso8601(times_[n]),
                                  to_iso8601(times_[n - 1])));
  for (const std::string& name : species) {
    if (!file.has_variable(name)) continue;
    const std::string unit = file.text_attribute(name, "units").value_or("");
    Variable variable;
    if (const auto factor = ppb_of_mole_fraction(unit)) {
      variable.to_ppb = *factor;
    } else if (units_are_convertible(unit, "ug m-3")) {
      variable.is_ug_m3 = true;
      variable.to_ppb = unit_conversion(unit, "ug m-3").factor;
    } else {
      throw DataError(
          fmt::format("{}: {}: the unit \"{}\" is no amount in air; known are ppb, ppm, mol mol-1, "
                      "ug m-3",
                      path, name, unit));
    }
    check_shape(file, name);
    variable.values = file.read(name);
    check_values(path, name, variable.values);
    variables_[name] = std::move(variable);
  }
  if (variables_.empty())
    throw DataError(fmt::format("{}: holds none of this run's species, {}; found {}", path,
                                fmt::join(species, ", "), fmt::join(file.variables(), ", ")));
}

void GriddedAir::check_reach(LonLat place) const {
  const auto is_far = [](const std::vector<double>& axis, double value, double circle) {
    if (axis.size() < 2) return false;  // one column speaks for all
    const double spacing = std::fabs(axis.back() - axis.front()) / static_cast<double>(axis.size() - 1);
    const double apart = axis[nearest(axis, value, circle)] - value;
    return std::fabs(circle > 0.0 ? std::remainder(apart, circle) : apart) > spacing;
  };
  if (is_far(lon_, place.longitude_deg, 360.0) || is_far(lat_, place.latitude_deg, 0.0))
    throw DataError(
        fmt::format("{}: its columns, longitude {} to {} and latitude {} to {}, do not reach the domain at "
                    "longitude {:.4g}, "
                    "latitude {:.4g}",
                    path_, lon_.front(), lon_.back(), lat_.front(), lat_.back(), place.longitude_deg,
                    place.latitude_deg));
}

/// Index of the time that holds at an hour.
std::optional<std::size_t> GriddedAir::record(UtcTime hour) const {
  if (times_.size() < 2) return 0;
  const UtcTime end = times_.back().plus_seconds(times_.back().seconds_since(times_[times_.size() - 2]));
  if (hour < times_.front() || hour >= end) return std::nullopt;
  return static_cast<std::size_t>(std::ranges::upper_bound(times_, hour) - times_.begin() - 1);
}

std::optional<GriddedAir::Value> GriddedAir::at(const std::string& species, UtcTime hour, LonLat place,
                                                double height_m) const {
  const auto found = variables_.find(species);
  if (found == variables_.end()) return std::nullopt;
  const auto t = record(hour);
  if (!t) return std::nullopt;
  const std::size_t levels = std::max<std::size_t>(height_m_.size(), 1),
                    j = nearest(lat_, place.latitude_deg, 0.0), i = nearest(lon_, place.longitude_deg, 360.0);
  const auto value = [&](std::size_t k) {
    return found->second.values[((*t * levels + k) * lat_.size() + j) * lon_.size() + i];
  };
  double result = value(0);
  for (std::size_t k = 0; k + 1 < height_m_.size(); ++k) {
    if (height_m < height_m_[k]) break;
    const double share = std::min((height_m - height_m_[k]) / (height_m_[k + 1] - height_m_[k]), 1.0);
    result = (1.0 - share) * value(k) + share * value(k + 1);
  }
  return Value{result * found->second.to_ppb, found->second.is_ug_m3};
}

}  // namespace lantian
