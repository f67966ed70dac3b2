#include "deposition/ammonia_exchange.hpp"
#include "deposition/wesely1989.hpp"
#include "deposition/zhang2003.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian {
namespace {

// Hand values: worked step by step from the papers' equations with double precision, apart from this code.
constexpr double hand = 1.0e-10;  // relative

/// Class 7 of Zhang, Brook & Vet (2003), deciduous broadleaf trees.
constexpr ZhangSurface deciduous{.in_canopy_least = 100.0,
                                 .in_canopy_most = 250.0,
                                 .cuticle_o3_dry = 6000.0,
                                 .cuticle_o3_wet = 400.0,
                                 .ground_o3 = 200.0,
                                 .cuticle_so2_dry = 2500.0,
                                 .ground_so2 = 200.0,
                                 .stomatal_minimum = 150.0,
                                 .stomatal_light_w_m2 = 43.0,
                                 .t_min_c = 0.0,
                                 .t_max_c = 45.0,
                                 .t_opt_c = 27.0,
                                 .vapour_deficit_per_kpa = 0.36,
                                 .leaf_water_open_mpa = -1.9,
                                 .leaf_water_closed_mpa = -2.5,
                                 .snow_most_cm = 200.0,
                                 .leaf_area_least = 0.1,
                                 .leaf_area_most = 5.0,
                                 .is_water = false,
                                 .is_ice = false};
constexpr double leaf_area = 4.0, deficit_kpa = 1.0;
constexpr DepositingGas ozone{0.0, 1.0, 1.6, 1.0e-2, 1.0}, sulphur_dioxide{1.0, 0.0, 1.9, 1.0e5, 0.0},
    nitric_acid{10.0, 10.0, 1.9, 1.0e14, 0.0}, nitric_oxide{0.0, 0.0, 1.3, 2.0e-3, 0.0};
constexpr SurfaceWeather day{.ustar = 0.4,
                             .temperature_c = 20.0,
                             .relative_humidity = 0.6,
                             .short_wave_w_m2 = 400.0,
                             .cosine_zenith = 0.7,
                             .snow_depth_cm = 0.0,
                             .is_rain = false,
                             .is_dew = false};

SurfaceWeather night() {
  SurfaceWeather dark = day;
  dark.short_wave_w_m2 = 0.0;
  dark.cosine_zenith = -0.2;
  return dark;
}

double conductance(const SurfaceWeather& weather, const DepositingGas& gas) {
  return surface_conductance_m_s(zhang_paths(deciduous, weather, leaf_area, deficit_kpa), gas);
}

void expect_close(double value, double expected) {
  EXPECT_NEAR(value / expected, 1.0, hand);
}

TEST(GasDeposition, HasTheSublayerResistanceWorkedByHand) {
  // 2 / (0.4 x 0.3) (0.61 x 1.6 / 0.72)^(2/3)
  expect_close(sublayer_resistance_s_m(0.3, 1.6), 20.413946101273922);
}

TEST(GasDeposition, AddsTheResistancesAndKeepsTheLastAboveTen) {
  EXPECT_DOUBLE_EQ(gas_deposition_velocity_m_s(50.0, 20.0, 0.01), 1.0 / 170.0);
  EXPECT_DOUBLE_EQ(gas_deposition_velocity_m_s(50.0, 20.0, 5.0), 1.0 / 80.0);
  EXPECT_EQ(gas_deposition_velocity_m_s(50.0, 20.0, 0.0), 0.0);
}

TEST(GasDeposition, LaysDewInStillNightsAndSoonestUnderAClearSky) {
  // 100 Pa of deficit are 0.622 g kg-1: u* below 0.7235 m s-1 under a clear sky, 0.2412 under a closed one
  EXPECT_TRUE(has_dew(0.72, 10.0, 100.0, 0.0));
  EXPECT_FALSE(has_dew(0.73, 10.0, 100.0, 0.0));
  EXPECT_TRUE(has_dew(0.24, 10.0, 100.0, 1.0));
  EXPECT_FALSE(has_dew(0.25, 10.0, 100.0, 1.0));
  EXPECT_FALSE(has_dew(0.1, -1.0, 100.0, 0.0));
}

TEST(CanopyLight, PartsTheShortWaveAsWorkedByHand) {
  const VisibleLight light = visible_light_w_m2(400.0, 0.7);
  expect_close(light.direct_w_m2, 36.953731329612026);
  expect_close(light.diffuse_w_m2, 143.00980487664438);
}

TEST(CanopyLight, IsAllDiffuseUnderThickCloudAndNeverMoreThanTheShortWave) {
  EXPECT_NEAR(visible_light_w_m2(60.0, 0.7).direct_w_m2, 0.0, 1.0e-12);
  for (double cosine = 0.01; cosine <= 1.0; cosine += 0.01)
    for (double sun = 1.0; sun < 1200.0; sun += 20.0) {
      const VisibleLight light = visible_light_w_m2(sun, cosine);
      EXPECT_GE(light.direct_w_m2, 0.0);
      EXPECT_GE(light.diffuse_w_m2, 0.0);
      EXPECT_LE(light.direct_w_m2 + light.diffuse_w_m2, 1.01 * sun) << cosine;
    }
}

TEST(CanopyLight, LeavesTheWholeLeafAreaInSunAndShade) {
  for (const double area : {0.1, 1.0, 3.0, 6.0}) {
    const LitLeaves leaves = lit_leaves(area, 500.0, 0.8);
    EXPECT_NEAR(leaves.sunlit_area + leaves.shaded_area, area, 1.0e-14);
    EXPECT_GT(leaves.sunlit_w_m2, leaves.shaded_w_m2);
  }
  const LitLeaves dense = lit_leaves(leaf_area, 400.0, 0.7);
  expect_close(dense.sunlit_area, 1.3195943330253357);
  expect_close(dense.sunlit_w_m2, 45.1346564823269);
  expect_close(dense.shaded_w_m2, 32.311391937178314);
}

TEST(Zhang2003, OpensStomataFullyAtTheBestTemperatureAndNotBeyondTheLimits) {
  EXPECT_DOUBLE_EQ(stomatal_temperature_factor(deciduous, 27.0), 1.0);
  EXPECT_EQ(stomatal_temperature_factor(deciduous, 0.0), 0.0);
  EXPECT_EQ(stomatal_temperature_factor(deciduous, 45.0), 0.0);
  expect_close(stomatal_temperature_factor(deciduous, 20.0), 0.9220997420899515);
}

TEST(Zhang2003, ClosesStomataInDryAirAndStrongSunButNotBelowATenth) {
  expect_close(stomatal_water_factor(deciduous, 1.0, 400.0), 0.64);  // 1 - 0.36; psi = -1.24 MPa
  // psi = -0.72 - 1.17 - 0.13 = -2.02 MPa: (2.5 - 2.02)/(2.5 - 1.9)
  expect_close(stomatal_water_factor(deciduous, 0.0, 1000.0), 0.8);
  EXPECT_DOUBLE_EQ(stomatal_water_factor(deciduous, 9.0, 0.0), 0.1);
}

TEST(Zhang2003, HasTheConductancesWorkedByHand) {
  SurfaceWeather rain = day, dew = night(), snow = night();
  rain.is_rain = dew.is_dew = true;
  snow.temperature_c = -5.0;
  snow.snow_depth_cm = 50.0;
  expect_close(conductance(day, ozone), 0.0055072297906552815);
  expect_close(conductance(night(), sulphur_dioxide), 0.0018363582658990048);
  expect_close(conductance(night(), nitric_acid), 0.019905500769243356);
  expect_close(conductance(rain, ozone), 0.005819517495208821);  // a quarter of the stomata closed by water
  expect_close(conductance(rain, sulphur_dioxide), 0.01932749422868723);
  expect_close(conductance(dew, sulphur_dioxide), 0.008490404712756859);
  expect_close(conductance(snow, sulphur_dioxide),
               0.0014437756441434077);  // half the ground, a quarter of leaves
}

TEST(Zhang2003, LetsNoGasPassTheAirOfTheCanopyFasterThanThatAir) {
  ZhangSurface bare_leaves = deciduous;
  bare_leaves.cuticle_o3_dry = bare_leaves.cuticle_so2_dry = 0.0;  // absent: only the ground takes up
  const ZhangPaths paths = zhang_paths(bare_leaves, night(), leaf_area, deficit_kpa);
  EXPECT_LT(surface_conductance_m_s(paths, nitric_acid), 1.0 / paths.in_canopy_s_m);
}

TEST(Zhang2003, DoublesDryResistancesInFrostAndNoMore) {
  EXPECT_EQ(frost_factor(-1.0), 1.0);
  EXPECT_EQ(frost_factor(20.0), 1.0);
  expect_close(frost_factor(-2.0), 1.2214027581601699);
  EXPECT_EQ(frost_factor(-30.0), 2.0);
}

TEST(Zhang2003, KeepsTheResistanceOfSnowWithinThePapersLimits) {
  EXPECT_EQ(snow_resistance_so2_s_m(5.0), 100.0);
  EXPECT_EQ(snow_resistance_so2_s_m(-2.0), 280.0);
  EXPECT_EQ(snow_resistance_so2_s_m(-30.0), 500.0);
}

TEST(Zhang2003, DoesNotTakeUpAGasWithoutLikeness) {
  EXPECT_EQ(conductance(day, nitric_oxide), 0.0);
}

/// Deciduous forest in summer.
constexpr WeselySurface lush{.stomatal_minimum = 70.0,
                             .leaves = 2000.0,
                             .in_canopy = 2000.0,
                             .ground_so2 = 500.0,
                             .ground_o3 = 200.0,
                             .lower_canopy_so2 = 2000.0,
                             .lower_canopy_o3 = 1000.0};

TEST(Wesely1989, HasTheConductancesWorkedByHand) {
  expect_close(surface_conductance_m_s(lush, day, ozone), 0.00879154974465777);
  expect_close(surface_conductance_m_s(lush, day, sulphur_dioxide), 0.007306306330072966);
  EXPECT_EQ(surface_conductance_m_s(lush, day, nitric_oxide), 0.0);
}

TEST(Wesely1989, TakesUpMoreSulphurDioxideOnWetLeavesAndLessInFrost) {
  SurfaceWeather dew = night(), frost = night();
  dew.is_dew = true;
  frost.temperature_c = -10.0;
  const double dry = surface_conductance_m_s(lush, night(), sulphur_dioxide);
  EXPECT_GT(surface_conductance_m_s(lush, dew, sulphur_dioxide), dry + 0.009);  // leaves: 1/100 for 1/2000
  EXPECT_LT(surface_conductance_m_s(lush, frost, sulphur_dioxide), 0.1 * dry);
}

TEST(AmmoniaExchange, HasThePublishedCompensationPoint) {
  // Gamma 1000 at 298.15 K: 2.7457e15/298.15 x exp(-34.8080) x 1000 = 7.036 ug m-3
  EXPECT_NEAR(compensation_point_ug_m3(298.15, 1000.0), 2.7457e18 / 298.15 * std::exp(-10378.0 / 298.15),
              1.0e-12);
  EXPECT_NEAR(compensation_point_ug_m3(298.15, 1000.0), 7.0356, 1.0e-3);
  EXPECT_EQ(compensation_point_ug_m3(298.15, 0.0), 0.0);
  const auto at = Dual<double, 1>::variable(290.0, 0);
  const double quotient =
      (compensation_point_ug_m3(290.01, 300.0) - compensation_point_ug_m3(289.99, 300.0)) / 0.02;
  EXPECT_NEAR(compensation_point_ug_m3(at, 300.0).derivative[0], quotient, 1.0e-6 * quotient);
}

TEST(AmmoniaExchange, GivesTheFluxOfTheTwoLayerCanopy) {
  // The canopy's own point chi_c from Kirchhoff's balance of the four paths, and the flux through the air to
  // it.
  const DepositingGas ammonia{1.0, 0.0, 1.0, 2.0e4, 0.0};
  const ZhangPaths paths = zhang_paths(deciduous, day, leaf_area, deficit_kpa);
  const AmmoniaPotential potential{.stomata = 3000.0, .ground = 2000.0};
  constexpr double air_s_m = 40.0, kelvin = 298.15, above_ug_m3 = 2.0;
  const double stomata = stomatal_path_m_s(paths, ammonia), ground = ground_path_m_s(paths, ammonia),
               all = surface_conductance_m_s(paths, ammonia);
  const double given =
      stomata * compensation_point_ug_m3(kelvin, 3000.0) + ground * compensation_point_ug_m3(kelvin, 2000.0);
  const double canopy_ug_m3 = (above_ug_m3 / air_s_m + given) / (1.0 / air_s_m + all);
  const double flux = (canopy_ug_m3 - above_ug_m3) / air_s_m;  // upwards
  const double velocity = 1.0 / (air_s_m + 1.0 / all);
  EXPECT_NEAR(velocity * (surface_ammonia_ug_m3(paths, ammonia, potential, kelvin) - above_ug_m3), flux,
              1.0e-12 * std::fabs(flux));
  EXPECT_GT(flux, 0.0);
  EXPECT_EQ(surface_ammonia_ug_m3(paths, ammonia, {}, kelvin), 0.0);
  EXPECT_EQ(surface_ammonia_ug_m3(paths, nitric_oxide, potential, kelvin), 0.0);
}

}  // namespace
}  // namespace lantian
