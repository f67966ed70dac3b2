// Surface of humid particles and what they take up of N2O5.
#include "aerosol/particle_surface.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace {

using namespace lantian;

constexpr FineParticles<> haze{
    .inorganic = 60.0, .nitrate = 25.0, .chloride = 2.0, .organic = 25.0, .other = 15.0};

TEST(ParticleSurface, AHazeHasTheSurfaceThatIsMeasuredInOne) {
  // Measured in northern Chinese haze of 100 ug m-3: about 1e-3 m2 m-3 (Wang et al. 2017, Atmos. Chem. Phys.
  // 17, 12361: 600 to 3000 um2 cm-3).
  const ParticleSurface<> surface = particle_surface(haze, 0.5);
  EXPECT_GT(surface.surface_m2_m3, 6.0e-4);
  EXPECT_LT(surface.surface_m2_m3, 3.0e-3);
}

TEST(ParticleSurface, SpheresOfTheGivenRadiusHaveTheGivenVolumeAndDryOnesDoNotGrow) {
  const FineParticles<> soot{
      .inorganic = 0.0, .nitrate = 0.0, .chloride = 0.0, .organic = 0.0, .other = 20.0};
  const ParticleSurface<> dry = particle_surface(soot, 0.0), humid = particle_surface(soot, 0.9);
  EXPECT_DOUBLE_EQ(dry.surface_m2_m3, humid.surface_m2_m3);
  // surface times radius over 3 is the volume: 20 ug m-3 at 2 g cm-3 are 1e-11 m3 m-3
  EXPECT_NEAR(dry.surface_m2_m3 * dry.radius_m / 3.0, 1.0e-11, 1.0e-14);
}

TEST(ParticleSurface, WaterGrowsItAndNoParticlesHaveNone) {
  double before = 0.0;
  for (const double humidity : {0.2, 0.5, 0.8, 0.95}) {
    const double now = particle_surface(haze, humidity).surface_m2_m3;
    EXPECT_GT(now, before);
    before = now;
  }
  EXPECT_EQ(particle_surface(haze, 0.95).surface_m2_m3, particle_surface(haze, 1.0).surface_m2_m3);
  EXPECT_LT(particle_surface(FineParticles<>{}, 0.7).surface_m2_m3, 1.0e-13);
}

TEST(ParticleSurface, NitrateHoldsN2O5BackAndChlorideFreesIt) {
  // Bertram & Thornton (2009), figure 8: without nitrate and with ample water 3.2e-8 x 1.15e6
  EXPECT_NEAR(n2o5_uptake_bertram2009(60.0, 0.0, 0.0), 3.2e-8 * 1.15e6, 1.0e-4);
  EXPECT_LT(n2o5_uptake_bertram2009(20.0, 5.0, 0.0), 0.3 * n2o5_uptake_bertram2009(20.0, 0.0, 0.0));
  EXPECT_GT(n2o5_uptake_bertram2009(20.0, 5.0, 1.0), 2.0 * n2o5_uptake_bertram2009(20.0, 5.0, 0.0));
  EXPECT_LT(n2o5_uptake_bertram2009(0.5, 0.0, 0.0), 0.1 * n2o5_uptake_bertram2009(60.0, 0.0, 0.0));
}

}  // namespace
