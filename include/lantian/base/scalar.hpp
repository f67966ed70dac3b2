#pragma once

#include <cmath>
#include <concepts>

namespace lantian {

/// What a kernel may be written in: double, or a number that carries derivatives (`Dual`).
template <class T>
concept Scalar = requires(T a, T b, double x) {
  T(x);
  { a + b } -> std::convertible_to<T>;
  { a - b } -> std::convertible_to<T>;
  { a* b } -> std::convertible_to<T>;
  { a / b } -> std::convertible_to<T>;
  { x* a } -> std::convertible_to<T>;
  { -a } -> std::convertible_to<T>;
  { a < b } -> std::convertible_to<bool>;
};

// The vocabulary of formulas: used unqualified, so that a number type may bring its own.
using std::atan;
using std::exp;
using std::fabs;
using std::log;
using std::pow;
using std::sqrt;

/// `condition ? yes : no` without a branch; both sides are evaluated and must be safe.
template <class T>
[[nodiscard, gnu::always_inline]] constexpr T select(bool condition, const T& yes, const T& no) {
  return condition ? yes : no;
}

/// Sub-gradient of min and max: that of the chosen argument, the first one at a tie.
template <class T>
[[nodiscard, gnu::always_inline]] constexpr T minimum(const T& a, const T& b) {
  return b < a ? b : a;
}
template <class T>
[[nodiscard, gnu::always_inline]] constexpr T maximum(const T& a, const T& b) {
  return a < b ? b : a;
}

/// The plain value of a number: itself for double.
[[nodiscard]] constexpr double value_of(double x) {
  return x;
}

}  // namespace lantian
