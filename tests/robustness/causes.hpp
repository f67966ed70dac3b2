#pragma once

#include <string>
#include <vector>

namespace lantian {

enum class FaultClass { form, missing, value, unit_or_axis, file, usage };

/// What a row of the table of faults is about, and the words by which a reader of its sentences knows.
struct Cause {
  std::string row;
  FaultClass kind;
  std::string words;
};

/// One of each row.
[[nodiscard]] std::vector<Cause> causes();

}  // namespace lantian
