// The smooth policy has no jump, one root, and the derivatives of dual numbers.
#include "aerosol/smooth_derivative.hpp"
#include "unit/aerosol/inorganic_air.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

namespace {

using namespace lantian;
using Answer = std::array<double, inorganic_answer_count>;
using Ladder = std::function<InorganicTotals<double>(double)>;

Answer at(const Ladder& ladder, double x) {
  return answer_numbers(solved(ladder(x)).answer);
}

/// Steepest ascent that is left when an interval is halved until it is too short to matter: a jump never
/// shrinks.
double largest_jump(const Ladder& ladder, std::size_t number, double from, double to) {
  constexpr int halvings = 25;
  for (int n = 0; n < halvings; ++n) {
    const double middle = 0.5 * (from + to), a = at(ladder, from)[number], b = at(ladder, middle)[number],
                 c = at(ladder, to)[number];
    (std::fabs(b - a) > std::fabs(c - b) ? to : from) = middle;
  }
  return std::fabs(at(ladder, to)[number] - at(ladder, from)[number]);
}

/// A jump is looked for in each rung of ten thousand whose rise departs from that of its neighbours.
void expect_no_jump(const Ladder& ladder) {
  constexpr std::size_t rungs = 10000;
  constexpr double allowed = 1.0e-6;  // of the range
  std::vector<Answer> all;
  for (std::size_t n = 0; n <= rungs; ++n) all.push_back(at(ladder, static_cast<double>(n) / rungs));
  for (std::size_t number = 0; number < inorganic_answer_count; ++number) {
    const auto value = [&](std::size_t n) { return all[n][number]; };
    const auto [lowest, highest] = std::minmax_element(
        all.begin(), all.end(), [number](const Answer& a, const Answer& b) { return a[number] < b[number]; });
    const double range = (*highest)[number] - (*lowest)[number];
    for (std::size_t n = 1; n + 2 <= rungs; ++n) {
      const double rise = value(n + 1) - value(n),
                   around = 0.5 * (value(n + 2) - value(n + 1) + value(n) - value(n - 1));
      if (std::fabs(rise - around) < allowed * range) continue;
      const double from = static_cast<double>(n) / rungs, to = static_cast<double>(n + 1) / rungs;
      EXPECT_LT(largest_jump(ladder, number, from, to), allowed * range) << number << " at " << from;
    }
  }
}

TEST(InorganicSmoothness, SweepingSulphateOverAmmoniaMeetsNoJump) {
  for (const double humidity : {0.15, 0.4, 0.8}) {
    expect_no_jump([humidity](double x) {
      InorganicTotals<double> t = winter_night();
      t.relative_humidity = humidity;
      t.sulphate = 2.0e-6 * x * t.ammonia / 6.0e-7;  // ratio 0 to 3.3
      return t;
    });
  }
}

TEST(InorganicSmoothness, SweepingCalciumOverSulphateMeetsNoJump) {
  expect_no_jump([](double x) {
    InorganicTotals<double> t = winter_night();
    t.calcium = 6.0e-7 * x;  // past sulphate, and past all acids
    return t;
  });
}

TEST(InorganicSmoothness, SweepingTemperatureAndHumidityMeetsNoJump) {
  expect_no_jump([](double x) {
    InorganicTotals<double> t = winter_night();
    t.temperature_k = 290.0 + 15.0 * x;  // where constants of 298 K may not be held for a degree
    return t;
  });
  expect_no_jump([](double x) {
    InorganicTotals<double> t = winter_night();
    t.relative_humidity = 0.10 + 0.89 * x;
    return t;
  });
}

TEST(InorganicSmoothness, FourStartsFarApartFindTheSameRoot) {
  constexpr std::array<std::array<double, smooth_unknowns>, 4> shifts{
      {{2, 1, -1, 1, 8}, {-2, -1, 1, -1, -6}, {1, -2, -2, -2, 5}, {-1, 0, 0, 0, 12}}};
  InorganicAir air(4);
  for (int n = 0; n < 2000; ++n) {
    const Solved s = solved(air.next());
    for (const auto& shift : shifts) {
      SmoothState<double> other = cold_start(s.system);
      for (std::size_t k = 0; k < smooth_unknowns; ++k) other.y[k] += shift[k];
      solve_smooth(s.system, 1.0e-10, other);
      for (std::size_t k = 0; k < smooth_unknowns; ++k) ASSERT_NEAR(other.y[k], s.state.y[k], 1.0e-8) << n;
    }
  }
}

TEST(InorganicSmoothness, SolverSettlesEverywhereAndWithinAHundredSweeps) {
  InorganicAir air(5);
  double most = 0.0, sum = 0.0;
  constexpr int count = 20000;
  for (int n = 0; n < count; ++n) {
    const Solved s = solved(air.next());
    ASSERT_LT(s.state.residual, 1.0e-10) << n;
    most = std::max(most, s.state.sweeps);
    sum += s.state.sweeps;
  }
  EXPECT_LT(sum / count, 10.0);  // measured: 6
  EXPECT_LE(most, 100.0);
}

using Number = Dual<double, inorganic_total_count>;

/// The whole solution in numbers that carry derivatives.
std::array<Number, inorganic_answer_count> dual_answer(const InorganicTotals<double>& t) {
  const auto input = [](double value, std::size_t n) { return Number::variable(value, n); };
  const InorganicTotals<Number> totals{t.temperature_k,      t.relative_humidity, input(t.sodium, 0),
                                       input(t.sulphate, 1), input(t.ammonia, 2), input(t.nitrate, 3),
                                       input(t.chloride, 4), input(t.calcium, 5), input(t.potassium, 6),
                                       input(t.magnesium, 7)};
  return answer_numbers(smooth_equilibrium(totals, 1.0e-10));
}

TEST(InorganicSensitivity, IsThatOfDualNumbersThroughTheWholeSolution) {
  InorganicAir air(6);
  for (int n = 0; n < 2000; ++n) {
    const InorganicTotals<double> t = air.next();
    const InorganicSensitivity found = smooth_sensitivity(t, solved(t).state);
    const auto expected = dual_answer(t);
    for (std::size_t a = 0; a < inorganic_answer_count; ++a)
      for (std::size_t k = 0; k < inorganic_total_count; ++k) {
        const double slope = expected[a].derivative[k];
        ASSERT_NEAR(found.by_total[a][k], slope, 1.0e-8 * std::max(1.0, std::fabs(slope)))
            << n << " " << a << " " << k;
      }
  }
}

TEST(InorganicSensitivity, AdjointIsTheMateOfTheTangent) {
  InorganicAir air(7);
  for (int n = 0; n < 500; ++n) {
    const InorganicTotals<double> t = air.next();
    const InorganicSensitivity found = smooth_sensitivity(t, solved(t).state);
    TotalsChange change{};
    AnswerChange lambda{};
    for (double& x : change) x = air.share() - 0.5;
    for (double& x : lambda) x = air.share() - 0.5;
    const AnswerChange forward = found.tangent(change);
    const TotalsChange backward = found.adjoint(lambda);
    double by_forward = 0.0, by_backward = 0.0, size = 0.0;
    for (std::size_t a = 0; a < inorganic_answer_count; ++a) {
      by_forward += lambda[a] * forward[a];
      size += std::fabs(lambda[a] * forward[a]);
    }
    for (std::size_t k = 0; k < inorganic_total_count; ++k) by_backward += backward[k] * change[k];
    ASSERT_NEAR(by_forward, by_backward, 1.0e-12 * std::max(size, 1.0)) << n;
  }
}

TEST(InorganicSensitivity, TotalsAreTheirOwnSensitivities) {
  InorganicAir air(8);
  for (int n = 0; n < 500; ++n) {
    const InorganicTotals<double> t = air.next();
    const auto by = smooth_sensitivity(t, solved(t).state).by_total;
    for (std::size_t k = 0; k < inorganic_total_count; ++k) {
      // gas and ion move against each other by as much as they move: what remains is 1 for the own total,
      // else 0
      ASSERT_NEAR(by[0][k] + by[5][k], k == 2 ? 1.0 : 0.0, 1.0e-9 * std::max(1.0, std::fabs(by[0][k]))) << n;
      ASSERT_NEAR(by[1][k] + by[8][k], k == 3 ? 1.0 : 0.0, 1.0e-9 * std::max(1.0, std::fabs(by[1][k]))) << n;
      ASSERT_NEAR(by[2][k] + by[9][k], k == 4 ? 1.0 : 0.0, 1.0e-9 * std::max(1.0, std::fabs(by[2][k]))) << n;
    }
  }
}

TEST(InorganicSensitivity, TaylorRemainderFallsWithTheSquareOfTheChange) {
  const InorganicTotals<double> t = winter_night();
  const InorganicSensitivity slopes = smooth_sensitivity(t, solved(t).state);
  const auto remainder = [&](double share) {
    InorganicTotals<double> moved = t;
    TotalsChange change{};
    moved.sulphate += change[1] = share * t.sulphate;
    moved.ammonia += change[2] = -0.5 * share * t.ammonia;
    moved.nitrate += change[3] = share * t.nitrate;
    return std::fabs(solved(moved).answer.no3 - solved(t).answer.no3 - slopes.tangent(change)[8]);
  };
  EXPECT_NEAR(std::log10(remainder(1.0e-2) / remainder(1.0e-4)) / 2.0, 2.0, 0.03);
}

}  // namespace
