#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

#include <numbers>

namespace lantian {

// Flux-profile relations of the surface layer: the one similarity set of surface fluxes, aerodynamic
// resistance and eddy diffusivity. zeta = z/L, L the Obukhov length, positive when stable.
//
// Dyer (1974), Boundary-Layer Meteorology 7, 363: unstable 16 with exponents -1/4 and -1/2, stable 5.
// Webb (1970), Q. J. R. Meteorol. Soc. 96, 67: beyond zeta = 1 the stable functions stay at 1 + 5.

inline constexpr double dyer_unstable = 16.0;
inline constexpr double dyer_stable = 5.0;
inline constexpr double webb_limit = 1.0;  // zeta where the stable functions level off

/// Dimensionless shear of the wind; 1 when neutral.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T phi_momentum(const T& zeta) {
  const T unstable = T(1.0) / sqrt(sqrt(T(1.0) - dyer_unstable * minimum(zeta, T(0.0))));
  const T stable = T(1.0) + dyer_stable * minimum(maximum(zeta, T(0.0)), T(webb_limit));
  return select(zeta < T(0.0), unstable, stable);
}

/// Dimensionless gradient of potential temperature and of tracers; 1 when neutral.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T phi_heat(const T& zeta) {
  const T unstable = T(1.0) / sqrt(T(1.0) - dyer_unstable * minimum(zeta, T(0.0)));
  const T stable = T(1.0) + dyer_stable * minimum(maximum(zeta, T(0.0)), T(webb_limit));
  return select(zeta < T(0.0), unstable, stable);
}

/// Integral of (1 - phi)/zeta over the stable side, the same for momentum and heat.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T psi_stable(const T& zeta) {
  const T linear = -dyer_stable * minimum(maximum(zeta, T(0.0)), T(webb_limit));
  const T beyond = -dyer_stable * log(maximum(zeta, T(webb_limit)) / T(webb_limit));
  return linear + beyond;
}

/// Integral of (1 - phi_momentum(x))/x from 0 to zeta: U = ustar/kappa (ln(z/z0) - psi(z/L) + psi(z0/L)).
///
/// @see Paulson (1970), J. Appl. Meteorol. 9, 857, eq. 9.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T psi_momentum(const T& zeta) {
  const T x = sqrt(sqrt(T(1.0) - dyer_unstable * minimum(zeta, T(0.0))));
  const T half = 0.5 * (T(1.0) + x);
  const T unstable = 2.0 * log(half) + log(0.5 * (T(1.0) + x * x)) - 2.0 * atan(x) + T(std::numbers::pi / 2);
  return select(zeta < T(0.0), unstable, psi_stable(zeta));
}

/// Integral of (1 - phi_heat(x))/x from 0 to zeta.
///
/// @see Paulson (1970), J. Appl. Meteorol. 9, 857, eq. 11.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T psi_heat(const T& zeta) {
  const T x2 = sqrt(T(1.0) - dyer_unstable * minimum(zeta, T(0.0)));
  return select(zeta < T(0.0), 2.0 * log(0.5 * (T(1.0) + x2)), psi_stable(zeta));
}

/// Aerodynamic resistance between roughness_length_m and height_m [s m-1]: the integral of dz/K with
/// K = kappa ustar z / phi_heat(z/L).
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T surface_layer_resistance_s_m(const T& height_m,
                                                                        const T& roughness_length_m,
                                                                        const T& ustar,
                                                                        const T& inverse_obukhov_per_m) {
  const T profile = log(height_m / roughness_length_m) - psi_heat(height_m * inverse_obukhov_per_m) +
                    psi_heat(roughness_length_m * inverse_obukhov_per_m);
  return profile / (von_karman * ustar);
}

/// 1/L [m-1] from friction velocity and kinematic heat flux theta* ustar; positive when stable.
///
/// |L| is kept above 5 m and ustar above 0.01 m/s: below, similarity has no meaning.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T inverse_obukhov_length_per_m(const T& ustar,
                                                                        const T& heat_flux_k_m_s,
                                                                        const T& temperature_k) {
  const T u = maximum(ustar, T(0.01));
  const T inverse = -(von_karman * gravity_m_s2) * heat_flux_k_m_s / (temperature_k * u * u * u);
  return maximum(minimum(inverse, T(0.2)), T(-0.2));
}

}  // namespace lantian
