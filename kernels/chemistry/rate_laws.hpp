#pragma once

#include "lantian/base/dual.hpp"
#include "lantian/base/scalar.hpp"

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <numbers>

namespace lantian {

/// Photolysis reactions that mechanisms may name.
// NOLINTNEXTLINE(readability-identifier-naming): molecules are written as chemists write them
enum class Photolysis { O3_O1D, O3_O3P, H2O2, NO2, NO3_NO, NO3_NO2, HONO, HNO3, HCHO_H, HCHO_H2, count };
inline constexpr std::size_t photolysis_count = static_cast<std::size_t>(Photolysis::count);

/// What rate constants depend on.
template <class T = double>
struct RateConditions {
  T temperature_k = T(298.15);
  T air_per_cm3 = T(2.46e19);    // M
  T water_per_cm3 = T(0.0);      // H2O
  T relative_humidity = T(0.0);  // RH, 0-1
  T cloud_water_g_m3 = T(0.0);   // LWC, liquid water of cloud
  std::array<T, photolysis_count> photolysis_per_s{};
};

/// The words of a rate law in a mechanism file, for every number type.
namespace rate_words {

using enum Photolysis;
using lantian::exp, lantian::log, lantian::pow, lantian::sqrt;

template <class T>
[[nodiscard]] T log10(const T& x) {
  return log(x) * (1.0 / std::numbers::ln10);
}
template <class T>
[[nodiscard]] T max(const T& a, double b) {
  return maximum(a, T(b));
}
template <class T>
[[nodiscard]] T min(const T& a, double b) {
  return minimum(a, T(b));
}

/// A (T/300)^n exp(-E/T).
template <class T>
[[nodiscard]] T arrhenius(double a, double n, double e, const T& temperature_k) {
  const T exponential = a * exp(-e / temperature_k);
  return n == 0.0 ? exponential : T(exponential * pow(temperature_k / 300.0, n));
}

/// Fall-off between k0 M and k_infinity. @see Troe (1983), Ber. Bunsenges. 87, 161; form of IUPAC.
template <class T>
[[nodiscard]] T troe(const T& k0_m, const T& k_infinity, double broadening, double width = 1.0) {
  const T ratio = k0_m / k_infinity, log_ratio = log10(ratio) / width;
  return k0_m / (1.0 + ratio) * exp(std::log(broadening) / (1.0 + log_ratio * log_ratio));
}

}  // namespace rate_words

}  // namespace lantian
