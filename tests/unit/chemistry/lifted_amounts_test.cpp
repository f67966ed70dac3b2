// Derivatives where negative amounts are lifted: the families pay, what has no family is clipped.
#include "chemistry/family_lift.hpp"
#include "support/lane_problems.hpp"
#include "support/stiff_problems.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace {

using namespace lantian;
using namespace lantian::testing;
using mechanisms::grs;
using mechanisms::pollu;

template <class Mechanism>
using AmountsOf = std::array<double, static_cast<std::size_t>(Mechanism::species_count)>;

/// Amounts of which about a third are negative, the larger ones positive.
template <class Mechanism>
AmountsOf<Mechanism> partly_negative(std::mt19937& random) {
  std::uniform_real_distribution<double> number(-0.5, 1.0);
  AmountsOf<Mechanism> c{};
  for (double& amount : c) amount = number(random);
  return c;
}

template <class Mechanism>
class LiftedAmounts : public ::testing::Test {};
using Mechanisms = ::testing::Types<grs, pollu>;
TYPED_TEST_SUITE(LiftedAmounts, Mechanisms);

TYPED_TEST(LiftedAmounts, TangentIsTheDualAndAdjointItsMate) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> number(-1.0, 1.0);
  int shifted = 0, clipped = 0;
  for (int trial = 0; trial < 200; ++trial) {
    const auto c = partly_negative<TypeParam>(random);
    AmountsOf<TypeParam> dc{}, weights{};
    std::array<Dual<double, 1>, c.size()> dual{};
    for (std::size_t s = 0; s < c.size(); ++s) {
      dc[s] = number(random);
      weights[s] = number(random);
      dual[s] = c[s];
      dual[s].derivative[0] = dc[s];
    }
    const Lifted lifted = lift_negatives<TypeParam>(dual);
    shifted += lifted.shifted > 0.0 ? 1 : 0;
    clipped += lifted.clipped > 0.0 ? 1 : 0;
    auto change = dc, sensitivity = weights;
    lift_negatives_tangent<TypeParam>(c, change);
    lift_negatives_adjoint<TypeParam>(c, sensitivity);
    double forward = 0.0, backward = 0.0, size = 0.0;
    for (std::size_t s = 0; s < c.size(); ++s) {
      size += std::fabs(weights[s] * change[s]) + std::fabs(sensitivity[s] * dc[s]);
      forward += weights[s] * change[s];
      backward += sensitivity[s] * dc[s];
    }
    for (std::size_t s = 0; s < c.size(); ++s)
      EXPECT_NEAR(change[s], dual[s].derivative[0], 1.0e-13 * size) << trial;
    EXPECT_NEAR(forward, backward, 1.0e-14 * size) << trial;
  }
  EXPECT_GT(shifted, 100);
  EXPECT_GT(clipped, 100);
}

/// Steps of 300 s without error control overshoot a titration that takes 15 s.
MechanismBox<grs> overshooting_cell() {
  auto box = GrsProblem::box(-0.5);
  box["O3"] = 200.0 * per_ppb;
  for (std::size_t s = 0; s < box.c.size(); ++s) box.source[s] = 1.0e-5 * box.c[s];
  return box;
}
SolverSettings without_error_control() {
  SolverSettings fixed;
  fixed.fixed_step_s = 300.0;
  return fixed;
}

TEST(LiftedAmounts, AreInTheTangentOfTheSolverAsInItsDual) {
  using Number = Dual<double, 1>;
  const auto start = overshooting_cell();
  const auto direction = direction_at<GrsProblem>(start, 5);
  auto end = start;
  RosenbrockRecord<grs, double> record;
  const SolverOutcome outcome = end.integrate(900.0, without_error_control(), &record);
  ASSERT_GT(outcome.shifted[0], 0.0);
  ASSERT_EQ(record.size(), 3U);
  auto dual = start.as<Number>();
  for_each_number([](Number& number, const double& part) { number.derivative[0] = part; }, dual, direction);
  dual.integrate(900.0, without_error_control());
  auto change = direction;
  FrozenRosenbrock<grs, double> frozen;
  frozen.tangent(record, start.k.data(), start.source.data(), change.c.data(), change.k.data(),
                 change.source.data());
  double size = 0.0;
  for (const Number& amount : dual.c) size = std::max(size, std::fabs(amount.derivative[0]));
  for (std::size_t s = 0; s < change.c.size(); ++s)
    EXPECT_NEAR(change.c[s], dual.c[s].derivative[0], 1.0e-13 * size) << grs::species[s];
}

TEST(LiftedAmounts, KeepAdjointAndTangentMatesAndNitrogenItsOwnSensitivity) {
  const auto start = overshooting_cell();
  const auto direction = direction_at<GrsProblem>(start, 6);
  auto end = start;
  RosenbrockRecord<grs, double> record;
  end.integrate(900.0, without_error_control(), &record);
  FrozenRosenbrock<grs, double> frozen;
  auto change = direction;
  frozen.tangent(record, start.k.data(), start.source.data(), change.c.data(), change.k.data(),
                 change.source.data());
  MechanismBox<grs> sensitivity, nitrogen;
  sensitivity.c = weights_at(end, 8);
  double forward = 0.0, backward = 0.0;
  for (std::size_t s = 0; s < change.c.size(); ++s) forward += sensitivity.c[s] * change.c[s];
  frozen.adjoint(record, start.k.data(), start.source.data(), sensitivity.c.data(), sensitivity.k.data(),
                 sensitivity.source.data());
  for_each_number([&](const double& by, const double& part) { backward += by * part; }, sensitivity,
                  direction);
  EXPECT_NEAR(backward / forward, 1.0, 1.0e-12);

  nitrogen.c = grs::nitrogen;
  frozen.adjoint(record, start.k.data(), start.source.data(), nitrogen.c.data(), nitrogen.k.data(),
                 nitrogen.source.data());
  for (std::size_t s = 0; s < nitrogen.c.size(); ++s)
    EXPECT_NEAR(nitrogen.c[s], grs::nitrogen[s], 1.0e-12) << grs::species[s];
}

}  // namespace
