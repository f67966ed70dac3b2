#pragma once

#include "lantian/base/scalar.hpp"

#include <numbers>

namespace lantian {

/// A particle and the air it falls through.
struct ParticleInAir {
  double diameter_m, density_kg_m3, temperature_k, pressure_pa;
};

/// What a land-use class does to particles: collector radius [m] (0: smooth surface) and two constants.
struct Collector {
  double alpha, gamma, radius_m;
};

/// Dynamic viscosity of air [kg m-1 s-1]: Sutherland's formula.
[[nodiscard]] inline double air_viscosity_kg_m_s(double temperature_k) {
  return 1.458e-6 * temperature_k * sqrt(temperature_k) / (temperature_k + 110.4);
}

/// Mean free path of air [m]. @see Seinfeld & Pandis (2016), eq. 9.6.
[[nodiscard]] inline double mean_free_path_m(double temperature_k, double pressure_pa) {
  constexpr double gas_constant = 8.314462618, air_kg_mol = 0.0289647;
  return 2.0 * air_viscosity_kg_m_s(temperature_k) /
         (pressure_pa * sqrt(8.0 * air_kg_mol / (std::numbers::pi * gas_constant * temperature_k)));
}

/// Cunningham's slip correction. @see Zhang et al. (2001), eq. 3.
[[nodiscard]] inline double slip_correction(const ParticleInAir& p) {
  const double knudsen = 2.0 * mean_free_path_m(p.temperature_k, p.pressure_pa) / p.diameter_m;
  return 1.0 + knudsen * (1.257 + 0.4 * exp(-1.1 / knudsen));
}

/// Settling velocity [m s-1] by Stokes' law. @see ibid., eq. 2.
[[nodiscard]] inline double settling_velocity_m_s(const ParticleInAir& p) {
  constexpr double gravity = 9.81;
  return p.density_kg_m3 * p.diameter_m * p.diameter_m * gravity * slip_correction(p) /
         (18.0 * air_viscosity_kg_m_s(p.temperature_k));
}

/// Deposition velocity of a particle [m s-1]: settling, and in parallel with it turbulence against R_a + R_s.
/// @see Zhang, Gong, Padro & Barrie (2001), Atmos. Environ. 35, 549, eqs. 1, 5-9.
[[nodiscard]] inline double particle_deposition_velocity_m_s(const ParticleInAir& p, const Collector& surface,
                                                             double ustar, double aerodynamic_s_m) {
  constexpr double boltzmann = 1.380649e-23, gas_constant = 287.0, gravity = 9.81;
  const double viscosity = air_viscosity_kg_m_s(p.temperature_k);
  const double kinematic = viscosity * gas_constant * p.temperature_k / p.pressure_pa;
  const double settling = settling_velocity_m_s(p);
  const double brownian =
      boltzmann * p.temperature_k * slip_correction(p) / (3.0 * std::numbers::pi * viscosity * p.diameter_m);
  const bool is_smooth = surface.radius_m <= 0.0;
  const double stokes = is_smooth ? settling * ustar * ustar / (gravity * kinematic)
                                  : settling * ustar / (gravity * surface.radius_m);
  const double by_brownian = pow(kinematic / brownian, -surface.gamma);
  const double share = stokes / (surface.alpha + stokes);
  const double by_impaction = share * share;
  const double by_interception =
      is_smooth ? 0.0 : 0.5 * (p.diameter_m / surface.radius_m) * (p.diameter_m / surface.radius_m);
  const double sticking = maximum(exp(-sqrt(stokes)), 0.5);
  const double surface_s_m = 1.0 / (3.0 * ustar * (by_brownian + by_impaction + by_interception) * sticking);
  return settling + 1.0 / (aerodynamic_s_m + surface_s_m);
}

}  // namespace lantian
