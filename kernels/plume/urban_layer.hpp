#pragma once

#include "plume/boundary_layer.hpp"

namespace lantian::plume {

/// Depth of a city's stirred layer at night [m] by its population. @see EPA-454/R-03-004, eq. 107.
[[nodiscard]] inline double urban_mixing_height_m(double population) {
  return 400.0 * std::pow(population / 2.0e6, 0.25);
}

/// What a city's warmth adds to a stable hour.
struct UrbanMixing {
  double mixing_height_m{}, convective_velocity_m_s{}, friction_velocity_m_s{}, obukhov_length_m{};
};

/// Night air of a city: heat flux by the difference between city and country of 12 K for 2 million.
/// @see EPA-454/R-03-004, eqs. 104-110; Oke (1973, 1982); Hanna & Chang (1991).
[[nodiscard]] inline UrbanMixing urban_mixing(double population, double urban_roughness_m,
                                              const BoundaryLayer& rural) {
  const double warmth_k = 12.0 * (0.1 * std::log(population / 2.0e6) + 1.0);
  const double depth_m = urban_mixing_height_m(population);
  const double t = rural.temperature_k;
  const double flux = 0.03 * warmth_k * rural.friction_velocity_m_s;  // over rho cp
  const double velocity = std::cbrt(gravity_of_plumes_m_s2 * flux * depth_m / t);
  const double low_m = 7.0 * std::max(urban_roughness_m, rural.roughness_length_m);
  const double top_m = std::max(depth_m, rural.mechanical_mixing_height_m);
  const double matching = velocity * std::sqrt(1.6 * std::pow(low_m / depth_m, 2.0 / 3.0)) /
                          (1.3 * std::sqrt(1.0 - low_m / top_m));
  const double ustar = std::max(rural.friction_velocity_m_s, matching);
  const double length = t * ustar * ustar * ustar / (karman_of_plumes * gravity_of_plumes_m_s2 * flux);
  const double obukhov =
      rural.stable ? std::max(length, rural.obukhov_length_m) : std::max(-length, rural.obukhov_length_m);
  return {top_m, velocity, ustar, obukhov};
}

}  // namespace lantian::plume
