#pragma once

#include "inventory_grid.hpp"
#include "regrid.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/config/case.hpp"
#include "lantian/field/array.hpp"
#include "lantian/grid/horizontal_grid.hpp"

#include <map>
#include <string>
#include <vector>

namespace lantian {

/// A pollutant of a sector on the model grid: tonnes in the inventory's year, or in each of its twelve
/// months.
struct PollutantMap {
  std::vector<Array2<double>> inside_t;  // one, or one a month
  std::vector<double> whole_t;           // of the file, same periods
  std::vector<double> outside_t;
};

/// One [[emissions.inventory]] entry, regridded. PM10 is kept as PMC, what it holds beyond PM25; BC and OC
/// lie inside PM25.
struct GriddedInventory {
  InventoryConfig config{};
  std::string district{};                            // of all of it; empty: that of each cell
  std::map<std::string, PollutantMap> pollutants{};  // NOx, VOC, SO2, NH3, CO, PM25, PMC
};

/// The model grid that inventories are brought to, and the cells of the file that was read last: sectors of
/// one file share the work.
struct InventoryTarget {
  explicit InventoryTarget(const HorizontalGrid& where) : grid(where), regridder(where) {}
  HorizontalGrid grid;
  Regridder regridder;
  std::string cells_of;  // path
  InventoryGrid cells;
};

/// Reads and regrids. Faults (missing variable, unknown unit, negative or absurd values) go to `problems`;
/// missing values count as no emission and are told in the log.
[[nodiscard]] GriddedInventory read_inventory(const InventoryConfig& config, const std::string& path,
                                              int year, InventoryTarget& target, Problems& problems);

}  // namespace lantian
