#pragma once

#include "advection/ppm.hpp"

#include "lantian/base/lane_math.hpp"

namespace lantian {

// Selective limiting: a parabola is kept monotone only where the field is rough, and above zero everywhere.
// Equations: kernels/advection/README.md.

/// Smoothness measure of a cell: sum of the squared differences to its two neighbours. `a`, `b`: weights of
/// the lower and the upper difference, 1 for equal widths, else they make differences of gradients.
/// @see Blossey & Durran (2008), J. Comput. Phys. 227, 5160, eq. 27.
template <CellValue V>
[[nodiscard, gnu::always_inline]] inline V ppm_gamma(const V& below, const V& q, const V& above, double a,
                                                     double b) {
  const V to_below = a * (q - below), to_above = b * (above - q);
  return to_below * to_below + to_above * to_above;
}

/// Largest ratio of the smoothness measures of three neighbours in a smooth field. A parabola reaches 17.9
/// beside its top, so that smooth extremes are left alone. @see ibid., eq. 28 and below.
inline constexpr double ppm_smooth_ratio = 20.0;

/// Whether a cell lies where the field is rough. The paper divides, and adds a small number to the divisor;
/// the product needs none, has no scale of its own and is false where nothing varies.
template <CellValue V>
[[nodiscard, gnu::always_inline]] inline auto ppm_is_rough(const V& gamma_below, const V& gamma,
                                                           const V& gamma_above) {
  const V least = minimum(gamma, minimum(gamma_below, gamma_above));
  const V greatest = maximum(gamma, maximum(gamma_below, gamma_above));
  return ppm_smooth_ratio * least < greatest;
}

/// A face value no further from the cell's mean than the neighbour's.
template <CellValue V>
[[nodiscard, gnu::always_inline]] inline V ppm_between(const V& edge, const V& q, const V& neighbour) {
  return maximum(minimum(q, neighbour), minimum(maximum(q, neighbour), edge));
}

/// Ends of a cell's parabola: monotone between its neighbours where the field is rough, else never below
/// zero. `given`: the unlimited values at its faces; `is_rough`: a bool, or one for each of the cells. Each
/// of the two parabolas is worked out only where one of the cells side by side may need it.
/// @see ibid., section 4.2.
template <CellValue V, class Claim>
[[nodiscard, gnu::always_inline]] inline ParabolaEnds<V> ppm_limited_selectively(const V& below, const V& q,
                                                                                 const V& above,
                                                                                 const ParabolaEnds<V>& given,
                                                                                 const Claim& is_rough) {
  ParabolaEnds<V> ends = given;
  if (any_of(is_rough)) {
    const ParabolaEnds<V> monotone = ppm_limited<Limiter::monotone>(q, ppm_between(given.low, q, below),
                                                                    ppm_between(given.high, q, above));
    ends = {choose(is_rough, monotone.low, given.low), choose(is_rough, monotone.high, given.high)};
  }
  if (ppm_any_may_fall_below(q, ends)) {
    const ParabolaEnds<V> positive = ppm_limited<Limiter::positive_definite>(q, given.low, given.high);
    ends = {choose(is_rough, ends.low, positive.low), choose(is_rough, ends.high, positive.high)};
  }
  return ends;
}

}  // namespace lantian
