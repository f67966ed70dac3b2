#pragma once

#include "gridded_inventory.hpp"

#include "lantian/config/case.hpp"

#include <vector>

namespace lantian {

/// One [[emissions.lines]] entry on the model grid: one inventory for all features without a district of
/// their own and one for each district that features name.
///
/// Faults go to `problems`, with file, feature and property. Features of no length that have nothing to emit,
/// and values that are null, are counted in the log.
[[nodiscard]] std::vector<GriddedInventory> read_lines(const LineConfig& config, const Case& configuration,
                                                       int year, const InventoryTarget& target,
                                                       Problems& problems);

/// The same of one [[emissions.areas]] entry.
[[nodiscard]] std::vector<GriddedInventory> read_areas(const FeatureConfig& config, const Case& configuration,
                                                       int year, const InventoryTarget& target,
                                                       Problems& problems);

}  // namespace lantian
