#pragma once

#include "regrid.hpp"

#include "lantian/io/netcdf_file.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace lantian {

/// A cell of an inventory that touches the model grid.
struct InventoryCell {
  std::size_t index;  // row * columns + column
  std::vector<CellShare> shares;
};

/// The cells of an inventory's file and where their mass goes.
struct InventoryGrid {
  std::string row_axis, column_axis;  // dimensions
  std::vector<double> row_centre, column_centre;
  std::vector<double> area_m2;        // of every cell
  std::vector<InventoryCell> inside;  // by rising index

  [[nodiscard]] std::size_t cells() const { return area_m2.size(); }
  /// "lat 36.125, lon 120.375 (row 4, column 7)".
  [[nodiscard]] std::string place(std::size_t index) const;
};

/// The grid that the last two dimensions of a variable span: latitude and longitude, or y and x on the map
/// projection that its `grid_mapping` describes (CF attributes or a text `proj4`; `proj4` of the file will
/// do). Cells lie between the axes' `bounds`, or half way between centres.
/// @throws DataError that says what is missing, turned round or out of range.
[[nodiscard]] InventoryGrid read_inventory_grid(const NetcdfReader& file, const std::string& variable,
                                                const Regridder& regridder, double sphere_radius_m);

/// PROJ text of a CF grid mapping. @throws DataError when it names none that is known.
/// @see CF Conventions 1.8, appendix F.
[[nodiscard]] std::string proj_text_of_grid_mapping(const NetcdfReader& file, const std::string& mapping,
                                                    double default_radius_m);

}  // namespace lantian
