#pragma once

#include <algorithm>
#include <cmath>
#include <utility>

namespace lantian::plume {

/// A place and the value of a function there.
struct RootPoint {
  double x{}, value{};
};

namespace brent_detail {

/// Numerator and denominator of the step from `best` by the secant or, of three points, by the inverse
/// parabola.
[[nodiscard]] inline std::pair<double, double> interpolated_step(const RootPoint& last, const RootPoint& best,
                                                                 const RootPoint& other) {
  const double half = 0.5 * (other.x - best.x), s = best.value / last.value;
  if (last.x == other.x) return {2.0 * half * s, 1.0 - s};
  const double q = last.value / other.value, r = best.value / other.value;
  return {s * (2.0 * half * q * (q - r) - (best.x - last.x) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0)};
}

}  // namespace brent_detail

/// Where a function of x crosses 0 between two points, by Brent's method within 0.2 % or ten steps.
///
/// The second bound on an interpolated step is that of AERMOD, |e - q|, where Brent has |e q|: steps, and so
/// where ten of them end, follow from it.
/// @see Press et al. (1992), Numerical Recipes, 9.3; AERMOD 24142, subroutine ZBRENT.
template <class Function>
[[nodiscard]] double brent_root(RootPoint last, RootPoint best, const Function& function) {
  constexpr int most_steps = 10;
  constexpr double relative = 1e-3, absolute = 1e-3;
  RootPoint other{0.0, best.value};
  double step = 0.0, step_before = 0.0;
  for (int i = 0; i < most_steps; ++i) {
    if (best.value * other.value > 0.0) {
      other = last;
      step = step_before = best.x - last.x;
    }
    if (std::fabs(other.value) < std::fabs(best.value)) {
      last = best;
      best = other;
      other = last;
    }
    const double tolerance = 2.0 * relative * std::fabs(best.x) + 0.5 * absolute;
    const double half = 0.5 * (other.x - best.x);
    if (std::fabs(half) <= tolerance || best.value == 0.0) return best.x;
    bool is_halved = true;
    if (std::fabs(step_before) >= tolerance && std::fabs(last.value) > std::fabs(best.value)) {
      auto [p, q] = brent_detail::interpolated_step(last, best, other);
      if (p > 0.0) q = -q;
      p = std::fabs(p);
      is_halved =
          !(2.0 * p < std::min(3.0 * half * q - std::fabs(tolerance * q), std::fabs(step_before - q)));
      if (!is_halved) {
        step_before = step;
        step = p / q;
      }
    }
    if (is_halved) step = step_before = half;
    last = best;
    best.x += std::fabs(step) > tolerance ? step : std::copysign(tolerance, half);
    best.value = function(best.x);
  }
  return best.x;
}

}  // namespace lantian::plume
