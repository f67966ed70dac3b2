#pragma once

#include "lantian/parallel/communicator.hpp"

#include <span>

namespace lantian {

/// Sum over all ranks that has the same bits for any number of ranks and any order: 128-bit fixed point below
/// the largest exponent. What lies 2^-99 below the largest value is dropped.
///
/// @see Demmel & Nguyen (2015), IEEE Trans. Comput. 64, 2060, section 3 (pre-rounding).
[[nodiscard]] double reproducible_sum(const Communicator& ranks, std::span<const double> values);

}  // namespace lantian
