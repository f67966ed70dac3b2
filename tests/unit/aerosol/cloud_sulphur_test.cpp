// Acidity of cloud drops and what oxidises S(IV) in them.
#include "aerosol/cloud_oxidants.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace lantian;

CloudOxidation<> rates_of(const CloudDrops<>& cloud) {
  return cloud_oxidation(cloud, NitrogenDioxideLaw::lee_schwartz);
}

double ph(const CloudOxidation<>& drops) {
  return -std::log10(drops.hydrogen_mol_l);
}

/// A polluted cloud: 8 ug m-3 sulphate, 5 ppb of SO2.
CloudDrops<> polluted_cloud() {
  return {.temperature_k = 283.15,
          .pressure_pa = 9.0e4,
          .cloud_water_g_m3 = 0.3,
          .sulphur_dioxide = 2.0e-7,
          .sulphate = 8.0e-8,
          .ammonia = 2.0e-7,
          .nitric_acid = 6.0e-8,
          .chloride = 1.0e-8,
          .base = 1.0e-8,
          .iron = 3.0e-10,
          .manganese = 3.0e-11};
}

TEST(CloudSulphur, DropsWithCarbonDioxideAloneHaveThePhOfCleanRain) {
  // Seinfeld & Pandis (2016), section 20.5: 5.6
  EXPECT_NEAR(ph(rates_of({.temperature_k = 298.15, .cloud_water_g_m3 = 0.3})), 5.6, 0.02);
}

TEST(CloudSulphur, SulphuricAcidAloneGivesItsOwnHydrogen) {
  // 3e-8 mol m-3 in 0.3 g m-3 are 1e-4 mol l-1: [H+] = 1e-4 + [SO4--], with HSO4- in balance. At 298.15 K
  // [SO4--] = 1e-4 K/(K + h) with K = 0.0102 and so h = 1.981e-4.
  const CloudOxidation<> drops =
      rates_of({.temperature_k = 298.15, .cloud_water_g_m3 = 0.3, .sulphate = 3.0e-8});
  EXPECT_NEAR(drops.hydrogen_mol_l, 1.981e-4, 2.0e-7);
}

TEST(CloudSulphur, DropsAreNeutralAndAmmoniaMakesThemLessAcid) {
  CloudDrops<> cloud = polluted_cloud();
  const DropConstants k(cloud.temperature_k);
  double before = 0.0;
  for (const double ammonia : {0.0, 1.0e-7, 2.0e-7, 5.0e-7}) {
    cloud.ammonia = ammonia;
    const CloudOxidation<> drops = rates_of(cloud);
    EXPECT_LT(std::fabs(drop_charge(cloud, k, drops.hydrogen_mol_l).mol_l), 1.0e-8 * 1.0e-3);
    EXPECT_GT(ph(drops), before + 0.05);
    before = ph(drops);
  }
}

TEST(CloudSulphur, ChargeRisesWithHydrogenSoThatThereIsOneRoot) {
  const CloudDrops<> cloud = polluted_cloud();
  const DropConstants k(cloud.temperature_k);
  double before = drop_charge(cloud, k, 1.0e-9).mol_l;
  for (double h = 1.1e-9; h < 1.0e-2; h *= 1.1) {
    const double now = drop_charge(cloud, k, h).mol_l;
    EXPECT_GT(now, before);
    before = now;
    const double step = 1.0e-5;  // of ln h: errors of 1e-10 of the third derivative
    const double quotient =
        (drop_charge(cloud, k, h * std::exp(step)).mol_l - drop_charge(cloud, k, h * std::exp(-step)).mol_l) /
        (2.0 * step);
    EXPECT_NEAR(drop_charge(cloud, k, h).slope_mol_l / quotient, 1.0, 1.0e-6);
  }
}

TEST(CloudSulphur, FindsTheSameHydrogenFromAnyGuess) {
  for (const double ammonia : {0.0, 2.0e-7, 1.0e-6}) {
    CloudDrops<> cloud = polluted_cloud();
    cloud.ammonia = ammonia;
    const DropConstants k(cloud.temperature_k);
    const double h = drop_hydrogen_mol_l(cloud, k);
    for (const double guess : {1.0e-12, 1.0e-9, 1.0e-7, 1.0e-4, 1.0e-2, 1.0})
      EXPECT_NEAR(drop_hydrogen_mol_l(cloud, k, guess) / h, 1.0, 1.0e-11);
  }
}

TEST(CloudSulphur, OzoneOxidisesAtThePublishedRateAtPh5) {
  // By hand at 298.15 K, pH 5, 0.3 g m-3: capacity 0.3e-6 x 0.08206 x 298.15 = 7.340e-6 l atm mol-1;
  // SO2 1.4 x 7.340e-6 = 1.0275e-5, HSO3- times 1230 = 1.2639e-2, SO3-- times 6.61e-3 = 8.354e-5,
  // over 1.01273.
  const CloudDrops<> cloud{.temperature_k = 298.15, .cloud_water_g_m3 = 0.3};
  const DissolvedSulphur<> s = dissolved_sulphur(cloud, DropConstants(298.15), 1.0e-5);
  EXPECT_NEAR(s.bisulphite, 1.2639e-2 / 1.01273, 1.0e-5);
  EXPECT_NEAR(s.sulphite, 8.354e-5 / 1.01273, 1.0e-7);
  EXPECT_NEAR(ozone_oxidation_l_mol_s(s, 298.15), 2.4e4 * 1.015e-5 + 3.7e5 * 1.2480e-2 + 1.5e9 * 8.249e-5,
              200.0);
}

TEST(CloudSulphur, OzoneGainsMoreThanTwoOrdersFromPh4To6) {
  // Seinfeld & Pandis (2016), figure 7.19: in the air between a hundred and a thousandfold a unit of pH at
  // first
  const CloudDrops<> cloud{.temperature_k = 298.15, .cloud_water_g_m3 = 0.3};
  const DropConstants k(298.15);
  const auto at = [&](double h) { return ozone_oxidation_l_mol_s(dissolved_sulphur(cloud, k, h), 298.15); };
  EXPECT_GT(at(1.0e-5) / at(1.0e-4), 50.0);
  EXPECT_GT(at(1.0e-6) / at(1.0e-5), 50.0);
}

TEST(CloudSulphur, MetalsWorkTogetherByMartinAndGoodmanOnBothSidesOfTheirCrossing) {
  // 3e-7 mol l-1 Fe, 3e-8 Mn, pH 3, no sulphate: 750 x 3e-8 + 2600 x 3e-7 + 3.72e7 x 9e-15 x 10^2.22
  EXPECT_NEAR(metal_oxidation_per_s(3.0e-7, 3.0e-8, 1.0e-3, 0.0), 2.25e-5 + 7.8e-4 + 5.556e-5, 1.0e-7);
  // pH 5: 2.51e13 x 9e-15 x 10^-3.35
  EXPECT_NEAR(metal_oxidation_per_s(3.0e-7, 3.0e-8, 1.0e-5, 0.0), 2.25e-5 + 7.8e-4 + 1.009e-4, 1.0e-7);
  const double below = metal_oxidation_per_s(3.0e-7, 3.0e-8, 7.37e-5, 0.0),
               above = metal_oxidation_per_s(3.0e-7, 3.0e-8, 7.31e-5, 0.0);
  EXPECT_NEAR(below / above, 1.0, 5.0e-3);
  EXPECT_LT(metal_oxidation_per_s(3.0e-7, 3.0e-8, 1.0e-4, 1.0e-4), below);
}

TEST(CloudSulphur, PeroxidesOxidiseAtThePublishedRatesAtPh4) {
  // At 298.15 K and [HSO3-] of all SO2 as it stands there: 1e-4 mol l-1 of hydrogen.
  const CloudDrops<> cloud{.temperature_k = 298.15, .cloud_water_g_m3 = 0.3};
  const DissolvedSulphur<> s = dissolved_sulphur(cloud, DropConstants(298.15), 1.0e-4);
  EXPECT_NEAR(peroxide_oxidation_l_mol_s(s, 1.0e-4, 298.15) / s.bisulphite, 7450.0 / 1.0013, 1.0e-9 * 7450.0);
  EXPECT_NEAR(methyl_hydroperoxide_oxidation_l_mol_s(s, 1.0e-4, 298.15) / s.bisulphite, 1900.0, 1.0e-6);
  EXPECT_NEAR(peroxyacetic_acid_oxidation_l_mol_s(s, 1.0e-4, 298.15) / s.bisulphite, 3600.0 + 700.0, 1.0e-6);
  // 15.96 x 298.15/R: exp(-15.96 (298.15/278.15 - 1)) = 0.3175
  EXPECT_NEAR(peroxide_oxidation_l_mol_s(s, 1.0e-4, 278.15) / peroxide_oxidation_l_mol_s(s, 1.0e-4, 298.15),
              0.3174, 1.0e-4);
}

TEST(CloudSulphur, HydrogenPeroxideHardlyCaresForThePhBelow6) {
  // Seinfeld & Pandis (2016), figure 7.15: [H+] [HSO3-] is that of SO2 in water, until water holds much of it
  const CloudDrops<> cloud{.temperature_k = 298.15, .cloud_water_g_m3 = 0.3};
  const DropConstants k(298.15);
  const auto at = [&](double h) {
    return peroxide_oxidation_l_mol_s(dissolved_sulphur(cloud, k, h), h, 298.15);
  };
  EXPECT_NEAR(at(1.0e-3) / at(1.0e-5), 1.0, 0.02);
}

TEST(CloudSulphur, NitrogenDioxideHasThreeLawsThatAgreeFromPh5Point3On) {
  const DissolvedSulphur<> one{.hydrated = 0.2, .bisulphite = 0.5, .sulphite = 0.3};
  const auto at = [&](double ph, NitrogenDioxideLaw law) {
    return nitrogen_dioxide_oxidation_l_mol_s(one, std::pow(10.0, -ph), law);
  };
  using enum NitrogenDioxideLaw;
  for (const NitrogenDioxideLaw law : {constant, lee_schwartz}) {
    EXPECT_NEAR(at(5.3, law), 1.24e7, 1.0);
    EXPECT_NEAR(at(7.0, law), 1.455e7, 1.0) << "half way to pH 8.7";
    EXPECT_NEAR(at(8.7, law), 1.67e7, 1.0);
  }
  EXPECT_NEAR(at(4.0, constant), 1.24e7, 1.0);
  EXPECT_NEAR(at(4.0, lee_schwartz), 1.4e5, 1.0e-3);
  EXPECT_NEAR(at(5.0, lee_schwartz), 1.4e5, 1.0e-3);
  EXPECT_NEAR(at(5.15, lee_schwartz), std::sqrt(1.4e5 * 1.24e7), 1.0);
  for (const double ph : {4.0, 6.0}) EXPECT_EQ(at(ph, off), 0.0);
}

TEST(CloudSulphur, NothingIsOxidisedWithoutWater) {
  CloudDrops<> cloud = polluted_cloud();
  for (const double rate : rates_of(cloud).oxidants_cm3_s) EXPECT_GT(rate, 0.0);
  EXPECT_GT(rates_of(cloud).metals_per_s, 0.0);
  cloud.cloud_water_g_m3 = 0.005;
  for (const double rate : rates_of(cloud).oxidants_cm3_s) EXPECT_EQ(rate, 0.0);
  const CloudOxidation<> over = cloud_oxidation_over(cloud, {1.0e12, 1.0e10, 1.0e9, 1.0e9, 1.0e11}, 300.0,
                                                     NitrogenDioxideLaw::constant);
  EXPECT_EQ(over.metals_per_s, 0.0);
  EXPECT_EQ(over.by(DropOxidant::hydrogen_peroxide), 0.0);
}

}  // namespace
