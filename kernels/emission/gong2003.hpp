#pragma once

#include "lantian/base/scalar.hpp"

#include <numbers>

namespace lantian {

/// Particles of sea salt that bubbles throw up, by radius at 80 % relative humidity
/// [m-2 s-1 um-1].
///
/// @pre  0.07 <= radius_um <= 20
/// @see  Gong (2003), Global Biogeochem. Cycles 17, 1097, eq. 2, theta = 30.
template <Scalar T>
[[nodiscard]] inline T sea_salt_number_flux(const T& radius_um, const T& wind_10m_m_s) {
  constexpr double theta = 30.0;
  const T log_radius = log(radius_um) / std::numbers::ln10;
  const T steepness = -0.017 * pow(radius_um, -1.44);
  const T a = 4.7 * exp(steepness * log(T(1.0) + theta * radius_um));
  const T b = (T(0.433) - log_radius) / T(0.433);
  const T by_size = exp(-a * log(radius_um)) * (T(1.0) + 0.057 * pow(radius_um, 3.45)) *
                    exp(std::numbers::ln10 * 1.607 * exp(-b * b));
  return 1.373 * pow(wind_10m_m_s, 3.41) * by_size;
}

/// Mass of dry salt that a wind of 1 m/s throws up between two dry diameters [kg m-2 s-1]; it grows as the
/// wind to the power 3.41. A droplet at 80 % humidity has twice the radius of its salt, 2200 kg m-3.
///
/// By Simpson's rule over the logarithm of the radius.
[[nodiscard]] inline double sea_salt_mass_at_1_m_s(double least_dry_diameter_um,
                                                   double greatest_dry_diameter_um) {
  constexpr int steps = 400;
  constexpr double density_kg_m3 = 2200.0, m_per_um = 1.0e-6;
  const double low = log(least_dry_diameter_um), width = (log(greatest_dry_diameter_um) - low) / steps;
  double sum = 0.0;
  for (int n = 0; n <= steps; ++n) {
    const double wet_radius_um = exp(low + n * width);  // the dry diameter
    const double dry_radius_m = 0.5 * m_per_um * wet_radius_um;
    const double mass_kg =
        4.0 / 3.0 * std::numbers::pi * density_kg_m3 * dry_radius_m * dry_radius_m * dry_radius_m;
    const double weight = n == 0 || n == steps ? 1.0 : n % 2 == 1 ? 4.0 : 2.0;
    sum += weight * mass_kg * sea_salt_number_flux(wet_radius_um, 1.0) * wet_radius_um;
  }
  return sum * width / 3.0;
}

/// How the flux grows with the wind at 10 m.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T sea_salt_wind_factor(const T& wind_10m_m_s) {
  return pow(maximum(wind_10m_m_s, T(1.0e-30)), 3.41);
}

}  // namespace lantian
