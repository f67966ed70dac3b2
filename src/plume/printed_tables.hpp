#pragma once

#include "averaging.hpp"
#include "table_text.hpp"

#include <functional>
#include <string>
#include <vector>

namespace lantian::plume {

/// Texts of the printed file (.out): what was set up, DAYTABLE, RECTABLE, MAXTABLE and the summary of the
/// highest.
class PrintedTables {
 public:
  PrintedTables(const Deck& deck, TableOrigin origin, ValueLayout layout);

  [[nodiscard]] std::string setup(std::size_t hours, std::size_t calm, std::size_t missing) const;
  [[nodiscard]] std::string day_tables(const AveragingTime& average, const BlockMeans::Block& block) const;
  [[nodiscard]] std::string long_tables(const AveragingTime& average, const LongMean& mean) const;
  [[nodiscard]] std::string rank_tables(const AveragingTime& average, const std::vector<int>& ranks,
                                        const ReceptorHighs& highs) const;
  [[nodiscard]] std::string overall_tables(const AveragingTime& average, int count,
                                           const OverallHighs& highs) const;
  [[nodiscard]] std::string long_summary(const AveragingTime& average, const LongMean& mean) const;
  [[nodiscard]] std::string rank_summary(const AveragingTime& average, const std::vector<int>& ranks,
                                         const ReceptorHighs& highs, int years_averaged) const;

 private:
  /// The text of a receptor's value in tables of values alone, or of values with their dates.
  struct Cells {
    bool has_dates{};
    std::function<std::string(std::size_t receptor)> at;
  };
  [[nodiscard]] std::string page() const;
  [[nodiscard]] std::string sources_of(std::size_t group) const;
  [[nodiscard]] std::string unit_line(const ResultType& type) const;
  /// A table of all receptors: networks first, then discrete receptors.
  [[nodiscard]] std::string receptor_tables(const std::string& title, std::size_t group,
                                            const ResultType& type, const Cells& cells) const;
  [[nodiscard]] static std::string network_table(const ReceptorNetwork& network, const Cells& cells);
  [[nodiscard]] std::string discrete_table(ReceptorKind kind, const ResultType& type,
                                           const Cells& cells) const;
  [[nodiscard]] std::string place_of(std::size_t receptor) const;

  const Deck& deck_;
  TableOrigin origin_;
  ValueLayout layout_;
  std::vector<ResultType> types_;
};

}  // namespace lantian::plume
