#include "air_column.hpp"
#include "plume/prime_concentration.hpp"
#include "plume_hours.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian::plume {
namespace {

using namespace testing;

/// Air of 290 K at the ground with one wind at all heights and potential temperature that hardly changes.
AirColumn even_air(double wind_m_s) {
  AirColumn air = rural_column(windy_hour(), {});
  const auto all = [](double value) {
    Profile profile{};
    profile.fill(value);
    return ProfileTable(profile);
  };
  air.wind_m_s = all(wind_m_s);
  air.theta_k = all(290.0);
  air.gradient_k_m = all(0.0);
  air.density_kg_m3 = all(1.2);
  return air;
}

PlumeCourse course_of(const StackGas& gas, const BuildingWake& wake, const AirColumn& air) {
  const WakeAir about = air_about_wake(wake, air);
  const WakeCourse course(wake, about, air);
  return RiseInWake(gas, course).course();
}

/// Far to the side: no plume meets it.
BuildingWake elsewhere() {
  return building_wake(20.0, 20.0, 20.0, -10.0, 1.0e6);
}
/// Upwind face 10 m before the stack.
BuildingWake cube() {
  return building_wake(20.0, 20.0, 20.0, -10.0, 0.0);
}

TEST(RiseInWake, FollowsTheTwoThirdsLawWhereNoBuildingIs) {
  // Briggs (1975): (z + r/b)^3 = 3 F x^2/(2 b^2 u^3) + 3 M x/(b^2 u^2) + (r/b)^3, b = 0.6, r the radius of
  // the plume bent over. Within 6 %: what it mixes in along its way, which the law leaves out, holds it back.
  const StackGas gas{.height_m = 30.0, .radius_m = 1.5, .temperature_k = 390.0, .velocity_m_s = 2.0};
  constexpr double u = 6.0, b = 0.6;
  const AirColumn air = even_air(u);
  const PlumeCourse course = course_of(gas, elsewhere(), air);
  EXPECT_FALSE(course.enters_wake);
  const double air_k = 290.0 - dry_lapse_k_m * 30.0, flux = 2.0 * 1.5 * 1.5;
  const double buoyancy = 9.80616 * flux * (390.0 - air_k) / 390.0, momentum = 2.0 * flux * air_k / 390.0;
  const double start = std::sqrt(flux * air_k / 390.0 / u) / b;
  for (const double x : {100.0, 200.0}) {
    const double cubes = 1.5 * buoyancy / (b * b * u * u * u) * x * x + 3.0 * momentum / (b * b * u * u) * x;
    const double law = std::cbrt(cubes + start * start * start) - start;
    EXPECT_NEAR(course.height_m(x) - 30.0, law, 0.06 * law) << x;
    EXPECT_LT(course.height_m(x) - 30.0, law) << x;
  }
}

TEST(RiseInWake, KeepsHeatAndGainsLiftAsItsEquationsSay) {
  // In even air without shear and radiation: the flux of heat stays, that of upward momentum grows by
  // buoyancy alone.
  const AirAtPlume air{5.0, 0.0, 290.0, 1.2, 0.0};
  PlumeSection gas{5.0, 10.0, std::sqrt(125.0), 291.0, 1.2 * 290.0 / 291.0, 1.0};
  PlumeFluxes flux = fluxes_of(gas, air, 30.0);
  EXPECT_NEAR(section_of(flux, air).radius_m, 1.0, 1e-12);
  EXPECT_NEAR(section_of(flux, air).up_m_s, 10.0, 1e-12);
  const PlumeFluxes change = change_of(gas, air, 0.0);
  const double radiated = 9.1e-11 * (std::pow(291.0, 4) - std::pow(290.0, 4));
  EXPECT_NEAR(change.heat, -radiated, 1e-12);
  EXPECT_NEAR(change.up, 9.80616 * (1.2 - 1.2 * 290.0 / 291.0), 1e-12);
  EXPECT_EQ(change.along, 0.0);
  EXPECT_NEAR(
      change.mass_kg_s,
      2.0 * 1.2 * (0.11 * (std::sqrt(125.0) - 25.0 / std::sqrt(125.0)) + 0.6 * 50.0 / std::sqrt(125.0)),
      1e-12);
  // A wake's turbulence that brings more than the plume's own motion counts in its place.
  EXPECT_NEAR(change_of(gas, air, 2.0).mass_kg_s, 2.0 * 1.2 * 5.0 * 2.0, 1e-12);
}

TEST(RiseInWake, IsLowerBehindABuildingAndComesIntoItsWake) {
  const StackGas gas{.height_m = 25.0, .radius_m = 0.5, .temperature_k = 320.0, .velocity_m_s = 6.0};
  const AirColumn air = even_air(8.0);
  const PlumeCourse free = course_of(gas, elsewhere(), air), behind = course_of(gas, cube(), air);
  EXPECT_TRUE(behind.enters_wake);
  EXPECT_GE(behind.entry.x_m, 0.0);
  EXPECT_LT(behind.height_m(300.0), free.height_m(300.0) - 1.0);
  for (std::size_t i = 1; i < behind.count; ++i) EXPECT_GE(behind.x_m[i], behind.x_m[i - 1]);
}

TEST(RiseInWake, StaysOutOfTheWakeOfALowBuilding) {
  const StackGas gas{.height_m = 80.0, .radius_m = 2.0, .temperature_k = 420.0, .velocity_m_s = 20.0};
  EXPECT_FALSE(course_of(gas, building_wake(8.0, 10.0, 10.0, -5.0, 0.0), even_air(4.0)).enters_wake);
}

TEST(RiseInWake, IsLowestFromACap) {
  StackGas gas{.height_m = 25.0, .radius_m = 0.5, .temperature_k = 300.0, .velocity_m_s = 15.0};
  const AirColumn air = even_air(4.0);
  const auto height = [&](StackGas::Opening opening) {
    gas.opening = opening;
    return course_of(gas, elsewhere(), air).height_m(100.0);
  };
  using enum StackGas::Opening;
  EXPECT_LT(height(capped), height(up));
  EXPECT_LT(height(sideways), height(up));
}

TEST(RiseInWake, EndsForAStackOfAnyStrength) {
  const AirColumn air = even_air(1.0);
  for (const double velocity : {1e-5, 0.5, 80.0}) {
    for (const double radius : {5e-6, 0.3, 25.0}) {
      for (const double temperature : {287.16 + 1e-5, 350.0, 1500.0}) {
        const PlumeCourse course = course_of({25.0, radius, temperature, velocity}, cube(), air);
        EXPECT_TRUE(std::isfinite(course.x_m[course.count - 1]));
        EXPECT_TRUE(std::isfinite(course.height_m(500.0)));
        EXPECT_GT(course.height_m(500.0), 0.0);
      }
    }
  }
}

TEST(Downwash, GivesNoNumberWhereThePlumeCannotBeFollowed) {
  AirColumn air = even_air(5.0);
  for (double& density : air.density_kg_m3.value) density = -1.0;
  const StackGas gas{.height_m = 25.0, .radius_m = 0.5, .temperature_k = 320.0, .velocity_m_s = 6.0};
  const Downwash plume = downwash(gas, cube(), 5.0, 0.0, air);
  EXPECT_FALSE(plume.course.is_sound);
  SeenReceptor<double> at{};
  EXPECT_TRUE(std::isnan(downwashed_share_m3_s(60.0, 0.0, at, plume, air, [] { return 1.0; })));
}

/// A stack of 25 m by a cube of 20 m.
Downwash made_downwash(const AirColumn& air, double velocity_m_s = 6.0) {
  const StackGas gas{.height_m = 25.0, .radius_m = 0.5, .temperature_k = 320.0, .velocity_m_s = velocity_m_s};
  return downwash(gas, cube(), air.wind_m_s.at_height(25.0), 0.0, air);
}

TEST(Downwash, CarriesTheWholePlumeThroughEveryCrossSection) {
  // Without what the cavity caught: its share of the plume is missing, the rest passes in full, in wake and
  // air.
  for (const WeatherHour& hour : {stable_hour(), windy_hour()}) {
    const AirColumn air = rural_column(hour, {});
    Downwash plume = made_downwash(air);
    ASSERT_TRUE(plume.course.enters_wake);
    plume.cavity.share = 0.0;
    for (const double x : {30.0, 120.0, 500.0}) {
      constexpr double spacing_m = 4.0;
      double flux = 0.0;
      for (int j = -200; j < 200; ++j) {
        for (int k = 0; k < 250; ++k) {
          SeenReceptor<double> at{};
          at.height_m = at.flagpole_m = (k + 0.5) * spacing_m;
          flux +=
              arrival_in_wake(x, (j + 0.5) * spacing_m, at, plume, air).share_m3_s * spacing_m * spacing_m;
        }
      }
      EXPECT_NEAR(flux * plume.wind_m_s, 1.0, 1e-6) << x;
    }
  }
}

TEST(Downwash, TellsTheSameOfEightReceptorsAsOfEach) {
  const AirColumn air = rural_column(stable_hour(), {});
  const Downwash plume = made_downwash(air, 2.0);
  ASSERT_GT(plume.cavity.share, 0.0);
  for (int n = 0; n < 60; ++n) {
    Lanes x{}, y{};
    SeenReceptor<Lanes> at{};
    for (int lane = 0; lane < lane_count; ++lane) {
      x[lane] = -30.0 + 0.25 * n * n;
      y[lane] = -40.0 + 12.0 * lane;
      at.height_m[lane] = at.flagpole_m[lane] = n % 3;
    }
    const Lanes all = downwashed_share_m3_s(x, y, at, plume, air, [] { return Lanes{} + 1e-4; });
    for (int lane = 0; lane < lane_count; ++lane) {
      SeenReceptor<double> one{};
      one.height_m = one.flagpole_m = at.height_m[lane];
      const double alone =
          downwashed_share_m3_s(double{x[lane]}, double{y[lane]}, one, plume, air, [] { return 1e-4; });
      EXPECT_NEAR(all[lane], alone, 1e-12 * alone + 1e-25) << n << ' ' << lane;
    }
  }
}

TEST(Downwash, WeighsTheWakeInFullInsideAndFadesBeyond) {
  const AirColumn air = rural_column(stable_hour(), {});
  const Downwash plume = made_downwash(air);
  EXPECT_EQ(wake_weight(50.0, 0.0, 0.0, plume), 1.0);
  EXPECT_EQ(wake_weight(-1.0, 0.0, 0.0, plume), 0.0);
  const double side = wake_half_width_m(50.0, plume.wake);
  EXPECT_NEAR(wake_weight(50.0, 2.0 * side, 0.0, plume), std::exp(-0.5), 1e-12);
  EXPECT_NEAR(wake_weight(2.0 * plume.wake_length_m, 0.0, 0.0, plume), std::exp(-0.5), 1e-12);
  EXPECT_NEAR(wake_weight(50.0, 0.0, 2.0 * wake_height_m(50.0, plume.wake), plume), std::exp(-0.5), 1e-12);
}

}  // namespace
}  // namespace lantian::plume
