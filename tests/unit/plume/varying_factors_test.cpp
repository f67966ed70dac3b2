#include "varying_factors.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <utility>
#include <vector>

namespace lantian::plume {
namespace {

constexpr std::array<double, 5> bounds_m_s = {1.54, 3.09, 5.14, 8.23, 10.8};

/// Which value, from 0, a scheme takes in an hour.
int place(FactorScheme scheme, const WeatherHour& hour) {
  VaryingFactor factor;
  factor.scheme = scheme;
  factor.values.resize(2016);
  std::iota(factor.values.begin(), factor.values.end(), 0.0);
  return static_cast<int>(factor_of(factor, hour, bounds_m_s));
}

WeatherHour hour_of(int year, int month, int day, int hour, double wind_speed_m_s) {
  WeatherHour at;
  at.year = year;
  at.month = month;
  at.day = day;
  at.hour = hour;
  at.surface.reference_wind_speed_m_s = wind_speed_m_s;
  return at;
}

TEST(VaryingFactors, HoursRunFastestThenSeasonsOrMonthsThenDays) {
  const WeatherHour sunday = hour_of(2018, 12, 2, 5, 3.0), saturday = hour_of(2019, 7, 6, 24, 99.0);
  using enum FactorScheme;
  const std::vector<std::pair<FactorScheme, std::pair<int, int>>> expected = {
      {annual, {0, 0}},
      {season, {0, 2}},
      {month, {11, 6}},
      {hour, {4, 23}},
      {wind_speed, {1, 5}},
      {season_hour, {4, 2 * 24 + 23}},
      {hour_d, {2 * 24 + 4, 24 + 23}},
      {hour_7, {6 * 24 + 4, 5 * 24 + 23}},
      {season_hour_d, {2 * 96 + 4, 96 + 2 * 24 + 23}},
      {season_hour_7, {6 * 96 + 4, 5 * 96 + 2 * 24 + 23}},
      {month_hour_d, {2 * 288 + 11 * 24 + 4, 288 + 6 * 24 + 23}},
      {month_hour_7, {6 * 288 + 11 * 24 + 4, 5 * 288 + 6 * 24 + 23}}};
  for (const auto& [scheme, places] : expected) {
    EXPECT_EQ(place(scheme, sunday), places.first) << static_cast<int>(scheme);
    EXPECT_EQ(place(scheme, saturday), places.second) << static_cast<int>(scheme);
  }
}

TEST(VaryingFactors, WindOnABoundIsOfTheCategoryBelow) {
  for (std::size_t n = 0; n < bounds_m_s.size(); ++n) {
    const int category = static_cast<int>(n);
    EXPECT_EQ(place(FactorScheme::wind_speed, hour_of(2019, 3, 6, 1, bounds_m_s.at(n))), category);
    EXPECT_EQ(place(FactorScheme::wind_speed, hour_of(2019, 3, 6, 1, bounds_m_s.at(n) + 0.01)), category + 1);
  }
}

TEST(VaryingFactors, WeekdaysAreOneKindOfDay) {
  for (int day = 4; day <= 8; ++day)  // Monday to Friday
    EXPECT_EQ(place(FactorScheme::hour_d, hour_of(2019, 3, day, 1, 2.0)), 0) << day;
  EXPECT_EQ(place(FactorScheme::hour_7, hour_of(2019, 3, 8, 1, 2.0)), 4 * 24);
  EXPECT_EQ(place(FactorScheme::season, hour_of(2019, 2, 28, 1, 2.0)), 0);
  EXPECT_EQ(place(FactorScheme::season, hour_of(2019, 3, 1, 1, 2.0)), 1);
  EXPECT_EQ(place(FactorScheme::season, hour_of(2019, 11, 30, 1, 2.0)), 3);
}

TEST(VaryingFactors, WithoutValuesChangeNothing) {
  EXPECT_EQ(factor_of({}, hour_of(2019, 3, 6, 1, 2.0), bounds_m_s), 1.0);
}

}  // namespace
}  // namespace lantian::plume
