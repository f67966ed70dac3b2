#pragma once

#include "plume/prime_concentration.hpp"

namespace lantian::plume {

/// One of the plumes of a wake at receptors.
template <class V>
struct WakePlume {
  V across_m{};  ///< density across [m-1], times the plume's share of the emission; 0 where it does not come
  V height_m{}, sigma_z_m{};  ///< of its middle before anything has fallen; vertical spread
  SeenReceptor<V> at{};
};

/// The plume that passes the cavity, what comes out of the cavity, and what is in it.
template <class V>
struct WakePlumes {
  WakePlume<V> passing, outside, inside;
};

/// @param y_m  across the wind from the stack
/// @see `arrival_in_wake`, whose density they have together.
template <class V>
[[nodiscard, gnu::always_inline]] inline WakePlumes<V> wake_plumes(const WakeSight<V>& sight, const V& y_m,
                                                                   const SeenReceptor<V>& at,
                                                                   const Downwash& plume,
                                                                   const AirColumn& air) {
  const V least = constant<V>(1e-6);
  const auto made = [&](const V& share, const V& across_m, const Spread<V>& spread, const V& height_m,
                        const SeenReceptor<V>& seen) {
    const V scale = 1.0 / maximum(spread.sigma_y_m, least);
    return WakePlume<V>{share * (inverse_root_two_pi * scale * bell(V(across_m * scale))), height_m,
                        maximum(spread.sigma_z_m, least), seen};
  };
  const CavitySource& cavity = plume.cavity;
  const double caught = cavity.share;
  WakePlumes<V> found;
  if (caught < 1.0 && any_of(sight.passed)) {
    const V& h = sight.height_m;
    const Spread<V> spread = spread_through_wake(sight.place.along_m, h, V(h - plume.stack_height_m),
                                                 plume.spread, plume.about, air);
    found.passing = made(choose(sight.passed, constant<V>(1.0 - caught), V{}), y_m, spread, h, at);
  }
  if (caught > 0.0 && any_of(sight.place.zone.wake)) {
    const CavityShares<V> shares = cavity_shares(sight.place, at, plume);
    const auto in_wake = [&](const V& share) {
      return V(choose(sight.place.zone.wake, V(caught * share), V{}));
    };
    if (any_of(Claim<V>(shares.inside > 0.0))) {
      const Spread<V> still{constant<V>(cavity.sigma_z_m), constant<V>(cavity.sigma_y_m)};
      found.inside = made(in_wake(shares.inside), shares.across_m, still, V{}, shares.seen);
    }
    if (any_of(Claim<V>(shares.outside > 0.0))) {
      const Spread<V> grown = spread_from_wake(sight.place.along_m, V{}, cavity.spread, plume.about, air);
      found.outside = made(in_wake(shares.outside), shares.across_m, grown, V{}, shares.seen);
    }
  }
  return found;
}

/// Vertical density [m-1] of a wake's plume whose middle has fallen to a height, half level, half following
/// the ground.
/// @see EPA-454/R-03-004, section 5.5.3.
template <class V>
[[nodiscard, gnu::always_inline]] inline V settled_density_m(const WakePlume<V>& plume,
                                                             const SeenReceptor<V>& at, const V& height_m,
                                                             const BoundaryLayer& layer) {
  return over_terrain_m(at, constant<V>(0.5),
                        [&](const V& z) { return wake_density_m(z, height_m, plume.sigma_z_m, layer); });
}

/// The air from which deposition takes in a wake, `lift_m` above what the plume counts as ground.
template <class V>
[[nodiscard, gnu::always_inline]] inline SeenReceptor<V> at_wake_reference(const SeenReceptor<V>& at,
                                                                           double lift_m) {
  SeenReceptor<V> low = at;
  low.height_m = at.height_m - at.flagpole_m + lift_m;
  low.flagpole_m = constant<V>(lift_m);
  return low;
}

/// The plume that passes the cavity, on its way: its middle before anything has fallen, its spread.
template <class V>
struct WakeMiddle {
  V height_m, sigma_z_m;
};
template <class V>
[[nodiscard, gnu::always_inline]] inline WakeMiddle<V> wake_middle(const V& x_m, const Downwash& plume,
                                                                   const AirColumn& air) {
  const V height = plume.course.height_m(x_m);
  const Spread<V> spread =
      spread_through_wake(x_m, height, V(height - plume.stack_height_m), plume.spread, plume.about, air);
  return {height, maximum(spread.sigma_z_m, constant<V>(1e-6))};
}

/// Density over the wind [s m-2] from which deposition takes on the way to a receptor, for one unit across:
/// at the receptor's own height above the source, and above the ground; with the mean wind about the wake.
/// Nothing where the plume's middle is above a convective layer.
/// @param height_m  of the middle, after its fall
/// @see code of the model (PRM_F2INT).
template <class V>
[[nodiscard, gnu::always_inline]] inline V density_on_way_in_wake_s_m2(const V& height_m, const V& sigma_z_m,
                                                                       const V& receptor_m, double lift_m,
                                                                       const Downwash& plume,
                                                                       const BoundaryLayer& layer) {
  SeenReceptor<V> seen{};
  seen.height_m = receptor_m + lift_m;
  seen.flagpole_m = constant<V>(lift_m);
  const V density = over_terrain_m(seen, constant<V>(0.5),
                                   [&](const V& z) { return wake_density_m(z, height_m, sigma_z_m, layer); });
  const V taken = density * (1.0 / plume.about.mean.wind_m_s);
  return layer.stable ? taken : choose(height_m <= layer.mixing_height_m, taken, V{});
}

/// Height [m] to which the middle of a wake's plume has fallen.
/// @param fall_m  below 0 before the stack, as in the model's code
template <class V>
[[nodiscard, gnu::always_inline]] inline V fallen_height_m(const V& height_m, const V& fall_m) {
  return maximum(V(height_m - fall_m), V{});
}

}  // namespace lantian::plume
