// Tangent and adjoint of the solver along its own steps.
#include "chemistry/rosenbrock_frozen.hpp"

#include "support/lane_problems.hpp"
#include "support/stiff_problems.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace {

using namespace lantian;
using namespace lantian::testing;

template <class AProblem, class AMethod>
struct Case {
  using Problem = AProblem;
  using Method = AMethod;
  using Mechanism = typename Problem::Mechanism;
  using Box = MechanismBox<Mechanism>;
  using Block = MechanismBox<Mechanism, Lanes>;

  /// A box at its end, and the steps that led there.
  template <class V>
  struct Run {
    MechanismBox<Mechanism, V> start, end;
    RosenbrockRecord<Mechanism, V> record;
    SolverOutcome outcome;

    explicit Run(const MechanismBox<Mechanism, V>& from, double tolerance = 1.0e-3) : start(from), end(from) {
      outcome = end.template integrate<Method>(Problem::interval_s, Problem::settings(tolerance), &record);
    }
    void apply_tangent(MechanismBox<Mechanism, V>& change) const {
      FrozenRosenbrock<Mechanism, V, Method> frozen;
      frozen.tangent(record, start.k.data(), start.source.data(), change.c.data(), change.k.data(),
                     change.source.data());
    }
    /// `sensitivity.c` comes in by the end and goes out by the start; k and source begin at zero.
    void apply_adjoint(MechanismBox<Mechanism, V>& sensitivity) const {
      FrozenRosenbrock<Mechanism, V, Method> frozen;
      frozen.adjoint(record, start.k.data(), start.source.data(), sensitivity.c.data(), sensitivity.k.data(),
                     sensitivity.source.data());
    }
  };
};

template <class ACase>
class FrozenSolver : public ::testing::Test {};
using Cases =
    ::testing::Types<Case<GrsProblem, Ros3>, Case<NoxO3Problem, Ros3>, Case<PolluProblem, Ros3>,
                     Case<HiresProblem, Ros3>, Case<RobertsonProblem, Ros3>, Case<GrsProblem, Rodas3>,
                     Case<PolluProblem, Rodas3>, Case<RobertsonProblem, Rodas3>>;
TYPED_TEST_SUITE(FrozenSolver, Cases);

/// Eight cells in the order given.
template <class Problem>
auto block_of(const std::array<int, lane_count>& cells) {
  MechanismBox<typename Problem::Mechanism, Lanes> block;
  for (int lane = 0; lane < lane_count; ++lane)
    set_lane(block, lane, cell_of<Problem>(cells.at(static_cast<std::size_t>(lane))));
  return block;
}
constexpr std::array<int, lane_count> in_order = {0, 1, 2, 3, 4, 5, 6, 7};

TYPED_TEST(FrozenSolver, RetracesTheSolutionBitForBit) {
  using Mechanism = typename TypeParam::Mechanism;
  const typename TypeParam::template Run<Lanes> run(block_of<typename TypeParam::Problem>(in_order));
  ASSERT_FALSE(run.outcome.has_failed);
  auto again = run.start;
  FrozenRosenbrock<Mechanism, Lanes, typename TypeParam::Method> frozen;
  frozen.integrate(run.record, again.c.data(), again.k.data(), again.source.data());
  for (std::size_t s = 0; s < again.c.size(); ++s)
    for (int lane = 0; lane < lane_count; ++lane)
      ASSERT_EQ(std::bit_cast<std::uint64_t>(double{again.c[s][lane]}),
                std::bit_cast<std::uint64_t>(double{run.end.c[s][lane]}))
          << Mechanism::species[s];
}

TYPED_TEST(FrozenSolver, TheRecordHoldsTheAcceptedStepsAlone) {
  for (int cell = 0; cell < 4; ++cell) {
    const typename TypeParam::template Run<double> run(cell_of<typename TypeParam::Problem>(cell));
    EXPECT_EQ(run.record.size(), static_cast<std::size_t>(run.outcome.steps - run.outcome.rejected));
    double length_s = 0.0;
    for (std::size_t n = 0; n < run.record.size(); ++n) length_s += run.record[n].step;
    EXPECT_NEAR(length_s / TypeParam::Problem::interval_s, 1.0, 1.0e-13);
  }
}

TYPED_TEST(FrozenSolver, TangentIsThatOfDualNumbersThroughTheSolver) {
  using Mechanism = typename TypeParam::Mechanism;
  using Problem = typename TypeParam::Problem;
  using Number = Dual<double, 1>;
  const typename TypeParam::template Run<Lanes> run(block_of<Problem>(in_order));
  typename TypeParam::Block change;
  for (int lane = 0; lane < lane_count; ++lane)
    set_lane(change, lane, direction_at<Problem>(cell_of<Problem>(lane), 100U + static_cast<unsigned>(lane)));
  const auto initial_change = change;
  run.apply_tangent(change);
  for (int lane = 0; lane < lane_count; ++lane) {
    auto box = cell_of<Problem>(lane).template as<Number>();
    const auto direction = lane_of(initial_change, lane);
    for_each_number([](Number& number, const double& part) { number.derivative[0] = part; }, box, direction);
    box.template integrate<typename TypeParam::Method>(Problem::interval_s, Problem::settings(1.0e-3));
    double size = 0.0;
    for (const Number& amount : box.c) size = std::max(size, std::fabs(amount.derivative[0]));
    for (std::size_t s = 0; s < box.c.size(); ++s)
      EXPECT_NEAR(change.c[s][lane], box.c[s].derivative[0], 1.0e-13 * size)
          << Mechanism::species[s] << " lane " << lane;
  }
}

/// <weights, end> by tangent and by adjoint.
template <class ARun, class Box>
void expect_dot_products_agree(const ARun& run, const Box& direction, unsigned seed) {
  const auto weights = weights_at(run.end, seed);
  auto change = direction;
  run.apply_tangent(change);
  double forward = 0.0, backward = 0.0, size = 0.0;
  for (std::size_t s = 0; s < weights.size(); ++s) forward += weights[s] * change.c[s];
  Box sensitivity;
  sensitivity.c = weights;
  run.apply_adjoint(sensitivity);
  for_each_number(
      [&](const double& by, const double& part) {
        backward += by * part;
        size += std::fabs(by * part);
      },
      sensitivity, direction);
  EXPECT_NEAR(forward, backward, 1.0e-12 * std::fabs(forward)) << "terms of size " << size;
}

TYPED_TEST(FrozenSolver, AdjointIsTheMateOfTheTangentInStateRateConstantsAndSource) {
  using Problem = typename TypeParam::Problem;
  for (int cell = 0; cell < lane_count; ++cell) {
    const auto start = cell_of<Problem>(cell);
    const typename TypeParam::template Run<double> run(start);
    expect_dot_products_agree(run, direction_at<Problem>(start, 7U + static_cast<unsigned>(cell)),
                              static_cast<unsigned>(cell));
  }
}

TYPED_TEST(FrozenSolver, TaylorRemainderFallsWithTheSquareOfTheChange) {
  using Problem = typename TypeParam::Problem;
  using Mechanism = typename TypeParam::Mechanism;
  const auto start = cell_of<Problem>(0);
  const typename TypeParam::template Run<double> run(start, 1.0e-5);
  const auto direction = direction_at<Problem>(start, 3);
  const auto weights = weights_at(run.end, 4);
  typename TypeParam::Box gradient;
  gradient.c = weights;
  run.apply_adjoint(gradient);
  double slope = 0.0;
  for_each_number([&](const double& by, const double& part) { slope += by * part; }, gradient, direction);
  const auto remainder = [&](double h) {
    auto box = start;
    for_each_number([h](double& number, const double& part) { number += h * part; }, box, direction);
    FrozenRosenbrock<Mechanism, double, typename TypeParam::Method> frozen;
    frozen.integrate(run.record, box.c.data(), box.k.data(), box.source.data());
    double difference = 0.0;
    for (std::size_t s = 0; s < weights.size(); ++s) difference += weights[s] * (box.c[s] - run.end.c[s]);
    return std::fabs(difference - h * slope);
  };
  // Three decades, so that a term of the third order at the upper end and rounding at the lower one show.
  const double fall = std::log10(remainder(1.0e-2) / remainder(1.0e-5)) / 3.0;
  EXPECT_NEAR(fall, 2.0, 0.02);
}

TYPED_TEST(FrozenSolver, PermutedCellsGivePermutedDerivativesBitForBit) {
  using Problem = typename TypeParam::Problem;
  const auto derivatives = [](const std::array<int, lane_count>& cells) {
    const typename TypeParam::template Run<Lanes> run(block_of<Problem>(cells));
    std::array<typename TypeParam::Block, 2> both;
    for (int lane = 0; lane < lane_count; ++lane) {
      const int cell = cells.at(static_cast<std::size_t>(lane));
      set_lane(both[0], lane,
               direction_at<Problem>(cell_of<Problem>(cell), 50U + static_cast<unsigned>(cell)));
      for (auto& one : both[1].c) one[lane] = 1.0 + cell;
    }
    run.apply_tangent(both[0]);
    run.apply_adjoint(both[1]);
    return both;
  };
  const auto reference = derivatives(in_order);
  std::mt19937 random(20240807);
  for (int trial = 0; trial < 10; ++trial) {
    auto cells = in_order;
    if (trial < 6)
      std::ranges::shuffle(cells, random);
    else
      for (int& cell : cells) cell = static_cast<int>(random() % lane_count);  // some missing, some twice
    const auto permuted = derivatives(cells);
    for (std::size_t which = 0; which < 2; ++which)
      for (int lane = 0; lane < lane_count; ++lane) {
        const int cell = cells.at(static_cast<std::size_t>(lane));
        for_each_number(
            [lane, cell](const Lanes& found, const Lanes& expected) {
              ASSERT_EQ(std::bit_cast<std::uint64_t>(double{found[lane]}),
                        std::bit_cast<std::uint64_t>(double{expected[cell]}));
            },
            permuted.at(which), reference.at(which));
      }
  }
}

TYPED_TEST(FrozenSolver, TheSensitivityOfAConservedTotalIsTheTotalItself) {
  using Mechanism = typename TypeParam::Mechanism;
  using Problem = typename TypeParam::Problem;
  for (const auto* atoms : {&Mechanism::nitrogen, &Mechanism::sulphur}) {
    const typename TypeParam::template Run<double> run(cell_of<Problem>(1));
    typename TypeParam::Box sensitivity;
    sensitivity.c = *atoms;
    run.apply_adjoint(sensitivity);
    for (std::size_t s = 0; s < atoms->size(); ++s) {
      EXPECT_NEAR(sensitivity.c[s], (*atoms)[s], 1.0e-12) << Mechanism::species[s];
      EXPECT_NEAR(sensitivity.source[s], (*atoms)[s] * Problem::interval_s, 1.0e-12 * Problem::interval_s);
    }
    const double total = run.end.total(*atoms);
    for (std::size_t r = 0; r < sensitivity.k.size(); ++r)
      EXPECT_NEAR(sensitivity.k[r] * run.start.k[r], 0.0, 1.0e-12 * total) << Mechanism::reactions[r];
  }
}

}  // namespace
