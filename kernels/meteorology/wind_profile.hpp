#pragma once

#include "meteorology/dyer1974.hpp"

#include "lantian/base/scalar.hpp"

namespace lantian {

/// Wind speed at `height_m` over that at 10 m in the surface layer; log profile when neutral.
///
/// @pre height_m and 10 m lie above roughness_length_m.
/// @see Paulson (1970), J. Appl. Meteorol. 9, 857, eq. 9.
template <Scalar T>
[[nodiscard]] inline T wind_over_10m(const T& height_m, const T& roughness_length_m,
                                     const T& inverse_obukhov_per_m) {
  const T ground = psi_momentum(roughness_length_m * inverse_obukhov_per_m);
  const T here = log(height_m / roughness_length_m) - psi_momentum(height_m * inverse_obukhov_per_m) + ground;
  const T at_10m = log(T(10.0) / roughness_length_m) - psi_momentum(T(10.0) * inverse_obukhov_per_m) + ground;
  return here / at_10m;
}

/// Wind of 10 m over a roughness, over that of a record above another: both share the wind of 60 m.
///
/// @see Wieringa (1986), Q. J. R. Meteorol. Soc. 112, 867, eq. 4, with its blending height of 60 m.
template <Scalar T>
[[nodiscard]] inline T exposure_factor(const T& roughness_length_m, const T& record_roughness_m) {
  const T up = log(T(60.0) / record_roughness_m) / log(T(10.0) / record_roughness_m);
  return up * log(T(10.0) / roughness_length_m) / log(T(60.0) / roughness_length_m);
}

/// Smooth step from 0 at `low` to 1 at `high`, level at both ends: 3 s^2 - 2 s^3.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T smooth_step(const T& at, const T& low, const T& high) {
  const T s = minimum(maximum((at - low) / (high - low), T(0.0)), T(1.0));
  return s * s * (T(3.0) - 2.0 * s);
}

}  // namespace lantian
