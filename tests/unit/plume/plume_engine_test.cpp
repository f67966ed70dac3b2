#include "lantian/plume/plume_engine.hpp"

#include "plume_hours.hpp"

#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <numbers>

namespace lantian::plume {
namespace {

using namespace testing;

// Concentrations below: AERMOD 24142 prints six digits; the engine must agree with all of them.
constexpr double six_digits = 5e-6;

double brought(const Source& source, const Receptor& receptor, const WeatherHour& hour,
               const Options& options) {
  return PlumeEngine({source}, {receptor}, options, {}).hour(hour, 0).concentration_ug_m3.at(0);
}

void expect_printed(double found, double printed) {
  EXPECT_NEAR(found / printed, 1.0, six_digits) << found << " for " << printed;
}

TEST(PlumeEngine, GivesAermodsStackInStableAir) {
  expect_printed(brought(tall_stack(), receptor_at(5000.0, 2000.0), stable_hour(), flat()), 0.408881e-05);
  expect_printed(brought(tall_stack(), receptor_at(100.0, 0.0), light_stable_hour(), flat()), 0.409353e-06);
}

TEST(PlumeEngine, GivesAermodsStackInConvectiveAir) {
  expect_printed(brought(tall_stack(), receptor_at(1000.0, -50.0), convective_hour(), flat()), 0.306861e+02);
  expect_printed(brought(tall_stack(), receptor_at(1500.0, -250.0), windy_hour(), flat()), 0.197884e+01);
}

TEST(PlumeEngine, GivesAermodsVolume) {
  expect_printed(brought(low_volume(), receptor_at(300.0, 200.0), stable_hour(), flat()), 0.498241e+02);
  expect_printed(brought(low_volume(), receptor_at(75.0, 0.0), convective_hour(), flat()), 0.286821e+03);
  expect_printed(brought(low_volume(), receptor_at(-20.0, 25.0), windy_hour(), flat()), 0.137342e+02);
}

TEST(PlumeEngine, GivesAermodsStackInACity) {
  Source stack = tall_stack();
  stack.emission = 10.0;
  stack.release_height_m = 35.0;
  stack.gas_temperature_k = 432.0;
  stack.gas_velocity_m_s = 11.7;
  stack.stack_diameter_m = 2.4;
  stack.urban_area = 0;
  Options options = flat();
  options.urban_areas = {UrbanArea{.population = 1.0e6}};
  expect_printed(brought(stack, receptor_at(1500.0, 0.0), light_stable_hour(), options), 0.103214e+02);
  expect_printed(brought(stack, receptor_at(3000.0, 250.0), stable_hour(), options), 0.718748e-01);
  expect_printed(brought(stack, receptor_at(1000.0, -50.0), convective_hour(), options), 0.110852e+02);
}

/// A hill of 200 m, 1500 m east of the stack.
Receptor on_hill(double x_m, double y_m) {
  Receptor receptor = receptor_at(x_m, y_m);
  const double away_m2 = (x_m - 1500.0) * (x_m - 1500.0) + y_m * y_m;
  receptor.elevation_m = 200.0 * std::exp(-away_m2 / 5.0e5);
  receptor.hill_height_m = 200.0;
  return receptor;
}

TEST(PlumeEngine, LetsAPlumeMeetAHillHarderThanThePlain) {
  const Receptor crest = on_hill(1500.0, 500.0);
  WeatherHour hour = stable_hour();
  hour.levels[0].wind_from_deg = 251.6;  // the crest lies straight down the wind
  EXPECT_GT(brought(tall_stack(), crest, hour, {}), 100.0 * brought(tall_stack(), crest, hour, flat()));
}

TEST(PlumeEngine, GivesZerosInCalmAndMissingHours) {
  WeatherHour hour = stable_hour();
  for (const HourState state : {HourState::calm, HourState::missing}) {
    hour.state = state;
    EXPECT_EQ(brought(low_volume(), receptor_at(100.0, 0.0), hour, flat()), 0.0);
  }
}

std::vector<Receptor> ring_of_receptors() {
  std::vector<Receptor> receptors;
  for (int i = 0; i < 45; ++i) {
    Receptor receptor = on_hill(900.0 + 37.0 * i, -600.0 + 29.0 * i);
    receptor.flagpole_m = i % 3;
    receptors.push_back(receptor);
  }
  return receptors;
}

TEST(PlumeEngine, GivesAReceptorTheSameBitsWhoeverStandsBesideIt) {
  const std::vector<Receptor> all = ring_of_receptors();
  Source area = low_volume();
  area.shape = SourceShape::area;
  area.vertices = {{0.0, 0.0}, {100.0, 30.0}, {60.0, 120.0}};
  Options flat_by_sides = flat(), by_sides;
  flat_by_sides.areas_by_sides = by_sides.areas_by_sides = true;
  for (const Options& options : {flat(), Options{}, flat_by_sides, by_sides}) {
    for (const WeatherHour& hour : {stable_hour(), convective_hour()}) {
      const PlumeEngine together({tall_stack(), low_volume(), area}, all, options, {});
      const auto values = together.hour(hour, 0).concentration_ug_m3;
      for (std::size_t i = 0; i < all.size(); i += 7) {
        const PlumeEngine alone({tall_stack(), low_volume(), area}, {all[i]}, options, {});
        const auto single = alone.hour(hour, 0).concentration_ug_m3;
        for (std::size_t s = 0; s < 3; ++s) EXPECT_EQ(values[s * all.size() + i], single[s]) << s << " " << i;
      }
    }
  }
}

TEST(PlumeEngine, GivesTheSameBitsOnAnyNumberOfThreads) {
  const PlumeEngine engine({tall_stack(), low_volume()}, ring_of_receptors(), {}, {});
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const auto one = engine.hour(stable_hour(), 0).concentration_ug_m3;
  omp_set_num_threads(3);
  const auto three = engine.hour(stable_hour(), 0).concentration_ug_m3;
  omp_set_num_threads(before);
  EXPECT_EQ(one, three);
}

TEST(PlumeEngine, ScalesWithTheHoursEmissionFactor) {
  Source source = low_volume();
  source.emission_factors = {1.0, 0.25, 0.0};
  const PlumeEngine engine({source}, {receptor_at(300.0, 100.0)}, flat(), {});
  const double full = engine.hour(stable_hour(), 0).concentration_ug_m3[0];
  EXPECT_NEAR(engine.hour(stable_hour(), 1).concentration_ug_m3[0] / full, 0.25, 1e-14);
  EXPECT_EQ(engine.hour(stable_hour(), 2).concentration_ug_m3[0], 0.0);
  EXPECT_THROW(static_cast<void>(engine.hour(stable_hour(), 3)), DataError);
}

TEST(PlumeEngine, LosesByDecayWhatTheTravelTimeSays) {
  // A volume at 5 m: the wind of the lowest 5 m carries it, 2.9 to 3.0 m/s over the way in this hour.
  Options decaying = flat();
  decaying.decay_s = std::numbers::ln2 / 600.0;
  const Receptor receptor = receptor_at(2000.0, 0.0);
  const double kept = brought(low_volume(), receptor, convective_hour(), decaying) /
                      brought(low_volume(), receptor, convective_hour(), flat());
  const double speed_m_s = 2000.0 / (-std::log2(kept) * 600.0);
  EXPECT_GT(speed_m_s, 2.9);
  EXPECT_LT(speed_m_s, 5.0);
}

TEST(NitrogenDioxide, FollowsThePolynomialOfArm2BetweenItsBounds) {
  Options options = flat();
  const Receptor receptor = receptor_at(200.0, 0.0);
  const double nox = brought(low_volume(), receptor, stable_hour(), options);
  options.no2 = NitrogenDioxide::arm2;
  Source faint = low_volume(), strong = low_volume();
  strong.emission = 1e3;
  EXPECT_NEAR(brought(strong, receptor, stable_hour(), options) / (1e3 * nox), 0.5, 1e-12);  // of much NOx
  faint.emission = 1e-3;
  EXPECT_NEAR(brought(faint, receptor, stable_hour(), options) / (1e-3 * nox), 0.9,
              1e-12);  // of next to none
  faint.emission = 200.0 / nox;
  // At 200 ug m-3 by hand: 1.2441 - 0.54766 - 0.224248 + 0.27644 - 0.093352 + 0.0136944 - 0.00075027
  EXPECT_NEAR(brought(faint, receptor, stable_hour(), options) / 200.0, 0.66822413, 1e-6);
}

TEST(NitrogenDioxide, IsLimitedByTheOzoneAllPlumesShare) {
  Source clean = low_volume(), dirty = low_volume();
  clean.no2_share_of_nox = 0.1;
  dirty.no2_share_of_nox = 0.5;
  clean.ozone_group = dirty.ozone_group = "ALL";
  const Receptor receptor = receptor_at(200.0, 0.0);
  const double nox = brought(clean, receptor, stable_hour(), flat());
  Options options = flat();
  options.no2 = NitrogenDioxide::olm;
  WeatherHour hour = stable_hour();
  hour.ozone_ug_m3 = 48.0 / 46.0 * 0.35 * nox;  // oxidises a quarter of the 1.4 parts of NO
  const auto values = PlumeEngine({clean, dirty}, {receptor}, options, {}).hour(hour, 0).concentration_ug_m3;
  EXPECT_NEAR(values[0] / nox, 0.1 + 0.25 * 0.9, 1e-12);
  EXPECT_NEAR(values[1] / nox, 0.5 + 0.25 * 0.5, 1e-12);
  hour.ozone_ug_m3 = 1e6;
  EXPECT_NEAR(brought(clean, receptor, hour, options) / nox, 0.9, 1e-12);  // the equilibrium ratio
}

TEST(NitrogenDioxide, IsLimitedByTheOzoneOfEachGroupAndOfEachSourceWithoutOne) {
  Source clean = low_volume();
  clean.no2_share_of_nox = 0.1;
  std::vector<Source> sources(4, clean);
  sources[0].ozone_group = sources[2].ozone_group = "PAIR";
  const Receptor receptor = receptor_at(200.0, 0.0);
  const double nox = brought(clean, receptor, stable_hour(), flat());
  Options options = flat();
  options.no2 = NitrogenDioxide::olm;
  WeatherHour hour = stable_hour();
  hour.ozone_ug_m3 = 48.0 / 46.0 * 0.45 * nox;  // oxidises half of the 0.9 parts of NO of one source
  const auto values = PlumeEngine(sources, {receptor}, options, {}).hour(hour, 0).concentration_ug_m3;
  for (const std::size_t shared : {0U, 2U}) EXPECT_NEAR(values[shared] / nox, 0.1 + 0.25 * 0.9, 1e-12);
  for (const std::size_t alone : {1U, 3U}) EXPECT_NEAR(values[alone] / nox, 0.1 + 0.5 * 0.9, 1e-12);
  // The equilibrium ratio limits each group by itself: the sources without one reach it, the pair does not.
  options.no2_equilibrium_ratio = 0.5;
  const auto limited = PlumeEngine(sources, {receptor}, options, {}).hour(hour, 0).concentration_ug_m3;
  for (const std::size_t shared : {0U, 2U}) EXPECT_NEAR(limited[shared] / nox, 0.325, 1e-12);
  for (const std::size_t alone : {1U, 3U}) EXPECT_NEAR(limited[alone] / nox, 0.5, 1e-12);
}

TEST(PlumeEngine, RefusesASourceOfAnUrbanAreaThatIsNotGiven) {
  Source stack = tall_stack();
  stack.urban_area = 1;
  Options options = flat();
  options.urban_areas = {UrbanArea{.population = 1.0e6}};
  EXPECT_THROW(PlumeEngine({stack}, {}, options, {}), ConfigError);
}

TEST(PlumeEngine, RefusesWhatItDoesNotDo) {
  Options options = flat();
  options.no2 = NitrogenDioxide::pvmrm;
  Source street = low_volume();
  street.shape = SourceShape::road;
  street.vertices = {{0.0, 0.0}, {100.0, 0.0}};
  EXPECT_THROW(PlumeEngine({street}, {}, options, {}), ConfigError);
  const std::vector<BuildingSector> cube(36, {20.0, 20.0, 20.0, -10.0, 0.0});
  Source house = low_volume();
  house.buildings = cube;
  EXPECT_THROW(PlumeEngine({house}, {}, flat(), {}), ConfigError);
  house = tall_stack();
  house.buildings.assign(35, cube[0]);
  EXPECT_THROW(PlumeEngine({house}, {}, flat(), {}), ConfigError);
  house.buildings = cube;
  house.buildings[7].length_m = 0.0;
  EXPECT_THROW(PlumeEngine({house}, {}, flat(), {}), ConfigError);
  house.buildings = cube;
  EXPECT_NO_THROW(PlumeEngine({house}, {}, options, {}));
  Source line = low_volume();
  line.shape = SourceShape::road;
  EXPECT_THROW(PlumeEngine({line}, {}, flat(), {}), ConfigError);
  line.shape = SourceShape::area;
  line.vertices = {{0.0, 0.0}, {1.0, 0.0}};
  EXPECT_THROW(PlumeEngine({line}, {}, flat(), {}), ConfigError);
}

}  // namespace
}  // namespace lantian::plume
