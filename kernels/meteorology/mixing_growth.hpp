#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

namespace lantian {

/// What makes a mixed layer grow.
template <Scalar T>
struct MixingDrive {
  T heat_flux_k_m_s;  // upward, not negative
  T friction_velocity_m_s;
  T temperature_k;
  T lapse_k_m;  // rise of potential temperature above the layer, positive
};

/// Height of a mixed layer after it has eaten its way into stable air for some time [m].
///
/// h dh/dt = (Q + 2 F) / gamma, where the flux of entrainment is F = 0.2 Q + 2.5 ustar^3 T / (g h). Exact for
/// the convective part; the mechanical part is taken at the old height.
/// @see Tennekes (1973), J. Atmos. Sci. 30, 558, for the slab; Batchvarova & Gryning (1991), Boundary-Layer
///      Meteorology 56, 261, for A = 0.2 and B = 2.5.
template <Scalar T>
[[nodiscard]] inline T encroached_height_m(const T& height_m, const MixingDrive<T>& drive, double seconds) {
  const T u = drive.friction_velocity_m_s;
  const T mechanical = 2.5 * u * u * u * drive.temperature_k / (gravity_m_s2 * height_m);
  const T entrained = 0.2 * drive.heat_flux_k_m_s + mechanical;
  const T growth = (drive.heat_flux_k_m_s + 2.0 * entrained) / drive.lapse_k_m;
  return sqrt(height_m * height_m + (2.0 * seconds) * growth);
}

/// Height of a stable boundary layer [m], not above that of the neutral one.
///
/// @see Zilitinkevich (1972), Boundary-Layer Meteorology 3, 141: 0.4 sqrt(ustar L / f); neutral 0.2 ustar / f
/// as
///      in van Ulden & Holtslag (1985), J. Clim. Appl. Meteorol. 24, 1196.
template <Scalar T>
[[nodiscard]] inline T stable_height_m(const T& ustar, const T& inverse_obukhov_per_m,
                                       const T& coriolis_per_s) {
  const T neutral = 0.2 * ustar / coriolis_per_s;
  const T inverse = maximum(inverse_obukhov_per_m, T(1.0e-6));
  return minimum(neutral, 0.4 * sqrt(ustar / (inverse * coriolis_per_s)));
}

/// Depth of the layer that warm ground makes in marine air, `fetch_m` behind the coast [m].
///
/// @see Venkatram (1986), J. Clim. Appl. Meteorol. 25, 1, on the square root; 3.5 m^(1/2) lies within the 2
/// to 5
///      of the observations that Hsu (1986), J. Clim. Appl. Meteorol. 25, 1091, collects.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T internal_layer_depth_m(const T& fetch_m) {
  return 3.5 * sqrt(maximum(fetch_m, T(1.0e-6)));
}

}  // namespace lantian
