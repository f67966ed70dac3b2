#pragma once

#include "plume/lane_values.hpp"

#include <numbers>

namespace lantian::plume {

inline constexpr double root_two_pi = 2.5066282746310002;

/// exp(-a^2/2), nothing below exp(-50).
template <class V>
[[nodiscard, gnu::always_inline]] inline V bell(const V& a) {
  return fading(V(-0.5 * a * a));
}

/// Sum of exp(-(a + m step)^2/2), m = 0, 1, 2 ..., until terms no longer count.
///
/// Terms follow from each other by two products. Where the first ones lie so far out on the rising side that
/// products would vanish, each is worked out by itself. Steps are above 0.
template <class V>
[[nodiscard, gnu::always_inline]] inline V bells_above(const V& a, const V& step) {
  constexpr int most = 4000;
  V sum{};
  const Claim<V> near = a < 10.0, rising_far = a < -6.0;
  if (any_of(rising_far)) {
    Claim<V> open = rising_far;
    for (int m = 0; m < most && any_of(open); ++m) {
      const V at = a + static_cast<double>(m) * step;
      sum += choose(open, bell(at), V{});
      open = both(open, Claim<V>(at < 10.0));
    }
  }
  Claim<V> open = both(near, Claim<V>(a >= -6.0));
  if (!any_of(open)) return sum;
  V term = exp(V(-0.5 * a * a)), ratio = exp(V(-(a + 0.5 * step) * step));
  const V shrink = exp(V(-step * step));
  for (int m = 0; m < most && any_of(open); ++m) {
    sum += choose(open, term, V{});
    term *= ratio;
    ratio *= shrink;
    open = both(open, Claim<V>(term > 1e-9 * sum));
  }
  return sum;
}

/// Vertical density [m-1] of a plume between the ground and a reflecting lid.
/// @see EPA-454/R-03-004, eq. 67.
template <class V>
[[nodiscard, gnu::always_inline]] inline V lidded_density_m(const V& z_m, const V& plume_m, const V& lid_m,
                                                            const V& sigma_m) {
  const V scale = 1.0 / sigma_m, h = plume_m * scale, step = 2.0 * lid_m * scale;
  if (!any_of(Claim<V>(z_m != 0.0))) {
    const V sum = bell(h) + (bells_above(V(step + h), step) + bells_above(V(step - h), step));
    return 2.0 * sum * scale / root_two_pi;
  }
  const V z = z_m * scale;
  const V images = (bells_above(V(step + z + h), step) + bells_above(V(step - z + h), step)) +
                   (bells_above(V(step + z - h), step) + bells_above(V(step - z - h), step));
  const V sum = (bell(V(z - h)) + bell(V(z + h))) + choose(z_m <= lid_m, images, V{});
  return sum * scale / root_two_pi;
}

/// Plumes of updraughts and downdraughts below a lid.
template <class V>
struct ConvectivePlume {
  V height_up_m, height_down_m, sigma_up_m, sigma_down_m, share_up, share_down;
};

/// Vertical density [m-1] of the direct plume; nothing above the lid. The indirect one (`is_indirect`) begins
/// with the first image above the lid.
/// @see EPA-454/R-03-004, eqs. 54 and 65.
template <class V>
[[nodiscard, gnu::always_inline]] inline V convective_density_m(const V& z_m, const ConvectivePlume<V>& plume,
                                                                const V& lid_m, bool is_indirect) {
  const bool raised = any_of(Claim<V>(z_m != 0.0));
  const auto part = [&](const V& share, const V& height_m, const V& sigma_m) {
    const V scale = 1.0 / sigma_m, step = 2.0 * lid_m * scale;
    const V first = is_indirect ? V(step - height_m * scale) : V(height_m * scale);
    if (!raised) return V(2.0 * share * scale * bells_above(first, step));
    const V z = z_m * scale;
    return V(share * scale * (bells_above(V(first - z), step) + bells_above(V(first + z), step)));
  };
  const V both_of = part(plume.share_up, plume.height_up_m, plume.sigma_up_m) +
                    part(plume.share_down, plume.height_down_m, plume.sigma_down_m);
  return choose(z_m <= lid_m, both_of, V{}) / root_two_pi;
}

}  // namespace lantian::plume
