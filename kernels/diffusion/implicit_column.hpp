#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

// Implicit vertical mixing of a column in mass form, theta = 1:
//   (M_k + g_k + g_{k+1}) w_k - g_k w_{k-1} - g_{k+1} w_{k+1} = M_k q_k + E_k,        g_0 = g_K = 0,
// and in the lowest layer + U w_0 on the left. M is air mass [kg], g the air mass exchanged through a face in
// a step [kg], E what is added [kg ppb], U the air mass that deposition cleans in a step [kg]. The matrix is
// an M-matrix whose columns add up to M: mass is kept, w is never negative, and a uniform q stays uniform,
// all to some roundings.
//
// Elimination runs from the top down, so that one factorisation serves all species: only the last pivot has U
// in it. Each row form works on a row of columns; element n belongs to column n.
//
// @see Crank (1975), The Mathematics of Diffusion, 2nd ed., ch. 8; Thomas' algorithm in the form without
// subtraction
//      (Grassmann, Taksar & Heyman 1985, Oper. Res. 33, 1107).

/// Factor of a row of layers: `excess` = pivot - g_k, `inverse` = 1 / pivot, `ratio` = g_k / pivot.
template <Scalar T>
struct LayerFactor {
  T *excess, *inverse, *ratio;
};

/// Factor of layer k from that of the layer above; zeros above the top layer.
template <Scalar T>
void factor_layer_row(const T* mass, const T* exchange_below, const LayerFactor<T>& above,
                      const LayerFactor<T>& own, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) {
    own.excess[n] = mass[n] + above.ratio[n] * above.excess[n];
    own.inverse[n] = 1.0 / (exchange_below[n] + own.excess[n]);
    own.ratio[n] = exchange_below[n] * own.inverse[n];
  }
}

/// What a row of layers holds and what passes its lower faces in a step [kg]; `falling_below` is the exchange
/// and what sinks.
template <Scalar T>
struct SinkingLayer {
  const T *mass, *exchange_below, *falling_below;
};

/// Factor of layer k where air also sinks through the faces, s_k = falling - g: nothing brings it back, so
///   (M_k + g_k + s_k + g_{k+1}) w_k - g_k w_{k-1} - (g_{k+1} + s_{k+1}) w_{k+1} = M_k q_k + E_k.
/// The columns still add up to M. `ratio` serves the pivots and the transposed system, `fall_ratio` =
/// falling / pivot the right-hand sides.
template <Scalar T>
void factor_sinking_row(const SinkingLayer<T>& layer, const LayerFactor<T>& above, const LayerFactor<T>& own,
                        T* fall_ratio, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) {
    own.excess[n] = layer.mass[n] + above.ratio[n] * above.excess[n];
    own.inverse[n] = 1.0 / (layer.falling_below[n] + own.excess[n]);
    own.ratio[n] = layer.exchange_below[n] * own.inverse[n];
    fall_ratio[n] = layer.falling_below[n] * own.inverse[n];
  }
}

/// Right-hand side of layer k after elimination of what lies above: r_k = M q + E + ratio_{k+1} r_{k+1}. The
/// ratio is that of what falls; of the exchange alone for the transposed system.
template <Scalar T>
void eliminate_layer_row(const T* mass, const T* q, const T* ratio_above, const T* rhs_above, T* rhs,
                         int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) rhs[n] = mass[n] * q[n] + ratio_above[n] * rhs_above[n];
}

/// Mixing ratio of the lowest layer, where deposition cleans `uptake` of air.
template <Scalar T>
void solve_lowest_row(const T* rhs, const T* excess, const T* uptake, T* w, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) w[n] = rhs[n] / (excess[n] + uptake[n]);
}

/// Mixing ratio of layer k from that of the layer below: w_k = (r_k + g_k w_{k-1}) / pivot; in the transposed
/// system with what falls in the place of g.
template <Scalar T>
void substitute_layer_row(const T* rhs, const T* exchange_below, const T* inverse, const T* w_below, T* w,
                          int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) w[n] = (rhs[n] + exchange_below[n] * w_below[n]) * inverse[n];
}

}  // namespace lantian
