#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

namespace lantian {

/// Resistance of the quasi-laminar sublayer for a gas [s m-1]; `diffusivity_ratio` = D(water) / D(gas).
/// @see Wesely & Hicks (1977), J. Air Pollut. Control Assoc. 27, 1110: R_b = 2 / (kappa u*) (Sc / Pr)^2/3, Pr
/// = 0.72.
template <Scalar T>
[[nodiscard]] inline T sublayer_resistance_s_m(const T& ustar, double diffusivity_ratio) {
  constexpr double water_schmidt = 0.61, prandtl = 0.72;
  return 2.0 / (von_karman * ustar) * pow(water_schmidt * diffusivity_ratio / prandtl, 2.0 / 3.0);
}

/// Weather at the ground that a surface resistance depends on.
struct SurfaceWeather {
  double ustar, temperature_c, relative_humidity, short_wave_w_m2;
  bool is_wet;
};

/// Resistances of a land-use class for SO2 and O3 [s m-1]; a path that is absent has an infinite one.
struct SurfacePaths {
  double in_canopy, cuticle_o3_dry, cuticle_o3_wet, ground_o3, cuticle_so2_dry, ground_so2;
  double stomatal_minimum, stomatal_light_w_m2, t_min_c, t_max_c, t_opt_c;
  double leaf_area_index;
};

/// How a gas relates to SO2 (alpha) and to O3 (beta), and D(water) / D(gas).
struct GasScaling {
  double alpha, beta, diffusivity_ratio;
};

/// Share of open stomata by temperature. @see Jarvis (1976) in the form of Zhang, Brook & Vet (2003), eq. 5.
[[nodiscard]] inline double stomatal_temperature_factor(const SurfacePaths& paths, double t_c) {
  if (t_c <= paths.t_min_c || t_c >= paths.t_max_c) return 0.0;
  const double exponent = (paths.t_max_c - paths.t_opt_c) / (paths.t_opt_c - paths.t_min_c);
  return (t_c - paths.t_min_c) / (paths.t_opt_c - paths.t_min_c) *
         pow((paths.t_max_c - t_c) / (paths.t_max_c - paths.t_opt_c), exponent);
}

/// Conductance of the surface for a gas [m s-1]: stomata, cuticles and ground in parallel.
///
/// The gas finds cuticles and ground by its likeness to SO2 and O3; the air of the canopy stands before the
/// ground for all gases alike.
///
/// Simpler than the paper in three points: leaves are one big leaf whose stomata see half the short wave as
/// PAR; no response to humidity deficit and water stress; cuticles do not depend on rain against dew.
/// @see Zhang, Brook & Vet (2003), Atmos. Chem. Phys. 3, 2067, eqs. 2-9.
[[nodiscard]] inline double surface_conductance_m_s(const SurfacePaths& paths, const SurfaceWeather& at,
                                                    const GasScaling& gas) {
  const auto conductance = [](double resistance) { return resistance > 0.0 ? 1.0 / resistance : 0.0; };
  const double leaf_root = sqrt(sqrt(paths.leaf_area_index));
  const double canopy = paths.in_canopy * leaf_root / (at.ustar * at.ustar);
  const double dry_cuticle = exp(3.0 * minimum(at.relative_humidity, 1.0)) * leaf_root * at.ustar;
  const double wet_cuticle = sqrt(paths.leaf_area_index) * at.ustar;
  constexpr double cuticle_so2_wet = 100.0;
  double cuticle_o3 = 0.0, cuticle_so2 = 0.0;
  if (paths.leaf_area_index > 0.0) {
    cuticle_o3 = at.is_wet ? wet_cuticle * conductance(paths.cuticle_o3_wet)
                           : dry_cuticle * conductance(paths.cuticle_o3_dry);
    cuticle_so2 =
        at.is_wet ? wet_cuticle / cuticle_so2_wet : dry_cuticle * conductance(paths.cuticle_so2_dry);
  }
  const double par_w_m2 = 0.5 * at.short_wave_w_m2;
  double stomata = 0.0;
  if (paths.stomatal_minimum > 0.0 && par_w_m2 > 1.0 && gas.alpha + gas.beta > 0.0)
    stomata = paths.leaf_area_index * stomatal_temperature_factor(paths, at.temperature_c) /
              (paths.stomatal_minimum * (1.0 + paths.stomatal_light_w_m2 / par_w_m2) * gas.diffusivity_ratio);
  const double cuticle = gas.alpha * cuticle_so2 + gas.beta * cuticle_o3;
  const double ground = gas.alpha * conductance(paths.ground_so2) + gas.beta * conductance(paths.ground_o3);
  return stomata + cuticle + ground / (1.0 + canopy * ground);
}

/// Deposition velocity of a gas [m s-1]: three resistances in series, the last not below 10 s m-1.
[[nodiscard]] inline double gas_deposition_velocity_m_s(double aerodynamic_s_m, double sublayer_s_m,
                                                        double surface_conductance) {
  if (surface_conductance <= 0.0) return 0.0;
  return 1.0 / (aerodynamic_s_m + sublayer_s_m + maximum(1.0 / surface_conductance, 10.0));
}

}  // namespace lantian
