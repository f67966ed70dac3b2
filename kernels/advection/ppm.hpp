#pragma once

#include "lantian/base/lane_math.hpp"
#include "lantian/base/scalar.hpp"

#include <concepts>

namespace lantian {

/// What the formulas may be written in: a number, or cells side by side.
template <class V>
concept CellValue = std::same_as<V, Lanes> || Scalar<V>;

/// How the parabolas of PPM are kept within bounds.
enum class Limiter { unlimited, positive_definite, selective, monotone };

/// Slope of a layer between its neighbours, unequal thickness: a (q - below) + b (above - q), monotone: no
/// steeper than twice either side, flat at extrema; equal thickness has a = b = 1/2.
/// @see Colella & Woodward (1984), J. Comput. Phys. 54, 174, eqs. 1.7 and 1.8.
template <Limiter limiter, CellValue V>
[[nodiscard, gnu::always_inline]] inline V ppm_slope(const V& below, const V& q, const V& above, double a,
                                                     double b) {
  const V to_below = q - below, to_above = above - q;
  const V mean = a * to_below + b * to_above;
  if constexpr (limiter != Limiter::monotone) return mean;
  const V least = minimum(V(fabs(mean)), minimum(V(2.0 * fabs(to_below)), V(2.0 * fabs(to_above))));
  return choose(to_below * to_above > 0.0, choose(mean < 0.0, V(-least), least), V{});
}

/// Value at the face between two cells, uniform spacing. @see ibid., eq. 1.6 for equal widths.
template <CellValue V>
[[nodiscard, gnu::always_inline]] inline V ppm_edge(const V& left, const V& right, const V& slope_left,
                                                    const V& slope_right) {
  return 0.5 * (left + right) + (slope_left - slope_right) * (1.0 / 6.0);
}

/// The two ends of a cell's parabola.
template <CellValue V>
struct ParabolaEnds {
  V low, high;
};

/// Six times what the cell's mean lies above that of its ends: q_6 of the parabola.
/// @see ibid., eq. 1.5.
template <CellValue V>
[[nodiscard, gnu::always_inline]] inline V ppm_curvature(const V& q, const ParabolaEnds<V>& ends) {
  return 6.0 * (q - 0.5 * (ends.low + ends.high));
}

/// Ends of the parabola after limiting. What holds of the low end holds of the high one: they may change
/// places.
///
/// monotone: Colella & Woodward (1984), eq. 1.10. positive_definite: Lin (2004), Mon. Weather Rev. 132, 2293,
/// appendix B: only a parabola that would fall below zero is bent; edges are clipped before that test, or
/// small negatives survive.
template <Limiter limiter, CellValue V>
[[nodiscard, gnu::always_inline]] inline ParabolaEnds<V> ppm_limited(const V& q, V low, V high) {
  if constexpr (limiter == Limiter::monotone) {
    const V jump = high - low;
    const V bend = 6.0 * jump * (q - 0.5 * (low + high));
    const V bound = jump * jump;
    const auto is_extremum = (high - q) * (q - low) <= 0.0;
    const V limited_low = choose(bend > bound, V(3.0 * q - 2.0 * high), low);
    const V limited_high = choose(bend < -bound, V(3.0 * q - 2.0 * low), high);
    return {choose(is_extremum, q, limited_low), choose(is_extremum, q, limited_high)};
  }
  if constexpr (limiter == Limiter::positive_definite) {
    low = maximum(low, V{});
    high = maximum(high, V{});
    const V jump = high - low;
    const V curvature = ppm_curvature(q, ParabolaEnds<V>{low, high});
    const auto has_inner_minimum = fabs(jump) < -curvature;
    // twelve times the negative curvature times the minimum q + jump^2 / (4 curvature) + curvature / 12
    const V least = curvature * (12.0 * q + curvature) + 3.0 * jump * jump;
    const auto falls_below = both(has_inner_minimum, 0.0 < least);
    const auto is_minimum = both(q < low, q < high);
    const V bent_low = choose(is_minimum, q, choose(jump < 0.0, V(3.0 * q - 2.0 * high), low));
    const V bent_high = choose(is_minimum, q, choose(jump < 0.0, high, V(3.0 * q - 2.0 * low)));
    return {choose(falls_below, bent_low, low), choose(falls_below, bent_high, high)};
  }
  return {low, high};
}

/// Whether the parabola of any of the cells may reach below zero; where none may, `positive_definite` leaves
/// the ends as they are, to the last bit.
///
/// With ends a, b >= 0 and curvature c = 6 q - 3 (a + b) >= -3 q an inner minimum, |b - a| < -c, has
/// -c (12 q + c) >= 3 c^2 > 3 (b - a)^2, and does not fall below zero; 2.7 for 3 leaves room for rounding.
template <CellValue V>
[[nodiscard, gnu::always_inline]] inline bool ppm_any_may_fall_below(const V& q,
                                                                     const ParabolaEnds<V>& ends) {
  const V room = 2.7 * q + ppm_curvature(q, ends);
  return any_of(minimum(minimum(ends.low, ends.high), room) < 0.0);
}

/// Mean of the parabola over the part of the cell next to its `near` end, seen from the face there.
/// `courant`: share of the cell's mass that leaves. @see Colella & Woodward (1984), eq. 1.12.
template <CellValue V>
[[nodiscard, gnu::always_inline]] inline V ppm_leaving(const V& q, const V& near, const V& far,
                                                       const V& courant) {
  const V curvature = ppm_curvature(q, ParabolaEnds<V>{near, far});
  return near - 0.5 * courant * (near - far - (1.0 - courant * (2.0 / 3.0)) * curvature);
}

/// What crosses a face in a step: air [kg], positive from low to high, and its mixing ratio.
template <CellValue V>
struct FaceFlow {
  V mass_kg, q;
};

/// New mixing ratio of a cell: with M' = M + F_low - F_high,
///   M' q' = M q + F_low q_low - F_high q_high,  written as  q' = q + [F_low (q_low - q) - F_high (q_high -
///   q)] / M',
/// so that a uniform mixing ratio stays the same to the last bit. Unless the scheme is unlimited, what
/// rounding leaves below zero becomes zero.
template <Limiter limiter, CellValue V>
[[nodiscard, gnu::always_inline]] inline V ppm_updated(const V& q, const FaceFlow<V>& low,
                                                       const FaceFlow<V>& high, const V& per_new_mass) {
  const V gained = low.mass_kg * (low.q - q) - high.mass_kg * (high.q - q);
  const V updated = q + gained * per_new_mass;
  if constexpr (limiter == Limiter::unlimited) return updated;
  return maximum(updated, V{});
}

}  // namespace lantian
