#include "axis_shares.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace lantian {
namespace {

constexpr int count = 9;

/// Mean of x^power over [a, b].
double mean_of_power(int power, double a, double b) {
  return (std::pow(b, power + 1) - std::pow(a, power + 1)) / (power + 1) / (b - a);
}

double value(const AxisShares& shares, const std::vector<double>& means) {
  double sum = 0.0;
  for (std::size_t n = 0; n < shares.share.size(); ++n)
    sum += shares.share[n] * means.at(static_cast<std::size_t>(shares.first) + n);
  return sum;
}

TEST(AxisShares, AddUpToOneForPointsAndStretchesUpToTheOutermostCentres) {
  for (const double extent : {0.0, 1.0 / 3.0, 1.0, 2.5})
    for (double position = 0.0; position <= count - 1; position += 0.25) {
      const AxisShares shares = axis_shares(position, extent, count);
      EXPECT_NEAR(std::accumulate(shares.share.begin(), shares.share.end(), 0.0), 1.0, 1.0e-15) << position;
    }
}

TEST(AxisShares, GiveAWholeCellItsOwnMean) {
  const std::vector<double> means = {3.0, 0.0, 50.0, 2.0, 7.0, 1.0, 1.0, 9.0, 4.0};
  for (int n = 0; n < count; ++n)
    EXPECT_NEAR(value(axis_shares(n, 1.0, count), means), means.at(static_cast<std::size_t>(n)), 1.0e-13);
}

TEST(AxisShares, ShareACellOutAmongThreeWithoutLossOrGain) {
  const std::vector<double> means = {3.0, 0.0, 50.0, 2.0, 7.0, 1.0, 1.0, 9.0, 4.0};
  double sum = 0.0;
  for (const double third : {-1.0 / 3.0, 0.0, 1.0 / 3.0})
    sum += value(axis_shares(4.0 + third, 1.0 / 3.0, count), means) / 3.0;
  EXPECT_NEAR(sum, 7.0, 1.0e-14);
}

TEST(AxisShares, AreExactForParabolasInsideAndForLinesEverywhere) {
  for (const int power : {1, 2}) {
    std::vector<double> means;
    for (int n = 0; n < count; ++n) means.push_back(mean_of_power(power, n - 0.5, n + 0.5));
    for (double at = power == 1 ? 0.0 : 1.75; at <= (power == 1 ? 8.0 : 6.25); at += 0.25) {
      EXPECT_NEAR(value(axis_shares(at, 0.0, count), means), std::pow(at, power), 1.0e-12) << at;
      EXPECT_NEAR(value(axis_shares(at, 0.5, count), means), mean_of_power(power, at - 0.25, at + 0.25),
                  1.0e-12)
          << at;
    }
  }
}

TEST(AxisShares, AreFourthOrderAtAFace) {
  // 7/12 of the cells beside it and -1/12 of those behind, as Colella & Woodward (1984), eq. 1.9
  const AxisShares shares = axis_shares(3.5, 0.0, count);
  ASSERT_EQ(shares.first, 2);
  const std::vector<double> expected = {-1.0 / 12.0, 7.0 / 12.0, 7.0 / 12.0, -1.0 / 12.0, 0.0};
  for (std::size_t n = 0; n < expected.size(); ++n) EXPECT_NEAR(shares.share.at(n), expected[n], 1.0e-16);
}

TEST(AxisShares, ServeAxesOfTwoCells) {
  EXPECT_NEAR(value(axis_shares(0.5, 0.0, 2), {2.0, 4.0}), 3.0, 1.0e-15);
  EXPECT_NEAR(value(axis_shares(0.0, 0.5, 2), {2.0, 4.0}), 2.0, 1.0e-15);
}

}  // namespace
}  // namespace lantian
