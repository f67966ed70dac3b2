// NO2 by plume volumes and by the generic reaction set.
#include "night_ozone.hpp"
#include "plume/generic_reaction_set.hpp"
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
  // 100 m up at 280 K: the barometric exponent is 9.80616 * 100/(287.04 * 280) = 0.01220108.
  EXPECT_NEAR(ozone_mol_m3(48e6, 100.0, 280.0), 273.15 / 280.0 * std::exp(-0.01220108), 1e-8);
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

TEST(ReactionSet, HasTheRatesOfNightAndDay) {
  const NitrogenRates night = nitrogen_rates(298.0, 0.0), day = nitrogen_rates(298.0, 500.0);
  EXPECT_NEAR(night.oxidation_ppb_s, 4.405e-2 * std::exp(-1370.0 / 298.0), 1e-15);
  EXPECT_EQ(night.photolysis_s, 0.0);
  EXPECT_NEAR(day.photolysis_s, 8.0e-4 * std::exp(-0.02) + 3.7e-3, 1e-12);
  EXPECT_EQ(irradiance_W_m2({-10.0, 1.0, 0.2, 0.3, 280.0}), 0.0);
  EXPECT_EQ(irradiance_W_m2({100.0, 1.0, 1.0, 0.3, 280.0}), 0.0);
}

TEST(ReactionSet, TakesTheIrradianceOfABalanceByHand) {
  // H = 90, B = 1: net 200; 2.12 * 200 + 5.67e-8 * 280^4 - 5.31e-13 * 280^6 - 60 * 0.5 = 486.62; over 0.8.
  EXPECT_NEAR(irradiance_W_m2({90.0, 1.0, 0.2, 0.5, 280.0}), 608.3, 0.1);
}

TEST(ReactionSet, ComesToRestInThePhotostationaryState) {
  const NitrogenRates rates = nitrogen_rates(290.0, 600.0);
  const NitrogenAir air{80.0, 10.0, 40.0};
  const NitrogenAir rest = photostationary(air, rates), late = reacted(air, rates, 1.0e5);
  EXPECT_NEAR(rates.oxidation_ppb_s * rest.no_ppb * rest.o3_ppb, rates.photolysis_s * rest.no2_ppb, 1e-12);
  EXPECT_NEAR(late.no2_ppb, rest.no2_ppb, 1e-9);
  EXPECT_NEAR(late.no_ppb + late.no2_ppb, 90.0, 1e-10);
  EXPECT_NEAR(late.o3_ppb + late.no2_ppb, 50.0, 1e-10);
}

TEST(ReactionSet, FollowsTheEquationOfItsRate) {
  const NitrogenRates rates = nitrogen_rates(290.0, 600.0);
  const NitrogenAir air{80.0, 10.0, 40.0};
  const double dt_s = 1e-3;
  for (const double t : {0.0, 20.0, 300.0}) {
    const NitrogenAir now = reacted(air, rates, t), next = reacted(air, rates, t + dt_s);
    const double rate = rates.oxidation_ppb_s * now.no_ppb * now.o3_ppb - rates.photolysis_s * now.no2_ppb;
    EXPECT_NEAR((next.no2_ppb - now.no2_ppb) / dt_s, rate, 1e-4) << t;  // first order in dt
  }
  EXPECT_DOUBLE_EQ(reacted(air, rates, 0.0).no2_ppb, 10.0);
  EXPECT_NEAR(reacted({30.0, 0.0, 30.0}, nitrogen_rates(290.0, 0.0), 1e7).no2_ppb, 30.0, 0.1);
}

TEST(ReactionSet, SpreadAtAnInstantLiesBetweenItsOwnAndTheMean) {
  EXPECT_NEAR(instant_sigma_m(100.0, 10.0, 0.01, 0.0), 10.0, 1e-9);
  EXPECT_NEAR(instant_sigma_m(100.0, 10.0, 0.01, 1e6), 100.0, 0.1);
  EXPECT_DOUBLE_EQ(instant_sigma_m(10.0, 10.0, 0.01, 50.0), 10.0);
  const DissipationScale air{0.4, 1.5, 800.0, 0.1, false};
  EXPECT_NEAR(plume_dissipation_m2_s3(50.0, air), 2.5 * 0.064 / 50.0 + (2.0 * 0.064 + 0.4 * 3.375) / 800.0,
              1e-12);
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
  hour.surface.sensible_heat_W_m2 = hour.surface.obukhov_length_m < 0.0 ? 120.0 : -20.0;
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
