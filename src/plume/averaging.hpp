#pragma once

#include "lantian/plume/aermod_deck.hpp"

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

/// The highest values at each receptor as the standards of NO2, SO2 (of daily maxima of the hours) and PM2.5
/// (of days) want them: ranked within each year, then averaged over the years.
/// @see 40 CFR 50 appendices N, S and T.
class YearlyHighs {
 public:
  YearlyHighs(const ValueLayout& layout, int ranks, bool of_daily_maxima);
  void add(const BlockMeans::Block& block);
  void finish();
  [[nodiscard]] const ReceptorHighs& highs() const { return mean_; }
  [[nodiscard]] int years() const { return years_; }

 private:
  void end_day();
  void end_year();
  bool of_daily_maxima_;
  ReceptorHighs year_, mean_;
  std::vector<Ranked> day_;
  std::optional<DeckHour> first_;
  long long next_year_ = 0, day_number_ = -1, begun_ = 0, last_ = 0;
  int years_ = 0;
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
