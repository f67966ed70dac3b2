#pragma once

#include "aerosol/binary_water.hpp"
#include "aerosol/equilibrium_constants.hpp"
#include "aerosol/rounded_share.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// Water that particles hold with no solute at all [kg m-3]: far below what matters (1e-8 g m-3), it keeps
/// the equations regular where particles vanish.
inline constexpr double least_water_kg_m3 = 1.0e-14;

/// What a cell brings to the equations: constants at its temperature and humidity, and the ions that do not
/// evaporate [mol m-3].
template <class V>
struct SmoothSystem {
  V ammonia, nitrate, chloride;                 // gas and particle together
  V sulphate, na, k, mg, ca;                    // dissolved; sulphate with bisulphate
  V calcium_sulphate, cation_charge;            // solid; of Na, K, Mg, Ca
  V a1, a4, a5, a6, water_product;              // constants without water and activities, see README.md
  V celsius, debye;                             // debye: A of Debye-Huckel
  std::array<V, hydrate_count> water_per_mole;  // [kg mol-1]
};

/// Splits off gypsum, and alkali that no acid could bind: it stays as carbonate outside the solution.
template <class V>
inline void dissolve_salts(const InorganicTotals<V>& t, SmoothSystem<V>& s) {
  constexpr double gypsum_rounding = 1.0e-2, carbonate_rounding = 1.0e-4;
  s.calcium_sulphate = t.calcium * rounded_share(t.calcium, t.sulphate, gypsum_rounding);
  s.sulphate = t.sulphate - s.calcium_sulphate;
  const V calcium = t.calcium - s.calcium_sulphate;
  const V charge = t.sodium + t.potassium + 2.0 * (t.magnesium + calcium);
  const V acids = 2.0 * s.sulphate + t.nitrate + t.chloride;
  const V share = rounded_share(charge, acids, carbonate_rounding);
  s.cation_charge = share * charge;
  s.na = share * t.sodium;
  s.k = share * t.potassium;
  s.mg = share * t.magnesium;
  s.ca = share * calcium;
}

template <class V>
[[nodiscard]] inline SmoothSystem<V> smooth_system(const InorganicTotals<V>& t) {
  SmoothSystem<V> s{};
  dissolve_salts(t, s);
  s.ammonia = t.ammonia;
  s.nitrate = t.nitrate;
  s.chloride = t.chloride;
  const auto constants = equilibrium_constants(t.temperature_k, t.temperature_k > 0.0);
  const V rt = gas_constant_m3_atm * t.temperature_k, ratio = 298.0 / t.temperature_k;
  s.a1 = constants.bisulphate;
  s.a4 = constants.ammonia_over_water * rt;
  s.a5 = constants.nitric_acid * rt;
  s.a6 = constants.hydrochloric_acid * rt;
  s.water_product = constants.water * t.relative_humidity;
  s.celsius = t.temperature_k - 273.15;
  s.debye = 0.511 * ratio * sqrt(ratio);
  s.water_per_mole = water_per_mole_kg(t.relative_humidity);
  return s;
}

}  // namespace lantian
