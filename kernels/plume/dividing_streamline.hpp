#pragma once

#include "plume/boundary_layer.hpp"

namespace lantian::plume {

/// Error function of an argument not below 0, within 3e-7. @see Abramowitz & Stegun (1964), 7.1.28.
template <class V>
[[nodiscard, gnu::always_inline]] inline V error_function_above_0(const V& argument) {
  const V x = minimum(argument, constant<V>(4.0));
  const V series =
      1.0 + x * (0.0705230784 +
                 x * (0.0422820123 +
                      x * (0.0092705272 + x * (0.0001520143 + x * (0.0002765672 + x * 0.0000430638)))));
  const V s2 = series * series, s4 = s2 * s2, s8 = s4 * s4;
  return choose(x >= 4.0, constant<V>(1.0), V(1.0 - 1.0 / (s8 * s8)));
}
template <class V>
[[nodiscard, gnu::always_inline]] inline V error_function(const V& argument) {
  const V value = error_function_above_0(V(choose(argument < 0.0, V(-argument), argument)));
  return choose(argument < 0.0, V(-value), value);
}

/// Height [m] below which air must go round a hill instead of over it; 0 where all of it goes over.
///
/// Air at it has just the energy u^2/2 that the climb to `hill_m` takes, the integral of N^2 (hill - z). Of
/// several such heights, in a wind that weakens with height somewhere, it is the lowest.
///
/// @see EPA-454/R-03-004, eq. 58; Snyder et al. (1985); Venkatram et al. (2001); AERMOD 24142, subroutine
/// CRITDS.
template <class V>
[[nodiscard]] V dividing_streamline_m(const V& hill_m, const AirColumn& air) {
  Claim<V> open = hill_m > 0.0;
  if (!air.layer.stable || !any_of(open)) return V{};
  const Height<V> crest = place(hill_m);
  const V top_m = gather(level_heights_m, crest.layer);  // level below the crest
  const V crest_gradient = 0.5 * (gather(air.gradient_k_m.value, crest.layer) + air.gradient_k_m.at(crest));
  const V crest_theta = 0.5 * (gather(air.theta_k.value, crest.layer) + air.theta_k.at(crest));
  const V crest_n2 = gravity_of_plumes_m_s2 * crest_gradient / crest_theta;
  Claim<V> climbs = open;  // the air at the level above
  V climb{}, upper_m = hill_m, found{};
  for (std::size_t i = highest(crest.layer) + 1; i-- > 0 && any_of(open);) {
    const double lower_m = level_heights_m[i], u = air.wind_m_s.value[i], s = -air.wind_m_s.slope[i];
    const Claim<V> reached = both(open, Claim<V>(top_m >= lower_m));
    const V n2 = choose(top_m == lower_m, crest_n2, constant<V>(air.layer_stability_s2[i]));
    const V drop_u = hill_m - upper_m, drop_l = hill_m - lower_m;
    const V below = climb + 0.5 * n2 * (drop_l * drop_l - drop_u * drop_u);
    const Claim<V> blocked = Claim<V>(below >= 0.5 * u * u), stops = both(both(reached, climbs), blocked);
    if (any_of(stops)) {
      // In the layer: u = u0 + s d, d the depth below its top; u^2/2 = climb + n2 (drop_u d + d^2/2).
      const V u0 = u - s * (upper_m - lower_m);
      const V a = 0.5 * (n2 - s * s), b = n2 * drop_u - u0 * s, c = climb - 0.5 * u0 * u0;
      const V root = sqrt(maximum(V(b * b - 4.0 * a * c), V{}));
      const V depth = minimum(maximum(V(-2.0 * c / (b + root)), V{}), V(upper_m - lower_m));
      found = choose(stops, V(upper_m - depth), found);
      if (air.wind_grows_with_height) open = both(open, opposite(stops));
    }
    if (!air.wind_grows_with_height) {
      const Claim<V> passes = both(reached, opposite(blocked));
      found = choose(passes, V{}, found);
      climbs = either(passes, both(climbs, opposite(reached)));
    }
    climb = choose(reached, below, climb);
    upper_m = choose(reached, constant<V>(lower_m), upper_m);
  }
  return found;
}

/// Share of a plume's mass below a height, between the ground and a reflecting lid.
/// @see EPA-454/R-03-004, eq. 57.
template <class V>
[[nodiscard, gnu::always_inline]] inline V share_below(const V& height_m, const V& plume_m, const V& lid_m,
                                                       const V& sigma_m) {
  const V scale = 1.0 / (std::numbers::sqrt2 * sigma_m), h = plume_m * scale,
          z = minimum(height_m, lid_m) * scale;
  V sum = error_function(V(z - h)) + error_function(V(z + h));
  const V step = 2.0 * lid_m * scale;
  Claim<V> open = V{} < z;
  for (int m = 1; m <= 100 && any_of(open); ++m) {
    const V shift = static_cast<double>(m) * step;
    const V more = error_function(V(z - h - shift)) + error_function(V(z + h - shift)) +
                   error_function(V(z - h + shift)) + error_function(V(z + h + shift));
    sum += choose(open, more, V{});
    open = both(open, Claim<V>(more > 1e-7));
  }
  return minimum(maximum(V(0.5 * sum), V{}), constant<V>(1.0));
}

}  // namespace lantian::plume
