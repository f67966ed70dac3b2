#pragma once

#include "plume/falling_plume.hpp"

namespace lantian::plume {

/// The parts of a plume at a distance: one with a single Gaussian in the vertical (stable air, or above the
/// lid) and the one in a convective layer.
template <class V>
struct PlumeParts {
  double gaussian_share{}, convective_share{};
  GaussianPlume<V> gaussian;
  ConvectiveState<V> convective;
  V gaussian_across_m{}, convective_across_m{};  ///< density across [m-1]
  V decay_wind_m_s{};                            ///< with which all of it decays
  V random_share{};
  V surface_growth_m2_s{};  ///< in stable air
  V fallen_m{};
};

/// @param across  across(sigma_y): density across [m-1].
/// @see `arrival`.
template <class V, class Across>
[[nodiscard, gnu::always_inline]] inline PlumeParts<V> plume_parts(const V& x_m, const V& receptor_m,
                                                                   const RisingSource& source,
                                                                   const AirColumn& air,
                                                                   const Across& across) {
  PlumeParts<V> parts{};
  V lateral{};
  const auto in_sight = [&](const V& sigma_y_m) {
    lateral = across(sigma_y_m);
    return any_of(Claim<V>(lateral > 0.0));
  };
  parts.gaussian_share = source.convective ? source.through.share : 1.0;
  parts.convective_share = 1.0 - parts.gaussian_share;
  parts.decay_wind_m_s = constant<V>(source.gas.wind_m_s);
  if (parts.convective_share > 0.0) {
    parts.convective = convective_plume(x_m, receptor_m, source, air, in_sight);
    parts.convective_across_m = lateral;
    parts.decay_wind_m_s = parts.convective.wind_m_s;
    parts.random_share +=
        parts.convective_share * random_share(x_m, parts.convective.wind_m_s, parts.convective.sigma_v_m_s);
  }
  if (parts.gaussian_share > 0.0) {
    if (air.layer.stable) parts.surface_growth_m2_s = surface_growth_m2_s(x_m, air.layer);
    if (source.convective) {
      parts.gaussian = penetrated_plume(x_m, receptor_m, source, air);
      static_cast<void>(in_sight(parts.gaussian.sigma_y_m));
    } else {
      parts.gaussian = stable_plume(x_m, receptor_m, source, air, in_sight);
      parts.decay_wind_m_s = parts.gaussian.wind_m_s;
    }
    parts.gaussian_across_m = lateral;
    parts.random_share +=
        parts.gaussian_share * random_share(x_m, parts.gaussian.wind_m_s, parts.gaussian.sigma_v_m_s);
  }
  return parts;
}

/// Height from which a plume is reflected whose middle has fallen to a height [m].
/// @see EPA-454/R-03-004, eq. 67, with the air at that height.
template <class V>
[[nodiscard, gnu::always_inline]] inline V fallen_lid_m(const V& x_m, const V& height_m,
                                                        const PlumeParts<V>& parts,
                                                        const RisingSource& source, const AirColumn& air) {
  const auto middle = place(height_m);
  const V wind = maximum(air.wind_m_s.at(middle), constant<V>(least_wind_m_s));
  const V sigma_w = maximum(air.sigma_w_m_s.at(middle), constant<V>(least_sigma_w_m_s));
  const V frequency = buoyancy_frequency_s(air.gradient_k_m.at(middle), air.theta_k.at(middle));
  const StableSpread<V> spread = stable_spread_of(x_m, height_m, source.gas.height_m, air.layer,
                                                  [&] { return parts.surface_growth_m2_s; });
  const V sigma = joined(stable_sigma_z_m(spread, wind, sigma_w, frequency), parts.gaussian.own_sigma_m,
                         source.initial_sigma_z_m);
  return maximum(V(height_m + 2.15 * sigma), constant<V>(air.layer.mixing_height_m));
}

/// Lets `low`, a copy of `parts`, fall with particles of `settling_m_s`: lower by x/u of it, u the wind at
/// the stack's top.
/// @see EPA (2004), AERMOD Deposition Algorithms, Science Document.
template <class V>
[[gnu::always_inline]] inline void let_fall(PlumeParts<V>& low, const PlumeParts<V>& parts, const V& x_m,
                                            double settling_m_s, const RisingSource& source,
                                            const AirColumn& air) {
  if (settling_m_s <= 0.0 && !any_of(Claim<V>(low.fallen_m > 0.0))) return;
  low.fallen_m = settling_m_s / source.gas.wind_m_s * x_m;
  if (parts.gaussian_share > 0.0) {
    low.gaussian.height_m = maximum(V(parts.gaussian.height_m - low.fallen_m), V{});
    low.gaussian.lid_m = fallen_lid_m(x_m, low.gaussian.height_m, parts, source, air);
  }
  low.convective.direct.height_up_m = parts.convective.direct.height_up_m - low.fallen_m;
  low.convective.direct.height_down_m = parts.convective.direct.height_down_m - low.fallen_m;
}

/// Weight of the Gaussian part that keeps its level. @see `level_weight`.
template <class V>
[[nodiscard, gnu::always_inline]] inline V gaussian_weight(const PlumeParts<V>& parts,
                                                           const SeenReceptor<V>& at,
                                                           const RisingSource& source, const AirColumn& air,
                                                           DividingStreamline<V>& streamline) {
  return level_weight(source.convective ? V{} : blocked_share(at, parts.gaussian, air, streamline));
}

/// Vertical density [m-1] of the convective part.
/// @param series  that of the receptor and the part that has not fallen, which saves work where several parts
/// fall; none: nullptr.
template <class V>
[[nodiscard, gnu::always_inline]] inline V fallen_convective_m(const SeenReceptor<V>& at,
                                                               const PlumeParts<V>& parts,
                                                               const FallSeries<V>* series, double lid_m) {
  if (series == nullptr) return convective_over_terrain_m(at, parts.convective, lid_m);
  const V brief = series->at(parts.fallen_m);
  const Claim<V> deep = parts.fallen_m > series->deepest_m;
  if (!any_of(deep)) return brief;
  return choose(deep, convective_over_terrain_m(at, parts.convective, lid_m), brief);
}

/// What the parts bring to a receptor [s m-3].
/// @param weight  `gaussian_weight`.
/// @param series  @see `fallen_convective_m`.
// NOLINTBEGIN(readability-function-size): parts, the receptor they meet, and what lies between
template <class V>
[[nodiscard, gnu::always_inline]] inline V share_of_parts_s_m3(const PlumeParts<V>& parts, const V& x_m,
                                                               const SeenReceptor<V>& at, const V& weight,
                                                               double decay_s, const AirColumn& air,
                                                               const FallSeries<V>* series) {
  const double lid = air.layer.mixing_height_m;
  V sum{};
  const auto add = [&](double share, const V& across, const V& wind, const auto& density) {
    if (share <= 0.0 || !any_of(Claim<V>(across > 0.0))) return;
    const V brought = share * across * density() / wind;
    sum += decay_s > 0.0 ? V(brought * kept_share(x_m, parts.decay_wind_m_s, decay_s)) : brought;
  };
  add(parts.convective_share, parts.convective_across_m, parts.convective.wind_m_s,
      [&] { return fallen_convective_m(at, parts, series, lid); });
  add(parts.gaussian_share, parts.gaussian_across_m, parts.gaussian.wind_m_s, [&] {
    return over_terrain_m(at, weight, [&](const V& z) { return density_at_m(z, parts.gaussian, lid); });
  });
  return sum;
}
// NOLINTEND(readability-function-size)

/// What of the parts lies over a receptor from the ground up [s m-2].
template <class V>
[[nodiscard, gnu::always_inline]] inline V column_of_parts_s_m2(const PlumeParts<V>& parts) {
  V sum{};
  if (parts.convective_share > 0.0)
    sum += parts.convective_share * parts.convective_across_m / parts.convective.wind_m_s;
  if (parts.gaussian_share > 0.0)
    sum += parts.gaussian_share * parts.gaussian_across_m / parts.gaussian.wind_m_s;
  return sum;
}

/// The air at the ground from which deposition takes: as a receptor `lift_m` above the ground sees the plume.
template <class V>
[[nodiscard, gnu::always_inline]] inline SeenReceptor<V> at_reference(const SeenReceptor<V>& at,
                                                                      double lift_m) {
  SeenReceptor<V> low = at;
  low.height_m = at.ground_m + lift_m;
  low.flagpole_m = constant<V>(lift_m);
  return low;
}

/// A receptor as the integral of depletion sees it on the way to it, `share_of_way` of it gone: in the air of
/// the receptor, with the ground and the hill between those of the source and the receptor. The hill begins
/// at the height of the stack above sea level 0, as in the reference's code.
template <class V>
[[nodiscard, gnu::always_inline]] inline SeenReceptor<V> on_the_way(const SeenReceptor<V>& at, double lift_m,
                                                                    const V& share_of_way, double base_m,
                                                                    double stack_m) {
  SeenReceptor<V> between{at.height_m + lift_m, constant<V>(lift_m), V{}, at.ground_m * share_of_way};
  between.hill_m = stack_m + (at.hill_m + base_m - stack_m) * share_of_way - base_m;
  return between;
}

/// Gauss's rule with two points from 1 m to a distance, by which dry depletion is integrated along the way.
/// @see Horst (1977), Atmos. Environ. 11, 41-46; two points: AERMOD's code.
template <class V>
struct TwoPoints {
  V near_m, far_m;
  V half_length_m;  ///< weight of each

  [[gnu::always_inline]] explicit TwoPoints(const V& to_m) {
    constexpr double half_root = 0.2886751345948129;  // 1/(2 sqrt(3))
    const V middle = 0.5 * (to_m + 1.0), length = to_m - 1.0;
    near_m = middle - half_root * length;
    far_m = middle + half_root * length;
    half_length_m = 0.5 * length;
  }
};

/// Integral from 1 m to a distance by Romberg's rule, to 5 %, for each receptor by itself.
/// Halves at least twice, at most eleven times, and not below 1 m. @see ibid.: ROMBERG.
template <class V, class Density>
[[nodiscard, gnu::always_inline]] inline V romberg_integral(const V& to_m, const Density& density) {
  constexpr int most = 12;
  constexpr double tolerance = 0.05, least_mean = 1e-10, least_step_m = 1.0;
  const V length = to_m - 1.0;
  std::array<V, most> means{};
  means[0] = 0.5 * (density(constant<V>(1.0)) + density(to_m));
  V result{};
  Claim<V> open = means[0] > 0.0;
  double step = 1.0;
  for (int level = 1; level < most && any_of(open); ++level) {
    const V before = means[0];
    const double whole = step;
    step *= 0.5;
    V sum{};
    for (int n = 0; n < (1 << (level - 1)); ++n) sum += density(V(1.0 + (step + n * whole) * length));
    const auto at = static_cast<std::size_t>(level);
    means[at] = 0.5 * means[at - 1] + step * sum;
    double power_of_4 = 1.0;
    for (std::size_t i = at; i-- > 0;) {
      power_of_4 *= 4.0;
      means[i] = means[i + 1] + (means[i + 1] - means[i]) / (power_of_4 - 1.0);
    }
    result = choose(open, V(length * means[0]), result);
    if (level < 2) continue;
    const V error = means[0] > before ? V(means[0] - before) : V(before - means[0]);
    const V size = means[0] > 0.0 ? means[0] : V(-means[0]);
    open = both(open, both(Claim<V>(means[0] >= least_mean), both(Claim<V>(error > tolerance * size),
                                                                  Claim<V>(step * length >= least_step_m))));
  }
  return result;
}

}  // namespace lantian::plume
