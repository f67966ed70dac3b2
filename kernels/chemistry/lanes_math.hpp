#pragma once

#include "chemistry/lanes.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>

// glibc tells the compiler of its vector functions only where -ffast-math is on. These are the same functions
// under names of our own, told to have them.
#if defined(__GNUC__) && !defined(__clang__) && defined(__GLIBC__) && defined(__x86_64__)
extern "C" {
[[gnu::simd("notinbranch"), gnu::const]] double lantian_vector_exp(double) noexcept __asm__("exp");
[[gnu::simd("notinbranch"), gnu::const]] double lantian_vector_log(double) noexcept __asm__("log");
}
#else
inline double lantian_vector_exp(double x) noexcept {
  return std::exp(x);
}
inline double lantian_vector_log(double x) noexcept {
  return std::log(x);
}
#endif

namespace lantian {

// Elementary functions of eight cells: the loops become one call of the vector library (libmvec) where there
// is one. Every lane gets the bits that its own argument gives, whatever stands beside it.

/// `function` of each lane, through plain arrays: loops over elements of a vector type stay scalar.
template <class Function>
[[nodiscard, gnu::always_inline]] inline Lanes in_each_lane(const Lanes& x, Function&& function) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): all of both is written below
  alignas(sizeof(Lanes)) std::array<double, lane_count> from, to;
  std::memcpy(from.data(), &x, sizeof(Lanes));
#pragma omp simd
  for (std::size_t lane = 0; lane < from.size(); ++lane) to[lane] = function(from[lane]);
  Lanes result;
  std::memcpy(&result, to.data(), sizeof(Lanes));
  return result;
}

[[nodiscard]] inline Lanes exp(const Lanes& x) {
  return in_each_lane(x, [](double one) { return lantian_vector_exp(one); });
}
[[nodiscard]] inline Lanes log(const Lanes& x) {
  return in_each_lane(x, [](double one) { return lantian_vector_log(one); });
}
[[nodiscard]] inline Lanes sqrt(const Lanes& x) {
  return in_each_lane(x, [](double one) { return std::sqrt(one); });
}
[[nodiscard]] inline Lanes pow(const Lanes& x, double exponent) {
  return exp(exponent * log(x));
}

[[nodiscard]] inline Lanes minimum(const Lanes& a, const Lanes& b) {
  return b < a ? b : a;
}
[[nodiscard]] inline Lanes maximum(const Lanes& a, const Lanes& b) {
  return a < b ? b : a;
}

}  // namespace lantian
