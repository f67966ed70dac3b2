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

/// Share of a stable plume below the dividing streamline.
template <class V>
[[nodiscard, gnu::always_inline]] inline V blocked_share(const SeenReceptor<V>& at,
                                                         const GaussianPlume<V>& plume,
                                                         const AirColumn& air) {
  if (!air.layer.stable || !any_of(Claim<V>(at.height_m != at.flagpole_m))) return V{};
  const V hill = minimum(at.hill_m, V(at.ground_m + plume.height_m));
  const V dividing = dividing_streamline_m(hill, air);
  return share_below(dividing, plume.height_m, plume.lid_m, plume.sigma_z_m);
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
    const V direct = convective_density_m(z, plume, top, false);
    plume.height_up_m -= state.delay_m;
    plume.height_down_m -= state.delay_m;
    return V(direct + convective_density_m(z, plume, top, true));
  });
}

/// What first-order loss leaves of a plume after its way. @see EPA-454/B-22-007 (user's guide),
/// section 3.2.6.
template <class V>
[[nodiscard, gnu::always_inline]] inline V kept_share(const V& x_m, const V& wind_m_s, double decay_s) {
  return decay_s > 0.0 ? V(exp(V(-decay_s * x_m / wind_m_s))) : constant<V>(1.0);
}

/// A plume at a distance x [m] along its way. `across(sigma_y)` is its density across [m-1].
/// @see EPA-454/R-03-004, eqs. 54, 65-67.
template <class V, class Across>
[[nodiscard, gnu::always_inline]] inline Arrival<V> arrival(const V& x_m, const SeenReceptor<V>& at,
                                                            const RisingSource& source, const AirColumn& air,
                                                            const Across& across) {
  const double lid = air.layer.mixing_height_m;
  const auto gaussian = [&](const GaussianPlume<V>& plume) {
    const V lateral = across(plume.sigma_y_m);
    const V random = random_share(x_m, plume.wind_m_s, plume.sigma_v_m_s);
    if (!any_of(Claim<V>(lateral > 0.0))) return Arrival<V>{V{}, random};
    const V weight = level_weight(source.convective ? V{} : blocked_share(at, plume, air));
    const V density = over_terrain_m(at, weight, [&](const V& z) { return density_at_m(z, plume, lid); });
    return Arrival<V>{lateral * density / plume.wind_m_s * kept_share(x_m, plume.wind_m_s, source.decay_s),
                      random};
  };
  if (!source.convective) return gaussian(stable_plume(x_m, at.height_m, source, air));
  const double through = source.through.share;
  Arrival<V> sum;
  if (through < 1.0) {
    const ConvectiveState<V> state = convective_plume(x_m, at.height_m, source, air);
    const V lateral = across(state.sigma_y_m);
    sum.random_share = (1.0 - through) * random_share(x_m, state.wind_m_s, state.sigma_v_m_s);
    if (any_of(Claim<V>(lateral > 0.0))) {
      sum.share_m3_s = (1.0 - through) * lateral * convective_over_terrain_m(at, state, lid) /
                       state.wind_m_s * kept_share(x_m, state.wind_m_s, source.decay_s);
    }
  }
  if (through > 0.0) {
    const Arrival<V> above = gaussian(penetrated_plume(x_m, at.height_m, source, air));
    sum.share_m3_s += through * above.share_m3_s;
    sum.random_share += through * above.random_share;
  }
  return sum;
}

/// Concentration per emission [s m-3] at a receptor `x_m` down and `y_m` across the wind from a point or a
/// volume: the coherent plume and the one that wanders all round together.
/// @param nearest_m  receptors nearer than this get nothing.
/// @see EPA-454/R-03-004, eq. 60.
template <class V>
[[nodiscard, gnu::always_inline]] inline V concentration_share_m3_s(const V& x_m, const V& y_m,
                                                                    double nearest_m,
                                                                    const SeenReceptor<V>& at,
                                                                    const RisingSource& source,
                                                                    const AirColumn& air) {
  const V r = sqrt(V(x_m * x_m + y_m * y_m)), far = maximum(r, constant<V>(std::max(nearest_m, 0.5)));
  const Arrival<V> random =
      arrival(far, at, source, air, [&](const V&) { return 1.0 / (2.0 * std::numbers::pi * far); });
  V total = random.random_share * random.share_m3_s;
  const Claim<V> ahead = x_m >= 1.0;
  if (any_of(ahead)) {
    const Arrival<V> coherent =
        arrival(V(maximum(x_m, constant<V>(1.0))), at, source, air,
                [&](const V& sigma) { return bell(V(y_m / sigma)) / (root_two_pi * sigma); });
    total += choose(ahead, V((1.0 - random.random_share) * coherent.share_m3_s), V{});
  }
  return choose(r >= nearest_m, total, V{});
}

}  // namespace lantian::plume
