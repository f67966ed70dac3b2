#include "lantian/parallel/communicator.hpp"

#include "lantian/parallel/greatest.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lantian {
namespace {

TEST(Communicator, CollectsPartsOfAnyLengthOnTheFirstRank) {
  // Rank r has 3 r + 2 numbers, but the second has none.
  const Communicator ranks = Communicator::world();
  std::vector<std::size_t> ends;
  std::size_t end = 0;
  for (int rank = 0; rank < ranks.size(); ++rank)
    ends.push_back(end += rank == 1 ? 0 : 3 * static_cast<std::size_t>(rank) + 2);
  const auto own = static_cast<std::size_t>(ranks.rank());
  const std::size_t begin = own == 0 ? 0 : ends[own - 1];
  std::vector<double> part, whole(own == 0 ? end : 0, -1.0);
  for (std::size_t n = begin; n < ends[own]; ++n) part.push_back(0.5 * static_cast<double>(n));
  for (std::size_t n = 0; own == 0 && n < part.size(); ++n) whole[n] = part[n];
  ranks.collect(part, whole, ends);
  for (std::size_t n = 0; n < whole.size(); ++n) EXPECT_EQ(whole[n], 0.5 * static_cast<double>(n)) << n;
}

TEST(TakeGreatest, GivesEveryRankTheGreatestOfEachElement) {
  const Communicator ranks = Communicator::world();
  std::vector<double> values = {1.0 * ranks.rank(), -1.0 * ranks.rank(), 7.0};
  take_greatest(ranks, values);
  EXPECT_EQ(values, (std::vector<double>{ranks.size() - 1.0, 0.0, 7.0}));
}

}  // namespace
}  // namespace lantian
