#pragma once

#include "contributions.hpp"
#include "steady_parts.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace lantian::steady {

/// What a source brings to the places that sources are ranked by.
struct RankedSource {
  std::size_t row = 0;
  double mean_ug_m3 = 0.0;  // over the places, of the period
  double share = 0.0;       // of all sources; 0 when there is nothing to share
  double emitted_t = 0.0;
  double per_t_d_ug_m3 = 0.0;               // for each tonne a day of emission
  double dry_mg_m2 = 0.0, wet_mg_m2 = 0.0;  // what falls in the period, mean over the places
  std::vector<double> place_ug_m3;          // one a place
};

struct PollutantRanking {
  std::string pollutant;
  bool falls = false;                 // and what falls is told
  std::vector<RankedSource> sources;  // greatest mean first
};

/// Ranks the sources by what they bring to the points of a case on the mean; without points, to its
/// districts.
class ContributionRanking {
 public:
  ContributionRanking(const SteadyInputs::Parts& parts, const std::vector<PeriodOfRows>& periods);

  /// False when the case has neither points nor districts.
  [[nodiscard]] bool has_places() const { return !places_.empty(); }
  [[nodiscard]] const std::vector<PollutantRanking>& rankings() const { return rankings_; }

  /// ranking.json: the whole table, with what it is a mean of; `program` made it.
  [[nodiscard]] std::string json(const std::string& program) const;
  /// ranking.csv: one line a pollutant and source; what falls has columns when anything does.
  [[nodiscard]] std::string table() const;
  /// ranking.md: the first of each pollutant, in English and Chinese.
  [[nodiscard]] std::string page() const;

 private:
  void add_air(const PeriodOfRows& period);
  void add_fallen(const PeriodOfRows& period);
  [[nodiscard]] std::string page_of(const PollutantRanking& ranking) const;
  [[nodiscard]] std::string premises() const;
  [[nodiscard]] std::string premises_in_chinese() const;

  const SteadyInputs::Parts& parts_;
  std::vector<const NamedPlace*> places_;
  bool are_districts_ = false;
  std::vector<PollutantRanking> rankings_;
};

}  // namespace lantian::steady
