#pragma once

#include "advection/ppm.hpp"

#include "lantian/base/scalar.hpp"

namespace lantian {

// Selective limiting: a parabola is kept monotone only where the field is rough, and above zero everywhere.
// Equations: kernels/advection/README.md.

/// Smoothness measure of a cell: sum of the squared differences to its two neighbours. `a`, `b`: weights of
/// the lower and the upper difference, 1 for equal widths, else they make differences of gradients.
/// @see Blossey & Durran (2008), J. Comput. Phys. 227, 5160, eq. 27.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T ppm_gamma(const T& below, const T& q, const T& above, double a,
                                                     double b) {
  const T to_below = a * (q - below), to_above = b * (above - q);
  return to_below * to_below + to_above * to_above;
}

/// Largest ratio of the smoothness measures of three neighbours in a smooth field. A parabola reaches 17.9
/// beside its top, so that smooth extremes are left alone. @see ibid., eq. 28 and below.
inline constexpr double ppm_smooth_ratio = 20.0;

/// Whether a cell lies where the field is rough. The paper divides, and adds a small number to the divisor;
/// the product needs none, has no scale of its own and is false where nothing varies. By value: gcc 12 does
/// not vectorise a choice between two places in memory.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline bool ppm_is_rough(T gamma_below, T gamma, T gamma_above) {
  const T least = minimum(gamma, minimum(gamma_below, gamma_above));
  const T greatest = maximum(gamma, maximum(gamma_below, gamma_above));
  return ppm_smooth_ratio * least < greatest;
}

/// A face value no further from the cell's mean than the neighbour's.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T ppm_between(T edge, T q, T neighbour) {
  return maximum(minimum(q, neighbour), minimum(maximum(q, neighbour), edge));
}

/// Ends of a cell's parabola: monotone between its neighbours where the field is rough, else never below
/// zero. `given`: the unlimited values at its faces. @see ibid., section 4.2.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline ParabolaEnds<T> ppm_limited_selectively(const T& below, const T& q,
                                                                                 const T& above,
                                                                                 const ParabolaEnds<T>& given,
                                                                                 bool is_rough) {
  const ParabolaEnds<T> monotone =
      ppm_limited<Limiter::monotone>(q, ppm_between(given.low, q, below), ppm_between(given.high, q, above));
  const ParabolaEnds<T> positive = ppm_limited<Limiter::positive_definite>(q, given.low, given.high);
  return {select(is_rough, monotone.low, positive.low), select(is_rough, monotone.high, positive.high)};
}

// Row forms as in ppm.hpp.

template <Scalar T>
void ppm_gamma_row(NeighbourRows<T> rows, double a, double b, T* gamma, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) gamma[n] = ppm_gamma(rows.below[n], rows.q[n], rows.above[n], a, b);
}

/// Values at the low and high faces of a row of cells.
template <Scalar T>
struct EdgeRows {
  const T *low, *high;
};

template <Scalar T>
void ppm_limit_selectively_row(NeighbourRows<T> cells, NeighbourRows<T> gamma, EdgeRows<T> edge, T* low,
                               T* high, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) {
    const bool is_rough = ppm_is_rough(gamma.below[n], gamma.q[n], gamma.above[n]);
    const ParabolaEnds<T> ends = ppm_limited_selectively(
        cells.below[n], cells.q[n], cells.above[n], ParabolaEnds<T>{edge.low[n], edge.high[n]}, is_rough);
    low[n] = ends.low;
    high[n] = ends.high;
  }
}

}  // namespace lantian
