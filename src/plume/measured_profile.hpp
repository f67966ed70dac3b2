#pragma once

#include "plume/height_grid.hpp"

#include "lantian/plume/plume_case.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace lantian::plume {

/// A measured value at a height.
struct Observation {
  double height_m{}, value{};
};

/// What `get` finds at the levels of a measured profile, from the ground up.
template <class Get>
[[nodiscard]] std::vector<Observation> observations(const WeatherHour& hour, Get get) {
  std::vector<Observation> found;
  for (const ProfileLevel& level : hour.levels) {
    if (const std::optional<double> value = get(level)) found.push_back({level.height_m, *value});
  }
  std::ranges::sort(found, {}, &Observation::height_m);
  return found;
}

/// Whether a measured level counts as the one at a height.
[[nodiscard]] inline bool meets(const Observation& observation, double z_m) {
  constexpr double level_match_m = 0.1;
  return std::fabs(observation.height_m - z_m) <= level_match_m;
}

/// The level at a height, or the first above it.
[[nodiscard]] inline std::vector<Observation>::const_iterator level_at_or_above(
    const std::vector<Observation>& observed, double z_m) {
  return std::find_if(observed.begin(), observed.end(),
                      [&](const Observation& o) { return o.height_m > z_m || meets(o, z_m); });
}

/// A value between two measured levels by a straight line.
[[nodiscard]] inline double between(const Observation& low, const Observation& high, double z_m) {
  return low.value + (z_m - low.height_m) / (high.height_m - low.height_m) * (high.value - low.value);
}

/// The same, shaped like a reference profile.
template <class Reference>
[[nodiscard]] double shaped_between(const Observation& low, const Observation& high,
                                    const Reference& reference, double z_m) {
  const Observation base{low.height_m, reference(low.height_m)}, top{high.height_m, reference(high.height_m)};
  return between(low, high, z_m) * reference(z_m) / between(base, top, z_m);
}

/// A profile through observations, shaped between and beyond them like a reference profile.
/// @see EPA-454/R-03-004, section 4.1.
template <class Reference>
[[nodiscard]] double shaped_by(const std::vector<Observation>& observed, const Reference& reference,
                               double z_m) {
  const auto upper = level_at_or_above(observed, z_m);
  if (upper != observed.end() && meets(*upper, z_m)) return upper->value;
  if (upper == observed.begin() || upper == observed.end()) {
    const Observation& nearest = upper == observed.begin() ? observed.front() : observed.back();
    return nearest.value * reference(z_m) / reference(nearest.height_m);
  }
  return shaped_between(*(upper - 1), *upper, reference, z_m);
}

}  // namespace lantian::plume
