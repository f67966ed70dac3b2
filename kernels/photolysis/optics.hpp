#pragma once

#include <cmath>
#include <numbers>

namespace lantian {

/// Scattering cross section of an air molecule [cm2].
/// @see Nicolet (1984), Planet. Space Sci. 32, 1467.
[[nodiscard]] inline double rayleigh_cm2(double wavelength_nm) {
  const double um = wavelength_nm / 1000.0;
  const double exponent = um < 0.55 ? 3.6 + 0.389 * um + 0.09426 / um : 4.04;
  return 4.02e-28 / std::pow(um, exponent);
}

/// Quantum yield of O(1D) from ozone, 306 to 328 nm; constant below, 0.08 above (to 340 nm).
/// @see Matsumi et al. (2002), J. Geophys. Res. 107, 4024: eq. 10 and table 4; Sander et al. (2006), JPL
/// 06-2.
[[nodiscard]] inline double o1d_quantum_yield(double wavelength_nm, double temperature_k) {
  if (wavelength_nm < 306.0) return 0.90;
  if (wavelength_nm > 328.0) return 0.08;
  const double excited = std::exp(-825.518 / (0.695 * temperature_k)), warmth = temperature_k / 300.0;
  const auto bell = [wavelength_nm](double centre_nm, double width_nm, double power) {
    return std::exp(-std::pow(std::fabs(centre_nm - wavelength_nm) / width_nm, power));
  };
  return 0.8036 / (1.0 + excited) * bell(304.225, 5.576, 4.0) +
         8.9061 * excited / (1.0 + excited) * warmth * warmth * bell(314.957, 6.601, 2.0) +
         0.1192 * std::pow(warmth, 1.5) * bell(310.737, 2.187, 2.0) + 0.0765;
}

/// Square of one astronomical unit over the square of the distance from the sun.
/// @param day_angle_rad  2 pi (day of the year - 1)/365
/// @see Spencer (1971), Search 2, 172.
[[nodiscard]] inline double sun_distance_factor(double day_angle_rad) {
  const double a = day_angle_rad;
  return 1.000110 + 0.034221 * std::cos(a) + 0.001280 * std::sin(a) + 0.000719 * std::cos(2.0 * a) +
         0.000077 * std::sin(2.0 * a);
}

/// The day's place in the year as an angle, from January 1.
/// @param unix_seconds  UTC; the year is taken as 365.2425 days from the beginning of 1970.
[[nodiscard]] inline double day_angle_rad(double unix_seconds) {
  constexpr double year_s = 365.2425 * 86400.0;
  return 2.0 * std::numbers::pi * std::fmod(unix_seconds, year_s) / year_s;
}

/// Optical depth of liquid cloud of droplets of 10 um effective radius.
/// @see Stephens (1978), J. Atmos. Sci. 35, 2123: tau = 3 W / (2 rho r).
[[nodiscard]] inline double cloud_optical_depth(double water_kg_m2) {
  constexpr double water_density_kg_m3 = 1000.0, radius_m = 10.0e-6;
  return 1.5 * water_kg_m2 / (water_density_kg_m3 * radius_m);
}

/// What cloud does to photolysis: below it, and above it.
struct CloudFactors {
  double below, above;
};

/// @param optical_depth   of the cloud, scaled by nothing; below 5 it has no effect in this scheme's source
/// and
///                        is let in smoothly here
/// @param cover           0 to 1
/// @param cosine_zenith   of the sun, above 0
/// @param alpha           1 above cloud for most reactions
/// @see Chang et al. (1987), J. Geophys. Res. 92, 14681, eqs. 12-14: transmission (5 - e^-tau)/(4 + 3 tau (1
/// - g)),
///      g = 0.86; below 1 + F (1.6 tr cos chi - 1), above 1 + F (1 - tr) cos chi.
[[nodiscard]] inline CloudFactors cloud_factors(double optical_depth, double cover, double cosine_zenith) {
  const double transmission = (5.0 - std::exp(-optical_depth)) / (4.0 + 3.0 * optical_depth * (1.0 - 0.86));
  const double thick = std::fmin(optical_depth, 1.0);
  return {1.0 + thick * cover * (std::fmin(1.6 * transmission * cosine_zenith, 1.0) - 1.0),
          1.0 + cover * (1.0 - transmission) * cosine_zenith};
}

}  // namespace lantian
