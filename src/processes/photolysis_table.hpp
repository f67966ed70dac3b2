#pragma once

#include "chemistry/rate_laws.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace lantian {

using PhotolysisRates = std::array<double, photolysis_count>;

/// Photolysis under a clear sky, by the height of the sun and of the place, the ozone above and the albedo:
/// two-stream actinic fluxes (kernels/photolysis) over the cross sections of inputs/photolysis.
///
/// Between its nodes ln J is linear in zenith angle and in ozone, J in albedo and height. The air is the US
/// Standard Atmosphere, also for the temperature of the absorbing molecule; the distance from the sun is one
/// astronomical unit.
class PhotolysisTable {
 public:
  /// The one table of the program, worked out when it is first asked for (tens of milliseconds).
  static const PhotolysisTable& instance();

  static constexpr std::array<double, 8> height_km = {0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0};
  /// Rates [s-1] at each of these heights.
  using Profile = std::array<PhotolysisRates, height_km.size()>;

  /// Over one place; none with the sun more than four degrees below the horizon. Ozone counts within 200 to
  /// 500 DU, albedo within 0 to 0.8.
  [[nodiscard]] Profile over(double cosine_zenith, double ozone_du, double albedo) const;

  /// The rates where the air pressure is what the standard atmosphere has at that height.
  [[nodiscard]] static PhotolysisRates at_pressure(const Profile& profile, double pressure_pa);

 private:
  PhotolysisTable();
  [[nodiscard]] const Profile& node(std::size_t zenith, std::size_t ozone, std::size_t albedo) const;

  std::vector<Profile> nodes_;  // ln J, [zenith][ozone][albedo]
};

}  // namespace lantian
