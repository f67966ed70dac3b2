#pragma once

#include "aerosol/bromley1973.hpp"
#include "aerosol/equilibrium_constants.hpp"

namespace lantian {

/// What depends on temperature alone in the reference's formulas, with its dead bands: constants at 298.15 K
/// from 298 to 299 K, no correction of activities from 297 to 299 K, and 0 degrees Celsius at 273 K.
template <class V>
struct IsorropiaTemperature {
  using Mask = decltype(V{} < V{});
  EquilibriumConstants<V> constants;
  V celsius, debye, gas_constant_t;  // debye: A of Debye-Huckel; R T [m3 atm mol-1]
  Mask has_correction;
};

template <class V>
[[nodiscard]] inline IsorropiaTemperature<V> isorropia_temperature(const V& temperature_k) {
  using Mask = typename IsorropiaTemperature<V>::Mask;
  const V ratio = 298.0 / temperature_k, celsius = temperature_k - 273.0;
  const Mask has_temperature = (temperature_k < 298.0) | (temperature_k >= 299.0);
  return {.constants = equilibrium_constants(temperature_k, has_temperature),
          .celsius = celsius,
          .debye = 0.511 * ratio * sqrt(ratio),
          .gas_constant_t = gas_constant_m3_atm * temperature_k,
          .has_correction = fabs(V(celsius - 25.0)) > 1.0};
}

/// Mean activity coefficients as in the reference: ionic strength counts up to 100 mol kg-1, Kusik and
/// Meissner's C is 1 from 6 mol kg-1 on, the sums over cations leave out Ca, K and Mg, logarithms lie within
/// +-5.
///
/// @param molalities  of all ions [mol kg-1]
template <class V>
[[nodiscard]] inline MeanActivities<V> isorropia_activities(const IsorropiaTemperature<V>& at,
                                                            const Ions<V>& molalities) {
  const V none = constant<V>(0.0);
  const V strength =
      minimum(maximum(half_charge_square(molalities), constant<V>(1.0e-20)), constant<V>(100.0));
  StrengthTerms<V> terms = strength_terms(strength, at.celsius);
  terms.c_decay = choose(strength < 6.0, terms.c_decay, none);
  terms.factor = choose(at.has_correction, terms.factor, constant<V>(1.0));
  terms.offset = choose(at.has_correction, terms.offset, none);
  BinaryActivities<V> binary{};
  binary_activities(terms, common_salt_count, binary);
  const V debye = at.debye * terms.root / (1.0 + terms.root);
  Ions<V> weights{};
  weights.h = molalities.h / strength;
  weights.nh4 = molalities.nh4 / strength;
  weights.na = molalities.na / strength;
  weights.so4 = molalities.so4 / strength;
  weights.hso4 = molalities.hso4 / strength;
  weights.no3 = molalities.no3 / strength;
  weights.cl = molalities.cl / strength;
  const auto& log10_gamma = binary.log10_gamma;
  const V over_chloride =
      log10_gamma[static_cast<std::size_t>(Salt::hhso4)] - log10_gamma[static_cast<std::size_t>(Salt::hcl)];
  const MeanActivities<V> found =
      mean_activities(bromley_sums(pair_terms(log10_gamma, over_chloride, debye), weights), debye);
  const auto clip = [](const V& x) {
    return minimum(maximum(x, constant<V>(-5.0 * ln_10)), constant<V>(5.0 * ln_10));
  };
  return {clip(found.h2so4), clip(found.hhso4), clip(found.hno3), clip(found.hcl), clip(found.nh4no3)};
}

}  // namespace lantian
