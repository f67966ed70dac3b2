#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

#include <cmath>
#include <numbers>

namespace lantian {

/// Friction velocity at which the grains that move most easily (75 um) leave a dry, smooth, bare ground
/// [m s-1].
///
/// @see Shao & Lu (2000), J. Geophys. Res. 105, 22437, eq. 24: A_N = 0.0123, gamma = 1.65e-4 kg s-2, the
///      least of their range: about 0.2 m/s.
template <Scalar T>
[[nodiscard]] inline T dry_threshold_friction_velocity_m_s(const T& air_density_kg_m3) {
  constexpr double diameter_m = 75.0e-6, grain_density_kg_m3 = 2650.0, cohesion_kg_s2 = 1.65e-4;
  constexpr double force = grain_density_kg_m3 * gravity_m_s2 * diameter_m + cohesion_kg_s2 / diameter_m;
  return sqrt(0.0123 * force / air_density_kg_m3);
}

/// Dust that leaves bare ground, up to 20 um of diameter [kg m-2 s-1]; 0 below the threshold.
///
/// @see Kok et al. (2014), Atmos. Chem. Phys. 14, 13023, eqs. 18a-c: C_d0 = 4.4e-5, C_e = 2.0, C_a = 2.7,
///      u*st0 = 0.16 m/s at 1.225 kg m-3.
template <Scalar T>
[[nodiscard]] inline T dust_flux_kg_m2_s(const T& friction_velocity_m_s, const T& threshold_m_s,
                                         const T& air_density_kg_m3, const T& clay_share) {
  constexpr double least_standard_m_s = 0.16, standard_density_kg_m3 = 1.225;
  const T standard = threshold_m_s * sqrt(air_density_kg_m3 / T(standard_density_kg_m3));
  const T above = (standard - T(least_standard_m_s)) / T(least_standard_m_s);
  const T blowing = maximum(friction_velocity_m_s, threshold_m_s);
  const T erodibility = 4.4e-5 * exp(-2.0 * above);
  const T excess = (blowing * blowing - threshold_m_s * threshold_m_s) / standard;
  return erodibility * clay_share * air_density_kg_m3 * excess *
         exp(2.7 * above * log(blowing / threshold_m_s));
}

/// Volume of emitted dust per logarithm of diameter, over that of all dust to 20 um.
///
/// @see Kok (2011), Proc. Natl. Acad. Sci. 108, 1016, eq. 6: D_s = 3.4 um, sigma_s = 3.0, lambda = 12 um,
///      c_v = 12.62 um.
[[nodiscard]] inline double dust_volume_by_log_diameter(double diameter_um) {
  const double soil = std::erf(std::log(diameter_um / 3.4) / (std::numbers::sqrt2 * std::log(3.0)));
  const double cube = diameter_um / 12.0 * diameter_um / 12.0 * diameter_um / 12.0;
  return diameter_um / 12.62 * (1.0 + soil) * std::exp(-cube);
}

/// Share of the emitted dust between two geometric diameters, by Simpson's rule over their logarithm.
[[nodiscard]] inline double dust_share(double least_um, double greatest_um) {
  constexpr int steps = 200;
  const double low = std::log(least_um), width = (std::log(greatest_um) - low) / steps;
  double sum = 0.0;
  for (int n = 0; n <= steps; ++n) {
    const double weight = n == 0 || n == steps ? 1.0 : n % 2 == 1 ? 4.0 : 2.0;
    sum += weight * dust_volume_by_log_diameter(std::exp(low + n * width));
  }
  return sum * width / 3.0;
}

}  // namespace lantian
