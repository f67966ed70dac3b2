#pragma once

#include "lantian/config/case.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/parallel/communicator.hpp"

#include <cstddef>
#include <string>

namespace lantian {

/// What a run will need, told before it begins.
struct Needs {
  double memory_bytes = 0.0;  // of the rank that needs most, beyond its open inputs
  double disk_bytes = 0.0;    // results, their hours and restart sets at their most
  double core_seconds = 0.0;  // within a factor of about two
};
[[nodiscard]] Needs needs_of(const Case& configuration, const Inputs& inputs, int ranks);

/// "needs about ..." for the log, with what there is.
[[nodiscard]] std::string needs_line(const Case& configuration, const Needs& needs, int ranks);

/// Refuses what cannot fit: more than 90 % of the memory that a machine has left for its ranks, more than
/// 90 % of the free disk. On all ranks alike.
/// @throws Error with `ExitCode::missing_resource` (memory), OutputError (disk); need, limit and how to mend.
void check_needs(const Case& configuration, const Needs& needs, const Communicator& ranks);

/// At least the size of a restart set.
[[nodiscard]] std::size_t restart_bytes(const Case& configuration, const SpeciesTable& species,
                                        std::size_t columns, std::size_t layers);

}  // namespace lantian
