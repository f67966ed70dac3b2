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

/// Zdanovskii, Stokes and Robinson with ions paired at random: an anion's charge meets each cation as often
/// as there is charge of it, and the two charges of a sulphate meet cations apart. One hydrogen makes a
/// bisulphate, two make sulphuric acid; nitric and hydrochloric acid hold no water. No order in which salts
/// form, so no corner.
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
  const V per = 1.0 / sum.charge, acidity = hydrogen * per, rest = 1.0 - acidity;
  const V salts = (rest * sum.sulphate + 2.0 * acidity * sum.bisulphate) * per;
  const V of_sulphate = salts + acidity * acidity * acid;
  const V of_nitrate = sum.nitrate * per, of_chloride = sum.chloride * per;
  const V by_acidity = (2.0 * sum.bisulphate - sum.sulphate) * per + 2.0 * acidity * acid;
  const V sulphate_by_nh4 =
      ((rest * w(nh4_2so4) + 2.0 * acidity * w(nh4hso4) - salts) - acidity * by_acidity) * per;
  const V sulphate_by_hydrogen = (rest * by_acidity - salts) * per;
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
