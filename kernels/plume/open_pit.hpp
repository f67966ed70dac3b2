#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

// What rises out of an open pit, and from which part of its area. Winds across a pit gather what it emits at
// its upwind side.
// @see EPA-454/B-95-003b, User's Guide for the ISC3 Models, vol. II, section 1.2.4 (wind tunnel: Perry,
// Thompson & Petersen, 1994); ESCAPE, LWIND, PDEPTH, PTFRAC and PITEFF of AERMOD 24142.

namespace lantian::plume {

/// Share of particles that leaves a pit; the rest settles in it.
/// @param settling_m_s  0: a gas, all of which leaves
/// @param wind_m_s      10 m above the ground, above 0
[[nodiscard]] inline double escaped_share(double settling_m_s, double wind_m_s) {
  constexpr double vertical_share_of_wind = 0.029;  // of the speed at which the pit's air is exchanged
  return 1.0 / (1.0 + settling_m_s / (vertical_share_of_wind * wind_m_s));
}

/// Acute angle between a pit's long side and the wind [rad], from the directions of both [deg].
[[nodiscard]] inline double angle_to_wind(double long_side_deg, double wind_deg) {
  constexpr double half_circle_deg = 180.0;
  const double apart = std::fmod(std::fabs(wind_deg - long_side_deg), half_circle_deg);
  return std::min(apart, half_circle_deg - apart) * std::numbers::pi / half_circle_deg;
}

/// Length of a pit along the wind [m], linear in the angle between its long side and the wind [rad].
[[nodiscard]] inline double along_wind_length_m(double long_side_m, double short_side_m, double angle) {
  const double turned = angle / (0.5 * std::numbers::pi);
  return long_side_m * (1.0 - turned) + short_side_m * turned;
}

/// Share of a pit's area out of which it emits.
/// @param relative_depth  of the pit below where it emits, over its length along the wind; at least 0
[[nodiscard]] inline double effective_area_share(double relative_depth) {
  constexpr double deep = 0.2, share_of_deep = 0.08;
  if (relative_depth >= deep) return share_of_deep;
  return std::sqrt(1.0 - 1.7 * std::cbrt(relative_depth));
}

/// Sides [m] of the rectangle out of which a pit emits: both together are shorter by the share of its area,
/// the more the nearer a side lies to the wind.
struct EffectiveSides {
  double long_m{}, short_m{};
};
[[nodiscard]] inline EffectiveSides effective_sides(double long_side_m, double short_side_m, double share,
                                                    double angle) {
  const double along = std::cos(angle) * std::cos(angle);
  return {std::pow(share, along) * long_side_m, std::pow(share, 1.0 - along) * short_side_m};
}

}  // namespace lantian::plume
