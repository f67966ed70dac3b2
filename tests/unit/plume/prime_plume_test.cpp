#include "plume_hours.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/plume/plume_engine.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>

namespace lantian::plume {
namespace {

using namespace testing;

constexpr BuildingSector from_250{20.0, 41.872, 47.848, -33.321, -3.420},
    from_270{20.0, 30.0, 40.0, -30.0, 0.0}, from_300{20.0, 45.981, 49.641, -33.481, 5.0};

double brought(const Source& source, const Receptor& receptor, const WeatherHour& hour,
               const Options& options) {
  return PlumeEngine({source}, {receptor}, options, {}).hour(hour, 0).concentration_ug_m3.at(0);
}

/// Concentrations that AERMOD 24142 prints, with six digits: all of them.
void expect_printed(double found, double printed) {
  EXPECT_NEAR(found / printed, 1.0, 5e-6) << found << " for " << printed;
}

TEST(PrimePlume, GivesAermodsPlumeInAStableWake) {
  const Source stack = stack_on_building(from_250);
  expect_printed(brought(stack, receptor_at(300.0, 100.0), stable_hour(), flat()), 0.273705e+03);
  expect_printed(brought(stack, receptor_at(20.0, 0.0), stable_hour(), flat()),
                 0.725226e+02);  // in the cavity
  expect_printed(brought(stack, receptor_at(40.0, -25.0), stable_hour(), flat()), 0.156215e+02);
  const Source even = stack_on_building(from_270);
  expect_printed(brought(even, receptor_at(400.0, 0.0), light_stable_hour(), flat()),
                 0.484394e+02);  // hardly touched
}

TEST(PrimePlume, GivesAermodsPlumeInAConvectiveWake) {
  const Source even = stack_on_building(from_270);
  expect_printed(brought(even, receptor_at(200.0, 0.0), convective_hour(), flat()), 0.158558e+03);
  expect_printed(brought(even, receptor_at(40.0, 0.0), convective_hour(), flat()), 0.122346e+02);
  expect_printed(brought(even, receptor_at(3000.0, 0.0), convective_hour(), flat()), 0.291967e+01);
  const Source skew = stack_on_building(from_300);
  expect_printed(brought(skew, receptor_at(40.0, 0.0), windy_hour(), flat()), 0.307427e+03);
  expect_printed(brought(skew, receptor_at(-10.0, 0.0), windy_hour(), flat()), 0.831172e+02);  // on the roof
  expect_printed(brought(skew, receptor_at(150.0, -100.0), windy_hour(), flat()), 0.217287e+03);
}

TEST(PrimePlume, IsThePlainPlumeWhereTheWindMeetsNoBuilding) {
  Source bare = stack_on_building({}), none = bare;
  none.buildings.clear();
  const Receptor receptor = receptor_at(300.0, 0.0);
  for (const WeatherHour& hour : {stable_hour(), convective_hour(), windy_hour()})
    EXPECT_EQ(brought(bare, receptor, hour, flat()), brought(none, receptor, hour, flat()));
  // A stack far above its building, and one that ends above a convective layer.
  Source high = stack_on_building({5.0, 5.0, 5.0, -2.0, 0.0});
  high.release_height_m = 100.0;
  Source plain = high;
  plain.buildings.clear();
  EXPECT_EQ(brought(high, receptor, stable_hour(), flat()), brought(plain, receptor, stable_hour(), flat()));
  WeatherHour shallow = convective_hour();
  shallow.surface.convective_mixing_height_m = shallow.surface.mechanical_mixing_height_m = 20.0;
  Source above = stack_on_building(from_270);
  Source above_plain = above;
  above_plain.buildings.clear();
  EXPECT_EQ(brought(above, receptor, shallow, flat()), brought(above_plain, receptor, shallow, flat()));
}

TEST(PrimePlume, MeetsTheBuildingOfTheDirectionTheWindBlowsTo) {
  // Flow towards 70 degrees takes the seventh of the 36, 74.9 too, 75.1 the eighth, 360 the last.
  const auto with_only = [](std::size_t direction) {
    Source source = stack_on_building({});
    source.buildings[direction - 1] = from_270;
    return source;
  };
  Source none = stack_on_building({});
  none.buildings.clear();
  const auto meets = [&](double from_deg, std::size_t direction) {
    WeatherHour hour = windy_hour();
    hour.surface.reference_wind_from_deg = from_deg;
    hour.levels[0].wind_from_deg = from_deg;
    const double towards = (from_deg + 180.0) * 0.017453292519943295;
    const Receptor behind = receptor_at(10.0 + 60.0 * std::sin(towards), 60.0 * std::cos(towards));
    return brought(with_only(direction), behind, hour, flat()) > 2.0 * brought(none, behind, hour, flat());
  };
  EXPECT_TRUE(meets(250.0, 7));
  EXPECT_TRUE(meets(254.9, 7));
  EXPECT_TRUE(meets(255.1, 8));
  EXPECT_FALSE(meets(255.1, 7));
  EXPECT_TRUE(meets(180.0, 36));
  EXPECT_TRUE(meets(184.0, 36));
  EXPECT_TRUE(meets(170.0, 35));
}

TEST(PrimePlume, BringsMoreToTheGroundFromACappedOrSidewardStack) {
  Source stack = stack_on_building(from_270);
  const Receptor near = receptor_at(80.0, 0.0);
  const double free = brought(stack, near, convective_hour(), flat());
  stack.shape = SourceShape::capped_point;
  EXPECT_GT(brought(stack, near, convective_hour(), flat()), free);
  stack.shape = SourceShape::horizontal_point;
  EXPECT_GT(brought(stack, near, convective_hour(), flat()), free);
}

TEST(PrimePlume, WorksInACityAndOverHills) {
  Source stack = stack_on_building(from_250);
  Options city = flat();
  city.urban_areas = {UrbanArea{.population = 1.0e6}};
  const Receptor near = receptor_at(250.0, 80.0);
  const double rural = brought(stack, near, stable_hour(), city);
  stack.urban_area = 0;
  const double urban = brought(stack, near, stable_hour(), city);
  EXPECT_GT(urban, 0.0);
  EXPECT_NE(urban, rural);
  stack.urban_area.reset();
  Receptor hill = near;
  hill.elevation_m = hill.hill_height_m = 15.0;
  // Half of the plume keeps its level, so that a receptor on a hill is nearer to its middle.
  EXPECT_GT(brought(stack, hill, stable_hour(), Options{}), brought(stack, near, stable_hour(), Options{}));
}

TEST(PrimePlume, GivesTheSameBitsWithAnyThreads) {
  std::vector<Receptor> receptors;
  for (int i = 0; i < 200; ++i) receptors.push_back(receptor_at(-50.0 + 4.0 * i, (i % 7 - 3) * 12.0));
  const PlumeEngine engine({stack_on_building(from_270)}, receptors, flat(), {});
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const auto alone = engine.hour(convective_hour(), 0).concentration_ug_m3;
  omp_set_num_threads(4);
  EXPECT_EQ(engine.hour(convective_hour(), 0).concentration_ug_m3, alone);
  omp_set_num_threads(before);
}

}  // namespace
}  // namespace lantian::plume
