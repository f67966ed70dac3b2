#pragma once

#include "aerosol/inorganic_system.hpp"

#include "lantian/base/lane_math.hpp"

namespace lantian {

/// Equilibrium constants at a temperature, in mol kg-1 of water and atm.
template <class V>
struct EquilibriumConstants {
  V bisulphate;              // HSO4- = H+ + SO4-- [mol kg-1]
  V ammonia_over_water;      // NH3(g) + H+ = NH4+: K21 K22 / Kw [kg... mol-1 atm-1]
  V hydrochloric_acid;       // HCl(g) = H+ + Cl- [mol2 kg-2 atm-1]
  V nitric_acid;             // HNO3(g) = H+ + NO3- [mol2 kg-2 atm-1]
  V water;                   // H2O = H+ + OH- [mol2 kg-2]
  V solid_ammonium_nitrate;  // NH4NO3(s) = NH3(g) + HNO3(g) [atm2]
};

/// K(T) = K0 exp[a (T0/T - 1) + b (1 + ln(T0/T) - T0/T)], T0 = 298.15 K.
///
/// `has_temperature` is false where K0 holds as it is (the reference's dead band).
/// @see Kim et al. (1993), Aerosol Sci. Technol. 19, 157, eq. 10; constants of Fountoukis & Nenes (2007),
/// Atmos. Chem. Phys. 7, 4639, table 2.
template <class V, class Mask>
[[nodiscard]] inline EquilibriumConstants<V> equilibrium_constants(const V& temperature_k,
                                                                   const Mask& has_temperature) {
  const V ratio = 298.15 / temperature_k, gap = ratio - 1.0, bend = log(ratio) - gap;
  const V none = constant<V>(0.0);
  const auto at = [&](double k0, double a, double b) {
    return V(k0 * exp(choose(has_temperature, V(a * gap + b * bend), none)));
  };
  const V water = at(1.010e-14, -22.52, 26.92);
  return {.bisulphate = at(1.015e-2, 8.85, 25.14),
          .ammonia_over_water = at(57.639, 13.79, -5.393) * at(1.805e-5, -1.50, 26.92) / water,
          .hydrochloric_acid = at(1.971e6, 30.20, 19.91),
          .nitric_acid = at(2.511e6, 29.17, 16.83),
          .water = water,
          .solid_ammonium_nitrate = at(5.746e-17, -74.38, 6.12)};
}

}  // namespace lantian
