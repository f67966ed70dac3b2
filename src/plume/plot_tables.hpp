#pragma once

#include "averaging.hpp"
#include "rank_shares.hpp"
#include "table_text.hpp"

#include <span>
#include <string>
#include <vector>

namespace lantian::plume {

/// Texts of POSTFILE (PLOT), PLOTFILE, RANKFILE, MAXIFILE, SEASONHR, MAXDAILY, MXDYBYYR and MAXDCONT.
class PlotTables {
 public:
  PlotTables(const Deck& deck, TableOrigin origin, ValueLayout layout);

  [[nodiscard]] std::string post_header(const PostFile& file) const;
  /// Rows of one group of a block of a short average.
  [[nodiscard]] std::string post_rows(const PostFile& file, const BlockMeans::Block& block) const;
  /// The one record of a mean over the run or its years in a file without format.
  /// @param date  of the run's last hour
  [[nodiscard]] std::string long_record(const PostFile& file, const LongMean& mean, int date) const;
  /// Header and rows of a mean over the run or its years.
  [[nodiscard]] std::string long_table(const AveragingTime& average, const std::string& group,
                                       const LongMean& mean, bool is_post_file) const;
  /// Header and rows of the highest values of one rank.
  [[nodiscard]] std::string rank_table(const PlotFile& file, const ReceptorHighs& highs) const;
  [[nodiscard]] std::string overall_table(const RankFile& file, const OverallHighs& highs) const;

  [[nodiscard]] std::string threshold_header(const ThresholdFile& file) const;
  /// Rows of what is at the threshold or above it in a block.
  [[nodiscard]] std::string threshold_rows(const ThresholdFile& file, const BlockMeans::Block& block) const;
  [[nodiscard]] std::string season_header(const GroupFile& file) const;
  /// Rows of a season's hour. @param season  from 0 on. @param hour  1-24.
  [[nodiscard]] std::string season_rows(const GroupFile& file, const SeasonHours& seasons, std::size_t season,
                                        std::size_t hour) const;
  [[nodiscard]] std::string daily_header(const AveragingTime& average, const GroupFile& file) const;
  /// Rows of the highest hours of a day.
  [[nodiscard]] std::string daily_rows(const AveragingTime& average, const GroupFile& file,
                                       const DailyMaxima& day) const;
  /// Year by year, rank by rank.
  [[nodiscard]] std::string yearly_table(const AveragingTime& average, const GroupFile& file,
                                         const std::vector<int>& ranks,
                                         std::span<const ReceptorHighs> years) const;
  /// Rank by rank, with what each group brings.
  [[nodiscard]] std::string share_table(const AveragingTime& average, const ShareFile& file,
                                        const RankShares& shares) const;
  [[nodiscard]] std::size_t group_of(const std::string& name) const;

 private:
  [[nodiscard]] std::string value(double number) const;
  [[nodiscard]] std::string place(std::size_t receptor) const;    // x and y
  [[nodiscard]] std::string heights(std::size_t receptor) const;  // elevation, hill, flagpole
  [[nodiscard]] std::string value_format() const;
  [[nodiscard]] std::string share_header(const AveragingTime& average, const ShareFile& file, int rank,
                                         int years) const;
  [[nodiscard]] std::string columns(const std::string& after_group) const;
  /// The first lines of a file and what tells of its columns; nothing when NOHEADER names its keyword.
  [[nodiscard]] std::string header(const std::string& keyword, const std::string& of_file) const;
  [[nodiscard]] std::string daily_columns(const std::string& of_file, const std::string& group,
                                          const std::string& third) const;
  [[nodiscard]] std::string daily_row(std::size_t receptor, const Ranked& one, const DeckHour& day,
                                      const std::string& third, const std::string& group) const;
  [[nodiscard]] std::string record(int date, int count, const std::string& group,
                                   std::span<const double> values) const;
  template <typename ValueOf>
  [[nodiscard]] std::string rows(const std::string& ending_before_network, ValueOf&& value_of) const;

  const Deck& deck_;
  TableOrigin origin_;
  ValueLayout layout_;
  std::vector<ResultType> types_;
  std::vector<std::string> places_, heights_;  // one a receptor: hourly files repeat them
};

}  // namespace lantian::plume
