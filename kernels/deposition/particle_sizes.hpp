#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace lantian {

/// How the mass of a kind of particles spreads over diameters: lognormal between two limits.
struct ParticleSizes {
  double mass_median_diameter_m;  // of the whole lognormal
  double geometric_deviation;     // > 1; 1: all have the median
  double density_kg_m3;
  double least_diameter_m, most_diameter_m;

  friend bool operator==(const ParticleSizes&, const ParticleSizes&) = default;
};

/// A part of the mass, with a diameter that stands for it.
struct SizeClass {
  double diameter_m, share;
};

constexpr std::size_t size_class_count = 6;
using SizeClasses = std::array<SizeClass, size_class_count>;

/// Diameter of a particle of this density that falls as one of 1000 kg m-3 and `aerodynamic_diameter_m` does;
/// without the slip of the air.
[[nodiscard]] inline double geometric_diameter_m(double aerodynamic_diameter_m, double density_kg_m3) {
  constexpr double water_kg_m3 = 1000.0;
  return aerodynamic_diameter_m * std::sqrt(water_kg_m3 / density_kg_m3);
}

/// Share of a standard normal between two scores, as far in the tails as it may be.
[[nodiscard]] inline double normal_share(double from, double to) {
  const double root = std::sqrt(0.5);
  if (from > 0.0) return 0.5 * (std::erfc(from * root) - std::erfc(to * root));
  return 0.5 * (std::erfc(-to * root) - std::erfc(-from * root));
}

/// Share of the lognormal's mass within its limits.
[[nodiscard]] inline double inside_limits(const ParticleSizes& sizes) {
  const double s = std::log(sizes.geometric_deviation), median_m = sizes.mass_median_diameter_m;
  return normal_share(std::log(sizes.least_diameter_m / median_m) / s,
                      std::log(sizes.most_diameter_m / median_m) / s);
}

/// Cuts the mass into classes of equal width in ln d, within the limits and four deviations of the median.
///
/// The diameter of a class is the root of the mean of d^2 over its mass: settling by Stokes' law, which goes
/// with d^2, is that of the whole distribution, however few the classes.
/// @pre  the limits leave more than a hundredth of the distribution: `inside_limits`.
/// @see  Hatch & Choate (1929), J. Franklin Inst. 207, 369: moments of the lognormal,
///       mean d^2 between scores a and b = d_m^2 exp(2 s^2) (Phi(b - 2 s) - Phi(a - 2 s))/(Phi(b) - Phi(a)).
[[nodiscard]] inline SizeClasses size_classes(const ParticleSizes& sizes) {
  SizeClasses classes{};
  const double median_m = sizes.mass_median_diameter_m, s = std::log(sizes.geometric_deviation);
  if (!(s > 0.0)) {
    classes.front() = {median_m, 1.0};
    for (std::size_t n = 1; n < classes.size(); ++n) classes[n] = {median_m, 0.0};
    return classes;
  }
  constexpr double farthest = 4.0;
  const double low = std::max(std::log(sizes.least_diameter_m / median_m) / s, -farthest);
  const double high = std::min(std::log(sizes.most_diameter_m / median_m) / s, farthest);
  const double whole = normal_share(low, high);
  for (std::size_t n = 0; n < classes.size(); ++n) {
    const double width = (high - low) / static_cast<double>(classes.size());
    const double a = low + width * static_cast<double>(n), b = a + width;
    const double mass = normal_share(a, b);
    const double mean_square = std::exp(2.0 * s * s) * normal_share(a - 2.0 * s, b - 2.0 * s) / mass;
    classes[n] = {median_m * std::sqrt(mean_square), mass / whole};
  }
  return classes;
}

}  // namespace lantian
