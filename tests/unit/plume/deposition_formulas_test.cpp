#include "air_column.hpp"
#include "plume/deposition_plume.hpp"
#include "plume/gas_deposition.hpp"
#include "plume/scavenged_depth.hpp"
#include "plume_hours.hpp"
#include "source_hour.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian::plume {
namespace {

using namespace testing;

constexpr double close = 1e-9;  // relative: numbers below were worked out by hand from the printed equations

void expect_close(double found, double worked_out) {
  EXPECT_NEAR(found / worked_out, 1.0, close) << found << " for " << worked_out;
}

/// 285 K, 98 kPa, u* = 0.3 m s-1, z0 = 0.1 m.
DepositionAir air_of(double obukhov_m) {
  DepositionAir air;
  air.layer.friction_velocity_m_s = 0.3;
  air.layer.obukhov_length_m = obukhov_m;
  air.layer.roughness_length_m = 0.1;
  air.layer.temperature_k = 285.0;
  air.layer.stable = obukhov_m > 0.0;
  air.pressure_kpa = 98.0;
  return air;
}

TEST(ParticleFormulas, GiveFallDragAndResistances) {
  EXPECT_NEAR(slip_correction(1.0), 1.1634209952, 1e-9);
  expect_close(settling_speed_m_s({10.0, 1.5}), 0.004584912218504397);
  expect_close(air_viscosity_m2_s(air_of(100.0)), 1.501290873919841e-05);
  expect_close(aerodynamic_resistance_s_m(air_of(100.0).layer), 20.440793939986424);
  // Unstable: the same as ln(z/z0) - psi(z) + psi(z0), psi = 2 ln((1 + sqrt(1 - 16 z/L))/2).
  expect_close(aerodynamic_resistance_s_m(air_of(-50.0).layer), 18.810290926670042);
}

TEST(ParticleFormulas, GiveVelocitiesOfBothMethods) {
  expect_close(particle_velocity_m_s({2.5, 1.5}, air_of(100.0)), 0.00042284478974551575);
  expect_close(mean_particle_velocity_m_s(0.7, air_of(100.0).layer), 0.001185827792495833);
  expect_close(mean_particle_velocity_m_s(0.7, air_of(-50.0).layer), 0.004453138520639543);
}

TEST(ParticleFormulas, LetConvectionStirTheFilmAtTheGround) {
  DepositionAir air = air_of(-50.0);
  const double settling = settling_speed_m_s({2.5, 1.5}), phoretic = 1e-4;
  const auto film_s_m = [&] {
    const double whole = 1.0 / (particle_velocity_m_s({2.5, 1.5}, air) - settling - phoretic);
    const double aloft = aerodynamic_resistance_s_m(air.layer);
    return (whole - aloft) / (1.0 + aloft * settling);
  };
  const double calm = film_s_m();
  air.layer.convective_velocity_m_s = 2.0;
  expect_close(calm / film_s_m(), 1.0 + 0.24 * 4.0 / 0.09);
}

TEST(ParticleFormulas, LetRainCollectByMotionInterceptionAndImpaction) {
  constexpr double rain_mm_h = 2.0;
  expect_close(scavenging_rate_s({2.5, 1.5}, rain_mm_h, air_of(100.0)), 3.827993428070126e-07);
  const double radius_m = 0.01 * std::pow(rain_mm_h, 0.232) / 18.11,
               speed_m_s = 3.75 * std::pow(rain_mm_h, 0.111);
  expect_close(collection_efficiency({20.0, 1.5}, radius_m, speed_m_s, air_of(100.0)), 0.776295630867194);
  EXPECT_EQ(scavenging_rate_s({2.5, 1.5}, 0.0, air_of(100.0)), 0.0);
  expect_close(collection_rate_s(1.0, rain_mm_h), 1.5 * 2.0 / (2.0 * 100.0 * radius_m * 3.6e4));
  EXPECT_EQ(collection_rate_s(1.0, 0.0), 0.0);
  // METHOD_2: 1e-3 (1e5 (0.8 0.7 + 6 0.3)) / 3600 / 500 a mm.
  expect_close(mean_scavenging_rate_s(0.8, 0.7, 1.0, 500.0), 236.0 / 3600.0 / 500.0);
}

/// By day, dry.
GasAir day(double light_w_m2) {
  GasAir hour;
  hour.air = air_of(-50.0);
  hour.saturated_kpa = saturation_pressure_kpa(285.0);
  hour.relative_humidity_percent = 60.0;
  hour.light_w_m2 = light_w_m2;
  hour.soil_water_share = 0.8;
  return hour;
}

TEST(GasFormulas, GiveVelocitiesOverForestAndField) {
  const SolubleGas sulphur_dioxide{0.12e-4, 1.8e-9, 8000.0, 1e-3, 0.0};
  expect_close(gas_velocity_m_s(sulphur_dioxide, gas_surface(2, 4), 2, day(400.0)), 0.0012208693280159376);
  const SolubleGas ozone{0.15e-4, 1.8e-9, 1e9, 9e3, 1.0};
  expect_close(gas_velocity_m_s(ozone, gas_surface(1, 2), 1, day(400.0)), 0.0067317186359024655);
}

TEST(GasFormulas, KnowSurfacesBySeasonAndLandUse) {
  EXPECT_EQ(gas_surface(3, 4).stomata, 500.0);
  EXPECT_EQ(gas_surface(4, 9).ground_o3, 3500.0);
  EXPECT_EQ(gas_surface(5, 8).ground_so2, 1000.0);
  EXPECT_EQ(gas_surface(2, 4, {0.36, 0.25}).leaf_area_share, 0.36);  // forest: all leaves
  EXPECT_EQ(gas_surface(2, 2, {0.36, 0.25}).leaf_area_share, 0.6);   // field: their root
  EXPECT_EQ(gas_surface(5, 6, {0.5, 0.25}).leaf_area_share, 0.25);
  EXPECT_EQ(gas_surface(4, 6, {0.5, 0.25}).leaf_area_share, 1.0);
  EXPECT_EQ(gas_surface(1, 6).half_light_w_m2, 30.0);
}

TEST(GasFormulas, WetLeavesByDewAndRainAndShutThemByFrost) {
  const GasSurface field = gas_surface(1, 2);
  GasAir hour = day(0.0);
  EXPECT_NEAR(wetted(field, hour, 1).cuticle_so2, 2000.0, 1e-3);
  hour.recent_rain_mm = 0.3;
  EXPECT_NEAR(wetted(field, hour, 1).cuticle_so2, 50.0, 1e-3);
  EXPECT_NEAR(wetted(field, hour, 1).cuticle_o3, 750.0, 1e-3);
  EXPECT_FALSE(wetted(field, hour, 1).has_dew);
  hour.snow_falls = true;
  hour.air.layer.temperature_k = 270.0;
  EXPECT_NEAR(wetted(field, hour, 5).cuticle_so2, 2000.0 + 1e3 * std::exp(-0.8), 1e-6);
  hour = day(0.0);
  hour.is_night = true;
  hour.air.layer.friction_velocity_m_s = 0.05;
  EXPECT_TRUE(wetted(field, hour, 1).has_dew);
  hour.air.layer.friction_velocity_m_s = 0.5;
  EXPECT_FALSE(wetted(field, hour, 1).has_dew);
}

TEST(GasFormulas, GiveRainAndLightAndSoilWater) {
  const SolubleGas slight{0.1089e-4, 1.83e-9, 7320.0, 72.0, 0.0},
      ready{0.1089e-4, 1.83e-9, 7320.0, 0.01, 0.0};
  expect_close(gas_scavenging_s(slight, 2.0, 500.0, 285.0), 3.656823494758597e-08);   // drops are saturated
  expect_close(gas_scavenging_s(ready, 2.0, 500.0, 285.0), 6.0805007631420254e-05);   // they are not:
  expect_close(gas_scavenging_s(ready, 2.0, 1000.0, 285.0), 6.0805007631420254e-05);  // any depth is the same
  EXPECT_EQ(gas_scavenging_s(slight, 0.0, 500.0, 285.0), 0.0);
  expect_close(solar_irradiance_w_m2(140.0, 1.0, 0.2, 283.5, 3.0), 915.1695181486468);
  EXPECT_EQ(solar_irradiance_w_m2(140.0, 0.0, 0.2, 283.5, 3.0), 0.0);
  expect_close(soil_water_mm(180.0, 2.0, 0.9, 298.15), 182.0 - 0.45 * 3.2143344608308015 / 3.167);
  EXPECT_EQ(soil_water_share(500.0), 1.0);
  EXPECT_EQ(soil_water_share(-3.0), 0.01);
}

TEST(ScavengedDepth, LiesBetween500mAnd10km) {
  const auto depth = [](const WeatherHour& hour) {
    const AirColumn air = rural_column(hour, {});
    return scavenged_depth_m(source_hour(low_volume(), air, flat()).source, air);
  };
  EXPECT_EQ(depth(light_stable_hour()), 500.0);
  EXPECT_EQ(depth(convective_hour()), 10000.0);
  const double neutral = depth(windy_hour());
  EXPECT_GT(neutral, 1750.0);
  EXPECT_LE(neutral, 10000.0);
}

TEST(DepletionRules, IntegrateCubicsExactlyWithTwoPoints) {
  const TwoPoints<double> points(101.0);
  const auto cube = [](double x) { return x * x * x; };
  const double integral = points.half_length_m * (cube(points.near_m) + cube(points.far_m));
  EXPECT_NEAR(integral / ((std::pow(101.0, 4) - 1.0) / 4.0), 1.0, 1e-14);
}

TEST(DepletionRules, StopRombergsRuleWhereEachReceptorIsWithin5Percent) {
  Lanes to{};
  for (int lane = 0; lane < lane_count; ++lane) to[lane] = 50.0 * (1 << lane);
  int calls = 0;
  const Lanes smooth = romberg_integral(to, [&](const Lanes& x) {
    ++calls;
    return Lanes(x * x);
  });
  for (int lane = 0; lane < lane_count; ++lane)
    EXPECT_NEAR(smooth[lane] / ((std::pow(to[lane], 3) - 1.0) / 3.0), 1.0, 1e-12);
  EXPECT_EQ(calls, 5);  // the ends, the middle, the quarters
  const double peak =
      romberg_integral(4000.0, [](double x) { return std::exp(-0.5 * std::pow(x / 300.0 - 2.0, 2)); });
  EXPECT_NEAR(peak / (300.0 * std::sqrt(2.0 * std::numbers::pi) * 0.97725), 1.0, 0.05);
}

TEST(DepositionPlume, IsThePlumeOfAGasThatDoesNotDeposit) {
  for (const WeatherHour& hour : {stable_hour(), convective_hour(), windy_hour()}) {
    const AirColumn air = rural_column(hour, {});
    const RisingSource rising = source_hour(tall_stack(), air, flat()).source;
    const SeenReceptor<double> at{2.0, 2.0, 0.0, 0.0};
    const auto across = [](double) { return 1.0; };
    const PlumeParts<double> parts = plume_parts(3000.0, 2.0, rising, air, across);
    DividingStreamline<double> streamline(air);
    const double weight = gaussian_weight(parts, at, rising, air, streamline);
    const auto share = share_of_parts_s_m3<double>(parts, 3000.0, at, weight, 0.0, air, nullptr);
    const Arrival<double> plain = arrival(3000.0, at, rising, air, across, true);
    EXPECT_NEAR(share / plain.share_m3_s, 1.0, 1e-14);
    EXPECT_NEAR(parts.random_share, plain.random_share, 1e-14);
  }
}

TEST(DepositionPlume, SeesTheGroundRiseBetweenSourceAndReceptor) {
  const SeenReceptor<double> at{52.0, 2.0, 80.0, 50.0};
  constexpr double lift_m = 1.1, base_m = 10.0, stack_m = 30.0;
  const SeenReceptor<double> end = on_the_way(at, lift_m, 1.0, base_m, stack_m);
  EXPECT_EQ(end.ground_m, 50.0);
  EXPECT_EQ(end.hill_m, 80.0);
  EXPECT_NEAR(end.height_m, 53.1, 1e-12);
  EXPECT_EQ(end.flagpole_m, lift_m);
  const SeenReceptor<double> half = on_the_way(at, lift_m, 0.5, base_m, stack_m);
  EXPECT_EQ(half.ground_m, 25.0);
  EXPECT_NEAR(half.hill_m, 0.5 * (90.0 + 30.0) - 10.0, 1e-12);  // from 30 m to 90 m above the sea
  EXPECT_NEAR(half.height_m, 53.1, 1e-12);
}

TEST(DepositionPlume, FallsWithItsParticlesAndKeepsTheGroundBelow) {
  const AirColumn air = rural_column(stable_hour(), {});
  const RisingSource rising = source_hour(low_volume(), air, flat()).source;
  const PlumeParts<double> parts = plume_parts(1000.0, 0.0, rising, air, [](double) { return 1.0; });
  const double slow = 1e-3, wind = rising.gas.wind_m_s;
  PlumeParts<double> low = parts;
  let_fall(low, parts, 1000.0, slow, rising, air);
  EXPECT_NEAR(low.gaussian.height_m, 5.0 - 1.0 / wind, 1e-12);
  let_fall(low, parts, 1000.0, 1.0, rising, air);
  EXPECT_EQ(low.gaussian.height_m, 0.0);
  let_fall(low, parts, 1000.0, 0.0, rising, air);
  EXPECT_EQ(low.gaussian.height_m, parts.gaussian.height_m);
}

TEST(DepositionPlume, OfManySizesIsThatOfEachByItself) {
  const AirColumn air = rural_column(convective_hour(), {});
  const double lid = air.layer.mixing_height_m;
  const RisingSource rising = source_hour(tall_stack(), air, flat()).source;
  for (const double x : {50.0, 400.0, 3000.0, 20000.0}) {
    for (const SeenReceptor<double>& at :
         {SeenReceptor<double>{0.0, 0.0, 0.0, 0.0}, SeenReceptor<double>{1.1, 1.1, 0.0, 0.0},
          SeenReceptor<double>{130.0, 2.0, 150.0, 128.0}, SeenReceptor<double>{-20.0, 0.0, 10.0, -20.0}}) {
      const PlumeParts<double> parts = plume_parts(x, at.height_m, rising, air, [](double) { return 1.0; });
      ASSERT_GT(parts.convective_share, 0.0);
      const FallSeries<double> series = fall_series(at, parts.convective, lid);
      for (const double share_of_deepest : {0.0, 0.3, 0.999, 1.5}) {
        PlumeParts<double> low = parts;
        let_fall(low, parts, x, share_of_deepest * series.deepest_m * rising.gas.wind_m_s / x, rising, air);
        const double alone = convective_over_terrain_m(at, low.convective, lid);
        EXPECT_NEAR(fallen_convective_m(at, low, &series, lid), alone, 1e-7 * alone + 1e-30)
            << x << " m, " << at.height_m << " m, " << share_of_deepest;
      }
    }
  }
}

}  // namespace
}  // namespace lantian::plume
