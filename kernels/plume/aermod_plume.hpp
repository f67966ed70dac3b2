#pragma once

#include "plume/aermod_dispersion.hpp"
#include "plume/aermod_rise.hpp"
#include "plume/dividing_streamline.hpp"
#include "plume/vertical_terms.hpp"

namespace lantian::plume {

/// A point or volume source in the air of an hour.
struct RisingSource {
  Release gas;
  bool rises = false;       ///< a stack; a volume or an area stays where it is
  bool convective = false;  ///< in a convective layer, below its lid
  StableRise stable;
  Penetration through;            ///< convective
  double distance_of_final_m{};   ///< convective
  double distance_of_mixing_m{};  ///< convective: from here the plume's middle is that of the layer
  double turning_rise_m{};        ///< convective: rise up to which the middle follows the plume
  double initial_sigma_y_m{}, initial_sigma_z_m{};
  double
      layer_sigma_z_m{};  ///< the initial sigma_z as the choice of the air between plume and receptor sees it
  double decay_s{};       ///< first-order loss [s-1]
};

/// A plume with one Gaussian in the vertical, in stable air or above a lid.
template <class V>
struct GaussianPlume {
  V wind_m_s, sigma_v_m_s, sigma_y_m, sigma_z_m, height_m, lid_m;
  V sigma_w_m_s, dissipation_m2_s3;  ///< effective ones
  V own_sigma_m;                     ///< part of its spreads that its rise makes
};

/// Where plume and receptor both lie below this, the air up to it counts as a whole.
inline constexpr double lowest_air_m = 5.0;

/// Bottom and top of the air between a plume and a receptor. @see EPA-454/R-03-004, section 5.2.
template <class V>
struct Layer {
  V bottom_m, top_m;
};
template <class V>
[[nodiscard, gnu::always_inline]] inline Layer<V> effective_layer(const V& plume_m, const V& receptor_m,
                                                                  const V& sigma_z_m,
                                                                  double mixing_height_m) {
  constexpr double reach = 2.15;
  const Claim<V> low = both(Claim<V>(plume_m <= lowest_air_m), Claim<V>(receptor_m <= lowest_air_m));
  const Claim<V> above = receptor_m < plume_m;
  const V deep = reach * sigma_z_m;
  const V bottom = choose(above, maximum(V(plume_m - deep), receptor_m), plume_m);
  const V top = choose(above, plume_m, minimum(V(plume_m + deep), receptor_m));
  return {choose(low, V{}, bottom), choose(low, constant<V>(std::min(lowest_air_m, mixing_height_m)), top)};
}

/// Means over a layer; its bottom counts as at least 0.5 m, its top as at least 0.51 m.
template <class V>
class LayerMean {
 public:
  [[gnu::always_inline]] explicit LayerMean(const Layer<V>& layer) {
    const V low = maximum(layer.bottom_m, constant<V>(lowest_m)),
            high = maximum(layer.top_m, constant<V>(0.51));
    top_ = place(high);
    on_ground_ = !any_of(Claim<V>(low > lowest_m));
    if (!on_ground_) bottom_ = place(low);
    const V depth = high - low;
    thin_ = depth <= 1e-6;
    has_thin_ = any_of(thin_);
    depth_m_ = choose(thin_, constant<V>(1.0), depth);
  }
  [[nodiscard, gnu::always_inline]] V of(const ProfileTable& profile) const {
    const V below = on_ground_ ? constant<V>(profile.up_to(place(lowest_m))) : profile.up_to(bottom_);
    const V mean = (profile.up_to(top_) - below) / depth_m_;
    return has_thin_ ? choose(thin_, profile.at(top_), mean) : mean;
  }

 private:
  static constexpr double lowest_m = 0.5;
  Height<V> bottom_{}, top_{};
  V depth_m_{};
  Claim<V> thin_{};
  bool on_ground_{}, has_thin_{};
};

/// What sigma_z of a plume in stable air needs at a distance.
template <class V>
struct StableSpread {
  V x_m, height_m;  ///< height: at least that of the release
  V share;          ///< of the spread aloft; the rest is that of the ground
  V ground_m2_s{};  ///< spread at the ground times the wind
};
/// @param growth  `surface_growth_m2_s(x_m, layer)`, called where it counts.
template <class V, class Growth>
[[nodiscard, gnu::always_inline]] inline StableSpread<V> stable_spread_of(const V& x_m, const V& plume_m,
                                                                          double release_m,
                                                                          const BoundaryLayer& layer,
                                                                          const Growth& growth) {
  StableSpread<V> spread{x_m, maximum(plume_m, constant<V>(std::max(release_m, 1e-4))),
                         minimum(V(plume_m * (1.0 / layer.mixing_height_m)), constant<V>(1.0)), V{}};
  if (layer.stable && any_of(Claim<V>(spread.share < 1.0)))
    spread.ground_m2_s = (1.0 - spread.share) * growth();
  return spread;
}
template <class V>
[[nodiscard, gnu::always_inline]] inline StableSpread<V> stable_spread(const V& x_m, const V& plume_m,
                                                                       double release_m,
                                                                       const BoundaryLayer& layer) {
  return stable_spread_of(x_m, plume_m, release_m, layer, [&] { return surface_growth_m2_s(x_m, layer); });
}

/// sigma_z of the air [m] of a plume in stable air: between that of the ground and that aloft by its height.
/// @see EPA-454/R-03-004, eqs. 77-80.
template <class V>
[[nodiscard, gnu::always_inline]] inline V stable_sigma_z_m(const StableSpread<V>& at, const V& wind_m_s,
                                                            const V& sigma_w_m_s, const V& frequency_s) {
  const V slowness = 1.0 / wind_m_s;
  return at.ground_m2_s * slowness +
         at.share * elevated_sigma_z_m(V(at.x_m * slowness), sigma_w_m_s, at.height_m, frequency_s);
}

template <class V>
[[nodiscard, gnu::always_inline]] inline V joined(const V& a, const V& b, double c) {
  return sqrt(V(a * a + b * b + c * c));
}

/// The plume in stable air at a distance; without its sigma_z where its sigma_y leaves none of the receptors
/// in sight.
/// @see EPA-454/R-03-004, sections 5.2, 5.5.1 and 5.6.2.
template <class V, class InSight>
[[nodiscard, gnu::always_inline]] inline GaussianPlume<V> stable_plume(const V& x_m, const V& receptor_m,
                                                                       const RisingSource& source,
                                                                       const AirColumn& air,
                                                                       const InSight& in_sight) {
  const BoundaryLayer& layer = air.layer;
  const V rise = source.rises ? stable_rise_at_m(x_m, source.gas, source.stable, air) : V{};
  const V plume = source.gas.lowered_height_m + rise, own = own_sigma_m(rise);
  const auto centre = place(plume);
  const V theta = air.theta_k.at(centre);
  const StableSpread<V> spread = stable_spread(x_m, plume, source.gas.height_m, layer);
  const V first_wind = maximum(air.wind_m_s.at(centre), constant<V>(least_wind_m_s));
  const V first_sigma_w = maximum(air.sigma_w_m_s.at(centre), constant<V>(least_sigma_w_m_s));
  const auto guess = [&](const V& frequency) {
    return joined(stable_sigma_z_m(spread, first_wind, first_sigma_w, frequency), own,
                  source.layer_sigma_z_m);
  };
  const V reference = guess(buoyancy_frequency_s(air.gradient_k_m.at(centre), theta));
  const LayerMean<V> mean(
      effective_layer(plume, receptor_m, air.urban ? guess(V{}) : reference, layer.mixing_height_m));
  const EffectiveAir<V> effective =
      floored(mean.of(air.wind_m_s), mean.of(air.sigma_v_m_s), mean.of(air.sigma_w_m_s));
  GaussianPlume<V> found{};
  found.wind_m_s = effective.wind_m_s;
  found.sigma_v_m_s = effective.sigma_v_m_s;
  found.sigma_w_m_s = effective.sigma_w_m_s;
  found.dissipation_m2_s3 = mean.of(air.dissipation_m2_s3);
  found.own_sigma_m = own;
  found.sigma_y_m =
      joined(ambient_sigma_y_m(x_m, effective, stable_alpha(plume), layer.mechanical_mixing_height_m), own,
             source.initial_sigma_y_m);
  if (!in_sight(found.sigma_y_m)) return found;
  const V frequency = air.urban ? V{} : buoyancy_frequency_s(mean.of(air.gradient_k_m), theta);
  found.height_m = plume;
  found.own_sigma_m = own;
  found.lid_m = maximum(V(plume + 2.15 * reference), constant<V>(layer.mixing_height_m));
  found.sigma_z_m = joined(stable_sigma_z_m(spread, effective.wind_m_s, effective.sigma_w_m_s, frequency),
                           own, source.initial_sigma_z_m);
  return found;
}

/// The share that went through the lid of a convective layer, at a distance.
/// @see EPA-454/R-03-004, section 5.5.3.
template <class V>
[[nodiscard, gnu::always_inline]] inline GaussianPlume<V> penetrated_plume(const V& x_m, const V& receptor_m,
                                                                           const RisingSource& source,
                                                                           const AirColumn& air) {
  const BoundaryLayer& layer = air.layer;
  const double height = source.gas.lowered_height_m + source.through.rise_m;
  const double own = 0.4 / std::numbers::sqrt2 * source.through.share * source.through.rise_m;
  const auto centre = place(height);
  const EffectiveAir<double> first =
      floored(air.wind_m_s.at(centre), air.sigma_v_m_s.at(centre), air.sigma_w_m_s.at(centre));
  const V plume = constant<V>(height), first_wind = constant<V>(first.wind_m_s),
          first_sigma_w = constant<V>(first.sigma_w_m_s);
  const double n = buoyancy_frequency_s(air.gradient_k_m.at(centre), air.theta_k.at(centre));
  const StableSpread<V> spread = stable_spread(x_m, plume, source.gas.height_m, layer);
  const V damped = stable_sigma_z_m(spread, first_wind, first_sigma_w, constant<V>(n));
  const V free = elevated_sigma_z_m(V(x_m / first.wind_m_s), first_sigma_w, plume, V{});
  const LayerMean<V> mean(
      effective_layer(plume, receptor_m, joined(free, constant<V>(own), 0.0), layer.mixing_height_m));
  const EffectiveAir<V> effective =
      floored(mean.of(air.wind_m_s), mean.of(air.sigma_v_m_s), mean.of(air.sigma_w_m_s));
  GaussianPlume<V> found{};
  found.wind_m_s = effective.wind_m_s;
  found.sigma_v_m_s = effective.sigma_v_m_s;
  found.sigma_w_m_s = effective.sigma_w_m_s;
  found.dissipation_m2_s3 = mean.of(air.dissipation_m2_s3);
  found.own_sigma_m = constant<V>(own);
  found.height_m = plume;
  found.lid_m =
      maximum(V(plume + 2.15 * joined(damped, constant<V>(own), 0.0)), constant<V>(layer.mixing_height_m));
  found.sigma_y_m =
      joined(ambient_sigma_y_m(x_m, effective, stable_alpha(plume), layer.mechanical_mixing_height_m),
             constant<V>(own), 0.0);
  found.sigma_z_m = joined(elevated_sigma_z_m(V(x_m / effective.wind_m_s), effective.sigma_w_m_s, plume, V{}),
                           constant<V>(own), 0.0);
  return found;
}

/// The plume in a convective layer: direct, and indirect held back below the lid.
template <class V>
struct ConvectiveState {
  V wind_m_s, sigma_v_m_s, sigma_y_m;
  ConvectivePlume<V> direct;
  V delay_m;                         ///< the indirect plume is so much lower
  V middle_m, own_sigma_m;           ///< of the direct plume; its spread by its own motion
  V sigma_w_m_s, dissipation_m2_s3;  ///< effective ones
};

/// Middle of a convective plume [m]. @see EPA-454/R-03-004, section 5.2.
template <class V>
[[nodiscard, gnu::always_inline]] inline V convective_middle_m(const V& x_m, const V& rise_m,
                                                               const RisingSource& source, double lid_m) {
  const double base = source.gas.lowered_height_m, first = source.distance_of_final_m,
               last = source.distance_of_mixing_m;
  const V rising = minimum(V(base + rise_m), constant<V>(lid_m));
  const double turning = std::min(base + source.turning_rise_m, lid_m), half = 0.5 * lid_m;
  const V between = turning + (half - turning) / (last - first) * (x_m - first);
  return choose(x_m < first, rising, choose(x_m >= last, constant<V>(half), between));
}

/// The plume in a convective layer at a distance; without its vertical shape where its sigma_y leaves none of
/// the receptors in sight.
/// @param first_sigma_w_m_s  with which the depth is guessed over which the air counts.
/// @see EPA-454/R-03-004, sections 5.2, 5.5.1 and 5.6.1; Weil et al. (1997).
template <class V, class InSight>
[[nodiscard, gnu::always_inline]] inline ConvectiveState<V> convective_plume(
    const V& x_m, const V& receptor_m, const RisingSource& source, const AirColumn& air,
    const InSight& in_sight, const V& first_sigma_w_m_s) {
  const BoundaryLayer& layer = air.layer;
  const Release& gas = source.gas;
  const double lid = layer.mixing_height_m, wstar = layer.convective_velocity_m_s;
  const V rise = source.rises
                     ? entraining_rise_m(x_m, gas.buoyancy_flux_m4_s3, gas.momentum_flux_m4_s2, gas.wind_m_s)
                     : V{};
  const V delay = source.rises ? indirect_delay_m(x_m, gas.buoyancy_flux_m4_s3, gas.wind_m_s,
                                                  lid - gas.lowered_height_m, lid, wstar)
                               : V{};
  const V middle = convective_middle_m(x_m, rise, source, lid), own = own_sigma_m(rise);
  const Claim<V> low = middle < 0.1 * lid;
  const V moment = choose(low, V(1.25 / lid * middle), constant<V>(0.125));
  const V growth = choose(low, V(0.6 + 4.0 / lid * middle), constant<V>(1.0));
  const double ustar_share =
      0.5 * layer.friction_velocity_m_s * layer.friction_velocity_m_s / std::fabs(layer.obukhov_length_m);
  const V near_ground = choose(low, V((1.0 - 10.0 / lid * middle) * ustar_share), V{});
  const V own2 = own * own;
  const auto spread = [&](const V& speed, const V& time_s, double initial_m) {
    const V aloft = 2.0 * wstar * growth * speed * time_s, surface = near_ground * time_s * time_s;
    return sqrt(V(aloft * aloft + surface * surface + (own2 + initial_m * initial_m)));
  };
  const auto centre = place(middle);
  const V first_time = x_m / maximum(air.wind_m_s.at(centre), constant<V>(least_wind_m_s));
  const SkewedSpeeds<V> guess = skewed_speeds(V(first_sigma_w_m_s / wstar), moment);
  const double layer_m = source.layer_sigma_z_m, initial_m = source.initial_sigma_z_m;
  const V sigma = 0.5 * (spread(guess.up, first_time, layer_m) + spread(guess.down, first_time, layer_m));
  Layer<V> reach = effective_layer(middle, receptor_m, sigma, lid);
  reach.top_m = minimum(reach.top_m, constant<V>(lid));
  const Claim<V> outside = reach.top_m <= reach.bottom_m;
  reach = {choose(outside, constant<V>(lid), reach.bottom_m), choose(outside, constant<V>(lid), reach.top_m)};
  const LayerMean<V> mean(reach);
  // Of a plume that goes wholly through the lid the chemistry takes the air at the stack's top, as AERMOD.
  const EffectiveAir<V> effective =
      source.through.share < 1.0
          ? floored(mean.of(air.wind_m_s), mean.of(air.sigma_v_m_s), mean.of(air.sigma_w_m_s))
          : EffectiveAir<V>{constant<V>(gas.wind_m_s), constant<V>(gas.sigma_v_m_s),
                            constant<V>(gas.sigma_w_m_s)};
  ConvectiveState<V> found{};
  found.wind_m_s = effective.wind_m_s;
  found.sigma_v_m_s = effective.sigma_v_m_s;
  found.sigma_w_m_s = effective.sigma_w_m_s;
  found.dissipation_m2_s3 = mean.of(air.dissipation_m2_s3);
  found.middle_m = middle;
  found.own_sigma_m = own;
  found.sigma_y_m =
      joined(ambient_sigma_y_m(x_m, effective, constant<V>(convective_alpha(gas.height_m)), lid), own,
             source.initial_sigma_y_m);
  if (!in_sight(found.sigma_y_m)) return found;
  const SkewedSpeeds<V> speeds = skewed_speeds(V(effective.sigma_w_m_s / wstar), moment);
  const V time = x_m / effective.wind_m_s, drift = wstar * time, base = gas.lowered_height_m + rise;
  found.direct = {base + speeds.up * drift,
                  base + speeds.down * drift,
                  spread(speeds.up, time, initial_m),
                  spread(speeds.down, time, initial_m),
                  speeds.share_up,
                  speeds.share_down};
  found.delay_m = delay;
  return found;
}

/// The same, its depth guessed by the air at the stack's top.
template <class V, class InSight>
[[nodiscard, gnu::always_inline]] inline ConvectiveState<V> convective_plume(const V& x_m,
                                                                             const V& receptor_m,
                                                                             const RisingSource& source,
                                                                             const AirColumn& air,
                                                                             const InSight& in_sight) {
  return convective_plume(x_m, receptor_m, source, air, in_sight, constant<V>(source.gas.sigma_w_m_s));
}

}  // namespace lantian::plume
