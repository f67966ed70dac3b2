// NO2 by plume volumes and by the generic reaction set behind buildings, and from sources on several levels.
#include "air_column.hpp"
#include "building_wake.hpp"
#include "plume/generic_reaction_set.hpp"
#include "plume/plume_volume_ratio.hpp"
#include "plume/prime_nitrogen.hpp"
#include "plume_hours.hpp"
#include "source_hour.hpp"

#include "lantian/plume/plume_engine.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <numbers>
#include <span>

namespace lantian::plume::testing {
namespace {

constexpr double in_stack = 0.1, ppb_per_ug_m3 = 0.5319, ozone_ug_m3_a_ppb = 1.96;

TEST(WakeNitrogen, StirsAPlumeTheMoreTheMoreOfItTheCavityCaught) {
  EXPECT_DOUBLE_EQ(stirred_size_m2(10.0, 30.0, 0.0), 10.0);
  EXPECT_DOUBLE_EQ(stirred_size_m2(10.0, 30.0, 0.2), 18.0);
  EXPECT_DOUBLE_EQ(stirred_size_m2(10.0, 30.0, 0.5), 30.0);
  EXPECT_DOUBLE_EQ(stirred_size_m2(10.0, 30.0, 1.0), 30.0);
}

/// A plume of slow gas 25 m high at the lee of a cube of 20 m; the face lies 30 m before the stack.
Downwash by_a_cube(const AirColumn& air, double stack_m = 25.0) {
  const StackGas gas{.height_m = stack_m, .radius_m = 0.5, .temperature_k = 320.0, .velocity_m_s = 2.0};
  return downwash(gas, building_wake(20.0, 20.0, 20.0, -30.0, 0.0), air.wind_m_s.at_height(stack_m), 0.0,
                  air);
}
constexpr PointShare<double> plain{1e-4, 2e-3};
DownwashedShare<double> brought_to(double x_m, double y_m, const Downwash& plume, const AirColumn& air) {
  return downwashed_share_and_travel(x_m, y_m, SeenReceptor<double>{}, plume, air, [] { return plain; });
}

TEST(WakeNitrogen, TravelsWithTheMeanWindAboutTheWakeByTheWakesWeight) {
  const AirColumn air = rural_column(stable_hour(), {});
  const Downwash plume = by_a_cube(air);
  ASSERT_TRUE(plume.course.enters_wake);
  ASSERT_GT(plume.cavity.share, 0.0);
  const double length_m = plume.wake_length_m, wind = plume.about.mean.wind_m_s;
  for (const double x : {20.0, 200.0, length_m, 2.0 * length_m}) {
    const WakeArrival<double> in = arrival_in_wake(x, 4.0, SeenReceptor<double>{}, plume, air);
    const double w = wake_weight(x + 30.0, 4.0, 0.0, plume);
    const DownwashedShare<double> found = brought_to(x, 4.0, plume, air);
    EXPECT_NEAR(found.share_m3_s, w * in.share_m3_s + (1.0 - w) * plain.share_m3_s, 1e-18);
    EXPECT_NEAR(found.travel_s2_m3, w * in.share_m3_s * x / wind + (1.0 - w) * plain.travel_s2_m3, 1e-15);
    EXPECT_NEAR(found.from_cavity, w * in.from_cavity_m3_s / found.share_m3_s, 1e-12);
    EXPECT_DOUBLE_EQ(found.share_m3_s, downwashed_share_m3_s(x, 4.0, SeenReceptor<double>{}, plume, air,
                                                             [] { return plain.share_m3_s; }));
  }
}

TEST(WakeNitrogen, ComesFromTheCavityAloneInItAndNotAtAllBeyondTheWake) {
  const AirColumn air = rural_column(stable_hour(), {});
  const Downwash plume = by_a_cube(air);
  EXPECT_DOUBLE_EQ(brought_to(-2.0, 0.0, plume, air).from_cavity, 1.0);
  EXPECT_DOUBLE_EQ(brought_to(-2.0, 0.0, plume, air).travel_s2_m3, 0.0);  // before the stack
  const double further = brought_to(200.0, 0.0, plume, air).from_cavity;
  EXPECT_GT(further, 0.0);
  EXPECT_LT(further, 1.0);
  const DownwashedShare<double> before = brought_to(-40.0, 0.0, plume, air);
  EXPECT_EQ(before.share_m3_s, plain.share_m3_s);
  EXPECT_EQ(before.travel_s2_m3, plain.travel_s2_m3);
  EXPECT_EQ(before.from_cavity, 0.0);
}

TEST(WakeNitrogen, IsThePlainPlumeLaterOnItsWayWhereThatPassesAboveTheWake) {
  const AirColumn air = rural_column(stable_hour(), {});
  const Downwash plume = by_a_cube(air, 150.0);
  ASSERT_FALSE(plume.course.enters_wake);
  const DownwashedShare<double> found = brought_to(100.0, 0.0, plume, air);
  EXPECT_DOUBLE_EQ(found.share_m3_s, plain.share_m3_s);
  EXPECT_DOUBLE_EQ(found.travel_s2_m3, plain.share_m3_s * 100.0 / plume.about.mean.wind_m_s);
  EXPECT_EQ(found.from_cavity, 0.0);
  // Beside the wake and before the stack the wake's part has not travelled.
  const double side_m = 2.0 * wake_half_width_m(20.0, plume.wake);
  EXPECT_NEAR(brought_to(-10.0, side_m, plume, air).travel_s2_m3, (1.0 - std::exp(-0.5)) * plain.travel_s2_m3,
              1e-15);
}

TEST(WakeNitrogen, IsSeenByTheWakeInItAndBehindTheStack) {
  const BuildingWake wake = building_wake(20.0, 20.0, 20.0, -30.0, 0.0);
  EXPECT_TRUE(is_seen_by_wake(-2.0, 0.0, 0.0, wake));  // in the cavity
  EXPECT_TRUE(is_seen_by_wake(5000.0, 3000.0, 0.0, wake));
  EXPECT_FALSE(is_seen_by_wake(-2.0, 60.0, 0.0, wake));
  EXPECT_FALSE(is_seen_by_wake(-40.0, 0.0, 0.0, wake));
}

/// `stack_on_building`, some of whose NOx leaves as NO2.
Source stack_of_nox() {
  Source source = stack_on_building();
  source.place = {};
  source.no2_share_of_nox = in_stack;
  return source;
}
Source without_building(Source source) {
  source.buildings.clear();
  return source;
}
/// So far down and across the wind from the origin.
Receptor behind(double x_m, double y_m, const WeatherHour& hour) {
  const double from = hour.surface.reference_wind_from_deg * std::numbers::pi / 180.0;
  return receptor_at(-x_m * std::sin(from) + y_m * std::cos(from),
                     -x_m * std::cos(from) - y_m * std::sin(from));
}
WeatherHour with_background(WeatherHour hour, double ozone_ug_m3) {
  hour.surface.sensible_heat_w_m2 = hour.surface.obukhov_length_m < 0.0 ? 120.0 : -20.0;
  hour.surface.bowen_ratio = 1.0, hour.surface.albedo = 0.2;
  hour.ozone_ug_m3 = ozone_ug_m3;
  hour.nox_ug_m3 = 20.0;
  return hour;
}
std::vector<double> brought_by(const std::vector<Source>& sources, const std::vector<Receptor>& receptors,
                               const WeatherHour& hour, NitrogenDioxide method, Options options = flat()) {
  options.no2 = method;
  return PlumeEngine(sources, receptors, options, {}).hour(hour, 0).concentration_ug_m3;
}
/// NO2 of NOx.
double ratio_of(const Source& source, const Receptor& receptor, const WeatherHour& hour,
                NitrogenDioxide method) {
  return brought_by({source}, {receptor}, hour, method).front() /
         brought_by({source}, {receptor}, hour, NitrogenDioxide::none).front();
}
std::vector<Receptor> receptors_of_a_wake(const WeatherHour& hour) {
  std::vector<Receptor> receptors;
  for (const double x : {-60.0, -20.0, 5.0, 30.0, 90.0, 250.0, 700.0, 2500.0, 12000.0})
    for (const double y : {-80.0, -15.0, 0.0, 40.0}) receptors.push_back(behind(x, y, hour));
  return receptors;
}

TEST(WakeNitrogen, HasTheOzoneOfThePlainVolumeInTheWindAndAtTheHeightOfAStableWake) {
  const WeatherHour hour = with_background(stable_hour(), 4.0);  // so little that none is left
  const Source stack = stack_of_nox();
  const AirColumn air = rural_column(hour, {});
  const SourceHour now = source_hour(stack, air, flat());
  const Downwash wake = building_met(stack, now.source, air).value();
  ASSERT_TRUE(wake.course.enters_wake);
  const auto ozone = [&](double height_m) {
    return ozone_mol_m3(1.0, height_m, air.theta_k.at_height(height_m) - dry_lapse_k_m * height_m);
  };
  for (const double x : {60.0, 400.0, 20000.0}) {  // far on the wake does not count, but its wind does
    const Receptor receptor = behind(x, 10.0, hour);
    const GaussianPlume<double> plume =
        stable_plume(std::hypot(x, 10.0), 0.0, now.source, air, [](double) { return true; });
    const double with = ratio_of(stack, receptor, hour, NitrogenDioxide::pvmrm) - in_stack,
                 without =
                     ratio_of(without_building(stack), receptor, hour, NitrogenDioxide::pvmrm) - in_stack;
    ASSERT_LT(with, 0.7);
    ASSERT_LT(without, 0.7);
    EXPECT_NEAR(
        with / without,
        wake.about.mean.wind_m_s * ozone(wake.course.height_m(x)) / (plume.wind_m_s * ozone(plume.height_m)),
        1e-9);
  }
  const Receptor before = behind(-60.0, 0.0, hour);
  EXPECT_DOUBLE_EQ(ratio_of(stack, before, hour, NitrogenDioxide::pvmrm),
                   ratio_of(without_building(stack), before, hour, NitrogenDioxide::pvmrm));
}

TEST(WakeNitrogen, KnowsNoBuildingInTheVolumeOfAConvectivePlume) {
  for (const WeatherHour& hour :
       {with_background(convective_hour(), 20.0), with_background(windy_hour(), 20.0)}) {
    for (const double x : {100.0, 400.0, 3000.0}) {
      const Receptor receptor = behind(x, 10.0, hour);
      EXPECT_NEAR(ratio_of(stack_of_nox(), receptor, hour, NitrogenDioxide::pvmrm),
                  ratio_of(without_building(stack_of_nox()), receptor, hour, NitrogenDioxide::pvmrm), 1e-12);
    }
  }
}

TEST(WakeNitrogen, SharesTheOzoneOfOneVolumeAmongStacksOfOnePlace) {
  // Two stacks at one place are one of twice the emission: one box that is a point, all NOx in one volume.
  const WeatherHour hour = with_background(stable_hour(), 4.0);
  Source twice = stack_of_nox();
  twice.emission *= 2.0;
  const std::vector<Receptor> receptors = receptors_of_a_wake(hour);
  const auto one = brought_by({twice}, receptors, hour, NitrogenDioxide::pvmrm);
  const auto two = brought_by({stack_of_nox(), stack_of_nox()}, receptors, hour, NitrogenDioxide::pvmrm);
  for (std::size_t i = 0; i < receptors.size(); ++i)
    EXPECT_NEAR(two[i] + two[receptors.size() + i], one[i], 1e-12 * one[i]) << i;
}

void expect_to_vanish_with_its_building(NitrogenDioxide method, const WeatherHour& hour) {
  Source low = without_building(stack_of_nox());  // a vent of slow cold gas
  low.release_height_m = 3.0, low.gas_temperature_k = 0.0;
  low.gas_velocity_m_s = 1.0, low.stack_diameter_m = 0.3;
  const Receptor receptor = behind(150.0, 5.0, hour);
  const double alone = brought_by({low}, {receptor}, hour, method).front();
  const auto apart = [&](double size_m) {
    Source stack = low;
    stack.buildings.assign(36, {size_m, size_m, size_m, -size_m, 0.0});
    return std::fabs(brought_by({stack}, {receptor}, hour, method).front() / alone - 1.0);
  };
  EXPECT_GT(apart(8.0), 1e-3);
  EXPECT_LT(apart(3.0), apart(8.0));
  // The wake of a cube of 1 m is 15 m long; its weight at 150 m is exp(-9^2/2), about 3e-18.
  EXPECT_LT(apart(1.0), 1e-14);
}

TEST(WakeNitrogen, IsThePlainOneBehindABuildingThatVanishes) {
  // A stable plume by volumes keeps the wind of its wake, as AERMOD has it, and has no such limit.
  const WeatherHour stable = with_background(stable_hour(), 60.0),
                    convective = with_background(convective_hour(), 60.0);
  expect_to_vanish_with_its_building(NitrogenDioxide::grsm, stable);
  expect_to_vanish_with_its_building(NitrogenDioxide::grsm, convective);
  expect_to_vanish_with_its_building(NitrogenDioxide::pvmrm, convective);
}

/// NO2 of some ozone in an hour within the bounds of its NOx and its ozone, no less than that of less ozone.
void expect_bounded(std::span<const double> no2, std::span<const double> nox, std::span<const double> less,
                    const WeatherHour& hour, NitrogenDioxide method) {
  const bool by_steps = method == NitrogenDioxide::grsm, is_dark = hour.surface.obukhov_length_m > 0.0;
  const double ozone_ppb = *hour.ozone_ug_m3 / ozone_ug_m3_a_ppb;
  for (std::size_t i = 0; i < no2.size(); ++i) {
    const double stack = in_stack * nox[i];
    EXPECT_LE(no2[i], nox[i] * (1.0 + 1e-12)) << i;
    EXPECT_GE(no2[i], less[i] * (1.0 - 1e-3)) << i;  // the steps of GRSM are allowed 1 %
    // Light gives NO back; a trace may be nothing to the steps.
    if (is_dark || !by_steps) {
      EXPECT_GE(no2[i], stack * (1.0 - 1e-9) - 1e-15) << i;
    }
    if (by_steps) {
      EXPECT_LE((no2[i] - stack) * ppb_per_ug_m3, 1.01 * ozone_ppb + 1e-9) << i;
    }
  }
}

TEST(WakeNitrogen, StaysBetweenTheStacksShareAndAllNoxAndWithinTheOzone) {
  for (const WeatherHour& bare : {stable_hour(), light_stable_hour(), convective_hour(), windy_hour()}) {
    const std::vector<Receptor> receptors = receptors_of_a_wake(bare);
    const auto nox = brought_by({stack_of_nox()}, receptors, bare, NitrogenDioxide::none);
    for (const NitrogenDioxide method : {NitrogenDioxide::pvmrm, NitrogenDioxide::grsm}) {
      std::vector<double> less(nox.size());
      for (const double ozone_ug_m3 : {0.0, 30.0, 150.0}) {
        const WeatherHour hour = with_background(bare, ozone_ug_m3);
        const auto found = brought_by({stack_of_nox()}, receptors, hour, method);
        expect_bounded(found, nox, less, hour, method);
        less = found;
      }
    }
  }
}

TEST(PlumeVolume, CountsAPlumeFromAnotherLevelByThePartThatFollowsTheGround) {
  // Two stacks at one place, one 10 m lower: their plumes are as high above the ground that they follow, and
  // 10 m apart where they keep their levels. Half keeps it in convective air, more below a dividing
  // streamline.
  const Source upper = without_building(stack_of_nox());
  Source lower = upper;
  lower.base_elevation_m = -10.0;
  const auto gained = [&](const std::vector<Source>& sources, const WeatherHour& hour) {
    Receptor receptor = behind(900.0, 5.0, hour);
    receptor.elevation_m = 20.0, receptor.hill_height_m = 120.0;
    const auto sum_of = [&](NitrogenDioxide method) {
      double sum = 0.0;
      for (const double part : brought_by(sources, {receptor}, hour, method, Options{})) sum += part;
      return sum;
    };
    return sum_of(NitrogenDioxide::pvmrm) / sum_of(NitrogenDioxide::none) - in_stack;
  };
  for (const WeatherHour& hour :
       {with_background(convective_hour(), 1.0), with_background(stable_hour(), 1.0)}) {
    const double alone = gained({upper}, hour);
    EXPECT_NEAR(gained({upper, upper}, hour), alone / 2.0, 1e-12);
    const double others = alone / gained({upper, lower}, hour) - 1.0;
    if (hour.surface.obukhov_length_m < 0.0) {
      EXPECT_NEAR(others, 0.5, 1e-9);
    } else {
      EXPECT_GT(others, 0.0);
      EXPECT_LT(others, 0.5);
    }
  }
}

TEST(WakeNitrogen, WorksOverHillsInCitiesAndForStacksOfAllKinds) {
  Options options;
  options.urban_areas.resize(1);
  options.urban_areas[0].population = 1.0e6;
  std::vector<Source> sources;
  for (const SourceShape shape :
       {SourceShape::point, SourceShape::capped_point, SourceShape::horizontal_point}) {
    Source source = stack_of_nox();
    source.shape = shape;
    source.place = {40.0 * static_cast<double>(sources.size()), 25.0};
    source.base_elevation_m = 3.0 * static_cast<double>(sources.size());
    if (shape == SourceShape::capped_point) source.urban_area = 0;
    sources.push_back(source);
  }
  sources.push_back(low_volume());
  for (const WeatherHour& bare : {stable_hour(), light_stable_hour(), convective_hour(), windy_hour()}) {
    const WeatherHour hour = with_background(bare, 70.0);
    std::vector<Receptor> receptors = receptors_of_a_wake(hour);
    for (std::size_t i = 0; i < receptors.size(); ++i) {
      receptors[i].elevation_m = static_cast<double>(i % 7) * 6.0;
      receptors[i].hill_height_m = 45.0;
      receptors[i].flagpole_m = static_cast<double>(i % 3);
    }
    const auto nox = brought_by(sources, receptors, hour, NitrogenDioxide::none, options);
    for (const NitrogenDioxide method : {NitrogenDioxide::pvmrm, NitrogenDioxide::grsm}) {
      const auto found = brought_by(sources, receptors, hour, method, options);
      for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_GE(found[i], 0.0);
        EXPECT_LE(found[i], nox[i] * (1.0 + 1e-12));
      }
    }
  }
}

TEST(WakeNitrogen, GivesTheSameBitsWithAnyThreadsAndAnyNeighbours) {
  const int before = omp_get_max_threads();
  const WeatherHour hour = with_background(stable_hour(), 60.0);
  const std::vector<Receptor> receptors = receptors_of_a_wake(hour);
  Source other = stack_of_nox();
  other.place = {30.0, 20.0};
  for (const NitrogenDioxide method : {NitrogenDioxide::pvmrm, NitrogenDioxide::grsm}) {
    const auto of = [&](const std::vector<Receptor>& some) {
      return brought_by({stack_of_nox(), other}, some, hour, method);
    };
    omp_set_num_threads(1);
    const auto alone = of(receptors);
    omp_set_num_threads(4);
    EXPECT_EQ(of(receptors), alone);
    for (std::size_t i = 0; i < receptors.size(); ++i)
      EXPECT_EQ(of({receptors[i]}), (std::vector<double>{alone[i], alone[receptors.size() + i]})) << i;
  }
  omp_set_num_threads(before);
}

}  // namespace
}  // namespace lantian::plume::testing
