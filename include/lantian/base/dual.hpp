#pragma once

#include "lantian/base/scalar.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// Forward-mode dual number: a value and its derivatives along N directions. Exact: no step size, no tape.
///
/// @see Griewank & Walther (2008), Evaluating Derivatives, 2nd ed., ch. 3.
template <class T, std::size_t N>
struct Dual {
  T value{};
  std::array<T, N> derivative{};

  constexpr Dual() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a constant is a number
  constexpr Dual(T constant) : value(constant) {}

  /// The independent variable of direction `n`.
  [[nodiscard]] static constexpr Dual variable(T at, std::size_t n = 0) {
    Dual x(at);
    x.derivative[n] = T(1.0);
    return x;
  }

  constexpr Dual& operator+=(const Dual& b) { return *this = *this + b; }
  constexpr Dual& operator-=(const Dual& b) { return *this = *this - b; }
  constexpr Dual& operator*=(const Dual& b) { return *this = *this * b; }
  constexpr Dual& operator/=(const Dual& b) { return *this = *this / b; }

  friend constexpr Dual operator-(const Dual& a) { return chain(a, -a.value, T(-1.0)); }
  friend constexpr Dual operator+(const Dual& a, const Dual& b) {
    return combine(a, b, a.value + b.value, T(1.0), T(1.0));
  }
  friend constexpr Dual operator-(const Dual& a, const Dual& b) {
    return combine(a, b, a.value - b.value, T(1.0), T(-1.0));
  }
  friend constexpr Dual operator*(const Dual& a, const Dual& b) {
    return combine(a, b, a.value * b.value, b.value, a.value);
  }
  friend constexpr Dual operator/(const Dual& a, const Dual& b) {
    const T quotient = a.value / b.value;
    return combine(a, b, quotient, T(1.0) / b.value, -quotient / b.value);
  }
  friend constexpr bool operator<(const Dual& a, const Dual& b) { return a.value < b.value; }
  friend constexpr bool operator>(const Dual& a, const Dual& b) { return a.value > b.value; }
  friend constexpr bool operator<=(const Dual& a, const Dual& b) { return a.value <= b.value; }
  friend constexpr bool operator>=(const Dual& a, const Dual& b) { return a.value >= b.value; }

  friend Dual exp(const Dual& a) {
    const T e = lantian::exp(a.value);
    return chain(a, e, e);
  }
  friend Dual log(const Dual& a) { return chain(a, lantian::log(a.value), T(1.0) / a.value); }
  friend Dual sqrt(const Dual& a) {
    const T root = lantian::sqrt(a.value);
    return chain(a, root, T(0.5) / root);
  }
  friend Dual pow(const Dual& a, double exponent) {
    return chain(a, lantian::pow(a.value, exponent), exponent * lantian::pow(a.value, exponent - 1.0));
  }
  friend Dual atan(const Dual& a) {
    return chain(a, lantian::atan(a.value), T(1.0) / (T(1.0) + a.value * a.value));
  }
  friend Dual fabs(const Dual& a) { return a.value < T(0.0) ? -a : a; }

 private:
  static constexpr Dual chain(const Dual& a, T value, T slope) {
    Dual y(value);
    for (std::size_t n = 0; n < N; ++n) y.derivative[n] = slope * a.derivative[n];
    return y;
  }
  static constexpr Dual combine(const Dual& a, const Dual& b, T value, T slope_a, T slope_b) {
    Dual y(value);
    for (std::size_t n = 0; n < N; ++n)
      y.derivative[n] = slope_a * a.derivative[n] + slope_b * b.derivative[n];
    return y;
  }
};

template <class T, std::size_t N>
[[nodiscard]] constexpr double value_of(const Dual<T, N>& x) {
  return value_of(x.value);
}

}  // namespace lantian
