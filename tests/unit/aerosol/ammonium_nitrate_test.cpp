#include "aerosol/ammonium_nitrate.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace {

using namespace lantian;
using Air = AmmoniaSystem<double>;

TEST(AmmoniumNitrate, ConstantIsThatOfMozurkewichAndFallsSteeplyInTheCold) {
  // exp(118.87 - 24084 / 298.15 - 6.025 ln 298.15), worked apart.
  EXPECT_NEAR(ammonium_nitrate_constant_ppb2(298.15), 43.114, 0.001);
  const double ratio = ammonium_nitrate_constant_ppb2(298.15) / ammonium_nitrate_constant_ppb2(273.15);
  EXPECT_GT(ratio, 800.0);  // enthalpy of 184 kJ mol-1: a factor of about 900 over 25 K
  EXPECT_LT(ratio, 1000.0);
}

TEST(AmmoniumNitrate, DeliquescesAtSixtyTwoPerCentAt298K) {
  EXPECT_NEAR(ammonium_nitrate_deliquescence(298.15), 0.618, 0.001);  // Stelson & Seinfeld (1982): 61.8 %
}

TEST(AmmoniumNitrate, ProductFallsWithHumidityWithoutAJump) {
  for (const double temperature_k : {263.0, 273.0, 283.0, 298.0, 303.0}) {
    const double dry = ammonium_nitrate_constant_ppb2(temperature_k);
    EXPECT_EQ(ammonium_nitrate_product_ppb2(temperature_k, 0.3), dry);
    double last = dry;
    for (int n = 0; n <= 10000; ++n) {
      const double product = ammonium_nitrate_product_ppb2(temperature_k, 1.0e-4 * n);
      // The steepest part falls by the whole constant over 0.05 of humidity or more: 2e-3 of it in 1e-4.
      EXPECT_LT(std::fabs(product - last), 5.0e-3 * dry) << temperature_k << " " << n;
      last = product;
    }
    EXPECT_LT(last, 0.06 * dry);
    EXPECT_GT(last, 0.0);
  }
}

TEST(AmmoniumNitrate, StandsInEquilibriumWithItsGases) {
  const double product_ppb2 = 3.0;
  const Air after = equilibrate(Air{2.0, 5.0, 1.0, 9.0, 4.0}, product_ppb2);
  EXPECT_GT(after.nitrate, 0.0);
  EXPECT_NEAR(after.ammonia * after.nitric_acid, product_ppb2, 1.0e-12);
  // By hand: free ammonia 13 - 4 = 9, nitrate 6: (9 - x)(6 - x) = 3 has the smaller root (15 - sqrt(21)) / 2.
  EXPECT_NEAR(after.nitrate, 0.5 * (15.0 - std::sqrt(21.0)), 1.0e-12);
}

TEST(AmmoniumNitrate, SulphateIsNeutralisedFirst) {
  const Air poor = equilibrate(Air{5.0, 4.0, 0.5, 3.0, 2.0}, 0.1);
  EXPECT_EQ(poor.ammonia, 0.0);  // 5 ppb of ammonia for 5 ppb of sulphate, which would take 10
  EXPECT_EQ(poor.ammonium, 5.0);
  EXPECT_EQ(poor.nitrate, 0.0);
  EXPECT_EQ(poor.nitric_acid, 4.5);
}

TEST(AmmoniumNitrate, DriesUpWhereTheGasesAreTooFew) {
  const Air dry = equilibrate(Air{0.0, 1.0, 1.0, 1.0, 1.0}, 10.0);
  EXPECT_EQ(dry.nitrate, 0.0);
  EXPECT_EQ(dry.nitric_acid, 2.0);
  EXPECT_EQ(dry.ammonia, 2.0);
  EXPECT_EQ(dry.ammonium, 0.0);
}

TEST(AmmoniumNitrate, KeepsNitrogenAndIsNeverNegativeInAnyAir) {
  std::mt19937 random(1993);
  std::uniform_real_distribution<double> decade(-6.0, 2.0);
  const auto draw = [&] { return std::pow(10.0, decade(random)); };
  for (int n = 0; n < 20000; ++n) {
    const Air before{draw(), draw(), draw(), draw(), draw()};
    const Air after = equilibrate(before, draw());
    for (const double amount : {after.nitric_acid, after.nitrate, after.ammonia, after.ammonium})
      ASSERT_GE(amount, 0.0);
    const double nitrate = before.nitric_acid + before.nitrate, ammonia = before.ammonia + before.ammonium;
    ASSERT_NEAR(after.nitric_acid + after.nitrate, nitrate, 4.0e-16 * nitrate);  // two roundings
    ASSERT_NEAR(after.ammonia + after.ammonium, ammonia, 4.0e-16 * ammonia);
    ASSERT_EQ(after.sulphate, before.sulphate);
  }
}

TEST(AmmoniumNitrate, AskedTwiceAnswersTheSame) {
  const Air once = equilibrate(Air{2.0, 5.0, 1.0, 9.0, 4.0}, 3.0);
  const Air twice = equilibrate(once, 3.0);
  EXPECT_NEAR(twice.nitrate, once.nitrate, 1.0e-14);
  EXPECT_NEAR(twice.ammonium, once.ammonium, 1.0e-14);
}

TEST(AmmoniumNitrate, DerivativesAgreeWithDifferenceQuotients) {
  using Number = Dual<double, 1>;
  const auto nitrate = [](auto temperature_k, auto humidity, auto ammonia) {
    using T = decltype(ammonia);
    const AmmoniaSystem<T> air{T(2.0), T(5.0), T(1.0), ammonia, T(4.0)};
    return equilibrate(air, ammonium_nitrate_product_ppb2(T(temperature_k), T(humidity))).nitrate;
  };
  constexpr double h = 1.0e-5;
  for (const double humidity : {0.4, 0.72, 0.9}) {
    const double by_temperature =
        (nitrate(285.0 + h, humidity, 9.0) - nitrate(285.0 - h, humidity, 9.0)) / (2.0 * h);
    EXPECT_NEAR(nitrate(Number::variable(285.0), Number(humidity), Number(9.0)).derivative[0], by_temperature,
                1.0e-8);
    const double by_humidity =
        (nitrate(285.0, humidity + h, 9.0) - nitrate(285.0, humidity - h, 9.0)) / (2.0 * h);
    EXPECT_NEAR(nitrate(Number(285.0), Number::variable(humidity), Number(9.0)).derivative[0], by_humidity,
                1.0e-6);
    const double by_ammonia =
        (nitrate(285.0, humidity, 9.0 + h) - nitrate(285.0, humidity, 9.0 - h)) / (2.0 * h);
    EXPECT_NEAR(nitrate(Number(285.0), Number(humidity), Number::variable(9.0)).derivative[0], by_ammonia,
                1.0e-9);
  }
}

}  // namespace
