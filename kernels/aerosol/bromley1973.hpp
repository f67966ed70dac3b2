#pragma once

#include "aerosol/kusik_meissner1978.hpp"

namespace lantian {

/// E = log10 g0 + z+z- Dh of every pair that is summed, or its slope with ionic strength.
template <class V>
struct PairTerms {
  V h_so4, h_hso4, h_no3, h_cl;
  V nh4_so4, nh4_hso4, nh4_no3, nh4_cl;
  V na_so4, na_hso4, na_no3, na_cl;
  V k_so4, k_hso4, k_no3, k_cl;
  V mg_so4, mg_no3, mg_cl, ca_no3, ca_cl;
};

/// Pairs out of salts; bisulphates by g(MHSO4) = g(MCl) g(HHSO4) / g(HCl).
template <class V>
[[nodiscard, gnu::always_inline]] inline PairTerms<V> pair_terms(const std::array<V, salt_count>& log10_gamma,
                                                                 const V& bisulphate_over_chloride,
                                                                 const V& debye) {
  const auto e = [&](Salt salt) {
    const auto s = static_cast<std::size_t>(salt);
    return V(log10_gamma[s] + charge_product[s] * debye);
  };
  using enum Salt;
  PairTerms<V> p{.h_so4 = e(h2so4),
                 .h_hso4 = e(hhso4),
                 .h_no3 = e(hno3),
                 .h_cl = e(hcl),
                 .nh4_so4 = e(nh4_2so4),
                 .nh4_hso4 = {},
                 .nh4_no3 = e(nh4no3),
                 .nh4_cl = e(nh4cl),
                 .na_so4 = e(na2so4),
                 .na_hso4 = {},
                 .na_no3 = e(nano3),
                 .na_cl = e(nacl),
                 .k_so4 = e(k2so4),
                 .k_hso4 = {},
                 .k_no3 = e(kno3),
                 .k_cl = e(kcl),
                 .mg_so4 = e(mgso4),
                 .mg_no3 = e(mg_no3_2),
                 .mg_cl = e(mgcl2),
                 .ca_no3 = e(ca_no3_2),
                 .ca_cl = e(cacl2)};
  p.nh4_hso4 = p.nh4_cl + bisulphate_over_chloride;
  p.na_hso4 = p.na_cl + bisulphate_over_chloride;
  p.k_hso4 = p.k_cl + bisulphate_over_chloride;
  return p;
}

/// Bromley's sums: F of a cation over the anions and of an anion over the cations, with the weights
/// (z+ + z-)^2 / 4 and the ions' molalities over the ionic strength.
template <class V>
struct BromleySums {
  V h, nh4, so4, hso4, no3, cl;
};

/// @see Bromley (1973), AIChE J. 19, 313, eqs. 14-16.
template <class V>
[[nodiscard, gnu::always_inline]] inline BromleySums<V> bromley_sums(const PairTerms<V>& e,
                                                                     const Ions<V>& x) {
  // Weights: 1 for 1-1 pairs, 9/4 for 1-2 and 2-1 pairs, 4 for 2-2 pairs.
  return {.h = 2.25 * e.h_so4 * x.so4 + e.h_hso4 * x.hso4 + e.h_no3 * x.no3 + e.h_cl * x.cl,
          .nh4 = 2.25 * e.nh4_so4 * x.so4 + e.nh4_hso4 * x.hso4 + e.nh4_no3 * x.no3 + e.nh4_cl * x.cl,
          .so4 = 2.25 * (e.h_so4 * x.h + e.nh4_so4 * x.nh4 + e.na_so4 * x.na + e.k_so4 * x.k) +
                 4.0 * e.mg_so4 * x.mg,
          .hso4 = e.h_hso4 * x.h + e.nh4_hso4 * x.nh4 + e.na_hso4 * x.na + e.k_hso4 * x.k,
          .no3 = e.h_no3 * x.h + e.nh4_no3 * x.nh4 + e.na_no3 * x.na + e.k_no3 * x.k +
                 2.25 * (e.mg_no3 * x.mg + e.ca_no3 * x.ca),
          .cl = e.h_cl * x.h + e.nh4_cl * x.nh4 + e.na_cl * x.na + e.k_cl * x.k +
                2.25 * (e.mg_cl * x.mg + e.ca_cl * x.ca)};
}

/// ln g = ln 10 z+z- [(F+/z+ + F-/z-)/(z+ + z-) - Dh]. @see ibid., eq. 13.
template <class V>
[[nodiscard, gnu::always_inline]] inline MeanActivities<V> mean_activities(const BromleySums<V>& f,
                                                                           const V& debye) {
  const auto single = [&](const V& cation, const V& anion) {
    return V(ln_10 * (0.5 * (cation + anion) - debye));
  };
  return {.h2so4 = ln_10 * 2.0 * ((f.h + 0.5 * f.so4) * (1.0 / 3.0) - debye),
          .hhso4 = single(f.h, f.hso4),
          .hno3 = single(f.h, f.no3),
          .hcl = single(f.h, f.cl),
          .nh4no3 = single(f.nh4, f.no3)};
}

}  // namespace lantian
