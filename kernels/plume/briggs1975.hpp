#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

/// A stack and what leaves it.
struct Stack {
  double height_m, diameter_m, exit_temperature_k, exit_velocity_m_s;
};

/// Air at the stack's top.
struct StackAir {
  double temperature_k, wind_speed_m_s, potential_gradient_k_m;  // gradient of potential temperature
};

/// Buoyancy flux [m4 s-3]. @see Briggs (1975), Lectures on Air Pollution and Environmental Impact Analyses,
/// AMS, eq. 3.
[[nodiscard]] inline double buoyancy_flux_m4_s3(const Stack& stack, double air_temperature_k) {
  const double warmth = maximum(stack.exit_temperature_k - air_temperature_k, 0.0);
  return 9.81 * stack.exit_velocity_m_s * stack.diameter_m * stack.diameter_m * warmth /
         (4.0 * stack.exit_temperature_k);
}

/// Final rise in neutral or unstable air [m]: the lesser of Briggs' mechanical and breakup rise.
/// @see ibid., eqs. 49 and 62 in the form of CAMx' user guide: 30 (F/u)^0.6; 24 (F/u^3)^0.6 (h + 200
/// F/u^3)^0.4.
[[nodiscard]] inline double neutral_rise_m(double flux, double wind_speed_m_s, double stack_height_m) {
  const double u = wind_speed_m_s, by_speed = flux / (u * u * u);
  return minimum(30.0 * pow(flux / u, 0.6),
                 24.0 * pow(by_speed, 0.6) * pow(stack_height_m + 200.0 * by_speed, 0.4));
}

/// Rise through a stable layer from `z_m` above the stack's top with what buoyancy is left [m].
/// @see ibid., eq. 58: (1.8 F T / (u dtheta/dz) + z^3)^1/3.
[[nodiscard]] inline double stable_rise_m(double flux, const StackAir& air, double z_m) {
  return pow(
      1.8 * flux * air.temperature_k / (air.wind_speed_m_s * air.potential_gradient_k_m) + z_m * z_m * z_m,
      1.0 / 3.0);
}

/// Rise in a stable calm [m]. @see ibid.: (4.1 F T / (F0^1/3 dtheta/dz) + z^8/3)^3/8.
[[nodiscard]] inline double calm_rise_m(double flux, double first_flux, const StackAir& air, double z_m) {
  return pow(4.1 * flux * air.temperature_k / (pow(first_flux, 1.0 / 3.0) * air.potential_gradient_k_m) +
                 pow(z_m, 8.0 / 3.0),
             0.375);
}

/// Buoyancy left after a stable layer between z1 and z2 above the stack's top. @see ibid., eq. 58
/// differentiated.
[[nodiscard]] inline double residual_flux(double flux, const StackAir& air, double z1_m, double z2_m) {
  return flux - 0.56 * air.wind_speed_m_s * air.potential_gradient_k_m / air.temperature_k *
                    (z2_m * z2_m * z2_m - z1_m * z1_m * z1_m);
}

/// Rise by momentum [m]: 3 d v / u. @see ibid., eq. 34.
[[nodiscard]] inline double momentum_rise_m(const Stack& stack, double wind_speed_m_s) {
  return 3.0 * stack.diameter_m * stack.exit_velocity_m_s / wind_speed_m_s;
}

inline constexpr double stable_gradient_k_m = 1.5e-3;  // above this the layer counts as stable
inline constexpr double calm_wind_m_s =
    1.0;  // below this the calm formula may hold; also the least wind used

}  // namespace lantian
