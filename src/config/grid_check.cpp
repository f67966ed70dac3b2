#include "grid_check.hpp"

#include <fmt/format.h>

#include <cstddef>

namespace lantian {

namespace {

constexpr int least_cells = 8;

void check_size(const GridConfig& grid, KeyRecord& record) {
  if (grid.projection == "weather" || !record.is_sound({"grid.projection"})) return;
  for (const auto& [key, count] :
       {std::pair{"grid.columns", grid.columns}, std::pair{"grid.rows", grid.rows}})
    if (record.is_sound({key}) && count < least_cells)
      record.fault(key, fmt::format("{} must be at least {} when grid.projection is \"{}\"", count,
                                    least_cells, grid.projection));
}

void check_window(const GridConfig& grid, KeyRecord& record) {
  const auto& [first_column, first_row, columns, rows] = grid.window;
  const bool is_whole = first_column == 0 && first_row == 0 && columns == 0 && rows == 0;
  if (is_whole || !record.is_sound({"grid.window"})) return;
  if (first_column < 0 || first_row < 0 || columns < least_cells || rows < least_cells)
    record.fault("grid.window",
                 fmt::format("[{}, {}, {}, {}] must begin at 0 or later and hold at least {} x {} "
                             "cells",
                             first_column, first_row, columns, rows, least_cells, least_cells));
}

void check_layer_choice(const GridConfig& grid, KeyRecord& record) {
  if (!record.is_sound({"grid.layers", "grid.layer_count", "grid.layer_tops_m"})) return;
  if (grid.layers == "weather" && !grid.layer_tops_m.empty())
    record.fault(
        "grid.layer_tops_m",
        R"(belongs to grid.layers = "heights", but grid.layers is "weather"; leave one of them out)");
  if (grid.layers == "heights" && grid.layer_count != 0)
    record.fault("grid.layer_count",
                 R"(belongs to grid.layers = "weather"; with "heights" grid.layer_tops_m says the layers)");
  if (grid.layers == "weather" && grid.layer_count == 1)
    record.fault("grid.layer_count", "is one layer; two are the least");
}

void check_layers(const GridConfig& grid, KeyRecord& record) {
  if (grid.layer_tops_m.size() == 1) record.fault("grid.layer_tops_m", "has one layer; two are the least");
  double below_m = 0.0;
  for (const double top_m : grid.layer_tops_m) {
    if (top_m <= below_m) {
      record.fault("grid.layer_tops_m",
                   fmt::format("{} m does not lie above the {} m before it; tops must rise", top_m, below_m));
      return;
    }
    below_m = top_m;
  }
}

}  // namespace

void check_grid(const GridConfig& grid, KeyRecord& record) {
  check_size(grid, record);
  check_window(grid, record);
  if (record.is_sound({"grid.layer_tops_m"})) check_layers(grid, record);
  check_layer_choice(grid, record);
}

}  // namespace lantian
