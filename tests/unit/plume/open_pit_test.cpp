#include "plume/open_pit.hpp"

#include "air_column.hpp"
#include "pit_plume.hpp"
#include "plume/particle_deposition.hpp"
#include "plume_hours.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/plume/plume_engine.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

namespace lantian::plume {
namespace {

using namespace testing;

/// 200 m by 100 m, turned clockwise, 20 m deep.
Source pit_turned_by(double angle_deg = 0.0) {
  const double angle = angle_deg * std::numbers::pi / 180.0, sine = std::sin(angle), cosine = std::cos(angle);
  Source pit;
  pit.name = "pit";
  pit.shape = SourceShape::pit;
  pit.emission = 1.0e-4;
  pit.pit_depth_m = 20.0;
  for (const Position& at : std::array<Position, 4>{{{0.0, 0.0}, {0.0, 100.0}, {200.0, 100.0}, {200.0, 0.0}}})
    pit.vertices.push_back({at.x_m * cosine + at.y_m * sine, at.y_m * cosine - at.x_m * sine});
  return pit;
}

AirColumn air_from(double direction_deg) {
  WeatherHour hour = windy_hour();
  hour.surface.reference_wind_from_deg = direction_deg;
  hour.levels[0].wind_from_deg = direction_deg;
  return rural_column(hour, {});
}

double area_m2(const std::vector<Position>& ring) {
  double twice = 0.0;
  for (std::size_t n = 0; n < ring.size(); ++n) {
    const Position &a = ring[n], &b = ring[(n + 1) % ring.size()];
    twice += a.x_m * b.y_m - b.x_m * a.y_m;
  }
  return 0.5 * std::abs(twice);
}

double brought(const Source& source, const Receptor& receptor, const WeatherHour& hour) {
  return PlumeEngine({source}, {receptor}, flat(), {}).hour(hour, 0).concentration_ug_m3[0];
}

TEST(OpenPit, LetsGasesOutAndKeepsTheMoreOfParticlesTheFasterTheyFall) {
  EXPECT_EQ(escaped_share(0.0, 3.0), 1.0);
  EXPECT_DOUBLE_EQ(escaped_share(0.029 * 4.0, 4.0), 0.5);
  EXPECT_NEAR(escaped_share(0.01, 2.0), 1.0 / (1.0 + 0.01 / 0.058), 1.0e-15);
}

TEST(OpenPit, TakesTheAcuteAngleBetweenItsLongSideAndTheWind) {
  const double degree = std::numbers::pi / 180.0;
  EXPECT_NEAR(angle_to_wind(90.0, 120.0), 30.0 * degree, 1.0e-14);
  EXPECT_NEAR(angle_to_wind(90.0, 250.0), 20.0 * degree, 1.0e-14);
  EXPECT_NEAR(angle_to_wind(350.0, -20.0), 10.0 * degree, 1.0e-14);
  EXPECT_NEAR(angle_to_wind(0.0, 90.0), 90.0 * degree, 1.0e-14);
  EXPECT_DOUBLE_EQ(along_wind_length_m(200.0, 100.0, 0.0), 200.0);
  EXPECT_DOUBLE_EQ(along_wind_length_m(200.0, 100.0, 90.0 * degree), 100.0);
  EXPECT_NEAR(along_wind_length_m(200.0, 100.0, 30.0 * degree), 200.0 * 2.0 / 3.0 + 100.0 / 3.0, 1.0e-10);
}

TEST(OpenPit, EmitsFromItsWholeAreaWhenShallowAndFromATwelfthWhenDeep) {
  EXPECT_EQ(effective_area_share(0.0), 1.0);
  EXPECT_EQ(effective_area_share(0.2), 0.08);
  EXPECT_EQ(effective_area_share(5.0), 0.08);
  EXPECT_NEAR(effective_area_share(0.1), std::sqrt(1.0 - 1.7 * std::pow(0.1, 1.0 / 3.0)), 1.0e-15);
  EXPECT_NEAR(effective_area_share(0.2 - 1.0e-9), 0.08, 0.004);  // the two meet
}

TEST(OpenPit, ShortensTheSideAlongTheWind) {
  const EffectiveSides along = effective_sides(200.0, 100.0, 0.25, 0.0);
  EXPECT_DOUBLE_EQ(along.long_m, 50.0);
  EXPECT_DOUBLE_EQ(along.short_m, 100.0);
  for (const double angle : {0.2, 0.7, 1.1, 1.5}) {
    const EffectiveSides sides = effective_sides(200.0, 100.0, 0.25, angle);
    EXPECT_NEAR(sides.long_m * sides.short_m, 0.25 * 200.0 * 100.0, 1.0e-9) << angle;
  }
}

TEST(OpenPit, GathersWhatItEmitsAtItsUpwindCorner) {
  // By quarter of the wind: the corner that it meets first.
  for (const auto& [from_deg, corner] : {std::pair{210.0, 0}, {300.0, 1}, {30.0, 2}, {120.0, 3}})
    for (const double turned_deg : {0.0, 25.0}) {
      const Source pit = pit_turned_by(turned_deg);
      const Source area = effective_area(pit, air_from(from_deg + turned_deg));
      const auto n = static_cast<std::size_t>(corner);
      EXPECT_EQ(area.vertices[0].x_m, pit.vertices[n].x_m) << from_deg;
      EXPECT_EQ(area.vertices[0].y_m, pit.vertices[n].y_m) << from_deg;
      const double angle = std::numbers::pi / (corner % 2 == 0 ? 3.0 : 6.0);
      const double share = effective_area_share(20.0 / along_wind_length_m(200.0, 100.0, angle));
      EXPECT_NEAR(area_m2(area.vertices), share * 2.0e4, 1.0e-6) << from_deg;
      EXPECT_NEAR(area.emission * area_m2(area.vertices), 1.0e-4 * 2.0e4, 1.0e-12) << "all of a gas escapes";
      EXPECT_EQ(area.initial_sigma_z_m, 20.0 / 4.3);
      EXPECT_EQ(area.release_height_m, 0.0);
      // It lies within the pit: no farther downwind or across than the pit itself.
      for (const Position& at : area.vertices) {
        const double back = -turned_deg * std::numbers::pi / 180.0;
        const double x = at.x_m * std::cos(back) + at.y_m * std::sin(back),
                     y = at.y_m * std::cos(back) - at.x_m * std::sin(back);
        EXPECT_GE(x, -1.0e-9);
        EXPECT_LE(x, 200.0 + 1.0e-9);
        EXPECT_GE(y, -1.0e-9);
        EXPECT_LE(y, 100.0 + 1.0e-9);
      }
    }
}

TEST(OpenPit, LosesTheMassThatSettlesInItAndShiftsItsSizesToSmallOnes) {
  Source pit = pit_turned_by();
  pit.particles = {{2.0, 0.3, 1.5}, {40.0, 0.7, 2.5}};
  const AirColumn air = air_from(240.0);
  const Source area = effective_area(pit, air);
  const double wind_m_s = air.wind_m_s.at_height(10.0);
  const std::array<double, 2> left = {0.3 * escaped_share(settling_speed_m_s({2.0, 1.5}), wind_m_s),
                                      0.7 * escaped_share(settling_speed_m_s({40.0, 2.5}), wind_m_s)};
  EXPECT_LT(left[1], 0.69);
  EXPECT_NEAR(area.emission * area_m2(area.vertices), 2.0 * (left[0] + left[1]), 1.0e-10);
  EXPECT_NEAR(area.particles[0].mass_fraction, left[0] / (left[0] + left[1]), 1.0e-12);
  EXPECT_NEAR(area.particles[0].mass_fraction + area.particles[1].mass_fraction, 1.0, 1.0e-15);
}

TEST(OpenPit, BringsWhatItsEffectiveAreaBringsAndNothingIntoItself) {
  for (const WeatherHour& hour : {stable_hour(), convective_hour(), windy_hour()}) {
    const Source pit = pit_turned_by(15.0);
    Source area = effective_area(pit, rural_column(hour, {}));
    for (const Position& at : {Position{700.0, 60.0}, Position{600.0, -150.0}, Position{260.0, 30.0}})
      EXPECT_NEAR(brought(pit, receptor_at(at.x_m, at.y_m), hour),
                  brought(area, receptor_at(at.x_m, at.y_m), hour), 1.0e-9)
          << at.x_m;
    EXPECT_EQ(brought(pit, receptor_at(130.0, 10.0), hour), 0.0);
    EXPECT_GT(brought(area, receptor_at(130.0, 10.0), hour), 0.0);
  }
}

TEST(OpenPit, OfNextToNoDepthIsAnAreaAtTheGround) {
  Source pit = pit_turned_by();
  pit.pit_depth_m = 1.0e-9;
  Source area = pit;
  area.shape = SourceShape::area;
  const Receptor receptor = receptor_at(600.0, 40.0);
  EXPECT_NEAR(brought(pit, receptor, convective_hour()) / brought(area, receptor, convective_hour()), 1.0,
              2.0e-3);
}

TEST(OpenPit, IsRefusedWithoutADepthOrWithItsEmissionAboveItsRim) {
  Source flat_pit = pit_turned_by(), high = pit_turned_by(), cut = pit_turned_by();
  flat_pit.pit_depth_m = 0.0;
  high.release_height_m = 20.5;
  cut.vertices.pop_back();
  for (const Source& pit : {flat_pit, high, cut})
    EXPECT_THROW(PlumeEngine({pit}, {receptor_at(500.0, 0.0)}, flat(), {}), ConfigError);
}

}  // namespace
}  // namespace lantian::plume
