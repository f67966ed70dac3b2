#pragma once

#include "aerosol/inorganic_system.hpp"

#include "lantian/base/lane_math.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// Salts whose molality alone in water the reference's water sum needs, in the order of `water_salt_names`.
enum class WaterSalt : std::size_t {
  nh4_2so4,
  nh4hso4,
  letovicite,
  nh4no3,
  nh4cl,
  na2so4,
  nahso4,
  nano3,
  nacl,
  h2so4,
  ca_no3_2,
  cacl2,
  k2so4,
  khso4,
  kno3,
  kcl,
  mgso4,
  mg_no3_2,
  mgcl2,
  count
};
inline constexpr std::size_t water_salt_count = static_cast<std::size_t>(WaterSalt::count);
inline constexpr std::array<const char*, water_salt_count> water_salt_names{
    "(NH4)2SO4", "NH4HSO4", "(NH4)3H(SO4)2", "NH4NO3",   "NH4Cl", "Na2SO4", "NaHSO4",
    "NaNO3",     "NaCl",    "H2SO4",         "Ca(NO3)2", "CaCl2", "K2SO4",  "KHSO4",
    "KNO3",      "KCl",     "MgSO4",         "Mg(NO3)2", "MgCl2"};

/// Molalities at the cell's humidity [mol kg-1].
template <class V>
using WaterMolalities = std::array<V, water_salt_count>;

template <class V>
[[nodiscard, gnu::always_inline]] inline const V& molality(const WaterMolalities<V>& all, WaterSalt salt) {
  return all[static_cast<std::size_t>(salt)];
}

inline constexpr double smallest_total_mol_m3 = 1.0e-20;

/// Totals with the reference's floors and caps, and its regimes.
template <class V>
struct IsorropiaCase {
  using Mask = decltype(V{} < V{});
  V na, so4, nh4, no3, cl, ca, k, mg;
  Mask has_sea_salt, has_crustal;  // more than NH4-SO4-NO3; any of Ca, K, Mg
  Mask is_poor;                    // in sulphate: (NH4 + Na + Ca + K + Mg) / SO4 >= 2, in moles
  Mask is_acid;                    // the same ratio below 1
  Mask is_d, is_g, is_h, is_o, is_m, is_p;
};

/// Gives what can still bind, `from`, to salt: `per` of it for each mole of the partner `other`.
/// Returns the salt, min(other, from / per), and takes it from both.
template <class V>
[[gnu::always_inline]] inline V bind(V& other, V& from, double per) {
  const V salt = minimum(other, V(from * (1.0 / per)));
  other = other - salt;
  from = from - per * salt;
  return salt;
}

/// Cations beyond what all anions could bind are cut, calcium first to keep, potassium last.
/// Mole numbers, not charges, decide whether there are too many.
template <class V>
inline void cut_excess_cations(IsorropiaCase<V>& c) {
  using Mask = typename IsorropiaCase<V>::Mask;
  constexpr double nearly = 1.0 - 1.0e-6;
  const V none = constant<V>(0.0), rest = 2.0 * c.so4 + c.no3 + c.cl;
  const Mask is_sodium_only = c.has_sea_salt & (!c.has_crustal) & (c.na > rest);
  const Mask is_excess = c.has_crustal & (c.na + c.ca + c.k + c.mg > rest);
  V so4 = c.so4, no3 = c.no3, cl = c.cl, ca = c.ca, na = c.na, mg = c.mg;
  bind(ca, so4, 1.0);
  bind(ca, no3, 2.0);
  bind(ca, cl, 2.0);
  const V rest1 = 2.0 * so4 + no3 + cl;
  bind(so4, na, 2.0);
  bind(na, cl, 1.0);
  const V rest2 = 2.0 * so4 + no3 + cl;
  bind(so4, mg, 1.0);
  bind(mg, no3, 2.0);
  bind(mg, cl, 2.0);
  const V rest3 = 2.0 * so4 + no3 + cl;
  const Mask by_ca = is_excess & (c.ca > rest), by_na = is_excess & (!by_ca) & (c.na > rest1);
  const Mask by_mg = is_excess & (!by_ca) & (!by_na) & (c.mg > rest2);
  const Mask by_k = is_excess & (!by_ca) & (!by_na) & (!by_mg) & (c.k > rest3);
  c.na = choose(is_sodium_only, V(nearly * rest), c.na);
  c.ca = choose(by_ca, V(nearly * rest), c.ca);
  c.na = choose(by_ca, none, choose(by_na, V(nearly * rest1), c.na));
  c.mg = choose(Mask(by_ca | by_na), none, choose(by_mg, V(nearly * rest2), c.mg));
  c.k = choose(Mask(by_ca | by_na | by_mg), none, choose(by_k, V(nearly * rest3), c.k));
}

template <class V>
inline void set_regimes(IsorropiaCase<V>& c) {
  using Mask = typename IsorropiaCase<V>::Mask;
  const V none = constant<V>(0.0);
  c.ca = choose(c.has_crustal, c.ca, none);
  c.k = choose(c.has_crustal, c.k, none);
  c.mg = choose(c.has_crustal, c.mg, none);
  c.na = choose(c.has_sea_salt, c.na, none);
  c.cl = choose(c.has_sea_salt, c.cl, none);
  const V crustal = c.ca + c.k + c.mg;
  c.is_poor = (c.na + crustal + c.nh4) / c.so4 >= 2.0;
  c.is_acid = (c.na + crustal + c.nh4) / c.so4 < 1.0;
  const Mask is_rich_in_sodium = (c.na + crustal) / c.so4 >= 2.0, is_crust = crustal / c.so4 > 2.0;
  c.is_d = c.is_poor & (!c.has_sea_salt);
  const Mask no_crust = c.is_poor & c.has_sea_salt & (!c.has_crustal), crust = c.is_poor & c.has_crustal;
  c.is_g = no_crust & (!is_rich_in_sodium);
  c.is_h = no_crust & is_rich_in_sodium;
  c.is_o = crust & (!is_rich_in_sodium);
  c.is_m = crust & is_rich_in_sodium & (!is_crust);
  c.is_p = crust & is_rich_in_sodium & is_crust;
}

/// Floors, caps and regimes as in ISORROPIA II.
/// @see Fountoukis & Nenes (2007), Atmos. Chem. Phys. 7, 4639, section 3.1 and table 3 (regimes).
template <class V>
[[nodiscard]] inline IsorropiaCase<V> isorropia_case(const InorganicTotals<V>& t) {
  using Mask = typename IsorropiaCase<V>::Mask;
  const V least = constant<V>(smallest_total_mol_m3), floor = constant<V>(1.0e-10);
  IsorropiaCase<V> c{};
  const V crustal = t.calcium + t.potassium + t.magnesium;
  c.has_sea_salt = t.sodium + t.chloride + crustal > smallest_total_mol_m3;
  c.has_crustal = crustal > smallest_total_mol_m3;
  c.na = maximum(t.sodium, least);
  c.so4 = maximum(t.sulphate, least);
  c.nh4 = maximum(t.ammonia, choose(c.has_sea_salt, floor, least));
  c.no3 = maximum(t.nitrate, least);
  c.cl = maximum(t.chloride, choose(c.has_sea_salt, floor, least));
  c.ca = maximum(t.calcium, least);
  c.k = maximum(t.potassium, least);
  c.mg = maximum(t.magnesium, least);
  const Mask is_low = c.has_sea_salt & (c.na + c.so4 + c.no3 <= 1.0e-10);
  c.na = choose(is_low, floor, c.na);
  c.so4 = choose(is_low, floor, c.so4);
  cut_excess_cations(c);
  set_regimes(c);
  return c;
}

}  // namespace lantian
