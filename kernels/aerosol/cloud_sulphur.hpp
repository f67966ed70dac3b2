#pragma once

#include "lantian/base/scalar.hpp"

#include <cmath>

namespace lantian {

/// What cloud drops hold or can hold, gas and particle together [mol per m3 of air], and their water.
/// Contents may carry derivatives; weather does not.
template <class T = double>
struct CloudDrops {
  double temperature_k = 288.15, pressure_pa = 101325.0;
  double cloud_water_g_m3 = 0.0;
  T sulphur_dioxide{}, sulphate{}, ammonia{}, nitric_acid{}, chloride{};
  T base{};  // charge of Na, K, Ca and Mg
  T iron{}, manganese{};
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
    nh3 = at(61.0, 4200.0) * at(1.75e-5, -450.0) / at(1.0e-14, -6710.0);  // over [H+]: [NH4+] per atm
    hno3 = at(2.1e5, 8700.0) * at(15.4, 8700.0);                          // [NO3-][H+] per atm
    co2 = at(3.4e-2, 2440.0) * at(4.3e-7, -1000.0);                       // [HCO3-][H+] per atm
    hso4 = at(1.02e-2, 2720.0);
    water = at(1.0e-14, -6710.0);
  }
  double so2, so2_first, so2_second, nh3, hno3, co2, hso4, water;
};

/// How S(IV) stands in drops, as shares of all SO2 of the air.
template <class T = double>
struct DissolvedSulphur {
  T hydrated, bisulphite, sulphite;
  [[nodiscard]] T all() const { return hydrated + bisulphite + sulphite; }
};

/// Volume of drop water over that of air times R T [l atm mol-1]: Henry's constant times it is what water
/// holds over what air holds.
template <class T>
[[nodiscard]] double drop_capacity(const CloudDrops<T>& at) {
  constexpr double gas_constant_l_atm = 0.0820574;
  return 1.0e-6 * at.cloud_water_g_m3 * gas_constant_l_atm * at.temperature_k;
}

/// Shares of SO2 at [H+] h. @see Seinfeld & Pandis (2016), section 7.3.
template <class T, class H>
[[nodiscard]] DissolvedSulphur<H> dissolved_sulphur(const CloudDrops<T>& at, const DropConstants& k,
                                                    const H& h) {
  const double hydrated = k.so2 * drop_capacity(at);
  const H bisulphite = hydrated * k.so2_first / h, sulphite = bisulphite * k.so2_second / h;
  const H all = 1.0 + hydrated + bisulphite + sulphite;
  return {hydrated / all, bisulphite / all, sulphite / all};
}

/// Positive less negative charge of drops [mol l-1], and its slope by ln [H+].
template <class T = double>
struct DropCharge {
  T mol_l, slope_mol_l;
};

/// The charge at [H+] h [mol l-1], rising with h.
/// @see Seinfeld & Pandis (2016), sections 7.3 and 7.6: electroneutrality of a cloud drop.
template <class T>
[[nodiscard]] DropCharge<T> drop_charge(const CloudDrops<T>& at, const DropConstants& k, double h) {
  constexpr double carbon_dioxide_mol_mol = 4.15e-4;
  const double litres_m3 = 1.0e-3 * at.cloud_water_g_m3, capacity = drop_capacity(at);
  const DissolvedSulphur<> sulphur = dissolved_sulphur(at, k, h);
  const auto held = [capacity](double henry) { return henry * capacity / (1.0 + henry * capacity); };
  const double ammonium = held(k.nh3 * h), nitrate = held(k.hno3 / h), doubly = k.hso4 / (k.hso4 + h);
  const double sulphite = sulphur.bisulphite + 2.0 * sulphur.sulphite;
  const T positive = at.base + at.ammonia * ammonium;
  const T negative =
      at.chloride + at.nitric_acid * nitrate + at.sulphate * (1.0 + doubly) + at.sulphur_dioxide * sulphite;
  const double carbonate = k.co2 * carbon_dioxide_mol_mol * at.pressure_pa / 101325.0;
  const T slope = at.ammonia * ammonium * (1.0 - ammonium) + at.nitric_acid * nitrate * (1.0 - nitrate) +
                  at.sulphate * doubly * (1.0 - doubly) +
                  at.sulphur_dioxide * (sulphur.bisulphite + 4.0 * sulphur.sulphite - sulphite * sulphite);
  return {h - (k.water + carbonate) / h + (positive - negative) / litres_m3,
          h + (k.water + carbonate) / h + slope / litres_m3};
}

/// Least and greatest [H+] of drops [mol l-1].
inline constexpr double least_hydrogen_mol_l = 1.0e-9, most_hydrogen_mol_l = 1.0e-2;

/// [H+] of neutral drops [mol l-1], pH 2 to 9.
///
/// The charge rises with h, so there is one root: Newton's steps in ln h from `guess`, halving of the bracket
/// where one would leave it, to 1e-12 of ln h.
/// @pre  cloud_water_g_m3 > 0
[[nodiscard]] inline double drop_hydrogen_mol_l(const CloudDrops<>& at, const DropConstants& k,
                                                double guess_mol_l = 1.0e-5) {
  constexpr double close = 1.0e-12;
  constexpr int most_steps = 100;
  double least = std::log(least_hydrogen_mol_l), most = std::log(most_hydrogen_mol_l);
  double x = std::fmin(std::fmax(std::log(guess_mol_l), least), most);
  for (int n = 0; n < most_steps; ++n) {
    const DropCharge<> charge = drop_charge(at, k, std::exp(x));
    (charge.mol_l > 0.0 ? most : least) = x;
    double next = x - charge.mol_l / charge.slope_mol_l;
    if (!(next > least && next < most)) next = 0.5 * (least + most);
    const double moved = std::fabs(next - x);
    x = next;
    if (moved < close) break;
  }
  return std::exp(x);
}

/// The values of contents that carry derivatives.
template <class T>
[[nodiscard]] CloudDrops<> plain_drops(const CloudDrops<T>& at) {
  return {.temperature_k = at.temperature_k,
          .pressure_pa = at.pressure_pa,
          .cloud_water_g_m3 = at.cloud_water_g_m3,
          .sulphur_dioxide = value_of(at.sulphur_dioxide),
          .sulphate = value_of(at.sulphate),
          .ammonia = value_of(at.ammonia),
          .nitric_acid = value_of(at.nitric_acid),
          .chloride = value_of(at.chloride),
          .base = value_of(at.base),
          .iron = value_of(at.iron),
          .manganese = value_of(at.manganese)};
}

/// [H+] of drops whose contents carry derivatives, by the implicit function theorem at the root of the plain
/// ones: d ln h = -d charge / (d charge/d ln h), the contents' change of the charge taken at fixed h. At the
/// limits of pH it does not change.
template <class T>
[[nodiscard]] T drop_hydrogen_mol_l(const CloudDrops<T>& at, const DropConstants& k,
                                    double guess_mol_l = 1.0e-5) {
  constexpr double beyond = 1.0 + 1.0e-9;
  const double root = drop_hydrogen_mol_l(plain_drops(at), k, guess_mol_l);
  if (root < least_hydrogen_mol_l * beyond || root * beyond > most_hydrogen_mol_l) return T(root);
  const DropCharge<T> charge = drop_charge(at, k, root);
  const T change = charge.mol_l - T(value_of(charge.mol_l));  // of no value, with derivatives
  return root * (1.0 - change / value_of(charge.slope_mol_l));
}

}  // namespace lantian
