#include "meteorology/solar_position.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace lantian {
namespace {

constexpr double degree = 180.0 / std::numbers::pi;

double declination_deg(double unix_seconds) {
  return std::asin(subsolar_point(unix_seconds).sine_declination) * degree;
}

// Instants of the Astronomical Almanac, UTC.
constexpr double march_equinox_2020 = 1584676140.0;     // 20 March 2020, 03:49
constexpr double june_solstice_2020 = 1592689440.0;     // 20 June 2020, 21:44
constexpr double noon_11_february_2020 = 1581422400.0;  // 11 February 2020, 12:00: the sun is 14.2 min late
constexpr double noon_3_november_2020 = 1604404800.0;   // 3 November 2020, 12:00: 16.4 min early

TEST(SolarPosition, StandsOverTheEquatorAtEquinoxAndOverTheTropicAtSolstice) {
  EXPECT_NEAR(declination_deg(march_equinox_2020), 0.0, 0.01);
  EXPECT_NEAR(declination_deg(june_solstice_2020), 23.44, 0.01);
}

TEST(SolarPosition, FollowsTheEquationOfTime) {
  // 4 minutes a degree: late sun stands east of Greenwich at clock noon.
  EXPECT_NEAR(subsolar_point(noon_11_february_2020).longitude_rad * degree, 14.2 / 4.0, 0.05);
  EXPECT_NEAR(subsolar_point(noon_3_november_2020).longitude_rad * degree, -16.4 / 4.0, 0.05);
}

TEST(SolarPosition, ZenithAngleIsTheDistanceFromTheSubsolarPoint) {
  const SubsolarPoint sun = subsolar_point(june_solstice_2020);
  const double under = sun.longitude_rad * degree;
  EXPECT_NEAR(cosine_solar_zenith(sun, under, declination_deg(june_solstice_2020)), 1.0, 1.0e-12);
  EXPECT_NEAR(cosine_solar_zenith(sun, under, 36.0), std::cos((36.0 - 23.436) / degree), 1.0e-4);
  EXPECT_LT(cosine_solar_zenith(sun, under + 180.0, 0.0), -0.9);  // midnight
}

}  // namespace
}  // namespace lantian
