#include "air_column.hpp"
#include "plume/prime_concentration.hpp"
#include "plume_hours.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian::plume {
namespace {

using namespace testing;

/// A cube of 20 m whose middle the stack stands on: R = 20 m.
BuildingWake cube() {
  return building_wake(20.0, 20.0, 20.0, -10.0, 0.0);
}
/// Low and deep: the flow comes back to the roof.
BuildingWake hall() {
  return building_wake(10.0, 40.0, 60.0, -30.0, 5.0);
}
BuildingWake tower() {
  return building_wake(80.0, 20.0, 20.0, 15.0, 0.0);
}

TEST(BuildingWake, HasTheScalesOfAHandCalculation) {
  const BuildingWake wake = cube();
  EXPECT_NEAR(wake.scale_m, 20.0, 1e-12);
  EXPECT_NEAR(wake.cavity_height_m, 20.0 + 0.22 * 20.0, 1e-12);
  EXPECT_NEAR(wake.cavity_length_m, 1.8 * 20.0 / 1.24, 1e-12);
  EXPECT_TRUE(wake.reattaches);  // 0.9 R = 18 m before the lee of 20 m
  EXPECT_NEAR(hall().scale_m, std::pow(10.0, 2.0 / 3.0) * std::cbrt(40.0), 1e-12);
  EXPECT_NEAR(hall().cavity_length_m, 1.8 * 40.0 / (std::pow(3.0, 0.3) * (1.0 + 0.24 * 4.0)),
              1e-12);  // L/H counts as 3
  EXPECT_NEAR(tower().cavity_length_m, 1.8 * 20.0 / (1.0 + 0.24 * 0.25),
              1e-12);  // W/H below 0.33: no part of the length
  EXPECT_FALSE(tower().reattaches);
}

TEST(BuildingWake, CountsNoBuildingAsMoreThanEightTimesSlender) {
  const BuildingWake wall = building_wake(10.0, 500.0, 10.0, 0.0, 0.0),
                     mast = building_wake(200.0, 10.0, 10.0, 0.0, 0.0);
  EXPECT_NEAR(wall.scale_m, std::cbrt(10.0 * 10.0 * 80.0), 1e-12);
  EXPECT_NEAR(mast.scale_m, std::cbrt(10.0 * 10.0 * 80.0), 1e-12);
}

TEST(BuildingWake, BeginsAtTheRoofAndWidensWithTheThirdRoot) {
  const BuildingWake wake = cube();
  EXPECT_NEAR(wake_height_m(0.0, wake), 20.0, 1e-12);
  EXPECT_NEAR(wake_half_width_m(0.0, wake), 10.0, 1e-12);
  EXPECT_NEAR(wake_half_width_m(160.0, wake), 10.0 + 20.0 / 3.0 * 2.0, 1e-12);  // x = 8 R
  EXPECT_NEAR(std::pow(wake_height_m(160.0, wake) / 24.0, 3.0), 8.0 + std::pow(20.0 / 24.0, 3.0), 1e-12);
}

TEST(BuildingWake, HasACavityThatEndsOnTheGround) {
  for (const BuildingWake& wake : {cube(), hall(), tower()}) {
    const double end = wake.cavity_end_m();
    EXPECT_NEAR(cavity_height_m(0.0, wake), wake.height_m, 1e-12);
    EXPECT_NEAR(cavity_height_m(end * (1.0 - 1e-12), wake), 0.0, 1e-3);
    EXPECT_EQ(cavity_height_m(end + 1.0, wake), 0.0);
    EXPECT_EQ(cavity_half_width_m(end + 1.0, wake), 0.0);
    EXPECT_NEAR(cavity_half_width_m(0.0, wake), 0.5 * wake.width_m, 1e-12);
    EXPECT_NEAR(cavity_half_width_m(wake.scale_m, wake), 0.5 * wake.width_m + wake.scale_m / 3.0, 1e-12);
  }
  EXPECT_NEAR(cavity_height_m(0.5 * tower().scale_m, tower()), tower().cavity_height_m, 1e-12);
  EXPECT_NEAR(cavity_height_m(30.0, hall()), 10.0, 1e-12);  // over the roof
}

TEST(WakeZone, KnowsBuildingCavityWakeAndAir) {
  const BuildingWake wake = cube();
  const auto zone = [&](double x, double y, double z) { return wake_zone(x, y, z, wake); };
  EXPECT_TRUE(zone(10.0, 0.0, 5.0).near);    // in the building
  EXPECT_TRUE(zone(30.0, 9.0, 5.0).near);    // in its lee
  EXPECT_FALSE(zone(30.0, 9.0, 24.0).near);  // above the cavity, in the wake
  EXPECT_TRUE(zone(30.0, 9.0, 24.0).wake);
  EXPECT_FALSE(zone(200.0, 0.0, 5.0).near);
  EXPECT_TRUE(zone(200.0, 0.0, 5.0).wake);
  EXPECT_FALSE(zone(200.0, 60.0, 5.0).wake);
  EXPECT_FALSE(zone(-1.0, 0.0, 5.0).wake);
  EXPECT_FALSE(zone(10.0, 0.0, 40.0).wake);
}

TEST(WakeZone, IsTheSameForEightPlacesAtOnce) {
  const BuildingWake wake = tower();
  for (int n = 0; n < 40; ++n) {
    Lanes x{}, y{}, z{};
    for (int lane = 0; lane < lane_count; ++lane) {
      x[lane] = -20.0 + 7.3 * n + lane;
      y[lane] = -25.0 + 6.1 * lane;
      z[lane] = std::fmod(13.7 * n + 9.0 * lane, 110.0);
    }
    const WakeZone<Lanes> all = wake_zone(x, y, z, wake);
    for (int lane = 0; lane < lane_count; ++lane) {
      const WakeZone<double> one = wake_zone(double{x[lane]}, double{y[lane]}, double{z[lane]}, wake);
      EXPECT_EQ(all.near[lane] != 0, one.near);
      EXPECT_EQ(all.wake[lane] != 0, one.wake);
    }
  }
}

TEST(Streamlines, RiseByTwiceWhatTheCavityStandsOverTheRoofAndSinkByHalfOfIt) {
  // At the height of the roof: parabolas up to the building, over its first half R, and down to the end of
  // the cavity.
  const BuildingWake wake = cube();
  const auto climb = [&](double from, double to) {
    constexpr int steps = 4000;
    double sum = 0.0;
    for (int n = 0; n < steps; ++n) {
      const double x = from + (to - from) * (n + 0.5) / steps;
      sum += streamline_slope(x, 0.0, wake.height_m, wake) * (to - from) / steps;
    }
    return sum;
  };
  const double lift = wake.cavity_height_m - wake.height_m;
  EXPECT_NEAR(climb(-wake.scale_m, 0.0), lift, 1e-6);
  EXPECT_NEAR(climb(0.0, 0.5 * wake.scale_m), lift, 1e-6);
  EXPECT_NEAR(climb(0.5 * wake.scale_m, wake.cavity_end_m()), -lift, 1e-6);
}

TEST(Streamlines, FadeUpwardsSidewardsAndAtTheGround) {
  const BuildingWake wake = cube();
  const double roof = streamline_slope(-5.0, 0.0, 20.0, wake);
  EXPECT_NEAR(streamline_slope(-5.0, 0.0, 40.0, wake), roof / 8.0, 1e-12);  // one R above: the third power
  EXPECT_NEAR(streamline_slope(100.0, 0.0, 40.0, wake), 0.5 * streamline_slope(100.0, 0.0, 20.0, wake),
              1e-12);
  EXPECT_NEAR(streamline_slope(-5.0, 10.0 + 10.0 / 3.0, 20.0, wake), 0.5 * roof, 1e-12);
  EXPECT_EQ(streamline_slope(-5.0, 17.0, 20.0, wake), 0.0);
  EXPECT_EQ(streamline_slope(-21.0, 0.0, 20.0, wake), 0.0);
  EXPECT_EQ(streamline_slope(-5.0, 0.0, 13.0, wake), 0.0);  // below 0.67 H before the building
  EXPECT_EQ(streamline_slope(100.0, 0.0, 0.0, wake), 0.0);
  EXPECT_NEAR(streamline_slope(100.0, 0.0, 10.0, wake),
              streamline_slope(100.0, 0.0, 20.0, wake) * std::pow(0.5, 0.3), 1e-12);
}

TEST(WakeWind, IsThatOutsideAtTheWakesEdges) {
  const BuildingWake wake = cube();
  const double top = wake_height_m(60.0, wake), side = wake_half_width_m(60.0, wake);
  EXPECT_EQ(wake_wind(60.0, 0.0, top, wake).share, 1.0);
  EXPECT_NEAR(wake_wind(60.0, 0.0, top - 1e-9, wake).share, 1.0, 1e-9);
  EXPECT_NEAR(wake_wind(60.0, side - 1e-9, 1.0, wake).share, 1.0, 1e-6);
  EXPECT_EQ(wake_wind(60.0, side, 1.0, wake).share, 1.0);
}

TEST(WakeWind, LosesOfItsMeanWhatTheDeficitSays) {
  // Mean over the wake's depth: the same wind in the cavity, from there linear; 0.7 at the lee, where the
  // cavity is still.
  const BuildingWake wake = hall();
  constexpr int steps = 20000;
  for (const double x : {70.0, 120.0, 200.0}) {
    const double top = wake_height_m(x, wake);
    double mean = 0.0;
    for (int n = 0; n < steps; ++n) mean += wake_wind(x, 0.0, top * (n + 0.5) / steps, wake).share / steps;
    const double r = wake.scale_m;
    EXPECT_NEAR(mean, 1.0 - 0.7 * std::pow((x - 60.0 + r) / r, -2.0 / 3.0), 1e-3) << x;
  }
}

TEST(WakeTurbulence, ComesDownToThatOfTheAirWhereItSaysSo) {
  const BuildingWake wake = cube();
  for (const double outside : {0.02, 0.05, 0.12}) {
    const WakeTurbulences t{WakeTurbulence::of(outside, 0.06), WakeTurbulence::of(outside, 0.08)};
    const double end = wake_turbulence_end_m(t.z, added_vertical, wake);
    const double far = std::min(outside, 0.06);
    ASSERT_GT(end, wake.length_m);
    EXPECT_NEAR(wake_intensities(end, t, wake).z, std::max(outside, 1.3 * far), 1e-9) << outside;
    // At the lee: what 1.7 times the wake's own would be at a deficit of 0.7.
    EXPECT_NEAR(wake_intensities(wake.length_m, t, wake).z, far + (0.102 - 0.3 * far) / 0.3, 1e-12);
    EXPECT_NEAR(wake_intensities(1e-9, t, wake).y, outside, 1e-9);
  }
}

TEST(SpreadInWake, GrowsByItsRulesAndGoesOnWithoutABreak) {
  SpreadInWake spread{.entry_m = 2.0, .linear_end_m = 30.0, .turbulence_end_m = 100.0, .sigma_m = 2.0};
  const auto growth = [](double) { return IntensityAndSize{0.1, 20.0}; };
  const auto outside = [](double x) { return 0.05 * x; };
  double x = 0.0;
  const auto walk_to = [&](double end) {
    for (; x < end - 0.5; x += 1.0) spread.step(x, x + 1.0, growth, outside);
  };
  walk_to(30.0);
  EXPECT_NEAR(spread.sigma_m, 2.0 + 0.1 * 30.0, 1e-12);
  walk_to(
      99.0);  // from 5 m by diffusion whose growth meets the linear one: s^2 = 25 + 2 * 5 * 0.1 * (x - 30)
  EXPECT_NEAR(spread.sigma_m, std::sqrt(25.0 + 0.1 * 2.0 * 5.0 * 69.0), 1e-9);
  walk_to(100.0);
  const double at_end = std::sqrt(25.0 + 70.0);
  EXPECT_NEAR(spread.sigma_m, at_end, 1e-9);
  EXPECT_NEAR(spread.virtual_m, std::sqrt(at_end * at_end - 25.0), 1e-9);
  walk_to(200.0);
  EXPECT_NEAR(spread.sigma_m, std::hypot(10.0, spread.virtual_m), 1e-12);
}

TEST(KeptSteps, KeepTheLastAndNeverTurnBack) {
  for (const std::size_t count : {1U, 7U, 50U, 51U, 100U, 101U, 300U, 5000U}) {
    const KeptSteps kept(count);
    ASSERT_EQ(kept.size(), std::min<std::size_t>(count, 50));
    EXPECT_LE(kept[0], 1U);  // each second one of a hundred
    EXPECT_EQ(kept[kept.size() - 1], count - 1);
    for (std::size_t i = 1; i < kept.size(); ++i) EXPECT_GT(kept[i], kept[i - 1]) << count << ' ' << i;
  }
}

TEST(Between, HoldsTheEndsAndIsLinearInside) {
  WakeColumn x{}, values{};
  for (std::size_t i = 0; i < 5; ++i) x[i] = static_cast<double>(i * i), values[i] = 3.0 * x[i] + 1.0;
  const auto at = [&](double where) { return value_between(between(where, x, 5), values); };
  EXPECT_EQ(at(-1.0), 1.0);
  EXPECT_NEAR(at(7.3), 3.0 * 7.3 + 1.0, 1e-12);
  EXPECT_EQ(at(16.0), 49.0);
  EXPECT_EQ(at(99.0), 49.0);
  EXPECT_EQ(value_between(between(4.0, x, 1), values), 1.0);
}

TEST(CavitySource, CatchesTheShareThatLiesInIt) {
  constexpr double series = 3e-7;  // of the error function
  EXPECT_NEAR(share_within(0.0, 10.0, 10.0), 0.6826894921, series);
  EXPECT_NEAR(share_within(20.0, 10.0, 10.0), 0.1573053559, series);  // from one to three spreads
  EXPECT_EQ(share_within(5.0, 0.0, 10.0), 1.0);
  EXPECT_EQ(share_within(15.0, 0.0, 10.0), 0.0);
  // Far out by the series, whose next term is 1.8e-3 of it: from 4.5 to 6.5 spreads.
  EXPECT_NEAR(share_within(55.0, 10.0, 10.0) / 3.397633e-6, 1.0, 2e-3);
  for (int n = 0; n < 400; ++n) {
    const double middle = 0.13 * n,
                 exact = 0.5 * (std::erf((10.0 - middle) / 10.0) + std::erf((10.0 + middle) / 10.0));
    EXPECT_NEAR(share_within(middle, 10.0 / std::numbers::sqrt2, 10.0), exact, 2.0 * series) << middle;
  }
}

TEST(CavitySource, SpreadsOverTheBuildingsWidthOrThreeHeights) {
  EXPECT_NEAR(cavity_sigma_y_m(0.0, cube()) * root_two_pi, 20.0, 1e-12);
  EXPECT_NEAR(cavity_sigma_y_m(0.0, hall()) * root_two_pi, 30.0, 1e-12);
  EXPECT_NEAR(cavity_sigma_y_m(100.0, hall()) * root_two_pi, 40.0, 1e-12);
  EXPECT_NEAR(cavity_sigma_y_m(0.0, tower()) * root_two_pi, 80.0 / 3.0, 1e-12);
  EXPECT_EQ(cavity_middle_m(5.0, cube()), 0.0);
  EXPECT_NEAR(cavity_middle_m(10.0 / root_two_pi, building_wake(10.0, 40.0, 10.0, 0.0, 30.0)), -15.0, 1e-12);
}

TEST(CavitySource, GivesTheConcentrationThatTheRoofsWindCarriesOff) {
  // In the middle: Q/(pi u s_y s_z) = Q/(U_H W H/3) with the width of the hat and two thirds for the floor's
  // image.
  const BuildingWake wake = cube();
  const double u_roof = 3.0, u_stack = 4.0, sz = cavity_sigma_z_m(u_roof, u_stack, wake),
               sy = cavity_sigma_y_m(0.0, wake);
  EXPECT_NEAR(std::numbers::pi * u_stack * sy * sz, u_roof * 20.0 * 20.0 / 3.0, 1e-9);
}

}  // namespace
}  // namespace lantian::plume
