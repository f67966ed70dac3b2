#pragma once

#include "plume/boundary_layer.hpp"

namespace lantian::plume {

/// A size of particles in the air of an hour.
struct SettlingParticle {
  double diameter_um{}, density_g_cm3{};
};

/// What an hour's air does to particles at the ground.
struct DepositionAir {
  BoundaryLayer layer;
  double pressure_kpa{};
};

/// Correction of drag for the mean free path of air, 0.065 um.
[[nodiscard]] inline double slip_correction(double diameter_um) {
  constexpr double path_cm = 6.5e-6;
  const double d_cm = 1e-4 * diameter_um;
  return 1.0 + 2.0 * path_cm * (1.257 + 0.4 * std::exp(-0.55 * d_cm / path_cm)) / d_cm;
}

/// Settling speed [m s-1] by Stokes' law. @see EPA (2004), AERMOD Deposition Algorithms, Science Document;
/// Wesely et al. (2002), ANL/ER/TR-01/003.
[[nodiscard]] inline double settling_speed_m_s(const SettlingParticle& particle) {
  constexpr double air_density_g_cm3 = 1.2e-3, viscosity_g_cm_s = 1.81e-4, gravity_cm_s2 = 980.616;
  const double d_cm = 1e-4 * particle.diameter_um;
  return 0.01 * (particle.density_g_cm3 - air_density_g_cm3) * gravity_cm_s2 * d_cm * d_cm *
         slip_correction(particle.diameter_um) / (18.0 * viscosity_g_cm_s);
}

/// Kinematic viscosity of air [m2 s-1]. @see Wesely et al. (2002).
[[nodiscard]] inline double air_viscosity_m2_s(const DepositionAir& air) {
  return 0.1505e-4 * std::pow(air.layer.temperature_k / 273.16, 1.772) * (air.pressure_kpa / 101.3) *
         (1.0 + 0.0132 * (air.pressure_kpa - 101.3));
}

/// Aerodynamic resistance [s m-1] up to 1 m above the roughness. @see Wesely et al. (2002), eqs. 2-3.
[[nodiscard]] inline double aerodynamic_resistance_s_m(const BoundaryLayer& layer) {
  const double z0 = layer.roughness_length_m, z = z0 + 1.0, length = layer.obukhov_length_m;
  const double scale = karman_of_plumes * layer.friction_velocity_m_s;
  if (layer.stable) return (std::log(z / z0) + 5.0 * z / length) / scale;
  const double a = std::sqrt(1.0 - 16.0 * z / length), b = std::sqrt(1.0 - 16.0 * z0 / length);
  return std::log((a - 1.0) * (b + 1.0) / ((a + 1.0) * (b - 1.0))) / scale;
}

/// Deposition velocity [m s-1] of a size of particles.
/// @see Wesely et al. (2002), eq. 22; Pleim et al. (1984).
[[nodiscard]] inline double particle_velocity_m_s(const SettlingParticle& particle,
                                                  const DepositionAir& air) {
  constexpr double phoretic_m_s = 1e-4;
  const double ustar = air.layer.friction_velocity_m_s;
  const double wstar = air.layer.stable ? 0.0 : air.layer.convective_velocity_m_s;
  const double settling = settling_speed_m_s(particle), viscosity = air_viscosity_m2_s(air);
  const double diffusivity =
      8.09e-14 * air.layer.temperature_k * slip_correction(particle.diameter_um) / particle.diameter_um;
  const double stokes = settling * ustar * ustar / (gravity_of_plumes_m_s2 * viscosity);
  const double collection = std::pow(viscosity / diffusivity, -2.0 / 3.0) + std::pow(10.0, -3.0 / stokes);
  const double ra = aerodynamic_resistance_s_m(air.layer);
  const double rd = 1.0 / ((1.0 + 0.24 * wstar * wstar / (ustar * ustar)) * ustar * collection);
  return 1.0 / (ra + rd + ra * rd * settling) + settling + phoretic_m_s;
}

/// Share of the particles in a drop's way that it collects: by Brownian motion, interception and impaction.
/// @see Slinn (1984), Atmospheric Science and Power Production, DOE/TIC-27601, ch. 11; Wesely et al. (2002),
/// eq. 30.
[[nodiscard]] inline double collection_efficiency(const SettlingParticle& particle, double drop_radius_m,
                                                  double drop_speed_m_s, const DepositionAir& air) {
  constexpr double viscosity_ratio = 1.81e-2;  // of air over water
  const double viscosity = air_viscosity_m2_s(air), settling = settling_speed_m_s(particle);
  const double diffusivity =
      8.09e-14 * air.layer.temperature_k * slip_correction(particle.diameter_um) / particle.diameter_um;
  const double re = drop_radius_m * drop_speed_m_s / viscosity, sc = viscosity / diffusivity;
  const double stokes = settling / gravity_of_plumes_m_s2 * (drop_speed_m_s - settling) / drop_radius_m;
  const double least = (1.2 + std::log(1.0 + re) / 12.0) / (1.0 + std::log(1.0 + re));
  const double size = 1e-6 * particle.diameter_um / (2.0 * drop_radius_m);
  const double brownian =
      4.0 / (re * sc) * (1.0 + 0.4 * std::sqrt(re) * std::cbrt(sc) + 0.16 * std::sqrt(re * sc));
  const double interception = 4.0 * size * (viscosity_ratio + (1.0 + 2.0 * std::sqrt(re)) * size);
  const double beyond = stokes - least;
  const double impaction =
      beyond > 0.0 ? std::pow(beyond / (beyond + 2.0 / 3.0), 1.5) / std::sqrt(particle.density_g_cm3) : 0.0;
  return std::min(1.0, brownian + interception + impaction);
}

/// Radius of the drops [cm] of a rain above 0. @see Wesely et al. (2002), eqs. 28-31.
[[nodiscard]] inline double drop_radius_cm(double rain_mm_h) {
  return std::pow(rain_mm_h, 0.232) / 18.11;
}

/// Rate at which rain takes up what lies in the way of its drops [s-1], if they collect a share of it.
/// @see Wesely et al. (2002), eq. 28.
[[nodiscard]] inline double collection_rate_s(double collected_share, double rain_mm_h) {
  if (!(rain_mm_h > 0.0)) return 0.0;
  return 1.5 * collected_share * rain_mm_h / (2.0 * drop_radius_cm(rain_mm_h) * 3.6e4);
}

/// Rate at which rain takes up particles [s-1].
/// @see Wesely et al. (2002), eqs. 28-31.
[[nodiscard]] inline double scavenging_rate_s(const SettlingParticle& particle, double rain_mm_h,
                                              const DepositionAir& air) {
  if (!(rain_mm_h > 0.0)) return 0.0;
  const double radius_m = 0.01 * drop_radius_cm(rain_mm_h), speed_m_s = 3.75 * std::pow(rain_mm_h, 0.111);
  return collection_rate_s(collection_efficiency(particle, radius_m, speed_m_s, air), rain_mm_h);
}

/// Deposition velocity [m s-1] of particles known by their fine share alone; coarse ones settle with 2 mm
/// s-1.
/// @see Wesely et al. (2002), eq. 26.
[[nodiscard]] inline double mean_particle_velocity_m_s(double fine_share, const BoundaryLayer& layer) {
  constexpr double coarse_settling_m_s = 0.002;
  const double ra = aerodynamic_resistance_s_m(layer), ustar = layer.friction_velocity_m_s;
  const double rp = layer.stable ? 500.0 / ustar : 500.0 / (ustar * (1.0 - 300.0 / layer.obukhov_length_m));
  const double coarse = coarse_settling_m_s + 1.0 / (ra + rp + coarse_settling_m_s * ra * rp);
  return fine_share / (ra + rp) + (1.0 - fine_share) * coarse;
}

/// Rate at which rain takes up such particles from a depth of air [s-1]: washout ratios of 1e5 a um of
/// diameter for fine ones, of 6e5 for coarse ones.
/// @see Wesely et al. (2002).
[[nodiscard]] inline double mean_scavenging_rate_s(double mean_diameter_um, double fine_share,
                                                   double rain_mm_h, double depth_m) {
  if (!(rain_mm_h > 0.0)) return 0.0;
  constexpr double metres_per_mm = 1e-3, seconds_per_hour = 3600.0;
  const double washout = 1e5 * (mean_diameter_um * fine_share + 6.0 * (1.0 - fine_share));
  return washout * metres_per_mm * rain_mm_h / (seconds_per_hour * depth_m);
}

}  // namespace lantian::plume
