#include "lantian/weather/mass_consistent_wind.hpp"

#include "support/rough_weather.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace lantian::testing {
namespace {

double largest(const Array3<double>& a) {
  double most = 0.0;
  for (const double value : a.values()) most = std::max(most, std::fabs(value));
  return most;
}

/// max |M_begin - 3600 div - M_end| / M_end
double worst_mismatch(const RoughWeather& weather, const AirFluxes& f) {
  double worst = 0.0;
  for (int k = 0; k < RoughWeather::layers; ++k)
    for (int j = 0; j < RoughWeather::rows; ++j)
      for (int i = 0; i < RoughWeather::columns; ++i) {
        const double leaving = f.x_kg_s(k, j, i + 1) - f.x_kg_s(k, j, i) + f.y_kg_s(k, j + 1, i) -
                               f.y_kg_s(k, j, i) + f.vertical_kg_s(k + 1, j, i) - f.vertical_kg_s(k, j, i);
        const double carried = weather.begin_kg(k, j, i) - seconds_per_hour * leaving;
        worst = std::max(worst, std::fabs(carried / weather.end_kg(k, j, i) - 1.0));
      }
  return worst;
}

TEST(MassConsistentWind, CarriesTheAirOfTheBeginningExactlyIntoThatOfTheEnd) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    const RoughWeather weather(seed);
    const ConsistentWind wind = mass_consistent_wind(weather.hour(), weather.surface);
    // An hour of 10 m/s is 12 cell widths: some twenty roundings of 12 cell masses.
    EXPECT_LE(worst_mismatch(weather, wind.fluxes), 1.0e-12);
  }
}

TEST(MassConsistentWind, MeetsThePrescribedFluxAtTheTopToRounding) {
  const RoughWeather weather(4);
  const ConsistentWind wind = mass_consistent_wind(weather.hour(), weather.surface);
  double worst = 0.0;
  for (int j = 0; j < RoughWeather::rows; ++j)
    for (int i = 0; i < RoughWeather::columns; ++i)
      worst = std::max(
          worst, std::fabs(wind.fluxes.vertical_kg_s(RoughWeather::layers, j, i) - weather.top_kg_s(j, i)));
  EXPECT_LE(worst, 1.0e-12 * largest(wind.fluxes.vertical_kg_s));
}

TEST(MassConsistentWind, LetsNothingThroughTheGround) {
  const RoughWeather weather(5);
  const ConsistentWind wind = mass_consistent_wind(weather.hour(), weather.surface);
  for (int j = 0; j < RoughWeather::rows; ++j)
    for (int i = 0; i < RoughWeather::columns; ++i) EXPECT_EQ(wind.fluxes.vertical_kg_s(0, j, i), 0.0);
}

TEST(MassConsistentWind, LeavesAWindAloneThatIsConsistentAlready) {
  RoughWeather weather(6);
  const ConsistentWind first = mass_consistent_wind(weather.hour(), weather.surface);
  weather.x_kg_s = first.fluxes.x_kg_s;
  weather.y_kg_s = first.fluxes.y_kg_s;
  const ConsistentWind second = mass_consistent_wind(weather.hour(), weather.surface);
  EXPECT_GT(first.adjustment_rms, 1.0e-3);    // the random winds did need mending
  EXPECT_LE(second.adjustment_rms, 1.0e-13);  // rounding of the fluxes
}

TEST(MassConsistentWind, TakesOutOneSourceByTheSolutionWorkedByHand) {
  // One cell, one layer: potential 0 on all four sides at equal distance, so a surplus of 4 kg/s leaves by 1
  // kg/s through each.
  Surface surface;
  surface.cell_area_m2 = Array2<double>(1, 1, 1.0e6);
  surface.cell_width_m = surface.cell_depth_m = Array2<double>(1, 1, 1000.0);
  const Array3<double> begin(1, 1, 1, 1.0e9), end(1, 1, 1, 1.0e9 - 4.0 * seconds_per_hour);
  const Array3<double> x(1, 1, 2), y(1, 2, 1);
  const Array2<double> top(1, 1);
  const ConsistentWind wind = mass_consistent_wind({begin, end, x, y, top}, surface);
  EXPECT_NEAR(wind.fluxes.x_kg_s(0, 0, 0), -1.0, 1.0e-12);
  EXPECT_NEAR(wind.fluxes.x_kg_s(0, 0, 1), 1.0, 1.0e-12);
  EXPECT_NEAR(wind.fluxes.y_kg_s(0, 0, 0), -1.0, 1.0e-12);
  EXPECT_NEAR(wind.fluxes.y_kg_s(0, 1, 0), 1.0, 1.0e-12);
}

TEST(MassConsistentWind, GivesTheSameBitsTwice) {
  const RoughWeather weather(7);
  const ConsistentWind once = mass_consistent_wind(weather.hour(), weather.surface);
  const ConsistentWind again = mass_consistent_wind(weather.hour(), weather.surface);
  EXPECT_TRUE(std::ranges::equal(once.fluxes.vertical_kg_s.values(), again.fluxes.vertical_kg_s.values()));
}

TEST(MassConsistentWind, RefusesWindsThatAreNotFinite) {
  RoughWeather weather(8);
  weather.x_kg_s(0, 3, 3) = std::nan("");
  EXPECT_THROW((void)mass_consistent_wind(weather.hour(), weather.surface), NumericalError);
}

}  // namespace
}  // namespace lantian::testing
