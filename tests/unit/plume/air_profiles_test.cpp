#include "aermet_records.hpp"
#include "air_column.hpp"
#include "plume/urban_layer.hpp"
#include "plume_hours.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

namespace lantian::plume {
namespace {

using namespace testing;

constexpr double digits = 1e-12;

ProfileLevel thermometer(double height_m, double temperature_k) {
  ProfileLevel level;
  level.height_m = height_m;
  level.temperature_k = temperature_k;
  return level;
}

double similarity(double z_m, const BoundaryLayer& layer) {
  return layer.friction_velocity_m_s / 0.4 * similarity_shape(z_m, layer);
}

TEST(WindProfile, GrowsWithHeightAmongRoughnessElementsUpToAVaneBetweenThem) {
  // 7 z0 = 11.2 m, above the vane at 10 m: below u z/10, above the similarity wind itself.
  WeatherHour hour = stable_hour();
  hour.surface.roughness_length_m = 1.6;
  const AirColumn air = rural_column(hour, {});
  EXPECT_NEAR(air.wind_m_s.at_height(4.0), 3.0 * 4.0 / 10.0, digits);
  EXPECT_NEAR(air.wind_m_s.at_height(60.0), similarity(60.0, air.layer), digits);
  EXPECT_NEAR(air.wind_m_s.at_height(1000.0), similarity(189.0, air.layer), digits);
}

TEST(WindProfile, OfAVaneAboveAShallowLayerHoldsThereAndIsThatOfSevenRoughnessLengthsBelow) {
  WeatherHour hour = stable_hour();
  hour.surface.roughness_length_m = 1.0;
  hour.surface.mechanical_mixing_height_m = 5.0;
  const AirColumn air = rural_column(hour, {});
  EXPECT_NEAR(air.wind_m_s.at_height(8.0), 3.0, digits);
  EXPECT_NEAR(air.wind_m_s.at_height(4.0), similarity(7.0, air.layer), digits);
}

TEST(TemperatureScale, HoldsTheLowestMeasuredGradientAlsoWithTheAdjustedFrictionVelocity) {
  WeatherHour hour = stable_hour();
  hour.levels = {thermometer(2.0, 276.0), thermometer(10.0, 276.4)};
  const double gradient = 0.05 + 0.00977;  // halfway up, at 6 m
  for (const bool adjusted : {false, true})
    EXPECT_NEAR(rural_layer(hour, {0.0, adjusted, false}).temperature_scale_k,
                gradient * 0.4 * 6.0 / (1.0 + 5.0 * 6.0 / 28.5), digits);
}

TEST(TemperatureScale, FollowsFromFrictionWhereTheLowestGradientLiesAbove100m) {
  WeatherHour hour = stable_hour();
  hour.levels = {thermometer(80.0, 276.0), thermometer(180.0, 277.0)};
  const double by_friction_k = 0.1887 * 0.1887 * 277.0 / (9.80616 * 0.4 * 28.5);
  for (const bool adjusted : {false, true})
    EXPECT_NEAR(rural_layer(hour, {0.0, adjusted, false}).temperature_scale_k, by_friction_k, digits);
}

TEST(TemperatureScale, OfTheAdjustedFrictionVelocityIsConstantOrThatOfTheClouds) {
  WeatherHour hour = stable_hour();
  hour.surface.cloud_cover_tenths = 5.0;  // 4 oktas
  EXPECT_EQ(rural_layer(hour, {0.0, true, false}).temperature_scale_k, 0.08);
  // By hand: u* at most 0.6 (10/ln(95))^(1/3) = 0.6 (10/4.553877)^(1/3); 1.4 (0.005/tan(1.53) + 0.05).
  const double most = 0.6 * std::cbrt(10.0 / 4.553876892), highest = 1.4 * (0.005 / 24.49841 + 0.05);
  EXPECT_NEAR(rural_layer(hour, {0.0, true, true}).temperature_scale_k,
              highest * (1.0 - std::pow(2.0 * 0.1887 / most - 1.0, 2)), 1e-8);
}

TEST(GradientProfile, FadesFromTheHighestMeasuredOneWhereThatLiesAbove100m) {
  WeatherHour hour = stable_hour();
  hour.levels = {thermometer(10.0, 276.0), thermometer(20.0, 276.3), thermometer(300.0, 283.3)};
  const AirColumn air = rural_column(hour, {});
  const double top = 7.0 / 280.0 + 0.00977;  // at 160 m
  EXPECT_NEAR(air.gradient_k_m.at_height(160.0), top, digits);
  EXPECT_NEAR(air.gradient_k_m.at_height(200.0), top * std::exp(-40.0 / (0.44 * 189.0)), digits);
}

TEST(GradientProfile, BelowTheLowestMeasuredOneIsThatOfTheSurfaceLayerHoweverHigh) {
  WeatherHour hour = stable_hour();
  hour.levels = {thermometer(250.0, 276.0), thermometer(350.0, 276.9)};
  const AirColumn air = rural_column(hour, {});
  const double scale_k = air.layer.temperature_scale_k;
  EXPECT_NEAR(air.gradient_k_m.at_height(200.0), scale_k / (0.4 * 200.0) * (1.0 + 5.0 * 200.0 / 28.5),
              digits);
  EXPECT_NEAR(air.gradient_k_m.at_height(300.0), 0.009 + 0.00977, digits);
}

TEST(GradientProfile, IsAStraightLineBetweenMeasuredOnesWhoseReferencesAreAlike) {
  // Far up both references are the least of 0.002 K/m.
  WeatherHour hour = stable_hour();
  hour.levels = {thermometer(2.0, 276.0),    thermometer(10.0, 276.4),   thermometer(1590.0, 277.0),
                 thermometer(1610.0, 277.2), thermometer(1990.0, 278.0), thermometer(2010.0, 278.4)};
  const AirColumn air = rural_column(hour, {});
  const double low = 0.01 + 0.00977, high = 0.8 / 380.0 + 0.00977;  // at 1600 and 1800 m
  EXPECT_NEAR(air.gradient_k_m.at_height(1700.0), 0.5 * (low + high), digits);
}

TEST(PotentialTemperature, TakesTheMeanGradientOfTheLayerTheThermometerStandsIn) {
  WeatherHour hour = stable_hour();
  hour.surface.temperature_height_m = 10.0;  // between the levels of 8 and 14 m
  const AirColumn air = rural_column(hour, {});
  const double mean = 0.5 * (air.gradient_k_m.at_height(8.0) + air.gradient_k_m.at_height(14.0));
  EXPECT_NEAR(air.theta_k.at_height(8.0), 277.0 + 0.00977 * 10.0 - 2.0 * mean, 1e-10);
  EXPECT_NEAR(air.theta_k.at_height(14.0) - air.theta_k.at_height(8.0), 6.0 * mean, 1e-10);
}

TEST(SigmaW, OfALevelAtTheMixingHeightCountsForWhatIsLeftAloft) {
  WeatherHour hour = stable_hour();
  hour.levels[0].height_m = 189.0;
  hour.levels[0].sigma_w_m_s = 0.5;
  const AirColumn air = rural_column(hour, {});
  // The reference aloft is the measured value itself, and so the profile.
  EXPECT_NEAR(air.sigma_w_m_s.at_height(1000.0), 0.5, digits);
}

TEST(SigmaV, IsNotMeasuredWhereTheWindIs0) {
  WeatherHour hour = stable_hour();
  const AirColumn without = rural_column(hour, {});
  ProfileLevel still = hour.levels[0];
  still.height_m = 50.0;
  still.wind_speed_m_s = 0.0;
  still.wind_direction_spread_deg = 20.0;
  hour.levels.push_back(still);
  EXPECT_EQ(rural_column(hour, {}).sigma_v_m_s.value, without.sigma_v_m_s.value);
}

TEST(UrbanColumn, IsNeutralUpToTheCitysOwnDepthAlsoUnderADeeperStirredLayer) {
  WeatherHour hour = stable_hour();
  hour.surface.mechanical_mixing_height_m = 600.0;
  const AirColumn rural = rural_column(hour, {});
  const UrbanArea city{"", 1.0e5};  // 189 m
  const AirColumn urban = urban_column(rural, city);
  EXPECT_EQ(urban.layer.mixing_height_m, 600.0);
  EXPECT_EQ(urban.gradient_k_m.at_height(180.0), 1e-5);
  EXPECT_EQ(urban.gradient_k_m.at_height(250.0), rural.gradient_k_m.at_height(250.0));
  EXPECT_EQ(urban.dissipation_m2_s3.value, rural.dissipation_m2_s3.value);
}

/// Lines of a weather file in a file of their own.
class WeatherLines {
 public:
  explicit WeatherLines(const std::string& text)
      : path_(std::filesystem::temp_directory_path() /
              ("air_profiles_test_" +
               std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    std::ofstream(path_) << text;
  }
  ~WeatherLines() { std::filesystem::remove(path_); }
  WeatherLines(const WeatherLines&) = delete;
  WeatherLines& operator=(const WeatherLines&) = delete;
  WeatherLines(WeatherLines&&) = delete;
  WeatherLines& operator=(WeatherLines&&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

HourState state_with(const std::string& values) {
  const WeatherLines lines("24 6 15 167 1 " + values);
  Problems problems;
  AermetLines reader(lines.path(), problems);
  const auto record = read_surface_record(reader);
  EXPECT_TRUE(record && problems.empty());
  return record ? record->state : HourState::calm;
}

TEST(SurfaceRecord, IsMissingByTheLimitsOfAermod) {
  // heat, u*, w*, lapse, zic, zim, L, z0, Bowen, albedo, wind, direction, height, temperature, height
  const std::string rest = " 0.1 1.0 0.2 3.0 250. 10. 277. 2.";
  EXPECT_EQ(state_with("-20. 0.19 -9. -9. -999. 189. 28.5" + rest), HourState::valid);
  EXPECT_EQ(state_with("-20. 9.0 -9. -9. -999. 189. 28.5" + rest), HourState::missing);
  EXPECT_EQ(state_with("-20. 0.19 -9. -9. -999. 99999. 28.5" + rest), HourState::missing);
  EXPECT_EQ(state_with("90. 0.35 1.3 .008 560. 484. -27.6" + rest), HourState::valid);
  EXPECT_EQ(state_with("90. 0.35 1.3 .008 560. -999. -27.6" + rest), HourState::missing);
  EXPECT_EQ(state_with("90. 0.35 1.3 .008 99999. 484. -27.6" + rest), HourState::missing);
  EXPECT_EQ(state_with("-20. 0.19 -9. -9. -999. 189. 28.5 -9. 1.0 0.2 3.0 250. 10. 277. 2."),
            HourState::valid);  // a roughness that is not known counts as the least
  EXPECT_EQ(state_with("-20. 0.19 -9. -9. -999. 189. 28.5 0.1 1.0 0.2 90.0 250. 10. 277. 2."),
            HourState::missing);
  EXPECT_EQ(state_with("-20. 0.19 -9. -9. -999. 189. 28.5 0.1 1.0 0.2 3.0 -9. 10. 277. 2."),
            HourState::missing);
}

TEST(SurfaceRecord, RefusesAWindThatWasMeasuredNowhere) {
  const WeatherLines lines("24 6 15 167 1 -20. 0.19 -9. -9. -999. 189. 28.5 0.1 1.0 0.2 3.0 250. 0. 277. 2.");
  Problems problems;
  AermetLines reader(lines.path(), problems);
  static_cast<void>(read_surface_record(reader));
  EXPECT_EQ(reader.faults(), 1U);
}

TEST(ProfileRecord, TakesAWindOf0From0ForNone) {
  const WeatherLines lines(
      "24 6 15 1 10. 0 0. 0. 4. 99. 99.\n24 6 15 1 50. 0 30. 0. 4. 99. 90.\n24 6 15 1 90. 1 0. 90. 4. 99. "
      "99.\n");
  Problems problems;
  AermetLines reader(lines.path(), problems);
  const auto record = read_profile_record(reader);
  ASSERT_TRUE(record);
  ASSERT_EQ(record->levels.size(), 3U);
  EXPECT_FALSE(record->levels[0].wind_speed_m_s || record->levels[0].wind_from_deg);
  EXPECT_EQ(record->levels[1].wind_speed_m_s, 0.0);
  EXPECT_EQ(record->levels[1].sigma_w_m_s, 90.0);
  EXPECT_EQ(record->levels[2].wind_speed_m_s, 90.0);
  EXPECT_FALSE(record->levels[2].sigma_w_m_s);
}

}  // namespace
}  // namespace lantian::plume
