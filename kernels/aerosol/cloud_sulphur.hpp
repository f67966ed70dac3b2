#pragma once

#include "lantian/base/scalar.hpp"

#include <cmath>

namespace lantian {

/// What cloud drops hold or can hold, gas and particle together [mol per m3 of air], and their water.
struct CloudDrops {
  double temperature_k = 288.15, pressure_pa = 101325.0;
  double cloud_water_g_m3 = 0.0;
  double sulphur_dioxide = 0.0, sulphate = 0.0, ammonia = 0.0, nitric_acid = 0.0, chloride = 0.0;
  double base = 0.0;  // charge of Na, K, Ca and Mg
  double iron = 0.0, manganese = 0.0;
};

/// Constants of one temperature: Henry's law [mol l-1 atm-1], dissociation [mol l-1].
///
/// @see Sander (2015), Atmos. Chem. Phys. 15, 4399 (Henry); Pandis & Seinfeld (1989), J. Geophys. Res. 94,
/// 1105,
///      tables 4 and 5 (dissociation); bisulphate: Seinfeld & Pandis (2016), table 7.A.1.
struct DropConstants {
  explicit DropConstants(double temperature_k) {
    const double colder = 1.0 / temperature_k - 1.0 / 298.15;
    const auto at = [colder](double value, double slope_k) { return value * std::exp(slope_k * colder); };
    so2 = at(1.4, 2900.0), so2_first = at(1.23e-2, 1960.0), so2_second = at(6.61e-8, 1500.0);
    o3 = at(1.14e-2, 2300.0);
    nh3 = at(61.0, 4200.0) * at(1.75e-5, -450.0) / at(1.0e-14, -6710.0);  // over [H+]: [NH4+] per atm
    hno3 = at(2.1e5, 8700.0) * at(15.4, 8700.0);                          // [NO3-][H+] per atm
    co2 = at(3.4e-2, 2440.0) * at(4.3e-7, -1000.0);                       // [HCO3-][H+] per atm
    hso4 = at(1.02e-2, 2720.0);
    water = at(1.0e-14, -6710.0);
  }
  double so2, so2_first, so2_second, o3, nh3, hno3, co2, hso4, water;
};

/// How S(IV) stands in drops, as shares of all SO2 of the air.
struct DissolvedSulphur {
  double hydrated, bisulphite, sulphite;
  [[nodiscard]] double all() const { return hydrated + bisulphite + sulphite; }
};

/// Volume of drop water over that of air times R T [l atm mol-1]: Henry's constant times it is what water
/// holds over what air holds.
[[nodiscard]] inline double drop_capacity(const CloudDrops& at) {
  constexpr double gas_constant_l_atm = 0.0820574;
  return 1.0e-6 * at.cloud_water_g_m3 * gas_constant_l_atm * at.temperature_k;
}

/// Shares of SO2 at [H+] h. @see Seinfeld & Pandis (2016), section 7.3.
[[nodiscard]] inline DissolvedSulphur dissolved_sulphur(const CloudDrops& at, const DropConstants& k,
                                                        double h) {
  const double hydrated = k.so2 * drop_capacity(at), bisulphite = hydrated * k.so2_first / h,
               sulphite = bisulphite * k.so2_second / h;
  const double all = 1.0 + hydrated + bisulphite + sulphite;
  return {hydrated / all, bisulphite / all, sulphite / all};
}

/// Positive less negative charge of drops at [H+] h [mol l-1], rising with h.
/// @see Seinfeld & Pandis (2016), sections 7.3 and 7.6: electroneutrality of a cloud drop.
[[nodiscard]] inline double drop_charge_mol_l(const CloudDrops& at, const DropConstants& k, double h) {
  constexpr double carbon_dioxide_mol_mol = 4.15e-4;
  const double litres_m3 = 1.0e-3 * at.cloud_water_g_m3, capacity = drop_capacity(at);
  const DissolvedSulphur sulphur = dissolved_sulphur(at, k, h);
  const auto held = [capacity](double henry) { return henry * capacity / (1.0 + henry * capacity); };
  const double positive = at.base + at.ammonia * held(k.nh3 * h);
  const double negative = at.chloride + at.nitric_acid * held(k.hno3 / h) +
                          at.sulphate * (1.0 + k.hso4 / (k.hso4 + h)) +
                          at.sulphur_dioxide * (sulphur.bisulphite + 2.0 * sulphur.sulphite);
  const double carbonate = k.co2 * carbon_dioxide_mol_mol * at.pressure_pa / 101325.0;
  return h - (k.water + carbonate) / h + (positive - negative) / litres_m3;
}

/// [H+] of neutral drops [mol l-1], pH 2 to 9.
///
/// The charge rises with h, so the bracket is halved in ln h until it is 1e-10 wide.
/// @pre  cloud_water_g_m3 > 0
[[nodiscard]] inline double drop_hydrogen_mol_l(const CloudDrops& at, const DropConstants& k) {
  double least = 1.0e-9, most = 1.0e-2;
  constexpr int halvings = 38;  // ln(1e7)/2^38 = 6e-11
  for (int n = 0; n < halvings; ++n) {
    const double middle = std::sqrt(least * most);
    (drop_charge_mol_l(at, k, middle) > 0.0 ? most : least) = middle;
  }
  return std::sqrt(least * most);
}

/// How fast drops oxidise S(IV): rates of the whole air, SO2 and oxidants as they are in gas and drops
/// together.
struct CloudOxidation {
  double ozone_cm3_s = 0.0;   // times SO2 and O3 [molecule cm-3]
  double metals_per_s = 0.0;  // times SO2
  double hydrogen_mol_l = 0.0;
};

/// O3: (k0 [SO2] + k1 [HSO3-] + k2 [SO3--]) [O3].
/// @see Hoffmann (1986), J. Atmos. Chem. 3, 231; Seinfeld & Pandis (2016), eq. 7.80.
[[nodiscard]] inline double ozone_oxidation_l_mol_s(const DissolvedSulphur& sulphur, double temperature_k) {
  const double colder = 1.0 / temperature_k - 1.0 / 298.15;
  return 2.4e4 * sulphur.hydrated + 3.7e5 * std::exp(-5530.0 * colder) * sulphur.bisulphite +
         1.5e9 * std::exp(-5280.0 * colder) * sulphur.sulphite;
}

/// Oxygen, with iron(III) and manganese(II) [mol l-1]: share of S(IV) a second, at 298 K.
///
/// The two laws of both metals together, above and below pH 4.2, cross at pH 4.13: the lesser counts.
/// @see Martin & Goodman (1991), Atmos. Environ. 25A, 2395; sulphate holds it back: ibid., as in CMAQ's
/// aqueous chemistry.
[[nodiscard]] inline double metal_oxidation_per_s(double iron_mol_l, double manganese_mol_l, double h,
                                                  double sulphate_mol_l) {
  const double together = std::fmin(2.51e13 * std::pow(h, 0.67), 3.72e7 * std::pow(h, -0.74));
  return (750.0 * manganese_mol_l + 2600.0 * iron_mol_l + together * manganese_mol_l * iron_mol_l) /
         (1.0 + 75.0 * std::pow(sulphate_mol_l, 0.67));
}

/// Oxidation of S(IV) by O3 and by oxygen at the drops' own pH; none below 0.01 g m-3 of water.
///
/// Drops fill the cell, have one composition, hold all soluble matter of its fine particles and are in
/// equilibrium with its gases.
/// @see Walcek & Taylor (1986), J. Atmos. Sci. 43, 339 (drops in equilibrium, pH by the charges).
[[nodiscard]] inline CloudOxidation cloud_oxidation(const CloudDrops& at) {
  constexpr double least_water_g_m3 = 0.01, cm3_m3_per_molecules = 1.0e6 / 6.02214076e23;
  if (at.cloud_water_g_m3 < least_water_g_m3) return {};
  const DropConstants k(at.temperature_k);
  const double h = drop_hydrogen_mol_l(at, k), litres_m3 = 1.0e-3 * at.cloud_water_g_m3;
  const DissolvedSulphur sulphur = dissolved_sulphur(at, k, h);
  const double ozone = k.o3 * drop_capacity(at);
  return {.ozone_cm3_s = cm3_m3_per_molecules * ozone_oxidation_l_mol_s(sulphur, at.temperature_k) * ozone /
                         (1.0 + ozone) / litres_m3,
          .metals_per_s = sulphur.all() * metal_oxidation_per_s(at.iron / litres_m3, at.manganese / litres_m3,
                                                                h, at.sulphate / litres_m3),
          .hydrogen_mol_l = h};
}

/// The same as constant rates that oxidise in a step what the drops do, which turn acid meanwhile.
///
/// SO2, O3 and sulphate go through `parts` parts of the step, each 1.5 times as long as the one before, by
/// the rates at its beginning: drops slow down within seconds where ammonia is short. Other gains and losses
/// of the step are left out.
/// @param ozone_per_cm3  ozone at the beginning, gas and drops [molecule cm-3]
[[nodiscard]] inline CloudOxidation cloud_oxidation_over(const CloudDrops& begin, double ozone_per_cm3,
                                                         double dt_s, int parts = 20) {
  constexpr double growth = 1.5, per_cm3 = 6.02214076e17;  // of a mol per m3
  CloudDrops at = begin;
  const CloudOxidation first = cloud_oxidation(begin);
  if (first.ozone_cm3_s <= 0.0 || begin.sulphur_dioxide <= 0.0) return first;
  double ozone = ozone_per_cm3 / per_cm3, by_ozone = 0.0, by_metals = 0.0, hydrogen = first.hydrogen_mol_l;
  double part_s = dt_s * (growth - 1.0) / (std::pow(growth, parts) - 1.0);
  for (int n = 0; n < parts; ++n, part_s *= growth) {
    const CloudOxidation now = cloud_oxidation(at);
    const double ozone_per_s = now.ozone_cm3_s * ozone * per_cm3, all_per_s = ozone_per_s + now.metals_per_s;
    const double share = ozone_per_s / (all_per_s + 1.0e-300);
    const double most = share * at.sulphur_dioxide > ozone ? ozone / share : at.sulphur_dioxide;
    const double oxidised = most * -std::expm1(-part_s * all_per_s);
    by_ozone += share * oxidised, by_metals += (1.0 - share) * oxidised;
    ozone -= share * oxidised;
    at.sulphur_dioxide -= oxidised, at.sulphate += oxidised;
    hydrogen = now.hydrogen_mol_l;
  }
  const double oxidised = std::fmin((by_ozone + by_metals) / begin.sulphur_dioxide, 1.0 - 1.0e-12);
  const double rate_per_s = -std::log1p(-oxidised) / dt_s / (by_ozone + by_metals + 1.0e-300);
  const double mean_ozone_per_cm3 = ozone_per_cm3 - 0.5 * by_ozone * per_cm3;
  return {.ozone_cm3_s = by_ozone > 0.0 ? rate_per_s * by_ozone / mean_ozone_per_cm3 : first.ozone_cm3_s,
          .metals_per_s = rate_per_s * by_metals,
          .hydrogen_mol_l = hydrogen};
}

}  // namespace lantian
