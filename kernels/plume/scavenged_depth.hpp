#pragma once

#include "plume/aermod_plume.hpp"

namespace lantian::plume {

/// Mean spread [m] of the updraughts' and the downdraughts' plume in convective air after a time, with the
/// middle of the plume at its release. @see EPA-454/R-03-004, eqs. 81-83.
[[nodiscard]] inline double far_convective_sigma_z_m(const Release& gas, const BoundaryLayer& layer,
                                                     double time_s) {
  const double lid = layer.mixing_height_m, wstar = layer.convective_velocity_m_s, share = gas.height_m / lid;
  const bool low = share < 0.1;
  const SkewedSpeeds<double> speeds = skewed_speeds(gas.sigma_w_m_s / wstar, low ? 1.25 * share : 0.125);
  const double growth = low ? 0.6 + 4.0 * share : 1.0, ustar = layer.friction_velocity_m_s;
  const double near_ground =
      low ? 0.5 * (1.0 - 10.0 * share) * ustar * ustar / std::fabs(layer.obukhov_length_m) : 0.0;
  const auto spread = [&](double speed) {
    return std::hypot(2.0 * wstar * growth * speed * time_s, near_ground * time_s * time_s);
  };
  return 0.5 * (spread(speeds.up) + spread(speeds.down));
}

/// Depth through which drops fall while they take up a gas [m]: the mixing height, or the plume's top 20 km
/// away if that is higher; 500 m to 10 km. The plume's air is that at its release.
/// @see EPA (2004), AERMOD Deposition Algorithms, Science Document.
[[nodiscard]] inline double scavenged_depth_m(const RisingSource& source, const AirColumn& air) {
  constexpr double far_m = 20000.0, reach = 2.15, least_m = 500.0, most_m = 10000.0;
  const Release& gas = source.gas;
  const BoundaryLayer& layer = air.layer;
  const double n = buoyancy_frequency_s(gas.gradient_k_m, gas.theta_k);
  const auto stable_top = [&](double height_m, bool damped) {
    const StableSpread<double> spread = stable_spread(far_m, height_m, gas.height_m, layer);
    return height_m + reach * stable_sigma_z_m(spread, gas.wind_m_s, gas.sigma_w_m_s, damped ? n : 0.0);
  };
  double top = 0.0;
  if (!source.convective) {
    top = stable_top(gas.lowered_height_m + source.stable.final_m, !air.urban);
  } else {
    const double height = gas.lowered_height_m + source.turning_rise_m, time_s = far_m / gas.wind_m_s;
    const double direct = height + reach * far_convective_sigma_z_m(gas, layer, time_s);
    const double through = source.through.share;
    top = (1.0 - through) * direct;
    if (through > 0.0) top += through * stable_top(gas.lowered_height_m + source.through.rise_m, false);
  }
  return std::min(most_m, std::max({least_m, layer.mixing_height_m, top}));
}

}  // namespace lantian::plume
