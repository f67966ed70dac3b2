#pragma once

#include "lantian/base/scalar.hpp"

#include <cmath>

namespace lantian {

/// How a species is washed out: scavenging ratios inside and below cloud, or a collection efficiency for
/// particles below cloud. @see Simpson et al. (2012), Atmos. Chem. Phys. 12, 7825, section 9 and tables S20,
/// S21.
struct Scavenging {
  double in_cloud, below_cloud_gas, collection_efficiency;
};

/// First-order rate [s-1] in rain of `rain_kg_m2_s`.
///
/// In cloud and for gases below it: W P / (h rho_w), h = 1000 m; particles below cloud: A P E / v, A = 5.2 m3
/// kg-1 s-1, v = 5 m s-1. @see ibid., eqs. 73-75.
[[nodiscard]] inline double scavenging_rate_per_s(const Scavenging& species, double rain_kg_m2_s,
                                                  bool is_in_cloud) {
  constexpr double scavenging_depth_m = 1000.0, water_kg_m3 = 1000.0, marshall_palmer = 5.2,
                   fall_speed_m_s = 5.0;
  const double by_ratio = rain_kg_m2_s / (scavenging_depth_m * water_kg_m3);
  if (is_in_cloud) return species.in_cloud * by_ratio;
  return species.below_cloud_gas * by_ratio +
         marshall_palmer * rain_kg_m2_s * species.collection_efficiency / fall_speed_m_s;
}

/// Share that remains after `dt_s`: exact for a constant rate.
[[nodiscard]] inline double share_left(double rate_per_s, double dt_s) {
  return exp(-rate_per_s * dt_s);
}

/// Mean over a step of what is left of a steady supply that decays, (1 - exp(-x))/x with x = Lambda dt.
[[nodiscard]] inline double supply_left(double rate_per_s, double dt_s) {
  const double x = rate_per_s * dt_s;
  return x > 0.0 ? -std::expm1(-x) / x : 1.0;
}

/// Rain [kg m-2 s-1] that enters a layer from above when `rain_kg_m2_s` leaves it below.
///
/// Rain evaporates at k_E (1 - RH) sqrt(P) a kg of air and second, k_E = 1e-5 (kg m-2 s-1)^-1/2 s-1, so that
/// sqrt(P) falls by half of that times the air's mass a square metre: exact.
/// @see Sundqvist (1988), in Schlesinger (ed.), Physically-Based Modelling and Simulation of Climate and
///      Climatic Change, part 1, 433.
[[nodiscard]] inline double rain_above_kg_m2_s(double rain_kg_m2_s, double air_kg_m2,
                                               double relative_humidity) {
  constexpr double evaporation = 1.0e-5;
  const double root =
      sqrt(rain_kg_m2_s) + 0.5 * evaporation * maximum(1.0 - relative_humidity, 0.0) * air_kg_m2;
  return root * root;
}

/// What rain does in a layer in a step, by shares: of the layer's own amount `left` stays in the air, of what
/// the rain brings from above `returned` does.
struct WetLayer {
  double left, returned;
};

/// A layer where the share `evaporated` of the rain from above evaporates, steadily over the step, and gives
/// back what is in it; what is given back is washed like the rest. Of what stays in the rain the share
/// `exchanged` goes back to the layer, too: `rain_exchange` of henry.hpp. Exact for constant rates.
[[nodiscard]] inline WetLayer wet_layer(double rate_per_s, double dt_s, double evaporated,
                                        double exchanged = 0.0) {
  const double back = evaporated + (1.0 - evaporated) * exchanged;
  return {share_left(rate_per_s, dt_s), back * supply_left(rate_per_s, dt_s)};
}

}  // namespace lantian
