// Exponential and logarithm of eight cells, against those of the standard library.
#include "lantian/base/lane_math.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace {

using namespace lantian;

TEST(LaneMath, ExponentialIsThatOfTheLibraryWithinThreeUnitsOfTheLastPlace) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> range(-700.0, 700.0), small(-1.0, 1.0);
  for (int n = 0; n < 20000; ++n) {
    Lanes x{};
    for (int lane = 0; lane < 8; ++lane) x[lane] = n % 2 == 0 ? range(random) : small(random);
    const Lanes found = exp(x);
    for (int lane = 0; lane < 8; ++lane)
      ASSERT_NEAR(found[lane] / std::exp(x[lane]), 1.0, 7.0e-16) << x[lane];
  }
}

TEST(LaneMath, LogarithmIsThatOfTheLibraryWithinThreeUnitsOfTheLastPlace) {
  std::mt19937 random(2);
  std::uniform_real_distribution<double> power(-300.0, 300.0), near(0.5, 2.0);
  for (int n = 0; n < 20000; ++n) {
    Lanes x{};
    for (int lane = 0; lane < 8; ++lane) x[lane] = n % 2 == 0 ? std::pow(10.0, power(random)) : near(random);
    const Lanes found = log(x);
    for (int lane = 0; lane < 8; ++lane) {
      const double expected = std::log(x[lane]);
      ASSERT_NEAR(found[lane], expected, 7.0e-16 * std::fabs(expected)) << x[lane];
    }
  }
  EXPECT_EQ(log(Lanes{} + 1.0)[0], 0.0);
}

TEST(LaneMath, ExponentialOfHugeArgumentsStaysFinite) {
  EXPECT_TRUE(std::isfinite(exp(Lanes{} + 1.0e6)[0]));
  EXPECT_GT(exp(Lanes{} - 1.0e6)[0], 0.0);
}

}  // namespace
