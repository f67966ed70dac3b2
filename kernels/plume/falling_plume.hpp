#pragma once

#include "plume/aermod_concentration.hpp"

#include <array>

namespace lantian::plume {

/// Density of a convective plume that falls with its particles, by powers of its fall [m].
///
/// A fall e, in spreads, moves the direct plume down and its mirror in the lid up: exp(-(u -+ e)^2/2) is
/// exp(-u^2/2) times the sum of He_k(u) (+-e)^k/k!, He_k Hermite's polynomials. One walk along the images so
/// serves particles of all sizes. Up to the fifth power it is within 1e-7 of each image for falls of 0.02
/// spreads.
/// @see Abramowitz & Stegun (1964), 22.9.17.
template <class V>
struct FallSeries {
  static constexpr std::size_t orders = 6;
  static constexpr double most_spreads = 0.02;
  std::array<V, orders> of{};
  V deepest_m{};  ///< fall up to which the series serves

  [[nodiscard, gnu::always_inline]] V at(const V& fall_m) const {
    V sum = of[orders - 1];
    for (std::size_t k = orders - 1; k-- > 0;) sum = of[k] + fall_m * sum;
    return sum;
  }
};

namespace fall_detail {

/// Sums of u^k exp(-u^2/2) over a walk; `sense` is -1 where falling adds to u.
template <class V>
[[gnu::always_inline]] inline void add_moments(const V& a, const ImageStep<V>& step, double sense,
                                               std::array<V, FallSeries<V>::orders>& moments) {
  visit_bells(a, step, [&](const V& u, const V& term) {
    const V signed_u = sense * u;
    V moment = term;
    moments[0] += moment;
    for (std::size_t k = 1; k < moments.size(); ++k) {
      moment *= signed_u;
      moments[k] += moment;
    }
  });
}

/// Adds a plume of updraughts or of downdraughts to a series, by its moments.
template <class V>
[[gnu::always_inline]] inline void add_by_hermite(const std::array<V, FallSeries<V>::orders>& m,
                                                  const V& weight, const V& scale, FallSeries<V>& series) {
  V power = weight;
  series.of[0] += power * m[0];
  power *= scale;
  series.of[1] += power * m[1];
  power *= scale;
  series.of[2] += (1.0 / 2) * power * (m[2] - m[0]);
  power *= scale;
  series.of[3] += (1.0 / 6) * power * (m[3] - 3.0 * m[1]);
  power *= scale;
  series.of[4] += (1.0 / 24) * power * (m[4] - 6.0 * m[2] + 3.0 * m[0]);
  power *= scale;
  series.of[5] += (1.0 / 120) * power * (m[5] - 10.0 * m[3] + 15.0 * m[1]);
}

/// Adds the direct and the indirect plume at a height. @see `convective_density_m`.
template <class V>
void add_at_height(const V& z_m, const V& weight, const ConvectiveState<V>& state, double mixing_height_m,
                   FallSeries<V>& series) {
  const V below = minimum(z_m, V{}), lid = mixing_height_m - below;
  const V part_of_all = choose(z_m <= lid, V(inverse_root_two_pi * weight), V{});
  const bool raised = any_of(Claim<V>(z_m != 0.0));
  const auto add = [&](const V& share, const V& height_m, const V& sigma_m) {
    const V scale = 1.0 / sigma_m, z = z_m * scale;
    const ImageStep<V> step(V(2.0 * lid * scale));
    const V direct = (height_m - below) * scale,
            indirect = step.length - (height_m - below - state.delay_m) * scale;
    std::array<V, FallSeries<V>::orders> moments{}, from_below{};
    add_moments(V(direct + z), step, 1.0, moments);
    add_moments(V(indirect + z), step, -1.0, moments);
    if (raised) {
      add_moments(V(direct - z), step, 1.0, from_below);
      add_moments(V(indirect - z), step, -1.0, from_below);
    }
    for (std::size_t k = 0; k < moments.size(); ++k) moments[k] += raised ? from_below[k] : moments[k];
    add_by_hermite(moments, V(part_of_all * share * scale), scale, series);
  };
  add(state.direct.share_up, state.direct.height_up_m, state.direct.sigma_up_m);
  add(state.direct.share_down, state.direct.height_down_m, state.direct.sigma_down_m);
}

}  // namespace fall_detail

/// The series for a receptor. @see `convective_over_terrain_m`.
template <class V>
[[nodiscard]] FallSeries<V> fall_series(const SeenReceptor<V>& at, const ConvectiveState<V>& state,
                                        double mixing_height_m) {
  FallSeries<V> series;
  series.deepest_m =
      FallSeries<V>::most_spreads * minimum(state.direct.sigma_up_m, state.direct.sigma_down_m);
  const Claim<V> raised = at.height_m != at.flagpole_m;
  if (!any_of(raised)) {
    fall_detail::add_at_height(at.flagpole_m, constant<V>(1.0), state, mixing_height_m, series);
    return series;
  }
  const V level = choose(raised, constant<V>(0.5), V{});
  fall_detail::add_at_height(at.flagpole_m, V(1.0 - level), state, mixing_height_m, series);
  fall_detail::add_at_height(at.height_m, level, state, mixing_height_m, series);
  return series;
}

}  // namespace lantian::plume
