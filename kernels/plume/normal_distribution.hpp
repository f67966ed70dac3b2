#pragma once

#include "plume/lane_values.hpp"

#include <numbers>

namespace lantian::plume {

/// Upper tail of the normal distribution, 1 - Phi(a) for a not below 0; relative error below 1e-10 up to a
/// = 10.6, nothing beyond.
///
/// erfc(x) exp(x^2) (2.5 + x)/2.5 is a polynomial of 12th degree in a number that runs from 1 (x = 0) to -1
/// (x = 7.5), fitted at the Chebyshev points to erfc in double precision.
template <class V>
[[nodiscard, gnu::always_inline]] inline V upper_tail(const V& a) {
  constexpr double c = 2.5, smallest = 0.25;
  const V x = minimum(V(a * (1.0 / std::numbers::sqrt2)), constant<V>(7.5));
  const V t = c / (c + x), k = (t - 0.5 * (1.0 + smallest)) * (2.0 / (1.0 - smallest));
  const V k2 = k * k, k4 = k2 * k2, k8 = k4 * k4;
  const V p03 =
      (0.51453666632807926 + k * 0.31959000442653834) + k2 * (0.13306677815799214 + k * 0.032561606670599118);
  const V p47 = (0.0017430879115409303 + k * -0.0013747597024600779) +
                k2 * (-0.00021196311810378179 + k * 8.2040455817029568e-05);
  const V p8b = (1.3287786734039742e-05 + k * -6.7700538747317297e-06) +
                k2 * (-4.4936711631748952e-07 + k * 4.9208733997829769e-07);
  const V series = (p03 + k4 * p47) + k8 * (p8b + k4 * -2.1574462607532042e-08);
  return choose(a > 10.6, V{}, V(0.5 * t * series * exp(V(-x * x))));
}

}  // namespace lantian::plume
