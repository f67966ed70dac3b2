#pragma once

#include "plume/normal_distribution.hpp"

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
  V length;
  V shrink{};  ///< exp(-length^2); 0 where no image follows another closely enough to count

  [[gnu::always_inline]] explicit ImageStep(const V& spreads) : length(spreads) {
    constexpr double long_step = 15.0;
    if (any_of(Claim<V>(spreads < long_step))) shrink = exp(V(-spreads * spreads));
  }
};

/// Visits the terms exp(-u^2/2), u = a + m step, m = 0, 1, 2 ..., until they no longer count: visit(u, term);
/// a term is 0 in lanes where it does not count.
///
/// The second term is exp(-(a + step/2) step) of the first and often too small to count. Terms follow from
/// each other by two products. Where the first ones lie so far out on the rising side that products would
/// vanish, each is worked out by itself. Steps are above 0.
template <class V, class Visit>
[[gnu::always_inline]] inline void visit_bells(const V& a, const ImageStep<V>& step, const Visit& visit) {
  constexpr int most = 4000;
  constexpr double out_of_sight = 10.0, least_exponent = 25.0;
  const Claim<V> rising_far = a < -6.0;
  if (any_of(rising_far)) {
    Claim<V> open = rising_far;
    for (int m = 0; m < most && any_of(open); ++m) {
      const V at = a + static_cast<double>(m) * step.length;
      if (any_of(both(open, Claim<V>(at > -out_of_sight)))) visit(at, choose(open, bell(at), V{}));
      open = both(open, Claim<V>(at < out_of_sight));
    }
  }
  Claim<V> open = both(Claim<V>(a < out_of_sight), Claim<V>(a >= -6.0));
  if (!any_of(open)) return;
  V term = choose(open, decaying(V(-0.5 * a * a)), V{}), sum = term;
  visit(a, term);
  const V exponent = (a + 0.5 * step.length) * step.length;
  open = both(open, Claim<V>(exponent < least_exponent));
  if (!any_of(open)) return;
  V ratio = exp(V(-exponent)), at = a;
  term = choose(open, term, V{});
  for (int m = 1; m < most && any_of(open); m += 4) {
    for (int next = 0; next < 4; ++next) {
      term *= ratio;
      ratio *= step.shrink;
      at += step.length;
      sum += term;
      visit(at, term);
    }
    open = both(open, Claim<V>(term * ratio > 1e-8 * sum));
    term = choose(open, term, V{});
  }
}

/// Sum of exp(-u^2/2), u = a + m step, m = 0, 1, 2 ..., of short steps: the integral over the step and what
/// its end adds, by Euler's and Maclaurin's formula to the seventh derivative. Within 2e-9 of the sum for
/// steps up to 0.25 and a from -4 to 4.
/// @see Abramowitz & Stegun (1964), 23.1.30.
template <class V>
[[nodiscard]] V dense_bells_above(const V& a, const V& step) {
  const V tail = upper_tail(choose(a < 0.0, V(-a), a)), s2 = step * step, a2 = a * a;
  const V integral = root_two_pi * choose(a < 0.0, V(1.0 - tail), tail);
  const V third = (a2 - 3.0) * (1.0 / 720), fifth = ((a2 - 10.0) * a2 + 15.0) * (1.0 / 30240),
          seventh = (((a2 - 21.0) * a2 + 105.0) * a2 - 105.0) * (1.0 / 1209600);
  const V end = 0.5 + step * a * (1.0 / 12 - s2 * (third - s2 * (fifth - s2 * seventh)));
  return integral / step + exp(V(-0.5 * a2)) * end;
}

/// Sum of the terms that `visit_bells` visits.
template <class V>
[[nodiscard, gnu::always_inline]] inline V bells_above(const V& a, const ImageStep<V>& step) {
  constexpr double short_step = 0.25, middle = 4.0, out_of_sight = 11.0;
  V sum{};
  const auto add = [&](const V&, const V& term) { sum += term; };
  if (!any_of(Claim<V>(step.length < short_step))) {
    visit_bells(a, step, add);
    return sum;
  }
  const Claim<V> dense =
      both(Claim<V>(step.length < short_step), both(Claim<V>(a > -middle), Claim<V>(a < middle)));
  visit_bells(choose(dense, constant<V>(out_of_sight), a), step, add);
  return any_of(dense) ? choose(dense, dense_bells_above(a, step.length), sum) : sum;
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
