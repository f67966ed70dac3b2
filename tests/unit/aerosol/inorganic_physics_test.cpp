// Published values and limits of the inorganic equilibrium.
#include "unit/aerosol/inorganic_air.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>

namespace {

using namespace lantian;

double binary_gamma(Salt salt, double strength) {
  double log10_gamma = 0.0, slope = 0.0;
  const auto s = static_cast<std::size_t>(salt);
  kusik_meissner(strength_terms(strength, 25.0), kusik_meissner_q[s], charge_product[s], log10_gamma, slope);
  return std::pow(10.0, log10_gamma);
}

TEST(KusikMeissner, GivesMeasuredActivityCoefficientsOfOneMolalSolutions) {
  // Robinson & Stokes (1959), Electrolyte Solutions, appendix 8.10, at 25 degrees and 1 mol kg-1. One
  // parameter serves all strengths: for the acids it is the strong solutions that set it, and weak ones are 5
  // to 7 % low.
  EXPECT_NEAR(binary_gamma(Salt::nacl, 1.0), 0.657, 0.01);
  EXPECT_NEAR(binary_gamma(Salt::hcl, 1.0), 0.809, 0.05);
  EXPECT_NEAR(binary_gamma(Salt::hno3, 1.0), 0.724, 0.06);
  EXPECT_NEAR(binary_gamma(Salt::nh4no3, 1.0), 0.504, 0.02);
}

TEST(KusikMeissner, SlopeIsThatOfADifferenceQuotient) {
  for (std::size_t s = 0; s < salt_count; ++s)
    for (const double strength : {0.01, 0.7, 5.0, 30.0, 90.0}) {
      const auto value = [&](double x, double& slope) {
        double log10_gamma = 0.0;
        kusik_meissner(strength_terms(x, 5.0), kusik_meissner_q[s], charge_product[s], log10_gamma, slope);
        return log10_gamma;
      };
      double slope = 0.0, unused = 0.0;
      value(strength, slope);
      const double h = 1.0e-5 * strength;
      const double quotient = (value(strength + h, unused) - value(strength - h, unused)) / (2.0 * h);
      EXPECT_NEAR(slope, quotient, 1.0e-7 * std::max(1.0, std::fabs(quotient))) << s << " at " << strength;
    }
}

TEST(Bromley, OneSaltAloneHasItsBinaryCoefficient) {
  // With one cation and one anion the sums hold one pair each: g is g0.
  const double strength = 3.0, celsius = 10.0;
  const StrengthActivities<double> at = strength_activities(celsius, 0.5, strength);
  Ions<double> x{};
  x.nh4 = x.no3 = 1.0;  // molality over ionic strength of a 1-1 salt
  const auto pairs = pair_terms(at.salt.log10_gamma, at.over_chloride, at.debye);
  const double found = mean_activities(bromley_sums(pairs, x), at.debye).nh4no3;
  EXPECT_NEAR(found, ln_10 * at.salt.log10_gamma[static_cast<std::size_t>(Salt::nh4no3)], 1.0e-13);
}

TEST(BinaryWater, MolalitiesAreThePublishedOnesAtEightyPerCent) {
  // Clegg et al. (1998): 5.83 mol kg-1 of (NH4)2SO4, 10.05 of NH4NO3, 5.15 of NaCl, 3.73 of H2SO4.
  const auto water = water_per_mole_kg(0.80);
  const auto molality = [&](Hydrate salt) { return 1.0 / water[static_cast<std::size_t>(salt)]; };
  EXPECT_NEAR(molality(Hydrate::nh4_2so4), 5.83, 0.03);
  EXPECT_NEAR(molality(Hydrate::nh4no3), 10.05, 0.06);
  EXPECT_NEAR(molality(Hydrate::nacl), 5.15, 0.03);
  EXPECT_NEAR(molality(Hydrate::h2so4), 3.73, 0.02);
}

TEST(BinaryWater, GrowsWithHumidityForEachSalt) {
  for (std::size_t s = 0; s < hydrate_count; ++s) {
    double last = 0.0;
    for (int n = 0; n <= 890; ++n) {
      const double water = water_per_mole_kg(0.10 + 1.0e-3 * n)[s];
      ASSERT_GT(water, last) << s << " at " << n;
      last = water;
    }
  }
}

TEST(InorganicEquilibrium, AmmoniumSulphateAloneHoldsItsBinaryWater) {
  InorganicTotals<double> t{.temperature_k = 298.15, .relative_humidity = 0.8};
  t.sulphate = 1.0e-7;
  t.ammonia = 4.0e-7;  // twice what sulphate takes: a per cent of it is bisulphate
  const auto e = solved(t).answer;
  EXPECT_NEAR(e.water_kg_m3, 1.0e-7 / 5.83, 5.0e-3 * e.water_kg_m3);
  EXPECT_NEAR(e.nh4, 2.0e-7, 1.0e-2 * e.nh4);
}

TEST(InorganicEquilibrium, HeatDrivesNitrateOutAndHumidityDrawsItIn) {
  InorganicTotals<double> t = winter_night();
  double last = 1.0;
  for (double temperature_k = 260.0; temperature_k <= 310.0; temperature_k += 5.0) {
    t.temperature_k = temperature_k;
    const double nitrate = solved(t).answer.no3;
    EXPECT_LT(nitrate, last);
    last = nitrate;
  }
  EXPECT_LT(last, 0.1 * t.nitrate);
  t.temperature_k = 295.0;
  t.relative_humidity = 0.4;
  const double dry = solved(t).answer.no3;
  t.relative_humidity = 0.95;
  EXPECT_GT(solved(t).answer.no3, 1.5 * dry);
}

TEST(InorganicEquilibrium, ParticlesWithoutAmmoniaAreStrongAcid) {
  InorganicTotals<double> t{.temperature_k = 285.0, .relative_humidity = 0.6};
  t.sulphate = t.nitrate = 1.0e-7;
  const auto e = solved(t).answer;
  EXPECT_GT(e.h / e.water_kg_m3, 1.0);  // pH below 0
  EXPECT_LT(e.no3, 0.01 * t.nitrate);   // strong acid drives nitric acid out
  EXPECT_GT(e.hso4, 0.1 * t.sulphate);
}

TEST(InorganicEquilibrium, AirWithoutAcidsHasNoParticles) {
  InorganicTotals<double> t{.temperature_k = 285.0, .relative_humidity = 0.6};
  t.ammonia = 5.0e-7;
  const auto e = solved(t).answer;
  EXPECT_LT(e.water_kg_m3, 1.01 * least_water_kg_m3);
  EXPECT_NEAR(e.ammonia_gas, t.ammonia, 1.0e-9 * t.ammonia);
}

TEST(InorganicEquilibrium, SeaSaltGivesItsChlorideForNitricAcid) {
  InorganicTotals<double> t{.temperature_k = 288.0, .relative_humidity = 0.75};
  t.sodium = t.chloride = 1.0e-7;
  t.sulphate = 1.0e-10;
  const double before = solved(t).answer.cl;
  t.nitrate = 8.0e-8;
  const auto e = solved(t).answer;
  EXPECT_GT(before, 0.99 * t.chloride);
  EXPECT_GT(e.no3, 0.7 * t.nitrate);
  EXPECT_NEAR(before - e.cl, e.no3, 0.01 * e.no3);  // ion for ion
}

TEST(InorganicEquilibrium, CalciumAndSulphateLeaveAsGypsum) {
  InorganicTotals<double> t = winter_night();
  t.calcium = 5.0e-8;  // half of sulphate
  EXPECT_NEAR(solved(t).answer.calcium_sulphate, t.calcium, 2.0e-4 * t.calcium);
  t.calcium = 5.0e-7;
  EXPECT_NEAR(solved(t).answer.calcium_sulphate, t.sulphate, 2.0e-4 * t.sulphate);
}

}  // namespace
