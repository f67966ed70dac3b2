#pragma once

#include "plume/boundary_layer.hpp"

namespace lantian::plume {

/// Error function within 3e-7. @see Abramowitz & Stegun (1964), 7.1.28.
template <class V>
[[nodiscard, gnu::always_inline]] inline V error_function(const V& argument) {
  const V x = minimum(choose(argument < 0.0, V(-argument), argument), constant<V>(4.0));
  const V series =
      1.0 + x * (0.0705230784 +
                 x * (0.0422820123 +
                      x * (0.0092705272 + x * (0.0001520143 + x * (0.0002765672 + x * 0.0000430638)))));
  const V s2 = series * series, s4 = s2 * s2, s8 = s4 * s4;
  const V value = choose(x >= 4.0, constant<V>(1.0), V(1.0 - 1.0 / (s8 * s8)));
  return choose(argument < 0.0, V(-value), value);
}

/// Height [m] below which air must go round a hill instead of over it; 0 where all of it goes over.
///
/// Air at it has just the energy u^2/2 that the climb to `hill_m` takes, the integral of N^2 (hill - z).
///
/// @see EPA-454/R-03-004, eq. 58; Snyder et al. (1985); Venkatram et al. (2001).
[[nodiscard]] inline double dividing_streamline_m(double hill_m, const AirColumn& air) {
  if (!(hill_m > 0.0) || !air.layer.stable) return 0.0;
  const std::size_t top = layer_of(hill_m);
  const auto crest = place(hill_m);
  const double crest_gradient = 0.5 * (air.gradient_K_m.value[top] + air.gradient_K_m.at(crest));
  const double crest_theta = 0.5 * (air.theta_K.value[top] + air.theta_K.at(crest));
  double climb = 0.0, upper_m = hill_m;
  for (std::size_t i = top + 1; i-- > 0;) {
    const double lower_m = level_heights_m[i],
                 n2 = i == top ? gravity_of_plumes_m_s2 * crest_gradient / crest_theta
                               : air.layer_stability_s2[i];
    const double drop_u = hill_m - upper_m, drop_l = hill_m - lower_m;
    const double below = climb + 0.5 * n2 * (drop_l * drop_l - drop_u * drop_u);
    const double u = air.wind_m_s.value[i];
    if (0.5 * u * u <= below) {
      // In the layer: u = u0 + s d, d the depth below its top; u^2/2 = climb + n2 (drop_u d + d^2/2).
      const double u0 = air.wind_m_s.value[i] + air.wind_m_s.slope[i] * (upper_m - lower_m),
                   s = -air.wind_m_s.slope[i];
      const double a = 0.5 * (n2 - s * s), b = n2 * drop_u - u0 * s, c = climb - 0.5 * u0 * u0;
      const double root = std::sqrt(std::max(b * b - 4.0 * a * c, 0.0));
      const double depth = -2.0 * c / (b + root);
      return upper_m - std::min(std::max(depth, 0.0), upper_m - lower_m);
    }
    climb = below;
    upper_m = lower_m;
  }
  return 0.0;
}
[[nodiscard, gnu::always_inline]] inline Lanes dividing_streamline_m(const Lanes& hill_m,
                                                                     const AirColumn& air) {
  Lanes found{};
  for (int lane = 0; lane < lane_count; ++lane)
    found[lane] = dividing_streamline_m(double{hill_m[lane]}, air);
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
