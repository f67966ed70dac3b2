#include "meteorology/holtslag_van_ulden1983.hpp"
#include "meteorology/hydrostatic.hpp"
#include "meteorology/mixing_growth.hpp"
#include "meteorology/sea_breeze.hpp"
#include "meteorology/wind_profile.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian {
namespace {

TEST(WindProfile, IsTheLogarithmWhenNeutral) {
  for (const double height_m : {2.0, 10.0, 37.0, 100.0})
    EXPECT_NEAR(wind_over_10m(height_m, 0.06, 0.0), std::log(height_m / 0.06) / std::log(10.0 / 0.06),
                1.0e-10);
}

TEST(WindProfile, ShearsMoreWhenStableAndLessWhenUnstable) {
  const double neutral = wind_over_10m(50.0, 0.06, 0.0);
  EXPECT_GT(wind_over_10m(50.0, 0.06, 0.02), neutral);
  EXPECT_LT(wind_over_10m(50.0, 0.06, -0.02), neutral);
}

TEST(WindProfile, ExposureChangesNothingOverTheRecordsOwnRoughness) {
  EXPECT_DOUBLE_EQ(exposure_factor(0.1, 0.1), 1.0);
  EXPECT_LT(exposure_factor(1.0, 0.1), 1.0);  // a city slows the wind of 10 m
}

TEST(SeaBreeze, ReturnFlowCarriesBackWhatTheInflowBrings) {
  constexpr double depth_m = 400.0, step_m = 0.5;
  double volume_m2_s = 0.0, inflow_m2_s = 0.0;
  for (double z = 0.5 * step_m; z < 4.0 * depth_m; z += step_m) {
    const double share = breeze_profile(z, depth_m);
    volume_m2_s += share * step_m;
    inflow_m2_s += std::fmax(share, 0.0) * step_m;
  }
  EXPECT_NEAR(inflow_m2_s, 2.0 * depth_m / M_PI, 1.0e-3);  // midpoint rule of 0.5 m
  EXPECT_NEAR(volume_m2_s / inflow_m2_s, 0.0, 1.0e-5);
}

TEST(SeaBreeze, PeaksAtItsPeakAndIsCalmOutsideItsHours) {
  const BreezeClock clock{10.5, 15.0, 20.0};
  EXPECT_DOUBLE_EQ(breeze_strength(clock, 15.0), 1.0);
  EXPECT_DOUBLE_EQ(breeze_strength(clock, 10.0), 0.0);
  EXPECT_DOUBLE_EQ(breeze_strength(clock, 20.0), 0.0);
  EXPECT_NEAR(breeze_strength(clock, 17.5), 0.5, 1.0e-12);
}

TEST(MixedLayer, GrowsWithTheRootOfTheHeatThatHasGoneIn) {
  // sqrt(2 x 1.4 x 0.1 K m/s x 21600 s / 0.005 K/m) = 1099.8 m, without wind and from nothing.
  const MixingDrive<double> drive{
      .heat_flux_k_m_s = 0.1, .friction_velocity_m_s = 0.0, .temperature_k = 288.0, .lapse_k_m = 0.005};
  EXPECT_NEAR(encroached_height_m(1.0e-6, drive, 21600.0), 1099.8, 0.1);
  // Six hours at once are six hours one by one: the convective part is exact.
  double height_m = 100.0;
  for (int hour = 0; hour < 6; ++hour) height_m = encroached_height_m(height_m, drive, 3600.0);
  EXPECT_NEAR(height_m, encroached_height_m(100.0, drive, 21600.0), 1.0e-9);
}

TEST(MixedLayer, HasTheDerivativeThatDifferencesShow) {
  using D = Dual<double, 1>;
  const auto height = [](auto heat) {
    using T = decltype(heat);
    return encroached_height_m(T(300.0), MixingDrive<T>{heat, T(0.3), T(288.0), T(0.006)}, 3600.0);
  };
  const double step = 1.0e-5;
  const double quotient = (height(0.1 + step) - height(0.1 - step)) / (2.0 * step);
  EXPECT_NEAR(height(D::variable(0.1)).derivative[0], quotient, 1.0e-5 * std::fabs(quotient));
}

TEST(MixedLayer, BehindTheCoastIs350MetresAfterTenKilometres) {
  EXPECT_NEAR(internal_layer_depth_m(10.0e3), 350.0, 1.0e-9);
}

TEST(StableLayer, IsNeverAboveTheNeutralOne) {
  constexpr double f = 8.6e-5;
  EXPECT_DOUBLE_EQ(stable_height_m(0.3, 0.0, f), 0.2 * 0.3 / f);
  EXPECT_NEAR(stable_height_m(0.1, 0.1, f), 0.4 * std::sqrt(0.1 * 10.0 / f), 1.0e-9);
}

TEST(EnergyAtTheGround, FollowsTheRadiationByDay) {
  // (0.8 x 500 + 5.31e-13 x 288.15^6 - 5.67e-8 x 288.15^4) / 1.12 = 284.7 W m-2, by hand.
  const RoutineRecord<double> noon{500.0, 288.15, 0.0, 3.0};
  const double net = net_radiation_w_m2(noon, 0.2);
  EXPECT_NEAR(net, (400.0 + 5.31e-13 * 5.7242e14 - 5.67e-8 * 6.8940e9) / 1.12, 0.05);
  const double wet = daytime_heat_flux_w_m2(net, 288.15, 1.0), dry = daytime_heat_flux_w_m2(net, 288.15, 0.5);
  EXPECT_LT(wet, dry);
  EXPECT_LT(dry, net);
}

TEST(StableExchange, IsContinuousWhereTheQuadraticLosesItsRoot) {
  const auto at = [](double speed) {
    return stable_exchange(RoutineRecord<double>{0.0, 280.0, 0.0, speed}, 0.09, 0.06);
  };
  const double drag = von_karman / std::log(10.0 / 0.06);
  const double critical = 2.0 * std::sqrt(dyer_stable * gravity_m_s2 * 10.0 * 0.09 / 280.0 / drag);
  EXPECT_NEAR(at(critical - 1.0e-9).friction_velocity_m_s, at(critical + 1.0e-12).friction_velocity_m_s,
              1.0e-5);
  EXPECT_LT(at(6.0).friction_velocity_m_s, drag * 6.0);
  EXPECT_GT(at(6.0).inverse_obukhov_per_m, 0.0);
}

TEST(StableExchange, AgreesWithTheProfileOfItsOwnObukhovLength) {
  // Its quadratic is U = ustar/kappa (ln(z/z0) + 5 z/L): the similarity set of the house, within zeta = 1.
  const auto found = stable_exchange(RoutineRecord<double>{0.0, 280.0, 0.0, 6.0}, 0.09, 0.06);
  const double speed = found.friction_velocity_m_s / von_karman *
                       (std::log(10.0 / 0.06) - psi_momentum(10.0 * found.inverse_obukhov_per_m));
  EXPECT_NEAR(speed, 6.0, 1.0e-6);
}

TEST(HeatedExchange, AgreesWithTheProfileOfItsOwnObukhovLength) {
  const auto found = exchange_of_heat_flux(RoutineRecord<double>{0.0, 290.0, 0.0, 4.0}, 0.1, 0.06);
  const double speed = found.friction_velocity_m_s / von_karman *
                       (std::log(10.0 / 0.06) - psi_momentum(10.0 * found.inverse_obukhov_per_m) +
                        psi_momentum(0.06 * found.inverse_obukhov_per_m));
  EXPECT_NEAR(speed, 4.0, 4.0e-3);  // twelve steps that halve the error
}

TEST(Hydrostatic, LayerPressureGivesTheLayerItsWeight) {
  const double bottom = 100000.0, warm = 285.0, thickness_m = 300.0;
  const double top = pressure_above_pa(bottom, thickness_m, warm);
  const double density = layer_pressure_pa(bottom, top) / (dry_air_gas_constant_j_kg_k * warm);
  EXPECT_NEAR(density * gravity_m_s2 * thickness_m, bottom - top, 1.0e-7);
}

TEST(Hydrostatic, AirThatRisesWithItsPotentialTemperatureCoolsByTheDryLapse) {
  const double theta = 290.0;
  EXPECT_DOUBLE_EQ(temperature_of_k(theta, reference_pressure_pa), theta);
  const double above_pa = pressure_above_pa(reference_pressure_pa, 1.0, theta);
  const double lapse = gravity_m_s2 / air_heat_capacity_j_kg_k;  // 9.8 K km-1
  EXPECT_NEAR((theta - temperature_of_k(theta, above_pa)) / lapse, 1.0, 1.0e-4);
}

TEST(SmoothStep, GoesFromNoughtToOneAndIsLevelAtBothEnds) {
  for (const double beyond : {-7.0, 2.0}) EXPECT_EQ(smooth_step(beyond, 2.0, 6.0), 0.0) << beyond;
  for (const double beyond : {6.0, 90.0}) EXPECT_EQ(smooth_step(beyond, 2.0, 6.0), 1.0) << beyond;
  EXPECT_DOUBLE_EQ(smooth_step(4.0, 2.0, 6.0), 0.5);
  for (const double at : {2.5, 3.0, 5.2})
    EXPECT_NEAR(smooth_step(at, 2.0, 6.0) + smooth_step(8.0 - at, 2.0, 6.0), 1.0, 1.0e-15) << at;
  constexpr double near = 1.0e-4;  // a slope of s: 3 s^2, so next to nothing is left of 1e-4 / 4
  EXPECT_LT(smooth_step(2.0 + near, 2.0, 6.0) / near, 1.0e-4);
  EXPECT_LT((1.0 - smooth_step(6.0 - near, 2.0, 6.0)) / near, 1.0e-4);
}

TEST(SeaBreeze, AgesEvenlyFromItsOnsetToItsEnd) {
  const BreezeClock clock{.onset_h = 10.0, .peak_h = 15.0, .end_h = 20.0};
  EXPECT_EQ(breeze_age(clock, 4.0), 0.0);
  EXPECT_EQ(breeze_age(clock, 10.0), 0.0);
  EXPECT_DOUBLE_EQ(breeze_age(clock, 12.5), 0.25);
  EXPECT_DOUBLE_EQ(breeze_age(clock, 17.5), 0.75);
  EXPECT_EQ(breeze_age(clock, 23.0), 1.0);
}

TEST(NightTemperatureScale, IsHalvedByAnOvercastSky) {
  EXPECT_DOUBLE_EQ(night_temperature_scale_k(0.0), 0.09);
  EXPECT_DOUBLE_EQ(night_temperature_scale_k(1.0), 0.045);
  EXPECT_DOUBLE_EQ(night_temperature_scale_k(0.5), 0.07875);
}

TEST(SeaHeatFlux, RisesFromAWarmerSeaAndFallsMoreFeeblyToAColderOne) {
  const RoutineRecord<double> at{
      .short_wave_w_m2 = 0.0, .temperature_k = 288.0, .cloud_fraction = 0.0, .wind_speed_m_s = 8.0};
  EXPECT_EQ(sea_heat_flux_k_m_s(at, 288.0), 0.0);
  EXPECT_NEAR(sea_heat_flux_k_m_s(at, 290.0), 1.13e-3 * 8.0 * 2.0, 1.0e-15);
  EXPECT_NEAR(sea_heat_flux_k_m_s(at, 286.0), -0.66e-3 * 8.0 * 2.0, 1.0e-15);
}

}  // namespace
}  // namespace lantian
