#pragma once

#include "chemistry/rate_laws.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace lantian {

/// Clear-sky photolysis J = l cos(chi)^m exp(-n sec(chi)) [s-1].
struct PhotolysisFit {
  double l, m, n;
};

/// In the order of `Photolysis`; those marked MCM: Saunders, Jenkin, Derwent & Pilling (2003), Atmos. Chem.
/// Phys. 3, 161, table 2 (MCM v3). Those marked "ours" are approximations of the right order where MCM has no
/// such process, which two-stream photolysis over cross sections replaces.
inline constexpr std::array<PhotolysisFit, photolysis_count> mcm_photolysis = {{
    {6.073e-5, 1.743, 0.474},  // O3 -> O(1D)
    {4.775e-4, 0.298, 0.080},  // O3 -> O(3P)
    {1.041e-5, 0.723, 0.279},  // H2O2
    {1.165e-2, 0.244, 0.267},  // NO2
    {2.485e-2, 0.168, 0.108},  // NO3 -> NO
    {1.747e-1, 0.155, 0.125},  // NO3 -> NO2
    {2.644e-3, 0.261, 0.288},  // HONO
    {9.312e-7, 1.230, 0.307},  // HNO3
    {4.642e-5, 0.762, 0.353},  // HCHO -> H + HCO
    {6.853e-5, 0.477, 0.323},  // HCHO -> H2 + CO; all so far MCM
    {5.0e-5, 0.600, 0.300},    // N2O5, ours
    {7.0e-6, 1.100, 0.300},    // HO2NO2 (PNA), ours
    {1.1e-6, 1.100, 0.300},    // PAN and its higher homologues, ours
    {7.649e-6, 0.682, 0.279},  // CH3OOH and other hydroperoxides, MCM
    {2.5e-6, 1.150, 0.318},    // organic nitrates, ours
    {7.344e-6, 1.202, 0.417},  // CH3CHO, MCM
    {2.879e-5, 1.067, 0.358},  // C2H5CHO for higher aldehydes, MCM
    {1.4e-5, 1.100, 0.350},    // glycolaldehyde, ours
    {6.845e-5, 0.130, 0.201},  // glyoxal -> radicals, MCM
    {1.537e-4, 0.170, 0.208},  // methylglyoxal, MCM
    {1.8e-6, 1.100, 0.350},    // ketones but acetone, ours
    {5.804e-7, 1.092, 0.377},  // acetone, ours
    {4.0e-6, 0.600, 0.250},    // isoprene products (methacrolein, methyl vinyl ketone), ours
    {5.0e-4, 0.200, 0.250},    // hydroperoxyaldehydes, ours
}};

/// All photolysis rates under a clear sky; none when the sun is so low that its secant passes 50.
[[nodiscard]] inline std::array<double, photolysis_count> clear_sky_photolysis_per_s(double cos_zenith) {
  std::array<double, photolysis_count> rates{};
  constexpr double least_cosine = 1.0 / 50.0;
  if (cos_zenith <= least_cosine) return rates;
  for (std::size_t p = 0; p < photolysis_count; ++p) {
    const PhotolysisFit& fit = mcm_photolysis[p];
    rates[p] = fit.l * std::pow(cos_zenith, fit.m) * std::exp(-fit.n / cos_zenith);
  }
  return rates;
}

/// What cloud leaves of photolysis below it: 1 - 0.75 f^3.4 of the short wave (Kasten & Czeplak 1980), and as
/// the shorter waves suffer less, its square root.
[[nodiscard]] inline double cloud_photolysis_factor(double cloud_fraction) {
  return std::sqrt(1.0 - 0.75 * std::pow(cloud_fraction, 3.4));
}

}  // namespace lantian
