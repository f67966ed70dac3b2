#pragma once

#include "plume/lane_values.hpp"

#include <numbers>

namespace lantian::plume {

inline constexpr double root_two_pi = 2.5066282746310002, inverse_root_two_pi = 1.0 / root_two_pi;

/// exp(-a^2/2), nothing below exp(-50).
template <class V>
[[nodiscard, gnu::always_inline]] inline V bell(const V& a) {
  return fading(V(-0.5 * a * a));
}

/// Steps between images, in spreads.
template <class V>
struct ImageStep {
  V length, shrink;  ///< shrink: exp(-length^2)

  [[gnu::always_inline]] explicit ImageStep(const V& spreads)
      : length(spreads), shrink(exp(V(-spreads * spreads))) {}
};

/// Sum of exp(-(a + m step)^2/2), m = 0, 1, 2 ..., until terms no longer count.
///
/// Terms follow from each other by two products, four at a time. Where the first ones lie so far out on the
/// rising side that products would vanish, each is worked out by itself. Steps are above 0.
template <class V>
[[nodiscard, gnu::always_inline]] inline V bells_above(const V& a, const ImageStep<V>& step) {
  constexpr int most = 4000;
  V sum{};
  const Claim<V> rising_far = a < -6.0;
  if (any_of(rising_far)) {
    Claim<V> open = rising_far;
    for (int m = 0; m < most && any_of(open); ++m) {
      const V at = a + static_cast<double>(m) * step.length;
      sum += choose(open, bell(at), V{});
      open = both(open, Claim<V>(at < 10.0));
    }
  }
  Claim<V> open = both(Claim<V>(a < 10.0), Claim<V>(a >= -6.0));
  if (!any_of(open)) return sum;
  V term = exp(V(-0.5 * a * a)), ratio = exp(V(-(a + 0.5 * step.length) * step.length));
  for (int m = 0; m < most && any_of(open); m += 4) {
    V four = term;
    for (int next = 0; next < 3; ++next) {
      term *= ratio;
      ratio *= step.shrink;
      four += term;
    }
    sum += choose(open, four, V{});
    term *= ratio;
    ratio *= step.shrink;
    open = both(open, Claim<V>(term > 1e-8 * sum));
  }
  return sum;
}

/// Vertical density [m-1] of a plume between the ground and a reflecting lid.
/// @see EPA-454/R-03-004, eq. 67.
template <class V>
[[nodiscard, gnu::always_inline]] inline V lidded_density_m(const V& z_m, const V& plume_m, const V& lid_m,
                                                            const V& sigma_m) {
  const V scale = 1.0 / sigma_m, h = plume_m * scale;
  const ImageStep<V> step(V(2.0 * lid_m * scale));
  if (!any_of(Claim<V>(z_m != 0.0))) {
    const V sum = bell(h) + (bells_above(V(step.length + h), step) + bells_above(V(step.length - h), step));
    return (2.0 * inverse_root_two_pi) * sum * scale;
  }
  const V z = z_m * scale, high = step.length + z, low = step.length - z;
  const V images = (bells_above(V(high + h), step) + bells_above(V(low + h), step)) +
                   (bells_above(V(high - h), step) + bells_above(V(low - h), step));
  const V sum = (bell(V(z - h)) + bell(V(z + h))) + choose(z_m <= lid_m, images, V{});
  return inverse_root_two_pi * sum * scale;
}

/// Plumes of updraughts and downdraughts below a lid.
template <class V>
struct ConvectivePlume {
  V height_up_m, height_down_m, sigma_up_m, sigma_down_m, share_up, share_down;
};

/// Vertical density [m-1] of the direct plume and of the indirect one, which is `delay_m` lower and begins
/// with the first image above the lid; nothing above the lid.
/// @see EPA-454/R-03-004, eqs. 54 and 65.
template <class V>
[[nodiscard, gnu::always_inline]] inline V convective_density_m(const V& z_m, const ConvectivePlume<V>& plume,
                                                                const V& delay_m, const V& lid_m) {
  const bool raised = any_of(Claim<V>(z_m != 0.0));
  const auto part = [&](const V& share, const V& height_m, const V& sigma_m) {
    const V scale = 1.0 / sigma_m;
    const ImageStep<V> step(V(2.0 * lid_m * scale));
    const V direct = height_m * scale, indirect = step.length - (height_m - delay_m) * scale;
    if (!raised) return V(2.0 * share * scale * (bells_above(direct, step) + bells_above(indirect, step)));
    const V z = z_m * scale;
    return V(share * scale *
             ((bells_above(V(direct - z), step) + bells_above(V(indirect - z), step)) +
              (bells_above(V(direct + z), step) + bells_above(V(indirect + z), step))));
  };
  const V both_of = part(plume.share_up, plume.height_up_m, plume.sigma_up_m) +
                    part(plume.share_down, plume.height_down_m, plume.sigma_down_m);
  return inverse_root_two_pi * choose(z_m <= lid_m, both_of, V{});
}

}  // namespace lantian::plume
