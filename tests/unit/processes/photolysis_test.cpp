// Photolysis by actinic flux: limits of the two streams, and published rates of the TUV model.
#include "photolysis/optics.hpp"
#include "photolysis/standard_atmosphere.hpp"
#include "photolysis/two_stream.hpp"
#include "photolysis_table.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

namespace lantian {
namespace {

constexpr std::size_t layers = 12;
constexpr double cosine = 0.6;

OpticalColumn<layers> column_of(double depth, double scattering, double asymmetry, double albedo) {
  OpticalColumn<layers> column;
  column.cosine_zenith = cosine;
  column.surface_albedo = albedo;
  for (std::size_t n = 0; n < layers; ++n) {
    column.optical_depth[n] = depth * (1.0 + static_cast<double>(n % 3));
    column.single_scattering_albedo[n] = scattering;
    column.asymmetry[n] = n > 6 ? asymmetry : 0.0;
  }
  for (auto& way : column.slant) way.fill(1.0 / cosine);
  return column;
}

TEST(TwoStream, ThatOnlyAbsorbsLeavesTheBeamOfBeerAndNoDiffuseLight) {
  const auto fluxes = TwoStream<layers>(column_of(0.05, 0.0, 0.0, 0.0)).fluxes();
  EXPECT_NEAR(fluxes.direct[layers], std::exp(-0.05 * 24.0 / cosine), 1.0e-14);
  for (std::size_t l = 0; l <= layers; ++l) EXPECT_NEAR(fluxes.up[l] + fluxes.down[l], 0.0, 1.0e-15);
}

TEST(TwoStream, ThatOnlyScattersLosesNoEnergy) {
  for (const double albedo : {0.0, 0.3, 1.0}) {
    const auto fluxes = TwoStream<layers>(column_of(0.2, 1.0, 0.85, albedo)).fluxes();
    const auto net = [&](std::size_t l) { return fluxes.down[l] - fluxes.up[l] + cosine * fluxes.direct[l]; };
    for (std::size_t l = 1; l <= layers; ++l) EXPECT_NEAR(net(l), net(0), 2.0e-6) << albedo;
    if (albedo == 1.0) {
      EXPECT_NEAR(net(layers), 0.0, 1.0e-12);
    }
  }
}

TEST(TwoStream, ThatIsEmptyMirrorsTheBeamAtTheGround) {
  const auto fluxes = TwoStream<layers>(column_of(1.0e-9, 0.5, 0.0, 0.4)).fluxes();
  EXPECT_NEAR(fluxes.up[0], 0.4 * cosine, 1.0e-6);
  EXPECT_NEAR(fluxes.actinic(layers), 1.0 + std::numbers::sqrt3 * 0.4 * cosine, 1.0e-6);
}

TEST(StandardAir, IsThatOfTheTables) {  // US Standard Atmosphere 1976, table 1
  EXPECT_NEAR(standard_air(0.0).pressure_pa, 101325.0, 1.0e-9);
  EXPECT_NEAR(standard_air(11.0).temperature_k, 216.65, 1.0e-9);
  EXPECT_NEAR(standard_air(11.0).pressure_pa / 22632.0, 1.0, 1.0e-4);
  EXPECT_NEAR(standard_air(32.0).pressure_pa / 868.02, 1.0, 1.0e-4);
  EXPECT_NEAR(standard_air(71.0).temperature_k, 214.65, 1.0e-9);
}

TEST(Optics, AreThePublishedOnes) {
  EXPECT_NEAR(rayleigh_cm2(550.0) / 4.51e-27, 1.0, 0.02);       // Bucholtz (1995): 4.51e-27 cm2
  EXPECT_NEAR(o1d_quantum_yield(307.0, 298.0), 0.862, 5.0e-4);  // Sander et al. (2006), table 4-7
  EXPECT_NEAR(o1d_quantum_yield(315.0, 298.0), 0.239, 5.0e-4);
  EXPECT_NEAR(o1d_quantum_yield(320.0, 298.0), 0.166, 5.0e-4);
  EXPECT_NEAR(sun_distance_factor(0.0), 1.0351, 1.0e-4);  // the nearest in early January
}

TEST(CloudFactors, DimBelowBrightenAboveAndVanishWithTheCloud) {
  const CloudFactors thick = cloud_factors(50.0, 1.0, 0.8), none = cloud_factors(0.0, 1.0, 0.8);
  EXPECT_LT(thick.below, 0.5);
  EXPECT_GT(thick.above, 1.5);
  EXPECT_NEAR(none.below, 1.0, 1.0e-12);
  EXPECT_NEAR(none.above, 1.0, 1.0e-12);
  EXPECT_NEAR(cloud_factors(50.0, 0.0, 0.8).below, 1.0, 1.0e-12);
}

double rate(Photolysis which, double zenith_deg, double height_km, double ozone_du = 300.0,
            double albedo = 0.1) {
  const auto profile =
      PhotolysisTable::instance().over(std::cos(zenith_deg * std::numbers::pi / 180.0), ozone_du, albedo);
  return PhotolysisTable::at_pressure(profile,
                                      standard_air(height_km).pressure_pa)[static_cast<std::size_t>(which)];
}

TEST(PhotolysisTable, FallsWithOzoneAndRisesWithHeightAndAlbedo) {
  using enum Photolysis;
  EXPECT_LT(rate(O3_O1D, 40.0, 0.0, 400.0), 0.75 * rate(O3_O1D, 40.0, 0.0, 300.0));
  EXPECT_GT(rate(NO2, 40.0, 5.0), 1.1 * rate(NO2, 40.0, 0.0));
  EXPECT_GT(rate(NO2, 40.0, 0.0, 300.0, 0.8), 1.5 * rate(NO2, 40.0, 0.0, 300.0, 0.0));
}

TEST(PhotolysisTable, EndsInTwilight) {
  EXPECT_GT(rate(Photolysis::NO2, 90.0, 0.0), 1.0e-5);
  EXPECT_LT(rate(Photolysis::NO2, 92.0, 0.0), rate(Photolysis::NO2, 90.0, 0.0));
  EXPECT_EQ(rate(Photolysis::NO2, 94.1, 0.0), 0.0);
}

}  // namespace
}  // namespace lantian
