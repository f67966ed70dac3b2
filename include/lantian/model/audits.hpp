#pragma once

#include "lantian/parallel/communicator.hpp"
#include "lantian/processes/process.hpp"

#include <string_view>

namespace lantian {

/// Looks at every cell and species; when one is not finite, or negative, all ranks stop.
/// @throws NumericalError that names operator, species, cell, layer, place in the grid and time.
void audit_state(const Communicator& ranks, const State& state, std::string_view after, Step step);

}  // namespace lantian
