#pragma once

#include "aerosol/isorropia_poor.hpp"
#include "aerosol/isorropia_rich.hpp"

namespace lantian {

/// Inorganic equilibrium with the documented choices of ISORROPIA II (forward, metastable), which this code
/// does not share: for comparison with that model. Discontinuous where the ratio of cations to sulphate is 1
/// or 2.
///
/// @param m0  molalities of the salts alone in water at the cell's humidity: the user's table
/// @see Fountoukis & Nenes (2007), Atmos. Chem. Phys. 7, 4639; Nenes, Pandis & Pilinis (1998), Aquat.
/// Geochem. 4, 123.
template <class V>
[[nodiscard]] inline InorganicEquilibrium<V> isorropia_equilibrium(const InorganicTotals<V>& totals,
                                                                   const WaterMolalities<V>& m0) {
  const IsorropiaTemperature<V> at = isorropia_temperature(totals.temperature_k);
  const IsorropiaCase<V> c = isorropia_case(totals);
  InorganicEquilibrium<V> poor = isorropia_poor(at, totals.relative_humidity, c, m0);
  const InorganicEquilibrium<V> rich = isorropia_rich(at, c, m0);
  using E = InorganicEquilibrium<V>;
  for (V E::*member : {&E::ammonia_gas, &E::nitric_acid_gas, &E::hydrochloric_acid_gas, &E::water_kg_m3,
                       &E::h, &E::nh4, &E::na, &E::ca, &E::k, &E::mg, &E::so4, &E::hso4, &E::no3, &E::cl,
                       &E::oh, &E::calcium_sulphate, &E::residual})
    poor.*member = choose(c.is_poor, poor.*member, rich.*member);
  return poor;
}

}  // namespace lantian
