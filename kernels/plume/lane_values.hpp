#pragma once

#include "lantian/base/lane_math.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace lantian::plume {

// What the formulas of a plume need beyond lane_math.hpp: each works on one receptor (double) or on eight
// (Lanes).

/// Claims about one receptor or about each of eight.
template <class V>
using Claim = decltype(V{} < V{});

template <class V>
[[nodiscard, gnu::always_inline]] inline Claim<V> everywhere() {
  return V{} == V{};
}

/// One claim or the other, or both.
[[nodiscard, gnu::always_inline]] inline bool either(bool a, bool b) {
  return a || b;
}
[[nodiscard, gnu::always_inline]] inline LaneBits either(const LaneBits& a, const LaneBits& b) {
  return a | b;
}

/// The claim turned round.
[[nodiscard, gnu::always_inline]] inline bool opposite(bool a) {
  return !a;
}
[[nodiscard, gnu::always_inline]] inline LaneBits opposite(const LaneBits& a) {
  return ~a;
}

/// x^p of a number not below 0 (counted as at least 1e-300).
[[nodiscard, gnu::always_inline]] inline double power(double x, double p) {
  return std::pow(std::max(x, 1e-300), p);
}
[[nodiscard, gnu::always_inline]] inline Lanes power(const Lanes& x, double p) {
  return exp(p * log(maximum(x, Lanes{} + 1e-300)));
}

/// a^p b^q of numbers not below 0 (counted as at least 1e-300).
[[nodiscard, gnu::always_inline]] inline double power_product(double a, double p, double b, double q) {
  return std::exp(p * std::log(std::max(a, 1e-300)) + q * std::log(std::max(b, 1e-300)));
}
[[nodiscard, gnu::always_inline]] inline Lanes power_product(const Lanes& a, double p, const Lanes& b,
                                                             double q) {
  return exp(p * log(maximum(a, Lanes{} + 1e-300)) + q * log(maximum(b, Lanes{} + 1e-300)));
}

/// Sine and cosine.
template <class V>
struct SineCosine {
  V sine, cosine;
};
[[nodiscard, gnu::always_inline]] inline SineCosine<double> sine_cosine(double x) {
  return {std::sin(x), std::cos(x)};
}
/// Those of lanes within 4e-16, |x| below 1e5: x = k pi/2 + r, |r| <= pi/4, by their series to r^16.
[[nodiscard, gnu::always_inline]] inline SineCosine<Lanes> sine_cosine(const Lanes& x) {
  constexpr double shift = 6755399441055744.0, two_over_pi = 0.63661977236758134;
  constexpr double high = 1.5707963267341256, low = 6.0771005065061922e-11;
  const Lanes shifted = x * two_over_pi + shift, k = shifted - shift;
  const auto quadrant = (LaneBits)shifted;
  const Lanes r = (x - k * high) - k * low, q = r * r;
  const Lanes sine =
      r + r * q *
              (-1.0 / 6 +
               q * (1.0 / 120 +
                    q * (-1.0 / 5040 +
                         q * (1.0 / 362880 + q * (-1.0 / 39916800 +
                                                  q * (1.0 / 6227020800.0 - q * (1.0 / 1307674368000.0)))))));
  const Lanes cosine =
      1.0 +
      q * (-0.5 +
           q * (1.0 / 24 +
                q * (-1.0 / 720 +
                     q * (1.0 / 40320 + q * (-1.0 / 3628800 +
                                             q * (1.0 / 479001600 + q * (-1.0 / 87178291200.0 +
                                                                         q * (1.0 / 20922789888000.0))))))));
  const LaneBits odd = (quadrant & 1) != 0, sine_negative = (quadrant & 2) != 0,
                 cosine_negative = ((quadrant + 1) & 2) != 0;
  const Lanes s = choose(odd, cosine, sine), c = choose(odd, sine, cosine);
  return {choose(sine_negative, Lanes(-s), s), choose(cosine_negative, Lanes(-c), c)};
}

/// Arc tangent: those of lanes one by one, they are rare.
[[nodiscard, gnu::always_inline]] inline double arc_tangent(double x) {
  return std::atan(x);
}
[[nodiscard, gnu::always_inline]] inline Lanes arc_tangent(const Lanes& x) {
  Lanes angle{};
  for (int lane = 0; lane < lane_count; ++lane) angle[lane] = std::atan(x[lane]);
  return angle;
}

/// The whole number at or below.
[[nodiscard, gnu::always_inline]] inline double whole_part(double x) {
  return std::floor(x);
}
[[nodiscard, gnu::always_inline]] inline Lanes whole_part(const Lanes& x) {
  Lanes whole{};
  for (int lane = 0; lane < lane_count; ++lane) whole[lane] = std::floor(x[lane]);
  return whole;
}

/// exp of an argument not above 0, for terms that are added up: 1 minus it would keep few digits near 0.
[[nodiscard, gnu::always_inline]] inline double decaying(double x) {
  return std::exp(x);
}
/// Those of lanes within 5e-14 of their values down to exp(-100); below -700 they count as exp(-700).
///
/// 2^(k + r) with |r| <= 1/2; 2^r by a polynomial of 9th degree through the Chebyshev points.
[[nodiscard, gnu::always_inline]] inline Lanes decaying(const Lanes& x) {
  constexpr double shift = 6755399441055744.0, log2_e = 1.4426950408889634;
  const Lanes whole = maximum(x, Lanes{} - 700.0) * log2_e, shifted = whole + shift;
  const Lanes r = whole - (shifted - shift), r2 = r * r, r4 = r2 * r2;
  const Lanes p01 = 1.0000000000000135 + r * 0.6931471805599482,
              p23 = 0.24022650695637726 + r * 0.05550410866448228,
              p45 = 0.009618129194367385 + r * 0.001333355822653175,
              p67 = 0.00015403433543951907 + r * 1.5252658376994077e-05,
              p89 = 1.3259673869470135e-06 + r * 1.0208648745901883e-07;
  const Lanes series = (p01 + r2 * p23) + r4 * ((p45 + r2 * p67) + r4 * p89);
  const LaneBits power = ((LaneBits)shifted << 52) + (std::int64_t{1023} << 52);  // bits of 2^k
  return series * (Lanes)power;
}

/// exp of a negative argument; below -50 it counts as nothing.
template <class V>
[[nodiscard, gnu::always_inline]] inline V fading(const V& argument) {
  return choose(argument <= -50.0, V{}, V(exp(argument)));
}

/// Numbers of layers, one or eight.
template <class V>
struct Indices;
template <>
struct Indices<double> {
  std::size_t of{};
};
template <>
struct Indices<Lanes> {
  std::array<std::size_t, lane_count> of{};
};

/// The whole numbers at or below numbers that are not below 0.
[[nodiscard, gnu::always_inline]] inline Indices<double> whole_steps(double steps) {
  return {static_cast<std::size_t>(steps)};
}
[[nodiscard, gnu::always_inline]] inline Indices<Lanes> whole_steps(const Lanes& steps) {
  const LaneBits whole = __builtin_convertvector(steps, LaneBits);
  Indices<Lanes> found{};
  for (int lane = 0; lane < lane_count; ++lane)
    found.of[static_cast<std::size_t>(lane)] = static_cast<std::size_t>(whole[lane]);
  return found;
}

/// The highest of them.
[[nodiscard, gnu::always_inline]] inline std::size_t highest(const Indices<double>& indices) {
  return indices.of;
}
[[nodiscard, gnu::always_inline]] inline std::size_t highest(const Indices<Lanes>& indices) {
  return *std::max_element(indices.of.begin(), indices.of.end());
}

template <class Table>
[[nodiscard, gnu::always_inline]] inline double gather(const Table& table, const Indices<double>& at) {
  return table[at.of];
}
template <class Table>
[[nodiscard, gnu::always_inline]] inline Lanes gather(const Table& table, const Indices<Lanes>& at) {
  return Lanes{table[at.of[0]], table[at.of[1]], table[at.of[2]], table[at.of[3]],
               table[at.of[4]], table[at.of[5]], table[at.of[6]], table[at.of[7]]};
}

}  // namespace lantian::plume
