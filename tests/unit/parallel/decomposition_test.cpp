#include "lantian/parallel/decomposition.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/field/array.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(Decomposition, GivesEachCellToExactlyOneRankOnUnevenGrids) {
  for (const int ranks : {1, 2, 3, 4, 6, 12}) {
    const Decomposition split(ranks, 41, 37, 5);
    Array2<int> owners(37, 41, 0);
    for (int rank = 0; rank < ranks; ++rank) {
      const Tile tile = split.tile(rank);
      for (int j = 0; j < tile.rows; ++j)
        for (int i = 0; i < tile.columns; ++i) ++owners(tile.first_row + j, tile.first_column + i);
    }
    for (const int count : owners.values()) EXPECT_EQ(count, 1);
  }
}

TEST(Decomposition, CutsTheLongerSide) {
  const Decomposition split(2, 66, 82, 1);
  EXPECT_EQ(split.columns_of_tiles(), 1);
  EXPECT_EQ(split.rows_of_tiles(), 2);
}

TEST(Decomposition, NeighboursAgreeWithEachOther) {
  const Decomposition split(6, 41, 37, 1);
  for (int rank = 0; rank < 6; ++rank) {
    const int east = split.neighbour(rank, 1, 0);
    if (east < 0) {
      EXPECT_TRUE(split.tile(rank).at_east());
      continue;
    }
    EXPECT_EQ(split.neighbour(east, -1, 0), rank);
    EXPECT_EQ(split.tile(east).first_column, split.tile(rank).first_column + split.tile(rank).columns);
  }
}

TEST(Decomposition, RefusesTilesNarrowerThanTheHalo) {
  try {
    const Decomposition split(16, 8, 8, 1);
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(),
                 "a grid of 8 x 8 cells cannot be shared out among 16 ranks: each needs at least 3 x 3 "
                 "cells; use fewer ranks");
  }
}

}  // namespace
}  // namespace lantian
