#include "meteorology/eddy_diffusivity.hpp"
#include "meteorology/vogelezang_holtslag1996.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace lantian {
namespace {

constexpr BoundaryLayer<double> noon{0.4, -1.0 / 50.0, 1200.0};
constexpr BoundaryLayer<double> night{0.15, 1.0 / 40.0, 150.0};
constexpr BoundaryLayer<double> overcast{0.5, 0.0, 800.0};

TEST(BulkRichardsonHeight, IsFoundBetweenLevelsByLinearInterpolation) {
  // No wind, no friction: Ri = g z' dtheta/(theta 0.1). With dtheta = 0 up to level 2 and 1 K at level 3, 300
  // m above level 1, Ri(3) = 9.81 * 300 * 1/(290 * 0.1) = 101.48: 0.25 is met at 0.25/101.48 of that step.
  const std::array<double, 4> z{10.0, 110.0, 210.0, 310.0}, theta{290.0, 290.0, 290.0, 291.0}, still{};
  const double height = bulk_richardson_height_m(MixingColumn<double>{z, theta, still, still}, 0.0);
  EXPECT_NEAR(height, 210.0 + 100.0 * 0.25 / (9.81 * 300.0 / 29.0), 1.0e-9);
}

TEST(BulkRichardsonHeight, GrowsWithFrictionAndStaysWithinItsBounds) {
  const std::array<double, 4> z{10.0, 500.0, 2000.0, 9000.0}, still{};
  const std::array<double, 4> stable{290.0, 293.0, 300.0, 330.0}, mixed{290.0, 289.9, 289.8, 289.7};
  const MixingColumn<double> column{z, stable, still, still};
  EXPECT_LT(bulk_richardson_height_m(column, 0.1), bulk_richardson_height_m(column, 0.6));
  EXPECT_EQ(bulk_richardson_height_m(column, 0.0), least_mixing_height_m);
  EXPECT_EQ(bulk_richardson_height_m(MixingColumn<double>{z, mixed, still, still}, 0.3),
            most_mixing_height_m);
}

TEST(EddyDiffusivity, ObrienJoinsTheSurfaceLayerWithValueAndSlope) {
  for (const auto& layer : {noon, overcast}) {
    const double hs = 0.04 * layer.mixing_height_m, h = 1.0e-4;
    EXPECT_NEAR(
        obrien_diffusivity_m2_s(hs * (1.0 + 1e-12), layer) / surface_layer_diffusivity_m2_s(hs, layer), 1.0,
        1.0e-9);
    const double above =
        (obrien_diffusivity_m2_s(hs + 2 * h, layer) - obrien_diffusivity_m2_s(hs + h, layer)) / h;
    const double below =
        (surface_layer_diffusivity_m2_s(hs, layer) - surface_layer_diffusivity_m2_s(hs - h, layer)) / h;
    EXPECT_NEAR(above / below, 1.0, 1.0e-5);  // the curvature over 1e-4 m
  }
}

TEST(EddyDiffusivity, VanishesAtAndAboveTheMixingHeight) {
  for (const auto& layer : {noon, overcast}) {
    const double h = layer.mixing_height_m;
    EXPECT_NEAR(obrien_diffusivity_m2_s(h * (1.0 - 1e-9), layer), 0.0, 1.0e-9);
    EXPECT_EQ(obrien_diffusivity_m2_s(h, layer), 0.0);
    EXPECT_EQ(troen_mahrt_diffusivity_m2_s(h, layer), 0.0);
  }
  EXPECT_EQ(obrien_diffusivity_m2_s(151.0, night), 0.0);
  EXPECT_EQ(troen_mahrt_diffusivity_m2_s(150.0, night), 0.0);
}

TEST(EddyDiffusivity, FollowsSimilarityNearTheGroundInAllProfiles) {
  for (const auto& layer : {noon, night, overcast}) {
    const double z = 1.0e-4 * layer.mixing_height_m;
    const double similarity = von_karman * layer.friction_velocity_m_s * z;  // phi is 1 so near the ground
    EXPECT_NEAR(obrien_diffusivity_m2_s(z, layer) / similarity, 1.0, 0.03);
    EXPECT_NEAR(troen_mahrt_diffusivity_m2_s(z, layer) / similarity, 1.0, 0.03);
  }
}

TEST(EddyDiffusivity, IsLargestInTheLowerHalfOfADeepNoonLayer) {
  double most = 0.0, at = 0.0;
  for (double z = 5.0; z < 1200.0; z += 5.0)
    if (const double k = obrien_diffusivity_m2_s(z, noon); k > most) most = k, at = z;
  EXPECT_GT(at, 0.2 * 1200.0);  // O'Brien's cubic: near h/3
  EXPECT_LT(at, 0.5 * 1200.0);
  EXPECT_GT(most, 50.0);  // tens to hundreds of m2/s at noon
  EXPECT_LT(most, 500.0);
}

TEST(EddyDiffusivity, IsSmallAtNight) {
  for (double z = 1.0; z < 150.0; z += 1.0) {
    EXPECT_GE(obrien_diffusivity_m2_s(z, night), 0.0);
    EXPECT_LT(obrien_diffusivity_m2_s(z, night), 2.0);
    EXPECT_LT(troen_mahrt_diffusivity_m2_s(z, night), 2.0);
  }
}

TEST(EddyDiffusivity, TroenMahrtGivesTheValueWorkedByHand) {
  // Neutral, z = h/2: 0.4 * 0.5 * 400 * 0.25
  EXPECT_NEAR(troen_mahrt_diffusivity_m2_s(400.0, overcast), 20.0, 1.0e-12);
}

TEST(EddyDiffusivity, JericevicGivesTheValuesWorkedByHand) {
  // Greatest at 0.21 h = 168 m: 0.05 * 0.5 * 800; at half that height half of it times exp(3/8).
  EXPECT_NEAR(jericevic_diffusivity_m2_s(168.0, overcast), 20.0, 1.0e-12);
  EXPECT_NEAR(jericevic_diffusivity_m2_s(84.0, overcast), 10.0 * std::exp(0.375), 1.0e-12);
  // Near the ground 0.39 ustar z: 0.05 exp(1/2)/0.21.
  EXPECT_NEAR(jericevic_diffusivity_m2_s(0.1, overcast) / (0.5 * 0.1), 0.3926, 1.0e-4);
  EXPECT_EQ(jericevic_diffusivity_m2_s(800.1, overcast), 0.0);
  EXPECT_EQ(jericevic_diffusivity_m2_s(168.0, BoundaryLayer<double>{0.5, 0.02, 800.0}),
            jericevic_diffusivity_m2_s(168.0, overcast));
}

TEST(EddyDiffusivity, ObrienGivesTheValueWorkedByHand) {
  // Neutral, u* = 0.5, h = 800: h_s = 32, K_s = 0.4 * 0.5 * 32 = 6.4, slope 0.2; at 416 m, half-way,
  // 0.25 (6.4 + 384 (0.2 + 12.8/768)).
  EXPECT_NEAR(obrien_diffusivity_m2_s(416.0, overcast), 0.25 * (6.4 + 384.0 * (0.2 + 12.8 / 768.0)), 1.0e-12);
}

TEST(EddyDiffusivity, EveryProfileIsContinuousAtATenthOfTheMixingHeightAndPositiveBelowIt) {
  const auto profiles = {obrien_diffusivity_m2_s<double>, troen_mahrt_diffusivity_m2_s<double>,
                         jericevic_diffusivity_m2_s<double>};
  for (const auto& layer : {noon, night, overcast}) {
    const double h = layer.mixing_height_m;
    for (const auto& profile : profiles) {
      for (const double share : {0.04, 0.1}) {
        const double below = profile(share * h * (1.0 - 1.0e-12), layer),
                     above = profile(share * h * (1.0 + 1.0e-12), layer);
        EXPECT_NEAR(above / below, 1.0, 1.0e-10);
      }
      for (int n = 1; n < 1000; ++n) EXPECT_GT(profile(0.001 * n * h, layer), 0.0);
    }
  }
}

TEST(EddyDiffusivity, DerivativeByFrictionVelocityAgreesWithADifferenceQuotient) {
  using Number = Dual<double, 1>;
  for (const double z : {30.0, 300.0, 900.0}) {
    const BoundaryLayer<Number> layer{Number::variable(0.4), Number(-0.02), Number(1200.0)};
    const double h = 1.0e-5;
    const double quotient = (obrien_diffusivity_m2_s(z, BoundaryLayer<double>{0.4 + h, -0.02, 1200.0}) -
                             obrien_diffusivity_m2_s(z, BoundaryLayer<double>{0.4 - h, -0.02, 1200.0})) /
                            (2.0 * h);
    EXPECT_NEAR(obrien_diffusivity_m2_s(Number(z), layer).derivative[0] / quotient, 1.0, 1.0e-8);
  }
}

}  // namespace
}  // namespace lantian
