#pragma once

#include "plume/aermod_dispersion.hpp"
#include "plume/dividing_streamline.hpp"
#include "plume/vertical_terms.hpp"

namespace lantian::plume {

/// Wind [m s-1] of similarity theory above a displaced ground, before it is made to meet the reference wind.
/// @param height_m  at least the displacement height and the roughness length.
[[nodiscard]] inline double road_similarity_wind_m_s(double height_m, double displacement_m,
                                                     const BoundaryLayer& layer) {
  const double z0 = layer.roughness_length_m, length = layer.obukhov_length_m;
  const double z = std::max(height_m - displacement_m, z0);
  double shape = std::log(z / z0);
  if (layer.stable) {
    shape += 17.0 * (std::exp(-0.29 * z0 / length) - std::exp(-0.29 * z / length));
  } else {
    const auto psi = [&](double height) {
      const double x = std::sqrt(std::sqrt(1.0 - 16.0 / length * height)), p = 1.0 + x, q = 1.0 + x * x;
      return std::log(0.125 * p * p * q) - 2.0 * std::atan(x) + 0.5 * std::numbers::pi;
    };
    shape += psi(z0) - psi(z);
  }
  return std::max(layer.friction_velocity_m_s / karman_of_plumes * shape, 0.0);
}

/// The wind of similarity theory as a polygon through its values at a hundred heights, each higher than the
/// one before by the same share, from displacement + roughness to 500 m or the mixing height.
/// @see Snyder et al. (2013), Atmos. Environ. 77, 748-756 (profile); code of AERMOD 24142 (heights).
class RoadWindTable {
 public:
  static constexpr std::size_t count = 100;

  RoadWindTable() = default;
  RoadWindTable(const BoundaryLayer& layer, double displacement_m)
      : lowest_m_(layer.roughness_length_m + displacement_m) {
    const double log_top = std::log(std::max(500.0, layer.mixing_height_m));
    log_step_ = (log_top - std::log(lowest_m_)) / static_cast<double>(count - 1);
    std::array<double, count> height_m{}, wind_m_s{};
    for (std::size_t i = 0; i < count; ++i) {
      height_m[i] = lowest_m_ * std::exp(log_step_ * static_cast<double>(i));
      wind_m_s[i] = road_similarity_wind_m_s(height_m[i], displacement_m, layer);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t from = std::min(i, count - 2);
      slope_[i] = (wind_m_s[from + 1] - wind_m_s[from]) / (height_m[from + 1] - height_m[from]);
      at_zero_m_s_[i] = wind_m_s[from] - slope_[i] * height_m[from];
    }
  }

  template <class V>
  [[nodiscard, gnu::always_inline]] V at(const V& height_m) const {
    const V z = maximum(height_m, constant<V>(lowest_m_));
    const Indices<V> below = steps_up(V(log(V(z * (1.0 / lowest_m_))) * (1.0 / log_step_)));
    return gather(at_zero_m_s_, below) + gather(slope_, below) * z;
  }

 private:
  [[nodiscard]] static std::size_t step(double steps) {
    return static_cast<std::size_t>(std::min(std::max(steps, 0.0), static_cast<double>(count - 1)));
  }
  [[nodiscard, gnu::always_inline]] static Indices<double> steps_up(double steps) { return {step(steps)}; }
  [[nodiscard, gnu::always_inline]] static Indices<Lanes> steps_up(const Lanes& steps) {
    Indices<Lanes> found{};
    for (int lane = 0; lane < lane_count; ++lane)
      found.of[static_cast<std::size_t>(lane)] = step(steps[lane]);
    return found;
  }

  double lowest_m_ = 1.0, log_step_ = 1.0;
  std::array<double, count> at_zero_m_s_{}, slope_{};
};

/// exp of an argument not above 0 as a polygon through a thousand of its values from -20 to 0, and what it is
/// at -20 below: up to 5e-5 above the exponential. @see code of AERMOD 24142.
template <class V>
[[nodiscard, gnu::always_inline]] inline V road_fading(const V& argument) {
  constexpr double lowest = -20.0, step = 20.0 / 999.0;
  const double rise = std::expm1(step);
  const V steps = (maximum(argument, constant<V>(lowest)) - lowest) * (1.0 / step), below = whole_part(steps);
  return exp(V(lowest + below * step)) * (1.0 + rise * (steps - below));
}

/// Air over a road of an hour: similarity theory above a displaced ground.
/// @see Snyder et al. (2013), Atmos. Environ. 77, 748-756; Venkatram et al. (2013), Atmos. Environ. 77,
/// 846-855; here with the coefficients of AERMOD's 2023 release and later (EPA-454/R-23-009).
struct RoadAir {
  BoundaryLayer layer;
  double displacement_m{};  ///< 5 z0
  double sigma_v_m_s{};     ///< at the height of the reference wind
  double least_wind_m_s{};
  double adjustment = 1.0;  ///< makes the profile meet the reference wind
  RoadWindTable profile;
};

/// Wind [m s-1] at a height, before the profile is made to meet the reference wind.
/// @see Bentham & Britter (2003), Atmos. Environ. 37, 2037-2043, for its least value of 4.47 u*.
template <class V>
[[nodiscard, gnu::always_inline]] inline V road_profile_m_s(const V& height_m, const RoadAir& air) {
  return maximum(air.profile.at(height_m), constant<V>(air.least_wind_m_s));
}

template <class V>
[[nodiscard, gnu::always_inline]] inline V road_wind_m_s(const V& height_m, const RoadAir& air) {
  return maximum(V(air.adjustment * road_profile_m_s(height_m, air)), constant<V>(air.least_wind_m_s));
}

/// Air over a road. @param reference_wind_m_s  wind at the reference height.
[[nodiscard]] inline RoadAir road_air(const BoundaryLayer& layer, double sigma_v_m_s,
                                      double reference_height_m, double reference_wind_m_s) {
  RoadAir air;
  air.layer = layer;
  air.displacement_m = 5.0 * layer.roughness_length_m;
  air.sigma_v_m_s = std::max(sigma_v_m_s, least_sigma_v_m_s);
  air.least_wind_m_s =
      std::max({4.47 * layer.friction_velocity_m_s, std::numbers::sqrt2 * air.sigma_v_m_s, least_wind_m_s});
  air.profile = RoadWindTable(layer, air.displacement_m);
  air.adjustment = reference_wind_m_s / road_profile_m_s(reference_height_m, air);
  return air;
}

/// sigma_z [m] of the air at a distance, by the wind.
/// @see Venkatram et al. (2013), eqs. 15 and 19.
template <class V>
struct RoadSpread {
  V straight_m2_s, bend_m_s;  ///< u* times 0.7 x; u* times 1.5 (x/L)^(2/3) in stable, x/|L| in convective air
  bool stable{};

  [[gnu::always_inline]] RoadSpread(const V& x_m, const BoundaryLayer& layer) : stable(layer.stable) {
    const V share = x_m * (1.0 / std::fabs(layer.obukhov_length_m));
    straight_m2_s = 0.70 * layer.friction_velocity_m_s * x_m;
    bend_m_s = layer.friction_velocity_m_s * (stable ? V(1.5 * power(share, 2.0 / 3.0)) : share);
  }
  [[nodiscard, gnu::always_inline]] V at(const V& wind_m_s) const {
    if (stable) return straight_m2_s / (wind_m_s + bend_m_s);
    const V slowness = 1.0 / wind_m_s;
    return slowness * straight_m2_s * (1.0 + slowness * bend_m_s);
  }
};

/// sigma_y [m] by sigma_z. @see Venkatram et al. (2013), eqs. 22-23.
template <class V>
[[nodiscard, gnu::always_inline]] inline V road_sigma_y_m(const V& sigma_z_m, const RoadAir& air) {
  const V base = 1.4 * air.sigma_v_m_s / air.layer.friction_velocity_m_s * sigma_z_m;
  const V share = sigma_z_m / std::fabs(air.layer.obukhov_length_m);
  return air.layer.stable ? V(base * (1.0 + 1.5 * share)) : V(base / sqrt(V(1.0 + 2.5 * share)));
}

inline constexpr double road_nearest_m = 1.0;  ///< nearer parts of a road count as so far away

/// A plume over a road at a distance.
template <class V>
struct RoadPlume {
  V wind_m_s, sigma_z_m, air_sigma_z_m;  ///< the last without the initial spread
};

/// The plume with the wind at its mean height, which depends on its spread, which depends on the wind: until
/// they agree within 1 %.
/// @param first_wind_m_s  at the road's height.
/// @see Venkatram et al. (2013), eq. 12 (mean height).
template <class V>
[[nodiscard, gnu::always_inline]] inline RoadPlume<V> road_plume(const V& x_m, double height_m,
                                                                 double initial_sigma_z_m, const RoadAir& air,
                                                                 const V& first_wind_m_s) {
  constexpr double root_two_over_pi = 0.79788456080286536;
  const auto joined_with_first = [&](const V& sigma) {
    return V(sqrt(V(sigma * sigma + initial_sigma_z_m * initial_sigma_z_m)));
  };
  const RoadSpread<V> spread_of(x_m, air.layer);
  RoadPlume<V> plume;
  plume.wind_m_s = first_wind_m_s;
  plume.air_sigma_z_m = spread_of.at(plume.wind_m_s);
  plume.sigma_z_m = joined_with_first(plume.air_sigma_z_m);
  Claim<V> open = everywhere<V>();
  for (int pass = 1; pass < 20 && any_of(open); ++pass) {
    const V a = height_m / plume.sigma_z_m;
    const V mean = root_two_over_pi * plume.sigma_z_m * road_fading(V(-0.5 * a * a)) +
                   height_m * error_function(V(a * (1.0 / std::numbers::sqrt2)));
    const V wind = road_wind_m_s(maximum(mean, constant<V>(height_m)), air);
    const V spread = spread_of.at(wind), sigma = joined_with_first(spread);
    const V change = sigma < plume.sigma_z_m ? plume.sigma_z_m - sigma : sigma - plume.sigma_z_m;
    const Claim<V> moves = change > 0.01 * plume.sigma_z_m;
    plume.wind_m_s = choose(open, wind, plume.wind_m_s);
    plume.air_sigma_z_m = choose(open, spread, plume.air_sigma_z_m);
    plume.sigma_z_m = choose(open, sigma, plume.sigma_z_m);
    open = both(open, moves);
  }
  return plume;
}
template <class V>
[[nodiscard, gnu::always_inline]] inline RoadPlume<V> road_plume(const V& x_m, double height_m,
                                                                 double initial_sigma_z_m,
                                                                 const RoadAir& air) {
  return road_plume(x_m, height_m, initial_sigma_z_m, air, road_wind_m_s(constant<V>(height_m), air));
}

/// Share of the plume that wanders: no memory of its way is lost over a road's distances.
template <class V>
[[nodiscard, gnu::always_inline]] inline V road_random_share(const V& wind_m_s, const RoadAir& air) {
  return minimum(V(2.0 * air.sigma_v_m_s * air.sigma_v_m_s / (wind_m_s * wind_m_s)), constant<V>(1.0));
}

}  // namespace lantian::plume
