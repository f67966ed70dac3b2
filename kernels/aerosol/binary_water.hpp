#pragma once

#include "aerosol/kusik_meissner1978.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// Salts whose water is known, in the order of `osmotic_fit`.
enum class Hydrate : std::size_t {
  nh4_2so4,
  nh4hso4,
  nh4no3,
  nh4cl,
  na2so4,
  nahso4,
  nano3,
  nacl,
  h2so4,
  k2so4,
  kno3,
  kcl,
  mgso4,
  mg_no3_2,
  mgcl2,
  ca_no3_2,
  cacl2,
  count
};
inline constexpr std::size_t hydrate_count = static_cast<std::size_t>(Hydrate::count);

/// Where the fits hold.
inline constexpr double driest_fitted_humidity = 0.10, most_humid_fitted = 0.99;

/// Logarithm of the effective number of particles i that a mole of salt makes in water, i = 55.508 (1 - a) /
/// (a m0): a polynomial in x = (2 a - 1.09) / 0.89, which is -1 at a = 0.10 and 1 at 0.99.
///
/// Fitted by least squares to the molalities m0 of solutions of one salt at water activities 0.10 to 0.98
/// that ISORROPIA II uses: the Aerosol Inorganics Model III as tabulated by Waldron (2003), and Ca, K and Mg
/// of Fountoukis and Nenes (2007). Each line says how far the fit lies from them. Below 0.21 (MgSO4) and 0.44
/// (KNO3), where the tabulated values fall back or are cut at 1000 mol kg-1, molalities that rise gently
/// stand for them.
/// @see Clegg, Brimblecombe & Wexler (1998), J. Phys. Chem. A 102, 2137 and 2155; Fountoukis & Nenes (2007),
/// Atmos. Chem. Phys. 7, 4639.
inline constexpr std::array<std::array<double, 10>, hydrate_count> osmotic_fit{{
    // (NH4)2SO4: median 0.15 %, largest 1.4 % at 0.98
    {1.222812, -0.535138, -0.198877, 0.149878, 0.343391, -0.604919, -1.033875, 1.124042, 0.508734, -0.262568},
    // NH4HSO4: median 0.05 %, largest 0.9 % at 0.98
    {1.069039, -0.163086, -0.274995, 0.007052, 0.000444, 0.355443, -1.002662, -0.159471, 0.768781, 0.051255},
    // NH4NO3: median 0.16 %, largest 1.1 % at 0.98
    {0.239157, 0.323137, -0.897179, 1.298405, 0.451618, -2.632138, 0.716115, 2.570733, -0.579401, -0.974369},
    // NH4Cl: median 1.53 %, largest 11.3 % at 0.26
    {0.913862, -0.083830, 0.885001, -1.345179, -11.179516, 17.470873, 16.131459, -29.466711, -6.857297,
     14.266067},
    // Na2SO4: median 0.11 %, largest 1.6 % at 0.98
    {1.628969, -0.956709, -0.052869, -0.326208, 0.549236, 0.484275, -1.363601, -1.291110, 1.145061, 0.967728},
    // NaHSO4: median 0.05 %, largest 1.0 % at 0.98
    {1.178143, -0.164418, 0.143543, -0.952781, 0.205727, 1.012269, -0.641611, -1.239231, 0.547120, 0.590214},
    // NaNO3: median 0.08 %, largest 0.4 % at 0.98
    {0.745625, -0.335833, -0.150695, 0.286038, 0.293627, -0.517128, -1.069861, 1.798400, 0.575145, -1.074126},
    // NaCl: median 0.03 %, largest 0.3 % at 0.97
    {1.485628, -0.866923, 0.097997, -0.155468, 0.075351, -0.190755, -0.033899, 0.221095, 0.111460, -0.146796},
    // H2SO4: median 0.05 %, largest 0.5 % at 0.97
    {1.878544, -0.919464, 0.019859, -0.247458, 0.144858, -0.024378, -0.291921, -0.169131, 0.237694, 0.051942},
    // K2SO4: median 0.12 %, largest 1.1 % at 0.97
    {0.283502, 1.782029, -0.364568, -2.773372, -1.163303, 2.216522, 2.363575, -0.524337, -0.915508,
     -0.213748},
    // KNO3: median 1.16 %, largest 10.1 % at 0.98
    {-2.240886, 2.459928, 3.143654, -5.121263, 0.186725, 12.229694, -5.072933, -16.006035, 3.682293,
     7.355000},
    // KCl: median 0.04 %, largest 1.3 % at 0.98
    {1.138638, 0.059688, -0.863244, -0.725843, 0.987487, 0.641457, -0.730826, -0.667853, 0.458150, 0.244333},
    // MgSO4: median 0.23 %, largest 5.8 % at 0.98
    {1.829069, -0.817540, -0.574912, -0.417210, 0.387414, -2.072894, 1.369011, 3.785758, -1.363116,
     -2.330340},
    // Mg(NO3)2: median 0.09 %, largest 2.7 % at 0.98
    {2.267754, -0.926346, 0.003892, -0.193227, -0.133258, -0.717725, 0.657749, 1.189310, -0.397517,
     -0.810705},
    // MgCl2: median 0.10 %, largest 3.5 % at 0.98
    {2.395118, -1.159973, -0.006021, 0.097911, -0.192876, -0.934365, 0.801263, 1.463327, -0.516789,
     -0.984380},
    // Ca(NO3)2: median 0.14 %, largest 4.7 % at 0.98
    {1.823927, -0.834830, 0.025452, -0.455754, 0.308433, 0.839038, -1.191695, -1.596030, 1.046818, 0.967690},
    // CaCl2: median 0.04 %, largest 2.4 % at 0.98
    {2.305285, -1.026814, 0.061247, -0.091092, -0.412189, -0.406509, 0.525565, 0.723143, -0.223170,
     -0.558469},
}};

/// Water that a mole of each salt holds [kg mol-1], 1 / m0, at a water activity from 0.10 to 0.99.
template <class V>
[[nodiscard]] inline std::array<V, hydrate_count> water_per_mole_kg(const V& water_activity) {
  constexpr double water_mol_kg = 55.508;
  const V x = (2.0 * water_activity - 1.09) * (1.0 / 0.89);
  const V per_particle = water_activity / (water_mol_kg * (1.0 - water_activity));
  std::array<V, hydrate_count> water{};
  for (std::size_t s = 0; s < hydrate_count; ++s) {
    V sum = constant<V>(osmotic_fit[s].back());
    for (std::size_t n = osmotic_fit[s].size() - 1; n-- > 0;) sum = sum * x + osmotic_fit[s][n];
    water[s] = exp(sum) * per_particle;
  }
  return water;
}

}  // namespace lantian
