#include "diffusion/implicit_column.hpp"
#include "diffusion/smagorinsky1963.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>

namespace lantian {
namespace {

TEST(Smagorinsky, GivesNothingInPureRotationAndDivergence) {
  constexpr double turn = 3.0e-4;
  EXPECT_EQ(smagorinsky_diffusivity_m2_s(Shear<double>{0.0, -turn, turn, 0.0}, 0.2, 1.0e6), 0.0);
  EXPECT_EQ(smagorinsky_diffusivity_m2_s(Shear<double>{turn, 0.0, 0.0, turn}, 0.2, 1.0e6), 0.0);
}

TEST(Smagorinsky, HasTheValueWorkedByHandInStretchingAndShear) {
  // |D| = sqrt((3e-4 + 1e-4)^2 + (1e-4 + 2e-4)^2) = 5e-4 s-1; (0.2)^2 1e6 m2 5e-4 s-1 = 20 m2 s-1
  const Shear<double> shear{3.0e-4, 1.0e-4, 2.0e-4, -1.0e-4};
  EXPECT_NEAR(smagorinsky_diffusivity_m2_s(shear, 0.2, 1.0e6), 20.0, 1.0e-13);
}

TEST(Smagorinsky, HasTheDerivativeOfItsDifferenceQuotient) {
  using Number = Dual<double, 1>;
  const auto of = [](auto du_dx) {
    using T = decltype(du_dx);
    return smagorinsky_diffusivity_m2_s(Shear<T>{du_dx, T(1.0e-4), T(2.0e-4), T(-1.0e-4)}, 0.2, T(1.0e6));
  };
  const double quotient = (of(3.0e-4 + 1.0e-9) - of(3.0e-4 - 1.0e-9)) / 2.0e-9;
  EXPECT_NEAR(of(Number::variable(3.0e-4)).derivative[0] / quotient, 1.0, 1.0e-6);  // rounding over the step
}

/// Lowest mixing ratio of three layers after a step; all that the solve depends on is given.
template <Scalar T>
T lowest_after_a_step(const std::array<T, 3>& q, const T& exchange, const T& uptake) {
  const std::array<T, 3> mass{T(2.0), T(3.0), T(5.0)}, faces{T(0.0), exchange, 2.0 * exchange};
  std::array<T, 4> excess{}, inverse{}, ratio{}, rhs{};
  const auto factor = [&](std::size_t k) { return LayerFactor<T>{&excess[k], &inverse[k], &ratio[k]}; };
  for (std::size_t k = 3; k-- > 0;) {
    factor_layer_row(&mass[k], &faces[k], factor(k + 1), factor(k), 1);
    eliminate_layer_row(&mass[k], &q[k], &ratio[k + 1], &rhs[k + 1], &rhs[k], 1);
  }
  T lowest{};
  solve_lowest_row(rhs.data(), excess.data(), &uptake, &lowest, 1);
  return lowest;
}

TEST(ImplicitColumn, HasTheSolutionOfTwoLayersWithSettlingWorkedByHand) {
  // masses 2 and 3, exchange 1.5, sinking 1, uptake 0.5, q 10 and 20:
  //   (2 + 1.5 + 0.5) w0 - 2.5 w1 = 20,  (3 + 2.5) w1 - 1.5 w0 = 60   ->  w0 = 260 / 18.25, w1 = 270 / 18.25
  std::array<double, 3> excess{}, inverse{}, rise{}, fall{}, rhs{};
  const std::array<double, 2> mass{2.0, 3.0}, q{10.0, 20.0}, exchange{0.0, 1.5}, falling{0.0, 2.5};
  const auto factor = [&](std::size_t k) { return LayerFactor<double>{&excess[k], &inverse[k], &rise[k]}; };
  for (std::size_t k = 2; k-- > 0;) {
    factor_sinking_row<double>({&mass[k], &exchange[k], &falling[k]}, factor(k + 1), factor(k), &fall[k], 1);
    eliminate_layer_row(&mass[k], &q[k], &fall[k + 1], &rhs[k + 1], &rhs[k], 1);
  }
  const double uptake = 0.5;
  std::array<double, 2> w{};
  solve_lowest_row(rhs.data(), excess.data(), &uptake, w.data(), 1);
  substitute_layer_row(&rhs[1], &exchange[1], &inverse[1], w.data(), &w[1], 1);
  EXPECT_NEAR(w[0], 260.0 / 18.25, 1.0e-13);
  EXPECT_NEAR(w[1], 270.0 / 18.25, 1.0e-13);
}

TEST(ImplicitColumn, HasTheSolutionOfTwoLayersWorkedByHand) {
  // masses 2 and 3, exchange 1.5, uptake 0.5, q 10 and 20:
  //   (2 + 1.5 + 0.5) w0 - 1.5 w1 = 20,  (3 + 1.5) w1 - 1.5 w0 = 60   ->  w0 = 180 / 15.75, w1 = 270 / 15.75
  std::array<double, 3> excess{}, inverse{}, ratio{}, rhs{};
  const std::array<double, 2> mass{2.0, 3.0}, q{10.0, 20.0}, faces{0.0, 1.5};
  const auto factor = [&](std::size_t k) { return LayerFactor<double>{&excess[k], &inverse[k], &ratio[k]}; };
  for (std::size_t k = 2; k-- > 0;) {
    factor_layer_row(&mass[k], &faces[k], factor(k + 1), factor(k), 1);
    eliminate_layer_row(&mass[k], &q[k], &ratio[k + 1], &rhs[k + 1], &rhs[k], 1);
  }
  std::array<double, 2> w{};
  const double uptake = 0.5;
  solve_lowest_row(rhs.data(), excess.data(), &uptake, w.data(), 1);
  substitute_layer_row(&rhs[1], &faces[1], &inverse[1], w.data(), &w[1], 1);
  EXPECT_NEAR(w[0], 180.0 / 15.75, 1.0e-14);
  EXPECT_NEAR(w[1], 270.0 / 15.75, 1.0e-14);
}

TEST(ImplicitColumn, HasTheDerivativesOfItsDifferenceQuotients) {
  using Number = Dual<double, 3>;
  constexpr double exchange = 1.5, uptake = 0.3, step = 1.0e-6;
  const auto at = [](double q2, double g, double u) {
    return lowest_after_a_step<double>({10.0, 20.0, q2}, g, u);
  };
  const auto lowest = lowest_after_a_step<Number>({Number(10.0), Number(20.0), Number::variable(40.0, 0)},
                                                  Number::variable(exchange, 1), Number::variable(uptake, 2));
  EXPECT_EQ(lowest.value, at(40.0, exchange, uptake));
  const auto quotient = [](double more, double less) { return (more - less) / (2.0 * step); };
  // rounding of 10 over the step
  EXPECT_NEAR(lowest.derivative[0],
              quotient(at(40.0 + step, exchange, uptake), at(40.0 - step, exchange, uptake)), 1.0e-8);
  EXPECT_NEAR(lowest.derivative[1],
              quotient(at(40.0, exchange + step, uptake), at(40.0, exchange - step, uptake)), 1.0e-8);
  EXPECT_NEAR(lowest.derivative[2],
              quotient(at(40.0, exchange, uptake + step), at(40.0, exchange, uptake - step)), 1.0e-8);
}

}  // namespace
}  // namespace lantian
