#include "emission/gong2003.hpp"
#include "emission/guenther2012.hpp"
#include "emission/kok2014.hpp"
#include "emission/yienger_levy1995.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian {
namespace {

// Hand values: worked from the papers' equations with double precision, apart from this code.
constexpr double hand = 1.0e-10;  // relative

void expect_close(double value, double expected, double tolerance = hand) {
  EXPECT_NEAR(value / expected, 1.0, tolerance);
}

TEST(Biogenic, IsOneAtStandardLightWarmthAndLeafArea) {
  // 1000 umol m-2 s-1, 303 K, 5 m2 m-2: the papers' rounded constants meet 1 within 2 %.
  const double short_wave_w_m2 = 1000.0 / (0.5 * 4.57);
  const CanopyAir<double> standard{303.0, 297.0, short_wave_w_m2};
  for (const CompoundClass& compound : {isoprene_class, alpha_pinene_class, other_monoterpene_class,
                                        sesquiterpene_class, methanol_class, acetone_class})
    EXPECT_NEAR(biogenic_activity(standard, 5.0, compound), 1.0, 0.04);
  EXPECT_NEAR(biogenic_activity(standard, 5.0, isoprene_class), 1.0, 0.02);
  EXPECT_NEAR(light_activity(1000.0), 1.0, 0.001);
  EXPECT_NEAR(leaf_area_activity(5.0), 1.0, 0.001);
}

TEST(Biogenic, HasTheWarmthWorkedByHand) {
  expect_close(light_dependent_warmth(303.0, 297.0, isoprene_class), 0.983368672546644);
  expect_close(light_dependent_warmth(293.0, 287.0, isoprene_class), 0.20955695804347715);
  // At its best temperature, 313 K for leaves used to 297 K, it is C_eo.
  expect_close(light_dependent_warmth(313.0, 297.0, isoprene_class), 2.0);
  expect_close(light_independent_warmth(313.0, other_monoterpene_class), std::exp(1.0));
}

TEST(Biogenic, GivesNoIsopreneInTheDarkAndTerpenesAllNight) {
  const CanopyAir<double> night{293.0, 297.0, 0.0};
  EXPECT_EQ(biogenic_activity(night, 3.0, isoprene_class), 0.0);
  EXPECT_GT(biogenic_activity(night, 3.0, alpha_pinene_class), 0.0);
  EXPECT_EQ(biogenic_activity(CanopyAir<double>{303.0, 297.0, 500.0}, 0.0, isoprene_class), 0.0);
}

TEST(Biogenic, CarriesTheDerivativeByTemperature) {
  using Number = Dual<double, 1>;
  const CanopyAir<Number> air{Number::variable(298.0), Number(290.0), Number(400.0)};
  const Number with = biogenic_activity(air, Number(3.0), alpha_pinene_class);
  constexpr double step_k = 1.0e-4;
  const auto at = [](double kelvin) {
    return biogenic_activity(CanopyAir<double>{kelvin, 290.0, 400.0}, 3.0, alpha_pinene_class);
  };
  const double quotient = (at(298.0 + step_k) - at(298.0 - step_k)) / (2.0 * step_k);
  expect_close(with.derivative[0], quotient, 1.0e-7);  // the quotient's own error
}

TEST(SoilNitricOxide, FollowsTheTemperatureOfThePaper) {
  EXPECT_EQ(wet_soil_response(-3.0), 0.0);
  expect_close(wet_soil_response(5.0), 1.4);
  expect_close(wet_soil_response(25.0), std::exp(2.575));
  EXPECT_EQ(wet_soil_response(45.0), wet_soil_response(30.0));
  expect_close(wet_soil_response(30.0), 21.98, 1.0e-3);  // as printed
  expect_close(wet_soil_response(10.0), 2.8, 1.0e-3);    // its two branches meet
  EXPECT_EQ(dry_soil_response(-1.0), 0.0);
  expect_close(dry_soil_response(15.0), 0.5);
  EXPECT_EQ(dry_soil_response(40.0), 1.0);
}

TEST(SoilNitricOxide, LeavesTheCanopyWithWhatLeavesLetThrough) {
  expect_close(canopy_reduction(4.0, 0.005), 0.5 * (std::exp(-0.175) + std::exp(-0.96)));
  EXPECT_EQ(canopy_reduction(0.0, 0.005), 1.0);
  const SoilClass grass{0.36, 2.65, 0.66, 8.8, 0.005};
  expect_close(soil_nitric_oxide_ng_m2_s(20.0, true, 0.0, grass), 0.36 * std::exp(0.103 * 22.0));
  expect_close(soil_nitric_oxide_ng_m2_s(20.0, false, 0.0, grass), 2.65 * 25.0 / 30.0);
}

/// Monahan et al. (1986), that Gong (2003) keeps to above 0.2 um.
double monahan1986(double radius_um, double wind_m_s) {
  const double b = (0.380 - std::log10(radius_um)) / 0.650;
  return 1.373 * std::pow(wind_m_s, 3.41) * std::pow(radius_um, -3.0) *
         (1.0 + 0.057 * std::pow(radius_um, 1.05)) * std::pow(10.0, 1.19 * std::exp(-b * b));
}

TEST(SeaSalt, HasTheFluxOfThePaperAt9MetresASecond) {
  expect_close(sea_salt_number_flux(1.0, 9.0), 10160.024230565561);
  expect_close(sea_salt_number_flux(0.1, 9.0), 703923.332036065);
  expect_close(sea_salt_number_flux(8.0, 9.0), 34.56842198241418);
  // The paper's curves: with Monahan's above 0.2 um, far below it at 0.1 um and less, with its top near 0.1.
  for (const double radius_um : {0.2, 0.5, 1.0, 2.0, 4.0, 8.0})
    EXPECT_NEAR(std::log2(sea_salt_number_flux(radius_um, 9.0) / monahan1986(radius_um, 9.0)), 0.0, 1.0);
  EXPECT_LT(sea_salt_number_flux(0.07, 9.0), 0.1 * monahan1986(0.07, 9.0));
  EXPECT_LT(sea_salt_number_flux(0.07, 9.0), sea_salt_number_flux(0.1, 9.0));
}

TEST(SeaSalt, HasTheMassOfItsSizes) {
  // Midpoint rule with 4000 steps, apart from this code.
  expect_close(sea_salt_mass_at_1_m_s(0.07, 2.5), 3.3420591742294975e-14, 1.0e-6);
  expect_close(sea_salt_mass_at_1_m_s(2.5, 10.0), 1.4391943027788512e-13, 1.0e-6);
  expect_close(sea_salt_mass_at_1_m_s(0.07, 10.0),
               sea_salt_mass_at_1_m_s(0.07, 2.5) + sea_salt_mass_at_1_m_s(2.5, 10.0), 1.0e-6);
  expect_close(sea_salt_wind_factor(9.0), std::pow(9.0, 3.41));
  EXPECT_LT(sea_salt_wind_factor(0.0), 1.0e-90);
}

TEST(WindDust, IsZeroUpToTheThreshold) {
  const double threshold = dry_threshold_friction_velocity_m_s(1.225);
  expect_close(threshold, 0.2041243543549283);
  for (const double ustar : {0.0, 0.1, threshold})
    EXPECT_EQ(dust_flux_kg_m2_s(ustar, threshold, 1.225, 0.15), 0.0);
  EXPECT_GT(dust_flux_kg_m2_s(1.01 * threshold, threshold, 1.225, 0.15), 0.0);
}

TEST(WindDust, HasTheFluxWorkedByHand) {
  expect_close(dust_flux_kg_m2_s(0.5, dry_threshold_friction_velocity_m_s(1.1), 1.1, 0.15),
               7.808746862983609e-06);
  expect_close(dust_flux_kg_m2_s(0.8, dry_threshold_friction_velocity_m_s(1.225), 1.225, 0.1),
               2.5164728469235128e-05);
}

TEST(WindDust, SharesItsVolumeOutAmongSizes) {
  expect_close(dust_share(0.1, 2.5), 0.07136697698456268, 1.0e-6);
  expect_close(dust_share(2.5, 10.0), 0.658266408695124, 1.0e-6);
  EXPECT_NEAR(dust_share(0.1, 20.0), 1.0, 1.0e-3);  // c_v of the paper makes it one
}

}  // namespace
}  // namespace lantian
