// Tangent and adjoint of the equilibrium of ammonium nitrate.
#include "aerosol/ammonium_nitrate.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <random>

namespace {

using namespace lantian;
using Air = AmmoniaSystem<double>;

template <class T>
std::array<T, 5> numbers(const AmmoniaSystem<T>& air) {
  return {air.sulphate, air.nitric_acid, air.nitrate, air.ammonia, air.ammonium};
}
double dot(const Air& a, const Air& b) {
  double sum = 0.0;
  for (std::size_t n = 0; n < 5; ++n) sum += numbers(a).at(n) * numbers(b).at(n);
  return sum;
}

/// Air of every kind: poor in ammonia, dry, with nitrate; `sign` < 0 lets numbers be negative.
struct Draw {
  std::mt19937 random{1993};
  double amount() { return std::pow(10.0, std::uniform_real_distribution<double>(-1.0, 1.0)(random)); }
  double number() { return std::uniform_real_distribution<double>(-1.0, 1.0)(random); }
  Air air() { return {0.5 * amount(), amount(), amount(), amount(), amount()}; }
  Air change() { return {number(), number(), number(), number(), number()}; }
};

TEST(AmmoniumNitrateDerivative, TangentIsThatOfDualNumbersInAirOfEveryKind) {
  using Number = Dual<double, 1>;
  Draw draw;
  int poor = 0, dry = 0, with_nitrate = 0;
  for (int n = 0; n < 5000; ++n) {
    const Air at = draw.air(), change = draw.change();
    const double product_ppb2 = draw.amount();
    AmmoniaSystem<Number> dual{at.sulphate, at.nitric_acid, at.nitrate, at.ammonia, at.ammonium};
    dual.sulphate.derivative[0] = change.sulphate;
    dual.nitric_acid.derivative[0] = change.nitric_acid;
    dual.nitrate.derivative[0] = change.nitrate;
    dual.ammonia.derivative[0] = change.ammonia;
    dual.ammonium.derivative[0] = change.ammonium;
    const auto expected = numbers(equilibrate(dual, Number(product_ppb2)));
    const auto found = numbers(equilibrate_tangent(at, product_ppb2, change));
    // Changes are of size 1. The Dual differentiates a difference of squares of up to 40 ppb over a root of
    // twice the root of K, which may be 0.6 ppb: it loses up to two digits there that the formula keeps.
    for (std::size_t s = 0; s < 5; ++s) ASSERT_NEAR(found.at(s), expected.at(s).derivative[0], 1.0e-13) << n;
    poor += at.ammonia + at.ammonium < 2.0 * at.sulphate ? 1 : 0;
    with_nitrate += expected[2].value > 0.0 ? 1 : 0;
    dry += expected[2].value == 0.0 ? 1 : 0;
  }
  EXPECT_GT(poor, 200);
  EXPECT_GT(dry, 500);
  EXPECT_GT(with_nitrate, 1000);
}

TEST(AmmoniumNitrateDerivative, AdjointIsTheMateOfTheTangent) {
  Draw draw;
  for (int n = 0; n < 5000; ++n) {
    const Air at = draw.air(), change = draw.change(), lambda = draw.change();
    const double product_ppb2 = draw.amount();
    const double forward = dot(lambda, equilibrate_tangent(at, product_ppb2, change));
    const double backward = dot(equilibrate_adjoint(at, product_ppb2, lambda), change);
    ASSERT_NEAR(forward, backward, 1.0e-14) << n;  // products of numbers of size 1
  }
}

TEST(AmmoniumNitrateDerivative, ConservedTotalsAreTheirOwnSensitivities) {
  Draw draw;
  for (int n = 0; n < 5000; ++n) {
    const Air at = draw.air();
    const double product_ppb2 = draw.amount();
    const Air nitrate = equilibrate_adjoint(at, product_ppb2, Air{0.0, 1.0, 1.0, 0.0, 0.0});
    const Air ammonia = equilibrate_adjoint(at, product_ppb2, Air{0.0, 0.0, 0.0, 1.0, 1.0});
    ASSERT_EQ(numbers(nitrate), (std::array<double, 5>{0.0, 1.0, 1.0, 0.0, 0.0}));
    ASSERT_EQ(numbers(ammonia), (std::array<double, 5>{0.0, 0.0, 0.0, 1.0, 1.0}));
  }
}

TEST(AmmoniumNitrateDerivative, StaysFiniteWhereTheGasesAllButVanish) {
  // Equal ammonia and nitrate over a product of a cold night: A + N - 2x is 2 sqrt(K), 2e-6 of 200 ppb.
  const Air slopes =
      equilibrate_tangent(Air{0.0, 60.0, 40.0, 50.0, 50.0}, 4.0e-8, Air{0.0, 1.0, 0.0, 0.0, 0.0});
  EXPECT_NEAR(slopes.nitrate, 0.5, 1.0e-12);  // by symmetry: each gas gives half
  const Air scarce =
      equilibrate_tangent(Air{0.0, 60.0, 40.0, 5.0, 5.0}, 4.0e-8, Air{0.0, 0.0, 0.0, 1.0, 0.0});
  EXPECT_NEAR(scarce.nitrate, 1.0, 1.0e-9);  // what comes of the scarce one condenses, but K / (N - A)^2
}

TEST(AmmoniumNitrateDerivative, TaylorRemainderFallsWithTheSquareOfTheChange) {
  const Air at{2.0, 5.0, 1.0, 9.0, 4.0}, change{0.3, -0.6, 0.4, 0.8, -0.5};
  const double slope = equilibrate_tangent(at, 3.0, change).nitrate;
  const auto remainder = [&](double h) {
    const Air moved{at.sulphate + h * change.sulphate, at.nitric_acid + h * change.nitric_acid,
                    at.nitrate + h * change.nitrate, at.ammonia + h * change.ammonia,
                    at.ammonium + h * change.ammonium};
    return std::fabs(equilibrate(moved, 3.0).nitrate - equilibrate(at, 3.0).nitrate - h * slope);
  };
  EXPECT_NEAR(std::log10(remainder(1.0e-2) / remainder(1.0e-5)) / 3.0, 2.0, 0.02);
}

}  // namespace
