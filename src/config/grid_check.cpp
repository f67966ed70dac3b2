#include "grid_check.hpp"

#include <fmt/format.h>

#include <cstddef>

namespace lantian {

void check_grid(const GridConfig& grid, const std::string& path, Problems& problems) {
  constexpr int least_cells = 8;
  const bool is_own = grid.projection != "weather";
  if (is_own && (grid.columns < least_cells || grid.rows < least_cells))
    problems.add(fmt::format(
        "{}: grid.columns and grid.rows ({} x {}) must be at least {} each when grid.projection is \"{}\"",
        path, grid.columns, grid.rows, least_cells, grid.projection));
  const auto& [first_column, first_row, columns, rows] = grid.window;
  const bool has_window = first_column != 0 || first_row != 0 || columns != 0 || rows != 0;
  if (has_window && (first_column < 0 || first_row < 0 || columns < least_cells || rows < least_cells))
    problems.add(fmt::format(
        "{}: grid.window [{}, {}, {}, {}] must begin at 0 or later and hold at least {} x {} cells", path,
        first_column, first_row, columns, rows, least_cells, least_cells));
  for (std::size_t k = 0; k < grid.layer_tops_m.size(); ++k)
    if (grid.layer_tops_m[k] <= (k == 0 ? 0.0 : grid.layer_tops_m[k - 1])) {
      problems.add(
          fmt::format("{}: grid.layer_tops_m: {} m does not lie above what stands before it; tops must rise",
                      path, grid.layer_tops_m[k]));
      break;
    }
  if (grid.layer_tops_m.size() == 1)
    problems.add(fmt::format("{}: grid.layer_tops_m: has one layer; two are the least", path));
}

}  // namespace lantian
