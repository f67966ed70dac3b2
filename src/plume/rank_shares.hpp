#pragma once

#include "averaging.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace lantian::plume {

/// What each source group brings in the hours (or days) that give one group its highest values at a receptor,
/// as YearlyHighs ranks them: within each year, then averaged over the years, rank by rank.
class RankShares {
 public:
  /// @param group  whose highest values are ranked. @param of_daily_maxima  hours: one of each day counts
  RankShares(const ValueLayout& layout, std::size_t group, int ranks, bool of_daily_maxima);
  void add(const BlockMeans::Block& block);
  void finish();  ///< after the last block
  /// Of each group; that of the ranked group is the value which is ranked. @param rank  from 1 on
  [[nodiscard]] std::span<const double> at(std::size_t receptor, int rank) const {
    return std::span(mean_).subspan((receptor * ranks_ + static_cast<std::size_t>(rank) - 1) * groups_,
                                    groups_);
  }
  [[nodiscard]] int years() const { return count_.years(); }

 private:
  /// Where a ranked value keeps its shares.
  struct Place {
    double value = 0.0;
    std::size_t slot = 0;
  };
  void insert(std::size_t receptor, std::span<const double> shares);
  void end_day();
  void end_year();

  std::size_t group_, groups_, receptors_, ranks_;
  bool of_daily_maxima_;
  std::vector<Place> places_;   // [receptor][rank] of the year
  std::vector<double> shares_;  // [receptor][slot][group] of the year
  std::vector<double> mean_;    // [receptor][rank][group]
  std::vector<double> day_;     // [receptor][group] in the day's highest hour
  std::optional<DeckHour> last_;
  YearCount count_;
};

}  // namespace lantian::plume
