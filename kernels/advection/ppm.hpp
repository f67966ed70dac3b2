#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

/// How the parabolas of PPM are kept within bounds.
enum class Limiter { unlimited, positive_definite, selective, monotone };

/// Slope of a layer between its neighbours, unequal thickness: a (q - below) + b (above - q), monotone: no
/// steeper than twice either side, flat at extrema; equal thickness has a = b = 1/2.
/// @see Colella & Woodward (1984), J. Comput. Phys. 54, 174, eqs. 1.7 and 1.8.
template <Limiter limiter, Scalar T>
[[nodiscard, gnu::always_inline]] inline T ppm_slope(const T& below, const T& q, const T& above, double a,
                                                     double b) {
  const T to_below = q - below, to_above = above - q, zero(0.0);
  const T mean = a * to_below + b * to_above;
  if constexpr (limiter != Limiter::monotone) return mean;
  const T least = minimum(T(fabs(mean)), minimum(T(2.0 * fabs(to_below)), T(2.0 * fabs(to_above))));
  return select(to_below * to_above > zero, select(mean < zero, T(-least), least), zero);
}

/// Value at the face between two cells, uniform spacing. @see ibid., eq. 1.6 for equal widths.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T ppm_edge(const T& left, const T& right, const T& slope_left,
                                                    const T& slope_right) {
  return 0.5 * (left + right) + (slope_left - slope_right) * (1.0 / 6.0);
}

/// The two ends of a cell's parabola.
template <Scalar T>
struct ParabolaEnds {
  T low, high;
};

/// Ends of the parabola after limiting.
///
/// monotone: Colella & Woodward (1984), eq. 1.10. positive_definite: Lin (2004), Mon. Weather Rev. 132, 2293,
/// appendix B: only a parabola that would fall below zero is bent; edges are clipped before that test, or
/// small negatives survive.
template <Limiter limiter, Scalar T>
[[nodiscard, gnu::always_inline]] inline ParabolaEnds<T> ppm_limited(const T& q, T low, T high) {
  const T zero(0.0);
  if constexpr (limiter == Limiter::monotone) {
    const T jump = high - low;
    const T bend = 6.0 * jump * (q - 0.5 * (low + high));
    const T bound = jump * jump;
    const bool is_extremum = (high - q) * (q - low) <= zero;
    const T limited_low = select(bend > bound, T(3.0 * q - 2.0 * high), low);
    const T limited_high = select(bend < -bound, T(3.0 * q - 2.0 * low), high);
    return {select(is_extremum, q, limited_low), select(is_extremum, q, limited_high)};
  }
  if constexpr (limiter == Limiter::positive_definite) {
    low = maximum(low, zero);
    high = maximum(high, zero);
    const T jump = high - low;
    const T curvature = 6.0 * (q - 0.5 * (low + high));
    const bool has_inner_minimum = fabs(jump) < -curvature;
    // twelve times the negative curvature times the minimum q + jump^2 / (4 curvature) + curvature / 12
    const T least = curvature * (12.0 * q + curvature) + 3.0 * jump * jump;
    const bool falls_below = has_inner_minimum && zero < least;
    const bool is_minimum = q < low && q < high;
    const T bent_low = select(is_minimum, q, select(jump < zero, T(3.0 * q - 2.0 * high), low));
    const T bent_high = select(is_minimum, q, select(jump < zero, high, T(3.0 * q - 2.0 * low)));
    return {select(falls_below, bent_low, low), select(falls_below, bent_high, high)};
  }
  return {low, high};
}

/// Mean of the parabola over the part of the cell next to its `near` end, seen from the face there.
/// `courant`: share of the cell's mass that leaves. @see Colella & Woodward (1984), eq. 1.12.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T ppm_leaving(const T& q, const T& near, const T& far,
                                                       const T& courant) {
  const T curvature = 6.0 * (q - 0.5 * (near + far));
  return near - 0.5 * courant * (near - far - (1.0 - courant * (2.0 / 3.0)) * curvature);
}

/// Mixing ratio of what leaves through a cell's high end in a step.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T ppm_leaving_high(const T& q, const ParabolaEnds<T>& ends,
                                                            const T& courant) {
  return ppm_leaving(q, ends.high, ends.low, courant);
}

/// The same through its low end.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T ppm_leaving_low(const T& q, const ParabolaEnds<T>& ends,
                                                           const T& courant) {
  return ppm_leaving(q, ends.low, ends.high, courant);
}

// Row forms. Element n of each row belongs to the same n; the caller shifts the rows, so that a row may run
// along the sweep (pointers one cell apart) or across it (pointers to neighbouring rows). Lengths are counts
// of elements.

/// Three neighbouring rows along the sweep.
template <Scalar T>
struct NeighbourRows {
  const T *below, *q, *above;
};

template <Limiter limiter, Scalar T>
void ppm_slope_row(NeighbourRows<T> rows, double a, double b, T* slope, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n)
    slope[n] = ppm_slope<limiter>(rows.below[n], rows.q[n], rows.above[n], a, b);
}

template <Scalar T>
void ppm_edge_row(const T* left, const T* right, const T* slope_left, const T* slope_right, T* edge,
                  int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) edge[n] = ppm_edge(left[n], right[n], slope_left[n], slope_right[n]);
}

template <Limiter limiter, Scalar T>
void ppm_limit_row(const T* q, const T* edge_low, const T* edge_high, T* low, T* high, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) {
    const ParabolaEnds<T> ends = ppm_limited<limiter>(q[n], edge_low[n], edge_high[n]);
    low[n] = ends.low;
    high[n] = ends.high;
  }
}

/// Air crossing the faces of a row during a step: mass [kg], positive from low to high, and share of the
/// upwind cell.
template <Scalar T>
struct FaceAir {
  const T* mass_kg;
  const T* courant;
};

/// One cell row on a side of the faces: values and ends of the parabolas.
template <Scalar T>
struct ParabolaRow {
  const T *q, *low, *high;
};

/// Mixing ratio of what crosses the faces of a row during a step.
template <Scalar T>
void ppm_face_row(const FaceAir<T>& air, const ParabolaRow<T>& below, const ParabolaRow<T>& above, T* face,
                  int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) {
    const bool rises = air.mass_kg[n] > T(0.0);  // choosing the cell first leaves one parabola to work out
    const T q_below = below.q[n], q_above = above.q[n], near_below = below.high[n], near_above = above.low[n],
            far_below = below.low[n], far_above = above.high[n];
    face[n] = ppm_leaving(select(rises, q_below, q_above), select(rises, near_below, near_above),
                          select(rises, far_below, far_above), air.courant[n]);
  }
}

/// What crosses one face of each cell of a row: air [kg], positive from low to high, and its mixing ratio.
template <Scalar T>
struct FaceFlow {
  const T *mass_kg, *q;
};

/// New mixing ratio of the cells of a row: with M' = M + F_low - F_high,
///   M' q' = M q + F_low q_low - F_high q_high,  written as  q' = q + [F_low (q_low - q) - F_high (q_high -
///   q)] / M',
/// so that a uniform mixing ratio stays the same to the last bit. What rounding leaves below zero becomes
/// zero.
template <bool keeps_sign, Scalar T>
void ppm_update_row(const FaceFlow<T>& low, const FaceFlow<T>& high, const T* per_new_mass, T* q, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) {
    const T gained = low.mass_kg[n] * (low.q[n] - q[n]) - high.mass_kg[n] * (high.q[n] - q[n]);
    const T updated = q[n] + gained * per_new_mass[n];
    q[n] = keeps_sign ? maximum(updated, T(0.0)) : updated;
  }
}

}  // namespace lantian
