#include "advection/ppm.hpp"

#include "advection/ppm_layers.hpp"
#include "advection/ppm_march.hpp"
#include "advection/ppm_selective.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace lantian {
namespace {

double random_between(std::mt19937_64& numbers, double low, double high) {
  return low + (high - low) * static_cast<double>(numbers() >> 11) * 0x1.0p-53;
}

/// Value of a cell's parabola at x in 0..1. @see Colella & Woodward (1984), eqs. 1.4 and 1.5.
double parabola_at(double q, const ParabolaEnds<double>& ends, double x) {
  return ends.low + x * (ends.high - ends.low + 6.0 * (q - 0.5 * (ends.low + ends.high)) * (1.0 - x));
}

TEST(PpmParabola, GivesTheMeanOfThePartThatLeavesWorkedByHand) {
  // a straight line from 1 to 3: the half near an end
  EXPECT_DOUBLE_EQ(ppm_leaving(2.0, 3.0, 1.0, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(ppm_leaving(2.0, 1.0, 3.0, 0.5), 1.5);
  // 6 x (1 - x), mean 1: 4 [3 x^2 - 2 x^3] from 3/4 to 1
  EXPECT_DOUBLE_EQ(ppm_leaving(1.0, 0.0, 0.0, 0.25), 0.625);
}

TEST(PpmParabola, LosesItsWholeContentWhenAllLeaves) {
  EXPECT_DOUBLE_EQ(ppm_leaving(1.3, 2.9, 0.7, 1.0), 1.3);
  EXPECT_DOUBLE_EQ(ppm_leaving(1.3, 0.7, 2.9, 1.0), 1.3);
}

TEST(PpmLimiter, StaysAboveZeroWhenPositiveDefiniteAndLeavesPositiveParabolasAlone) {
  std::mt19937_64 numbers(11);
  int bent = 0;
  for (int n = 0; n < 20000; ++n) {
    const double q = random_between(numbers, 0.0, 1.0);
    const ParabolaEnds<double> given{random_between(numbers, -0.5, 4.0), random_between(numbers, -0.5, 4.0)};
    const ParabolaEnds<double> ends = ppm_limited<Limiter::positive_definite>(q, given.low, given.high);
    double least = 1.0, least_given = 1.0;
    for (int i = 0; i <= 100; ++i) {
      least = std::fmin(least, parabola_at(q, ends, 0.01 * i));
      least_given = std::fmin(least_given, parabola_at(q, given, 0.01 * i));
    }
    EXPECT_GE(least, -1.0e-14);  // rounding of values up to 12
    if (least_given > 0.01) {    // well above, also between the hundred points
      EXPECT_EQ(ends.low, given.low);
      EXPECT_EQ(ends.high, given.high);
    } else {
      ++bent;
    }
  }
  EXPECT_GT(bent, 1000);
}

TEST(PpmLimiter, RunsFromOneEndToTheOtherWhenMonotone) {
  std::mt19937_64 numbers(12);
  for (int n = 0; n < 20000; ++n) {
    const double q = random_between(numbers, 0.0, 1.0);
    const ParabolaEnds<double> ends = ppm_limited<Limiter::monotone>(q, random_between(numbers, -0.5, 1.5),
                                                                     random_between(numbers, -0.5, 1.5));
    for (int i = 0; i < 50; ++i) {
      const double step = parabola_at(q, ends, 0.02 * (i + 1)) - parabola_at(q, ends, 0.02 * i);
      EXPECT_GE(step * (ends.high - ends.low), -1.0e-14);  // rounding
    }
  }
}

/// Whether a cell is rough in a row of five, of which it is the middle.
bool is_rough(const std::array<double, 5>& q) {
  return ppm_is_rough(ppm_gamma(q[0], q[1], q[2], 1.0, 1.0), ppm_gamma(q[1], q[2], q[3], 1.0, 1.0),
                      ppm_gamma(q[2], q[3], q[4], 1.0, 1.0));
}

TEST(PpmSelection, MeasuresSmoothnessAsTheSumOfSquaredDifferences) {
  EXPECT_DOUBLE_EQ(ppm_gamma(1.0, 3.0, 8.0, 1.0, 1.0), 29.0);
  // layers of 2, 4 and 2 m: a straight line of 1 a metre through their middles
  EXPECT_DOUBLE_EQ(ppm_gamma(1.0, 4.0, 7.0, 1.0 / 3.0, 1.0 / 3.0), 2.0);
}

TEST(PpmSelection, FindsJumpsRoughAndWhatIsFlatOrStraightSmooth) {
  EXPECT_FALSE(is_rough({45.0, 45.0, 45.0, 45.0, 45.0}));
  EXPECT_FALSE(is_rough({1.0, 2.0, 3.0, 4.0, 5.0}));
  EXPECT_FALSE(is_rough({1.0, 2.0, 3.0, 2.0, 1.0}));  // the top of a cone
  EXPECT_TRUE(is_rough({45.0, 45.0, 45.0, 5.0, 5.0}));
  EXPECT_TRUE(is_rough({45.0, 45.0, 5.0, 5.0, 5.0}));
  EXPECT_TRUE(is_rough({0.0, 0.0, 0.0, 0.0, 1.0e-12}));  // it has no scale of its own
}

TEST(PpmSelection, FindsNoParabolaRoughWhereverItsTopLies) {
  for (double top = 0.0; top < 4.0; top += 0.01) {
    std::array<double, 5> q{};
    for (std::size_t n = 0; n < 5; ++n)
      q[n] = 100.0 - (static_cast<double>(n) - top) * (static_cast<double>(n) - top);
    EXPECT_FALSE(is_rough(q)) << "top at " << top;
  }
}

TEST(PpmLimiter, RunsBetweenTheNeighboursWhereTheFieldIsRoughAndStaysAboveZeroElsewhere) {
  std::mt19937_64 numbers(13);
  for (int n = 0; n < 20000; ++n) {
    const double below = random_between(numbers, 0.0, 1.0), q = random_between(numbers, 0.0, 1.0),
                 above = random_between(numbers, 0.0, 1.0);
    const ParabolaEnds<double> given{random_between(numbers, -0.5, 2.0), random_between(numbers, -0.5, 2.0)};
    const ParabolaEnds<double> rough = ppm_limited_selectively(below, q, above, given, true),
                               smooth = ppm_limited_selectively(below, q, above, given, false),
                               positive = ppm_limited<Limiter::positive_definite>(q, given.low, given.high);
    EXPECT_EQ(smooth.low, positive.low);
    EXPECT_EQ(smooth.high, positive.high);
    for (int i = 0; i <= 50; ++i) {
      const double value = parabola_at(q, rough, 0.02 * i);
      EXPECT_GE(value, std::min({below, q, above}) - 1.0e-14);  // rounding
      EXPECT_LE(value, std::max({below, q, above}) + 1.0e-14);
    }
  }
}

/// Mixing ratio that crosses the face between cells 2 and 3 of six.
template <Limiter limiter, Scalar T>
T face_of_six(const std::array<T, 6>& q, double courant, double direction) {
  PpmMarch<limiter, T> march;
  for (const T& cell : q) march.take(cell);
  return march.crossing(T(direction), T(courant)).q;
}

template <Limiter limiter>
void expect_derivatives_to_be_difference_quotients() {
  constexpr double step = 1.0e-6;
  const std::array<double, 6> at{3.0, 3.7, 5.0, 4.1, 2.6, 2.2};
  for (const double direction : {1.0, -1.0}) {
    std::array<Dual<double, 6>, 6> q;
    for (std::size_t n = 0; n < 6; ++n) q[n] = Dual<double, 6>::variable(at[n], n);
    const auto face = face_of_six<limiter>(q, 0.3, direction);
    EXPECT_EQ(face.value, face_of_six<limiter>(at, 0.3, direction));
    for (std::size_t n = 0; n < 6; ++n) {
      std::array<double, 6> more = at, less = at;
      more[n] += step;
      less[n] -= step;
      const double quotient =
          (face_of_six<limiter>(more, 0.3, direction) - face_of_six<limiter>(less, 0.3, direction)) /
          (2.0 * step);
      EXPECT_NEAR(face.derivative[n], quotient, 1.0e-9);  // rounding over the step
    }
  }
}

TEST(PpmFace, HasTheDerivativesOfItsDifferenceQuotientsForEachLimiter) {
  expect_derivatives_to_be_difference_quotients<Limiter::unlimited>();
  expect_derivatives_to_be_difference_quotients<Limiter::positive_definite>();
  expect_derivatives_to_be_difference_quotients<Limiter::selective>();
  expect_derivatives_to_be_difference_quotients<Limiter::monotone>();
}

TEST(PpmLimiter, KeepsTheVeryEndsWhereNoneMayFallBelowZero) {
  // what lets the march pass over the limiter must hold to the last bit, also where rounding decides
  std::mt19937_64 numbers(14);
  int kept = 0;
  for (int n = 0; n < 200000; ++n) {
    const double q = std::exp(random_between(numbers, -700.0, 10.0));
    const double high = q * random_between(numbers, 0.0, 3.0);
    const ParabolaEnds<double> given{n % 3 == 0 ? high : q * random_between(numbers, -0.1, 3.0), high};
    if (ppm_any_may_fall_below(q, given)) continue;
    ++kept;
    const ParabolaEnds<double> ends = ppm_limited<Limiter::positive_definite>(q, given.low, given.high);
    ASSERT_EQ(ends.low, given.low) << q << ' ' << given.high;
    ASSERT_EQ(ends.high, given.high) << q << ' ' << given.low;
  }
  EXPECT_GT(kept, 50000);
}

/// Mixing ratios that cross a line's faces, eight lines side by side and each of them alone.
template <Limiter limiter>
void expect_lanes_to_be_lines(double roughness) {
  std::mt19937_64 numbers(15);
  PpmMarch<limiter, Lanes> together;
  std::array<PpmMarch<limiter, double>, lane_count> alone;
  for (int n = 0; n < 400; ++n) {
    Lanes q{}, mass{}, courant{};
    for (int lane = 0; lane < lane_count; ++lane) {
      const bool is_rough = lane % 2 == 0 || n % 20 > 14;  // so that neighbours need different limiters
      q[lane] = 1.0 + std::sin(0.2 * n + lane) + (is_rough ? random_between(numbers, 0.0, roughness) : 0.0);
      mass[lane] = random_between(numbers, -1.0, 1.0);
      courant[lane] = random_between(numbers, 0.0, 0.5);
    }
    together.take(q);
    const FaceFlow<Lanes> flow = together.crossing(mass, courant);
    const Lanes updated = together.updated(flow, Lanes{} + 0.7);
    together.leave(flow);
    for (int lane = 0; lane < lane_count; ++lane) {
      PpmMarch<limiter, double>& line = alone[static_cast<std::size_t>(lane)];
      line.take(q[lane]);
      const FaceFlow<double> one = line.crossing(mass[lane], courant[lane]);
      ASSERT_EQ(one.q, flow.q[lane]) << "cell " << n << ", lane " << lane;
      ASSERT_EQ(line.updated(one, 0.7), updated[lane]) << "cell " << n << ", lane " << lane;
      line.leave(one);
    }
  }
}

TEST(PpmMarch, GivesEachOfEightLinesTheBitsThatItHasAlone) {
  for (const double roughness : {0.0, 0.1, 10.0}) {
    expect_lanes_to_be_lines<Limiter::unlimited>(roughness);
    expect_lanes_to_be_lines<Limiter::positive_definite>(roughness);
    expect_lanes_to_be_lines<Limiter::selective>(roughness);
    expect_lanes_to_be_lines<Limiter::monotone>(roughness);
  }
}

TEST(PpmMarch, LimitsEveryParabolaAsTheFormulasDo) {
  // a line of random cells, whose edges and measures are worked out here cell by cell
  std::mt19937_64 numbers(16);
  std::array<double, 300> q{};
  for (double& value : q) value = std::exp(random_between(numbers, -6.0, 0.0));
  const auto edge = [&](std::size_t f) {
    const auto slope = [&](std::size_t n) { return 0.5 * (q[n] - q[n - 1]) + 0.5 * (q[n + 1] - q[n]); };
    return ppm_edge(q[f - 1], q[f], slope(f - 1), slope(f));
  };
  const auto gamma = [&](std::size_t n) { return ppm_gamma(q[n - 1], q[n], q[n + 1], 1.0, 1.0); };
  PpmMarch<Limiter::selective, double> march;
  for (std::size_t n = 0; n < 5; ++n) march.take(q[n]);
  int rough = 0;
  for (std::size_t f = 3; f + 4 < q.size(); ++f) {
    march.take(q[f + 2]);
    const bool is_rough = ppm_is_rough(gamma(f - 1), gamma(f), gamma(f + 1));
    const ParabolaEnds<double> given{edge(f), edge(f + 1)};
    const ParabolaEnds<double> monotone = ppm_limited<Limiter::monotone>(
        q[f], ppm_between(given.low, q[f], q[f - 1]), ppm_between(given.high, q[f], q[f + 1]));
    const ParabolaEnds<double> positive =
        ppm_limited<Limiter::positive_definite>(q[f], given.low, given.high);
    const ParabolaEnds<double> ends = is_rough ? monotone : positive;
    EXPECT_EQ(march.crossing(-1.0, 0.3).q, ppm_leaving(q[f], ends.low, ends.high, 0.3)) << "cell " << f;
    rough += is_rough ? 1 : 0;
  }
  EXPECT_GT(rough, 50);
  EXPECT_LT(rough, 250);
}

TEST(LayerCoefficients, AreThoseOfEqualLayersWhenTheLayersAreEqual) {
  const LayerCoefficients layers(std::vector<double>(6, 37.0));
  EXPECT_DOUBLE_EQ(layers.slope_below(2), 0.5);
  EXPECT_DOUBLE_EQ(layers.slope_above(2), 0.5);
  EXPECT_DOUBLE_EQ(layers.edge_jump(3), 0.5);
  EXPECT_DOUBLE_EQ(layers.edge_slope_below(3), 1.0 / 6.0);
  EXPECT_DOUBLE_EQ(layers.edge_slope_above(3), -1.0 / 6.0);
}

TEST(LayerCoefficients, GiveTheFacesOfACubicExactlyOnUnequalLayers) {
  const std::vector<double> thickness{20.0, 26.0, 31.0, 50.0, 44.0, 80.0, 130.0, 150.0};
  const LayerCoefficients layers(thickness);
  const auto cubic = [](double z) { return 3.0 + 0.02 * z - 1.0e-4 * z * z + 3.0e-7 * z * z * z; };
  const auto integral = [](double z) {
    return 3.0 * z + 0.01 * z * z - 1.0e-4 / 3.0 * z * z * z + 7.5e-8 * z * z * z * z;
  };
  std::vector<double> face{0.0}, q;
  for (const double depth : thickness) {
    face.push_back(face.back() + depth);
    q.push_back((integral(face.back()) - integral(face[face.size() - 2])) / depth);
  }
  const auto slope = [&](std::size_t k) {
    return ppm_slope<Limiter::unlimited>(q[k - 1], q[k], q[k + 1], layers.slope_below(k),
                                         layers.slope_above(k));
  };
  for (std::size_t k = 2; k + 2 <= thickness.size() - 1; ++k) {
    const double value = q[k - 1] + layers.edge_jump(k) * (q[k] - q[k - 1]) +
                         layers.edge_slope_below(k) * slope(k - 1) + layers.edge_slope_above(k) * slope(k);
    EXPECT_NEAR(value, cubic(face[k]), 1.0e-12 * std::fabs(cubic(face[k])));  // rounding
  }
}

}  // namespace
}  // namespace lantian
