#pragma once

#include <cmath>
#include <numbers>

namespace lantian {

/// Where the sun stands in the zenith, at one instant.
struct SubsolarPoint {
  double sine_declination, cosine_declination;
  double longitude_rad;
};

/// The subsolar point to about 0.01 degrees, 1950 to 2050.
///
/// @param unix_seconds  UTC.
/// @see Michalsky (1988), Solar Energy 40, 227 (the low-precision formulas of the Astronomical Almanac).
[[nodiscard]] inline SubsolarPoint subsolar_point(double unix_seconds) {
  constexpr double radian = std::numbers::pi / 180.0;
  const double days = unix_seconds / 86400.0 - 10957.5;  // since noon of 1 January 2000
  const double mean_longitude_deg = 280.460 + 0.9856474 * days;
  const double anomaly = (357.528 + 0.9856003 * days) * radian;
  const double ecliptic =
      (mean_longitude_deg + 1.915 * std::sin(anomaly) + 0.020 * std::sin(2.0 * anomaly)) * radian;
  const double obliquity = (23.439 - 4.0e-7 * days) * radian;
  const double sine = std::sin(obliquity) * std::sin(ecliptic);
  const double right_ascension = std::atan2(std::cos(obliquity) * std::sin(ecliptic), std::cos(ecliptic));
  // Sidereal time at Greenwich: its formula counts from midnight, which is half a day from `days`.
  const double hour = std::fmod(unix_seconds, 86400.0) / 3600.0;
  const double sidereal_h = 6.697375 + 0.0657098242 * days + hour;
  return {sine, std::sqrt(1.0 - sine * sine),
          std::remainder(right_ascension - sidereal_h * 15.0 * radian, 2.0 * std::numbers::pi)};
}

/// Cosine of the sun's zenith angle; negative below the horizon.
[[nodiscard]] inline double cosine_solar_zenith(const SubsolarPoint& sun, double longitude_deg,
                                                double latitude_deg) {
  constexpr double radian = std::numbers::pi / 180.0;
  const double hour_angle = longitude_deg * radian - sun.longitude_rad;
  return std::sin(latitude_deg * radian) * sun.sine_declination +
         std::cos(latitude_deg * radian) * sun.cosine_declination * std::cos(hour_angle);
}

}  // namespace lantian
