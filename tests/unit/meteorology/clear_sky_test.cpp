#include "meteorology/clear_sky.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(ClearSky, GivesTheFormulaOfKastenAndCzeplak) {
  EXPECT_NEAR(clear_sky_short_wave_w_m2(0.5), 425.0, 1.0e-12);
  EXPECT_EQ(clear_sky_short_wave_w_m2(0.0), 0.0);
  EXPECT_EQ(clear_sky_short_wave_w_m2(-0.7), 0.0);
}

TEST(ClearSky, AnOvercastSkyLetsAQuarterThrough) {
  EXPECT_NEAR(cloud_transmission(1.0), 0.25, 1.0e-12);
  EXPECT_NEAR(cloud_transmission(0.0), 1.0, 1.0e-12);
  EXPECT_GT(cloud_transmission(0.5), 0.9);  // 1 - 0.75 * 0.0947
}

TEST(LayerCloud, NeedsCondensateAndIsFullAtSaturation) {
  EXPECT_EQ(layer_cloud_fraction(0.95, 0.01, 0.0), 0.0);
  EXPECT_EQ(layer_cloud_fraction(1.0, 0.01, 1.0e-4), 1.0);
  const double thin = layer_cloud_fraction(0.8, 0.01, 1.0e-6);
  const double thick = layer_cloud_fraction(0.8, 0.01, 5.0e-4);
  EXPECT_GT(thin, 0.0);
  EXPECT_LT(thin, thick);
  EXPECT_LE(thick, 1.0);
}

TEST(SaturationVapourPressure, IsBoltonsAtTheMeltingPointAndAtTwentyDegrees) {
  EXPECT_NEAR(saturation_vapour_pressure_pa(273.15), 611.2, 1.0e-9);
  EXPECT_NEAR(saturation_vapour_pressure_pa(293.15), 2337.0, 5.0);  // 23.37 hPa in the tables
}

}  // namespace
}  // namespace lantian
