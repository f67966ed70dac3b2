#pragma once

#include "lantian/base/time.hpp"

#include <array>

namespace lantian {

/// Leaf area index on a day, linear between the middles of months; south of the equator half a year later.
/// @param by_month  January first, as the north has it
[[nodiscard]] double leaf_area_on(const std::array<double, 12>& by_month, UtcTime time, double latitude_deg);

}  // namespace lantian
