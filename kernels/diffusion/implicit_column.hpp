#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

// Implicit vertical mixing of a column in mass form, theta = 1:
//   (M_k + g_k + g_{k+1}) w_k - g_k w_{k-1} - g_{k+1} w_{k+1} = M_k q_k + E_k,        g_0 = g_K = 0,
// and in the lowest layer + U w_0 on the left. M is air mass [kg], g the air mass exchanged through a face in
// a step [kg], E what is added [kg ppb], U the air mass that deposition cleans in a step [kg]. The matrix is
// an M-matrix whose columns add up to M: mass is kept exactly, w is never negative, and a uniform q stays
// uniform to the last bit.
//
// Elimination runs from the top down, so that one factorisation serves all species: only the last pivot has U
// in it. Each row form works on a row of columns; element n belongs to column n.
//
// @see Crank (1975), The Mathematics of Diffusion, 2nd ed., ch. 8; Thomas' algorithm in the form without
// subtraction
//      (Grassmann, Taksar & Heyman 1985, Oper. Res. 33, 1107).

/// Factor of layer k from that of the layer above: `excess` = pivot - g_k, `ratio` = g_k / pivot.
/// For the top layer pass zeros as the factors above.
template <Scalar T>
void factor_layer_row(const T* mass, const T* exchange_below, const T* ratio_above, const T* excess_above,
                      T* excess, T* ratio, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) {
    excess[n] = mass[n] + ratio_above[n] * excess_above[n];
    ratio[n] = exchange_below[n] / (exchange_below[n] + excess[n]);
  }
}

/// Right-hand side of layer k after elimination of what lies above: r_k = M q + E + ratio_{k+1} r_{k+1}.
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

/// Mixing ratio of layer k from that of the layer below: w_k = (r_k + g_k w_{k-1}) / (g_k + excess_k).
template <Scalar T>
void substitute_layer_row(const T* rhs, const T* exchange_below, const T* excess, const T* w_below, T* w,
                          int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n)
    w[n] = (rhs[n] + exchange_below[n] * w_below[n]) / (exchange_below[n] + excess[n]);
}

}  // namespace lantian
