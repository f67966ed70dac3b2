#include "lantian/weather/weather.hpp"

#include "made_weather.hpp"
#include "meteorology/clear_sky.hpp"
#include "meteorology/solar_position.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/log.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace lantian {
namespace {

constexpr const char* midnight = "2020-04-01T00:00:00Z";

/// The weather of a case that must be without fault.
Weather open(const Case& configuration) {
  Problems problems;
  Weather weather(configuration, problems);
  for (const auto& sentence : problems.sentences()) ADD_FAILURE() << sentence;
  problems.throw_if_any();
  return weather;
}

/// Distance in metres on the sphere, small ones.
double distance_m(LonLat a, LonLat b) {
  constexpr double metres_per_degree = 6370000.0 * std::numbers::pi / 180.0;
  const double x = (a.longitude_deg - b.longitude_deg) * std::cos(a.latitude_deg * std::numbers::pi / 180.0);
  return metres_per_degree * std::hypot(x, a.latitude_deg - b.latitude_deg);
}

class WrfProjection : public testing::TestWithParam<int> {};

TEST_P(WrfProjection, IsPlacedByTheFirstCellWhateverTheCentreAttributesSay) {
  const TestFolder folder;
  MadeWeather made;
  made.map_projection = GetParam();
  made.write(folder.path("wrfout"));
  const Weather weather = open(two_hours({folder.path("wrfout")}));
  double worst = 0.0;
  for (int j = 0; j < made.rows; ++j)
    for (int i = 0; i < made.columns; ++i)
      worst = std::max(worst, distance_m(weather.grid().centre(j, i), made.centre(j, i)));
  EXPECT_LT(worst, 2.0);  // XLONG near 120 in single precision is good to 0.4 m
}

INSTANTIATE_TEST_SUITE_P(LambertStereographicMercatorLonLat, WrfProjection, testing::Values(1, 2, 3, 6));

double largest(const Array3<double>& a) {
  double most = 0.0;
  for (const double value : a.values()) most = std::max(most, std::fabs(value));
  return most;
}

double largest_at_top(const AirFluxes& f) {
  double most = 0.0;
  for (int j = 0; j < f.vertical_kg_s.rows(); ++j)
    for (int i = 0; i < f.vertical_kg_s.columns(); ++i)
      most = std::max(most, std::fabs(f.vertical_kg_s(f.vertical_kg_s.layers() - 1, j, i)));
  return most;
}

TEST(Weather, HoursAreConsistentUnderTheOwnTopInCutFilesAndWithDiagnosedWinds) {
  const TestFolder folder;
  MadeWeather own, cut, diagnosed;
  cut.has_own_top = false;
  diagnosed.attributes["LANTIAN_DIAGNOSED_WIND"] = 1.0;
  own.write(folder.path("own"));
  cut.write(folder.path("cut"));
  diagnosed.write(folder.path("diagnosed"));
  for (const char* name : {"own", "cut", "diagnosed"}) {
    Weather weather = open(two_hours({folder.path(name)}));
    const WeatherHour hour = weather.hour(parse_utc(midnight));
    EXPECT_LE(mismatch(hour), 1.0e-12) << name;  // an hour moves a few cell masses: ten roundings of them
    const double top = largest_at_top(hour.fluxes), most = largest(hour.fluxes.vertical_kg_s);
    if (std::string(name) == "diagnosed")
      EXPECT_LE(top, 1.0e-12 * most);
    else
      EXPECT_GT(top, 1.0e-3 * most) << name;
  }
}

TEST(Weather, CutFilesLetTheirOwnVerticalWindThroughTheTop) {
  const TestFolder folder;
  MadeWeather cut;
  cut.has_own_top = false;
  cut.hill_m = 0.0;
  cut.change = [](const std::string& name, int, std::vector<double>& values) {
    if (name == "W") std::ranges::fill(values, 0.03);
  };
  cut.write(folder.path("cut"));
  Weather weather = open(two_hours({folder.path("cut")}));
  const WeatherHour hour = weather.hour(parse_utc(midnight));
  const int top = weather.layers().count();
  const double density = 46960.0 / (287.0 * 249.0);  // of this standard atmosphere at 6 km
  const double flux = hour.fluxes.vertical_kg_s(top, 4, 5) / weather.surface().cell_area_m2(4, 5);
  EXPECT_NEAR(flux / (0.03 * density), 1.0, 0.02);  // one temperature in the layer, vapour
}

TEST(Weather, LayersOfTheWeatherTellAFileCutBelowItsTopWherePTopIsAbsent) {
  const TestFolder folder;
  MadeWeather made;
  made.without = {"P_TOP", "W"};
  for (const int layers : {18, 30}) {
    made.attributes["BOTTOM-TOP_GRID_DIMENSION"] = layers + 1;
    made.write(folder.path("wrfout"));
    const int before = warning_count();
    Weather weather = open(two_hours({folder.path("wrfout")}));
    const WeatherHour hour = weather.hour(parse_utc(midnight));
    if (layers == made.layers) {  // the whole column is there: its continuity gives the flux
      EXPECT_EQ(warning_count(), before);
      EXPECT_GT(largest_at_top(hour.fluxes), 1.0e-3 * largest(hour.fluxes.vertical_kg_s));
    } else {  // cut, and without W nothing tells the flux
      EXPECT_EQ(warning_count(), before + 1);
      EXPECT_LE(largest_at_top(hour.fluxes), 1.0e-12 * largest(hour.fluxes.vertical_kg_s));
    }
  }
}

TEST(Weather, KeepsTheMassOfTheStandardAtmosphere) {
  const TestFolder folder;
  MadeWeather made;
  made.hill_m = 0.0;
  made.layers = 60;
  made.write(folder.path("wrfout"));
  Weather weather = open(two_hours({folder.path("wrfout")}));
  const WeatherHour hour = weather.hour(parse_utc(midnight));
  double column_kg_m2 = 0.0;
  for (int k = 0; k < weather.layers().count(); ++k)
    column_kg_m2 += hour.begin.air_mass_kg(k, 3, 3) / weather.surface().cell_area_m2(3, 3);
  // Between the ground and 6 km of this atmosphere: (101000 - 47090 Pa)/g, less about 0.3 % vapour.
  const double drop_pa = 101000.0 * (1.0 - std::pow((288.0 - 39.0) / 288.0, 9.81 / (287.0 * 0.0065)));
  EXPECT_NEAR(column_kg_m2 * gravity_m_s2 / drop_pa, 0.997, 0.003);
  EXPECT_NEAR(hour.begin.temperature_k(0, 3, 3), 288.0, 0.5);
}

TEST(Weather, IsLinearBetweenTheTimesOfTheFiles) {
  const TestFolder folder;
  MadeWeather made;
  made.interval_s = 3 * 3600;
  made.write(folder.path("wrfout"));
  Weather weather = open(two_hours({folder.path("wrfout")}));
  const WeatherHour first = weather.hour(parse_utc(midnight));
  const WeatherHour second = weather.hour(parse_utc("2020-04-01T01:00:00Z"));
  for (int k = 0; k < weather.layers().count(); ++k) {
    EXPECT_NEAR(first.middle.wind_x_m_s(k, 4, 4),
                0.5 * (first.begin.wind_x_m_s(k, 4, 4) + first.end.wind_x_m_s(k, 4, 4)), 1.0e-12);
    EXPECT_EQ(first.end.air_mass_kg(k, 4, 4), second.begin.air_mass_kg(k, 4, 4));
  }
  // U rises by 0.2 m/s a record, an hour is a third of the interval.
  EXPECT_NEAR(first.end.wind_x_m_s(3, 4, 4) - first.begin.wind_x_m_s(3, 4, 4), 0.2 / 3.0, 1.0e-3);
  // 2 mm in three hours.
  EXPECT_NEAR(first.middle.rain_rate_mm_h(2, 2), 2.0 / 3.0, 1.0e-6);
}

TEST(Weather, ShortWaveFollowsTheSunBetweenCoarseTimes) {
  const TestFolder folder;
  MadeWeather made;
  made.interval_s = 3 * 3600;
  made.without = {"SWDOWN", "QCLOUD"};
  made.write(folder.path("wrfout"));
  Weather weather = open(two_hours({folder.path("wrfout")}));
  const WeatherHour hour = weather.hour(parse_utc("2020-04-01T01:00:00Z"));  // 09:00 by the sun
  const LonLat place = weather.grid().centre(4, 4);
  const SubsolarPoint sun = subsolar_point(static_cast<double>(hour.middle.time.unix_seconds()));
  const double clear =
      clear_sky_short_wave_w_m2(cosine_solar_zenith(sun, place.longitude_deg, place.latitude_deg));
  EXPECT_NEAR(hour.middle.short_wave_w_m2(4, 4), clear, 1.0e-6 * clear);
}

TEST(Weather, HourDoesNotDependOnTheHoursAskedForBefore) {
  const TestFolder folder;
  MadeWeather().write(folder.path("wrfout"));
  const Case configuration = two_hours({folder.path("wrfout")});
  Weather walked = open(configuration), restarted = open(configuration);
  (void)walked.hour(parse_utc(midnight));
  const WeatherHour a = walked.hour(parse_utc("2020-04-01T01:00:00Z"));
  const WeatherHour b = restarted.hour(parse_utc("2020-04-01T01:00:00Z"));
  EXPECT_TRUE(std::ranges::equal(a.fluxes.x_kg_s.values(), b.fluxes.x_kg_s.values()));
  EXPECT_TRUE(
      std::ranges::equal(a.middle.eddy_diffusivity_m2_s.values(), b.middle.eddy_diffusivity_m2_s.values()));
}

TEST(Weather, ReadsStaticFieldsWithAndWithoutTimeAlike) {
  const TestFolder folder;
  MadeWeather with, without;
  without.static_with_time = false;
  with.write(folder.path("with"));
  without.write(folder.path("without"));
  Weather a = open(two_hours({folder.path("with")})), b = open(two_hours({folder.path("without")}));
  EXPECT_TRUE(std::ranges::equal(a.surface().terrain_m.values(), b.surface().terrain_m.values()));
  EXPECT_TRUE(std::ranges::equal(a.surface().land_use.values(), b.surface().land_use.values()));
  EXPECT_EQ(a.surface().land_use(0, 0), 21);  // USGS 1: urban
  EXPECT_EQ(a.surface().land_use(0, 3), 1);   // USGS 16: water
  EXPECT_EQ(a.surface().land_use(0, 4), 15);  // USGS 2: crops
}

TEST(Weather, JoinsFilesWithColonsAndUnderscoresByPattern) {
  const TestFolder folder;
  MadeWeather part;
  part.records = 1;
  for (int hour = 0; hour < 3; ++hour) {
    part.start = "2020-04-01T0" + std::to_string(hour) + ":00:00Z";
    const char mark = hour == 1 ? '_' : ':';
    std::string name = "wrfout_d01_2020-04-01_0" + std::to_string(hour) + "x00x00";
    std::ranges::replace(name, 'x', mark);
    part.write(folder.path(name));
  }
  Weather weather = open(two_hours({folder.path("wrfout_d01_*")}));
  EXPECT_EQ(weather.files().size(), 3U);
  EXPECT_LE(mismatch(weather.hour(parse_utc("2020-04-01T01:00:00Z"))), 1.0e-12);
}

TEST(Weather, WarnsOfTimesThatStandInTwoFilesAndTakesTheEarlierFile) {
  const TestFolder folder;
  MadeWeather early, late;
  late.start = "2020-04-01T01:00:00Z";
  late.change = [](const std::string& name, int, std::vector<double>& values) {
    if (name == "PBLH") std::ranges::fill(values, 333.0);
  };
  early.write(folder.path("a"));
  late.write(folder.path("b"));
  const int before = warning_count();
  Weather weather = open(two_hours({folder.path("b"), folder.path("a")}));
  EXPECT_EQ(warning_count() - before, 1);
  EXPECT_EQ(weather.hour(parse_utc("2020-04-01T01:00:00Z")).begin.mixing_height_m(0, 0), 800.0);
}

TEST(Weather, FollowsAMovingNestOnTheCellsItNeverLeaves) {
  const TestFolder folder;
  MadeWeather nest;
  nest.columns = 14;
  nest.east_per_record = 2;
  nest.write(folder.path("nest"));
  const int before = warning_count();
  Weather weather = open(two_hours({folder.path("nest")}));
  EXPECT_EQ(warning_count() - before, 1);
  EXPECT_EQ(weather.grid().columns(), 10);
  EXPECT_LT(distance_m(weather.grid().centre(0, 0), nest.centre(0, 4)), 2.0);
  // The hill stands still: the ground of the last record is that of the first on the common cells.
  EXPECT_NEAR(weather.hour(parse_utc("2020-04-01T01:00:00Z")).end.surface_pressure_pa(5, 3),
              weather.hour(parse_utc(midnight)).begin.surface_pressure_pa(5, 3), 1.0);
}

TEST(Weather, WindowAndTrimCutTheSameCells) {
  const TestFolder folder;
  MadeWeather().write(folder.path("wrfout"));
  Case trimmed = two_hours({folder.path("wrfout")}), windowed = trimmed;
  trimmed.grid.trim = 1;
  windowed.grid.window = {1, 1, 10, 8};
  Weather a = open(trimmed), b = open(windowed);
  EXPECT_EQ(a.grid().columns(), 10);
  EXPECT_EQ(a.grid().rows(), 8);
  const WeatherHour x = a.hour(parse_utc(midnight)), y = b.hour(parse_utc(midnight));
  EXPECT_TRUE(std::ranges::equal(x.fluxes.x_kg_s.values(), y.fluxes.x_kg_s.values()));
  Weather whole = open(two_hours({folder.path("wrfout")}));
  const WeatherHour all = whole.hour(parse_utc(midnight));
  EXPECT_EQ(x.begin.temperature_k(2, 3, 4), all.begin.temperature_k(2, 4, 5));
}

TEST(Weather, RainThatIsCountedFromZeroAgainIsNotNegative) {
  const TestFolder folder;
  MadeWeather made;
  made.change = [](const std::string& name, int record, std::vector<double>& values) {
    if (name == "RAINC") std::ranges::fill(values, 0.0);
    if (name == "RAINNC") std::ranges::fill(values, record == 0 ? 90.0 : 3.0 * record);
  };
  made.write(folder.path("wrfout"));
  Weather weather = open(two_hours({folder.path("wrfout")}));
  EXPECT_NEAR(weather.hour(parse_utc(midnight)).middle.rain_rate_mm_h(1, 1), 3.0, 1.0e-6);
  EXPECT_NEAR(weather.hour(parse_utc("2020-04-01T01:00:00Z")).middle.rain_rate_mm_h(1, 1), 3.0, 1.0e-6);
}

TEST(Weather, RainOfABucketThatWasEmptiedIsCountedWhole) {
  const TestFolder folder;
  MadeWeather made;
  made.attributes["BUCKET_MM"] = 100.0;
  made.change = [](const std::string& name, int record, std::vector<double>& values) {
    if (name == "RAINC") std::ranges::fill(values, 0.0);
    if (name == "RAINNC") std::ranges::fill(values, record == 0 ? 97.0 : 1.0 + 4.0 * record);
    if (name == "I_RAINNC") std::ranges::fill(values, record == 0 ? 2.0 : 3.0);
  };
  made.write(folder.path("wrfout"));
  Weather weather = open(two_hours({folder.path("wrfout")}));
  EXPECT_NEAR(weather.hour(parse_utc(midnight)).middle.rain_rate_mm_h(1, 1), 305.0 - 297.0, 1.0e-4);
  EXPECT_NEAR(weather.hour(parse_utc("2020-04-01T01:00:00Z")).middle.rain_rate_mm_h(1, 1), 4.0, 1.0e-4);
}

TEST(Weather, TimesThatAreSomeSecondsLateLeaveNoGap) {
  const TestFolder folder;
  MadeWeather part;
  part.records = 1;
  for (const char* time : {"2020-04-01T00:00:00Z", "2020-04-01T01:00:07Z", "2020-04-01T02:00:03Z"}) {
    part.start = time;
    part.write(folder.path("wrfout_" + part.start));
  }
  Weather weather = open(two_hours({folder.path("wrfout_*")}));
  EXPECT_LE(mismatch(weather.hour(parse_utc("2020-04-01T01:00:00Z"))), 1.0e-12);
}

TEST(Weather, DiffusivityKeepsItsFloorsAndVanishesAtGroundAndTop) {
  const TestFolder folder;
  MadeWeather made;
  made.change = [](const std::string& name, int, std::vector<double>& values) {
    if (name == "UST") std::ranges::fill(values, 0.02);
    if (name == "HFX") std::ranges::fill(values, -30.0);
    if (name == "PBLH") std::ranges::fill(values, 20.0);
  };
  made.write(folder.path("wrfout"));
  for (const char* profile : {"obrien", "troen_mahrt", "jericevic"}) {
    Case configuration = two_hours({folder.path("wrfout")});
    configuration.weather.eddy_diffusivity = profile;
    Weather weather = open(configuration);
    const auto k = weather.hour(parse_utc(midnight)).middle.eddy_diffusivity_m2_s;
    EXPECT_EQ(k(0, 0, 0), 0.0);
    EXPECT_EQ(k(weather.layers().count(), 0, 0), 0.0);
    EXPECT_EQ(k(2, 0, 0), 0.5);  // the city cell at 60 m
    EXPECT_EQ(k(2, 5, 9), 0.1);
    EXPECT_EQ(k(6, 0, 0), 0.1);  // 1500 m over the city
  }
}

TEST(Weather, TheFilesOwnDiffusivityIsLinearBetweenItsInterfacesAndKeepsTheFloor) {
  const TestFolder folder;
  MadeWeather made;
  made.has_own_diffusivity = true;  // 0.01 s-1 times the height above the ground, 0 above 1500 m
  made.write(folder.path("wrfout"));
  Case configuration = two_hours({folder.path("wrfout")});
  configuration.weather.eddy_diffusivity = "wrf";
  Weather weather = open(configuration);
  const auto k = weather.hour(parse_utc(midnight)).middle.eddy_diffusivity_m2_s;
  const auto& z = weather.surface().interface_above_ground_m;
  const int layers = weather.layers().count();
  EXPECT_EQ(k(0, 4, 7), 0.0);
  EXPECT_EQ(k(layers, 4, 7), 0.0);
  for (int n = 1; n < layers; ++n) {
    if (z(n, 4, 7) < 1000.0) {
      EXPECT_NEAR(k(n, 4, 7), std::max(0.01 * z(n, 4, 7), 0.1), 1.0e-3) << n;
    }
    if (z(n, 4, 7) > 2500.0) {
      EXPECT_EQ(k(n, 4, 7), 0.1) << n;
    }
  }
}

TEST(Weather, TheFilesOwnDiffusivityIsAskedForInOneSentenceWhenItIsAbsent) {
  const TestFolder folder;
  MadeWeather().write(folder.path("wrfout"));
  Case configuration = two_hours({folder.path("wrfout")});
  configuration.weather.eddy_diffusivity = "wrf";
  Problems problems;
  const Weather weather(configuration, problems);
  ASSERT_EQ(problems.sentences().size(), 1u);
  for (const char* part : {"wrfout: has no variable EXCH_H", "weather.eddy_diffusivity = \"wrf\"",
                           "+:h:0:EXCH_H", "obrien, troen_mahrt or jericevic"})
    EXPECT_NE(problems.sentences().front().find(part), std::string::npos) << part;
}

TEST(Weather, ADiffusivityBelowZeroIsRefused) {
  const TestFolder folder;
  MadeWeather made;
  made.has_own_diffusivity = true;
  made.change = [](const std::string& name, int, std::vector<double>& values) {
    if (name == "EXCH_H") values[200] = -3.0;
  };
  made.write(folder.path("wrfout"));
  Case configuration = two_hours({folder.path("wrfout")});
  configuration.weather.eddy_diffusivity = "wrf";
  Problems problems;
  const Weather weather(configuration, problems);
  ASSERT_FALSE(problems.sentences().empty());
  EXPECT_NE(problems.sentences().front().find("EXCH_H"), std::string::npos);
}

}  // namespace
}  // namespace lantian
