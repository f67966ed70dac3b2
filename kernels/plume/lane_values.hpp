#pragma once

#include "lantian/base/lane_math.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace lantian::plume {

// What the formulas of a plume need beyond lane_math.hpp: each works on one receptor (double) or on eight (Lanes).

/// Claims about one receptor or about each of eight.
template <class V>
using Claim = decltype(V{} < V{});

template <class V>
[[nodiscard, gnu::always_inline]] inline Claim<V> everywhere() {
  return V{} == V{};
}

/// x^p of a number not below 0 (counted as at least 1e-300).
[[nodiscard, gnu::always_inline]] inline double power(double x, double p) {
  return std::pow(std::max(x, 1e-300), p);
}
[[nodiscard, gnu::always_inline]] inline Lanes power(const Lanes& x, double p) {
  return exp(p * log(maximum(x, Lanes{} + 1e-300)));
}

/// Sine and cosine: those of lanes one by one, they are rare.
template <class V>
struct SineCosine {
  V sine, cosine;
};
[[nodiscard, gnu::always_inline]] inline SineCosine<double> sine_cosine(double x) {
  return {std::sin(x), std::cos(x)};
}
[[nodiscard, gnu::always_inline]] inline SineCosine<Lanes> sine_cosine(const Lanes& x) {
  SineCosine<Lanes> both_of{};
  for (int lane = 0; lane < lane_count; ++lane) {
    both_of.sine[lane] = std::sin(x[lane]);
    both_of.cosine[lane] = std::cos(x[lane]);
  }
  return both_of;
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
