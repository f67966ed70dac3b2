#pragma once

#include "lantian/base/scalar.hpp"

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

}  // namespace lantian
