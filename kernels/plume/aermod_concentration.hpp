#pragma once

#include "plume/aermod_plume.hpp"

namespace lantian::plume {

/// A receptor as a source sees it.
template <class V>
struct SeenReceptor {
  V height_m;    ///< above the source's base
  V flagpole_m;  ///< above the ground
  V hill_m;      ///< height scale of the hill, above the source's base
  V ground_m;    ///< above the source's base
};

/// What a plume brings to a receptor for an emission of 1 g s-1, and how much of it wanders.
template <class V>
struct Arrival {
  V share_m3_s{};  ///< s m-3
  V random_share{};
  V wind_m_s{};  ///< of a convective plume: that of its part below the lid
};

/// Weight of the plume that keeps its level against the one that follows the ground.
/// @see EPA-454/R-03-004, eqs. 56 and 59.
template <class V>
[[nodiscard, gnu::always_inline]] inline V level_weight(const V& share_below) {
  return 0.5 * (1.0 + share_below);
}

/// Density [m-1] of a plume with one Gaussian at a height that may lie below the source's base.
template <class V>
[[nodiscard, gnu::always_inline]] inline V density_at_m(const V& z_m, const GaussianPlume<V>& plume,
                                                        double mixing_height_m) {
  const V below = minimum(z_m, V{});
  return lidded_density_m(z_m, V(plume.height_m - below), maximum(plume.lid_m, V(mixing_height_m - below)),
                          plume.sigma_z_m);
}

/// The level and the ground-following plume together. `density(z)` is that of a plume at a height.
template <class V, class Density>
[[nodiscard, gnu::always_inline]] inline V over_terrain_m(const SeenReceptor<V>& at, const V& weight,
                                                          const Density& density) {
  const V followed = density(at.flagpole_m);
  const Claim<V> raised = at.height_m != at.flagpole_m;
  if (!any_of(raised)) return followed;
  const V level = density(at.height_m);
  return choose(raised, V(weight * level + (1.0 - weight) * followed), followed);
}

/// The dividing streamline at hills, worked out again only for another hill than the last.
template <class V>
class DividingStreamline {
 public:
  explicit DividingStreamline(const AirColumn& air) : air_(air) {}
  [[nodiscard, gnu::always_inline]] V at_m(const V& hill_m) {
    if (!is_known_ || any_of(Claim<V>(hill_m != hill_m_))) height_m_ = dividing_streamline_m(hill_m, air_);
    hill_m_ = hill_m;
    is_known_ = true;
    return height_m_;
  }

 private:
  V hill_m_{}, height_m_{};
  const AirColumn& air_;
  bool is_known_ = false;
};

/// Share of a stable plume below the dividing streamline.
template <class V>
[[nodiscard, gnu::always_inline]] inline V blocked_share(const SeenReceptor<V>& at,
                                                         const GaussianPlume<V>& plume, const AirColumn& air,
                                                         DividingStreamline<V>& streamline) {
  if (!air.layer.stable || !any_of(Claim<V>(at.height_m != at.flagpole_m))) return V{};
  const V dividing = streamline.at_m(minimum(at.hill_m, V(at.ground_m + plume.height_m)));
  return share_below(dividing, plume.height_m, plume.lid_m, plume.sigma_z_m);
}
template <class V>
[[nodiscard, gnu::always_inline]] inline V blocked_share(const SeenReceptor<V>& at,
                                                         const GaussianPlume<V>& plume,
                                                         const AirColumn& air) {
  DividingStreamline<V> streamline(air);
  return blocked_share(at, plume, air, streamline);
}

/// Vertical density [m-1] of the direct and the indirect plume.
template <class V>
[[nodiscard, gnu::always_inline]] inline V convective_over_terrain_m(const SeenReceptor<V>& at,
                                                                     const ConvectiveState<V>& state,
                                                                     double lid_m) {
  return over_terrain_m(at, constant<V>(0.5), [&](const V& z) {
    const V below = minimum(z, V{}), top = lid_m - below;
    ConvectivePlume<V> plume = state.direct;
    plume.height_up_m -= below;
    plume.height_down_m -= below;
    return convective_density_m(z, plume, state.delay_m, top);
  });
}

/// What first-order loss leaves of a plume after its way, at least exp(-50). @see EPA-454/B-22-007 (user's
/// guide), section 3.2.6; AERMOD 24142, subroutine DECAY.
template <class V>
[[nodiscard, gnu::always_inline]] inline V kept_share(const V& x_m, const V& wind_m_s, double decay_s) {
  return exp(maximum(V(-decay_s * x_m / wind_m_s), constant<V>(-50.0)));
}

/// A plume at a distance x [m] along its way. `across(sigma_y)` is its density across [m-1].
/// @param wants_random_share  whether `random_share` is asked for; it stays 0 otherwise.
/// @see EPA-454/R-03-004, eqs. 54, 65-67.
template <class V, class Across>
[[nodiscard, gnu::always_inline]] inline Arrival<V> arrival(const V& x_m, const SeenReceptor<V>& at,
                                                            const RisingSource& source, const AirColumn& air,
                                                            const Across& across, bool wants_random_share) {
  const double lid = air.layer.mixing_height_m;
  V lateral{};
  const auto in_sight = [&](const V& sigma_y_m) {
    lateral = across(sigma_y_m);
    return any_of(Claim<V>(lateral > 0.0));
  };
  Arrival<V> sum;
  const auto add = [&](double share, const V& density, const V& wind_m_s) {
    // What went through the lid decays on the way of what stayed below.
    const V brought = share * lateral * density / wind_m_s;
    sum.share_m3_s +=
        source.decay_s > 0.0 ? V(brought * kept_share(x_m, sum.wind_m_s, source.decay_s)) : brought;
  };
  const auto add_gaussian = [&](double share, const GaussianPlume<V>& plume) {
    const V weight = level_weight(source.convective ? V{} : blocked_share(at, plume, air));
    add(share, over_terrain_m(at, weight, [&](const V& z) { return density_at_m(z, plume, lid); }),
        plume.wind_m_s);
  };
  const auto add_random = [&](double share, const V& wind_m_s, const V& sigma_v_m_s) {
    if (wants_random_share) sum.random_share += share * random_share(x_m, wind_m_s, sigma_v_m_s);
  };
  if (!source.convective) {
    const GaussianPlume<V> plume = stable_plume(x_m, at.height_m, source, air, in_sight);
    sum.wind_m_s = plume.wind_m_s;
    add_random(1.0, plume.wind_m_s, plume.sigma_v_m_s);
    if (any_of(Claim<V>(lateral > 0.0))) add_gaussian(1.0, plume);
    return sum;
  }
  const double through = source.through.share;
  sum.wind_m_s = constant<V>(source.gas.wind_m_s);
  if (through < 1.0) {
    const ConvectiveState<V> state = convective_plume(x_m, at.height_m, source, air, in_sight);
    sum.wind_m_s = state.wind_m_s;
    add_random(1.0 - through, state.wind_m_s, state.sigma_v_m_s);
    if (any_of(Claim<V>(lateral > 0.0))) {
      add(1.0 - through, convective_over_terrain_m(at, state, lid), state.wind_m_s);
    }
  }
  if (through > 0.0) {
    const GaussianPlume<V> plume = penetrated_plume(x_m, at.height_m, source, air);
    add_random(through, plume.wind_m_s, plume.sigma_v_m_s);
    if (in_sight(plume.sigma_y_m)) add_gaussian(through, plume);
  }
  return sum;
}

/// What a point or a volume brings for an emission of 1 g s-1, and that times how long it was on its way.
template <class V>
struct PointShare {
  V share_m3_s{};    ///< s m-3
  V travel_s2_m3{};  ///< s2 m-3, where it is asked for
};

/// Concentration per emission at a receptor `x_m` down and `y_m` across the wind from a point or a volume:
/// the coherent plume and the one that wanders all round together.
/// @param nearest_m  receptors nearer than this get nothing.
/// @param wants_travel  whether `travel_s2_m3` is asked for; it stays 0 otherwise.
/// @see EPA-454/R-03-004, eq. 60.
// NOLINTBEGIN(readability-function-size): seven parameters, each of its own kind
template <class V>
[[nodiscard, gnu::always_inline]] inline PointShare<V> point_share(const V& x_m, const V& y_m,
                                                                   double nearest_m,
                                                                   const SeenReceptor<V>& at,
                                                                   const RisingSource& source,
                                                                   const AirColumn& air, bool wants_travel) {
  const V r = sqrt(V(x_m * x_m + y_m * y_m)), far = maximum(r, constant<V>(std::max(nearest_m, 0.5)));
  const V around = (0.5 / std::numbers::pi) / far;
  const Arrival<V> random = arrival(
      far, at, source, air, [&](const V&) { return around; }, true);
  PointShare<V> total{random.random_share * random.share_m3_s, V{}};
  if (wants_travel) total.travel_s2_m3 = total.share_m3_s * far / random.wind_m_s;
  const Claim<V> ahead = x_m >= 1.0;
  if (any_of(ahead)) {
    const V way = maximum(x_m, constant<V>(1.0)), rest = 1.0 - random.random_share;
    const auto across = [&](const V& sigma) {
      const V scale = 1.0 / sigma;
      return V(inverse_root_two_pi * scale * bell(V(y_m * scale)));
    };
    const Arrival<V> coherent = arrival(way, at, source, air, across, false);
    total.share_m3_s += choose(ahead, V(rest * coherent.share_m3_s), V{});
    if (wants_travel) {
      const V travel = coherent.share_m3_s * way / coherent.wind_m_s;
      total.travel_s2_m3 += choose(ahead, V(rest * travel), V{});
    }
  }
  total.share_m3_s = choose(r >= nearest_m, total.share_m3_s, V{});
  if (wants_travel) total.travel_s2_m3 = choose(r >= nearest_m, total.travel_s2_m3, V{});
  return total;
}
// NOLINTEND(readability-function-size)

}  // namespace lantian::plume
