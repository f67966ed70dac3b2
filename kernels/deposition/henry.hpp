#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

#include <cmath>

namespace lantian {

/// A constant of equilibrium, K(T) = K(298.15 K) exp(s (1/T - 1/298.15 K)).
struct Equilibrium {
  double at_298, slope_k;
};

[[nodiscard]] inline double at_temperature(const Equilibrium& constant, double temperature_k) {
  return constant.at_298 * exp(constant.slope_k * (1.0 / temperature_k - 1.0 / 298.15));
}

/// A gas that water dissolves: Henry's constant [mol l-1 atm-1], dissociation as an acid in one or two steps
/// or as a base [mol l-1] (0: none), and D(water vapour) / D(gas).
struct SolubleGas {
  Equilibrium henry, acid_1, acid_2, base;
  double diffusivity_ratio;
};

inline constexpr double rain_h_mol_l = 1.0e-5;  // pH 5

/// Effective Henry's constant [mol l-1 atm-1]: all that is dissolved, whole and in ions.
/// @see Seinfeld & Pandis (2016), section 7.3: H (1 + K1/h + K1 K2/h^2); of a base H (1 + Kb h/Kw), Kw of
///      Pandis & Seinfeld (1989), J. Geophys. Res. 94, 1105: 1e-14, -6710 K.
[[nodiscard]] inline double effective_henry_m_atm(const SolubleGas& gas, double temperature_k,
                                                  double h_mol_l) {
  const auto at = [&](const Equilibrium& constant) { return at_temperature(constant, temperature_k); };
  const double acid = at(gas.acid_1) / h_mol_l * (1.0 + at(gas.acid_2) / h_mol_l);
  const double base = at(gas.base) * h_mol_l / at({1.0e-14, -6710.0});
  return at(gas.henry) * (1.0 + acid + base);
}

/// The same as a ratio of concentrations, in water over in air [m3 m-3]: H R T.
[[nodiscard]] inline double water_air_ratio(double henry_m_atm, double temperature_k) {
  constexpr double gas_constant_l_atm_mol_k = 0.082057;
  return henry_m_atm * gas_constant_l_atm_mol_k * temperature_k;
}

/// Air around falling drops.
struct RainyAir {
  double temperature_k, pressure_pa;
  double rain_kg_m2_s;
  double thickness_m;
  double cloud_water_m3_m3;  // liquid over air; 0: below cloud
};

/// Diffusivity of water vapour in air [m2 s-1].
/// @see Massman (1998), Atmos. Environ. 32, 1111: 2.178e-5 (T/273.15 K)^1.81 (101325 Pa/p).
[[nodiscard]] inline double vapour_diffusivity_m2_s(double temperature_k, double pressure_pa) {
  return 2.178e-5 * pow(temperature_k / 273.15, 1.81) * 101325.0 / pressure_pa;
}

/// Diameter [m] and fall speed [m s-1] of the drops that stand for a rain.
/// @see Seinfeld & Pandis (1998), ch. 20, as the CAMx model has it: 9e-4 P^0.21 [mm h-1], 3100 D.
struct RainDrops {
  double diameter_m, speed_m_s;
};
[[nodiscard]] inline RainDrops rain_drops(double rain_kg_m2_s) {
  const double diameter_m = 9.0e-4 * pow(3600.0 * rain_kg_m2_s, 0.21);
  return {diameter_m, 3100.0 * diameter_m};
}

/// Rate at which gas reaches the drops of rain [s-1]: 6 w k_c / D, w = P/(rho_w v) the drops' share of the
/// volume, k_c = (D_g / D) (2 + 0.6 Re^1/2 Sc^1/3). @see Seinfeld & Pandis (2016), eqs. 20.16-20.20.
[[nodiscard]] inline double transfer_rate_per_s(const SolubleGas& gas, const RainyAir& air) {
  constexpr double water_kg_m3 = 1000.0;
  const RainDrops drops = rain_drops(air.rain_kg_m2_s);
  const double diffusivity =
      vapour_diffusivity_m2_s(air.temperature_k, air.pressure_pa) / gas.diffusivity_ratio;
  const double viscosity =
      1.458e-6 * air.temperature_k * sqrt(air.temperature_k) / (air.temperature_k + 110.4);
  const double kinematic = viscosity * dry_air_gas_constant_j_kg_k * air.temperature_k / air.pressure_pa;
  const double reynolds = drops.diameter_m * drops.speed_m_s / kinematic, schmidt = kinematic / diffusivity;
  const double transfer_m_s =
      diffusivity / drops.diameter_m * (2.0 + 0.6 * sqrt(reynolds) * std::cbrt(schmidt));
  const double volume_share = air.rain_kg_m2_s / (water_kg_m3 * drops.speed_m_s);
  return 6.0 * volume_share * transfer_m_s / drops.diameter_m;
}

/// What rain does to a gas in a layer: rate of loss Lambda [s-1] and the share beta of what the rain brings
/// from above that it exchanges for gas of the layer.
struct RainExchange {
  double rate_per_s, exchanged;
};

/// Exchange of a falling column of rain with the well-mixed gas of a layer, limited by transfer to the drops
/// and by equilibrium with them, and collection of cloud drops that hold gas in equilibrium.
///
/// Down the layer dF/dz = lambda (m - F/phi): F what the rain carries [s-1 of the layer's m], phi = P H R T /
/// (rho_w dz) what it would carry in equilibrium; so F_out = F_in (1 - beta) + phi m beta, beta = 1 -
/// exp(-lambda/phi). Drops of a cloud hold the share f = H R T L/(1 + H R T L) of the layer's amount; rain
/// collects them at 3/2 E P/(rho_w D), E = 0.9, and exchanges with the rest.
/// @see Seinfeld & Pandis (2016), section 20.2 (reversible uptake), eq. 7.9 (f), eq. 20.53 (collection).
[[nodiscard]] inline RainExchange rain_exchange(const SolubleGas& gas, const RainyAir& air) {
  constexpr double water_kg_m3 = 1000.0, collection = 0.9;
  const double ratio =
      water_air_ratio(effective_henry_m_atm(gas, air.temperature_k, rain_h_mol_l), air.temperature_k);
  const double in_cloud = ratio * air.cloud_water_m3_m3 / (1.0 + ratio * air.cloud_water_m3_m3);
  const double balance_per_s = air.rain_kg_m2_s * ratio / (water_kg_m3 * air.thickness_m);
  const double exchanged = -std::expm1(-transfer_rate_per_s(gas, air) / balance_per_s);
  const double collected_per_s =
      1.5 * collection * air.rain_kg_m2_s / (water_kg_m3 * rain_drops(air.rain_kg_m2_s).diameter_m);
  return {in_cloud * collected_per_s + (1.0 - in_cloud) * balance_per_s * exchanged, exchanged};
}

}  // namespace lantian
