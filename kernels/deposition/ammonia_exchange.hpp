#pragma once

#include "deposition/zhang2003.hpp"

#include "lantian/base/scalar.hpp"

namespace lantian {

/// How much ammonia a land-use class holds: [NH4+]/[H+] of leaves and of ground; 0: none comes from there.
struct AmmoniaPotential {
  double stomata = 0.0, ground = 0.0;
};

/// Ammonia in equilibrium with the water of leaves or ground [ug m-3]: 2.7457e15/T exp(-10378/T) Gamma.
/// @see Zhang, Wright & Asman (2010), J. Geophys. Res. 115, D20310, eq. 6, after Nemitz et al. (2000).
template <Scalar T>
[[nodiscard]] T compensation_point_ug_m3(const T& temperature_k, double potential) {
  return 2.7457e15 / temperature_k * exp(-10378.0 / temperature_k) * potential;
}

/// What a surface would give to air without ammonia, over what it takes up of a unit of it [ug m-3]:
/// compensation points of stomata and ground, each with its conductance over that of the whole surface.
///
/// With it the flux of the two-layer canopy is -v_d (C - C_surface), v_d = 1/(R_a + R_b + R_c).
/// @see Zhang, Wright & Asman (2010), eqs. 3-5: chi_c eliminated from the balance of the canopy.
[[nodiscard]] inline double surface_ammonia_ug_m3(const ZhangPaths& paths, const DepositingGas& gas,
                                                  const AmmoniaPotential& potential, double temperature_k) {
  const double all = surface_conductance_m_s(paths, gas);
  if (all <= 0.0) return 0.0;
  const double stomata = stomatal_path_m_s(paths, gas), ground = ground_path_m_s(paths, gas);
  return (stomata * compensation_point_ug_m3(temperature_k, potential.stomata) +
          ground * compensation_point_ug_m3(temperature_k, potential.ground)) /
         all;
}

}  // namespace lantian
