// Acid gases on coarse sea salt and dust, organic nitrates in particles.
#include "aerosol/organic_nitrate.hpp"
#include "chemistry/rate_laws.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace lantian;
using rate_words::coarse_dust, rate_words::coarse_sea_salt, rate_words::coarse_uptake_cm3_s;

constexpr double molecules_per_mol = 6.02214076e23;

RateConditions<> spring_air() {
  RateConditions<> air;
  air.temperature_k = 285.0;
  air.air_per_cm3 = 2.57e19;
  air.relative_humidity = 0.7;
  return air;
}

TEST(CoarseUptake, ADustStormTakesUpNitricAcidWithinHours) {
  // 50 ug m-3 of dust: S = 6 x 50e-12 m3 / 2.2 / 3.04e-6 m = 4.486e-5 m2 m-3; c = 145.5 sqrt(285/63.01) =
  // 309.4 m s-1, D = 1e-5 x 2.4615/2.57 x (285/298.15)^0.75 = 9.258e-6 m2 s-1; 4.486e-5/(1.52e-6/9.258e-6 +
  // 4/(309.4 gamma)).
  const double base_per_cm3 = 50.0e-12 / (20.039 / 0.030) * molecules_per_mol;
  const double k_per_s = base_per_cm3 * coarse_uptake_cm3_s(spring_air(), coarse_dust, 0.1, 63.01);
  EXPECT_NEAR(k_per_s, 4.486e-5 / (1.52e-6 / 9.258e-6 + 4.0 / 30.94), 2.0e-7);
}

TEST(CoarseUptake, GrowsWithSurfaceButLessWhereDiffusionLimits) {
  RateConditions<> humid = spring_air(), dry = spring_air();
  humid.relative_humidity = 0.9;
  dry.relative_humidity = 0.0;
  const double wet_salt = coarse_uptake_cm3_s(humid, coarse_sea_salt, 0.1, 63.01),
               dry_salt = coarse_uptake_cm3_s(dry, coarse_sea_salt, 0.1, 63.01);
  const double growth = 1.0 + 1.1 * 9.0;  // of volume
  EXPECT_GT(wet_salt, dry_salt);
  EXPECT_LT(wet_salt / dry_salt, std::pow(growth, 2.0 / 3.0));
  EXPECT_EQ(coarse_uptake_cm3_s(humid, coarse_dust, 0.1, 63.01),
            coarse_uptake_cm3_s(dry, coarse_dust, 0.1, 63.01));
  EXPECT_GT(wet_salt, 0.0);
}

TEST(CoarseUptake, EndsWithoutReactionAndIsAtMostThatOfDiffusion) {
  const RateConditions<> air = spring_air();
  EXPECT_LT(coarse_uptake_cm3_s(air, coarse_dust, 0.0, 63.01), 1.0e-36);
  const double most = coarse_uptake_cm3_s(air, coarse_dust, 1.0e9, 63.01);
  // k = 6 m/(rho d) D/R over the molecules of base
  const double surface_m2_mol = 6.0e-6 * (20.039 / 0.030) / 2.2 / 3.04e-6;
  EXPECT_NEAR(most * molecules_per_mol / 1.0e6, surface_m2_mol * 9.258e-6 / 1.52e-6,
              1.0e-3 * surface_m2_mol * 6.1);
}

TEST(CoarseUptake, HasTheDerivativeOfItsDifferenceQuotient) {
  RateConditions<Dual<double, 1>> at;
  const RateConditions<> air = spring_air();
  at.temperature_k = Dual<double, 1>(air.temperature_k);
  at.temperature_k.derivative[0] = 1.0;
  at.air_per_cm3 = Dual<double, 1>(air.air_per_cm3);
  at.relative_humidity = Dual<double, 1>(air.relative_humidity);
  const auto of = [&](double kelvin) {
    RateConditions<> moved = air;
    moved.temperature_k = kelvin;
    return coarse_uptake_cm3_s(moved, coarse_sea_salt, 0.1, 63.01);
  };
  const double quotient = (of(285.01) - of(284.99)) / 0.02;
  const auto slope = coarse_uptake_cm3_s(at, coarse_sea_salt, Dual<double, 1>(0.1), 63.01).derivative[0];
  EXPECT_NEAR(slope, quotient, 1.0e-6 * std::fabs(quotient));
}

TEST(OrganicNitrate, IsInParticlesWithTheShareOfRollins) {
  // 5 ug m-3: (0.34 x 5/5.73 + 0.66 x 5/1005)/0.79
  EXPECT_NEAR(organic_nitrate_share(5.0), (0.34 * 5.0 / 5.73 + 0.66 * 5.0 / 1005.0) / 0.79, 1.0e-12);
  EXPECT_EQ(organic_nitrate_share(0.0), 0.0);
  EXPECT_LE(organic_nitrate_share(1.0e6), 1.0);
}

}  // namespace
