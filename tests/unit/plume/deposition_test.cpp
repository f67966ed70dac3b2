#include "plume/gas_deposition.hpp"
#include "plume_hours.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/plume/plume_engine.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <array>
#include <cmath>

namespace lantian::plume {
namespace {

using namespace testing;

constexpr double six_digits = 1e-5;  // AERMOD 24142 prints six

struct Fall {
  double air_ug_m3, dry_g_m2, wet_g_m2;
};
Fall of(const Source& source, const Receptor& receptor, const WeatherHour& hour, const Options& options) {
  const HourResult found = PlumeEngine({source}, {receptor}, options, {}).hour(hour, 0);
  return {found.concentration_ug_m3[0], found.dry_deposition_g_m2[0], found.wet_deposition_g_m2[0]};
}
void expect_fall(const Fall& found, const Fall& printed) {
  EXPECT_NEAR(found.air_ug_m3 / printed.air_ug_m3, 1.0, six_digits);
  EXPECT_NEAR(found.dry_g_m2 / printed.dry_g_m2, 1.0, six_digits);
  if (printed.wet_g_m2 > 0.0)
    EXPECT_NEAR(found.wet_g_m2 / printed.wet_g_m2, 1.0, six_digits);
  else
    EXPECT_EQ(found.wet_g_m2, 0.0);
}

/// A vent of 10 m.
Source vent() {
  Source source;
  source.name = "vent";
  source.emission = 1.0;
  source.release_height_m = 10.0;
  source.gas_velocity_m_s = 5.0;
  source.stack_diameter_m = 0.5;
  return source;
}
Source dusty_vent() {
  Source source = vent();
  source.particles = {{1.0, 0.4, 1.5}, {2.5, 0.4, 1.5}, {10.0, 0.2, 1.5}};
  return source;
}
Source gas_vent() {
  Source source = vent();
  source.gas = DepositingGas{0.1089, 1.83e-5, 73.2, 72.0};
  return source;
}
Options depositing() {
  Options options = flat();
  options.deposition = true;
  options.deposition_seasons.fill(1);
  options.deposition_land_use.fill(2);
  return options;
}

/// Hour 4 of a June night with 1 mm of rain, and hour 10 of the day after it.
WeatherHour at_ground(WeatherHour hour, int number, double rain_mm, double heat_w_m2, double cloud_tenths) {
  hour.month = 6;
  hour.hour = number;
  SurfaceHour& surface = hour.surface;
  surface.precipitation_mm_h = rain_mm;
  surface.sensible_heat_w_m2 = heat_w_m2;
  surface.bowen_ratio = 1.0;
  surface.albedo = 0.2;
  surface.relative_humidity_percent = 60.0;
  surface.pressure_hPa = 1000.0;
  surface.cloud_cover_tenths = cloud_tenths;
  hour.ground.recent_rain_mm = rain_mm;
  double water_mm = 180.0, rain_before_mm = 0.0;
  const std::array<double, 10> temperatures_k = {278.0, 277.5, 277.0, 277.0, 277.0,
                                                 277.5, 278.0, 279.5, 281.5, 283.5};
  for (int n = 1; n <= number; ++n) {
    water_mm = soil_water_mm(water_mm, rain_before_mm, hour.ground.soil_water_share,
                             temperatures_k.at(static_cast<std::size_t>(n - 1)));
    hour.ground.soil_water_share = soil_water_share(water_mm);
    rain_before_mm = n == 4 ? 1.0 : 0.0;
  }
  return hour;
}
WeatherHour rainy_night() {
  return at_ground(stable_hour(), 4, 1.0, -20.1, 2.0);
}
WeatherHour dry_day() {
  return at_ground(convective_hour(), 10, 0.0, 140.0, 3.0);
}

TEST(Deposition, IsAermodsForSizesOfParticles) {
  expect_fall(of(dusty_vent(), receptor_at(150.0, 50.0), rainy_night(), depositing()),
              {269.019, 1.25717e-3, 1.20597e-3});
  expect_fall(of(dusty_vent(), receptor_at(400.0, 0.0), dry_day(), depositing()), {12.4043, 4.42595e-4, 0.0});
}

TEST(Deposition, IsAermodsForParticlesKnownByTheirMean) {
  Source fine = vent();
  fine.particle_mean = ParticleMean{0.7, 0.8};
  expect_fall(of(fine, receptor_at(150.0, 50.0), rainy_night(), depositing()),
              {264.203, 9.39340e-4, 3.46918e-3});
  expect_fall(of(fine, receptor_at(300.0, 100.0), dry_day(), depositing()), {9.29159, 2.67091e-4, 0.0});
}

TEST(Deposition, IsAermodsForAGas) {
  expect_fall(of(gas_vent(), receptor_at(150.0, 50.0), rainy_night(), depositing()),
              {266.073, 4.40656e-4, 4.74725e-7});
  expect_fall(of(gas_vent(), receptor_at(400.0, 0.0), dry_day(), depositing()), {12.8019, 5.49228e-5, 0.0});
}

TEST(Deposition, LeavesTheAirAloneWhereDepletionIsNotAskedFor) {
  Options kept = depositing();
  kept.dry_depletion = kept.wet_depletion = false;
  const Receptor receptor = receptor_at(2800.0, 1000.0);
  const double plain =
      PlumeEngine({vent()}, {receptor}, flat(), {}).hour(rainy_night(), 0).concentration_ug_m3[0];
  EXPECT_NEAR(of(gas_vent(), receptor, rainy_night(), kept).air_ug_m3 / plain, 1.0, 1e-13);
  const Fall used_up = of(gas_vent(), receptor, rainy_night(), depositing());
  EXPECT_LT(used_up.air_ug_m3, 0.999 * plain);
  EXPECT_GT(used_up.air_ug_m3, 0.9 * plain);
}

TEST(Deposition, OfAGasOfAGivenVelocityIsThatOfTheAirAtTheReferenceHeight) {
  Options options = depositing();
  options.gas_velocity_m_s = 0.004;
  options.dry_depletion = false;
  Source heap = low_volume();
  heap.release_height_m = 4.0;  // plume and receptors below 5 m are in the same air
  const Fall below = of(heap, receptor_at(400.0, 120.0), rainy_night(), options);
  const Fall at_1_1_m = of(heap, receptor_at(400.0, 120.0, 1.1), rainy_night(), options);
  EXPECT_NEAR(below.dry_g_m2 / (0.004 * 3600.0 * 1e-6 * at_1_1_m.air_ug_m3), 1.0, 1e-12);
  EXPECT_EQ(below.wet_g_m2, 0.0);
}

TEST(Deposition, IntegratesDepletionByRombergsRuleWhereAskedFor) {
  Options exact = depositing();
  exact.romberg_depletion = true;
  const Receptor receptor = receptor_at(940.0, 342.0);
  const double two = of(dusty_vent(), receptor, rainy_night(), depositing()).air_ug_m3,
               many = of(dusty_vent(), receptor, rainy_night(), exact).air_ug_m3;
  EXPECT_NE(two, many);
  EXPECT_NEAR(many / two, 1.0, 0.2);
}

Source yard(double side_m) {
  Source source = low_volume();
  source.shape = SourceShape::area;
  source.emission = 1e-4;
  source.initial_sigma_z_m = 2.0;
  source.place = {-0.5 * side_m, -0.5 * side_m};
  source.vertices = {{-0.5 * side_m, -0.5 * side_m},
                     {-0.5 * side_m, 0.5 * side_m},
                     {0.5 * side_m, 0.5 * side_m},
                     {0.5 * side_m, -0.5 * side_m}};
  return source;
}

Source dusty_yard() {
  Source source = yard(100.0);
  source.particles = dusty_vent().particles;
  return source;
}

/// One receptor's part of a result.
Fall part_of(const HourResult& result, std::size_t n) {
  return {result.concentration_ug_m3[n], result.dry_deposition_g_m2[n], result.wet_deposition_g_m2[n]};
}
/// Points on a grid whose rows are no multiple of eight, some on a mast.
std::vector<Receptor> three_thousand_receptors() {
  std::vector<Receptor> many;
  for (int n = 0; n < 3000; ++n) {
    const int column = n % 45, row = n / 45;
    many.push_back(receptor_at(-150.0 + 31.0 * column, -800.0 + 31.0 * row));
    if (n % 11 == 0) many.back().flagpole_m = 1.8;
  }
  return many;
}

TEST(Deposition, AtAReceptorDoesNotDependOnHowManyOthersThereAre) {
  const std::vector<Receptor> many = three_thousand_receptors();
  Options hilly = depositing();
  hilly.flat_terrain = false;
  for (const Options& options : {depositing(), hilly}) {
    for (const Source& source : {dusty_vent(), gas_vent(), dusty_yard()}) {
      for (const WeatherHour& hour : {rainy_night(), dry_day()}) {
        const HourResult together = PlumeEngine({source}, many, options, {}).hour(hour, 0);
        double most = 0.0;
        for (std::size_t n = 0; n < many.size(); n += 23) {
          const Fall alone = of(source, many[n], hour, options), one = part_of(together, n);
          EXPECT_EQ(one.air_ug_m3, alone.air_ug_m3) << source.name << ", receptor " << n;
          EXPECT_EQ(one.dry_g_m2, alone.dry_g_m2) << source.name << ", receptor " << n;
          EXPECT_EQ(one.wet_g_m2, alone.wet_g_m2) << source.name << ", receptor " << n;
          most = std::max(most, one.dry_g_m2);
        }
        EXPECT_GT(most, 0.0);
      }
    }
  }
}

TEST(Deposition, IsTheSameOnAnyNumberOfThreads) {
  std::vector<Receptor> many;
  for (int n = 0; n < 1500; ++n) many.push_back(receptor_at(-200.0 + 5.0 * n, 11.0 * (n % 50)));
  const PlumeEngine flat_land({dusty_vent()}, many, depositing(), {});
  Options hilly = depositing();
  hilly.flat_terrain = false;
  for (Receptor& receptor : many)
    receptor.elevation_m = receptor.hill_height_m = 0.01 * receptor.place.x_m + 2.0;
  const PlumeEngine hills({dusty_vent(), gas_vent()}, many, hilly, {});
  const int before = omp_get_max_threads();
  for (const PlumeEngine* engine : {&flat_land, &hills}) {
    omp_set_num_threads(1);
    const HourResult alone = engine->hour(rainy_night(), 0);
    omp_set_num_threads(3);
    const HourResult together = engine->hour(rainy_night(), 0);
    EXPECT_EQ(alone.concentration_ug_m3, together.concentration_ug_m3);
    EXPECT_EQ(alone.dry_deposition_g_m2, together.dry_deposition_g_m2);
    EXPECT_EQ(alone.wet_deposition_g_m2, together.wet_deposition_g_m2);
  }
  omp_set_num_threads(before);
}

TEST(Deposition, OverGroundOfTheSourcesHeightIsThatOfFlatLand) {
  Options level = depositing();
  level.flat_terrain = false;
  for (const WeatherHour& hour : {rainy_night(), dry_day()}) {
    const Fall flat_land = of(dusty_vent(), receptor_at(500.0, 60.0), hour, depositing()),
               level_land = of(dusty_vent(), receptor_at(500.0, 60.0), hour, level);
    EXPECT_EQ(flat_land.air_ug_m3, level_land.air_ug_m3);
    EXPECT_EQ(flat_land.dry_g_m2, level_land.dry_g_m2);
  }
}

TEST(AreaDeposition, IsThatOfThePlainAreaWhereNothingIsUsedUp) {
  Options kept = depositing();
  kept.dry_depletion = kept.wet_depletion = false;
  Source gas = yard(100.0);
  gas.gas = gas_vent().gas;
  for (const WeatherHour& hour : {rainy_night(), dry_day()}) {
    const Receptor receptor = receptor_at(400.0, 60.0);
    const double plain =
        PlumeEngine({yard(100.0)}, {receptor}, flat(), {}).hour(hour, 0).concentration_ug_m3[0];
    EXPECT_NEAR(of(gas, receptor, hour, kept).air_ug_m3 / plain, 1.0, 1e-12);
  }
}

TEST(AreaDeposition, UsesTheAirUpAlongItsPlumeOrByOneFactor) {
  Source dust = yard(100.0);
  dust.particles = dusty_vent().particles;
  Options once = depositing(), kept = depositing();
  once.one_depletion_of_area = true;
  kept.dry_depletion = kept.wet_depletion = false;
  const Receptor receptor = receptor_at(940.0, 342.0);
  const Fall along = of(dust, receptor, rainy_night(), depositing()),
             one = of(dust, receptor, rainy_night(), once), full = of(dust, receptor, rainy_night(), kept);
  EXPECT_LT(along.air_ug_m3, 0.99 * full.air_ug_m3);
  EXPECT_NEAR(one.air_ug_m3 / along.air_ug_m3, 1.0, 0.02);
  EXPECT_NEAR(one.wet_g_m2 / along.wet_g_m2, 1.0, 0.02);
  EXPECT_NE(one.dry_g_m2, along.dry_g_m2);
}

TEST(AreaDeposition, SideBySideIsNearTheWholeIntegralOverFlatLandAndLevelHills) {
  Source dust = yard(100.0);
  dust.particles = dusty_vent().particles;
  Options flat_sides = depositing();
  flat_sides.areas_by_sides = true;
  Options level_sides = flat_sides;
  level_sides.flat_terrain = false;
  for (const Receptor& receptor : {receptor_at(940.0, 342.0), receptor_at(130.0, 20.0)}) {
    const Fall whole = of(dust, receptor, rainy_night(), depositing());
    for (const Options& options : {flat_sides, level_sides}) {
      const Fall sides = of(dust, receptor, rainy_night(), options);
      EXPECT_NEAR(sides.air_ug_m3 / whole.air_ug_m3, 1.0, 0.02);
      EXPECT_NEAR(sides.dry_g_m2 / whole.dry_g_m2, 1.0, 0.02);
      EXPECT_NEAR(sides.wet_g_m2 / whole.wet_g_m2, 1.0, 0.02);
    }
  }
}

TEST(AreaDeposition, OfASmallAreaIsThatOfAPointFarAway) {
  // Without wander: dry over air is the same for both, as one plume passes both heights.
  Source dust = yard(1.0), point = low_volume();
  dust.initial_sigma_z_m = 0.0;
  point.initial_sigma_y_m = 0.1;
  point.initial_sigma_z_m = 0.0;
  dust.particles = point.particles = dusty_vent().particles;
  WeatherHour hour = at_ground(windy_hour(), 10, 0.0, 120.0, 3.0);
  hour.surface.reference_wind_from_deg = *hour.levels[0].wind_from_deg;
  hour.levels[0].wind_from_deg = 270.0;
  const Receptor receptor = receptor_at(800.0, 0.0);
  const Fall of_area = of(dust, receptor, hour, depositing()),
             of_point = of(point, receptor, hour, depositing());
  EXPECT_NEAR((of_area.dry_g_m2 / of_area.air_ug_m3) / (of_point.dry_g_m2 / of_point.air_ug_m3), 1.0, 1e-3);
}

TEST(Deposition, RefusesWhatItDoesNotDo) {
  const Receptor receptor = receptor_at(1.0, 1.0);
  EXPECT_THROW(PlumeEngine({vent()}, {}, depositing(), {}), ConfigError);
  Source road = dusty_vent();
  road.shape = SourceShape::road;
  road.vertices = {{0.0, 0.0}, {100.0, 0.0}};
  EXPECT_THROW(PlumeEngine({road}, {}, flat(), {}), ConfigError);
  Source no_gas = vent();
  no_gas.gas = DepositingGas{0.1, 1e-5, 70.0, 0.0};
  EXPECT_THROW(PlumeEngine({no_gas}, {}, depositing(), {}), ConfigError);
  Options no_august = depositing(), no_north = depositing();
  no_august.deposition_seasons[7] = 0;
  no_north.deposition_land_use[35] = 10;
  EXPECT_THROW(PlumeEngine({gas_vent()}, {}, no_august, {}), ConfigError);
  EXPECT_THROW(PlumeEngine({gas_vent()}, {}, no_north, {}), ConfigError);
  WeatherHour no_month = rainy_night();
  no_month.month = 0;
  EXPECT_THROW(static_cast<void>(PlumeEngine({gas_vent()}, {receptor}, depositing(), {}).hour(no_month, 0)),
               DataError);
}

}  // namespace
}  // namespace lantian::plume
