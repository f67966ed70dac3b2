#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

/// Short-wave radiation at the ground under a cloudless sky [W m-2]; 0 when the sun is below about 2 degrees.
///
/// @see Kasten & Czeplak (1980), Solar Energy 24, 177, eq. 4: 910 sin(elevation) - 30.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T clear_sky_short_wave_w_m2(const T& cosine_zenith) {
  return maximum(T(0.0), 910.0 * cosine_zenith - T(30.0));
}

/// Share of the clear-sky radiation that passes cloud covering `cloud_fraction` of the sky: 1 - 0.75 N^3.4.
///
/// @see Kasten & Czeplak (1980), Solar Energy 24, 177, eq. 5.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T cloud_transmission(const T& cloud_fraction) {
  const T cover = minimum(maximum(cloud_fraction, T(1.0e-30)), T(1.0));
  return T(1.0) - 0.75 * pow(cover, 3.4);
}

/// Cloud cover of a layer from its relative humidity and condensate.
///
/// @param saturation_kg_kg  saturation mixing ratio.
/// @see Xu & Randall (1996), J. Atmos. Sci. 53, 3084, eq. 1 with p = 0.25, alpha = 100, gamma = 0.49.
template <Scalar T>
[[nodiscard]] inline T layer_cloud_fraction(const T& relative_humidity, const T& saturation_kg_kg,
                                            const T& condensate_kg_kg) {
  if (!(T(1.0e-9) < condensate_kg_kg)) return T(0.0);
  if (!(relative_humidity < T(0.999))) return T(1.0);
  const T humid = maximum(relative_humidity, T(0.0)) + T(1.0e-30);
  const T deficit = pow((T(1.0) - humid) * saturation_kg_kg, 0.49);
  return pow(humid, 0.25) * (T(1.0) - exp(-100.0 * condensate_kg_kg / deficit));
}

/// Saturation vapour pressure over water [Pa].
///
/// @see Bolton (1980), Mon. Weather Rev. 108, 1046, eq. 10.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T saturation_vapour_pressure_pa(const T& temperature_k) {
  const T celsius = temperature_k - T(273.15);
  return 611.2 * exp(17.67 * celsius / (celsius + T(243.5)));
}

}  // namespace lantian
