#pragma once

#include "aerosol/isorropia_activity.hpp"
#include "aerosol/isorropia_regimes.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// Fixed (non-volatile) salts of a solution poor in sulphate, as sums over salts.
template <class V>
struct FixedSalts {
  V water_kg_m3;                    // they hold
  V ammonium_sulphate;              // moles of (NH4)2SO4
  V na, k, mg, ca, so4;             // dissolved
  V bound_nitrate, bound_chloride;  // in them
  V least_nitrate, least_ammonium;  // that stay in the particle
  V charge;                         // 2 SO4 - Na - K - 2 Mg - 2 Ca
};

/// Salts of sulphate by regime; what is left of a cation is dropped in O, and goes to nitrate and chloride in
/// H, M, P.
template <class V>
struct SulphateSalts {
  V k2so4, na2so4, mgso4, ammonium_sulphate;
};

template <class V>
[[nodiscard]] inline SulphateSalts<V> sulphate_salts(const IsorropiaCase<V>& c) {
  using Mask = typename IsorropiaCase<V>::Mask;
  const V none = constant<V>(0.0), half_na = 0.5 * c.na;
  V free = c.so4 - minimum(c.ca, c.so4);
  const V k2so4 = minimum(V(0.5 * c.k), free);
  free = free - k2so4;
  const V na_in_o = minimum(half_na, free), mg_in_o = minimum(c.mg, V(free - na_in_o)),
          mg_in_m = minimum(c.mg, free);
  SulphateSalts<V> s{};
  s.k2so4 = k2so4;
  s.na2so4 = choose(c.is_g, half_na,
                    choose(c.is_h, c.so4, choose(c.is_o, na_in_o, choose(c.is_m, V(free - mg_in_m), none))));
  s.mgso4 = choose(c.is_o, mg_in_o, choose(c.is_m, mg_in_m, choose(c.is_p, free, none)));
  const V in_g = maximum(V(c.so4 - half_na), none), in_o = maximum(V(free - na_in_o - mg_in_o), none);
  s.ammonium_sulphate = choose(c.is_d, c.so4, choose(c.is_g, in_g, choose(Mask(c.is_o), in_o, none)));
  return s;
}

/// Salts of nitrate and chloride. In P, calcium, magnesium and potassium bind too.
template <class V>
struct NitrateSalts {
  V nano3, nacl, ca_no3_2, cacl2, mg_no3_2, mgcl2, kno3, kcl;
};

template <class V>
[[nodiscard]] inline NitrateSalts<V> nitrate_salts(const IsorropiaCase<V>& c, const SulphateSalts<V>& s) {
  using Mask = typename IsorropiaCase<V>::Mask;
  const V none = constant<V>(0.0);
  const Mask is_hm = c.is_h | c.is_m;
  const V free_na = maximum(V(c.na - 2.0 * s.na2so4), none);
  const V nano3 = minimum(free_na, c.no3), nacl = minimum(V(free_na - nano3), c.cl);
  V na = c.na, no3 = c.no3, cl = c.cl, ca = c.ca - minimum(c.ca, c.so4), k = c.k - 2.0 * s.k2so4;
  V mg = maximum(V(c.mg - s.mgso4), none);
  NitrateSalts<V> p{};
  p.nacl = bind(na, cl, 1.0);
  p.ca_no3_2 = bind(ca, no3, 2.0);
  p.cacl2 = bind(ca, cl, 2.0);
  p.mg_no3_2 = bind(mg, no3, 2.0);
  p.mgcl2 = bind(mg, cl, 2.0);
  p.nano3 = bind(na, no3, 1.0);
  p.kcl = bind(k, cl, 1.0);
  p.kno3 = bind(k, no3, 1.0);
  const auto in_p = [&](const V& x) { return choose(c.is_p, x, none); };
  return {choose(is_hm, nano3, in_p(p.nano3)),
          choose(is_hm, nacl, in_p(p.nacl)),
          in_p(p.ca_no3_2),
          in_p(p.cacl2),
          in_p(p.mg_no3_2),
          in_p(p.mgcl2),
          in_p(p.kno3),
          in_p(p.kcl)};
}

/// Nitrate of regime D does not fall below the dry ammonium nitrate of the start.
template <class V>
[[nodiscard]] inline V dry_ammonium_nitrate(const IsorropiaTemperature<V>& at, const IsorropiaCase<V>& c) {
  const V none = constant<V>(0.0),
          q = at.constants.solid_ammonium_nitrate / (at.gas_constant_t * at.gas_constant_t);
  const V most = maximum(none, minimum(V(c.nh4 - 2.0 * c.so4), c.no3));
  const V gases = maximum(V(c.nh4 - most - 2.0 * c.so4), none) + maximum(V(c.no3 - most), none);
  return most - minimum(most, V(0.5 * (sqrt(V(gases * gases + 4.0 * q)) - gases)));
}

template <class V>
[[nodiscard]] inline FixedSalts<V> fixed_salts(const IsorropiaTemperature<V>& at, const IsorropiaCase<V>& c,
                                               const WaterMolalities<V>& m0) {
  using enum WaterSalt;
  const SulphateSalts<V> s = sulphate_salts(c);
  const NitrateSalts<V> n = nitrate_salts(c, s);
  FixedSalts<V> f{};
  f.water_kg_m3 = s.na2so4 / molality(m0, na2so4) + s.mgso4 / molality(m0, mgso4) +
                  s.k2so4 / molality(m0, k2so4) + s.ammonium_sulphate / molality(m0, nh4_2so4) +
                  n.nacl / molality(m0, nacl) + n.nano3 / molality(m0, nano3) +
                  n.ca_no3_2 / molality(m0, ca_no3_2) + n.cacl2 / molality(m0, cacl2) +
                  n.mg_no3_2 / molality(m0, mg_no3_2) + n.mgcl2 / molality(m0, mgcl2) +
                  n.kcl / molality(m0, kcl) + n.kno3 / molality(m0, kno3);
  f.ammonium_sulphate = s.ammonium_sulphate;
  f.na = 2.0 * s.na2so4 + n.nano3 + n.nacl;
  f.k = 2.0 * s.k2so4 + n.kcl + n.kno3;
  f.mg = s.mgso4 + n.mg_no3_2 + n.mgcl2;
  f.ca = n.ca_no3_2 + n.cacl2;
  f.so4 = s.na2so4 + s.mgso4 + s.k2so4 + s.ammonium_sulphate;
  f.bound_nitrate = n.nano3 + 2.0 * n.ca_no3_2 + 2.0 * n.mg_no3_2 + n.kno3;
  f.bound_chloride = n.nacl + 2.0 * n.cacl2 + 2.0 * n.mgcl2 + n.kcl;
  f.least_nitrate = choose(c.is_d, dry_ammonium_nitrate(at, c), f.bound_nitrate);
  f.least_ammonium = choose(c.is_o, V(2.0 * f.ammonium_sulphate), constant<V>(0.0));
  f.charge = 2.0 * f.so4 - f.na - f.k - 2.0 * f.mg - 2.0 * f.ca;
  return f;
}

/// The iterated state: ln of water and of three activity coefficients.
template <class V>
using PoorState = std::array<V, 4>;

/// Ions that answer to acidity at given water and activities.
template <class V>
struct PoorIons {
  V excess, h, no3, cl, nh4;  // excess = [H+] - [OH-]
};

/// Constants of one sweep. @see README.md, "Working constants".
template <class V>
struct PoorSweep {
  V a4, a5, a6, water_product;
};

template <class V>
[[nodiscard]] inline PoorSweep<V> poor_sweep(const IsorropiaTemperature<V>& at, const V& relative_humidity,
                                             const PoorState<V>& y) {
  const V rt = at.gas_constant_t, w = exp(y[0]);
  return {.a4 = at.constants.ammonia_over_water * rt * exp(V(2.0 * y[1] - 2.0 * y[3])),
          .a5 = at.constants.nitric_acid * rt * w * w * exp(V(-2.0 * y[1])),
          .a6 = at.constants.hydrochloric_acid * rt * w * w * exp(V(-2.0 * y[2])),
          .water_product = at.constants.water * relative_humidity * w * w};
}

/// Ions at the unknown u: [H+] - [OH-], or [H+] in regime D. Ammonium follows the former (but in D), and so
/// do nitrate and chloride in H. In M and P, where chloride cannot fall below what fixed salts bind, the
/// ratio of HCl to chloride takes the place of acidity in nitrate.
template <class V>
[[nodiscard, gnu::always_inline]] inline PoorIons<V> poor_ions(const IsorropiaCase<V>& c,
                                                               const FixedSalts<V>& f, const PoorSweep<V>& a,
                                                               const V& u) {
  using Mask = typename IsorropiaCase<V>::Mask;
  const V none = constant<V>(0.0);
  PoorIons<V> ions{};
  ions.excess = choose(c.is_d, V(u - a.water_product / u), u);
  ions.h = choose(c.is_d, u, V(0.5 * (u + sqrt(V(u * u + 4.0 * a.water_product)))));
  const V h = choose(c.is_h, u, ions.h);
  ions.cl = maximum(V(c.cl * (a.a6 / (a.a6 + h))), f.bound_chloride);
  const Mask is_pinned =
      (c.is_m | c.is_p) & (f.bound_chloride > smallest_total_mol_m3) & (ions.cl <= f.bound_chloride);
  const V by_ratio = a.a6 * maximum(V(c.cl - ions.cl), none) / maximum(ions.cl, constant<V>(1.0e-300));
  const V acidity = choose(is_pinned, by_ratio, h);
  ions.no3 = maximum(V(c.no3 * (a.a5 / (a.a5 + acidity))), f.least_nitrate);
  const V strength = a.a4 * u;
  ions.nh4 = maximum(V(c.nh4 * (strength / (1.0 + strength))), f.least_ammonium);
  return ions;
}

/// The one root of electroneutrality, by halving the logarithm of u.
template <class V>
[[nodiscard]] inline PoorIons<V> neutral_ions(const IsorropiaCase<V>& c, const FixedSalts<V>& f,
                                              const PoorSweep<V>& a) {
  constexpr int halvings = 75;
  V low = constant<V>(1.0e-45),
    high = maximum(f.charge, constant<V>(0.0)) + c.no3 + c.cl + 2.0 * f.so4 + 1.0e-30;
  for (int n = 0; n < halvings; ++n) {
    const V middle = sqrt(V(low * high));
    const PoorIons<V> ions = poor_ions(c, f, a, middle);
    const auto is_below = ions.excess - (f.charge + ions.no3 + ions.cl - ions.nh4) < 0.0;
    low = choose(is_below, middle, low);
    high = choose(is_below, high, middle);
  }
  return poor_ions(c, f, a, V(sqrt(V(low * high))));
}

template <class V>
[[nodiscard]] inline Ions<V> poor_molalities(const FixedSalts<V>& f, const PoorIons<V>& ions, const V& w) {
  Ions<V> m{};
  m.h = ions.h / w;
  m.nh4 = ions.nh4 / w;
  m.na = f.na / w;
  m.k = f.k / w;
  m.mg = f.mg / w;
  m.ca = f.ca / w;
  m.so4 = f.so4 / w;
  m.no3 = ions.no3 / w;
  m.cl = ions.cl / w;
  return m;
}

/// Water of fixed salts, (NH4)2SO4, NH4NO3 and NH4Cl.
template <class V>
[[nodiscard]] inline V poor_water(const FixedSalts<V>& f, const PoorIons<V>& ions,
                                  const WaterMolalities<V>& m0) {
  const V none = constant<V>(0.0), free = maximum(V(ions.nh4 - 2.0 * f.ammonium_sulphate), none);
  const V nitrate = minimum(maximum(V(ions.no3 - f.bound_nitrate), none), free);
  const V chloride = minimum(maximum(V(ions.cl - f.bound_chloride), none), V(free - nitrate));
  const V water =
      f.water_kg_m3 + nitrate / molality(m0, WaterSalt::nh4no3) + chloride / molality(m0, WaterSalt::nh4cl);
  return maximum(water, constant<V>(1.0e-20));
}

/// Repeated substitution, damped cell by cell: less where the residual grows, more where it falls. Cells that
/// have settled stand still. Returns ions and water of the state, and the largest change in `residual`.
template <class V>
// NOLINTNEXTLINE(readability-function-size): a case, and what it returns beside the ions
[[nodiscard]] inline PoorIons<V> iterate_poor(const IsorropiaTemperature<V>& at, const V& relative_humidity,
                                              const IsorropiaCase<V>& c, const FixedSalts<V>& f,
                                              const WaterMolalities<V>& m0, V& water, V& residual) {
  constexpr int most_sweeps = 400;
  constexpr double tolerance = 1.0e-10;
  const V none = constant<V>(0.0), least = constant<V>(0.05), most = constant<V>(1.0);
  const V half_nitrate = 0.5 * minimum(c.no3, maximum(V(c.nh4 - 2.0 * f.ammonium_sulphate), none));
  const V start =
      maximum(V(f.water_kg_m3 + half_nitrate / molality(m0, WaterSalt::nh4no3)), constant<V>(1.0e-20));
  PoorState<V> y{log(start), constant<V>(-0.3 * ln_10), constant<V>(-0.3 * ln_10), constant<V>(-0.5 * ln_10)};
  V damping = constant<V>(0.7);
  residual = choose(c.is_poor, constant<V>(1.0e300), none);
  PoorIons<V> ions{};
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    const auto moves = plain(residual) > tolerance;
    if (!any_of(moves)) break;
    const PoorIons<V> now = neutral_ions(c, f, poor_sweep(at, relative_humidity, y));
    const V w = poor_water(f, now, m0);
    const MeanActivities<V> gamma = isorropia_activities(at, poor_molalities(f, now, w));
    const PoorState<V> next{log(w), gamma.hno3, gamma.hcl, gamma.nh4no3};
    V size = none;
    for (std::size_t n = 0; n < next.size(); ++n) size = maximum(size, V(fabs(V(next[n] - y[n]))));
    const V factor = choose(size > residual, constant<V>(0.7), constant<V>(1.03));
    damping = choose(moves, minimum(maximum(V(damping * factor), least), most), damping);
    for (std::size_t n = 0; n < next.size(); ++n)
      y[n] = choose(moves, V(y[n] + damping * (next[n] - y[n])), y[n]);
    residual = choose(moves, size, residual);
    ions = {choose(moves, now.excess, ions.excess), choose(moves, now.h, ions.h),
            choose(moves, now.no3, ions.no3), choose(moves, now.cl, ions.cl),
            choose(moves, now.nh4, ions.nh4)};
    water = choose(moves, w, water);
  }
  return ions;
}

/// Sulphate poor (regimes D, G, H, O, M, P). Bisulphate is split off at the end only; gases and water stay.
template <class V>
[[nodiscard]] inline InorganicEquilibrium<V> isorropia_poor(const IsorropiaTemperature<V>& at,
                                                            const V& relative_humidity,
                                                            const IsorropiaCase<V>& c,
                                                            const WaterMolalities<V>& m0) {
  const V none = constant<V>(0.0);
  const FixedSalts<V> f = fixed_salts(at, c, m0);
  InorganicEquilibrium<V> out{};
  const PoorIons<V> ions = iterate_poor(at, relative_humidity, c, f, m0, out.water_kg_m3, out.residual);
  const V w = out.water_kg_m3;
  const MeanActivities<V> gamma = isorropia_activities(at, poor_molalities(f, ions, w));
  const V a1 = at.constants.bisulphate * w * exp(V(2.0 * gamma.hhso4 - 3.0 * gamma.h2so4));
  const V b = ions.h + f.so4 + a1, product = ions.h * f.so4;
  out.hso4 = 2.0 * product / (b + sqrt(maximum(V(b * b - 4.0 * product), none)));
  out.ammonia_gas = maximum(V(c.nh4 - ions.nh4), none);
  out.nitric_acid_gas = maximum(V(c.no3 - ions.no3), none);
  out.hydrochloric_acid_gas = maximum(V(c.cl - ions.cl), none);
  out.oh = ions.h - ions.excess;
  out.h = ions.h - out.hso4;
  out.nh4 = ions.nh4;
  out.na = f.na;
  out.ca = f.ca;
  out.k = f.k;
  out.mg = f.mg;
  out.so4 = f.so4 - out.hso4;
  out.no3 = ions.no3;
  out.cl = ions.cl;
  out.calcium_sulphate = minimum(c.ca, c.so4);
  return out;
}

}  // namespace lantian
