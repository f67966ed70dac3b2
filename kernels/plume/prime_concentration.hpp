#pragma once

#include "plume/aermod_concentration.hpp"
#include "plume/prime_cavity.hpp"
#include "plume/prime_rise.hpp"

#include <limits>

namespace lantian::plume {

/// Receptors nearer to a stack than this get nothing [m].
inline constexpr double nearest_to_stack_m = 0.99;

/// A stack's plume in the wake of a building in the air of an hour.
struct Downwash {
  BuildingWake wake;
  WakeAir about;
  PlumeCourse course;
  WakeSpread spread;
  CavitySource cavity;
  double stack_height_m{}, wind_m_s{};  ///< wind at the stack's top
  double decay_s{};                     ///< first-order loss [s-1]
  double wake_length_m{};               ///< up to which the wake's plume counts in full
};

/// @param wind_m_s  at the stack's top
/// @return the plume in the wake; `course.enters_wake` tells whether it comes into it at all.
/// @see Schulman, Strimaitis & Scire (2000); EPA-454/R-03-004, section 5.5.3.
[[nodiscard]] inline Downwash downwash(const StackGas& gas, const BuildingWake& wake, double wind_m_s,
                                       double decay_s, const AirColumn& air) {
  Downwash found;
  found.wake = wake;
  found.about = air_about_wake(wake, air);
  found.stack_height_m = gas.height_m;
  found.wind_m_s = wind_m_s;
  found.decay_s = decay_s;
  const WakeCourse through(found.wake, found.about, air);
  found.wake_length_m = std::max({longest_wake * wake.scale_m,
                                  wake_turbulence_end_m(through.turbulence.z, added_vertical, wake),
                                  wake_turbulence_end_m(through.turbulence.y, added_lateral, wake)});
  found.course = RiseInWake(gas, through).course();
  if (!found.course.is_sound) {
    // No number at any receptor behind the building, for the run to stop at.
    found.course.enters_wake = true;
    found.wind_m_s = std::numeric_limits<double>::quiet_NaN();
    return found;
  }
  if (!found.course.enters_wake) return found;
  const PlumeCourse& course = found.course;
  const auto height = [&](double x) { return course.height_m(x); };
  const double caught = caught_share(course.entry, course.first_spread, through, height);
  const double cavity_sigma_z = cavity_sigma_z_m(air.wind_m_s.at_height(wake.height_m), wind_m_s, wake);
  const SpreadOfBoth spread = spread_with_cavity(course.entry, course.steps, through, cavity_sigma_z, height);
  found.spread = spread.plume;
  found.cavity = spread.cavity;
  found.cavity.share = caught;
  found.cavity.middle_m = cavity_middle_m(found.cavity.sigma_y_m, wake);
  return found;
}

/// Weight of the wake's plume against the plain one: 1 in the wake, fading beyond its length, width and
/// height; 0 before the building. Places from the middle of the upwind face.
/// @see EPA-454/R-03-004, section 5.5.3.
template <class V>
[[nodiscard, gnu::always_inline]] inline V wake_weight(const V& x_m, const V& y_m, const V& z_m,
                                                       const Downwash& plume) {
  const Claim<V> behind = x_m > 0.0;
  const V x = maximum(x_m, V{}), aside = magnitude(y_m);
  const V length = constant<V>(plume.wake_length_m), width = wake_half_width_m(x, plume.wake),
          height = wake_height_m(x, plume.wake);
  const Claim<V> inside =
      both(both(behind, Claim<V>(x <= length)), both(Claim<V>(aside <= width), Claim<V>(z_m <= height)));
  if (!any_of(opposite(inside))) return constant<V>(1.0);
  const auto beyond = [](const V& at, const V& end) { return V(maximum(V(at - end), V{}) / end); };
  const V far = bell(beyond(x, length)) * bell(beyond(aside, width)) * bell(beyond(z_m, height));
  return choose(behind, far, V{});
}

/// Vertical density [m-1] in a wake: no lid in stable air, in convective air one at the mixing height, above
/// which is nothing.
template <class V>
[[nodiscard, gnu::always_inline]] inline V wake_density_m(const V& z_m, const V& plume_m, const V& sigma_m,
                                                          const BoundaryLayer& layer) {
  const V below = minimum(z_m, V{}), h = plume_m - below;
  if (layer.stable) {
    const V scale = 1.0 / sigma_m;
    return inverse_root_two_pi * scale * (bell(V((z_m - h) * scale)) + bell(V((z_m + h) * scale)));
  }
  const double lid = layer.mixing_height_m;
  return choose(z_m <= lid, lidded_density_m(z_m, h, V(lid - below), sigma_m), V{});
}

/// A plume of the wake at receptors: density across and vertically [m-2], half of it level, half following
/// the ground.
/// @see EPA-454/R-03-004, section 5.5.3.
template <class V>
[[nodiscard, gnu::always_inline]] inline V density_in_wake_m2(const V& y_m, const SeenReceptor<V>& at,
                                                              const V& plume_m, const Spread<V>& spread,
                                                              const BoundaryLayer& layer) {
  const V sigma_y = maximum(spread.sigma_y_m, constant<V>(1e-6)),
          sigma_z = maximum(spread.sigma_z_m, constant<V>(1e-6));
  const V scale = 1.0 / sigma_y, across = inverse_root_two_pi * scale * bell(V(y_m * scale));
  if (!any_of(Claim<V>(across > 0.0))) return V{};
  return across * over_terrain_m(at, constant<V>(0.5),
                                 [&](const V& z) { return wake_density_m(z, plume_m, sigma_z, layer); });
}

/// Where receptors are: along the wind from the stack, behind and beside the middle of the upwind face.
template <class V>
struct WakePlace {
  V along_m, behind_m, beside_m;
  WakeZone<V> zone;
};

/// What of the cavity's plume counts at receptors: as it leaves the cavity, from its end on, and as it stands
/// in it, over the building less of it towards the upwind face.
/// @see Schulman, Strimaitis & Scire (2000).
template <class V>
struct CavityShares {
  V outside, inside;
  V across_m;            ///< from its middle
  SeenReceptor<V> seen;  ///< flagpoles count from the cavity's top
};
template <class V>
[[nodiscard, gnu::always_inline]] inline CavityShares<V> cavity_shares(const WakePlace<V>& place,
                                                                       const SeenReceptor<V>& at,
                                                                       const Downwash& plume) {
  const BuildingWake& wake = plume.wake;
  const double mixed_m = 0.15 * wake.cavity_length_m, end_m = wake.cavity_end_m();
  const V outside =
      minimum(maximum(V((place.behind_m - (end_m - mixed_m)) * (0.5 / mixed_m)), V{}), constant<V>(1.0));
  const V inside =
      (1.0 - outside) * minimum(V(maximum(place.behind_m, V{}) * (1.0 / wake.length_m)), constant<V>(1.0));
  CavityShares<V> found{outside, inside, place.beside_m - plume.cavity.middle_m, at};
  const V above = maximum(V(at.flagpole_m - cavity_height_m(maximum(place.behind_m, V{}), wake)), V{});
  found.seen.flagpole_m = choose(place.zone.near, V{}, above);
  return found;
}

/// What comes out of the cavity as a plume of its own, and what is in it as a plume that does not grow [m-2].
/// @see ibid.
template <class V>
[[nodiscard, gnu::always_inline]] inline V cavity_density_m2(const WakePlace<V>& place,
                                                             const SeenReceptor<V>& at, const Downwash& plume,
                                                             const AirColumn& air) {
  const CavitySource& cavity = plume.cavity;
  const CavityShares<V> shares = cavity_shares(place, at, plume);
  V sum{};
  if (any_of(Claim<V>(shares.inside > 0.0))) {
    const Spread<V> still{constant<V>(cavity.sigma_z_m), constant<V>(cavity.sigma_y_m)};
    sum += shares.inside * density_in_wake_m2(shares.across_m, shares.seen, V{}, still, air.layer);
  }
  if (any_of(Claim<V>(shares.outside > 0.0))) {
    const Spread<V> grown = spread_from_wake(place.along_m, V{}, cavity.spread, plume.about, air);
    sum += shares.outside * density_in_wake_m2(shares.across_m, shares.seen, V{}, grown, air.layer);
  }
  return choose(place.zone.wake, sum, V{});
}

/// Receptors as the plumes of a wake meet them.
template <class V>
struct WakeSight {
  WakePlace<V> place;
  V height_m;       ///< of the middle of the plume that passes the cavity
  Claim<V> counts;  ///< elsewhere the plain plume alone counts
  Claim<V> passed;  ///< by the plume that passes the cavity
};
/// @param x_m, y_m  down and across the wind from the stack
template <class V>
[[nodiscard, gnu::always_inline]] inline WakeSight<V> wake_sight(const V& x_m, const V& y_m,
                                                                 const SeenReceptor<V>& at,
                                                                 const Downwash& plume,
                                                                 const AirColumn& air) {
  const V behind = x_m - plume.wake.face_along_m, beside = y_m - plume.wake.face_across_m;
  const WakeZone<V> zone = wake_zone(behind, beside, at.flagpole_m, plume.wake);
  WakeSight<V> found{{x_m, behind, beside, zone},
                     plume.course.height_m(x_m),
                     either(zone.wake, Claim<V>(x_m > 0.0)),
                     x_m > 0.0};
  if (!air.layer.stable)
    found.counts = both(found.counts, Claim<V>(found.height_m < air.layer.mixing_height_m));
  if (plume.cavity.share > 0.0) found.passed = both(found.passed, opposite(zone.near));
  return found;
}

/// What the wake's plume brings, and where it counts.
template <class V>
struct WakeArrival {
  V share_m3_s{};
  V from_cavity_m3_s{};  ///< the part of it that the cavity had caught
  Claim<V> counts{};
};

/// @param x_m, y_m  down and across the wind from the stack
template <class V>
[[nodiscard, gnu::always_inline]] inline WakeArrival<V> arrival_in_wake(const V& x_m, const V& y_m,
                                                                        const SeenReceptor<V>& at,
                                                                        const Downwash& plume,
                                                                        const AirColumn& air) {
  const WakeSight<V> sight = wake_sight(x_m, y_m, at, plume, air);
  const V& height = sight.height_m;
  const double caught = plume.cavity.share;
  V density{};
  if (caught < 1.0 && any_of(sight.passed)) {
    const Spread<V> spread =
        spread_through_wake(x_m, height, V(height - plume.stack_height_m), plume.spread, plume.about, air);
    density =
        choose(sight.passed, V((1.0 - caught) * density_in_wake_m2(y_m, at, height, spread, air.layer)), V{});
  }
  V from_cavity{};
  if (caught > 0.0 && any_of(sight.place.zone.wake)) {
    from_cavity = caught * cavity_density_m2(sight.place, at, plume, air);
    density += from_cavity;
  }
  const double slowness = 1.0 / plume.wind_m_s;
  WakeArrival<V> found{density * slowness, from_cavity * slowness, sight.counts};
  if (plume.decay_s > 0.0) {
    const V kept = kept_share(maximum(x_m, V{}), constant<V>(plume.about.mean.wind_m_s), plume.decay_s);
    found.share_m3_s *= kept;
    found.from_cavity_m3_s *= kept;
  }
  return found;
}

/// Concentration per emission [s m-3] at a receptor `x_m` down and `y_m` across the wind from a stack with a
/// building: the plume of its wake and the plain one by their weights.
/// @param plain  plain(): concentration per emission without the building
/// @see EPA-454/R-03-004, section 5.5.3.
template <class V, class Plain>
[[nodiscard, gnu::always_inline]] inline V downwashed_share_m3_s(const V& x_m, const V& y_m,
                                                                 const SeenReceptor<V>& at,
                                                                 const Downwash& plume, const AirColumn& air,
                                                                 const Plain& plain) {
  const V weight =
      wake_weight(V(x_m - plume.wake.face_along_m), V(y_m - plume.wake.face_across_m), at.height_m, plume);
  if (!any_of(Claim<V>(weight > 0.0))) return plain();
  const WakeArrival<V> in_wake = arrival_in_wake(x_m, y_m, at, plume, air);
  const V counted = choose(in_wake.counts, weight, V{});
  V total = counted * in_wake.share_m3_s;
  if (any_of(Claim<V>(counted < 1.0))) total += (1.0 - counted) * plain();
  return choose(x_m * x_m + y_m * y_m >= nearest_to_stack_m * nearest_to_stack_m, total, V{});
}

}  // namespace lantian::plume
