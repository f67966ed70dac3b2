#pragma once

#include "lantian/parallel/communicator.hpp"
#include "lantian/steady/steady_inputs.hpp"

#include <string>
#include <vector>

namespace lantian::steady {

/// What a run leaves behind, on the first rank.
struct SteadyResults {
  std::vector<std::string> files;
  std::string ranking_page;  // empty: no point and no district to rank by
};

/// Works out all hours of a plume case and writes its files. Called on all ranks, which share the hours; the
/// first writes. The bits of the results depend on neither ranks nor threads.
/// @param program  name and version, for the files
/// @throws OutputError, NumericalError, Interruption; ConfigError when memory is too small
SteadyResults run_steady_case(SteadyInputs& inputs, const std::string& program, const Communicator& ranks);

}  // namespace lantian::steady
