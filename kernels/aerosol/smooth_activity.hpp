#pragma once

#include "aerosol/bromley1973.hpp"
#include "aerosol/rounded_share.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// The unknowns, all natural logarithms: water [kg m-3], activity coefficients of HNO3, HCl and NH4NO3, and
/// 2 ln g(HHSO4) - 3 ln g(H2SO4).
inline constexpr std::size_t smooth_unknowns = 5;
template <class V>
using SmoothUnknowns = std::array<V, smooth_unknowns>;

/// Ions that answer to acidity.
enum class FreeIon : std::size_t { h, nh4, hso4, no3, cl, count };
inline constexpr std::size_t free_ion_count = static_cast<std::size_t>(FreeIon::count);
template <class V>
using FreeIons = std::array<V, free_ion_count>;

/// Activities of the unknowns 1 to 4 and their slopes with the amounts of free ions (at constant sulphate)
/// and with the logarithm of water.
template <class V>
struct ActivitySlopes {
  std::array<V, 4> value, by_log_water;
  std::array<FreeIons<V>, 4> by_ion;
};

/// Slopes of one mean activity with the weights x of the free ions: ln 10 / 2 times the pairs that hold them.
template <class V>
[[nodiscard, gnu::always_inline]] inline std::array<FreeIons<V>, 4> weight_slopes(const PairTerms<V>& e) {
  constexpr double half = 0.5 * ln_10, third = ln_10 / 3.0;
  // In the order of `FreeIon`. Bisulphate takes the place of sulphate: its slope is less that of sulphate.
  const auto of_acid = [&](const V& own, const V& with_ammonium) {
    return FreeIons<V>{half * own, half * with_ammonium, half * (e.h_hso4 - 2.25 * e.h_so4), half * e.h_no3,
                       half * e.h_cl};
  };
  FreeIons<V> hno3 = of_acid(e.h_no3, e.nh4_no3), hcl = of_acid(e.h_cl, e.nh4_cl);
  FreeIons<V> hhso4 = of_acid(e.h_hso4, e.nh4_hso4);
  const FreeIons<V> nh4no3{half * e.h_no3, half * e.nh4_no3, half * (e.nh4_hso4 - 2.25 * e.nh4_so4),
                           half * e.nh4_no3, half * e.nh4_cl};
  const FreeIons<V> h2so4{third * 2.25 * e.h_so4, third * 2.25 * e.nh4_so4,
                          2.0 * third * (e.h_hso4 - 2.25 * e.h_so4), 2.0 * third * e.h_no3,
                          2.0 * third * e.h_cl};
  FreeIons<V> bisulphate{};
  for (std::size_t j = 0; j < free_ion_count; ++j) bisulphate[j] = 2.0 * hhso4[j] - 3.0 * h2so4[j];
  return {hno3, hcl, nh4no3, bisulphate};
}

template <class V>
[[nodiscard, gnu::always_inline]] inline std::array<V, 4> unknown_activities(const BromleySums<V>& sums,
                                                                             const V& debye) {
  const MeanActivities<V> g = mean_activities(sums, debye);
  return {g.hno3, g.hcl, g.nh4no3, 2.0 * g.hhso4 - 3.0 * g.h2so4};
}

/// An ionic strength that counts no further than a limit, and its slope with the ionic strength.
template <class V>
struct CountedStrength {
  V value, slope;
};

template <class V>
[[nodiscard, gnu::always_inline]] inline CountedStrength<V> counted_strength(const V& strength, double most) {
  constexpr double rounding = 0.02;
  const V limit = constant<V>(most), gap = strength - limit;
  const V counted = strength * rounded_share(strength, limit, rounding);
  // counted = 2 a b / (a + b + root), a the strength
  const V root = sqrt(V(gap * gap + (4.0 * rounding * rounding * most) * strength));
  const V root_slope = (gap + 2.0 * rounding * rounding * most) / root;
  return {counted, counted * (1.0 / strength - (1.0 + root_slope) / (strength + limit + root))};
}

/// The formulas are not carried beyond 100 mol kg-1, and that of H+ HSO4- not beyond 1 mol kg-1: its steep
/// rise (q = 8) would give acid particles at low humidity several solutions.
inline constexpr double largest_strength_mol_kg = 100.0, largest_bisulphate_strength_mol_kg = 1.0;

/// log10 of all binary coefficients, that of g(HHSO4) / g(HCl), and their slopes with the ionic strength.
template <class V>
struct StrengthActivities {
  BinaryActivities<V> salt;
  V over_chloride, over_chloride_slope, debye, debye_slope;
};

template <class V>
[[nodiscard]] inline StrengthActivities<V> strength_activities(const V& celsius, const V& debye_a,
                                                               const V& strength) {
  const CountedStrength<V> all = counted_strength(strength, largest_strength_mol_kg);
  const CountedStrength<V> low = counted_strength(strength, largest_bisulphate_strength_mol_kg);
  const StrengthTerms<V> terms = strength_terms(all.value, celsius),
                         low_terms = strength_terms(low.value, celsius);
  StrengthActivities<V> out{};
  binary_activities(terms, salt_count, out.salt);
  for (V& slope : out.salt.slope) slope = slope * all.slope;
  constexpr auto hhso4 = static_cast<std::size_t>(Salt::hhso4), hcl = static_cast<std::size_t>(Salt::hcl);
  V chloride{}, chloride_slope{};
  kusik_meissner(low_terms, kusik_meissner_q[hhso4], 1.0, out.salt.log10_gamma[hhso4], out.salt.slope[hhso4]);
  kusik_meissner(low_terms, kusik_meissner_q[hcl], 1.0, chloride, chloride_slope);
  out.salt.slope[hhso4] = out.salt.slope[hhso4] * low.slope;
  out.over_chloride = out.salt.log10_gamma[hhso4] - chloride;
  out.over_chloride_slope = out.salt.slope[hhso4] - chloride_slope * low.slope;
  const V divisor = 1.0 + terms.root;
  out.debye = debye_a * terms.root / divisor;
  out.debye_slope = debye_a * 0.5 / (terms.root * divisor * divisor) * all.slope;
  return out;
}

/// Bromley over all ions, with Kusik and Meissner's C to any ionic strength; the weights are the ions' shares
/// of the ionic strength.
///
/// @param n      amounts of ions [mol m-3]
/// @param water  [kg m-3]
template <class V>
[[nodiscard]] inline ActivitySlopes<V> smooth_activities(const V& celsius, const V& debye_a, const Ions<V>& n,
                                                         const V& water) {
  const V amount = half_charge_square(n), strength = amount / water, per_amount = 1.0 / amount;
  const StrengthActivities<V> at = strength_activities(celsius, debye_a, strength);
  const PairTerms<V> pairs = pair_terms(at.salt.log10_gamma, at.over_chloride, at.debye);
  const PairTerms<V> slopes = pair_terms(at.salt.slope, at.over_chloride_slope, at.debye_slope);

  const Ions<V> x{n.h * per_amount,   n.nh4 * per_amount, n.na * per_amount,  n.k * per_amount,
                  n.mg * per_amount,  n.ca * per_amount,  n.so4 * per_amount, n.hso4 * per_amount,
                  n.no3 * per_amount, n.cl * per_amount};
  const BromleySums<V> sums = bromley_sums(pairs, x);
  const std::array<V, 4> linear = unknown_activities(sums, constant<V>(0.0));
  const std::array<V, 4> by_strength = unknown_activities(bromley_sums(slopes, x), at.debye_slope);
  const std::array<FreeIons<V>, 4> by_weight = weight_slopes(pairs);
  // 0.5 z^2 of each free ion; bisulphate takes a sulphate away
  constexpr std::array<double, free_ion_count> half_square{0.5, 0.5, 0.5 - 2.0, 0.5, 0.5};
  ActivitySlopes<V> out{};
  out.value = unknown_activities(sums, at.debye);
  for (std::size_t k = 0; k < 4; ++k) {
    const V by_amount = by_strength[k] / water - linear[k] * per_amount;
    out.by_log_water[k] = -(by_strength[k] * strength);
    for (std::size_t j = 0; j < free_ion_count; ++j)
      out.by_ion[k][j] = by_weight[k][j] * per_amount + half_square[j] * by_amount;
  }
  return out;
}

}  // namespace lantian
