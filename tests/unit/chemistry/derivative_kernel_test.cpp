// What the generator writes for derivatives: products with the Jacobian, the Hessian and their transposed.
#include "mechanisms/grs.hpp"
#include "mechanisms/hires.hpp"
#include "mechanisms/nox_o3.hpp"
#include "mechanisms/pollu.hpp"
#include "mechanisms/robertson.hpp"
#include "mechanisms/ternary.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <random>

namespace {

using namespace lantian;

template <class M>
struct Sample {
  static constexpr auto species = static_cast<std::size_t>(M::species_count);
  static constexpr auto reactions = static_cast<std::size_t>(M::reaction_count);
  using Amounts = std::array<double, species>;
  using Rates = std::array<double, reactions>;
  Amounts c{}, x{}, y{}, u{};
  Rates k{}, dk{};

  explicit Sample(unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> exponent(-1.0, 1.0), number(-1.0, 1.0);
    for (double& one : c) one = std::pow(10.0, exponent(random));
    for (double& one : k) one = std::pow(10.0, exponent(random));
    for (Amounts* vector : {&x, &y, &u})
      for (double& one : *vector) one = number(random);
    for (double& one : dk) one = number(random);
  }
};

template <class A>
double dot(const A& a, const A& b) {
  double sum = 0.0;
  for (std::size_t n = 0; n < a.size(); ++n) sum += a[n] * b[n];
  return sum;
}
template <class A>
double size_of(const A& a) {
  return std::sqrt(dot(a, a));
}

/// Derivatives of `function(c)` where c moves along `direction`.
template <class M, class Function>
std::array<double, static_cast<std::size_t>(M::species_count)> along(
    const Sample<M>& at, const typename Sample<M>::Amounts& direction, Function&& function) {
  using Number = Dual<double, 1>;
  std::array<Number, Sample<M>::species> c{}, f{};
  std::array<Number, Sample<M>::reactions> k{};
  for (std::size_t s = 0; s < c.size(); ++s) {
    c[s] = at.c[s];
    c[s].derivative[0] = direction[s];
  }
  for (std::size_t r = 0; r < k.size(); ++r) k[r] = at.k[r];
  function(c.data(), k.data(), f.data());
  std::array<double, static_cast<std::size_t>(M::species_count)> derivative{};
  for (std::size_t s = 0; s < f.size(); ++s) derivative[s] = f[s].derivative[0];
  return derivative;
}

template <class A>
void expect_same(const A& found, const A& expected, double tolerance) {
  const double size = size_of(expected);
  for (std::size_t n = 0; n < found.size(); ++n)
    EXPECT_NEAR(found[n], expected[n], tolerance * size) << "place " << n;
}

template <class M>
class DerivativeKernel : public ::testing::Test {};
using Mechanisms = ::testing::Types<mechanisms::grs, mechanisms::nox_o3, mechanisms::pollu, mechanisms::hires,
                                    mechanisms::robertson, mechanisms::ternary>;
TYPED_TEST_SUITE(DerivativeKernel, Mechanisms);
constexpr unsigned seeds = 20;

TYPED_TEST(DerivativeKernel, JacobianTimesAVectorIsTheDualOfTheTendency) {
  using M = TypeParam;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    const Sample<M> at(seed);
    typename Sample<M>::Amounts product{};
    M::jacobian_times(at.c.data(), at.k.data(), at.x.data(), product.data());
    const auto dual = along(at, at.x, [](const auto* c, const auto* k, auto* f) { M::tendency(c, k, f); });
    expect_same(product, dual, 1.0e-14);
  }
}

TYPED_TEST(DerivativeKernel, HessianTimesTwoVectorsIsTheDualOfTheJacobian) {
  using M = TypeParam;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    const Sample<M> at(seed);
    typename Sample<M>::Amounts product{}, mirrored{};
    M::hessian_times(at.c.data(), at.k.data(), at.x.data(), at.y.data(), product.data());
    M::hessian_times(at.c.data(), at.k.data(), at.y.data(), at.x.data(), mirrored.data());
    const auto dual = along(at, at.y, [&at](const auto* c, const auto* k, auto* f) {
      std::array<Dual<double, 1>, Sample<M>::species> x{};
      for (std::size_t s = 0; s < x.size(); ++s) x[s] = at.x[s];
      M::jacobian_times(c, k, x.data(), f);
    });
    expect_same(product, dual, 1.0e-13);
    expect_same(mirrored, product, 1.0e-14);  // second derivatives do not ask for the order
  }
}

TYPED_TEST(DerivativeKernel, HessianTimesTwoVectorsIsTheDifferenceQuotientOfTheJacobian) {
  using M = TypeParam;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    const Sample<M> at(seed);
    typename Sample<M>::Amounts product{}, above{}, below{}, quotient{};
    M::hessian_times(at.c.data(), at.k.data(), at.x.data(), at.y.data(), product.data());
    // Rates are cubic at most, so the central quotient of the Jacobian has no truncation error at any step.
    constexpr double step = 0.25;
    auto up = at.c, down = at.c;
    for (std::size_t s = 0; s < up.size(); ++s) {
      up[s] += step * at.y[s];
      down[s] -= step * at.y[s];
    }
    M::jacobian_times(up.data(), at.k.data(), at.x.data(), above.data());
    M::jacobian_times(down.data(), at.k.data(), at.x.data(), below.data());
    for (std::size_t s = 0; s < up.size(); ++s) quotient[s] = (above[s] - below[s]) / (2.0 * step);
    for (std::size_t s = 0; s < up.size(); ++s)  // rounding of the two products that are subtracted
      EXPECT_NEAR(product[s], quotient[s], 1.0e-14 * (size_of(above) + size_of(below)) / step) << s;
  }
}

/// <a, b> of both ways round, against the size that rounding refers to.
void expect_mates(double one_way, double other_way, double size) {
  EXPECT_NEAR(one_way, other_way, 1.0e-14 * size);
}

TYPED_TEST(DerivativeKernel, TransposedProductsAreTheMatesOfTheirProducts) {
  using M = TypeParam;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    const Sample<M> at(seed);
    typename Sample<M>::Amounts forward{}, back{};
    M::jacobian_times(at.c.data(), at.k.data(), at.y.data(), forward.data());
    M::jacobian_transposed_times(at.c.data(), at.k.data(), at.u.data(), back.data());
    expect_mates(dot(at.u, forward), dot(back, at.y),
                 size_of(at.u) * size_of(forward) + size_of(back) * size_of(at.y));
    M::hessian_times(at.c.data(), at.k.data(), at.x.data(), at.y.data(), forward.data());
    M::hessian_transposed_times(at.c.data(), at.k.data(), at.x.data(), at.u.data(), back.data());
    expect_mates(dot(at.u, forward), dot(back, at.y),
                 size_of(at.u) * size_of(forward) + size_of(back) * size_of(at.y));
  }
}

TYPED_TEST(DerivativeKernel, GradientsByRateConstantsAreTheMatesOfTheTendencyAndOfTheJacobian) {
  using M = TypeParam;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    const Sample<M> at(seed);
    typename Sample<M>::Amounts forward{};
    typename Sample<M>::Rates gradient{};
    M::tendency(at.c.data(), at.dk.data(), forward.data());
    M::rate_gradient(at.c.data(), at.u.data(), gradient.data());
    expect_mates(dot(at.u, forward), dot(gradient, at.dk),
                 size_of(at.u) * size_of(forward) + size_of(gradient) * size_of(at.dk));
    M::jacobian_times(at.c.data(), at.dk.data(), at.x.data(), forward.data());
    M::jacobian_rate_gradient(at.c.data(), at.x.data(), at.u.data(), gradient.data());
    expect_mates(dot(at.u, forward), dot(gradient, at.dk),
                 size_of(at.u) * size_of(forward) + size_of(gradient) * size_of(at.dk));
  }
}

TYPED_TEST(DerivativeKernel, TransposedSolveIsTheMateOfTheSolveWithTheSameFactors) {
  using M = TypeParam;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    const Sample<M> at(seed);
    std::array<double, static_cast<std::size_t>(M::entry_count)> a{};
    M::jacobian(at.c.data(), at.k.data(), a.data());
    for (double& entry : a) entry = -entry;
    constexpr double shift = 4000.0;  // 1 / (h gamma), above all entries: elimination is well conditioned
    for (const int d : M::diagonal) a[static_cast<std::size_t>(d)] += shift;
    M::factorise(a.data());
    auto forward = at.x, back = at.u;
    M::solve(a.data(), forward.data());
    M::solve_transposed(a.data(), back.data());
    expect_mates(dot(at.u, forward), dot(back, at.x),
                 size_of(at.u) * size_of(forward) + size_of(back) * size_of(at.x));
  }
}

TEST(DerivativeKernel, CubesAndProductsOfThreeHaveTheHessianWorkedByHand) {
  using M = mechanisms::ternary;
  std::array<double, Sample<M>::species> c = {2.0, 3.0, 5.0, 7.0}, f{};
  std::array<double, Sample<M>::reactions> k{};
  k[2] = 1.0;  // 3 A = B: r = A^3, d2r/dA2 = 6 A = 12; A loses three, B gains one
  const std::array<double, Sample<M>::species> a = {1.0, 0.0, 0.0, 0.0}, b = {0.0, 1.0, 0.0, 0.0};
  M::hessian_times(c.data(), k.data(), a.data(), a.data(), f.data());
  EXPECT_EQ(f, (std::array<double, 4>{-36.0, 12.0, 0.0, 0.0}));
  k = {};
  k[0] = 1.0;  // 2 A + B = C: r = A^2 B, d2r/dAdB = 2 A = 4; A loses two, B one
  M::hessian_times(c.data(), k.data(), a.data(), b.data(), f.data());
  EXPECT_EQ(f, (std::array<double, 4>{-8.0, -4.0, 4.0, 0.0}));
  k = {};
  k[1] = 1.0;  // A + B + C = D: d2r/dAdB = C = 5
  M::hessian_times(c.data(), k.data(), a.data(), b.data(), f.data());
  EXPECT_EQ(f, (std::array<double, 4>{-5.0, -5.0, -5.0, 5.0}));
}

}  // namespace
