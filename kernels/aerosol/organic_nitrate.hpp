#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

/// Share of condensable organic nitrates that is in particles.
///
/// Of all organic nitrates 0.34 have C* 0.73 and 0.66 have C* 1000 ug m-3; those that condense (NTR2 0.71,
/// INTR 0.08 of all) carry what is in particles.
///
/// @param organic_ug_m3  organic particle mass
/// @see Rollins et al. (2013), J. Geophys. Res. Atmos. 118, 6651; as in Ramboll (2022), CAMx user's
/// guide 7.20,
///      "heterogeneous chemistry".
template <Scalar T>
[[nodiscard]] T organic_nitrate_share(const T& organic_ug_m3) {
  constexpr double condensable = 0.71 + 0.08;
  const T in_particles =
      0.34 * organic_ug_m3 / (organic_ug_m3 + 0.73) + 0.66 * organic_ug_m3 / (organic_ug_m3 + 1000.0);
  return minimum(T(in_particles / condensable), T(1.0));
}

}  // namespace lantian
