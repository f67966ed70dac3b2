#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

// The adjoint of unlimited PPM in gather form: every cell adds up what reaches it, in one order, so that its
// bits do not depend on how the grid is divided. The adjoint variable belongs to the tracer's amount,
// a = dJ/d(M q): then a_new = a + (contributions)/M, and a uniform a stays uniform to the last bit where
// nothing crosses the edge.
//
// Row forms: element n of each row belongs to the same n, the caller shifts the rows. The halo
// of three cells is the forward scheme's. Equations: kernels/advection/README.md.

/// Weights of the cell's mean, the end of the parabola where air leaves and its other end in the mean of what
/// leaves; they add up to 1. @see Colella & Woodward (1984), J. Comput. Phys. 54, 174, eq. 1.12, which is
/// linear in the three.
template <Scalar T>
struct LeavingWeights {
  T mean, near, far;
};

template <Scalar T>
[[nodiscard, gnu::always_inline]] inline LeavingWeights<T> ppm_leaving_weights(const T& courant) {
  const T mean = courant * (3.0 - 2.0 * courant);
  return {mean, 1.0 - 0.5 * (courant + mean), 0.5 * (courant - mean)};
}

/// Adjoint of the mixing ratio that crosses each face, F (a_above - a_below): the mate of ppm_updated.
template <Scalar T>
void ppm_update_adjoint_row(const T* mass_kg, const T* a_below, const T* a_above, T* face, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) face[n] = mass_kg[n] * (a_above[n] - a_below[n]);
}

/// A row of faces: air that crosses [kg], its share of the upwind cell, adjoint of its mixing ratio.
template <Scalar T>
struct FaceAdjoint {
  const T *mass_kg, *courant, *face;
};

/// Adjoints of the cells' means and of the ends of their parabolas.
template <Scalar T>
struct ParabolaAdjoint {
  T *q, *low, *high;
};

/// The mate of ppm_leaving: what a cell's parabola receives from the faces through which the cell loses air.
template <Scalar T>
void ppm_face_adjoint_row(const FaceAdjoint<T>& below, const FaceAdjoint<T>& above,
                          const ParabolaAdjoint<T>& cell, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) {
    const T upward = select(above.mass_kg[n] > T(0.0), above.face[n], T(0.0));
    const T downward = select(below.mass_kg[n] > T(0.0), T(0.0), below.face[n]);
    const LeavingWeights<T> high = ppm_leaving_weights(above.courant[n]),
                            low = ppm_leaving_weights(below.courant[n]);
    cell.q[n] = upward * high.mean + downward * low.mean;
    cell.low[n] = upward * high.far + downward * low.near;
    cell.high[n] = upward * high.near + downward * low.far;
  }
}

/// Adjoint of the values at faces: each is the high end of the cell below and the low end of that above.
template <Scalar T>
void ppm_ends_adjoint_row(const T* high_of_below, const T* low_of_above, T* edge, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) edge[n] = high_of_below[n] + low_of_above[n];
}

/// What a cell's slope and mean weigh in its neighbourhood; `ppm_equal_cells` for cells of equal width.
struct CellWeights {
  double slope_in_low, slope_in_high;  // of its slope in the values at its low and high face
  double mean_in_low, mean_in_high;    // of its mean in the same
  double mean_in_below, mean_in_own,
      mean_in_above;  // of its mean in the slopes of the cell below, its own, ...
};

inline constexpr CellWeights ppm_equal_cells{.slope_in_low = -1.0 / 6.0,
                                             .slope_in_high = 1.0 / 6.0,
                                             .mean_in_low = 0.5,
                                             .mean_in_high = 0.5,
                                             .mean_in_below = 0.5,
                                             .mean_in_own = 0.0,
                                             .mean_in_above = -0.5};

/// The mate of ppm_edge for slopes.
template <Scalar T>
void ppm_edge_adjoint_row(const CellWeights& weights, const T* edge_low, const T* edge_high, T* slope,
                          int count) {
  const double low = weights.slope_in_low, high = weights.slope_in_high;
#pragma omp simd
  for (int n = 0; n < count; ++n) slope[n] = high * edge_high[n] + low * edge_low[n];
}

/// Adjoints of the faces and slopes round a row of cells.
template <Scalar T>
struct NeighbourAdjoint {
  const T *edge_low, *edge_high, *slope_below, *slope, *slope_above;
};

/// The mates of ppm_edge and ppm_slope for means: adds to the cells' contributions.
template <Scalar T>
void ppm_slope_adjoint_row(const CellWeights& weights, const NeighbourAdjoint<T>& from, T* q, int count) {
  const CellWeights w = weights;
#pragma omp simd
  for (int n = 0; n < count; ++n)
    q[n] += (w.mean_in_low * from.edge_low[n] + w.mean_in_high * from.edge_high[n]) +
            ((w.mean_in_below * from.slope_below[n] + w.mean_in_above * from.slope_above[n]) +
             w.mean_in_own * from.slope[n]);
}

/// Adjoint of the amounts before the sweep: a + contributions / (air mass before).
template <Scalar T>
void ppm_amount_adjoint_row(const T* q, const T* mass_kg, T* a, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) a[n] += q[n] / mass_kg[n];
}

}  // namespace lantian
