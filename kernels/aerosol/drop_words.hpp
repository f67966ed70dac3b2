#pragma once

#include "lantian/base/dual.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>

namespace lantian::drop_words {

/// A function's value and slope at a, carried along the directions of a.
template <class T, std::size_t N>
[[nodiscard]] Dual<T, N> chained(const Dual<T, N>& a, T value, T slope) {
  Dual<T, N> y(value);
  for (std::size_t n = 0; n < N; ++n) y.derivative[n] = slope * a.derivative[n];
  return y;
}

// Functions of drops that `Dual` does not bring, for double those of the standard library.
[[nodiscard]] inline double log10(double x) {
  return std::log10(x);
}
[[nodiscard]] inline double log1p(double x) {
  return std::log1p(x);
}
[[nodiscard]] inline double expm1(double x) {
  return std::expm1(x);
}
/// base^exponent, base > 0
[[nodiscard]] inline double power_of(double base, double exponent) {
  return std::pow(base, exponent);
}
/// x^exponent, x >= 0 and 0 < exponent < 1
[[nodiscard]] inline double root_like(double x, double exponent) {
  return std::pow(x, exponent);
}

/// Mean of 1/x between two positive numbers, ln(to/from)/(to - from).
[[nodiscard]] inline double mean_inverse(double from, double to) {
  const double ratio = to / from - 1.0;
  return std::fabs(ratio) > 1.0e-6 ? std::log1p(ratio) / (to - from) : (1.0 - 0.5 * ratio) / from;
}
/// Slope of ln(1 + r)/r, r > -1, near 0 by its series.
[[nodiscard]] inline double slope_of_mean_inverse(double r) {
  constexpr double near = 0.05;
  if (std::fabs(r) > near) return (1.0 / (1.0 + r) - std::log1p(r) / r) / r;
  constexpr int terms = 12;
  double sum = 0.0, power = -1.0;
  for (int n = 1; n <= terms; ++n, power *= -r) sum += power * n / (n + 1.0);
  return sum;
}

template <class T, std::size_t N>
[[nodiscard]] Dual<T, N> log10(const Dual<T, N>& x) {
  return chained(x, T(std::log10(x.value)), T(1.0 / (std::numbers::ln10 * x.value)));
}
template <class T, std::size_t N>
[[nodiscard]] Dual<T, N> log1p(const Dual<T, N>& x) {
  return chained(x, T(std::log1p(x.value)), T(1.0 / (1.0 + x.value)));
}
template <class T, std::size_t N>
[[nodiscard]] Dual<T, N> expm1(const Dual<T, N>& x) {
  return chained(x, T(std::expm1(x.value)), T(std::exp(x.value)));
}
template <class T, std::size_t N>
[[nodiscard]] Dual<T, N> power_of(double base, const Dual<T, N>& exponent) {
  const T value = std::pow(base, exponent.value);
  return chained(exponent, value, T(std::log(base) * value));
}
/// Its slope, which has no bound at zero, is that of 1e-18 below it.
template <class T, std::size_t N>
[[nodiscard]] Dual<T, N> root_like(const Dual<T, N>& x, double exponent) {
  constexpr double least = 1.0e-18;
  return chained(x, T(std::pow(x.value, exponent)),
                 T(exponent * std::pow(x.value < least ? least : x.value, exponent - 1.0)));
}
/// The mean is the same with its ends exchanged: each has the slope of the other.
template <class T, std::size_t N>
[[nodiscard]] Dual<T, N> mean_inverse(const Dual<T, N>& from, const Dual<T, N>& to) {
  const T a = from.value, b = to.value;
  const T by_to = slope_of_mean_inverse(b / a - 1.0) / (a * a),
          by_from = slope_of_mean_inverse(a / b - 1.0) / (b * b);
  Dual<T, N> y(mean_inverse(a, b));
  for (std::size_t n = 0; n < N; ++n)
    y.derivative[n] = by_from * from.derivative[n] + by_to * to.derivative[n];
  return y;
}

}  // namespace lantian::drop_words
