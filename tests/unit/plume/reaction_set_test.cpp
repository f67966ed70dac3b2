// Formulas of the generic reaction set.
#include "plume/generic_reaction_set.hpp"
#include "plume/ground_light.hpp"
#include "plume/reaction_steps.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian::plume::testing {
namespace {

/// NO2 [ppb] after a time, exactly: dn/dt = k (n - low)(n - high).
double exact_no2_ppb(const NitrogenAir& air, const NitrogenRates& rates, double time_s) {
  const reaction_detail::Roots roots = reaction_detail::still_no2(air, rates);
  const double gap = roots.high_ppb - roots.low_ppb, above = air.no2_ppb - roots.low_ppb;
  const double share = std::exp(-rates.oxidation_ppb_s * gap * time_s);
  return roots.low_ppb + above * share * gap / (roots.high_ppb - air.no2_ppb + above * share);
}

TEST(ReactionSet, HasTheRatesOfNightAndDay) {
  const NitrogenRates night = nitrogen_rates(298.0, 0.0), day = nitrogen_rates(298.0, 500.0);
  EXPECT_NEAR(night.oxidation_ppb_s, 4.405e-2 * std::exp(-1370.0 / 298.0), 1e-15);
  EXPECT_EQ(night.photolysis_s, 0.0);
  EXPECT_NEAR(day.photolysis_s, 8.0e-4 * std::exp(-0.02) + 3.7e-3, 1e-12);
  EXPECT_EQ(nitrogen_rates(298.0, -20.0).photolysis_s, 0.0);
}

TEST(ReactionSet, TakesTheLightOfABalanceByHand) {
  // H = 90, B = 1: net 200; 2.12 * 200 + 5.67e-8 * 280^4 - 5.31e-13 * 280^6 - 60 * 0.5 = 486.62; over 0.8.
  EXPECT_NEAR(solar_irradiance_w_m2(90.0, 1.0, 0.2, 280.0, 5.0), 608.3, 0.1);
  EXPECT_EQ(solar_irradiance_w_m2(90.0, 1.0, 1.0, 280.0, 5.0), 0.0);
  EXPECT_EQ(solar_irradiance_w_m2(90.0, 0.0, 0.2, 280.0, 5.0), 0.0);
}

TEST(ReactionSet, ComesToRestInThePhotostationaryState) {
  const NitrogenRates rates = nitrogen_rates(290.0, 600.0);
  const NitrogenAir air{80.0, 10.0, 40.0}, rest = photostationary(air, rates);
  EXPECT_NEAR(rates.oxidation_ppb_s * rest.no_ppb * rest.o3_ppb, rates.photolysis_s * rest.no2_ppb, 1e-12);
  EXPECT_NEAR(exact_no2_ppb(air, rates, 1e5), rest.no2_ppb, 1e-9);
  EXPECT_NEAR(reacted(air, rates, 3600.0).no2_ppb, rest.no2_ppb, 0.02 * rest.no2_ppb);
  EXPECT_NEAR(reacted(rest, rates, 3600.0).no2_ppb, rest.no2_ppb, 1e-3 * rest.no2_ppb);
}

TEST(ReactionSet, StepsToTheExactSolutionWithinItsErrorAndLosesNothing) {
  for (const double light_w_m2 : {0.0, 100.0, 800.0}) {
    const NitrogenRates rates = nitrogen_rates(285.0, light_w_m2);
    for (const NitrogenAir& air : {NitrogenAir{80.0, 10.0, 40.0}, NitrogenAir{0.01, 0.0, 60.0},
                                   NitrogenAir{3000.0, 200.0, 30.0}, NitrogenAir{20.0, 80.0, 0.0}}) {
      for (const double time_s : {1.0, 30.0, 400.0, 3600.0}) {
        const NitrogenAir after = reacted(air, rates, time_s);
        const double exact = exact_no2_ppb(air, rates, time_s);
        EXPECT_NEAR(after.no2_ppb, exact, 0.02 * exact) << light_w_m2 << ' ' << air.no_ppb << ' ' << time_s;
        EXPECT_GE(after.no_ppb, 0.0);
        EXPECT_GE(after.o3_ppb, 0.0);
        const double nox = air.no_ppb + air.no2_ppb;
        EXPECT_NEAR(after.no_ppb + after.no2_ppb, nox, 1e-3 * nox);
      }
    }
  }
}

TEST(ReactionSet, FollowsTheEquationOfItsRateAtFirst) {
  const NitrogenRates rates = nitrogen_rates(290.0, 600.0);
  const NitrogenAir air{80.0, 10.0, 40.0};
  EXPECT_DOUBLE_EQ(reacted(air, rates, 0.0).no2_ppb, 10.0);
  for (const double time_s : {0.1, 1.0, 5.0})  // few steps: fifth order
    EXPECT_NEAR(reacted(air, rates, time_s).no2_ppb, exact_no2_ppb(air, rates, time_s), 1e-4) << time_s;
}

TEST(ReactionSet, LeavesAirWithNothingToReactAlone) {
  const NitrogenRates night = nitrogen_rates(280.0, 0.0), day = nitrogen_rates(280.0, 700.0);
  EXPECT_DOUBLE_EQ(reacted({80.0, 10.0, 0.0}, night, 3600.0).no2_ppb, 10.0);
  EXPECT_DOUBLE_EQ(reacted({0.0, 10.0, 40.0}, night, 3600.0).no2_ppb, 10.0);
  EXPECT_DOUBLE_EQ(reacted({0.0, 0.0, 40.0}, day, 3600.0).o3_ppb, 40.0);
  const NitrogenAir faint = reacted({1e-25, 1e-25, 40.0}, day, 3600.0);
  EXPECT_TRUE(std::isfinite(faint.no2_ppb) && std::isfinite(faint.no_ppb));
}

TEST(ReactionSet, OfEightAirsIsThatOfEachWithWhicheverNeighbours) {
  const NitrogenRates rates = nitrogen_rates(285.0, 300.0);
  NitrogenAirOf<Lanes> eight;
  Lanes time_s{};
  for (int lane = 0; lane < lane_count; ++lane) {
    eight.no_ppb[lane] = lane == 3 ? 0.0 : 3000.0 / (1.0 + lane * lane);
    eight.no2_ppb[lane] = 10.0 * lane;
    eight.o3_ppb[lane] = 60.0 - 8.0 * lane;
    time_s[lane] = lane == 5 ? 0.0 : 3600.0 / (1.0 + 10.0 * lane);
  }
  const NitrogenAirOf<Lanes> after = reacted(eight, rates, time_s);
  for (int lane = 0; lane < lane_count; ++lane) {
    const NitrogenAir air{eight.no_ppb[lane], eight.no2_ppb[lane], eight.o3_ppb[lane]};
    EXPECT_NEAR(after.no2_ppb[lane], reacted(air, rates, time_s[lane]).no2_ppb, 1e-9 * (1.0 + air.no2_ppb));
    const NitrogenAirOf<Lanes> same{Lanes{} + air.no_ppb, Lanes{} + air.no2_ppb, Lanes{} + air.o3_ppb};
    EXPECT_EQ(after.no2_ppb[lane], reacted(same, rates, Lanes(Lanes{} + time_s[lane])).no2_ppb[0]) << lane;
  }
}

TEST(ReactionSet, SpreadAtAnInstantLiesBetweenItsOwnAndTheMean) {
  EXPECT_NEAR(instant_sigma_m(100.0, 10.0, 0.01, 0.0), 10.0, 1e-9);
  EXPECT_NEAR(instant_sigma_m(100.0, 10.0, 0.01, 1e6), 100.0, 0.1);
  EXPECT_DOUBLE_EQ(instant_sigma_m(10.0, 10.0, 0.01, 50.0), 10.0);
  const DissipationScale air{0.4, 1.5, 800.0, 0.1, false};
  EXPECT_NEAR(plume_dissipation_m2_s3(50.0, air), 2.5 * 0.064 / 50.0 + (2.0 * 0.064 + 0.4 * 3.375) / 800.0,
              1e-12);
}

}  // namespace
}  // namespace lantian::plume::testing
