#pragma once

#include "lantian/base/constants.hpp"
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

/// How collectors catch particles: E_B = a Sc^-b (b of the land-use class when 0), E_IM = c (St / (alpha +
/// St))^d, E_IN = e (d_p / A)^f.
struct CollectionEfficiencies {
  double brownian, brownian_exponent, impaction, impaction_exponent, interception, interception_exponent;
};

/// Zhang et al. (2001), eqs. 6-8: known to deposit too much between 0.1 and 1 um.
inline constexpr CollectionEfficiencies zhang2001{1.0, 0.0, 1.0, 2.0, 0.5, 2.0};
/// Emerson et al. (2020), Proc. Natl. Acad. Sci. 117, 26076: fitted to fluxes measured over many surfaces.
inline constexpr CollectionEfficiencies emerson2020{0.2, 2.0 / 3.0, 0.4, 1.7, 2.5, 0.8};

/// Dynamic viscosity of air [kg m-1 s-1]: Sutherland's formula.
[[nodiscard]] inline double air_viscosity_kg_m_s(double temperature_k) {
  return 1.458e-6 * temperature_k * sqrt(temperature_k) / (temperature_k + 110.4);
}

/// Mean free path of air [m]. @see Seinfeld & Pandis (2016), eq. 9.6.
[[nodiscard]] inline double mean_free_path_m(double temperature_k, double pressure_pa) {
  constexpr double air_kg_mol = 1.0e-3 * air_molar_mass_g_mol;
  return 2.0 * air_viscosity_kg_m_s(temperature_k) /
         (pressure_pa * sqrt(8.0 * air_kg_mol / (std::numbers::pi * gas_constant_j_mol_k * temperature_k)));
}

/// Cunningham's slip correction. @see Zhang et al. (2001), eq. 3.
[[nodiscard]] inline double slip_correction(const ParticleInAir& p) {
  const double knudsen = 2.0 * mean_free_path_m(p.temperature_k, p.pressure_pa) / p.diameter_m;
  return 1.0 + knudsen * (1.257 + 0.4 * exp(-1.1 / knudsen));
}

/// Settling velocity [m s-1] by Stokes' law. @see ibid., eq. 2.
[[nodiscard]] inline double settling_velocity_m_s(const ParticleInAir& p) {
  return p.density_kg_m3 * p.diameter_m * p.diameter_m * gravity_m_s2 * slip_correction(p) /
         (18.0 * air_viscosity_kg_m_s(p.temperature_k));
}

/// What carries a particle down to the collectors.
struct GroundAir {
  double ustar, aerodynamic_s_m;
};

/// Resistance of a surface to particles [s m-1].
/// @see Zhang, Gong, Padro & Barrie (2001), Atmos. Environ. 35, 549, eqs. 5-9.
[[nodiscard]] inline double surface_resistance_s_m(const ParticleInAir& p, const Collector& surface,
                                                   double ustar, const CollectionEfficiencies& catches) {
  const double viscosity = air_viscosity_kg_m_s(p.temperature_k);
  const double kinematic = viscosity * dry_air_gas_constant_j_kg_k * p.temperature_k / p.pressure_pa;
  const double brownian = boltzmann_j_k * p.temperature_k * slip_correction(p) /
                          (3.0 * std::numbers::pi * viscosity * p.diameter_m);
  const bool is_smooth = surface.radius_m <= 0.0;
  const double settling = settling_velocity_m_s(p);
  const double stokes = is_smooth ? settling * ustar * ustar / (gravity_m_s2 * kinematic)
                                  : settling * ustar / (gravity_m_s2 * surface.radius_m);
  const double exponent = catches.brownian_exponent > 0.0 ? catches.brownian_exponent : surface.gamma;
  const double by_brownian = catches.brownian * pow(kinematic / brownian, -exponent);
  const double by_impaction =
      catches.impaction * pow(stokes / (surface.alpha + stokes), catches.impaction_exponent);
  const double by_interception =
      is_smooth ? 0.0
                : catches.interception * pow(p.diameter_m / surface.radius_m, catches.interception_exponent);
  const double sticking = maximum(exp(-sqrt(stokes)), 0.5);
  return 1.0 / (3.0 * ustar * (by_brownian + by_impaction + by_interception) * sticking);
}

/// Deposition velocity of a particle [m s-1]: settling, and in parallel with it turbulence against R_a + R_s.
/// @see ibid., eq. 1.
[[nodiscard]] inline double particle_deposition_velocity_m_s(
    const ParticleInAir& p, const Collector& surface, const GroundAir& air,
    const CollectionEfficiencies& catches = zhang2001) {
  return settling_velocity_m_s(p) +
         1.0 / (air.aerodynamic_s_m + surface_resistance_s_m(p, surface, air.ustar, catches));
}

}  // namespace lantian
