#pragma once

#include "plume/aermod_dispersion.hpp"
#include "plume/dividing_streamline.hpp"
#include "plume/vertical_terms.hpp"

namespace lantian::plume {

/// Air over a road of an hour: similarity theory above a displaced ground.
/// @see Snyder et al. (2013), Atmos. Environ. 77, 748-756; Venkatram et al. (2013), Atmos. Environ. 77,
/// 846-855; here with
///      the coefficients of AERMOD's 2023 release and later (EPA-454/R-23-009).
struct RoadAir {
  BoundaryLayer layer;
  double displacement_m{};  ///< 5 z0
  double sigma_v_m_s{};     ///< at the height of the reference wind
  double least_wind_m_s{};
  double adjustment = 1.0;  ///< makes the profile meet the reference wind
};

/// Wind [m s-1] at a height, before the profile is made to meet the reference wind.
/// @see Bentham & Britter (2003), Atmos. Environ. 37, 2037-2043, for its least value of 4.47 u*.
template <class V>
[[nodiscard, gnu::always_inline]] inline V road_profile_m_s(const V& height_m, const RoadAir& air) {
  const double z0 = air.layer.roughness_length_m, length = air.layer.obukhov_length_m;
  const V z = maximum(V(height_m - air.displacement_m), constant<V>(z0));
  V shape = log(V(z / z0));
  if (air.layer.stable) {
    shape += 17.0 * (std::exp(-0.29 * z0 / length) - exp(V(z * (-0.29 / length))));
  } else {
    const auto psi = [&](const V& height) {
      const V x = sqrt(V(sqrt(V(1.0 - 16.0 / length * height)))), p = 1.0 + x, q = 1.0 + x * x;
      return V(log(V(0.125 * p * p * q)) - 2.0 * arc_tangent(x) + 0.5 * std::numbers::pi);
    };
    shape += psi(constant<V>(z0)) - psi(z);
  }
  return maximum(V(air.layer.friction_velocity_m_s / karman_of_plumes * shape),
                 constant<V>(air.least_wind_m_s));
}

template <class V>
[[nodiscard, gnu::always_inline]] inline V road_wind_m_s(const V& height_m, const RoadAir& air) {
  return maximum(V(air.adjustment * road_profile_m_s(height_m, air)), constant<V>(air.least_wind_m_s));
}

/// Air over a road. @param reference_wind_m_s  wind at the reference height.
[[nodiscard]] inline RoadAir road_air(const BoundaryLayer& layer, double sigma_v_m_s,
                                      double reference_height_m, double reference_wind_m_s) {
  RoadAir air{.layer = layer};
  air.displacement_m = 5.0 * layer.roughness_length_m;
  air.sigma_v_m_s = std::max(sigma_v_m_s, least_sigma_v_m_s);
  air.least_wind_m_s =
      std::max({4.47 * layer.friction_velocity_m_s, std::numbers::sqrt2 * air.sigma_v_m_s, least_wind_m_s});
  air.adjustment = reference_wind_m_s / road_profile_m_s(reference_height_m, air);
  return air;
}

/// sigma_z [m] of the air at a distance. @see Venkatram et al. (2013), eqs. 15 and 19.
template <class V>
[[nodiscard, gnu::always_inline]] inline V road_sigma_z_m(const V& x_m, const V& wind_m_s,
                                                          const RoadAir& air) {
  const V ratio = air.layer.friction_velocity_m_s / wind_m_s;
  const V share = x_m / std::fabs(air.layer.obukhov_length_m);
  if (air.layer.stable) return 0.70 * ratio * x_m / (1.0 + 1.5 * ratio * power(share, 2.0 / 3.0));
  return 0.70 * ratio * x_m * (1.0 + ratio * share);
}

/// sigma_y [m] by sigma_z. @see Venkatram et al. (2013), eqs. 22-23.
template <class V>
[[nodiscard, gnu::always_inline]] inline V road_sigma_y_m(const V& sigma_z_m, const RoadAir& air) {
  const V base = 1.4 * air.sigma_v_m_s / air.layer.friction_velocity_m_s * sigma_z_m;
  const V share = sigma_z_m / std::fabs(air.layer.obukhov_length_m);
  return air.layer.stable ? V(base * (1.0 + 1.5 * share)) : V(base / sqrt(V(1.0 + 2.5 * share)));
}

/// A plume over a road at a distance.
template <class V>
struct RoadPlume {
  V wind_m_s, sigma_z_m, air_sigma_z_m;  ///< the last without the initial spread
};

/// The plume with the wind at its mean height, which depends on its spread, which depends on the wind: until
/// they agree within 1 %.
/// @see Venkatram et al. (2013), eq. 12 (mean height).
template <class V>
[[nodiscard, gnu::always_inline]] inline RoadPlume<V> road_plume(const V& x_m, double height_m,
                                                                 double initial_sigma_z_m,
                                                                 const RoadAir& air) {
  constexpr double root_two_over_pi = 0.79788456080286536;
  const auto joined_with_first = [&](const V& sigma) {
    return V(sqrt(V(sigma * sigma + initial_sigma_z_m * initial_sigma_z_m)));
  };
  RoadPlume<V> plume;
  plume.wind_m_s = road_wind_m_s(constant<V>(height_m), air);
  plume.air_sigma_z_m = road_sigma_z_m(x_m, plume.wind_m_s, air);
  plume.sigma_z_m = joined_with_first(plume.air_sigma_z_m);
  Claim<V> open = everywhere<V>();
  for (int pass = 1; pass < 20 && any_of(open); ++pass) {
    const V a = height_m / plume.sigma_z_m;
    const V mean = root_two_over_pi * plume.sigma_z_m * exp(V(-0.5 * a * a)) +
                   height_m * error_function(V(a * (1.0 / std::numbers::sqrt2)));
    const V wind = road_wind_m_s(maximum(mean, constant<V>(height_m)), air);
    const V spread = road_sigma_z_m(x_m, wind, air), sigma = joined_with_first(spread);
    const V change =
        (sigma < plume.sigma_z_m ? plume.sigma_z_m - sigma : sigma - plume.sigma_z_m) / plume.sigma_z_m;
    plume.wind_m_s = choose(open, wind, plume.wind_m_s);
    plume.air_sigma_z_m = choose(open, spread, plume.air_sigma_z_m);
    plume.sigma_z_m = choose(open, sigma, plume.sigma_z_m);
    open = both(open, Claim<V>(change > 0.01));
  }
  return plume;
}

/// Share of the plume that wanders: no memory of its way is lost over a road's distances.
template <class V>
[[nodiscard, gnu::always_inline]] inline V road_random_share(const V& wind_m_s, const RoadAir& air) {
  return minimum(V(2.0 * air.sigma_v_m_s * air.sigma_v_m_s / (wind_m_s * wind_m_s)), constant<V>(1.0));
}

}  // namespace lantian::plume
