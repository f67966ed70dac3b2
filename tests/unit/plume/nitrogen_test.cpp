// NO2 by plume volumes and by the generic reaction set.
#include "night_ozone.hpp"
#include "nitrogen_dioxide.hpp"
#include "plume/nitrogen_dioxide.hpp"
#include "plume/plume_volume_ratio.hpp"
#include "plume_hours.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/plume/plume_engine.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <cstring>
#include <string>

namespace lantian::plume::testing {
namespace {

TEST(NitrogenDioxide, OfAllPlumesTogetherIsWhatOlmGivesEachOfThem) {
  Options options;
  options.no2 = NitrogenDioxide::olm;
  options.no2_equilibrium_ratio = 0.85;
  std::vector<Source> sources(3);
  for (Source& source : sources) source.ozone_group = "ALL", source.no2_share_of_nox = 0.2;
  for (const double ozone : {0.0, 10.0, 60.0, 400.0}) {
    std::vector<double> nox = {20.0, 70.0, 30.0};
    const double ratio = olm_ratio(120.0, 0.2, 0.85, ozone);
    convert_to_nitrogen_dioxide(sources, options, ozone, nox);
    EXPECT_NEAR(nox[0], 20.0 * ratio, 1.0e-12);
    EXPECT_NEAR(nox[1], 70.0 * ratio, 1.0e-12);
  }
}

TEST(PlumeVolume, SpreadsAsTurbulenceWithMemoryHasIt) {
  // By hand: t = 100 s, eps = 0.01: 0.57 * 0.1 * 1000 = 57 m; 1 + 0.62 * 0.57 * 100/200 = 1.1767; 48.44 m.
  EXPECT_NEAR(relative_sigma_m(100.0, 0.01, 200.0, 0.0, 0.0), 57.0 / 1.1767, 1e-9);
  EXPECT_NEAR(relative_sigma_m(0.0, 0.01, 200.0, 3.0, 0.0), 3.0, 1e-9);  // its own alone
  EXPECT_NEAR(relative_sigma_m(0.0, 0.01, 200.0, 3.0, 3.0), 3.0 * std::cbrt(2.0), 1e-9);
}

TEST(PlumeVolume, CountsMoreSpreadsOfAPlumeThatWandersUpTo215) {
  EXPECT_DOUBLE_EQ(stable_spreads(1000.0, 100.0, 0.0), 1.282);
  // By hand: 0.2 * 100/(2.5066 * 1000) + 0.8 = 0.80798.
  EXPECT_NEAR(stable_spreads(1000.0, 100.0, 0.2), 1.282 / 0.807979, 1e-6);
  EXPECT_DOUBLE_EQ(stable_spreads(1000.0, 100.0, 0.7), 2.15);
}

TEST(PlumeVolume, CountsAPlumeThroughALidBetweenStableAndConvectiveOnes) {
  EXPECT_DOUBLE_EQ(spreads_through_lid(0.0), 2.58);
  EXPECT_DOUBLE_EQ(spreads_through_lid(1.0), 1.282);
  EXPECT_NEAR(spreads_through_lid(0.25), 0.25 * 1.282 + 0.75 * 2.58, 1e-12);
  EXPECT_NEAR(least_spread_through_lid_m(0.25), 0.25 * 15.0 + 0.75 * 9.0, 1e-12);
}

TEST(PlumeVolume, TakesTheFirstSpreadThatThereIs) {
  EXPECT_DOUBLE_EQ(first_relative_sigma_m(4.0, 9.0), 6.0);
  EXPECT_DOUBLE_EQ(first_relative_sigma_m(0.0, 9.0), 9.0);
  EXPECT_DOUBLE_EQ(first_relative_sigma_m(4.0, 0.0), 4.0);
  EXPECT_DOUBLE_EQ(first_relative_sigma_m(0.0, 0.0), 0.0);
}

TEST(PlumeVolume, MergesPlumesAsARectangleWithRoundedCorners) {
  EXPECT_NEAR(merged_section_m2(2.0, 0.0, 0.0), 4.0 * std::numbers::pi, 1e-12);
  EXPECT_NEAR(merged_section_m2(2.0, 10.0, 5.0), 4.0 * std::numbers::pi + 2.0 * 2.0 * (10.0 + 5.0) + 50.0,
              1e-12);
}

TEST(PlumeVolume, DoesNotReachThroughALid) {
  // The span alone passes the lid of 8 m: a stadium 8 m high about middles 4 m and 10 m apart.
  EXPECT_NEAR(merged_section_m2(2.0, 10.0, 6.0, 8.0), 4.0 * std::numbers::pi + 8.0 * 10.0 + 4.0 * 4.0, 1e-12);
  // The plume itself passes it: an ellipse as high as the lid, no span up.
  EXPECT_NEAR(merged_section_m2(6.0, 10.0, 6.0, 8.0), std::numbers::pi * 6.0 * 4.0 + 80.0, 1e-12);
  EXPECT_NEAR(merged_section_m2(2.0, 10.0, 4.0, 8.0), merged_section_m2(2.0, 10.0, 4.0), 1e-12);
}

TEST(PlumeVolume, HasOzoneByTheGasLaw) {
  EXPECT_NEAR(ozone_mol_m3(48e6, 0.0, 273.15), 1.0, 1e-12);  // 48 g at 0 C and the ground: one mole
  // 100 m up at 280 K: the barometric exponent is 9.80616 * 100 * 0.028966/(8.3145 * 280) = 0.01220094.
  EXPECT_NEAR(ozone_mol_m3(48e6, 100.0, 280.0), 273.15 / 280.0 * std::exp(-0.01220094), 1e-8);
}

TEST(PlumeVolume, TakesTheLesserRatioOfTheDominantAndOfAllPlumes) {
  EXPECT_DOUBLE_EQ(oxidised_share(3.0, 2.0), 1.0);
  EXPECT_DOUBLE_EQ(oxidised_share(1.0, 2.0), 0.5);
  EXPECT_DOUBLE_EQ(oxidised_share(1.0, 0.0), 0.0);
  EXPECT_NEAR(volume_ratio({1.0, 4.0, 0.1}, {1.0, 2.0, 0.2}, 0.9), 0.35, 1e-12);
  EXPECT_NEAR(volume_ratio({1.0, 4.0, 0.1}, {1.0, 20.0, 0.2}, 0.9), 0.25, 1e-12);
  EXPECT_DOUBLE_EQ(volume_ratio({50.0, 1.0, 0.1}, {50.0, 1.0, 0.1}, 0.9), 0.9);
  EXPECT_DOUBLE_EQ(volume_ratio({0.0, 1.0, 0.1}, {0.0, 1.0, 0.1}, 0.9), 0.1);
  EXPECT_DOUBLE_EQ(volume_ratio({0.5, 0.0, 1.0}, {0.5, 0.0, 1.0}, 0.9), 0.9);
}

TEST(NightOzone, IsAtLeastFortyPartsInStableAirAndFades) {
  NightOzone ozone;
  EXPECT_DOUBLE_EQ(ozone.least_ug_m3(-20.0), 0.0);
  EXPECT_DOUBLE_EQ(ozone.least_ug_m3(20.0), 78.4);
  EXPECT_DOUBLE_EQ(ozone.least_ug_m3(150.0), 39.2);
  EXPECT_DOUBLE_EQ(ozone.least_ug_m3(300.0), 0.0);
  for (int hour = 1; hour <= 24; ++hour) ozone.add(50.0, hour);
  EXPECT_DOUBLE_EQ(ozone.least_ug_m3(20.0), 50.0);  // the day before had no more
}

std::vector<Source> three_sources() {
  Source stack = tall_stack(), other = tall_stack(), field;
  stack.no2_share_of_nox = 0.1;
  other.name = "volume";
  other.shape = SourceShape::volume;
  other.place = {150.0, 30.0};
  other.release_height_m = 8.0;
  other.initial_sigma_y_m = 7.0;
  other.initial_sigma_z_m = 4.0;
  other.emission = 2.0;
  other.no2_share_of_nox = 0.3;
  field.name = "field";
  field.shape = SourceShape::area;
  field.vertices = {{-50.0, 200.0}, {50.0, 200.0}, {50.0, 300.0}, {-50.0, 300.0}};
  field.place = field.vertices.front();
  field.emission = 1e-4;
  field.release_height_m = 2.0;
  field.no2_share_of_nox = 0.05;
  return {stack, other, field};
}
std::vector<Receptor> receptors_around() {
  std::vector<Receptor> receptors;
  for (int i = 0; i < 37; ++i) {
    Receptor receptor;
    receptor.place = {300.0 * std::cos(0.17 * i) * (1 + i), 300.0 * std::sin(0.17 * i) * (1 + i)};
    receptors.push_back(receptor);
  }
  return receptors;
}
WeatherHour with_ozone(WeatherHour hour, double ozone_ug_m3) {
  hour.surface.sensible_heat_w_m2 = hour.surface.obukhov_length_m < 0.0 ? 120.0 : -20.0;
  hour.surface.bowen_ratio = 1.0;
  hour.surface.albedo = 0.2;
  hour.ozone_ug_m3 = ozone_ug_m3;
  hour.nox_ug_m3 = 20.0;
  return hour;
}
HourResult result_of(NitrogenDioxide method, const WeatherHour& hour) {
  Options options;
  options.flat_terrain = true;
  options.no2 = method;
  return PlumeEngine(three_sources(), receptors_around(), options, {}).hour(hour, 0);
}

// AERMOD 24142 prints six digits; the engine must agree with all of them.
struct Golden {
  WeatherHour hour;
  Position place;
  double concentration_ug_m3{};
};
std::vector<Source> two_stacks() {
  Source stack, other;
  stack.name = "stack", stack.emission = 50.0, stack.release_height_m = 35.0;
  stack.gas_temperature_k = 432.0, stack.gas_velocity_m_s = 11.7, stack.stack_diameter_m = 2.4;
  stack.no2_share_of_nox = 0.1;
  other.name = "other", other.place = {150.0, 30.0}, other.emission = 10.0, other.release_height_m = 15.0;
  other.gas_temperature_k = 400.0, other.gas_velocity_m_s = 10.0, other.stack_diameter_m = 1.0;
  other.no2_share_of_nox = 0.2;
  return {stack, other};
}
WeatherHour golden_hour(WeatherHour hour, double ozone_ppb, double heat_w_m2) {
  hour.ozone_ug_m3 = ozone_ppb * 1.96;
  hour.nox_ug_m3 = 15.0 / 0.5319;
  hour.surface.sensible_heat_w_m2 = heat_w_m2;
  hour.surface.bowen_ratio = 1.0, hour.surface.albedo = 0.2, hour.surface.cloud_cover_tenths = 3.0;
  return hour;
}
void expect_golden(NitrogenDioxide method, const std::vector<Golden>& expected) {
  Options options = flat();
  options.no2 = method;
  options.no2_equilibrium_ratio = 0.9;
  for (const Golden& golden : expected) {
    const PlumeEngine engine(two_stacks(), {receptor_at(golden.place.x_m, golden.place.y_m)}, options, {});
    double sum = 0.0;
    for (const double part : engine.hour(golden.hour, 0).concentration_ug_m3) sum += part;
    EXPECT_NEAR(sum, golden.concentration_ug_m3, 1.01e-5 * golden.concentration_ug_m3)
        << golden.place.x_m << ' ' << golden.place.y_m;
  }
}

TEST(PlumeChemistry, AgreesWithAermodByPlumeVolumes) {
  const WeatherHour morning = golden_hour(convective_hour(), 50.0, 140.0),
                    afternoon = golden_hour(windy_hour(), 44.0, 120.0);
  expect_golden(NitrogenDioxide::pvmrm, {{morning, {300.0, 0.0}, 53.7683},
                                         {morning, {300.0, -50.0}, 21.3668},
                                         {morning, {750.0, 0.0}, 33.1900},
                                         {morning, {3000.0, 0.0}, 14.5627},
                                         {afternoon, {300.0, -50.0}, 61.6936},
                                         {afternoon, {300.0, -100.0}, 52.5741},
                                         {afternoon, {750.0, -100.0}, 4.89186}});
}

TEST(PlumeChemistry, AgreesWithAermodByTheGenericReactionSet) {
  const WeatherHour morning = golden_hour(convective_hour(), 50.0, 140.0),
                    afternoon = golden_hour(windy_hour(), 44.0, 120.0);
  expect_golden(NitrogenDioxide::grsm, {{morning, {300.0, 0.0}, 82.6170},
                                        {morning, {300.0, 50.0}, 75.6155},
                                        {morning, {750.0, 0.0}, 36.8663},
                                        {morning, {3000.0, 0.0}, 9.38939},
                                        {afternoon, {300.0, -50.0}, 45.1126},
                                        {afternoon, {750.0, -100.0}, 8.65143}});
}

TEST(PlumeChemistry, GivesMoreNitrogenDioxideWithMoreOzoneAndNeverMoreThanNox) {
  for (const NitrogenDioxide method : {NitrogenDioxide::pvmrm, NitrogenDioxide::grsm}) {
    for (const WeatherHour& hour : {stable_hour(), convective_hour(), windy_hour()}) {
      const HourResult nox = result_of(NitrogenDioxide::none, hour),
                       none = result_of(method, with_ozone(hour, 0.0)),
                       some = result_of(method, with_ozone(hour, 60.0)),
                       much = result_of(method, with_ozone(hour, 200.0));
      double lowest = 0.0, middle = 0.0, highest = 0.0, all = 0.0;
      for (std::size_t i = 0; i < nox.concentration_ug_m3.size(); ++i) {
        EXPECT_LE(much.concentration_ug_m3[i], nox.concentration_ug_m3[i] * (1.0 + 1e-12));
        EXPECT_GE(none.concentration_ug_m3[i], 0.0);
        lowest += none.concentration_ug_m3[i], middle += some.concentration_ug_m3[i];
        highest += much.concentration_ug_m3[i], all += nox.concentration_ug_m3[i];
      }
      EXPECT_LT(lowest, middle);
      EXPECT_LT(middle, highest);
      EXPECT_GT(lowest, 0.0);
      EXPECT_LT(highest, all);
    }
  }
}

TEST(PlumeChemistry, LetsEachGroupOfSourcesReactByItself) {
  Options options = flat();
  options.no2 = NitrogenDioxide::grsm;
  options.source_groups = {{0, 1, 2}, {0}};
  const WeatherHour hour = with_ozone(convective_hour(), 60.0);
  const std::vector<Receptor> receptors = receptors_around();
  const HourResult both = PlumeEngine(three_sources(), receptors, options, {}).hour(hour, 0);
  options.source_groups.clear();
  const HourResult alone = PlumeEngine({three_sources().front()}, receptors, options, {}).hour(hour, 0);
  ASSERT_EQ(both.group_no2_ug_m3.size(), 2 * receptors.size());
  for (std::size_t i = 0; i < receptors.size(); ++i) {
    double all = 0.0;
    for (std::size_t s = 0; s < 3; ++s) all += both.concentration_ug_m3[s * receptors.size() + i];
    EXPECT_NEAR(both.group_no2_ug_m3[i], all, 1e-12 * all);
    EXPECT_DOUBLE_EQ(both.group_no2_ug_m3[receptors.size() + i], alone.concentration_ug_m3[i]);
  }
  options.source_groups = {{3}};
  EXPECT_THROW(PlumeEngine(three_sources(), receptors, options, {}), ConfigError);
}

TEST(PlumeChemistry, GivesNumbersWhereNextToNothingArrives) {
  std::vector<Source> sources = two_stacks();
  for (Source& source : sources) source.emission = 1e-25, source.no2_share_of_nox = 0.0;
  Options options = flat();
  for (const NitrogenDioxide method : {NitrogenDioxide::pvmrm, NitrogenDioxide::grsm}) {
    options.no2 = method;
    for (const double ozone_ug_m3 : {0.0, 100.0}) {
      const HourResult result = PlumeEngine(sources, receptors_around(), options, {})
                                    .hour(with_ozone(convective_hour(), ozone_ug_m3), 0);
      for (const double value : result.concentration_ug_m3) EXPECT_TRUE(std::isfinite(value) && value >= 0.0);
    }
  }
}

TEST(PlumeChemistry, GivesTheSameBitsOnAnyNumberOfThreads) {
  const int before = omp_get_max_threads();
  for (const NitrogenDioxide method : {NitrogenDioxide::pvmrm, NitrogenDioxide::grsm}) {
    const WeatherHour hour = with_ozone(convective_hour(), 60.0);
    omp_set_num_threads(1);
    const HourResult one = result_of(method, hour);
    omp_set_num_threads(4);
    const HourResult four = result_of(method, hour);
    ASSERT_EQ(one.concentration_ug_m3.size(), four.concentration_ug_m3.size());
    EXPECT_EQ(std::memcmp(one.concentration_ug_m3.data(), four.concentration_ug_m3.data(),
                          one.concentration_ug_m3.size() * sizeof(double)),
              0);
  }
  omp_set_num_threads(before);
}

TEST(PlumeChemistry, RefusesRoads) {
  std::vector<Source> sources = three_sources();
  sources[2].shape = SourceShape::road;
  sources[2].vertices.resize(2);
  Options options;
  options.no2 = NitrogenDioxide::grsm;
  try {
    const PlumeEngine engine(sources, receptors_around(), options, {});
    FAIL() << "no error";
  } catch (const ConfigError& error) {
    EXPECT_NE(std::string(error.what()).find("field: NO2 of roads (RLINE) by PVMRM or GRSM"),
              std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace lantian::plume::testing
