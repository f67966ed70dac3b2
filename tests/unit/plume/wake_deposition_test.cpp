#include "wake_by_hand.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>

// Deposition of a stack's plume in the wake of its building. There are no values of AERMOD to compare with:
// the engine is held against the loop of its code (`ByHand`).

namespace lantian::plume {
namespace {

using namespace testing;

TEST(WakeDeposition, IsThatOfItsPlumesOneByOne) {
  std::size_t counted = 0;
  for (const bool is_flat : {true, false}) {
    const Options options = depositing(is_flat);
    for (const WeatherHour& hour : wake_hours()) {
      for (Source source : {dusty(), fine(), gaseous()}) {
        const ByHand by_hand(source, hour, options);
        const std::vector<Receptor> at = receptors_about_wake(hour);
        const HourResult found = result_of(source, at, hour, options);
        source.buildings.clear();
        const HourResult plain = result_of(source, at, hour, options);
        for (std::size_t n = 0; n < at.size(); ++n) {
          const Fall expected = by_hand.at(at[n], part_of(plain, n)), one = part_of(found, n);
          // Sums of images stop at 1e-8 of the sum, errors of eight exponentials are 1e-13.
          EXPECT_NEAR(one.air, expected.air, 1e-7 * expected.air + 1e-20) << n;
          EXPECT_NEAR(one.dry, expected.dry, 1e-7 * expected.dry + 1e-26) << n;
          EXPECT_NEAR(one.wet, expected.wet, 1e-7 * expected.wet + 1e-26) << n;
          if (one.air != part_of(plain, n).air && one.air > 0.0) ++counted;
        }
      }
    }
  }
  EXPECT_GT(counted, 300u);
}

TEST(WakeDeposition, IsThePlainOneWhereTheWindMeetsNoBuildingOrOneFarBelowTheStack) {
  Source low = dusty({5.0, 5.0, 5.0, -2.0, 0.0});
  low.release_height_m = 100.0;
  for (const WeatherHour& hour : wake_hours()) {
    for (const Source& built : {dusty(none_met), gaseous(none_met), low}) {
      Source bare = built;
      bare.buildings.clear();
      const HourResult with = result_of(built, receptors_about_wake(hour), hour, depositing()),
                       without = result_of(bare, receptors_about_wake(hour), hour, depositing());
      EXPECT_EQ(with.concentration_ug_m3, without.concentration_ug_m3);
      EXPECT_EQ(with.dry_deposition_g_m2, without.dry_deposition_g_m2);
      EXPECT_EQ(with.wet_deposition_g_m2, without.wet_deposition_g_m2);
    }
  }
}

TEST(WakeDeposition, FarBehindTheWakeIsThePlainOne) {
  const WeatherHour hour = over_ground(stable_hour(), 1.0);
  Source bare = dusty();
  bare.buildings.clear();
  const Receptor far = at_way(30000.0, 100.0, hour);
  EXPECT_EQ(of(dusty(), far, hour, depositing()).dry, of(bare, far, hour, depositing()).dry);
  const Receptor near = at_way(90.0, 0.0, hour);
  EXPECT_GT(of(dusty(), near, hour, depositing()).dry, 2.0 * of(bare, near, hour, depositing()).dry);
}

TEST(WakeDeposition, OfWhatNeitherFallsNorStaysIsTheWakeWithoutDeposition) {
  Options none = depositing();
  none.gas_velocity_m_s = 0.0;
  for (const WeatherHour& hour : wake_hours()) {
    const std::vector<Receptor> at = receptors_about_wake(hour);
    const HourResult with = result_of(stack_on_building(met), at, hour, none),
                     without = result_of(stack_on_building(met), at, hour, flat());
    for (std::size_t n = 0; n < at.size(); ++n) {
      EXPECT_NEAR(with.concentration_ug_m3[n], without.concentration_ug_m3[n],
                  1e-12 * without.concentration_ug_m3[n]);
      EXPECT_EQ(with.dry_deposition_g_m2[n] + with.wet_deposition_g_m2[n], 0.0);
    }
  }
}

TEST(WakeDeposition, LeavesLessInTheAirTheFasterItIs) {
  for (const WeatherHour& hour : wake_hours()) {
    std::vector<Receptor> at = receptors_about_wake(hour);
    at.push_back(at_way(800.0, 0.0, hour));
    std::vector<double> air(at.size(), 1e300);
    double whole = 0.0;
    for (const double velocity_m_s : {0.0, 0.001, 0.01, 0.1}) {
      Options options = depositing();
      options.gas_velocity_m_s = velocity_m_s;
      const HourResult found = result_of(stack_on_building(met), at, hour, options);
      for (std::size_t n = 0; n < at.size(); ++n) EXPECT_LE(found.concentration_ug_m3[n], air[n]);
      air = found.concentration_ug_m3;
      if (velocity_m_s == 0.0) whole = air.back();
    }
    EXPECT_LT(air.back(), 0.95 * whole);
    EXPECT_GT(air.back(), 0.0);
  }
}

TEST(WakeDeposition, DoesNotUseUpWhatTheCavityHolds) {
  // A vent on a low roof, all of whose gas the cavity catches.
  Options kept = depositing();
  kept.dry_depletion = kept.wet_depletion = false;
  const WeatherHour hour = over_ground(windy_hour(), 2.5);
  Source vent = gaseous();
  vent.release_height_m = 20.5;
  vent.gas_velocity_m_s = 0.1;
  vent.gas_temperature_k = 0.0;
  const AirColumn air = rural_column(hour, {});
  const std::optional<Downwash> wake = wake_of_building(vent, source_hour(vent, air, kept).source, air);
  ASSERT_TRUE(wake);
  ASSERT_GT(wake->cavity.share, 0.5);
  const Receptor in_cavity = at_way(20.0, 0.0, hour), behind = at_way(150.0, 0.0, hour);
  EXPECT_EQ(of(vent, in_cavity, hour, depositing()).air, of(vent, in_cavity, hour, kept).air);
  EXPECT_GT(of(vent, in_cavity, hour, depositing()).dry, 0.0);
  EXPECT_LT(of(vent, behind, hour, depositing()).air, of(vent, behind, hour, kept).air);
}

TEST(WakeDeposition, OfRainAloneFadesTheAirWithTheTimeAtTheStacksWind) {
  Options wet = depositing(), kept = depositing();
  wet.dry_depletion = kept.dry_depletion = kept.wet_depletion = false;
  const WeatherHour hour = over_ground(stable_hour(), 1.0);
  const AirColumn air = rural_column(hour, {});
  const SourceHour now = source_hour(fine(), air, wet);
  const std::vector<DepositingPart> parts = deposition_parts(fine(), now.source, air, hour, wet);
  const double x_m = 200.0;
  const Fall rained = of(fine(), at_way(x_m, 3.0, hour), hour, wet),
             whole = of(fine(), at_way(x_m, 3.0, hour), hour, kept);
  const double left = std::exp(-parts.at(0).scavenging_s * x_m / now.source.gas.wind_m_s);
  EXPECT_LT(left, 0.999);
  EXPECT_NEAR(rained.air / whole.air, left, 1e-5 * left);  // the wind at the plume's height turns no further
  EXPECT_NEAR(rained.wet / whole.wet, left, 1e-5 * left);
  EXPECT_GT(rained.wet, 0.0);
}

TEST(WakeDeposition, AddsUpTheFallsOfSizesInTheOrderOfTheCards) {
  // As in the reference's code: each size lies below the one before it by its own fall.
  const WeatherHour hour = over_ground(light_stable_hour(), 0.0);
  Options options = depositing();
  options.dry_depletion = false;
  const Receptor at = at_way(90.0, 0.0, hour);
  Source light_first = stack_on_building(met), heavy_first = stack_on_building(met),
         heavy = stack_on_building(met), twice = stack_on_building(met);
  light_first.particles = {{1.0, 0.5, 1.5}, {40.0, 0.5, 2.0}};
  heavy_first.particles = {{40.0, 0.5, 2.0}, {1.0, 0.5, 1.5}};
  heavy.particles = {{40.0, 1.0, 2.0}};
  twice.particles = {{40.0, 0.5, 2.0}, {40.0, 0.5, 2.0}};
  EXPECT_GT(of(heavy_first, at, hour, options).air, 1.01 * of(light_first, at, hour, options).air);
  EXPECT_GT(of(twice, at, hour, options).air, of(heavy, at, hour, options).air);
}

TEST(WakeDeposition, IntegratesDepletionByRombergsRuleWhereAskedFor) {
  Options exact = depositing();
  exact.romberg_depletion = true;
  const WeatherHour hour = over_ground(stable_hour(), 0.0);
  const Receptor at = at_way(400.0, 0.0, hour);
  const double two = of(dusty(), at, hour, depositing()).air, many = of(dusty(), at, hour, exact).air;
  EXPECT_NE(two, many);
  EXPECT_NEAR(many / two, 1.0, 0.2);
}

TEST(WakeDeposition, TakesFromOneDensityOnTheWayAndAtItsEnd) {
  // But for the winds the flux at a place is what depletion takes there: the mean wind about the wake for the
  // one, that at the stack's top for the other.
  for (const WeatherHour& hour : wake_hours()) {
    const Options options = depositing();
    const AirColumn air = rural_column(hour, {});
    const std::optional<Downwash> plume =
        wake_of_building(dusty(), source_hour(dusty(), air, options).source, air);
    if (!plume) continue;
    const double lift = reference_height_m(air);
    for (const double x : {40.0, 120.0, 300.0, 2000.0}) {
      const WakeMiddle<double> middle = wake_middle(x, *plume, air);
      const double height = fallen_height_m(middle.height_m, 3.0);
      WakePlume<double> passing{1.0, middle.height_m, middle.sigma_z_m, {}};
      for (const double ground_m : {0.0, 12.0}) {
        passing.at.ground_m = passing.at.height_m = ground_m;
        const double at_end =
            settled_density_m(passing, at_wake_reference(passing.at, lift), height, air.layer);
        const double on_way =
            density_on_way_in_wake_s_m2(height, middle.sigma_z_m, ground_m, lift, *plume, air.layer);
        EXPECT_NEAR(on_way * plume->about.mean.wind_m_s / at_end, 1.0, 1e-14);
      }
    }
  }
}

TEST(WakeDeposition, ClosesItsBudgetButForTheWinds) {
  // A stack high above its building, of whose plume the cavity catches nothing. What falls up to a distance
  // is what depletion has taken up to there, by its ratio of winds: the code's budget is open by that much.
  Options options = depositing();
  options.gas_velocity_m_s = 0.3;
  options.romberg_depletion = true;
  Source stack = stack_on_building({20.0, 40.0, 40.0, -20.0, 0.0});
  stack.release_height_m = 42.0;
  stack.gas_velocity_m_s = 3.0;
  stack.gas_temperature_k = 0.0;
  const WeatherHour hour = over_ground(windy_hour(), 0.0);
  const AirColumn air = rural_column(hour, {});
  const SourceHour now = source_hour(stack, air, options);
  const std::optional<Downwash> plume = wake_of_building(stack, now.source, air);
  ASSERT_TRUE(plume);
  ASSERT_LT(plume->cavity.share, 1e-6);
  const Depletion depletion(stack, now.source, air, options,
                            deposition_parts(stack, now.source, air, hour, options));
  const DepositionHour deposition(now.source, air, depletion, true);
  const WakeDeposition wake(*plume, deposition);
  Lanes kept{};
  const auto fallen_across = [&](double x_m) {
    constexpr double step_m = 2.0;
    double sum = 0.0;
    for (double y_m = -800.0; y_m < 800.0; y_m += lane_count * step_m) {
      Lanes across{};
      for (int lane = 0; lane < lane_count; ++lane) across[lane] = y_m + (lane + 0.5) * step_m;
      const WakeFall found = wake.to({Lanes{} + x_m, across}, SeenReceptor<Lanes>{}, {&kept, 1});
      for (int lane = 0; lane < lane_count; ++lane) sum += step_m * found.brought.dry[lane];
    }
    return sum;
  };
  constexpr double from_m = 1.0, to_m = 500.0, step_m = 1.0;
  double fallen = 0.0;
  for (double x_m = from_m; x_m < to_m; x_m += step_m) fallen += step_m * fallen_across(x_m + 0.5 * step_m);
  wake.kept(Lanes{} + to_m, SeenReceptor<Lanes>{}, {&kept, 1});
  EXPECT_LT(kept[0], 0.92);
  const double winds = plume->about.mean.wind_m_s / plume->wind_m_s;
  EXPECT_GT(std::fabs(winds - 1.0), 0.02);
  EXPECT_NEAR(fallen / (winds * (1.0 - kept[0])), 1.0, 0.03);  // Romberg's rule stops at 5 % of a correction
}

TEST(WakeDeposition, GivesNoNumberWhereThePlumeCannotBeFollowed) {
  const WeatherHour hour = over_ground(stable_hour(), 1.0);
  const Options options = depositing();
  AirColumn air = rural_column(hour, {});
  for (double& density : air.density_kg_m3.value) density = -1.0;
  const SourceHour now = source_hour(dusty(), air, options);
  const std::optional<Downwash> plume = wake_of_building(dusty(), now.source, air);
  ASSERT_TRUE(plume);
  ASSERT_FALSE(plume->course.is_sound);
  const Depletion depletion(dusty(), now.source, air, options,
                            deposition_parts(dusty(), now.source, air, hour, options));
  const DepositionHour deposition(now.source, air, depletion, true);
  std::vector<Lanes> kept(3);
  const WakeFall found =
      WakeDeposition(*plume, deposition).to({Lanes{} + 60.0, Lanes{} + 5.0}, SeenReceptor<Lanes>{}, kept);
  EXPECT_EQ(found.weight[0], 1.0);
  EXPECT_TRUE(std::isnan(found.brought.air[0]));
}

TEST(WakeDeposition, PlumesTogetherAreThoseOfTheConcentration) {
  for (const WeatherHour& hour : wake_hours()) {
    const AirColumn air = rural_column(hour, {});
    const std::optional<Downwash> plume =
        wake_of_building(dusty(), source_hour(dusty(), air, flat()).source, air);
    if (!plume) continue;
    for (const double x : {-20.0, 5.0, 50.0, 100.0, 700.0}) {
      const SeenReceptor<double> at{6.0, 1.0, 20.0, 5.0};
      const WakeSight<double> sight = wake_sight(x, 4.0, at, *plume, air);
      const WakePlumes<double> plumes = wake_plumes(sight, 4.0, at, *plume, air);
      double sum = 0.0;
      for (const WakePlume<double>& one : {plumes.passing, plumes.outside, plumes.inside})
        if (one.across_m > 0.0) sum += one.across_m * settled_density_m(one, one.at, one.height_m, air.layer);
      const double whole = arrival_in_wake(x, 4.0, at, *plume, air).share_m3_s * plume->wind_m_s;
      EXPECT_NEAR(sum, whole, 1e-13 * whole);
    }
  }
}

TEST(WakeDeposition, DoesNotDependOnThreadsOrOnOtherReceptors) {
  const WeatherHour hour = over_ground(stable_hour(), 1.0);
  std::vector<Receptor> many;
  for (int i = 0; i < 900; ++i) many.push_back(at_way(-50.0 + 3.0 * i, (i % 7 - 3) * 12.0, hour));
  const int before = omp_get_max_threads();
  for (const bool is_flat : {true, false}) {
    for (const Source& source : {dusty(), gaseous()}) {
      const PlumeEngine engine({source}, many, depositing(is_flat), {});
      omp_set_num_threads(1);
      const HourResult alone = engine.hour(hour, 0);
      omp_set_num_threads(4);
      const HourResult together = engine.hour(hour, 0);
      EXPECT_EQ(alone.concentration_ug_m3, together.concentration_ug_m3);
      EXPECT_EQ(alone.dry_deposition_g_m2, together.dry_deposition_g_m2);
      EXPECT_EQ(alone.wet_deposition_g_m2, together.wet_deposition_g_m2);
      for (std::size_t n = 0; n < many.size(); n += 37) {
        const Fall one = of(source, many[n], hour, depositing(is_flat));
        EXPECT_EQ(one.air, alone.concentration_ug_m3[n]) << n;
        EXPECT_EQ(one.dry, alone.dry_deposition_g_m2[n]) << n;
        EXPECT_EQ(one.wet, alone.wet_deposition_g_m2[n]) << n;
      }
    }
  }
  omp_set_num_threads(before);
}

TEST(WakeDeposition, OverGroundOfTheSourcesHeightIsThatOfFlatLand) {
  for (const WeatherHour& hour : wake_hours()) {
    std::vector<Receptor> level = receptors_about_wake(hour);
    for (Receptor& receptor : level) receptor.elevation_m = receptor.hill_height_m = 0.0;
    const HourResult flat_land = result_of(dusty(), level, hour, depositing()),
                     level_land = result_of(dusty(), level, hour, depositing(false));
    EXPECT_EQ(flat_land.concentration_ug_m3, level_land.concentration_ug_m3);
    EXPECT_EQ(flat_land.dry_deposition_g_m2, level_land.dry_deposition_g_m2);
  }
}

}  // namespace
}  // namespace lantian::plume
