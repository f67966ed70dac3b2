#pragma once

#include "lantian/field/field.hpp"
#include "lantian/parallel/communicator.hpp"

#include <string>

namespace lantian {

/// Digest of all bits of the state: 16 hexadecimal digits that do not depend on how many ranks hold it. Each
/// value is mixed with its place in the grid; the mixes are added modulo 2^64.
[[nodiscard]] std::string state_hash(const Communicator& ranks, const Tile& tile,
                                     const FieldSet<double>& fields);

}  // namespace lantian
