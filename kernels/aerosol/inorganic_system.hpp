#pragma once

namespace lantian {

/// What the inorganic equilibrium shares out between air and particles: gas and particle together [mol m-3 of
/// air]. V is a number of one cell (double, Dual) or eight cells side by side (`Lanes`).
template <class V>
struct InorganicTotals {
  V temperature_k{}, relative_humidity{};
  V sodium{}, sulphate{}, ammonia{}, nitrate{}, chloride{}, calcium{}, potassium{}, magnesium{};
};

/// Gases, ions and gypsum [mol m-3 of air], and the water of the particles [kg m-3 of air].
template <class V>
struct InorganicEquilibrium {
  V ammonia_gas{}, nitric_acid_gas{}, hydrochloric_acid_gas{};
  V water_kg_m3{};
  V h{}, nh4{}, na{}, ca{}, k{}, mg{}, so4{}, hso4{}, no3{}, cl{}, oh{};
  V calcium_sulphate{};  // solid
  V residual{};          // largest that is left in the logarithms of water and activities
};

/// Ions of the solution that decide activities, in amounts or molalities.
template <class V>
struct Ions {
  V h{}, nh4{}, na{}, k{}, mg{}, ca{};
  V so4{}, hso4{}, no3{}, cl{};
};

/// 0.5 sum of n z^2: the ionic strength of molalities. OH- is left out.
template <class V>
[[nodiscard, gnu::always_inline]] inline V half_charge_square(const Ions<V>& n) {
  return 0.5 * (n.h + n.nh4 + n.na + n.k + n.hso4 + n.no3 + n.cl) + 2.0 * (n.mg + n.ca + n.so4);
}

/// Natural logarithms of the mean activity coefficients that the equilibria use.
template <class V>
struct MeanActivities {
  V h2so4{}, hhso4{}, hno3{}, hcl{}, nh4no3{};
};

/// The natural logarithm of 10.
inline constexpr double ln_10 = 2.302585092994045684;

/// Gas constant [m3 atm mol-1 K-1].
inline constexpr double gas_constant_m3_atm = 82.0567e-6;

/// Molar mass of water as ISORROPIA reports it [kg mol-1].
inline constexpr double water_kg_mol = 0.018;

}  // namespace lantian
