#pragma once

#include "enterprise_list.hpp"
#include "profiles.hpp"

#include "lantian/weather/meteorology.hpp"

#include <vector>

namespace lantian {

/// Shares of a vertical profile in the layers of a column with interfaces at these heights above the ground;
/// they add up to 1.
[[nodiscard]] std::vector<double> layer_shares(const VerticalProfile& profile,
                                               const std::vector<double>& interface_m);

/// The plume of a stack at the end of its rise in the weather of its column.
[[nodiscard]] RisenPlume plume_in_column(const Stack& stack, const WeatherSnapshot& weather,
                                         const Surface& surface, int row, int column);

/// Shares of a stack's plume in the model's layers: uniform by air mass between half the rise below and above
/// the middle; they add up to 1.
[[nodiscard]] std::vector<double> plume_layer_shares(const Stack& stack, const WeatherSnapshot& weather,
                                                     const Surface& surface, int row, int column);

}  // namespace lantian
