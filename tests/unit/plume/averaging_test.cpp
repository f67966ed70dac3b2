#include "averaging.hpp"

#include "rank_shares.hpp"
#include "table_text.hpp"

#include "lantian/base/time.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>

namespace lantian::plume {

namespace {

const ValueLayout one_receptor{{false}, 1, 1};

/// Hours of a day that hold their own number; those in `calm` and `missing` count for nothing.
std::vector<BlockMeans::Block> blocks_of_day(int hours, const std::vector<int>& calm,
                                             const std::vector<int>& missing,
                                             const ValueLayout& layout = one_receptor) {
  BlockMeans means({AveragingTime::Kind::hours, hours}, layout);
  std::vector<BlockMeans::Block> blocks;
  for (int hour = 1; hour <= 24; ++hour) {
    const auto is_in = [hour](const std::vector<int>& list) {
      return std::ranges::find(list, hour) != list.end();
    };
    const HourState state = is_in(calm)      ? HourState::calm
                            : is_in(missing) ? HourState::missing
                                             : HourState::valid;
    const std::vector<double> value(layout.size(), state == HourState::valid ? hour : 0.0);
    if (const auto block = means.add({2024, 6, 15, hour}, state, value)) blocks.push_back(*block);
  }
  return blocks;
}

TEST(BlockMeans, DivideByTheValidHoursButByNoFewerThanThreeQuarters) {
  const auto eights = blocks_of_day(8, {1}, {2, 9, 10, 11});
  ASSERT_EQ(eights.size(), 3U);
  EXPECT_DOUBLE_EQ(eights[0].values[0], (3 + 4 + 5 + 6 + 7 + 8) / 6.0);   // 6 of 8 are enough
  EXPECT_DOUBLE_EQ(eights[1].values[0], (12 + 13 + 14 + 15 + 16) / 6.0);  // 5 are divided by 6
  EXPECT_DOUBLE_EQ(eights[2].values[0], 20.5);
  EXPECT_EQ(eights[0].flag, 'b');
  EXPECT_EQ(eights[1].flag, 'm');
  EXPECT_EQ(eights[2].flag, ' ');
  EXPECT_EQ(date_stamp(eights[1].end), 24061516);
}

TEST(BlockMeans, WantAllOfThreeHoursAndEighteenOfADay) {
  const auto threes = blocks_of_day(3, {1}, {});
  EXPECT_DOUBLE_EQ(threes[0].values[0], (2 + 3) / 3.0);
  EXPECT_EQ(threes[0].flag, 'c');
  const auto days = blocks_of_day(24, {1, 2, 3, 4, 5, 6, 7}, {});
  ASSERT_EQ(days.size(), 1U);
  EXPECT_DOUBLE_EQ(days[0].values[0], (300.0 - 28.0) / 18.0);
}

TEST(BlockMeans, SumUpADeposition) {
  const auto sixes = blocks_of_day(6, {}, {}, {{true}, 1, 1});
  EXPECT_DOUBLE_EQ(sixes[0].values[0], 21.0);
}

TEST(BlockMeans, DropABlockThatTheRunDoesNotEnd) {
  BlockMeans means({AveragingTime::Kind::month, 0}, one_receptor);
  const std::vector<double> one = {1.0};
  for (int day = 29; day <= 31; ++day)
    for (int hour = 1; hour <= 24; ++hour) {
      const auto block = means.add({2024, 1, day, hour}, HourState::valid, one);
      EXPECT_EQ(block.has_value(), day == 31 && hour == 24);
      if (block) {
        EXPECT_DOUBLE_EQ(block->values[0], 72.0 / 558.0);  // three quarters of 744 hours
      }
    }
}

TEST(LongMean, IsThatOfTheValidHours) {
  LongMean mean(false, one_receptor);
  for (int hour = 1; hour <= 24; ++hour) {
    const std::vector<double> value = {hour == 4 ? 0.0 : 2.0};
    mean.add({2024, 6, 15, hour}, hour == 4 ? HourState::calm : HourState::valid, value);
  }
  mean.finish();
  EXPECT_DOUBLE_EQ(mean.values()[0], 2.0);
  EXPECT_EQ(mean.hours(), 24);
}

/// Every hour from the first of a year on, for so many days.
template <typename Use>
void walk(int year, int days, Use&& use) {
  const long long first = hour_number({year, 1, 1, 1});
  DeckHour at{year, 1, 1, 1};
  for (int day = 0; day < days; ++day) {
    for (at.hour = 1; at.hour <= 24; ++at.hour) use(at, hour_number(at) - first);
    at.hour = 1;
    if (const auto next = checked_hour(at.year, at.month, at.day + 1, 1))
      at = *next;
    else if (at.month < 12)
      at = {at.year, at.month + 1, 1, 1};
    else
      at = {at.year + 1, 1, 1, 1};
  }
}

TEST(LongMean, OfYearsIsTheMeanOfWholeYears) {
  LongMean mean(true, one_receptor);
  walk(2023, 365 + 366 + 10, [&](const DeckHour& at, long long) {
    const std::vector<double> value = {at.year == 2023 ? 1.0 : at.year == 2024 ? 4.0 : 1000.0};
    mean.add(at, HourState::valid, value);
  });
  mean.finish();
  EXPECT_EQ(mean.years(), 2);
  EXPECT_DOUBLE_EQ(mean.values()[0], 2.5);
}

TEST(ReceptorHighs, KeepTheEarlierOfEqualValuesAndNoZeros) {
  ReceptorHighs highs(one_receptor, 3);
  for (int hour = 1; hour <= 4; ++hour) {
    const double value = hour == 2 ? 0.0 : hour == 4 ? 7.0 : 5.0;
    highs.add({{2024, 6, 15, hour}, ' ', {value}});
  }
  EXPECT_EQ(highs.at(0, 0, 0, 1).date, 24061504);
  EXPECT_EQ(highs.at(0, 0, 0, 2).date, 24061501);
  EXPECT_EQ(highs.at(0, 0, 0, 3).date, 24061503);
}

TEST(YearlyHighs, AverageTheRankedDailyMaximaOfTheYears) {
  YearlyHighs highs(one_receptor, 4, true, true);
  walk(2022, 730, [&](const DeckHour& at, long long n) {
    const auto day = static_cast<double>(n / 24 % 365);  // grows within a year
    highs.add({at, ' ', {(at.year == 2022 ? 1.0 : 2.0) * day + (at.hour == 12 ? 0.5 : 0.0)}});
  });
  highs.finish();
  EXPECT_EQ(highs.years(), 2);
  EXPECT_DOUBLE_EQ(highs.highs().at(0, 0, 0, 1).value, (364.5 + 728.5) / 2.0);
  EXPECT_DOUBLE_EQ(highs.highs().at(0, 0, 0, 4).value, (361.5 + 722.5) / 2.0);  // one value a day
  ASSERT_EQ(highs.by_year().size(), 2U);
  EXPECT_DOUBLE_EQ(highs.by_year()[0].at(0, 0, 0, 1).value, 364.5);
  EXPECT_DOUBLE_EQ(highs.by_year()[1].at(0, 0, 0, 4).value, 722.5);
  EXPECT_EQ(highs.by_year()[0].at(0, 0, 0, 1).date, 22123112);
}

/// Two groups and two receptors over two years and some days: any numbers, but the same at each call.
std::vector<BlockMeans::Block> two_years(int hours_of_block) {
  const ValueLayout layout{{false}, 2, 2};
  BlockMeans means({AveragingTime::Kind::hours, hours_of_block}, layout);
  std::vector<BlockMeans::Block> blocks;
  for (const int year : {2021, 2022, 2023})
    for (int month = 1; month <= (year == 2023 ? 1 : 12); ++month)
      for (int day = 1; day <= (year == 2023 ? 9 : days_in_month(year, month)); ++day)
        for (int hour = 1; hour <= 24; ++hour) {
          const int n = ((year * 12 + month) * 31 + day) * 24 + hour;
          const std::vector<double> values = {
              static_cast<double>(n * 7919LL % 1009), static_cast<double>(n * 104729LL % 997),
              static_cast<double>(n * 1299709LL % 991), n % 24 == 3 ? 5.0 : 0.0};
          if (auto block = means.add({year, month, day, hour}, HourState::valid, values))
            blocks.push_back(std::move(*block));
        }
  return blocks;
}

TEST(RankShares, AreWhatEachGroupBringsInTheHoursThatAreRanked) {
  constexpr int ranks = 8;
  const ValueLayout layout{{false}, 2, 2};
  for (const int hours : {1, 24})
    for (const std::size_t group : {0, 1}) {
      YearlyHighs highs(layout, ranks, hours == 1, true);
      RankShares shares(layout, group, ranks, hours == 1);
      const std::vector<BlockMeans::Block> blocks = two_years(hours);
      std::map<int, const BlockMeans::Block*> by_date;
      for (const BlockMeans::Block& block : blocks) {
        highs.add(block);
        shares.add(block);
        by_date[date_stamp(block.end)] = &block;
      }
      highs.finish();
      shares.finish();
      ASSERT_EQ(shares.years(), 2);
      for (std::size_t receptor = 0; receptor < 2; ++receptor)
        for (int rank = 1; rank <= ranks; ++rank) {
          double other = 0.0;
          for (const ReceptorHighs& year : highs.by_year())
            if (const int date = year.at(0, group, receptor, rank).date; date != 0)
              other += by_date.at(date)->values[(1 - group) * 2 + receptor] / 2.0;
          EXPECT_DOUBLE_EQ(shares.at(receptor, rank)[group],
                           highs.highs().at(0, group, receptor, rank).value);
          EXPECT_DOUBLE_EQ(shares.at(receptor, rank)[1 - group], other) << hours << ' ' << rank;
        }
    }
}

TEST(OverallHighs, TakeEachBlockOnceWhenAsked) {
  const ValueLayout two{{false}, 1, 2};
  OverallHighs all(two, 3, false), once(two, 3, true);
  for (int hour = 1; hour <= 2; ++hour) {
    const BlockMeans::Block block{{2024, 6, 15, hour}, ' ', {10.0 * hour, 10.0 * hour + 1.0}};
    all.add(block);
    once.add(block);
  }
  EXPECT_EQ(all.list(0, 0)[1].value, 20.0);
  EXPECT_EQ(once.list(0, 0)[1].value, 11.0);
  EXPECT_EQ(once.list(0, 0)[2].date, 0);
}

TEST(TableText, WritesNumbersAsFortranDoes) {
  EXPECT_EQ(exponential(0.0498519e-3), " 0.498519E-04");
  EXPECT_EQ(exponential(-1508.90), "-0.150890E+04");
  EXPECT_EQ(exponential(9.9999996), " 0.100000E+02");
  EXPECT_EQ(exponential(0.0), " 0.000000E+00");
  EXPECT_EQ(exponential(1.0e-120), " 0.100000-119");
  EXPECT_EQ(fixed(24.85173), "     24.85173");
  EXPECT_EQ(fixed(123456789.0), " 0.123457E+09");  // too wide for F13.5
}

}  // namespace
}  // namespace lantian::plume
