#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace lantian {

/// Photolysis reactions that mechanisms may name.
enum class Photolysis { O3_O1D, O3_O3P, H2O2, NO2, NO3_NO, NO3_NO2, HONO, HNO3, HCHO_H, HCHO_H2, count };
inline constexpr std::size_t photolysis_count = static_cast<std::size_t>(Photolysis::count);

/// What rate constants depend on.
struct RateConditions {
  double temperature_k = 298.15;
  double air_per_cm3 = 2.46e19;    // M
  double water_per_cm3 = 0.0;      // H2O
  double relative_humidity = 0.0;  // 0-1
  std::array<double, photolysis_count> photolysis_per_s{};
};

/// The words of a rate law in a mechanism file.
namespace rate_words {

using enum Photolysis;
using std::exp, std::log10, std::max, std::min, std::pow, std::sqrt;

/// A (T/300)^n exp(-E/T).
[[nodiscard]] inline double arrhenius(double a, double n, double e, double temperature_k) {
  return a * std::pow(temperature_k / 300.0, n) * std::exp(-e / temperature_k);
}

/// Fall-off between k0 M and k_infinity. @see Troe (1983), Ber. Bunsenges. 87, 161; form of IUPAC.
[[nodiscard]] inline double troe(double k0_m, double k_infinity, double broadening, double width = 1.0) {
  const double ratio = k0_m / k_infinity, log_ratio = std::log10(ratio) / width;
  return k0_m / (1.0 + ratio) * std::pow(broadening, 1.0 / (1.0 + log_ratio * log_ratio));
}

}  // namespace rate_words

}  // namespace lantian
