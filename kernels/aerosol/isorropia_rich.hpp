#pragma once

#include "aerosol/isorropia_activity.hpp"
#include "aerosol/isorropia_regimes.hpp"

namespace lantian {

/// A solution of sulphates alone: H = h0 + x, SO4 = s0 + x, HSO4 = b0 - x.
template <class V>
struct SulphateSolution {
  V water_kg_m3, h0, s0, b0, na, nh4, k, mg;
};

/// Salts of a solution that is not acid beyond bisulphate (regimes E, I, L).
/// Sulphate that is left over after letovicite is counted twice where sodium and potassium meet: so does the
/// reference.
template <class V>
[[nodiscard]] inline SulphateSolution<V> bisulphate_salts(const IsorropiaCase<V>& c,
                                                          const WaterMolalities<V>& m0) {
  using Mask = typename IsorropiaCase<V>::Mask;
  const V none = constant<V>(0.0);
  V free = c.so4 - minimum(c.ca, c.so4);
  V k2so4 = minimum(V(0.5 * c.k), free);
  free = free - k2so4;
  V na2so4 = choose(c.has_crustal, minimum(V(0.5 * c.na), free), V(0.5 * c.na));
  free = maximum(V(free - na2so4), none);
  const V mgso4 = minimum(c.mg, free);
  free = free - mgso4;
  V letovicite = minimum(V(c.nh4 * (1.0 / 3.0)), V(0.5 * free));
  free = maximum(V(free - 2.0 * letovicite), none);
  const V ammonium_left = maximum(V(c.nh4 - 3.0 * letovicite), none);
  const Mask is_neutral = free <= smallest_total_mol_m3;
  const Mask is_bisulphate = (!is_neutral) & (ammonium_left <= smallest_total_mol_m3);
  const V sulphate = choose(is_neutral, V(2.0 * ammonium_left), none);
  const V bisulphate = choose(is_bisulphate, V(3.0 * minimum(free, letovicite)), none);
  letovicite = choose(is_neutral, maximum(V(letovicite - ammonium_left), none),
                      choose(is_bisulphate, maximum(V(letovicite - free), none), letovicite));
  const Mask with_na = is_bisulphate & (na2so4 > smallest_total_mol_m3);
  free = choose(with_na, maximum(V(free - bisulphate * (1.0 / 3.0)), none), free);
  const V nahso4 = choose(with_na, V(2.0 * free), none);
  na2so4 = choose(with_na, maximum(V(na2so4 - free), none), na2so4);
  const Mask with_k = is_bisulphate & c.has_crustal & (k2so4 > smallest_total_mol_m3);
  free = choose(with_k, maximum(V(free - bisulphate * (1.0 / 3.0)), none), free);
  const V khso4 = choose(with_k, V(2.0 * free), none);
  k2so4 = choose(with_k, maximum(V(k2so4 - free), none), k2so4);
  return {.water_kg_m3 =
              sulphate / molality(m0, WaterSalt::nh4_2so4) + na2so4 / molality(m0, WaterSalt::na2so4) +
              bisulphate / molality(m0, WaterSalt::nh4hso4) + nahso4 / molality(m0, WaterSalt::nahso4) +
              letovicite / molality(m0, WaterSalt::letovicite) + k2so4 / molality(m0, WaterSalt::k2so4) +
              mgso4 / molality(m0, WaterSalt::mgso4) + khso4 / molality(m0, WaterSalt::khso4),
          .h0 = none,
          .s0 = letovicite + na2so4 + sulphate + k2so4 + mgso4,
          .b0 = letovicite + nahso4 + bisulphate + khso4,
          .na = 2.0 * na2so4 + nahso4,
          .nh4 = 3.0 * letovicite + 2.0 * sulphate + bisulphate,
          .k = khso4 + 2.0 * k2so4,
          .mg = mgso4};
}

/// Salts of a solution with free acid (regimes F, J, K).
template <class V>
[[nodiscard]] inline SulphateSolution<V> free_acid_salts(const IsorropiaCase<V>& c,
                                                         const WaterMolalities<V>& m0) {
  using enum WaterSalt;
  const V acid = maximum(V(c.so4 - c.nh4 - c.na - c.ca - c.k - c.mg), constant<V>(smallest_total_mol_m3));
  return {.water_kg_m3 = c.nh4 / molality(m0, nh4hso4) + c.na / molality(m0, nahso4) +
                         c.k / molality(m0, khso4) + c.mg / molality(m0, mgso4) + acid / molality(m0, h2so4),
          .h0 = acid,
          .s0 = c.mg,
          .b0 = acid + c.nh4 + c.na + c.k,
          .na = c.na,
          .nh4 = c.nh4,
          .k = c.k,
          .mg = c.mg};
}

template <class V>
[[nodiscard]] inline SulphateSolution<V> sulphate_solution(const IsorropiaCase<V>& c,
                                                           const WaterMolalities<V>& m0) {
  const SulphateSolution<V> a = free_acid_salts(c, m0), b = bisulphate_salts(c, m0);
  const auto of = [&](V SulphateSolution<V>::*member) { return choose(c.is_acid, a.*member, b.*member); };
  using S = SulphateSolution<V>;
  return {of(&S::water_kg_m3), of(&S::h0),  of(&S::s0), of(&S::b0),
          of(&S::na),          of(&S::nh4), of(&S::k),  of(&S::mg)};
}

/// Splits bisulphate by repeated substitution, undamped at first; cells that have settled stand still, so
/// that a cell's bits do not depend on its neighbours. Returns x; `gamma` and `change` are of the last sweep.
template <class V>
[[nodiscard]] inline V split_bisulphate(const IsorropiaTemperature<V>& at, const SulphateSolution<V>& s,
                                        const decltype(V{} < V{}) & is_rich, MeanActivities<V>& gamma,
                                        V& change) {
  constexpr int most_sweeps = 2000, undamped_sweeps = 60;
  constexpr double tolerance = 1.0e-12;
  const V none = constant<V>(0.0), w = s.water_kg_m3;
  gamma = {constant<V>(-ln_10), constant<V>(-ln_10), constant<V>(-ln_10), constant<V>(-ln_10),
           constant<V>(-ln_10)};
  V x = none;
  change = choose(is_rich, constant<V>(1.0), none);
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    const auto moves = plain(change) > tolerance;
    if (!any_of(moves)) break;
    const V a1 = at.constants.bisulphate * w * exp(V(2.0 * gamma.hhso4 - 3.0 * gamma.h2so4));
    const V b = s.h0 + s.s0 + a1, c = a1 * s.b0 - s.h0 * s.s0;
    const V root = sqrt(maximum(V(b * b + 4.0 * c), none));
    const V next = minimum(V(2.0 * c / (b + root)), s.b0);
    change = choose(moves, V(fabs(V(next - x)) / (fabs(next) + 1.0e-30)), change);
    x = choose(moves, next, x);
    Ions<V> m{};
    m.h = (s.h0 + x) / w;
    m.nh4 = s.nh4 / w;
    m.na = s.na / w;
    m.k = s.k / w;
    m.mg = s.mg / w;
    m.so4 = (s.s0 + x) / w;
    m.hso4 = maximum(V(s.b0 - x), none) / w;
    const MeanActivities<V> now = isorropia_activities(at, m);
    const double share = sweep < undamped_sweeps ? 1.0 : 0.5;
    const auto follow = [&](V& old, const V& fresh) {
      old = choose(moves, V(old + share * (fresh - old)), old);
    };
    follow(gamma.h2so4, now.h2so4);
    follow(gamma.hhso4, now.hhso4);
    follow(gamma.hno3, now.hno3);
    follow(gamma.hcl, now.hcl);
    follow(gamma.nh4no3, now.nh4no3);
  }
  return x;
}

/// Nitric and hydrochloric acid on the frozen sulphate solution: H' = H + NO3 + Cl, a monotone equation, by
/// halving.
template <class V>
[[nodiscard]] inline V acids_dissolved(const V& h0, const V& nitrate, const V& chloride, const V& a5,
                                       const V& a6) {
  constexpr int halvings = 80;
  V low = h0, high = h0 + nitrate + chloride;
  for (int n = 0; n < halvings; ++n) {
    const V h = 0.5 * (low + high);
    const auto is_below = h - h0 - nitrate * a5 / (a5 + h) - chloride * a6 / (a6 + h) < 0.0;
    low = choose(is_below, h, low);
    high = choose(is_below, high, h);
  }
  return 0.5 * (low + high);
}

/// Sulphate rich (regimes E, F, I, J, K, L): the sulphates make the solution, then acids and ammonia are
/// given to it while water and activities stand still. In E and F ammonia does not leave.
template <class V>
[[nodiscard]] inline InorganicEquilibrium<V> isorropia_rich(const IsorropiaTemperature<V>& at,
                                                            const IsorropiaCase<V>& c,
                                                            const WaterMolalities<V>& m0) {
  const V none = constant<V>(0.0);
  SulphateSolution<V> s = sulphate_solution(c, m0);
  s.water_kg_m3 = maximum(s.water_kg_m3, constant<V>(1.0e-20));
  MeanActivities<V> gamma{};
  V change{};
  const V x = split_bisulphate(at, s, !c.is_poor, gamma, change), w = s.water_kg_m3, rt = at.gas_constant_t;
  const V a5 = at.constants.nitric_acid * rt * w * w * exp(V(-2.0 * gamma.hno3));
  const V a6 = at.constants.hydrochloric_acid * rt * w * w * exp(V(-2.0 * gamma.hcl));
  const V sulphate_h = s.h0 + x, h = acids_dissolved(sulphate_h, c.no3, c.cl, a5, a6);
  InorganicEquilibrium<V> out{};
  out.no3 = c.no3 * (a5 / (a5 + h));
  out.cl = c.cl * (a6 / (a6 + h));
  const V acid_h = sulphate_h + out.no3 + out.cl;
  const V per_a4 =
      1.0 / (at.constants.ammonia_over_water * rt * exp(V(2.0 * gamma.hno3 - 2.0 * gamma.nh4no3)));
  const V b = acid_h + per_a4,
          evaporated = 2.0 * s.nh4 * per_a4 / (b + sqrt(V(b * b + 4.0 * s.nh4 * per_a4)));
  const V leaves = choose(c.has_sea_salt, minimum(evaporated, s.nh4), none);
  out.ammonia_gas = leaves;
  out.nitric_acid_gas = c.no3 - out.no3;
  out.hydrochloric_acid_gas = c.cl - out.cl;
  out.water_kg_m3 = w;
  out.h = acid_h + leaves;
  out.nh4 = s.nh4 - leaves;
  out.na = s.na;
  out.k = s.k;
  out.mg = s.mg;
  out.so4 = s.s0 + x;
  out.hso4 = s.b0 - x;
  out.calcium_sulphate = minimum(c.ca, c.so4);
  out.residual = change;
  return out;
}

}  // namespace lantian
