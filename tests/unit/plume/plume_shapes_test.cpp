#include "plume_hours.hpp"

#include "lantian/plume/plume_engine.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian::plume {
namespace {

using namespace testing;

double brought(const std::vector<Source>& sources, const Receptor& receptor, const WeatherHour& hour) {
  double sum = 0.0;
  for (const double part : PlumeEngine(sources, {receptor}, flat(), {}).hour(hour, 0).concentration_ug_m3)
    sum += part;
  return sum;
}

Source area_of(std::vector<Position> ring) {
  Source source;
  source.name = "field";
  source.shape = SourceShape::area;
  source.emission = 1e-4;
  source.release_height_m = 6.0;
  source.initial_sigma_z_m = 2.0;
  source.vertices = std::move(ring);
  return source;
}

TEST(AreaSource, IsTheSumOfItsParts) {
  const Source whole = area_of({{0.0, 0.0}, {0.0, 80.0}, {60.0, 80.0}, {60.0, 0.0}});
  const std::vector<Source> parts{area_of({{0.0, 0.0}, {0.0, 80.0}, {60.0, 0.0}}),
                                  area_of({{0.0, 80.0}, {60.0, 80.0}, {60.0, 0.0}})};
  for (const WeatherHour& hour : {stable_hour(), convective_hour(), windy_hour()}) {
    const Receptor receptor = receptor_at(180.0, 30.0);
    EXPECT_NEAR(brought(parts, receptor, hour) / brought({whole}, receptor, hour), 1.0, 1e-5);
  }
}

TEST(AreaSource, TakesItsCornersEitherWayRoundAndWithADent) {
  const std::vector<Position> ring{{0.0, 0.0}, {0.0, 80.0}, {30.0, 20.0}, {60.0, 80.0}, {60.0, 0.0}};
  const std::vector<Position> back(ring.rbegin(), ring.rend());
  const Receptor receptor = receptor_at(150.0, 40.0);
  EXPECT_NEAR(brought({area_of(back)}, receptor, convective_hour()) /
                  brought({area_of(ring)}, receptor, convective_hour()),
              1.0, 1e-12);
  const std::vector<Source> parts{area_of({{0.0, 0.0}, {0.0, 80.0}, {30.0, 20.0}, {30.0, 0.0}}),
                                  area_of({{30.0, 0.0}, {30.0, 20.0}, {60.0, 80.0}, {60.0, 0.0}})};
  EXPECT_NEAR(
      brought(parts, receptor, convective_hour()) / brought({area_of(ring)}, receptor, convective_hour()),
      1.0, 1e-5);
}

TEST(AreaSource, BringsNothingUpwind) {
  EXPECT_EQ(brought({area_of({{0.0, 0.0}, {0.0, 80.0}, {60.0, 0.0}})}, receptor_at(-500.0, 40.0),
                    convective_hour()),
            0.0);
}

TEST(AreaSource, AgreesWithAermodsRectangle) {
  // AERMOD 24142: 100 m x 50 m turned by 20 degrees at 1.5 m; its own integral is good to 1 %.
  Source field = area_of({{-50.0, -25.0},
                          {-50.0 + 17.101007, -25.0 + 46.984631},
                          {-50.0 + 17.101007 + 93.969262, -25.0 + 46.984631 - 34.202014},
                          {-50.0 + 93.969262, -25.0 - 34.202014}});
  field.release_height_m = 1.5;
  EXPECT_NEAR(brought({field}, receptor_at(98.480775, -17.364818), windy_hour()) / 20.0568, 1.0, 0.01);
}

Source road() {
  Source source;
  source.name = "road";
  source.shape = SourceShape::road;
  source.emission = 1e-3;
  source.release_height_m = 0.6;
  source.initial_sigma_z_m = 0.6;
  source.road_width_m = 10.0;
  source.vertices = {{-200.0, -100.0}, {200.0, 100.0}};
  return source;
}

TEST(Road, AgreesWithAermodsRline) {
  // AERMOD 24142, six digits.
  const auto expect_near = [](double found, double printed) { EXPECT_NEAR(found / printed, 1.0, 1.01e-5); };
  expect_near(brought({road()}, receptor_at(93.96926, 34.20201), light_stable_hour()), 0.168008e+04);
  expect_near(brought({road()}, receptor_at(-20.0, -50.0, 1.5), light_stable_hour()), 0.707956e+03);
  expect_near(brought({road()}, receptor_at(150.0, 25.0, 1.5), stable_hour()), 0.102210e+03);
  expect_near(brought({road()}, receptor_at(-40.0, -25.0, 1.5), convective_hour()), 0.212306e+03);
  expect_near(brought({road()}, receptor_at(10.0, -50.0, 1.5), windy_hour()), 0.270315e+02);
}

TEST(Road, BringsAReceptorTheSameBitsWhicheverItsNeighbours) {
  std::vector<Receptor> receptors;
  for (int i = 0; i < 11; ++i)  // on both sides, near and far, at the ground and above it
    receptors.push_back(receptor_at(40.0 * i - 230.0, 9.0 * i * (i % 3 - 1) + 3.0, 1.5 * (i % 2)));
  for (const WeatherHour& hour : {stable_hour(), convective_hour()}) {
    const HourResult together = PlumeEngine({road()}, receptors, flat(), {}).hour(hour, 0);
    for (std::size_t i = 0; i < receptors.size(); ++i)
      EXPECT_EQ(together.concentration_ug_m3[i], brought({road()}, receptors[i], hour)) << i;
  }
}

TEST(Road, IsTheSumOfItsHalvesWithinTheErrorOfItsRule) {
  Source first = road(), second = road();
  first.vertices = {{-200.0, -100.0}, {20.0, 10.0}};
  second.vertices = {{20.0, 10.0}, {200.0, 100.0}};
  const Receptor receptor = receptor_at(90.0, -20.0, 1.5);
  EXPECT_NEAR(brought({first, second}, receptor, windy_hour()) / brought({road()}, receptor, windy_hour()),
              1.0, 5e-4);
}

}  // namespace
}  // namespace lantian::plume
