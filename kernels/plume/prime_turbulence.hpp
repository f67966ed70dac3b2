#pragma once

#include "plume/aermod_plume.hpp"
#include "plume/prime_geometry.hpp"

namespace lantian::plume {

/// The air about a wake: means over the depth that the wake reaches 15 R behind the upwind face.
struct WakeAir {
  EffectiveAir<double> mean{};
  double gradient_k_m{};

  [[nodiscard]] double vertical_intensity() const { return mean.sigma_w_m_s / mean.wind_m_s; }
  [[nodiscard]] double lateral_intensity() const { return mean.sigma_v_m_s / mean.wind_m_s; }
};

inline constexpr double longest_wake = 15.0;  ///< in R

/// @see EPA-454/R-03-004, section 5.5.3, and the model's code.
[[nodiscard]] inline WakeAir air_about_wake(const BuildingWake& wake, const AirColumn& air) {
  double top_m = wake_height_m(longest_wake * wake.scale_m, wake);
  if (!air.layer.stable) top_m = std::min(top_m, air.layer.mixing_height_m);
  const LayerMean<double> mean(Layer<double>{0.0, top_m});
  return {floored(mean.of(air.wind_m_s), mean.of(air.sigma_v_m_s), mean.of(air.sigma_w_m_s)),
          mean.of(air.gradient_k_m)};
}

/// sigma_y [m] of a plume at a height, as the air outside the wake spreads it.
/// @see EPA-454/R-03-004, section 5.5.1; in convective air by the plume's height (code of the model).
template <class V>
[[nodiscard, gnu::always_inline]] inline V outside_sigma_y_m(const V& x_m, const V& plume_m,
                                                             const WakeAir& about, const AirColumn& air) {
  const EffectiveAir<V> mean{constant<V>(about.mean.wind_m_s), constant<V>(about.mean.sigma_v_m_s),
                             constant<V>(about.mean.sigma_w_m_s)};
  const V alpha = stable_alpha(plume_m);
  return air.layer.stable
             ? ambient_sigma_y_m(x_m, mean, alpha, air.layer.mechanical_mixing_height_m)
             : ambient_sigma_y_m(x_m, mean, maximum(alpha, constant<V>(0.7)), air.layer.mixing_height_m);
}

/// sigma_z [m] of the same. @see ibid., section 5.5.1; convective: without the plume's skewed speeds.
template <class V>
[[nodiscard, gnu::always_inline]] inline V outside_sigma_z_m(const V& x_m, const V& plume_m,
                                                             const WakeAir& about, const AirColumn& air) {
  const BoundaryLayer& layer = air.layer;
  const double u = about.mean.wind_m_s, sigma_w = about.mean.sigma_w_m_s;
  if (layer.stable) {
    const V frequency =
        air.urban ? V{}
                  : buoyancy_frequency_s(constant<V>(about.gradient_k_m), air.theta_k.at(place(plume_m)));
    return stable_sigma_z_m(stable_spread(x_m, plume_m, 0.0, layer), constant<V>(u), constant<V>(sigma_w),
                            frequency);
  }
  const double depth = layer.mixing_height_m, slow = layer.friction_velocity_m_s / u;
  const V low = maximum(V(1.0 - 10.0 / depth * plume_m), V{});  // 0 from a tenth of the layer on
  const V aloft = (1.0 - 0.4 * low) * (sigma_w / u) * x_m;
  const V ground = low * (0.5 * slow * slow / std::fabs(layer.obukhov_length_m)) * x_m * x_m;
  return sqrt(V(aloft * aloft + ground * ground));
}

/// How turbulence of one direction fades along a wake: intensities of the air, and of the wake far on.
struct WakeTurbulence {
  double outside{}, far{};

  /// @param least  of the wake far on, where the air does not have less.
  [[nodiscard]] static WakeTurbulence of(double outside, double least) {
    return {outside, std::min(least, outside)};
  }
};

inline constexpr double wake_deficit = 0.7;  ///< of the wind, at the lee face
inline constexpr double added_vertical = 1.7 * 0.06,
                        added_lateral = 1.7 * 0.08;  ///< intensities at the lee face

/// The two directions of a wake.
struct WakeTurbulences {
  WakeTurbulence z, y;
};
[[nodiscard]] inline WakeTurbulences wake_turbulences(const WakeAir& about) {
  return {WakeTurbulence::of(about.vertical_intensity(), 0.06),
          WakeTurbulence::of(about.lateral_intensity(), 0.08)};
}

/// Distance from the upwind face where the turbulence of a wake has come down to that of the air [m].
/// @see Schulman, Strimaitis & Scire (2000); Weil (1996).
[[nodiscard]] inline double wake_turbulence_end_m(const WakeTurbulence& t, double added,
                                                  const BuildingWake& wake) {
  const double end = std::max(t.outside, 1.3 * t.far);
  const double root = wake_deficit + (added - t.far * (1.0 - wake_deficit)) / (end - t.far);
  return wake.length_m - wake.scale_m + wake.scale_m * root * std::sqrt(root);
}

/// Intensities of turbulence in a wake.
struct WakeIntensities {
  double z{}, y{};
};
/// At x > 0 behind the upwind face; over the building from that of the air to that at its lee.
/// @see ibid.
[[nodiscard]] inline WakeIntensities wake_intensities(double x_m, const WakeTurbulences& t,
                                                      const BuildingWake& wake) {
  const double root = std::cbrt(std::max(0.0, x_m - wake.length_m) / wake.scale_m + 1.0);
  const double fade = 1.0 / (root * root - wake_deficit);
  const double share = std::min(x_m / wake.length_m, 1.0);
  const auto of = [&](const WakeTurbulence& one, double added) {
    const double behind = one.far + (added - one.far * (1.0 - wake_deficit)) * fade;
    return one.outside + share * (behind - one.outside);
  };
  return {of(t.z, added_vertical), of(t.y, added_lateral)};
}

}  // namespace lantian::plume
