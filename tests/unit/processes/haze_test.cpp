// Particles in the light: less of it under a haze, more of it in and above one that scatters, none without.
#include "haze.hpp"

#include "aerosol_light.hpp"
#include "support/made_chemistry.hpp"

#include "lantian/processes/gas_chemistry.hpp"

#include <gtest/gtest.h>

namespace {

using namespace lantian;
using namespace lantian::testing::chemistry;

TEST(AerosolLight, LeavesAllOfItWithoutParticles) {
  for (const double cosine : {0.01, 0.3, 0.9})
    for (const double share : {0.0, 0.4, 1.0})
      EXPECT_DOUBLE_EQ(AerosolLight::instance().factor(0.0, 0.9, cosine, share), 1.0);
}

TEST(AerosolLight, AHazeTakesAFifthToAHalfOfTheLightAtTheGround) {
  // Li et al. (2011), Atmos. Environ. 45, and Tang et al. (2004), J. Geophys. Res. 109, D19S21: J(NO2) at the
  // ground falls by 20 to 50 % in Chinese haze.
  const double factor = AerosolLight::instance().factor(1.5, 0.88, 0.6, 1.0);
  EXPECT_GT(factor, 0.5);
  EXPECT_LT(factor, 0.8);
}

TEST(AerosolLight, FallsWithDepthAndSootAtTheGroundAndRisesAboveParticlesThatScatter) {
  const AerosolLight& light = AerosolLight::instance();
  double before = 1.0;
  for (const double depth : {0.3, 0.8, 1.7, 3.0, 5.5}) {
    const double now = light.factor(depth, 0.85, 0.5, 1.0);
    EXPECT_LT(now, before);
    before = now;
  }
  EXPECT_LT(light.factor(1.0, 0.75, 0.5, 1.0), light.factor(1.0, 0.95, 0.5, 1.0));
  EXPECT_GT(light.factor(1.0, 1.0, 0.7, 0.0), 1.05);
}

TEST(Haze, DimsAColumnOfParticlesTowardsTheGroundAndSparesANightAndCleanAir) {
  const SpeciesTable species = mechanism_species("cb6r5", {});
  const FineParticleSpecies particles(species);
  State state = made_state(species, whole_grid());
  const WeatherHour weather = mild_weather();
  Environment environment;
  environment.weather = &weather;
  EXPECT_TRUE(haze_over(state, environment, particles, 1, 2, -0.1).empty());
  const std::vector<double> factors = haze_over(state, environment, particles, 1, 2, 0.6);
  ASSERT_EQ(factors.size(), static_cast<std::size_t>(layers));
  for (std::size_t k = 1; k < factors.size(); ++k) EXPECT_LT(factors[k - 1], factors[k]);
  EXPECT_LT(factors.front(), 1.0);
  for (int s = 0; s < species.count(); ++s)
    for (int k = 0; k < layers; ++k) state.mixing_ratio_ppb[s](k, 1, 2) = 0.0;
  EXPECT_TRUE(haze_over(state, environment, particles, 1, 2, 0.6).empty());
}

}  // namespace
