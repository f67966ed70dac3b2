#pragma once

#include "lantian/base/scalar.hpp"

#include <cmath>
#include <numbers>

namespace lantian {

/// Day of a sea breeze, in local hours.
struct BreezeClock {
  double onset_h, peak_h, end_h;
};

/// Strength between 0 and 1: half a cosine up from the onset to the peak, and half a cosine down to the end.
///
/// The shape is an idealisation of the observed day of a sea breeze.
/// @see Simpson (1994), Sea Breeze and Local Winds, ch. 2-3; Miller et al. (2003), Rev. Geophys. 41, 1011.
[[nodiscard]] inline double breeze_strength(const BreezeClock& clock, double local_hour) {
  if (local_hour <= clock.onset_h || local_hour >= clock.end_h) return 0.0;
  const double share = local_hour < clock.peak_h
                           ? (local_hour - clock.onset_h) / (clock.peak_h - clock.onset_h)
                           : (clock.end_h - local_hour) / (clock.end_h - clock.peak_h);
  return 0.5 - 0.5 * std::cos(std::numbers::pi * share);
}

/// Share of the breeze's life that has passed, 0 at the onset and 1 at the end.
[[nodiscard]] inline double breeze_age(const BreezeClock& clock, double local_hour) {
  return minimum(maximum((local_hour - clock.onset_h) / (clock.end_h - clock.onset_h), 0.0), 1.0);
}

/// Inflow below `depth_m` and return flow from there to three depths, over the inflow at the ground. The two
/// carry the same volume, so that the column gains nothing.
///
/// cos(pi z / 2 d) below d, integral 2 d / pi; -0.5 sin(pi (z - d) / 2 d) above, integral -2 d / pi.
/// @see Simpson (1994), ch. 2, on the return flow: deeper and weaker than the inflow.
template <Scalar T>
[[nodiscard]] inline T breeze_profile(const T& height_m, const T& depth_m) {
  const double scaled = value_of(height_m) / value_of(depth_m);
  constexpr double quarter = std::numbers::pi / 2.0;
  if (scaled < 1.0) return T(std::cos(quarter * scaled));
  return scaled < 3.0 ? T(-0.5 * std::sin(quarter * (scaled - 1.0))) : T(0.0);
}

}  // namespace lantian
