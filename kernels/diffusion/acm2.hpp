#pragma once

#include "diffusion/implicit_column.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

namespace lantian {

// Non-local mixing of a convective layer in mass form. Of the exchange g_1 through the top of the lowest
// layer the share f_conv rises as plumes straight to all layers of the mixed layer, by their air mass m_k
// below the mixing height, and sinks from layer to layer:
//   u_k = f g_1 m_k / (m_1 + m_2 + ...),      D_k = u_k + u_{k+1} + ...,      g_k' = (1 - f) g_k.
// Sinking air is what `SinkingLayer` takes; rising air is a full first column, the border, -u_k w_0 in row k.
//
// @see Pleim (2007), J. Appl. Meteorol. Climatol. 46, 1383: with heights for air masses his M2u = f K(z_1) /
//      (dz_1 (h - z_1)) and M2d_k = M2u (h - z_k) / dz_k.

/// Share of the mixing that is non-local, f_conv, from h/L; 0 unless the layer is unstable.
///
/// f = [1 + kappa^(-2/3) / (0.1 a) (-h/L)^(-1/3)]^-1, a = 7.2. @see Pleim (2007).
template <Scalar T>
[[nodiscard]] inline T convective_share(const T& mixing_height_over_obukhov) {
  constexpr double a = 7.2;
  if (!(mixing_height_over_obukhov < T(0.0))) return T(0.0);
  // kappa^(2/3) (-h/L)^(1/3) = (-kappa^2 h/L)^(1/3)
  const T root = pow(-von_karman * von_karman * mixing_height_over_obukhov, 1.0 / 3.0);
  const T scaled = (0.1 * a) * root;
  return scaled / (T(1.0) + scaled);
}

/// What a row of layers adds to the first column: `border` = c_k, what of w_0 reaches the layer after
/// elimination; `kept` = t_k, the part of the air that rises to layer k or above and does not come back.
template <Scalar T>
struct BorderFactor {
  T *border, *kept;
};

/// Border of layer k, which holds u_k before: c_k = u_k + fall_ratio_{k+1} c_{k+1}, t_k = t_{k+1} + c_k e_k /
/// p_k. The lowest pivot then gains t_1: nothing is subtracted.
template <Scalar T>
void factor_border_row(const LayerFactor<T>& layer, const T* fall_ratio_above, const BorderFactor<T>& above,
                       const BorderFactor<T>& own, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) {
    own.border[n] += fall_ratio_above[n] * above.border[n];
    own.kept[n] = above.kept[n] + own.border[n] * layer.excess[n] * layer.inverse[n];
  }
}

/// Right-hand side and coefficients of a row of layers with a border.
template <Scalar T>
struct BorderedLayer {
  const T *rhs, *exchange_below, *inverse, *border;
};

/// Mixing ratio of layer k: w_k = (r_k + g_k w_{k-1} + c_k w_0) / p_k.
template <Scalar T>
void substitute_bordered_row(const BorderedLayer<T>& layer, const T* w_below, const T* w_lowest, T* w,
                             int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n)
    w[n] = (layer.rhs[n] + layer.exchange_below[n] * w_below[n] + layer.border[n] * w_lowest[n]) *
           layer.inverse[n];
}

/// The transposed system's lowest right-hand side gathers c_k r_k / p_k of layer k.
template <Scalar T>
void gather_border_row(const BorderedLayer<T>& layer, T* rhs_lowest, int count) {
#pragma omp simd
  for (int n = 0; n < count; ++n) rhs_lowest[n] += layer.border[n] * layer.rhs[n] * layer.inverse[n];
}

}  // namespace lantian
