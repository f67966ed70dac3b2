#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

namespace lantian {

/// What the lowest layer and the ground say.
template <Scalar T>
struct SurfaceLayerState {
  T height_m;  // of the lowest level above the ground, above roughness_length_m
  T roughness_length_m;
  T wind_speed_m_s;
  T potential_temperature_k;         // at height_m
  T ground_potential_temperature_k;  // of the surface, on the same reference pressure
};

template <Scalar T>
struct SurfaceFluxes {
  T friction_velocity_m_s;
  T heat_flux_k_m_s;  // upwards: mean of w' theta'
};

/// Friction velocity and heat flux from the bulk Richardson number, without iteration.
///
/// Wind below 0.5 m/s counts as 0.5 m/s (gusts of free convection).
/// @see Louis (1979), Boundary-Layer Meteorology 17, 187, eqs. 11-16: b = 9.4, b' = 4.7, c_m* = 7.4,
///      c_h* = 5.3, R = 0.74. Their product with 9.4 gives 69.56 and 49.82.
template <Scalar T>
[[nodiscard]] inline SurfaceFluxes<T> louis_fluxes(const SurfaceLayerState<T>& at) {
  const T speed = maximum(at.wind_speed_m_s, T(0.5));
  const T drag = von_karman / log(at.height_m / at.roughness_length_m);
  const T neutral = drag * drag;
  const T warmer_k = at.potential_temperature_k - at.ground_potential_temperature_k;
  const T richardson = gravity_m_s2 * at.height_m * warmer_k / (at.potential_temperature_k * speed * speed);

  const T stable_root = T(1.0) + 4.7 * maximum(richardson, T(0.0));
  const T stable = T(1.0) / (stable_root * stable_root);

  const T buoyancy = maximum(-richardson, T(0.0));
  // The derivative of sqrt has no limit at 0: a tiny offset keeps it finite.
  const T root = sqrt(buoyancy + T(1.0e-30)) * sqrt(at.height_m / at.roughness_length_m) * neutral;
  const T unstable_momentum = T(1.0) + 9.4 * buoyancy / (T(1.0) + 69.56 * root);
  const T unstable_heat = T(1.0) + 9.4 * buoyancy / (T(1.0) + 49.82 * root);

  const bool is_stable = T(0.0) < richardson;
  const T momentum = select(is_stable, stable, unstable_momentum);
  const T heat = select(is_stable, stable, unstable_heat);
  return {sqrt(neutral * momentum) * speed, -neutral / 0.74 * speed * warmer_k * heat};
}

}  // namespace lantian
