#include "../../../src/weather/column_remap.hpp"
#include "made_weather.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/weather/weather.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>
#include <vector>

namespace lantian {
namespace {

TEST(ColumnRemap, KeepsTheMassOfTheColumnAndTheSumsOfMassTimesAnything) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> even(0.5, 1.5);
  MetColumn column{{0.0}, {}, {}};
  std::vector<double> value;
  for (int k = 0; k < 30; ++k) {
    column.interface_m.push_back(column.interface_m.back() + 300.0 * even(random));
    column.dry_air_kg_m2.push_back(300.0 * std::exp(-0.04 * k) * even(random));
    column.log_pressure_drop.push_back(0.04 * even(random));
    value.push_back(even(random));
  }
  std::vector<double> model{0.0};
  while (model.back() < 6000.0) model.push_back(model.back() + 20.0 + 0.3 * model.back());
  ColumnRemap remap;
  remap.set(column, model);
  std::vector<double> mean(model.size());  // the layers and the air above
  remap.average(value, mean);
  double air = 0.0, content = 0.0;
  for (std::size_t k = 0; k < mean.size(); ++k) {
    air += remap.air_kg_m2(static_cast<int>(k));
    content += remap.air_kg_m2(static_cast<int>(k)) * mean[k];
  }
  const double whole = std::accumulate(column.dry_air_kg_m2.begin(), column.dry_air_kg_m2.end(), 0.0);
  const double all = std::inner_product(value.begin(), value.end(), column.dry_air_kg_m2.begin(), 0.0);
  EXPECT_NEAR(air / whole, 1.0, 1.0e-14);
  EXPECT_NEAR(content / all, 1.0, 1.0e-14);
}

TEST(ColumnRemap, ReturnsTheColumnOnItsOwnLayers) {
  const MetColumn column{{0.0, 100.0, 300.0}, {120.0, 220.0}, {0.012, 0.024}};
  ColumnRemap remap;
  remap.set(column, column.interface_m);
  std::vector<double> mean(3);
  remap.average(std::vector<double>{3.0, 7.0}, mean);
  EXPECT_DOUBLE_EQ(remap.air_kg_m2(0), 120.0);
  EXPECT_DOUBLE_EQ(remap.air_kg_m2(1), 220.0);
  EXPECT_DOUBLE_EQ(mean[0], 3.0);
  EXPECT_DOUBLE_EQ(mean[1], 7.0);
  EXPECT_EQ(remap.air_kg_m2(2), 0.0);
}

TEST(ColumnRemap, PutsMoreThanHalfOfALayersAirIntoItsLowerHalf) {
  // ln p falls by 0.1 over the layer: the share below the middle is (1 - e^-0.05)/(1 - e^-0.1).
  EXPECT_NEAR(share_below(0.5, 0.1), (1.0 - std::exp(-0.05)) / (1.0 - std::exp(-0.1)), 1.0e-14);
  EXPECT_EQ(share_below(0.25, 0.0), 0.25);
}

Case lon_lat_case(const std::string& file, LonLat centre, double cell_deg, int cells) {
  Case configuration = two_hours({file});
  configuration.grid.projection = "lon_lat";
  configuration.grid.centre_longitude_deg = centre.longitude_deg;
  configuration.grid.centre_latitude_deg = centre.latitude_deg;
  configuration.grid.cell_size_deg = cell_deg;
  configuration.grid.columns = configuration.grid.rows = cells;
  return configuration;
}

TEST(Regridding, TurnsGridRelativeWindsToTheNewAxes) {
  // Polar stereographic, 20 degrees east of its meridian: grid north lies that far clockwise of true north. A
  // wind of 10 m/s from the west has the components 10 (cos, sin) of the angle there.
  const TestFolder folder;
  MadeWeather polar;
  polar.map_projection = 2;
  polar.true_latitude_1 = 60.0;
  polar.standard_longitude = 100.0;
  polar.columns = polar.rows = 16;
  polar.hill_m = 0.0;
  const auto turn = [&](double j, double i) {
    return (polar.centre(static_cast<int>(j), i).longitude_deg - polar.standard_longitude) *
           std::numbers::pi / 180.0;
  };
  polar.change = [&](const std::string& name, int, std::vector<double>& values) {
    if (name != "U" && name != "V") return;
    const int extra = name == "U" ? 1 : 0;
    std::size_t n = 0;
    for (int k = 0; k < polar.layers; ++k)
      for (int j = 0; j < polar.rows + 1 - extra; ++j)
        for (int i = 0; i < polar.columns + extra; ++i)
          values[n++] = 10.0 * (name == "U" ? std::cos(turn(j, i)) : std::sin(turn(j, i)));
  };
  polar.write(folder.path("polar"));
  Case configuration = lon_lat_case(folder.path("polar"), polar.centre(8, 8), 0.03, 8);
  Problems problems;
  Weather weather(configuration, problems);
  ASSERT_TRUE(problems.empty()) << problems.sentences().front();
  const WeatherHour hour = weather.hour(configuration.run.start);
  for (int j = 0; j < 8; ++j)
    for (int i = 0; i < 8; ++i) {
      EXPECT_NEAR(hour.begin.wind_x_m_s(2, j, i), 10.0,
                  0.01);  // half a cell of turn between faces and centres
      EXPECT_NEAR(hour.begin.wind_y_m_s(2, j, i), 0.0, 0.01);
    }
}

TEST(Regridding, OfTheSameGridReturnsTheScalars) {
  const TestFolder folder;
  MadeWeather made;
  made.map_projection = 3;
  made.true_latitude_1 = 0.0;
  made.columns = made.rows = 13;
  made.write(folder.path("wrfout"));
  Problems problems;
  const Case own = two_hours({folder.path("wrfout")});
  Weather direct(own, problems);
  ASSERT_TRUE(problems.empty()) << problems.sentences().front();
  // The inner 9 x 9 cells of the same Mercator grid, spelled out.
  Case spelled = own;
  spelled.grid.projection = "mercator";
  spelled.grid.standard_parallel_1_deg = 0.0;
  spelled.grid.central_meridian_deg = made.standard_longitude;
  spelled.grid.cell_size_m = made.cell_size_m;
  const LonLat middle = direct.grid().centre(6, 6);
  spelled.grid.centre_longitude_deg = middle.longitude_deg;
  spelled.grid.centre_latitude_deg = middle.latitude_deg;
  spelled.grid.columns = spelled.grid.rows = 9;
  Weather regridded(spelled, problems);
  ASSERT_TRUE(problems.empty()) << problems.sentences().front();
  const WeatherHour a = direct.hour(own.run.start), b = regridded.hour(own.run.start);
  for (int k = 0; k < 10; ++k) {
    EXPECT_NEAR(b.begin.temperature_k(k, 4, 4) / a.begin.temperature_k(k, 6, 6), 1.0, 1.0e-7);
    EXPECT_NEAR(b.begin.air_mass_kg(k, 4, 4) / a.begin.air_mass_kg(k, 6, 6), 1.0, 1.0e-6);
  }
  EXPECT_LE(b.adjustment_rms, 0.05);
}

TEST(Regridding, OnUtmKeepsTheSpeedOfTheWindAndClosesTheAir) {
  const TestFolder folder;
  MadeWeather made;
  made.columns = made.rows = 16;
  made.hill_m = 0.0;
  made.change = [](const std::string& name, int, std::vector<double>& values) {
    if (name == "U") std::ranges::fill(values, 6.0);
    if (name == "V") std::ranges::fill(values, 8.0);
  };
  made.write(folder.path("wrfout"));
  Case configuration = two_hours({folder.path("wrfout")});
  configuration.grid.projection = "utm";
  configuration.grid.utm_zone = 51;
  configuration.grid.cell_size_m = 3000.0;
  configuration.grid.columns = configuration.grid.rows = 12;
  configuration.grid.centre_longitude_deg = made.centre(8, 8).longitude_deg;
  configuration.grid.centre_latitude_deg = made.centre(8, 8).latitude_deg;
  Problems problems;
  Weather weather(configuration, problems);
  ASSERT_TRUE(problems.empty()) << problems.sentences().front();
  const WeatherHour hour = weather.hour(configuration.run.start);
  // Lambert about 118 E and UTM about 123 E: the axes differ by a degree and a half and more, the speed does
  // not.
  EXPECT_NEAR(hour.begin.wind_x_m_s(3, 6, 6), 6.0, 0.7);
  EXPECT_GT(std::fabs(hour.begin.wind_x_m_s(3, 6, 6) - 6.0), 0.1);
  EXPECT_NEAR(std::hypot(hour.begin.wind_x_m_s(3, 6, 6), hour.begin.wind_y_m_s(3, 6, 6)), 10.0, 1.0e-3);
  EXPECT_LE(mismatch(hour), 1.0e-12);  // an hour moves a few cell masses: ten roundings of them
}

TEST(Regridding, RefusesAGridThatLeavesTheWeather) {
  const TestFolder folder;
  MadeWeather made;
  made.write(folder.path("wrfout"));
  Problems problems;
  const Weather weather(lon_lat_case(folder.path("wrfout"), made.centre(5, 5), 0.2, 8), problems);
  ASSERT_EQ(problems.sentences().size(), 1U);
  EXPECT_NE(problems.sentences()[0].find("lies outside the weather"), std::string::npos)
      << problems.sentences()[0];
}

}  // namespace
}  // namespace lantian
