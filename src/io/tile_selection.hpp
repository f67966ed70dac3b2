#pragma once

#include "hdf5_object.hpp"

#include "lantian/field/field.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// Which values of an HDF5 variable go where in memory.
struct TileSelection {
  Hdf5Object file_space, memory_space;
};

/// The tile's own cells of a variable [plane][row][column] over the whole grid; `count` values in memory.
inline TileSelection select_tile(const Tile& tile, std::size_t count) {
  const auto size = [](int n) { return static_cast<hsize_t>(n); };
  const hsize_t planes = count / (size(tile.rows) * size(tile.columns));
  const std::array<hsize_t, 3> whole = {planes, size(tile.grid_rows), size(tile.grid_columns)},
                               start = {0, size(tile.first_row), size(tile.first_column)},
                               own = {planes, size(tile.rows), size(tile.columns)};
  TileSelection selection{.file_space = {H5Screate_simple(3, whole.data(), nullptr), &H5Sclose},
                          .memory_space = {H5Screate_simple(3, own.data(), nullptr), &H5Sclose}};
  H5Sselect_hyperslab(selection.file_space.id(), H5S_SELECT_SET, start.data(), nullptr, own.data(), nullptr);
  return selection;
}

}  // namespace lantian
