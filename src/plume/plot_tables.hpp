#pragma once

#include "averaging.hpp"
#include "table_text.hpp"

#include <span>
#include <string>

namespace lantian::plume {

/// Texts of POSTFILE (PLOT), PLOTFILE and RANKFILE.
class PlotTables {
 public:
  PlotTables(const Deck& deck, TableOrigin origin, ValueLayout layout);

  [[nodiscard]] std::string post_header(const PostFile& file) const;
  /// Rows of one group of a block of a short average.
  [[nodiscard]] std::string post_rows(const PostFile& file, const BlockMeans::Block& block) const;
  /// Header and rows of a mean over the run or its years.
  [[nodiscard]] std::string long_table(const AveragingTime& average, const std::string& group,
                                       const LongMean& mean, bool is_post_file) const;
  /// Header and rows of the highest values of one rank.
  [[nodiscard]] std::string rank_table(const PlotFile& file, const ReceptorHighs& highs) const;
  [[nodiscard]] std::string overall_table(const RankFile& file, const OverallHighs& highs) const;

 private:
  [[nodiscard]] std::string value(double number) const;
  [[nodiscard]] std::string place(std::size_t receptor) const;    // x and y
  [[nodiscard]] std::string heights(std::size_t receptor) const;  // elevation, hill, flagpole
  [[nodiscard]] std::string value_format() const;
  [[nodiscard]] std::string columns(const std::string& after_group) const;
  [[nodiscard]] std::size_t group_of(const std::string& name) const;
  template <typename ValueOf>
  [[nodiscard]] std::string rows(const std::string& ending_before_network, ValueOf&& value_of) const;

  const Deck& deck_;
  TableOrigin origin_;
  ValueLayout layout_;
  std::vector<ResultType> types_;
  std::vector<std::string> places_, heights_;  // one a receptor: hourly files repeat them
};

}  // namespace lantian::plume
