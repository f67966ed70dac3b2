#include "made_weather.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/log.hpp"
#include "lantian/weather/weather.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace lantian {
namespace {

constexpr const char* midnight = "2020-04-01T00:00:00Z";

/// A case on the lowest `count` layers of its weather; 0: all.
Case one_to_one(const std::string& file, int count = 0) {
  Case configuration = two_hours({file});
  configuration.grid.layers = "weather";
  configuration.grid.layer_count = count;
  configuration.grid.layer_tops_m.clear();
  return configuration;
}

Weather open(const Case& configuration) {
  const QuietLog quiet;
  Problems problems;
  Weather weather(configuration, problems);
  problems.throw_if_any();
  return weather;
}

/// The one fault of a case.
std::string fault_of(const Case& configuration) {
  Problems problems;
  const Weather weather(configuration, problems);
  EXPECT_EQ(problems.sentences().size(), 1u);
  return problems.sentences().empty() ? "" : problems.sentences().front();
}

double largest_at_top(const AirFluxes& f, int layers) {
  double most = 0.0;
  for (int j = 0; j < f.vertical_kg_s.rows(); ++j)
    for (int i = 0; i < f.vertical_kg_s.columns(); ++i)
      most = std::max(most, std::fabs(f.vertical_kg_s(layers, j, i)));
  return most;
}

double largest(const Array3<double>& a) {
  double most = 0.0;
  for (const double value : a.values()) most = std::max(most, std::fabs(value));
  return most;
}

TEST(WeatherLayers, HoldTheAirTemperatureAndPressureOfTheFilesLayers) {
  const TestFolder folder;
  const MadeWeather made;
  made.write(folder.path("wrfout"));
  Weather weather = open(one_to_one(folder.path("wrfout")));
  const WeatherHour hour = weather.hour(parse_utc(midnight));
  const auto& z = weather.surface().interface_above_ground_m;
  ASSERT_EQ(weather.layers().count(), made.layers);
  for (int k = 0; k < made.layers; ++k) {
    // The heights of this file do not change with time, and hold its air by the equation of state.
    const double pressure_pa = hour.begin.pressure_pa(k, 4, 5), kelvin = hour.begin.temperature_k(k, 4, 5),
                 vapour = hour.begin.water_vapour_kg_kg(k, 4, 5);
    const double density =
        pressure_pa / (dry_air_gas_constant_j_kg_k * kelvin *
                       (1.0 + water_vapour_gas_constant_j_kg_k / dry_air_gas_constant_j_kg_k * vapour));
    const double air_kg = density * (z(k + 1, 4, 5) - z(k, 4, 5)) * weather.surface().cell_area_m2(4, 5);
    EXPECT_NEAR(hour.begin.air_mass_kg(k, 4, 5) / air_kg, 1.0, 1.0e-13) << k;
    // Standard atmosphere in the middle of the layer, written as real32.
    const double ground_m = weather.surface().terrain_m(4, 5);
    const double middle_m = ground_m + 0.5 * (z(k, 4, 5) + z(k + 1, 4, 5));
    EXPECT_NEAR(kelvin, 288.0 - 0.0065 * std::min(middle_m, 11000.0), 1.0e-3) << k;
  }
}

TEST(WeatherLayers, OfTheLowestAreThoseOfAll) {
  const TestFolder folder;
  MadeWeather().write(folder.path("wrfout"));
  Weather all = open(one_to_one(folder.path("wrfout"))), some = open(one_to_one(folder.path("wrfout"), 9));
  const WeatherHour whole = all.hour(parse_utc(midnight)), low = some.hour(parse_utc(midnight));
  ASSERT_EQ(some.layers().count(), 9);
  for (const auto field : {&WeatherSnapshot::air_mass_kg, &WeatherSnapshot::temperature_k,
                           &WeatherSnapshot::pressure_pa, &WeatherSnapshot::wind_x_m_s}) {
    const auto values = (low.middle.*field).values();
    EXPECT_TRUE(std::equal(values.begin(), values.end(), (whole.middle.*field).values().begin()));
  }
}

TEST(WeatherLayers, CarryTheirAirToTheEndOfTheHourAndLetNoneThroughTheWeathersTop) {
  const TestFolder folder;
  for (const double mean_flux : {0.0, 1.0}) {
    MadeWeather made;
    made.mean_flux = mean_flux;
    made.write(folder.path("wrfout"));
    for (const int count : {0, 9}) {
      Weather weather = open(one_to_one(folder.path("wrfout"), count));
      const WeatherHour hour = weather.hour(parse_utc(midnight));
      EXPECT_LE(mismatch(hour), 1.0e-12) << count;
      const double top = largest_at_top(hour.fluxes, weather.layers().count()),
                   most = largest(hour.fluxes.vertical_kg_s);
      if (count == 0) {
        EXPECT_LE(top, 1.0e-12 * most);
      } else {
        EXPECT_GT(top, 1.0e-3 * most);  // what the layers above take in
      }
    }
  }
}

TEST(WeatherLayers, KeepTheirHeightsFromTheFirstDayWhateverTheEndOfTheRun) {
  const TestFolder folder;
  MadeWeather made;
  made.records = 8;
  made.interval_s = 6 * 3600;
  made.change = [](const std::string& name, int record, std::vector<double>& values) {
    if (name == "PHB")
      for (double& value : values) value *= 1.0 + 0.001 * record;
  };
  made.write(folder.path("wrfout"));
  Case brief = one_to_one(folder.path("wrfout")), lengthy = brief;
  brief.run.end = brief.run.start.plus_seconds(24 * 3600LL);
  lengthy.run.end = lengthy.run.start.plus_seconds(40 * 3600LL);
  const Weather a = open(brief), b = open(lengthy);
  EXPECT_TRUE(std::ranges::equal(a.surface().interface_above_ground_m.values(),
                                 b.surface().interface_above_ground_m.values()));
  // Records 0 to 3: the mean of their growth is 0.0015.
  Case first = brief;
  first.run.end = first.run.start.plus_seconds(3600);
  made.change = nullptr;
  made.write(folder.path("still"));
  first.weather.files = {folder.path("still")};
  EXPECT_NEAR(
      a.surface().interface_above_ground_m(9, 3, 3) / open(first).surface().interface_above_ground_m(9, 3, 3),
      1.0015, 1.0e-6);
}

TEST(WeatherLayers, TakeTheFilesOwnDiffusivityInterfaceByInterface) {
  const TestFolder folder;
  MadeWeather made;
  made.has_own_diffusivity = true;  // 0.01 s-1 times the height above the ground, 0 above 1500 m
  made.write(folder.path("wrfout"));
  Case configuration = one_to_one(folder.path("wrfout"));
  configuration.weather.eddy_diffusivity = "wrf";
  Weather weather = open(configuration);
  const auto k = weather.hour(parse_utc(midnight)).middle.eddy_diffusivity_m2_s;
  const auto& z = weather.surface().interface_above_ground_m;
  for (int n = 1; n < made.layers; ++n)
    EXPECT_NEAR(k(n, 4, 7), z(n, 4, 7) < 1500.0 ? std::max(0.01 * z(n, 4, 7), 0.1) : 0.1, 1.0e-4) << n;
}

TEST(WeatherLayers, LieOnAnotherGridToo) {
  const TestFolder folder;
  MadeWeather made;
  made.columns = made.rows = 20;
  made.write(folder.path("wrfout"));
  Case configuration = one_to_one(folder.path("wrfout"), 12);
  const LonLat middle = made.centre(10, 10);
  configuration.grid.projection = "utm";
  configuration.grid.utm_zone = 51;
  configuration.grid.centre_longitude_deg = middle.longitude_deg;
  configuration.grid.centre_latitude_deg = middle.latitude_deg;
  configuration.grid.cell_size_m = 4000.0;
  configuration.grid.columns = configuration.grid.rows = 9;
  Weather weather = open(configuration);
  EXPECT_EQ(weather.layers().count(), 12);
  EXPECT_LE(mismatch(weather.hour(parse_utc(midnight))), 1.0e-12);
}

TEST(WeatherLayers, RefuseFilesThatAreCutBelowTheWeathersTop) {
  const TestFolder folder;
  MadeWeather cut;
  cut.has_own_top = false;
  cut.write(folder.path("cut"));
  const std::string fault = fault_of(one_to_one(folder.path("cut")));
  for (const char* part : {"grid.layers", "cut below it", "grid.layers = \"heights\""})
    EXPECT_NE(fault.find(part), std::string::npos) << fault;
}

TEST(WeatherLayers, RefuseMoreThanThereAreAndTooFewWithTheNumbers) {
  const TestFolder folder;
  MadeWeather().write(folder.path("wrfout"));
  EXPECT_NE(
      fault_of(one_to_one(folder.path("wrfout"), 19)).find("19 layers are asked for, but the weather has 18"),
      std::string::npos);
  EXPECT_NE(fault_of(one_to_one(folder.path("wrfout"), 3)).find("3 layers of the weather end"),
            std::string::npos);
}

}  // namespace
}  // namespace lantian
