#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

#include <cstddef>
#include <span>

namespace lantian {

/// A stack and what leaves it.
struct Stack {
  double height_m, diameter_m, exit_temperature_k, exit_velocity_m_s;
};

/// Air at the stack's top, or in a layer above it.
struct StackAir {
  double temperature_k, wind_speed_m_s, potential_gradient_k_m;  // gradient of potential temperature
};

inline constexpr double stable_gradient_k_m = 1.5e-3;  // above this a layer counts as stable
inline constexpr double least_stack_wind_m_s = 1.0;    // the wind counts with at least this

/// Buoyancy flux [m4 s-3], 0 for gas that is no warmer than the air.
/// @see Briggs (1975), Lectures on Air Pollution and Environmental Impact Analyses, AMS, pp. 59-111.
[[nodiscard]] inline double buoyancy_flux_m4_s3(const Stack& stack, double air_temperature_k) {
  const double warmth_k = maximum(stack.exit_temperature_k - air_temperature_k, 0.0);
  return gravity_m_s2 * stack.exit_velocity_m_s * stack.diameter_m * stack.diameter_m * warmth_k /
         (4.0 * stack.exit_temperature_k);
}

/// Final rise in neutral or unstable air [m]: the lesser of 30 (F/u)^0.6 and 24 (F/u^3)^0.6 (h + 200
/// F/u^3)^0.4. @see Briggs (1975), break-up by ambient turbulence.
[[nodiscard]] inline double neutral_rise_m(double flux, double wind_speed_m_s, double stack_height_m) {
  const double u = wind_speed_m_s, length_m = flux / (u * u * u);
  return minimum(30.0 * pow(flux / u, 0.6),
                 24.0 * pow(length_m, 0.6) * pow(stack_height_m + 200.0 * length_m, 0.4));
}

/// Height above the stack's top [m] that a bent-over plume reaches in a stable layer it enters at `z_m`:
/// (1.8 F T / (u dtheta/dz) + z^3)^1/3. @see Briggs (1975), stratified surroundings, layer by layer.
[[nodiscard]] inline double stable_rise_m(double flux, const StackAir& air, double z_m) {
  return pow(
      1.8 * flux * air.temperature_k / (air.wind_speed_m_s * air.potential_gradient_k_m) + z_m * z_m * z_m,
      1.0 / 3.0);
}

/// The same for a vertical plume in a calm: (4.1 F T / (F0^1/3 dtheta/dz) + z^8/3)^3/8, F0 the flux at the
/// stack, above 0. @see ibid.
[[nodiscard]] inline double calm_rise_m(double flux, double first_flux, const StackAir& air, double z_m) {
  return pow(4.1 * flux * air.temperature_k / (pow(first_flux, 1.0 / 3.0) * air.potential_gradient_k_m) +
                 pow(z_m, 8.0 / 3.0),
             0.375);
}

/// Buoyancy left after a stable layer between z1 and z2 above the stack's top: `stable_rise_m` solved for
/// the flux, so that a uniform column gives the same rise however it is cut into layers.
[[nodiscard]] inline double flux_after_stable(double flux, const StackAir& air, double z1_m, double z2_m) {
  return flux - air.wind_speed_m_s * air.potential_gradient_k_m / (1.8 * air.temperature_k) *
                    (z2_m * z2_m * z2_m - z1_m * z1_m * z1_m);
}

/// The same for `calm_rise_m`.
[[nodiscard]] inline double flux_after_calm(double flux, double first_flux, const StackAir& air, double z1_m,
                                            double z2_m) {
  return flux - pow(first_flux, 1.0 / 3.0) * air.potential_gradient_k_m / (4.1 * air.temperature_k) *
                    (pow(z2_m, 8.0 / 3.0) - pow(z1_m, 8.0 / 3.0));
}

/// Rise by momentum [m]: 3 d v / u; in stable air no more than 1.5 (v^2 d^2 T / (4 T_s u))^1/3 s^-1/6 with
/// s = g/T dtheta/dz. @see Briggs (1969), Plume Rise, USAEC, TID-25075; (1975) as above.
[[nodiscard]] inline double momentum_rise_m(const Stack& stack, const StackAir& air) {
  const double vd = stack.exit_velocity_m_s * stack.diameter_m;
  const double neutral_m = 3.0 * vd / air.wind_speed_m_s;
  if (air.potential_gradient_k_m <= stable_gradient_k_m) return neutral_m;
  const double stability_s2 = gravity_m_s2 / air.temperature_k * air.potential_gradient_k_m;
  const double flux = vd * vd * air.temperature_k / (4.0 * stack.exit_temperature_k * air.wind_speed_m_s);
  return minimum(neutral_m, 1.5 * pow(flux, 1.0 / 3.0) * pow(stability_s2, -1.0 / 6.0));
}

/// Height of the stack [m] less what its wake draws down where v < 1.5 u: h + 2 d (v/u - 1.5), not below the
/// ground. @see Briggs (1973), Diffusion Estimation for Small Emissions, NOAA ATDL-106.
[[nodiscard]] inline double height_after_downwash_m(const Stack& stack, double wind_speed_m_s) {
  const double drawn_m =
      2.0 * stack.diameter_m * minimum(stack.exit_velocity_m_s / wind_speed_m_s - 1.5, 0.0);
  return maximum(stack.height_m + drawn_m, 0.0);
}

/// A plume at the end of its rise.
struct RisenPlume {
  double base_m, rise_m;  // height that the rise counts from, and the rise
};

/// Final rise through the layers of a column: neutral layers are passed without loss, a stable one takes
/// buoyancy, until the plume levels off in a layer or meets the model top. Buoyancy or momentum, whichever
/// lifts higher.
///
/// @param top_m  tops of the layers above the ground [m], rising; `air` has the same length.
inline RisenPlume risen_plume(const Stack& stack, std::span<const double> top_m,
                              std::span<const StackAir> air) {
  std::size_t k = 0;
  while (k < top_m.size() - 1 && top_m[k] <= stack.height_m) ++k;
  const double base_m = height_after_downwash_m(stack, air[k].wind_speed_m_s);
  const double first_flux = buoyancy_flux_m4_s3(stack, air[k].temperature_k);
  const double by_momentum_m = momentum_rise_m(stack, air[k]);
  double flux = first_flux, z_m = 0.0;
  for (; k < top_m.size() && flux > 0.0; ++k) {
    const double ceiling_m = maximum(top_m[k] - base_m, z_m);
    const bool is_stable = air[k].potential_gradient_k_m > stable_gradient_k_m;
    const double bent_m = is_stable ? stable_rise_m(flux, air[k], z_m) : 0.0;
    const double upright_m = is_stable ? calm_rise_m(flux, first_flux, air[k], z_m) : 0.0;
    const double reached_m = is_stable ? minimum(bent_m, upright_m)
                                       : maximum(neutral_rise_m(flux, air[k].wind_speed_m_s, base_m), z_m);
    if (reached_m <= ceiling_m) {
      z_m = reached_m;
      break;
    }
    if (is_stable)
      flux = upright_m < bent_m ? flux_after_calm(flux, first_flux, air[k], z_m, ceiling_m)
                                : flux_after_stable(flux, air[k], z_m, ceiling_m);
    z_m = ceiling_m;
  }
  return {base_m, maximum(z_m, by_momentum_m)};
}

}  // namespace lantian
