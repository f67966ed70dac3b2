#pragma once

#include "lantian/plume/aermod_deck.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace lantian::plume {

/// How the values of an hour lie: [type][group][receptor].
struct ValueLayout {
  std::vector<bool> is_sum;  ///< one a type: a deposition adds up, a concentration is a mean
  std::size_t groups{}, receptors{};

  [[nodiscard]] std::size_t types() const { return is_sum.size(); }
  [[nodiscard]] std::size_t rows() const { return types() * groups; }  ///< of receptors
  [[nodiscard]] std::size_t size() const { return rows() * receptors; }
  [[nodiscard]] std::size_t row(std::size_t type, std::size_t group) const { return type * groups + group; }
};

/// YYMMDDHH, as tables have the end of a mean.
[[nodiscard]] int date_stamp(const DeckHour& at);

/// Means over blocks of hours that do not overlap: 1-3, 4-6, ... of each day, or a calendar month.
///
/// A calm or missing hour counts as no hour; the sum is divided by the valid hours, but by no fewer than
/// three quarters of the block (3 of 3 and of 4, 6 of 8, 18 of 24). Blocks that the run leaves before their
/// end are dropped.
/// @see EPA-454/B-24-007, section 3.5; 40 CFR 51 appendix W, 8.4.6.
class BlockMeans {
 public:
  BlockMeans(AveragingTime average, ValueLayout layout);

  struct Block {
    DeckHour end;
    char flag = ' ';  ///< c: calm hours in it, m: missing ones, b: both
    std::vector<double> values;
  };
  /// Adds an hour. @return the block that it ends, if it does.
  [[nodiscard]] std::optional<Block> add(const DeckHour& at, HourState state, std::span<const double> values);
  [[nodiscard]] const AveragingTime& average() const { return average_; }

 private:
  AveragingTime average_;
  ValueLayout layout_;
  std::vector<double> sums_;
  long long block_ = -1;  // which block the sums are of
  int valid_ = 0, calm_ = 0, missing_ = 0;
};

/// Means over all valid hours of the run, or (annual) of each of its years, and then of the years. A year
/// begins with the day and hour of the first hour; one that is not whole counts only when there is no whole
/// one.
class LongMean {
 public:
  LongMean(bool is_annual, ValueLayout layout);
  void add(const DeckHour& at, HourState state, std::span<const double> values);
  void finish();  ///< after the last hour
  [[nodiscard]] const std::vector<double>& values() const { return means_; }
  [[nodiscard]] int hours() const { return hours_; }  ///< of the run, calm and missing ones too
  [[nodiscard]] int years() const { return years_; }

 private:
  void end_year();
  bool is_annual_;
  ValueLayout layout_;
  std::vector<double> sums_, means_;
  std::optional<DeckHour> first_;
  long long next_year_ = 0;
  int valid_ = 0, hours_ = 0, hours_of_year_ = 0, years_ = 0;
};

/// A value with its time.
struct Ranked {
  double value = 0.0;
  int date = 0;  ///< 0: there is no such value
  char flag = ' ';
  std::size_t receptor = 0;
};

/// Puts a value among the highest, best first, when it belongs there.
void insert_ranked(std::span<Ranked> highest, const Ranked& one);

/// The highest values at each receptor.
class ReceptorHighs {
 public:
  ReceptorHighs(ValueLayout layout, int ranks);
  void add(const BlockMeans::Block& block);
  [[nodiscard]] const Ranked& at(std::size_t type, std::size_t group, std::size_t receptor, int rank) const {
    return highs_[(layout_.row(type, group) * layout_.receptors + receptor) * ranks_ +
                  static_cast<std::size_t>(rank) - 1];
  }
  [[nodiscard]] int ranks() const { return static_cast<int>(ranks_); }

 private:
  friend class YearlyHighs;
  ValueLayout layout_;
  std::size_t ranks_;
  std::vector<Ranked> highs_;
};

/// The highest hour of a day at each receptor.
class DailyMaxima {
 public:
  explicit DailyMaxima(const ValueLayout& layout) : receptors_(layout.receptors), values_(layout.size()) {}
  /// Whether a block is of another day than those before it; not so of the first one.
  [[nodiscard]] bool is_over_by(const DeckHour& at) const;
  /// Adds a block of an hour; the first of another day clears those of the day before.
  void add(const BlockMeans::Block& block);
  [[nodiscard]] std::span<const Ranked> values() const { return values_; }  ///< [type][group][receptor]
  /// The end of the last hour that was added; none: nothing was.
  [[nodiscard]] const std::optional<DeckHour>& last() const { return last_; }

 private:
  std::size_t receptors_;
  std::vector<Ranked> values_;
  std::optional<DeckHour> last_;
};

/// Means of the hours of each season, clock hour by clock hour, of some groups.
class SeasonHours {
 public:
  SeasonHours(ValueLayout layout, std::vector<std::size_t> groups);
  void add(const DeckHour& at, HourState state, std::span<const double> values);
  /// @param season  0 winter (December to February), 1 spring, 2 summer, 3 autumn. @param hour  1-24.
  /// @return the mean over the valid hours, or the sum of a deposition
  [[nodiscard]] double value(std::size_t type, std::size_t group, std::size_t receptor, std::size_t season,
                             std::size_t hour) const;
  [[nodiscard]] int valid_hours(std::size_t season, std::size_t hour) const {
    return counts_[season * hours_of_day + hour - 1];
  }
  static constexpr std::size_t seasons = 4, hours_of_day = 24;

 private:
  /// Where the values of a type and a group of `groups_` lie.
  [[nodiscard]] std::size_t first_of(std::size_t season_hour, std::size_t type, std::size_t at) const {
    return ((season_hour * layout_.types() + type) * groups_.size() + at) * layout_.receptors;
  }
  ValueLayout layout_;
  std::vector<std::size_t> groups_;
  std::vector<double> sums_;  // [season and hour][type][group][receptor]
  std::array<int, seasons * hours_of_day> counts_{};
};

/// Counts the years of a run by its blocks. A year begins with the day and hour of the first block; the last
/// one counts when it is whole, or the only one.
class YearCount {
 public:
  /// @return whether a block begins another year; not so the first one
  [[nodiscard]] bool is_begun_anew_by(const DeckHour& at);
  /// After the last block. @return whether its year counts
  [[nodiscard]] bool counts_last();
  [[nodiscard]] int years() const { return years_; }  ///< that have ended and count

 private:
  std::optional<DeckHour> first_;
  long long next_year_ = 0, begun_ = 0, last_ = 0;
  int years_ = 0;
};

/// The highest values at each receptor as the standards of NO2, SO2 (of daily maxima of the hours) and PM2.5
/// (of days) want them: ranked within each year, then averaged over the years.
/// @see 40 CFR 50 appendices N, S and T.
class YearlyHighs {
 public:
  /// @param keeps_years  those of each year are kept
  YearlyHighs(const ValueLayout& layout, int ranks, bool of_daily_maxima, bool keeps_years = false);
  void add(const BlockMeans::Block& block);
  void finish();
  [[nodiscard]] const ReceptorHighs& highs() const { return mean_; }
  [[nodiscard]] int years() const { return count_.years(); }
  /// Of each year, before they are averaged.
  [[nodiscard]] std::span<const ReceptorHighs> by_year() const { return by_year_; }

 private:
  void end_day();
  void end_year();
  bool of_daily_maxima_, keeps_years_;
  ReceptorHighs year_, mean_;
  std::vector<ReceptorHighs> by_year_;
  DailyMaxima day_;
  YearCount count_;
};

/// The highest values of all receptors, one list a type and group.
class OverallHighs {
 public:
  /// @param one_a_block  only the highest of each block counts (RANKFILE)
  OverallHighs(ValueLayout layout, int count, bool one_a_block);
  void add(const BlockMeans::Block& block);
  [[nodiscard]] std::span<const Ranked> list(std::size_t type, std::size_t group) const {
    return std::span(highs_).subspan(layout_.row(type, group) * count_, count_);
  }

 private:
  ValueLayout layout_;
  std::size_t count_;
  bool one_a_block_;
  std::vector<Ranked> highs_;
};

}  // namespace lantian::plume
