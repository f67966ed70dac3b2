#include "lantian/parallel/halo_exchange.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

double value_at(int species, int k, int row, int column) {
  return species * 1.0e6 + k * 1.0e4 + row * 100.0 + column;
}

TEST(HaloExchange, FillsTheHaloWithTheNeighboursCells) {
  const Communicator ranks = Communicator::world();
  const Decomposition split(ranks.size(), 19, 23, 3);
  const Tile tile = split.tile(ranks.rank());
  constexpr double untouched = -1.0;
  FieldSet<double> fields(tile, 2, 3, untouched);
  for (int s = 0; s < 2; ++s)
    for (int k = 0; k < 3; ++k)
      for (int j = 0; j < tile.rows; ++j)
        for (int i = 0; i < tile.columns; ++i)
          fields[s](k, j, i) = value_at(s, k, tile.first_row + j, tile.first_column + i);

  const HaloExchange halo(ranks, split);
  halo.exchange_west_east({&fields[0], &fields[1]});
  halo.exchange_south_north({&fields[0], &fields[1]});

  for (int s = 0; s < 2; ++s) {
    for (int k = 0; k < 3; ++k) {
      for (int n = 1; n <= halo_width; ++n) {
        for (int j = 0; j < tile.rows; ++j) {
          const int row = tile.first_row + j, west = tile.first_column - n,
                    east = tile.first_column + tile.columns - 1 + n;
          EXPECT_EQ(fields[s](k, j, -n), tile.at_west() ? untouched : value_at(s, k, row, west));
          EXPECT_EQ(fields[s](k, j, tile.columns - 1 + n),
                    tile.at_east() ? untouched : value_at(s, k, row, east));
        }
        for (int i = 0; i < tile.columns; ++i) {
          const int column = tile.first_column + i, south = tile.first_row - n,
                    north = tile.first_row + tile.rows - 1 + n;
          EXPECT_EQ(fields[s](k, -n, i), tile.at_south() ? untouched : value_at(s, k, south, column));
          EXPECT_EQ(fields[s](k, tile.rows - 1 + n, i),
                    tile.at_north() ? untouched : value_at(s, k, north, column));
        }
      }
    }
  }
}

}  // namespace
}  // namespace lantian
