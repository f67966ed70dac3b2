#pragma once

#include "aerosol/cloud_sulphur.hpp"
#include "aerosol/drop_words.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace lantian {

/// What oxidises S(IV) in cloud drops and is used up by it.
enum class DropOxidant {
  ozone,
  hydrogen_peroxide,
  methyl_hydroperoxide,
  peroxyacetic_acid,
  nitrogen_dioxide,
  count
};
inline constexpr std::size_t drop_oxidant_count = static_cast<std::size_t>(DropOxidant::count);
/// A number for each of them, in their order.
template <class T>
using PerOxidant = std::array<T, drop_oxidant_count>;

/// Molecules of an oxidant that a sulphate costs: two of NO2, which leave two nitrites.
inline constexpr PerOxidant<double> oxidants_per_sulphate = {1.0, 1.0, 1.0, 1.0, 2.0};

/// Which rate constant of S(IV) with NO2 counts below pH 5.3, where published ones lie two orders apart.
enum class NitrogenDioxideLaw {
  off,           // none at any pH
  constant,      // that of pH 5.3
  lee_schwartz,  // 1.4e5 up to pH 5, joined to that of pH 5.3
};

/// How fast drops oxidise S(IV): rates of the whole air, SO2 and oxidants as they are in gas and drops
/// together.
template <class T = double>
struct CloudOxidation {
  PerOxidant<T> oxidants_cm3_s{};  // times SO2 and an oxidant [molecule cm-3]
  T metals_per_s{};                // times SO2
  T hydrogen_mol_l{};

  [[nodiscard]] T by(DropOxidant oxidant) const {
    return oxidants_cm3_s.at(static_cast<std::size_t>(oxidant));
  }
};

/// O3: (k0 [SO2] + k1 [HSO3-] + k2 [SO3--]) [O3].
/// @see Hoffmann (1986), J. Atmos. Chem. 3, 231; Seinfeld & Pandis (2016), eq. 7.80.
template <class T>
[[nodiscard]] T ozone_oxidation_l_mol_s(const DissolvedSulphur<T>& sulphur, double temperature_k) {
  const double colder = 1.0 / temperature_k - 1.0 / 298.15;
  return 2.4e4 * sulphur.hydrated + 3.7e5 * std::exp(-5530.0 * colder) * sulphur.bisulphite +
         1.5e9 * std::exp(-5280.0 * colder) * sulphur.sulphite;
}

/// H2O2: k [H+] [HSO3-] [H2O2]/(1 + 13 [H+]).
/// @see Hoffmann & Calvert (1985), EPA/600/3-85/017; Seinfeld & Pandis (2016), eq. 7.84.
template <class T>
[[nodiscard]] T peroxide_oxidation_l_mol_s(const DissolvedSulphur<T>& sulphur, const T& h,
                                           double temperature_k) {
  return 7.45e7 * std::exp(-15.96 * (298.15 / temperature_k - 1.0)) * h * sulphur.bisulphite /
         (1.0 + 13.0 * h);
}

/// Methyl hydroperoxide: k [H+] [HSO3-] [CH3OOH].
/// @see Lind, Lazrus & Kok (1987), J. Geophys. Res. 92, 4171, with the temperatures of Walcek & Taylor
/// (1986).
template <class T>
[[nodiscard]] T methyl_hydroperoxide_oxidation_l_mol_s(const DissolvedSulphur<T>& sulphur, const T& h,
                                                       double temperature_k) {
  return 1.9e7 * std::exp(-12.75 * (298.15 / temperature_k - 1.0)) * h * sulphur.bisulphite;
}

/// Peroxyacetic acid: (k [H+] + 700) [HSO3-] [CH3C(O)OOH]. @see Lind, Lazrus & Kok (1987).
template <class T>
[[nodiscard]] T peroxyacetic_acid_oxidation_l_mol_s(const DissolvedSulphur<T>& sulphur, const T& h,
                                                    double temperature_k) {
  return (3.6e7 * std::exp(-13.42 * (298.15 / temperature_k - 1.0)) * h + 700.0) * sulphur.bisulphite;
}

/// NO2: k(pH) [S(IV)] [NO2]; 1.24e7 at pH 5.3, linear to 1.67e7 at 8.7, and constant beyond.
///
/// Between pH 5 and 5.3 ln k is linear by the law of Lee & Schwartz, which leaves no jump (the join is ours).
/// At 298 K.
/// @see Clifton, Altstein & Huie (1988), Environ. Sci. Technol. 22, 586 (pH 5.3, 8.7); Lee & Schwartz (1983),
/// in: Precipitation Scavenging, Dry Deposition, and Resuspension, 453 (pH 5); Cheng et al. (2016), Sci. Adv.
/// 2, e1601530 (the choice below pH 5.3).
template <class T>
[[nodiscard]] T nitrogen_dioxide_oxidation_l_mol_s(const DissolvedSulphur<T>& sulphur, const T& h,
                                                   NitrogenDioxideLaw law) {
  constexpr double low_ph = 5.3, high_ph = 8.7, at_low = 1.24e7, at_high = 1.67e7, acid_ph = 5.0,
                   at_acid = 1.4e5;
  if (law == NitrogenDioxideLaw::off) return T(0.0);
  const auto within_one = [](const T& x) { return minimum(maximum(x, T(0.0)), T(1.0)); };
  const T ph = -drop_words::log10(h);
  const T share = within_one((ph - low_ph) / (high_ph - low_ph));
  T rate_l_mol_s = at_low + share * (at_high - at_low);
  if (law == NitrogenDioxideLaw::lee_schwartz)
    rate_l_mol_s *= drop_words::power_of(at_acid / at_low, within_one((low_ph - ph) / (low_ph - acid_ph)));
  return rate_l_mol_s * sulphur.all();
}

/// Oxygen, with iron(III) and manganese(II) [mol l-1]: share of S(IV) a second, at 298 K.
///
/// The two laws of both metals together, above and below pH 4.2, cross at pH 4.13: the lesser counts.
/// @see Martin & Goodman (1991), Atmos. Environ. 25A, 2395; sulphate holds it back: ibid., as in CMAQ's
/// aqueous chemistry.
template <class T>
[[nodiscard]] T metal_oxidation_per_s(const T& iron_mol_l, const T& manganese_mol_l, const T& h,
                                      const T& sulphate_mol_l) {
  const T together = minimum(T(2.51e13 * pow(h, 0.67)), T(3.72e7 * pow(h, -0.74)));
  return (750.0 * manganese_mol_l + 2600.0 * iron_mol_l + together * manganese_mol_l * iron_mol_l) /
         (1.0 + 75.0 * drop_words::root_like(sulphate_mol_l, 0.67));
}

/// Share of each oxidant that the drops hold. @see Sander (2015), Atmos. Chem. Phys. 15, 4399 (Henry's law).
template <class T>
[[nodiscard]] PerOxidant<double> dissolved_oxidants(const CloudDrops<T>& at) {
  constexpr PerOxidant<double> henry_mol_l_atm = {1.14e-2, 9.7e4, 310.0, 840.0, 1.2e-2};
  constexpr PerOxidant<double> slope_k = {2300.0, 6600.0, 5200.0, 5300.0, 2400.0};
  const double colder = 1.0 / at.temperature_k - 1.0 / 298.15, capacity = drop_capacity(at);
  PerOxidant<double> share{};
  for (std::size_t j = 0; j < share.size(); ++j) {
    const double held = henry_mol_l_atm.at(j) * std::exp(slope_k.at(j) * colder) * capacity;
    share.at(j) = held / (1.0 + held);
  }
  return share;
}

inline constexpr double least_cloud_water_g_m3 = 0.01;  // with less nothing happens

/// Oxidation of S(IV) at the drops' own pH; none below `least_cloud_water_g_m3`.
///
/// Drops fill the cell, have one composition, hold all soluble matter of its fine particles and are in
/// equilibrium with its gases.
/// @see Walcek & Taylor (1986), J. Atmos. Sci. 43, 339 (drops in equilibrium, pH by the charges).
template <class T>
[[nodiscard]] CloudOxidation<T> cloud_oxidation(const CloudDrops<T>& at, NitrogenDioxideLaw law,
                                                double hydrogen_guess_mol_l = 1.0e-5) {
  constexpr double cm3_m3_per_molecules = 1.0e6 / 6.02214076e23;
  if (at.cloud_water_g_m3 < least_cloud_water_g_m3) return {};
  const DropConstants k(at.temperature_k);
  const T h = drop_hydrogen_mol_l(at, k, hydrogen_guess_mol_l);
  const double litres_m3 = 1.0e-3 * at.cloud_water_g_m3;
  const DissolvedSulphur<T> sulphur = dissolved_sulphur(at, k, h);
  const PerOxidant<double> held = dissolved_oxidants(at);
  CloudOxidation<T> rates{
      .oxidants_cm3_s = {ozone_oxidation_l_mol_s(sulphur, at.temperature_k),
                         peroxide_oxidation_l_mol_s(sulphur, h, at.temperature_k),
                         methyl_hydroperoxide_oxidation_l_mol_s(sulphur, h, at.temperature_k),
                         peroxyacetic_acid_oxidation_l_mol_s(sulphur, h, at.temperature_k),
                         nitrogen_dioxide_oxidation_l_mol_s(sulphur, h, law)},
      .metals_per_s =
          sulphur.all() * metal_oxidation_per_s(T(at.iron / litres_m3), T(at.manganese / litres_m3), h,
                                                T(at.sulphate / litres_m3)),
      .hydrogen_mol_l = h};
  for (std::size_t j = 0; j < held.size(); ++j)
    rates.oxidants_cm3_s.at(j) *= cm3_m3_per_molecules * held.at(j) / litres_m3;
  return rates;
}

/// A closed parcel of cloudy air whose drops oxidise S(IV): drops and oxidants [mol m-3] on their way.
///
/// While the rate constants k hold still, all that counts is the exposure s = int SO2 dt: an oxidant X of
/// which a sulphate costs n falls by exp(-n k s), metals make k_m s of sulphate.
template <class T = double>
struct CloudParcel {
  CloudDrops<T> drops;
  PerOxidant<T> oxidants{};
  PerOxidant<T> exposed{};  // int k SO2 dt of each oxidant
  T exposed_to_metals{};
  double hydrogen_mol_l = 1.0e-5;  // in the middle of the last part

  static constexpr double per_cm3 = 6.02214076e17;  // molecules cm-3 of a mol m-3

  /// What an exposure makes of sulphate, and its slope. Concave and rising: Newton's steps from 0 never go
  /// past.
  [[nodiscard]] T oxidised(const CloudOxidation<T>& rates, const T& exposure, T& slope) const {
    T sum = rates.metals_per_s * exposure;
    slope = rates.metals_per_s;
    for (std::size_t j = 0; j < oxidants.size(); ++j) {
      const double cost = oxidants_per_sulphate.at(j);
      const T k = rates.oxidants_cm3_s.at(j) * per_cm3;
      const T left = exp(-cost * k * exposure);
      sum += oxidants.at(j) / cost * (1.0 - left);
      slope += k * oxidants.at(j) * left;
    }
    return sum;
  }

  /// Exposure of a time by SO2 that decays at the rate that `oxidants_then` and metals give it; never more
  /// than oxidises all SO2.
  [[nodiscard]] T exposure(const CloudOxidation<T>& rates, const PerOxidant<T>& oxidants_then,
                           double dt_s) const {
    T per_s = rates.metals_per_s;
    for (std::size_t j = 0; j < oxidants.size(); ++j)
      per_s += rates.oxidants_cm3_s.at(j) * per_cm3 * oxidants_then.at(j);
    const T tried = drops.sulphur_dioxide *
                    (per_s * dt_s > T(1.0e-9) ? T(-drop_words::expm1(-per_s * dt_s) / per_s) : T(dt_s));
    T slope{}, most{};
    if (oxidised(rates, tried, slope) <= drops.sulphur_dioxide) return tried;
    constexpr int steps = 6;
    for (int n = 0; n < steps; ++n) {
      const T made = oxidised(rates, most, slope);
      most += (drops.sulphur_dioxide - made) / slope;
    }
    return minimum(most, tried);
  }

  void expose(const CloudOxidation<T>& rates, const T& exposure) {
    T slope{};
    const T made = minimum(oxidised(rates, exposure, slope), drops.sulphur_dioxide);
    drops.sulphur_dioxide -= made;
    drops.sulphate += made;
    for (std::size_t j = 0; j < oxidants.size(); ++j) {
      const T depth = rates.oxidants_cm3_s.at(j) * per_cm3 * exposure;
      exposed.at(j) += depth;
      oxidants.at(j) *= exp(-oxidants_per_sulphate.at(j) * depth);
    }
    exposed_to_metals += rates.metals_per_s * exposure;
  }

  /// Two stages: the rates are those of the drops in the middle of the part.
  void advance(double dt_s, NitrogenDioxideLaw law) {
    const CloudOxidation<T> begin = cloud_oxidation(drops, law, hydrogen_mol_l);
    CloudParcel middle = *this;
    middle.expose(begin, exposure(begin, oxidants, 0.5 * dt_s));
    const CloudOxidation<T> rates = cloud_oxidation(middle.drops, law, value_of(begin.hydrogen_mol_l));
    expose(rates, exposure(rates, middle.oxidants, dt_s));
    hydrogen_mol_l = value_of(rates.hydrogen_mol_l);
  }
};

/// Exposure of a step by which constant rates, those that make the parcel's own amounts of it, lead from its
/// beginning to its end [mol m-3 s]: dt = int ds/SO2(s), in pieces in which SO2 is taken as linear in s.
template <class T>
[[nodiscard]] T exposure_by_constant_rates(const CloudParcel<T>& begin, const CloudParcel<T>& end,
                                           double dt_s) {
  constexpr int pieces = 24;
  const auto sulphur_dioxide = [&](double share) {
    T left = begin.drops.sulphur_dioxide - share * end.exposed_to_metals;
    for (std::size_t j = 0; j < begin.oxidants.size(); ++j) {
      const double cost = oxidants_per_sulphate.at(j);
      left += begin.oxidants.at(j) / cost * drop_words::expm1(-share * cost * end.exposed.at(j));
    }
    return maximum(left, T(1.0e-12 * begin.drops.sulphur_dioxide));
  };
  T integral{}, from = begin.drops.sulphur_dioxide;
  for (int n = 1; n <= pieces; ++n) {
    const T to = sulphur_dioxide(static_cast<double>(n) / pieces);
    integral += drop_words::mean_inverse(from, to);
    from = to;
  }
  return dt_s * pieces / integral;
}

/// The same as constant rates that oxidise in a step what the drops do, which turn acid meanwhile.
///
/// The parcel goes through `parts` parts of the step, each 1.4 times as long as the one before: drops slow
/// down within seconds where ammonia is short. Other gains and losses of the step are left out.
/// @param oxidants_per_cm3  at the beginning, gas and drops [molecule cm-3]
template <class T>
[[nodiscard]] CloudOxidation<T> cloud_oxidation_over(const CloudDrops<T>& begin,
                                                     const PerOxidant<T>& oxidants_per_cm3, double dt_s,
                                                     NitrogenDioxideLaw law, int parts = 24) {
  constexpr double growth = 1.4;
  CloudOxidation<T> rates = cloud_oxidation(begin, law);
  if (value_of(rates.hydrogen_mol_l) <= 0.0 || value_of(begin.sulphur_dioxide) <= 0.0) return rates;
  CloudParcel<T> first{.drops = begin, .hydrogen_mol_l = value_of(rates.hydrogen_mol_l)};
  for (std::size_t j = 0; j < first.oxidants.size(); ++j)
    first.oxidants.at(j) = oxidants_per_cm3.at(j) / CloudParcel<T>::per_cm3;
  CloudParcel<T> parcel = first;
  double part_s = dt_s * (growth - 1.0) / (std::pow(growth, parts) - 1.0);
  for (int n = 0; n < parts; ++n, part_s *= growth) parcel.advance(part_s, law);
  const T exposure = exposure_by_constant_rates(first, parcel, dt_s);
  for (std::size_t j = 0; j < first.oxidants.size(); ++j)
    rates.oxidants_cm3_s.at(j) = parcel.exposed.at(j) / (exposure * CloudParcel<T>::per_cm3);
  rates.metals_per_s = parcel.exposed_to_metals / exposure;
  rates.hydrogen_mol_l = parcel.hydrogen_mol_l;
  return rates;
}

}  // namespace lantian
