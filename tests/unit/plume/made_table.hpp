#pragma once

#include "plume/distance_table.hpp"

namespace lantian::plume::testing {

/// A table of a plume at steps of ln x from -8 to 303; `property(x)` gives both logarithms at eight
/// distances.
template <class Property>
[[nodiscard]] DistanceTable table_of(const Property& property) {
  constexpr std::int64_t first = -8, count = 312;
  static_assert(count % lane_count == 0);
  DistanceTable table;
  table.first = first;
  for (std::int64_t step = first; step < first + count; step += lane_count) {
    const Lanes steps = Lanes{0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0} + static_cast<double>(step);
    const TableValues values = property(Lanes(exp(Lanes(steps / table.spacing.steps))));
    for (int lane = 0; lane < lane_count; ++lane) {
      table.one.push_back(values.one[lane]);
      table.other.push_back(values.other[lane]);
    }
  }
  return table;
}

}  // namespace lantian::plume::testing
