#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/base/time.hpp"

#include <map>
#include <string>
#include <vector>

namespace lantian {

/// The air over the place at one instant, by height above sea level.
struct UpperAirProfile {
  struct Level {
    double height_m;
    double potential_temperature_k;
    double wind_east_m_s, wind_north_m_s;
    double relative_humidity;  // 0 to 1
  };
  std::vector<Level> levels;  // rising

  /// Linear between levels; the ends hold beyond them, but potential temperature goes on with 3.3 K/km (the
  /// standard atmosphere's) above the last.
  [[nodiscard]] Level at(double height_m) const;
};

/// Profiles in time.
class UpperAir {
 public:
  UpperAir() = default;
  /// Reads a CSV (columns: see [inputs] upper_air). Temperatures are turned into potential temperatures with
  /// the pressure of the standard atmosphere. Faults go to `problems`.
  UpperAir(const std::string& path, Problems& problems);

  [[nodiscard]] bool empty() const { return profiles_.empty(); }
  /// Linear in time between profiles, on the heights of the earlier one.
  [[nodiscard]] UpperAirProfile at(UtcTime time) const;
  void check_cover(UtcTime begin, UtcTime end, Problems& problems) const;

 private:
  std::string path_;
  std::map<UtcTime, UpperAirProfile> profiles_;
};

/// What stands in for a profile: the standard lapse of 6.5 K/km through a sea-level temperature, and the wind
/// of 10 m times (z / 10 m)^exponent, constant above 1000 m.
struct PowerLawAir {
  double sea_level_temperature_k, wind_east_m_s, wind_north_m_s, relative_humidity, exponent;
};
[[nodiscard]] UpperAirProfile standard_profile(const PowerLawAir& air);

}  // namespace lantian
