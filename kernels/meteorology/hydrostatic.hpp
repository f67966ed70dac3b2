#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

namespace lantian {

inline constexpr double reference_pressure_pa = 100000.0;  // of potential temperature
inline constexpr double poisson_exponent = dry_air_gas_constant_j_kg_k / air_heat_capacity_j_kg_k;
inline constexpr double standard_lapse_k_m = 0.0065;  // US Standard Atmosphere 1976, below 11 km

/// Temperature of the dry air that is as dense [K], q the mixing ratio of water vapour.
///
/// @see Wallace & Hobbs (2006), Atmospheric Science, 2nd ed., eq. 3.16, without its approximation.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T virtual_temperature_k(const T& temperature_k,
                                                                 const T& vapour_kg_kg) {
  constexpr double ratio = water_vapour_gas_constant_j_kg_k / dry_air_gas_constant_j_kg_k;
  return temperature_k * (T(1.0) + ratio * vapour_kg_kg) / (T(1.0) + vapour_kg_kg);
}

/// Pressure `rise_m` above a level, in a layer of one virtual temperature [Pa].
///
/// @see Wallace & Hobbs (2006), Atmospheric Science, 2nd ed., eq. 3.29.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T pressure_above_pa(const T& pressure_pa, const T& rise_m,
                                                             const T& virtual_temperature_k) {
  return pressure_pa * exp(-gravity_m_s2 * rise_m / (dry_air_gas_constant_j_kg_k * virtual_temperature_k));
}

/// Pressure that, with the layer's virtual temperature, gives the density whose weight is the pressure
/// difference across it: (p_b - p_t) / ln(p_b / p_t).
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T layer_pressure_pa(const T& bottom_pa, const T& top_pa) {
  return (bottom_pa - top_pa) / log(bottom_pa / top_pa);
}

/// Temperature of air of a potential temperature at a pressure [K].
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T temperature_of_k(const T& potential_temperature_k,
                                                            const T& pressure_pa) {
  return potential_temperature_k * pow(pressure_pa / T(reference_pressure_pa), poisson_exponent);
}

}  // namespace lantian
