#pragma once

#include "lantian/base/lanes.hpp"
#include "lantian/base/scalar.hpp"

#include <cmath>
#include <cstdint>

namespace lantian {

/// A claim about each lane (all bits or none), or the bits of its number.
using LaneBits = decltype(Lanes{} < Lanes{});

/// A constant in every lane, or the constant itself where the number type is one cell.
template <class V>
[[nodiscard, gnu::always_inline]] inline V constant(double x) {
  return V{} + x;
}

/// `condition ? yes : no`, lane by lane; both sides are evaluated and must be safe.
template <class Mask, class V>
[[nodiscard, gnu::always_inline]] inline V choose(const Mask& condition, const V& yes, const V& no) {
  return condition ? yes : no;
}

/// Both claims, in each lane.
[[nodiscard, gnu::always_inline]] inline bool both(bool a, bool b) {
  return a && b;
}
[[nodiscard, gnu::always_inline]] inline LaneBits both(const LaneBits& a, const LaneBits& b) {
  return a & b;
}

/// Whether a claim holds in any lane.
[[nodiscard, gnu::always_inline]] inline bool any_of(bool claim) {
  return claim;
}
[[nodiscard, gnu::always_inline]] inline bool any_of(const LaneBits& claim) {
  const auto four =
      __builtin_shufflevector(claim, claim, 0, 1, 2, 3) | __builtin_shufflevector(claim, claim, 4, 5, 6, 7);
  const auto two = __builtin_shufflevector(four, four, 0, 1) | __builtin_shufflevector(four, four, 2, 3);
  return (two[0] | two[1]) != 0;
}

/// The plain values that steer iterations: those of a Dual without its derivatives.
template <class V>
[[nodiscard, gnu::always_inline]] inline double plain(const V& x) {
  return value_of(x);
}
[[nodiscard, gnu::always_inline]] inline Lanes plain(const Lanes& x) {
  return x;
}

// Elementary functions by plain arithmetic: the same bits on any processor, with or without a vector library.
inline namespace lane_functions {

[[nodiscard, gnu::always_inline]] inline Lanes sqrt(const Lanes& x) {
  Lanes root;
  for (int lane = 0; lane < lane_count; ++lane) root[lane] = std::sqrt(x[lane]);
  return root;
}

[[nodiscard, gnu::always_inline]] inline Lanes fabs(const Lanes& x) {
  return x < 0.0 ? -x : x;
}

/// Exponential within two units of the last place; arguments beyond +-708 count as +-708.
///
/// x = k ln 2 + r with |r| <= ln 2 / 2; e^r by its series to r^13 (remainder below 4e-18), which is summed in
/// pairs.
[[nodiscard, gnu::always_inline]] inline Lanes exp(const Lanes& argument) {
  constexpr double log2_e = 1.4426950408889634, ln2_high = 0.693147180369123816490,
                   ln2_low = 1.90821492927058770002e-10;
  constexpr double shift = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to an integer in the low bits
  const Lanes x = minimum(maximum(argument, Lanes{} - 708.0), Lanes{} + 708.0);
  const Lanes shifted = x * log2_e + shift, k = shifted - shift;
  const Lanes r = (x - k * ln2_high) - k * ln2_low, r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
  const Lanes p01 = 1.0 + r, p23 = 1.0 / 2 + r * (1.0 / 6);
  const Lanes p45 = 1.0 / 24 + r * (1.0 / 120), p67 = 1.0 / 720 + r * (1.0 / 5040);
  const Lanes p89 = 1.0 / 40320 + r * (1.0 / 362880), pab = 1.0 / 3628800 + r * (1.0 / 39916800);
  const Lanes pcd = 1.0 / 479001600 + r * (1.0 / 6227020800);
  const Lanes series = (p01 + r2 * p23 + r4 * (p45 + r2 * p67)) + r8 * (p89 + r2 * pab + r4 * pcd);
  const LaneBits power = ((LaneBits)shifted << 52) + (std::int64_t{1023} << 52);  // bits of 2^k
  return series * (Lanes)power;
}

/// Natural logarithm of a positive normal number, within two units of the last place.
///
/// x = 2^k m, sqrt(1/2) <= m < sqrt(2); ln m = 2 artanh s with s = (m - 1)/(m + 1), |s| < 0.172, to s^21.
[[nodiscard, gnu::always_inline]] inline Lanes log(const Lanes& x) {
  constexpr double ln2_high = 0.693147180369123816490, ln2_low = 1.90821492927058770002e-10;
  constexpr std::int64_t root_half = 0x3fe6a09e667f3bcd;  // bits of sqrt(1/2)
  const auto bits = (LaneBits)x;
  const LaneBits exponent = (bits - root_half) >> 52;
  const Lanes k = __builtin_convertvector(exponent, Lanes);
  const auto m = (Lanes)(bits - (exponent << 52));
  const Lanes s = (m - 1.0) / (m + 1.0), s2 = s * s, s4 = s2 * s2, s8 = s4 * s4;
  const Lanes p01 = 2.0 / 3 + s2 * (2.0 / 5), p23 = 2.0 / 7 + s2 * (2.0 / 9);
  const Lanes p45 = 2.0 / 11 + s2 * (2.0 / 13), p67 = 2.0 / 15 + s2 * (2.0 / 17);
  const Lanes p89 = 2.0 / 19 + s2 * (2.0 / 21);
  const Lanes series = (p01 + s4 * p23) + s8 * (p45 + s4 * p67) + s8 * s8 * p89;
  return k * ln2_high + (2.0 * s + (s * s2 * series + k * ln2_low));
}

}  // namespace lane_functions

}  // namespace lantian
