#include "lantian/report/statistics.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace lantian {
namespace {

TEST(Statistics, OfAFourPairSampleAreThoseWorkedByHand) {
  // observed 10 20 30 40 (mean 25), model 12 18 33 90 (mean 38.25); differences 2 -2 3 50
  const std::array<double, 4> observed = {10.0, 20.0, 30.0, 40.0}, model = {12.0, 18.0, 33.0, 90.0};
  const Statistics s = statistics_of(observed, model);
  EXPECT_EQ(s.n, 4);
  EXPECT_DOUBLE_EQ(s.bias, 13.25);
  EXPECT_DOUBLE_EQ(s.nmb, 53.0 / 100.0);
  EXPECT_DOUBLE_EQ(s.nme, 57.0 / 100.0);
  EXPECT_DOUBLE_EQ(s.rmse, std::sqrt(2517.0 / 4.0));
  EXPECT_DOUBLE_EQ(s.fac2, 0.75);
  // sum of products of anomalies 1245, of squares 500 and 3804.75
  EXPECT_DOUBLE_EQ(s.r, 1245.0 / std::sqrt(500.0 * 3804.75));
  // potential error: (13+15)^2 + (7+5)^2 + (8+5)^2 + (65+15)^2 = 784 + 144 + 169 + 6400
  EXPECT_DOUBLE_EQ(s.ioa, 1.0 - 2517.0 / 7497.0);
  // differences over means: 2/11, -2/19, 3/31.5, 50/65
  EXPECT_DOUBLE_EQ(s.mfb, (2.0 / 11.0 - 2.0 / 19.0 + 3.0 / 31.5 + 50.0 / 65.0) / 4.0);
  EXPECT_DOUBLE_EQ(s.mfe, (2.0 / 11.0 + 2.0 / 19.0 + 3.0 / 31.5 + 50.0 / 65.0) / 4.0);
}

TEST(Statistics, OfNothingSeenAndNothingSaidHaveNoFractionalError) {
  const std::vector<double> nothing = {0.0, 0.0};
  EXPECT_EQ(statistics_of(nothing, nothing).mfe, 0.0);
}

TEST(Statistics, OfAPerfectModelShowNoError) {
  const std::vector<double> x = {3.0, 5.0, 8.0};
  const Statistics s = statistics_of(x, x);
  EXPECT_EQ(s.rmse, 0.0);
  EXPECT_DOUBLE_EQ(s.r, 1.0);
  EXPECT_EQ(s.ioa, 1.0);
}

TEST(Statistics, OfNoPairsAreNoNumbers) {
  EXPECT_EQ(statistics_of({}, {}).n, 0);
  EXPECT_TRUE(std::isnan(statistics_of({}, {}).rmse));
}

}  // namespace
}  // namespace lantian
