#pragma once

#include "chemistry/rate_laws.hpp"

#include "lantian/config/case.hpp"
#include "lantian/processes/process.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lantian {

/// Between the sentence of a fault and the case that replays it.
inline constexpr char replay_mark = '\x1e';

/// A cell whose chemistry could not be solved.
struct FailedCell {
  int layer = 0, row = 0, column = 0;  // of the whole grid
  RateConditions<> air;
  std::vector<Photolysis> photolysis;            // of the mechanism
  std::string_view species;                      // that was least well known
  std::vector<std::string_view> names;           // of the mechanism
  std::vector<double> amount_ppb, source_ppb_h;  // at the begin of the step, by name
};

/// What to tell the user, and behind a `replay_mark` the text of a case for `lantian box`.
[[nodiscard]] std::string fault_of(const FailedCell& cell, const ChemistryConfig& chemistry, Step step);

}  // namespace lantian
