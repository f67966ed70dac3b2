// Acidity of cloud drops and what oxidises S(IV) in them.
#include "aerosol/cloud_sulphur.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace lantian;  // NOLINT(google-build-using-namespace): a test

double ph(const CloudOxidation& drops) {
  return -std::log10(drops.hydrogen_mol_l);
}

/// A polluted cloud: 8 ug m-3 sulphate, 5 ppb of SO2.
CloudDrops polluted_cloud() {
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
  EXPECT_NEAR(ph(cloud_oxidation({.temperature_k = 298.15, .cloud_water_g_m3 = 0.3})), 5.6, 0.02);
}

TEST(CloudSulphur, SulphuricAcidAloneGivesItsOwnHydrogen) {
  // 3e-8 mol m-3 in 0.3 g m-3 are 1e-4 mol l-1: [H+] = 1e-4 + [SO4--], with HSO4- in balance. At 298.15 K
  // [SO4--] = 1e-4 K/(K + h) with K = 0.0102 and so h = 1.981e-4.
  const CloudOxidation drops =
      cloud_oxidation({.temperature_k = 298.15, .cloud_water_g_m3 = 0.3, .sulphate = 3.0e-8});
  EXPECT_NEAR(drops.hydrogen_mol_l, 1.981e-4, 2.0e-7);
}

TEST(CloudSulphur, DropsAreNeutralAndAmmoniaMakesThemLessAcid) {
  CloudDrops cloud = polluted_cloud();
  const DropConstants k(cloud.temperature_k);
  double before = 0.0;
  for (const double ammonia : {0.0, 1.0e-7, 2.0e-7, 5.0e-7}) {
    cloud.ammonia = ammonia;
    const CloudOxidation drops = cloud_oxidation(cloud);
    EXPECT_LT(std::fabs(drop_charge_mol_l(cloud, k, drops.hydrogen_mol_l)), 1.0e-8 * 1.0e-3);
    EXPECT_GT(ph(drops), before + 0.05);
    before = ph(drops);
  }
}

TEST(CloudSulphur, ChargeRisesWithHydrogenSoThatThereIsOneRoot) {
  const CloudDrops cloud = polluted_cloud();
  const DropConstants k(cloud.temperature_k);
  double before = drop_charge_mol_l(cloud, k, 1.0e-9);
  for (double h = 1.1e-9; h < 1.0e-2; h *= 1.1) {
    const double now = drop_charge_mol_l(cloud, k, h);
    EXPECT_GT(now, before);
    before = now;
  }
}

TEST(CloudSulphur, OzoneOxidisesAtThePublishedRateAtPh5) {
  // By hand at 298.15 K, pH 5, 0.3 g m-3: capacity 0.3e-6 x 0.08206 x 298.15 = 7.340e-6 l atm mol-1;
  // SO2 1.4 x 7.340e-6 = 1.0275e-5, HSO3- times 1230 = 1.2639e-2, SO3-- times 6.61e-3 = 8.354e-5,
  // over 1.01273.
  const CloudDrops cloud{.temperature_k = 298.15, .cloud_water_g_m3 = 0.3};
  const DissolvedSulphur s = dissolved_sulphur(cloud, DropConstants(298.15), 1.0e-5);
  EXPECT_NEAR(s.bisulphite, 1.2639e-2 / 1.01273, 1.0e-5);
  EXPECT_NEAR(s.sulphite, 8.354e-5 / 1.01273, 1.0e-7);
  EXPECT_NEAR(ozone_oxidation_l_mol_s(s, 298.15), 2.4e4 * 1.015e-5 + 3.7e5 * 1.2480e-2 + 1.5e9 * 8.249e-5,
              200.0);
}

TEST(CloudSulphur, OzoneGainsMoreThanTwoOrdersFromPh4To6) {
  // Seinfeld & Pandis (2016), figure 7.19: in the air between a hundred and a thousandfold a unit of pH at
  // first
  const CloudDrops cloud{.temperature_k = 298.15, .cloud_water_g_m3 = 0.3};
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

/// SO2 that goes in a step by rates that are constant in it, over what there was.
double oxidised_share(const CloudOxidation& rates, double ozone_per_cm3, double dt_s) {
  return -std::expm1(-dt_s * (rates.ozone_cm3_s * ozone_per_cm3 + rates.metals_per_s));
}

TEST(CloudSulphur, NothingIsOxidisedWithoutWater) {
  CloudDrops cloud = polluted_cloud();
  EXPECT_GT(cloud_oxidation(cloud).ozone_cm3_s, 0.0);
  EXPECT_GT(cloud_oxidation(cloud).metals_per_s, 0.0);
  cloud.cloud_water_g_m3 = 0.005;
  EXPECT_EQ(cloud_oxidation(cloud).ozone_cm3_s, 0.0);
  EXPECT_EQ(cloud_oxidation_over(cloud, 1.0e12, 300.0).metals_per_s, 0.0);
}

TEST(CloudSulphur, AStepOfDropsThatTurnAcidIsThatOfManyShortOnes) {
  // Three hundred steps of a second as reference; alkaline drops lose two units of pH within a minute.
  for (const double ammonia : {1.0e-7, 3.0e-7, 6.0e-7}) {
    CloudDrops cloud = polluted_cloud();
    cloud.ammonia = ammonia;
    const CloudOxidation first = cloud_oxidation(cloud), over = cloud_oxidation_over(cloud, 1.0e12, 300.0);
    CloudDrops now = cloud;
    double ozone_per_cm3 = 1.0e12;
    for (int second = 0; second < 300; ++second) {
      const CloudOxidation rates = cloud_oxidation_over(now, ozone_per_cm3, 1.0);
      const double by_ozone = rates.ozone_cm3_s * ozone_per_cm3,
                   oxidised = now.sulphur_dioxide * oxidised_share(rates, ozone_per_cm3, 1.0);
      ozone_per_cm3 -= oxidised * 6.02214076e17 * by_ozone / (by_ozone + rates.metals_per_s);
      now.sulphur_dioxide -= oxidised;
      now.sulphate += oxidised;
    }
    const double share = oxidised_share(over, 1.0e12, 300.0);
    EXPECT_NEAR(share / (1.0 - now.sulphur_dioxide / cloud.sulphur_dioxide), 1.0, 0.05) << ammonia;
    EXPECT_LT(share, oxidised_share(first, 1.0e12, 300.0));
    EXPECT_LE(ph(over), ph(first));
  }
}

TEST(CloudSulphur, AShortStepHasTheRatesOfItsBeginning) {
  const CloudDrops cloud = polluted_cloud();
  const CloudOxidation first = cloud_oxidation(cloud), over = cloud_oxidation_over(cloud, 1.0e12, 1.0e-4);
  EXPECT_NEAR(over.ozone_cm3_s / first.ozone_cm3_s, 1.0, 1.0e-4);
  EXPECT_NEAR(over.metals_per_s / first.metals_per_s, 1.0, 1.0e-4);
}

TEST(CloudSulphur, NoMoreOzoneGoesThanThereIs) {
  CloudDrops cloud = polluted_cloud();
  cloud.ammonia = 1.0e-6;
  const double ozone_per_cm3 = 1.0e10;  // 0.5 ppb, and 5 ppb of SO2
  const CloudOxidation over = cloud_oxidation_over(cloud, ozone_per_cm3, 300.0);
  EXPECT_LT(over.ozone_cm3_s * 300.0 * cloud.sulphur_dioxide * 6.022e17, 5.0);  // e-foldings of ozone
}

}  // namespace
