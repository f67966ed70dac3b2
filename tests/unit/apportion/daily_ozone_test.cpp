#include "lantian/apportion/daily_ozone.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

const UtcTime beijing_midnight = parse_utc("2020-03-30T16:00:00Z");

/// 24 hours with `peak` in the eight hours that begin at 12 local time, else 40.
std::vector<double> day_with_afternoon(double peak) {
  std::vector<double> hourly(24, 40.0);
  for (std::size_t h = 12; h < 20; ++h) hourly[h] = peak;
  return hourly;
}

TEST(DailyOzone, IsTheGreatestEightHourMeanOfTheLocalDay) {
  EXPECT_EQ(daily_maximum_8h(day_with_afternoon(120.0), beijing_midnight, 8.0), std::vector<double>{120.0});
}

TEST(DailyOzone, LeavesOutDaysThatAreNotComplete) {
  std::vector<double> hourly = day_with_afternoon(120.0);
  hourly.insert(hourly.end(), 23, 500.0);  // the second day lacks its last hour
  EXPECT_EQ(daily_maximum_8h(hourly, beijing_midnight, 8.0), std::vector<double>{120.0});
}

TEST(DailyOzone, BeginsDaysAtLocalMidnight) {
  // The series begins at 20 h local: four hours of 900 belong to a day that is not complete.
  std::vector<double> hourly(4, 900.0);
  const std::vector<double> day = day_with_afternoon(130.0);
  hourly.insert(hourly.end(), day.begin(), day.end());
  EXPECT_EQ(daily_maximum_8h(hourly, beijing_midnight.plus_seconds(-4 * 3600LL), 8.0),
            std::vector<double>{130.0});
}

TEST(DailyOzone, OfAShortRunIsItsGreatestEightHourMean) {
  const std::vector<double> nine = {0.0, 80.0, 80.0, 80.0, 80.0, 80.0, 80.0, 80.0, 80.0};
  EXPECT_EQ(mean_daily_maximum_8h(nine, beijing_midnight, 8.0), 80.0);
  EXPECT_EQ(mean_daily_maximum_8h(std::vector<double>(7, 50.0), beijing_midnight, 8.0), std::nullopt);
}

}  // namespace
}  // namespace lantian
