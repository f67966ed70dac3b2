#include "lantian/parallel/reproducible_sum.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace lantian {
namespace {

/// The numbers of this rank when `all` are shared out.
std::vector<double> share(const std::vector<double>& all, const Communicator& ranks) {
  std::vector<double> mine;
  for (std::size_t n = 0; n < all.size(); ++n)
    if (static_cast<int>(n % static_cast<std::size_t>(ranks.size())) == ranks.rank()) mine.push_back(all[n]);
  return mine;
}

std::vector<double> wild_numbers() {
  std::mt19937 random(20260401);
  std::uniform_real_distribution<double> digits(-1.0, 1.0), exponent(-30.0, 30.0);
  std::vector<double> all(10000);
  for (double& x : all) x = digits(random) * std::pow(10.0, exponent(random));
  return all;
}

TEST(ReproducibleSum, HasTheSameBitsOnAnyNumberOfRanks) {
  // The whole set summed by a group of one against the set shared out among all.
  const Communicator ranks = Communicator::world();
  const Communicator alone = ranks.split(ranks.rank());
  const std::vector<double> all = wild_numbers();
  EXPECT_EQ(reproducible_sum(ranks, share(all, ranks)), reproducible_sum(alone, all));
}

TEST(ReproducibleSum, DoesNotDependOnTheOrder) {
  const Communicator alone = Communicator::world().split(Communicator::world().rank());
  const std::vector<double> all = wild_numbers();
  const std::vector<double> backwards(all.rbegin(), all.rend());
  EXPECT_EQ(reproducible_sum(alone, all), reproducible_sum(alone, backwards));
}

TEST(ReproducibleSum, SeesASmallNumberBehindACancellation) {
  const Communicator ranks = Communicator::world();
  EXPECT_EQ(reproducible_sum(ranks, share({1.0e16, 1.0, -1.0e16, 0.25}, ranks)), 1.25);
}

TEST(ReproducibleSum, OfNothingIsZeroAndOfAnInfinityIsNoNumber) {
  const Communicator ranks = Communicator::world();
  EXPECT_EQ(reproducible_sum(ranks, std::vector<double>{}), 0.0);
  EXPECT_TRUE(
      std::isnan(reproducible_sum(ranks, std::vector<double>{1.0, std::numeric_limits<double>::infinity()})));
}

TEST(ReproducibleSums, AreThoseOfEachArray) {
  const Communicator ranks = Communicator::world();
  const std::vector<double> wild = share(wild_numbers(), ranks), few = share({3.0, 1.0e-40, -2.0}, ranks);
  const std::vector<double> none, infinite = {std::numeric_limits<double>::infinity()};
  const std::vector<double> sums = reproducible_sums(ranks, {wild, none, infinite, few});
  ASSERT_EQ(sums.size(), 4U);
  EXPECT_EQ(sums[0], reproducible_sum(ranks, wild));
  EXPECT_EQ(sums[1], 0.0);
  EXPECT_TRUE(std::isnan(sums[2]));
  EXPECT_EQ(sums[3], 1.0);
}

}  // namespace
}  // namespace lantian
