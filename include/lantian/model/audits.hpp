#pragma once

#include "lantian/model/split_step.hpp"
#include "lantian/parallel/communicator.hpp"
#include "lantian/processes/process.hpp"

#include <string_view>

namespace lantian {

/// Looks at every cell and species; when one is not finite, or negative, all ranks stop.
/// @throws NumericalError that names operator, species, cell, layer, place in the grid and time.
void audit_state(const Communicator& ranks, const State& state, std::string_view after, Step step);

/// The same for the mixing tendency, which may be negative but must be finite.
void audit_tendency(const Communicator& ranks, const State& state, std::string_view after, Step step);

/// Advances the state by a part of the split step and audits what it has left.
void advance_audited(const StepPart& part, State& state, const Environment& environment, Step step,
                     Ledger& ledger, const Communicator& ranks);

}  // namespace lantian
