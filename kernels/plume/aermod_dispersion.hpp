#pragma once

#include "plume/boundary_layer.hpp"

namespace lantian::plume {

/// Wind and turbulence that a plume feels on its way, with their floors.
template <class V>
struct EffectiveAir {
  V wind_m_s, sigma_v_m_s, sigma_w_m_s;
};

template <class V>
[[nodiscard, gnu::always_inline]] inline EffectiveAir<V> floored(const V& wind, const V& sigma_v,
                                                                 const V& sigma_w) {
  const V u = maximum(wind, constant<V>(least_wind_m_s));
  return {u, maximum(maximum(sigma_v, constant<V>(least_sigma_v_m_s)), V(least_sigma_v_share * u)),
          maximum(sigma_w, constant<V>(least_sigma_w_m_s))};
}

/// Crosswind spread [m] by the turbulence of the air: s x / (1 + alpha s x / zi)^0.3, s = sigma_v/u.
/// @param depth_m  convective air: the mixing height; otherwise the mechanical one.
/// @see EPA-454/R-03-004, eqs. 75-76 with the constants of the model's code.
template <class V>
[[nodiscard, gnu::always_inline]] inline V ambient_sigma_y_m(const V& x_m, const EffectiveAir<V>& air,
                                                             const V& alpha, double depth_m) {
  const V spread = maximum(V(air.sigma_v_m_s / air.wind_m_s), constant<V>(least_sigma_v_share)) * x_m;
  return spread * power(V(1.0 + alpha * spread * (1.0 / depth_m)), -0.3);
}

/// alpha of a plume in stable air. @see ibid.
template <class V>
[[nodiscard, gnu::always_inline]] inline V stable_alpha(const V& plume_height_m) {
  return 78.0 * 0.46 / maximum(plume_height_m, constant<V>(0.46));
}
/// alpha in convective air, by the height of the stack. @see ibid.
[[nodiscard]] inline double convective_alpha(double release_height_m) {
  return std::max(78.0 * 0.46 / std::max(release_height_m, 0.46), 0.7);
}

/// Vertical spread aloft [m]: sigma_w t / sqrt(1 + sigma_w t (1/(0.72 z) + N/(0.54 sigma_w))).
/// @param frequency_s  N; 0 where stratification does not damp.
/// @see EPA-454/R-03-004, eqs. 78-79; Venkatram et al. (1984).
template <class V>
[[nodiscard, gnu::always_inline]] inline V elevated_sigma_z_m(const V& time_s, const V& sigma_w_m_s,
                                                              const V& height_m, const V& frequency_s) {
  const V spread = sigma_w_m_s * time_s;
  return spread / sqrt(V(1.0 + spread * (1.0 / 0.72) / height_m + time_s * frequency_s * (1.0 / 0.54)));
}

/// Vertical spread near the ground in stable air, times the wind [m2 s-1].
/// @see EPA-454/R-03-004, eq. 80; Venkatram (1992).
template <class V>
[[nodiscard, gnu::always_inline]] inline V surface_growth_m2_s(const V& x_m, const BoundaryLayer& layer) {
  const double root = 0.79788456080286536;  // sqrt(2/pi)
  return root * layer.friction_velocity_m_s * x_m *
         power(V(1.0 + 0.7 / layer.obukhov_length_m * x_m), -1.0 / 3.0);
}

/// The probability density of vertical speeds in convective air: two Gaussians, of updraughts and
/// downdraughts.
template <class V>
struct SkewedSpeeds {
  V up, down;              ///< a1, a2: mean speeds over w*
  V share_up, share_down;  ///< lambda1, lambda2
};

/// @param sigma_w_share  sigma_w over w*.
/// @param third_moment_share  skewed third moment over w*^3: 0.125 aloft.
/// @see EPA-454/R-03-004, eqs. 68-71; Weil et al. (1997).
template <class V>
[[nodiscard, gnu::always_inline]] inline SkewedSpeeds<V> skewed_speeds(const V& sigma_w_share,
                                                                       const V& third_moment_share) {
  constexpr double r2 = 4.0, alpha = (1.0 + r2) / (1.0 + 3.0 * r2), beta = 1.0 + r2;
  const V skewness = third_moment_share / (sigma_w_share * sigma_w_share * sigma_w_share);
  const V lean = 0.5 * alpha * skewness;
  const V root = 0.5 * sqrt(V(alpha * alpha * skewness * skewness + 4.0 / beta));
  const V up = sigma_w_share * (lean + root), down = sigma_w_share * (lean - root);
  const V share = down / (down - up);
  return {up, down, share, 1.0 - share};
}

/// Part of a volume or a hot plume's spread that is its own. @see EPA-454/R-03-004, eq. 77; Pasquill (1976).
template <class V>
[[nodiscard, gnu::always_inline]] inline V own_sigma_m(const V& rise_m) {
  return 0.4 / std::numbers::sqrt2 * rise_m;
}

/// Share of the random (pancake) plume. @param r_m  distance from the source.
/// @see EPA-454/R-03-004, eqs. 61-63 with the present code's mean wind.
template <class V>
[[nodiscard, gnu::always_inline]] inline V random_share(const V& r_m, const V& wind_m_s,
                                                        const V& sigma_v_m_s) {
  constexpr double memory_s = 86400.0;
  const V slowness = 1.0 / wind_m_s, v2 = 2.0 * sigma_v_m_s * sigma_v_m_s;
  const V rest = wind_m_s * wind_m_s - v2;
  const V mean2 = choose(rest >= 0.01, rest, constant<V>(0.01));
  const V kept = fading(V(r_m * slowness * (-1.0 / memory_s)));
  return maximum(minimum(V((v2 + mean2 * (1.0 - kept)) * slowness * slowness), constant<V>(1.0)), V{});
}

}  // namespace lantian::plume
