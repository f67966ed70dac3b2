#pragma once

#include "meteorology/dyer1974.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

namespace lantian {

/// What routine weather records tell of the energy at the ground.
template <Scalar T>
struct RoutineRecord {
  T short_wave_w_m2;  // downward
  T temperature_k;    // screen height
  T cloud_fraction;
  T wind_speed_m_s;  // at 10 m
};

/// Net radiation of a land surface [W m-2].
///
/// @see Holtslag & van Ulden (1983), J. Clim. Appl. Meteorol. 22, 517, section 3: c1 = 5.31e-13 W m-2 K-6,
///      c2 = 60 W m-2, c3 = 0.12.
template <Scalar T>
[[nodiscard]] inline T net_radiation_w_m2(const RoutineRecord<T>& at, double albedo) {
  constexpr double stefan_boltzmann_w_m2_k4 = 5.67e-8;
  const T t2 = at.temperature_k * at.temperature_k;
  const T long_wave = 5.31e-13 * t2 * t2 * t2 - stefan_boltzmann_w_m2_k4 * t2 * t2 + 60.0 * at.cloud_fraction;
  return ((1.0 - albedo) * at.short_wave_w_m2 + long_wave) / T(1.12);
}

/// Sensible heat flux of a land surface by day [W m-2], by the modified Priestley-Taylor form; may be
/// negative.
///
/// A tenth of the net radiation goes into the soil; beta' = 20 W m-2.
/// @param moisture  alpha: 1 for a wet meadow, 0.5 for dry grass.
/// @see Holtslag & van Ulden (1983), section 4; the slope of saturation by Bolton (1980), Mon. Weather Rev.
///      108, 1046, eq. 10, differentiated.
template <Scalar T>
[[nodiscard]] inline T daytime_heat_flux_w_m2(const T& net_radiation_w_m2, const T& temperature_k,
                                              double moisture) {
  constexpr double psychrometer_pa_k = 66.0;
  const T celsius = temperature_k - T(273.15);
  const T from_pole = celsius + T(243.5);
  const T saturation_pa = 611.2 * exp(17.67 * celsius / from_pole);
  const T slope_pa_k = saturation_pa * (17.67 * 243.5) / (from_pole * from_pole);
  const T ratio = T(psychrometer_pa_k) / slope_pa_k;
  return (T(1.0 - moisture) + ratio) / (T(1.0) + ratio) * 0.9 * net_radiation_w_m2 - T(20.0);
}

/// Temperature scale theta* of a clear or cloudy night over land [K].
///
/// @see van Ulden & Holtslag (1985), J. Clim. Appl. Meteorol. 24, 1196, section 4: 0.09 (1 - 0.5 N^2).
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T night_temperature_scale_k(const T& cloud_fraction) {
  return 0.09 * (T(1.0) - 0.5 * cloud_fraction * cloud_fraction);
}

template <Scalar T>
struct SurfaceExchange {
  T friction_velocity_m_s;
  T heat_flux_k_m_s;  // upwards
  T inverse_obukhov_per_m;
};

/// Friction velocity over stable ground, from the 10 m wind and theta*.
///
/// Below the critical wind, where the quadratic has no root, ustar and theta* shrink with the wind.
/// @see van Ulden & Holtslag (1985), eqs. 19-21, with Dyer's 5; Cimorelli et al. (2005), J. Appl. Meteorol.
/// 44,
///      682, eqs. 11-15, for weak wind.
template <Scalar T>
[[nodiscard]] inline SurfaceExchange<T> stable_exchange(const RoutineRecord<T>& at,
                                                        const T& temperature_scale_k,
                                                        const T& roughness_length_m) {
  constexpr double height_m = 10.0;
  const T speed = maximum(at.wind_speed_m_s, T(0.3));
  const T drag = von_karman / log(T(height_m) / roughness_length_m);
  const T squared = (dyer_stable * gravity_m_s2 * height_m) * temperature_scale_k / at.temperature_k;
  const T critical = 2.0 * sqrt(squared / drag);
  const T share = minimum(speed / critical, T(1.0));
  const T inner = maximum(T(1.0) - critical * critical / (speed * speed), T(0.0));
  const T ustar =
      select(speed < critical, 0.5 * drag * critical * share, 0.5 * drag * speed * (T(1.0) + sqrt(inner)));
  const T heat = -ustar * temperature_scale_k * share;
  return {ustar, heat, inverse_obukhov_length_per_m(ustar, heat, at.temperature_k)};
}

/// Friction velocity and Obukhov length that go with a 10 m wind and an upward heat flux, by fixed-point
/// steps.
///
/// @see Paulson (1970), J. Appl. Meteorol. 9, 857, eq. 9.
template <Scalar T>
[[nodiscard]] inline SurfaceExchange<T> exchange_of_heat_flux(const RoutineRecord<T>& at,
                                                              const T& heat_flux_k_m_s,
                                                              const T& roughness_length_m) {
  constexpr double height_m = 10.0;
  constexpr int steps = 12;
  const T speed = maximum(at.wind_speed_m_s, T(0.5));
  const T neutral = log(T(height_m) / roughness_length_m);
  T ustar = von_karman * speed / neutral;
  T inverse = T(0.0);
  for (int n = 0; n < steps; ++n) {
    inverse = inverse_obukhov_length_per_m(ustar, heat_flux_k_m_s, at.temperature_k);
    const T profile = neutral - psi_momentum(height_m * inverse) + psi_momentum(roughness_length_m * inverse);
    ustar = 0.5 * (ustar + von_karman * speed / profile);
  }
  return {ustar, heat_flux_k_m_s, inverse};
}

/// Upward heat flux over the sea [K m s-1] from air and sea temperature.
///
/// @see Large & Pond (1982), J. Phys. Oceanogr. 12, 464: 1.13e-3 over a warmer, 0.66e-3 over a colder sea.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T sea_heat_flux_k_m_s(const RoutineRecord<T>& at,
                                                               const T& sea_temperature_k) {
  const T warmer = sea_temperature_k - at.temperature_k;
  return select(warmer < T(0.0), T(0.66e-3), T(1.13e-3)) * at.wind_speed_m_s * warmer;
}

}  // namespace lantian
