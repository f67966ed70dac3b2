#pragma once

#include "lantian/parallel/communicator.hpp"

#include <span>

namespace lantian {

/// The greatest of each element over all ranks takes the place of this rank's; as many elements on each, in
/// one exchange.
void take_greatest(const Communicator& ranks, std::span<double> values);

}  // namespace lantian
