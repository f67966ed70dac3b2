#pragma once

#include "lantian/parallel/communicator.hpp"

#include <span>
#include <vector>

namespace lantian {

/// Sum over all ranks that has the same bits for any number of ranks and any order: 128-bit fixed point below
/// the largest exponent. What lies 2^-99 below the largest value is dropped.
///
/// @see Demmel & Nguyen (2015), IEEE Trans. Comput. 64, 2060, section 3 (pre-rounding).
[[nodiscard]] double reproducible_sum(const Communicator& ranks, std::span<const double> values);

/// The same of several arrays at once, on all threads and in one exchange; as many arrays on each rank.
[[nodiscard]] std::vector<double> reproducible_sums(const Communicator& ranks,
                                                    const std::vector<std::span<const double>>& arrays);

}  // namespace lantian
