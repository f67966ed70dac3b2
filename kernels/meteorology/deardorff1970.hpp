#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

namespace lantian {

/// Convective velocity scale w* [m s-1] = (g h w'theta' / theta)^(1/3); 0 without an upward heat flux.
///
/// @param heat_flux_k_m_s   w'theta', upward positive.
/// @param mixing_height_m   depth h of the layer that the heat stirs.
/// @see Deardorff (1970), J. Atmos. Sci. 27, 1211, eq. 8.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T convective_velocity_m_s(const T& heat_flux_k_m_s,
                                                                   const T& mixing_height_m,
                                                                   const T& temperature_k) {
  const T upward = maximum(heat_flux_k_m_s, T(0.0));
  const T cubed = gravity_m_s2 * mixing_height_m * upward / temperature_k;
  return select(T(0.0) < cubed, pow(maximum(cubed, T(1.0e-30)), 1.0 / 3.0), T(0.0));
}

}  // namespace lantian
