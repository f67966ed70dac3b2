#pragma once

#include "aerosol/smooth_activity.hpp"
#include "aerosol/smooth_system.hpp"

namespace lantian {

/// Water of the particles [kg m-3] and its slopes with the free ions.
template <class V>
struct WaterSlopes {
  V value;
  FreeIons<V> by_ion;
};

/// Sums over cations of charge times water of a mole of charge, by the anion they are paired with.
template <class V>
struct CationWater {
  V charge, sulphate, bisulphate, nitrate, chloride;
};

/// How the two charges of a sulphate meet a share f of hydrogen among all positive charge: (1 - f) (1 - f q)
/// meet no hydrogen, 2 f (1 - f) q one, f (1 - (1 - f) q) two. At random q would be 1; hydrogens that keep
/// apart as far as they can (bisulphate first, then sulphuric acid) would have q = 1 / max(f, 1 - f), with a
/// corner at f = 1/2 that q = 2 / (sqrt(1 + c^2) + sqrt((1 - 2 f)^2 + c^2)) rounds. A particle of ammonium
/// bisulphate has its water.
template <class V>
struct HydrogenPairs {
  V none, one, two;  // of a charge of metal, of a charge of metal, of a sulphate
  V none_by_share, one_by_share, two_by_share;
};

template <class V>
[[nodiscard, gnu::always_inline]] inline HydrogenPairs<V> hydrogen_pairs(const V& f) {
  constexpr double corner = 0.1, end = 1.0049875621120890;  // sqrt(1 + corner^2)
  const V gap = 1.0 - 2.0 * f, root = sqrt(V(gap * gap + corner * corner));
  const V q = 2.0 / (end + root), q_slope = q * q * gap / root;
  const V rest = 1.0 - f, product_slope = q + f * q_slope;
  return {.none = 1.0 - f * q,
          .one = 2.0 * f * q,
          .two = f * (1.0 - rest * q),
          .none_by_share = -product_slope,
          .one_by_share = 2.0 * product_slope,
          .two_by_share = 1.0 - rest * q + f * (q - rest * q_slope)};
}

/// Zdanovskii, Stokes and Robinson over pairs of ions: an anion's charge meets each cation as often as there
/// is charge of it, but the hydrogens of sulphates keep apart. One hydrogen makes a bisulphate, two make
/// sulphuric acid; nitric and hydrochloric acid hold no water. No order in which salts form, so no corner.
/// @see Stokes & Robinson (1966), J. Phys. Chem. 70, 2126.
template <class V>
[[nodiscard]] inline WaterSlopes<V> smooth_water(const SmoothSystem<V>& s, const FreeIons<V>& ion) {
  const auto w = [&](Hydrate salt) -> const V& { return s.water_per_mole[static_cast<std::size_t>(salt)]; };
  using enum Hydrate;
  const V nh4 = ion[1], hydrogen = ion[0] + ion[2], magnesium = 2.0 * s.mg, calcium = 2.0 * s.ca;
  const V acid = w(h2so4), mixed = 0.5 * (w(mgso4) + acid);
  const CationWater<V> sum{
      .charge = nh4 + hydrogen + s.na + s.k + magnesium + calcium,
      .sulphate = nh4 * w(nh4_2so4) + s.na * w(na2so4) + s.k * w(k2so4) + (magnesium + calcium) * w(mgso4),
      .bisulphate = nh4 * w(nh4hso4) + (s.na + s.k) * w(nahso4) + (magnesium + calcium) * mixed,
      .nitrate = nh4 * w(nh4no3) + s.na * w(nano3) + s.k * w(kno3) + s.mg * w(mg_no3_2) + s.ca * w(ca_no3_2),
      .chloride = nh4 * w(nh4cl) + s.na * w(nacl) + s.k * w(kcl) + s.mg * w(mgcl2) + s.ca * w(cacl2)};
  const V per = 1.0 / sum.charge, acidity = hydrogen * per;
  const HydrogenPairs<V> pairs = hydrogen_pairs(acidity);
  const V salts = (pairs.none * sum.sulphate + pairs.one * sum.bisulphate) * per;
  const V of_sulphate = salts + pairs.two * acid;
  const V of_nitrate = sum.nitrate * per, of_chloride = sum.chloride * per;
  const V by_acidity = (pairs.none_by_share * sum.sulphate + pairs.one_by_share * sum.bisulphate) * per +
                       pairs.two_by_share * acid;
  const V of_ammonium = pairs.none * w(nh4_2so4) + pairs.one * w(nh4hso4);
  const V sulphate_by_nh4 = (of_ammonium - salts - acidity * by_acidity) * per;
  const V sulphate_by_hydrogen = ((1.0 - acidity) * by_acidity - salts) * per;
  const V nitrate = ion[3], chloride = ion[4];
  WaterSlopes<V> out{};
  out.value = least_water_kg_m3 + s.sulphate * of_sulphate + nitrate * of_nitrate + chloride * of_chloride;
  const V by_hydrogen =
      s.sulphate * sulphate_by_hydrogen - (nitrate * of_nitrate + chloride * of_chloride) * per;
  out.by_ion[0] = by_hydrogen;
  out.by_ion[1] = s.sulphate * sulphate_by_nh4 +
                  (nitrate * (w(nh4no3) - of_nitrate) + chloride * (w(nh4cl) - of_chloride)) * per;
  out.by_ion[2] = by_hydrogen;
  out.by_ion[3] = of_nitrate;
  out.by_ion[4] = of_chloride;
  return out;
}

}  // namespace lantian
