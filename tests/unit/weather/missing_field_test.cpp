#include "made_weather.hpp"

#include "lantian/base/log.hpp"
#include "lantian/weather/weather.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace lantian {
namespace {

/// Opens weather without some variables, counts the warnings and returns its first hour by day (13 h in
/// China).
struct Bereft {
  int warnings = 0;
  WeatherHour hour;
  Surface surface;

  explicit Bereft(const std::set<std::string>& without, const std::string& land_use = "") {
    const TestFolder folder;
    MadeWeather made;
    made.start = "2020-04-01T05:00:00Z";
    made.without = without;
    made.write(folder.path("wrfout"));
    Case configuration = two_hours({folder.path("wrfout")});
    configuration.run.start = parse_utc(made.start);
    configuration.run.end = configuration.run.start.plus_seconds(7200);
    configuration.grid.land_use = land_use;
    const int before = warning_count();
    testing::internal::CaptureStderr();
    Problems problems;
    Weather weather(configuration, problems);
    said = testing::internal::GetCapturedStderr();
    problems.throw_if_any();
    hour = weather.hour(configuration.run.start);
    surface = weather.surface();
    warnings = warning_count() - before;
  }
  std::string said;
};

TEST(MissingField, NothingMissingWarnsOfNothing) {
  EXPECT_EQ(Bereft({}).warnings, 0);
}

TEST(MissingField, MixingHeightComesFromTheBulkRichardsonNumber) {
  const Bereft weather({"PBLH"});
  EXPECT_EQ(weather.warnings, 1);
  for (const double height : weather.hour.middle.mixing_height_m.values()) {
    EXPECT_GE(height, 50.0);
    EXPECT_LT(height, 4000.0);
    EXPECT_NE(height, 800.0);
  }
}

TEST(MissingField, FrictionVelocityComesFromLouis) {
  const Bereft weather({"UST"});
  EXPECT_EQ(weather.warnings, 1);
  const auto ustar = weather.hour.middle.friction_velocity_m_s.values();
  // 4 to 6 m/s in the lowest 50 m: near 0.2 m/s on water, 0.5 over crops.
  EXPECT_GT(*std::ranges::min_element(ustar), 0.05);
  EXPECT_LT(*std::ranges::max_element(ustar), 1.5);
  EXPECT_NE(ustar[0], 0.35);
  EXPECT_EQ(weather.hour.middle.sensible_heat_flux_w_m2(3, 3), 120.0);
}

TEST(MissingField, HeatFluxComesFromLouisAndPointsUpFromWarmGround) {
  const Bereft weather({"HFX"});
  EXPECT_EQ(weather.warnings, 1);
  for (const double flux : weather.hour.middle.sensible_heat_flux_w_m2.values()) {
    EXPECT_GT(flux, 0.0);  // TSK is 4 K above the air
    EXPECT_LT(flux, 1000.0);
  }
  EXPECT_LT(weather.hour.middle.inverse_obukhov_length_per_m(2, 2), 0.0);
}

TEST(MissingField, ShortWaveComesFromTheSunAndTheClouds) {
  const Bereft weather({"SWDOWN"}), clear({"SWDOWN", "QCLOUD"});
  EXPECT_EQ(weather.warnings, 1);
  EXPECT_EQ(clear.warnings, 2);
  // 13:30 local time, 1 April, 36 N: declination 4.5, hour angle 21.5 degrees: sine of the elevation 0.796.
  EXPECT_NEAR(clear.hour.middle.short_wave_w_m2(5, 5), 910.0 * 0.796 - 30.0, 5.0);
  EXPECT_LT(weather.hour.middle.short_wave_w_m2(5, 5), 0.97 * clear.hour.middle.short_wave_w_m2(5, 5));
}

TEST(MissingField, LandUseComesFromTheCase) {
  const Bereft weather({"LU_INDEX"}, "maize");
  EXPECT_EQ(weather.warnings, 1);
  for (const int number : weather.surface.land_use.values()) EXPECT_EQ(number, 18);
  EXPECT_EQ(weather.surface.roughness_length_m(0, 0), 0.06);
}

TEST(MissingField, LandUseOfNoClassIsRefusedWithANearName) {
  try {
    const Bereft weather({"LU_INDEX"}, "urbann");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("Did you mean \"urban\"?"), std::string::npos) << error.what();
  }
}

TEST(MissingField, EachWarningNamesTheVariableAndWhatStandsInForIt) {
  const Bereft weather({"PBLH", "UST", "HFX", "SWDOWN", "LU_INDEX", "TSK"}, "crops");
  EXPECT_EQ(weather.warnings, 5);
  for (const char* name :
       {"PBLH is missing; the mixing height", "UST is missing; the friction velocity",
        "HFX is missing; the sensible heat flux", "SWDOWN is missing; the short wave",
        "LU_INDEX is missing; every cell is taken as \"crops\"", "T2 for the temperature of the ground"})
    EXPECT_NE(weather.said.find(name), std::string::npos) << name << "\n" << weather.said;
}

}  // namespace
}  // namespace lantian
