#pragma once

#include "meteorology/dyer1974.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

namespace lantian {

/// The boundary layer over one cell.
template <Scalar T>
struct BoundaryLayer {
  T friction_velocity_m_s;
  T inverse_obukhov_per_m;
  T mixing_height_m;
};

/// K of the surface layer [m2 s-1]: kappa ustar z / phi_heat.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T surface_layer_diffusivity_m2_s(const T& height_m,
                                                                          const BoundaryLayer<T>& layer) {
  return von_karman * layer.friction_velocity_m_s * height_m /
         phi_heat(height_m * layer.inverse_obukhov_per_m);
}

/// K of the stable boundary layer [m2 s-1]: that of the surface layer under a Gaussian in z/h; 0 above h.
///
/// @see Jericevic, Kraljevic, Grisogono, Fagerli & Vecenaj (2010), Atmos. Chem. Phys. 10, 341, eq. 8, the
///      width 0.32 h with phi as in Denby et al. (2020), Geosci. Model Dev. 13, 6303, sect. 3.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T stable_diffusivity_m2_s(const T& height_m,
                                                                   const BoundaryLayer<T>& layer) {
  const T scaled = height_m / (0.32 * layer.mixing_height_m);
  const T inside = surface_layer_diffusivity_m2_s(height_m, layer) * exp(-0.5 * scaled * scaled);
  return select(layer.mixing_height_m < height_m, T(0.0), inside);
}

/// K of O'Brien's cubic [m2 s-1]: joins the surface layer at 0.04 h with value and slope, and falls to 0 with
/// zero slope at h. The stable branch is `stable_diffusivity_m2_s`.
///
/// @see O'Brien (1970), J. Atmos. Sci. 27, 1213, eq. 7; h_s = 0.04 h from Pielke (2002), Mesoscale
///      Meteorological Modeling, 2nd ed., sect. 7.3.
template <Scalar T>
[[nodiscard]] inline T obrien_diffusivity_m2_s(const T& height_m, const BoundaryLayer<T>& layer) {
  if (T(0.0) < layer.inverse_obukhov_per_m) return stable_diffusivity_m2_s(height_m, layer);
  const T h = layer.mixing_height_m;
  const T hs = 0.04 * h;  // top of the surface layer [m]
  if (!(hs < height_m)) return surface_layer_diffusivity_m2_s(height_m, layer);
  if (!(height_m < h)) return T(0.0);

  const T ks = surface_layer_diffusivity_m2_s(hs, layer);
  // dK/dz of kappa ustar z (1 - 16 z/L)^(1/2)
  const T buoyant = -dyer_unstable * hs * layer.inverse_obukhov_per_m;
  const T slope = ks / hs * (T(1.0) + 0.5 * buoyant / (T(1.0) + buoyant));
  const T depth = h - hs;
  const T down = (h - height_m) / depth;
  return down * down * (ks + (height_m - hs) * (slope + 2.0 * ks / depth));
}

/// K of Jericevic et al. [m2 s-1]: linear-exponential, u* h/20 at its greatest, at 0.21 h; 0 above h.
///
/// One shape for all stabilities: these act through ustar and h alone.
/// @see Jericevic, Kraljevic, Grisogono, Fagerli & Vecenaj (2010), Atmos. Chem. Phys. 10, 341, eqs. 6-8, with
///      C(K) = 0.05 and C(h) = 0.21: 0.39 ustar z exp(-(z/(0.21 h))^2/2).
template <Scalar T>
[[nodiscard]] inline T jericevic_diffusivity_m2_s(const T& height_m, const BoundaryLayer<T>& layer) {
  constexpr double greatest = 0.05, where = 0.21;  // shares of ustar h and of h
  const T scaled = height_m / (where * layer.mixing_height_m);
  const T inside = (greatest * layer.friction_velocity_m_s) * layer.mixing_height_m * scaled *
                   exp(0.5 - 0.5 * scaled * scaled);
  return select(layer.mixing_height_m < height_m, T(0.0), inside);
}

/// K of Troen and Mahrt [m2 s-1]: kappa w_s z (1 - z/h)^2, w_s = ustar/phi_heat, taken at 0.1 h above that
/// height when unstable; 0 above h.
///
/// Without their counter-gradient term, so without its share in the Prandtl number.
/// @see Troen & Mahrt (1986), Boundary-Layer Meteorology 37, 129, eqs. 2-9.
template <Scalar T>
[[nodiscard]] inline T troen_mahrt_diffusivity_m2_s(const T& height_m, const BoundaryLayer<T>& layer) {
  const T h = layer.mixing_height_m;
  if (!(height_m < h)) return T(0.0);
  const bool is_stable = T(0.0) < layer.inverse_obukhov_per_m;
  const T scale_height = select(is_stable, height_m, minimum(height_m, T(0.1) * h));
  const T velocity = layer.friction_velocity_m_s / phi_heat(scale_height * layer.inverse_obukhov_per_m);
  const T shape = T(1.0) - height_m / h;
  return von_karman * velocity * height_m * shape * shape;
}

}  // namespace lantian
