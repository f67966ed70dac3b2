#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace lantian {

/// Temperature and pressure of the US Standard Atmosphere, 1976, from the ground to 80 km.
struct StandardAir {
  double temperature_k, pressure_pa;
};

/// @param height_km  geopotential height, 0 to 80.
/// @see US Standard Atmosphere (1976), NOAA/NASA/USAF, table 4 (gradients) and eqs. 23, 33.
[[nodiscard]] inline StandardAir standard_air(double height_km) {
  struct Zone {
    double base_km, gradient_k_km;
  };
  constexpr std::array<Zone, 7> zones = {
      {{0.0, -6.5}, {11.0, 0.0}, {20.0, 1.0}, {32.0, 2.8}, {47.0, 0.0}, {51.0, -2.8}, {71.0, -2.0}}};
  constexpr double hydrostatic_k_km = 34.163195;  // g M / R
  StandardAir air{288.15, 101325.0};
  for (std::size_t n = 0; n < zones.size(); ++n) {
    const double top =
        n + 1 < zones.size() && height_km > zones[n + 1].base_km ? zones[n + 1].base_km : height_km;
    const double depth = top - zones[n].base_km;
    if (depth <= 0.0) break;
    const double warmer = air.temperature_k + zones[n].gradient_k_km * depth;
    air.pressure_pa *= zones[n].gradient_k_km == 0.0
                           ? std::exp(-hydrostatic_k_km * depth / air.temperature_k)
                           : std::pow(air.temperature_k / warmer, hydrostatic_k_km / zones[n].gradient_k_km);
    air.temperature_k = warmer;
  }
  return air;
}

}  // namespace lantian
