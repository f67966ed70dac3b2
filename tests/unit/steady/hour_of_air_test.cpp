#include "hour_of_air.hpp"

#include "meteorology/deardorff1970.hpp"
#include "plume/ground_light.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace lantian::steady {

namespace {

/// A convective column with 300 K mixed to 1000 m and 6 K/km above.
ColumnAir warm_air() {
  ColumnAir air{.friction_velocity_m_s = 0.4,
                .sensible_heat_flux_w_m2 = 200.0,
                .inverse_obukhov_length_per_m = -0.02,
                .mixing_height_m = 1000.0,
                .roughness_length_m = 0.3,
                .temperature_2m_k = 300.0,
                .surface_pressure_pa = 101325.0,
                .wind_east_10m_m_s = 3.0,
                .wind_north_10m_m_s = 0.0,
                .relative_humidity = 0.6,
                .cloud_fraction = 0.3,
                .short_wave_w_m2 = 650.0,
                .rain_mm_h = 0.0,
                .levels = {}};
  for (const double height_m : {10.0, 500.0, 1000.0, 1500.0, 5000.0})
    air.levels.push_back({.height_m = height_m,
                          .wind_east_m_s = 0.0,
                          .wind_north_m_s = -5.0,
                          .temperature_k = 300.0 - 0.0098 * height_m,
                          .potential_temperature_k = 300.0 + 0.006 * std::max(0.0, height_m - 1000.0)});
  return air;
}

const CivilTime noon = civil_time(from_civil(2020, 3, 30, 12));

TEST(HourOfAir, TellsDirectionsFromTheNorthOfTheMap) {
  const plume::WeatherHour straight = hour_of_air(warm_air(), noon, 0.0);
  EXPECT_NEAR(straight.surface.reference_wind_from_deg, 270.0, 1.0e-9);
  // The map's north lies 2 degrees east of north: a wind from 270 comes from 268 on the map.
  const plume::WeatherHour turned = hour_of_air(warm_air(), noon, 2.0 * std::numbers::pi / 180.0);
  EXPECT_NEAR(turned.surface.reference_wind_from_deg, 268.0, 1.0e-9);
  EXPECT_NEAR(*turned.levels.back().wind_from_deg, 358.0, 1.0e-9);
  EXPECT_EQ(turned.hour, 13);  // hours are named by their end
}

TEST(HourOfAir, StirsItByTheHeatOfTheGround) {
  const plume::SurfaceHour surface = hour_of_air(warm_air(), noon, 0.0).surface;
  // w*^3 = g h H/(rho c_p T): 9.81 x 1000 x 200/(1.1768 x 1004.5 x 300) = 5.532 with rho = 101325/(287 x
  // 300).
  EXPECT_NEAR(surface.convective_velocity_m_s, std::cbrt(5.532), 2.0e-4);
  EXPECT_EQ(surface.obukhov_length_m, -50.0);
  EXPECT_EQ(surface.convective_mixing_height_m, 1000.0);
  EXPECT_EQ(surface.mechanical_mixing_height_m, 1000.0);
  EXPECT_NEAR(surface.lapse_above_k_m, 0.006, 1.0e-12);
}

TEST(HourOfAir, GivesWhatDepositionNeeds) {
  ColumnAir air = warm_air();
  const plume::SurfaceHour dry = hour_of_air(air, noon, 0.0).surface;
  EXPECT_NEAR(dry.relative_humidity_percent, 60.0, 1.0e-12);
  EXPECT_NEAR(dry.cloud_cover_tenths, 3.0, 1.0e-12);
  EXPECT_EQ(dry.precipitation_mm_h, 0.0);
  // The light that the engine makes of heat, Bowen ratio and albedo is that of the weather.
  EXPECT_NEAR(plume::solar_irradiance_w_m2(dry.sensible_heat_w_m2, dry.bowen_ratio, dry.albedo,
                                           dry.temperature_k, dry.cloud_cover_tenths),
              650.0, 1.0e-9);
  constexpr int last_code_of_rain = 18;
  air.rain_mm_h = 1.5;
  EXPECT_EQ(hour_of_air(air, noon, 0.0).surface.precipitation_mm_h, 1.5);
  EXPECT_LE(hour_of_air(air, noon, 0.0).surface.precipitation_code, last_code_of_rain);
  air.temperature_2m_k = 270.0;
  EXPECT_GT(hour_of_air(air, noon, 0.0).surface.precipitation_code, last_code_of_rain);
}

TEST(HourOfAir, HasNoConvectionOverCoolGround) {
  ColumnAir air = warm_air();
  air.sensible_heat_flux_w_m2 = -20.0;
  air.inverse_obukhov_length_per_m = 0.01;
  const plume::SurfaceHour surface = hour_of_air(air, noon, 0.0).surface;
  EXPECT_EQ(surface.obukhov_length_m, 100.0);
  EXPECT_LT(surface.convective_velocity_m_s, 0.0);
  EXPECT_LT(surface.convective_mixing_height_m, 0.0);
  air.sensible_heat_flux_w_m2 = air.inverse_obukhov_length_per_m = 0.0;
  EXPECT_EQ(hour_of_air(air, noon, 0.0).surface.obukhov_length_m, 8888.0);  // neutral counts as hardly stable
}

TEST(HourOfAir, MeasuresAProfileUpToFourKilometres) {
  const plume::WeatherHour hour = hour_of_air(warm_air(), noon, 0.0);
  ASSERT_EQ(hour.levels.size(), 5U);  // 10 m wind, and the layers but that of 5000 m
  EXPECT_FALSE(hour.levels[0].temperature_k);
  EXPECT_FALSE(hour.levels[1].wind_speed_m_s) << "the layer at 10 m leaves the wind to that of 10 m";
  EXPECT_TRUE(hour.levels[1].temperature_k);
  EXPECT_EQ(hour.levels[4].height_m, 1500.0);
  EXPECT_NEAR(*hour.levels[4].wind_speed_m_s, 5.0, 1.0e-12);
}

TEST(HourOfAir, NeverStandsStill) {
  ColumnAir air = warm_air();
  air.wind_east_10m_m_s = 0.0;
  const plume::WeatherHour hour = hour_of_air(air, noon, 0.0);
  EXPECT_EQ(hour.state, plume::HourState::valid);
  EXPECT_GT(hour.surface.reference_wind_speed_m_s, 0.28);
}

TEST(ConvectiveVelocity, GrowsByTheThirdRootOfHeatAndVanishesWithoutIt) {
  const double once = convective_velocity_m_s(0.1, 1000.0, 300.0);
  EXPECT_NEAR(once, std::cbrt(9.81 * 1000.0 * 0.1 / 300.0), 1.0e-12);
  EXPECT_NEAR(convective_velocity_m_s(0.8, 1000.0, 300.0), 2.0 * once, 1.0e-12);
  EXPECT_EQ(convective_velocity_m_s(-0.1, 1000.0, 300.0), 0.0);
  // Derivative by the height: w*/(3 h).
  const Dual<double, 1> by_height = convective_velocity_m_s(
      Dual<double, 1>(0.1), Dual<double, 1>::variable(1000.0, 0), Dual<double, 1>(300.0));
  EXPECT_NEAR(by_height.derivative[0], once / 3000.0, 1.0e-12);
}

}  // namespace

}  // namespace lantian::steady
