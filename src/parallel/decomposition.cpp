#include "lantian/parallel/decomposition.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>

#include <limits>

namespace lantian {

namespace {

/// First cell of part `n` when `cells` are shared out among `parts`.
int first_of(int n, int parts, int cells) {
  return static_cast<int>(static_cast<long long>(n) * cells / parts);
}

}  // namespace

Decomposition::Decomposition(int ranks, int grid_columns, int grid_rows, int layers)
    : grid_columns_(grid_columns), grid_rows_(grid_rows), layers_(layers) {
  constexpr long long none = std::numeric_limits<long long>::max();
  long long shortest = none;
  for (int across = 1; across <= ranks; ++across) {
    if (ranks % across != 0) continue;
    const int along = ranks / across;
    if (grid_columns / across < halo_width || grid_rows / along < halo_width) continue;
    const long long border = (across - 1LL) * grid_rows + (along - 1LL) * grid_columns;
    if (border >= shortest) continue;
    shortest = border;
    columns_of_tiles_ = across;
    rows_of_tiles_ = along;
  }
  if (shortest == none)
    throw ConfigError(
        fmt::format("a grid of {} x {} cells cannot be shared out among {} ranks: each needs at least {} x "
                    "{} cells; use fewer ranks",
                    grid_columns, grid_rows, ranks, halo_width, halo_width));
}

Tile Decomposition::tile(int rank) const {
  const int across = rank % columns_of_tiles_, along = rank / columns_of_tiles_;
  const int first_column = first_of(across, columns_of_tiles_, grid_columns_);
  const int first_row = first_of(along, rows_of_tiles_, grid_rows_);
  return {.first_column = first_column,
          .first_row = first_row,
          .columns = first_of(across + 1, columns_of_tiles_, grid_columns_) - first_column,
          .rows = first_of(along + 1, rows_of_tiles_, grid_rows_) - first_row,
          .layers = layers_,
          .grid_columns = grid_columns_,
          .grid_rows = grid_rows_};
}

int Decomposition::neighbour(int rank, int east, int north) const {
  const int across = rank % columns_of_tiles_ + east, along = rank / columns_of_tiles_ + north;
  const bool is_inside = across >= 0 && across < columns_of_tiles_ && along >= 0 && along < rows_of_tiles_;
  return is_inside ? along * columns_of_tiles_ + across : -1;
}

}  // namespace lantian
