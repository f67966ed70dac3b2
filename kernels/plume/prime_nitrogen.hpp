#pragma once

#include "plume/prime_concentration.hpp"

namespace lantian::plume {

/// What a stack with a building brings per emission, as the chemistry of NO2 asks for it.
template <class V>
struct DownwashedShare {
  V share_m3_s{};    ///< s m-3; as `downwashed_share_m3_s`
  V travel_s2_m3{};  ///< that times how long it was on its way
  V from_cavity{};   ///< share of it that the cavity had caught, 0 to 1
};

/// Where AERMOD looks at a source by its wake: in the wake, and everywhere behind the stack.
/// @param x_m, y_m  down and across the wind from the stack.
/// @see subroutine PRMCALC of AERMOD 24142.
template <class V>
[[nodiscard, gnu::always_inline]] inline Claim<V> is_seen_by_wake(const V& x_m, const V& y_m,
                                                                  const V& flagpole_m,
                                                                  const BuildingWake& wake) {
  const WakeZone<V> zone =
      wake_zone(V(x_m - wake.face_along_m), V(y_m - wake.face_across_m), flagpole_m, wake);
  return either(zone.wake, Claim<V>(x_m > 0.0));
}

/// Concentration per emission behind a building, how long it was on its way, and what of it the cavity had
/// caught.
///
/// By the weight of the wake what arrives has come with the mean wind about the wake, wherever its plume is,
/// even where it passes above the wake or does not come into it; the rest as the plain plume has.
/// @param plain  plain(): `PointShare` of the stack without the building, with its travel.
/// @see subroutines PCALC, PRMCALC of AERMOD 24142; EPA-454/R-03-004, section 5.5.3.
template <class V, class Plain>
[[nodiscard, gnu::always_inline]] inline DownwashedShare<V> downwashed_share_and_travel(
    const V& x_m, const V& y_m, const SeenReceptor<V>& at, const Downwash& plume, const AirColumn& air,
    const Plain& plain) {
  const V weight =
      wake_weight(V(x_m - plume.wake.face_along_m), V(y_m - plume.wake.face_across_m), at.height_m, plume);
  if (!any_of(Claim<V>(weight > 0.0))) {
    const PointShare<V> alone = plain();
    return {alone.share_m3_s, alone.travel_s2_m3, V{}};
  }
  WakeArrival<V> in_wake{};
  V counted{};
  if (plume.course.enters_wake) {
    in_wake = arrival_in_wake(x_m, y_m, at, plume, air);
    counted = choose(in_wake.counts, weight, V{});
  }
  PointShare<V> without{};
  if (any_of(Claim<V>(counted < 1.0))) without = plain();
  const V by_wake = counted * in_wake.share_m3_s, total = by_wake + (1.0 - counted) * without.share_m3_s;
  const V way_s = maximum(x_m, V{}) * (1.0 / plume.about.mean.wind_m_s);
  const V travel =
      (by_wake + (weight - counted) * without.share_m3_s) * way_s + (1.0 - weight) * without.travel_s2_m3;
  const V caught = counted * in_wake.from_cavity_m3_s;
  const Claim<V> is_near = x_m * x_m + y_m * y_m < nearest_to_stack_m * nearest_to_stack_m;
  DownwashedShare<V> found;
  found.share_m3_s = choose(is_near, V{}, total);
  found.travel_s2_m3 = choose(is_near, V{}, travel);
  // What is nothing has no part; NaN passes, so that a run stops at it.
  found.from_cavity = choose(total > 0.0, V(caught / choose(total > 0.0, total, constant<V>(1.0))), V{});
  return found;
}

}  // namespace lantian::plume
