#pragma once

#include "lantian/field/field.hpp"

namespace lantian {

/// Which rectangle of the horizontal grid each rank holds: `columns_of_tiles` x `rows_of_tiles` tiles, ranks
/// row by row.
class Decomposition {
 public:
  /// Chooses the split with the shortest inner borders.
  /// @throws ConfigError when a tile would be narrower than the halo.
  Decomposition(int ranks, int grid_columns, int grid_rows, int layers);

  [[nodiscard]] Tile tile(int rank) const;
  [[nodiscard]] int columns_of_tiles() const { return columns_of_tiles_; }
  [[nodiscard]] int rows_of_tiles() const { return rows_of_tiles_; }
  /// Neighbour of `rank` in the given direction, or -1 at the edge of the grid.
  [[nodiscard]] int neighbour(int rank, int east, int north) const;

 private:
  int columns_of_tiles_ = 1, rows_of_tiles_ = 1;
  int grid_columns_, grid_rows_, layers_;
};

}  // namespace lantian
