#include "lantian/parallel/state_hash.hpp"

#include "lantian/parallel/decomposition.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

std::string hash_on(const Communicator& ranks, double added_to_one_cell = 0.0) {
  const Decomposition split(ranks.size(), 21, 17, 2);
  const Tile tile = split.tile(ranks.rank());
  FieldSet<double> fields(tile, 3, 2, -7.0);  // the halo's content must not count
  for (int s = 0; s < 3; ++s) {
    for (int k = 0; k < 2; ++k) {
      for (int j = 0; j < tile.rows; ++j) {
        for (int i = 0; i < tile.columns; ++i) {
          const int row = tile.first_row + j, column = tile.first_column + i;
          fields[s](k, j, i) = 1.0 + s + 0.1 * k + 0.01 * row + 0.001 * column;
          if (s == 1 && k == 1 && row == 8 && column == 5) fields[s](k, j, i) += added_to_one_cell;
        }
      }
    }
  }
  return state_hash(ranks, tile, fields);
}

TEST(StateHash, IsTheSameOnAnyNumberOfRanks) {
  const Communicator ranks = Communicator::world();
  EXPECT_EQ(hash_on(ranks), hash_on(ranks.split(ranks.rank())));
}

TEST(StateHash, SeesTheLastBitOfOneCell) {
  const Communicator ranks = Communicator::world();
  EXPECT_NE(hash_on(ranks), hash_on(ranks, 4.5e-16));
}

}  // namespace
}  // namespace lantian
