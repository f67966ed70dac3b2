#include "gridded_air.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/io/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

std::vector<UtcTime> times_of(const NetcdfReader& file) {
  if (!file.has_variable("time")) return {};
  const std::string unit = file.text_attribute("time", "units").value_or("");
  const std::size_t since = unit.find(" since ");
  if (since == std::string::npos)
    throw DataError(fmt::format("{}: time: units \"{}\" are no \"hours since ...\"", file.path(), unit));
  const double seconds = unit_conversion(unit.substr(0, since), "s").factor;
  std::string epoch(trimmed(unit.substr(since + 7)).substr(0, 19));
  if (epoch.size() == 10) epoch += " 00:00:00";
  const UtcTime first = parse_utc(epoch);
  std::vector<UtcTime> times;
  for (const double value : file.read("time"))
    times.push_back(first.plus_seconds(std::llround(value * seconds)));
  return times;
}

std::size_t nearest(const std::vector<double>& axis, double value) {
  std::size_t best = 0;
  for (std::size_t n = 1; n < axis.size(); ++n)
    if (std::fabs(axis[n] - value) < std::fabs(axis[best] - value)) best = n;
  return best;
}

}  // namespace

GriddedAir::GriddedAir(const std::string& path) {
  const NetcdfReader file(path);
  lon_ = file.read("lon");
  lat_ = file.read("lat");
  if (file.has_variable("height")) height_m_ = file.read("height");
  times_ = times_of(file);
  const std::size_t expected = lon_.size() * lat_.size() * std::max<std::size_t>(height_m_.size(), 1) *
                               std::max<std::size_t>(times_.size(), 1);
  for (const std::string& name : file.variables()) {
    if (name == "lon" || name == "lat" || name == "height" || name == "time") continue;
    const std::string unit = file.text_attribute(name, "units").value_or("");
    Variable variable;
    if (unit == "ppb" || unit == "ppbv" || unit == "1e-9")
      variable.to_ppb = 1.0;
    else if (unit == "mol mol-1" || unit == "mol/mol")
      variable.to_ppb = 1.0e9;
    else if (units_are_convertible(unit, "ug m-3")) {
      variable.is_ug_m3 = true;
      variable.to_ppb = unit_conversion(unit, "ug m-3").factor;
    } else {
      continue;
    }
    variable.values = file.read(name);
    if (variable.values.size() != expected)
      throw DataError(fmt::format("{}: {}: has {} values; {} (time x height x lat x lon) are needed", path,
                                  name, variable.values.size(), expected));
    variables_[name] = std::move(variable);
  }
  if (variables_.empty())
    throw DataError(fmt::format("{}: holds no species in ppb, mol mol-1 or ug m-3", path));
}

std::optional<GriddedAir::Value> GriddedAir::at(const std::string& species, UtcTime hour, LonLat place,
                                                double height_m) const {
  const auto found = variables_.find(species);
  if (found == variables_.end()) return std::nullopt;
  const std::size_t t = times_.empty() ? 0
                                       : static_cast<std::size_t>(std::max<std::ptrdiff_t>(
                                             std::ranges::upper_bound(times_, hour) - times_.begin() - 1, 0));
  const std::size_t levels = std::max<std::size_t>(height_m_.size(), 1),
                    j = nearest(lat_, place.latitude_deg), i = nearest(lon_, place.longitude_deg);
  const auto value = [&](std::size_t k) {
    return found->second.values[((t * levels + k) * lat_.size() + j) * lon_.size() + i];
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
