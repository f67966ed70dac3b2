#include "deposition/particle_sizes.hpp"
#include "deposition/wet_scavenging.hpp"
#include "deposition/zhang2001.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian {
namespace {

// Hand values: worked step by step from the papers' equations with double precision, apart from this code.
constexpr double hand = 1.0e-10;  // relative

void expect_close(double value, double expected) {
  EXPECT_NEAR(value / expected, 1.0, hand);
}

constexpr ParticleInAir particle_of(double diameter_m) {
  return {
      .diameter_m = diameter_m, .density_kg_m3 = 1500.0, .temperature_k = 293.15, .pressure_pa = 101325.0};
}
constexpr Collector deciduous_trees{0.8, 0.56, 10.0e-3}, urban{1.5, 0.56, 10.0e-3}, water{100.0, 0.5, 0.0};

TEST(ParticleDeposition, HasTheSettlingVelocityWorkedByHand) {
  expect_close(slip_correction(particle_of(1.0e-6)), 1.163591458218905);
  expect_close(settling_velocity_m_s(particle_of(1.0e-6)), 5.245576991107876e-05);
  // 4 um at 250 K and 700 hPa
  expect_close(settling_velocity_m_s({4.0e-6, 1500.0, 250.0, 70000.0}), 8.573767372179038e-4);
}

TEST(ParticleDeposition, HasTheVelocitiesWorkedByHand) {
  expect_close(particle_deposition_velocity_m_s(particle_of(1.0e-6), deciduous_trees, {0.4, 50.0}),
               0.0007513512695662928);
  expect_close(particle_deposition_velocity_m_s(particle_of(0.3e-6), water, {0.4, 50.0}),
               0.0027337517250877004);
  expect_close(particle_deposition_velocity_m_s(particle_of(4.0e-6), urban, {0.4, 50.0}),
               0.00105152246883204);
}

/// Diameter [m] of the least velocity between 0.01 and 30 um.
double slowest_diameter_m(const Collector& surface, double ustar,
                          const CollectionEfficiencies& catches = zhang2001) {
  double least = 1.0, at = 0.0;
  for (int n = 0; n <= 348; ++n) {
    const double diameter_m = 1.0e-8 * std::pow(10.0, 0.01 * n);
    const double velocity =
        particle_deposition_velocity_m_s(particle_of(diameter_m), surface, {ustar, 50.0}, catches);
    if (velocity < least) {
      least = velocity;
      at = diameter_m;
    }
  }
  return at;
}

TEST(ParticleDeposition, IsSlowestBetweenBrownianMotionAndSettling) {
  for (const Collector& surface : {deciduous_trees, urban, water}) {
    for (const double ustar : {0.1, 0.2, 0.4, 0.8}) {
      const double at = slowest_diameter_m(surface, ustar);
      const auto velocity = [&](double diameter_m) {
        return particle_deposition_velocity_m_s(particle_of(diameter_m), surface, {ustar, 50.0});
      };
      EXPECT_GT(velocity(0.01e-6), 5.0 * velocity(at));
      EXPECT_GT(velocity(30.0e-6), 5.0 * velocity(at));
    }
  }
}

TEST(ParticleDeposition, HasTheVelocitiesWithTheConstantsOfEmersonWorkedByHand) {
  const auto velocity = [](double diameter_m, const Collector& surface) {
    return particle_deposition_velocity_m_s(particle_of(diameter_m), surface, {0.4, 50.0}, emerson2020);
  };
  expect_close(velocity(1.0e-6, deciduous_trees), 0.0017885957063931092);
  expect_close(velocity(0.3e-6, water), 9.56054354875603e-05);
  expect_close(velocity(4.0e-6, urban), 0.005036082658932674);
}

TEST(ParticleDeposition,
     IsSlowestBetween0Point1And1MicrometreWithTheConstantsOfEmersonOnSmoothAndWideCollectors) {
  const Collector ice{50.0, 0.54, 0.0};
  for (const Collector& surface : {deciduous_trees, urban, water, ice}) {
    for (const double ustar : {0.1, 0.2, 0.4, 0.8}) {
      const double at = slowest_diameter_m(surface, ustar, emerson2020);
      EXPECT_GE(at, 0.1e-6) << surface.alpha << ' ' << surface.radius_m << ' ' << ustar;
      EXPECT_LE(at, 1.0e-6) << surface.alpha << ' ' << surface.radius_m << ' ' << ustar;
    }
  }
}

TEST(ParticleDeposition, IsSlowestNotFarBelow0Point1MicrometreWithTheConstantsOfEmersonOnNarrowCollectors) {
  // interception by (d/A)^0.8 moves the minimum to 0.09 um for the 5 mm of crops and shrubs, to 0.065 um for
  // the 2 mm of needles
  for (const double alpha : {0.6, 0.8, 1.0, 1.1, 1.2, 2.0}) {
    for (const double ustar : {0.1, 0.2, 0.4, 0.8}) {
      EXPECT_NEAR(slowest_diameter_m({alpha, 0.56, 5.0e-3}, ustar, emerson2020), 0.091e-6, 0.005e-6);
      EXPECT_NEAR(slowest_diameter_m({alpha, 0.56, 2.0e-3}, ustar, emerson2020), 0.065e-6, 0.005e-6);
    }
  }
}

TEST(ParticleDeposition, IsSlowestAbove1MicrometreWithTheConstantsOfZhang) {
  // why fine particles deposit too fast: fluxes measured over forests have their minimum near 0.1 um
  for (const Collector& surface : {deciduous_trees, urban, water}) {
    for (const double ustar : {0.1, 0.2, 0.4, 0.8}) {
      EXPECT_GE(slowest_diameter_m(surface, ustar), 0.9e-6);
      EXPECT_LE(slowest_diameter_m(surface, ustar), 3.0e-6);
    }
  }
}

TEST(ParticleDeposition, FallsFasterThanItSettles) {
  for (const double diameter_m : {0.01e-6, 0.3e-6, 4.0e-6, 20.0e-6}) {
    const ParticleInAir particle = particle_of(diameter_m);
    EXPECT_GT(particle_deposition_velocity_m_s(particle, urban, {0.3, 100.0}),
              settling_velocity_m_s(particle));
  }
}

TEST(WetScavenging, HasTheRatesWorkedByHand) {
  constexpr double rain_kg_m2_s = 2.0 / 3600.0;  // 2 mm an hour
  constexpr Scavenging acid{1.4e6, 0.5e6, 0.0}, coarse{1.0e6, 0.0, 0.4};
  expect_close(scavenging_rate_per_s(acid, rain_kg_m2_s, true), 7.777777777777778e-4);
  expect_close(scavenging_rate_per_s(acid, rain_kg_m2_s, false), 2.777777777777778e-4);
  expect_close(scavenging_rate_per_s(coarse, rain_kg_m2_s, false), 2.311111111111111e-4);
}

TEST(WetScavenging, DecaysExponentiallyInSteadyRainWhateverTheStep) {
  constexpr double rate_per_s = 7.777777777777778e-4;
  double amount = 1.0;
  for (int n = 0; n < 12; ++n) amount *= share_left(rate_per_s, 300.0);
  EXPECT_NEAR(amount / std::exp(-rate_per_s * 3600.0), 1.0, 1.0e-13);  // twelve roundings
  EXPECT_EQ(share_left(0.0, 300.0), 1.0);
}

TEST(WetScavenging, HasTheEvaporationWorkedByHand) {
  // sqrt(4e-4) + 0.5 1e-5 0.4 1000 = 0.02 + 0.002; squared 4.84e-4
  expect_close(rain_above_kg_m2_s(4.0e-4, 1000.0, 0.6), 4.84e-4);
  expect_close(rain_above_kg_m2_s(4.0e-4, 1000.0, 1.2), 4.0e-4);
}

TEST(WetScavenging, WashesWhatComesBackFromRainByTheExactSolution) {
  // dm/dt = -Lambda m + R: m' = m exp(-x) + R dt (1 - exp(-x))/x, x = 0.6
  const WetLayer layer = wet_layer(2.0e-3, 300.0, 0.25);
  expect_close(layer.left, std::exp(-0.6));
  expect_close(layer.returned, 0.25 * (1.0 - std::exp(-0.6)) / 0.6);
  EXPECT_EQ(wet_layer(0.0, 300.0, 0.25).returned, 0.25);
  // in any number of steps the same, for a supply of 1 a second
  const auto after = [](int steps) {
    double amount = 2.0;
    const double dt_s = 300.0 / steps;
    for (int n = 0; n < steps; ++n) {
      const WetLayer one = wet_layer(2.0e-3, dt_s, 1.0);
      amount = one.left * amount + one.returned * dt_s;
    }
    return amount;
  };
  EXPECT_NEAR(after(60) / after(1), 1.0, 1.0e-13);
}

constexpr ParticleSizes coarse{3.0e-6, 2.0, 2200.0, 1.7e-6, 6.7e-6},
    fine{0.33e-6, 1.8, 1600.0, 1.0e-9, 2.0e-6};

/// Mean of a function of the diameter over the mass of a lognormal within its limits, by Simpson's rule.
template <class Function>
double mean_over_mass(const ParticleSizes& sizes, Function&& f) {
  constexpr int steps = 20000;
  const double s = std::log(sizes.geometric_deviation), median_m = sizes.mass_median_diameter_m;
  const double low = std::fmax(std::log(sizes.least_diameter_m / median_m) / s, -4.0),
               high = std::fmin(std::log(sizes.most_diameter_m / median_m) / s, 4.0);
  double sum = 0.0, mass = 0.0;
  for (int n = 0; n <= steps; ++n) {
    const double score = low + (high - low) * n / steps;
    const double weight = (n == 0 || n == steps ? 1.0
                           : n % 2 == 1         ? 4.0
                                                : 2.0) *
                          std::exp(-0.5 * score * score);
    mass += weight;
    sum += weight * f(median_m * std::exp(s * score));
  }
  return sum / mass;
}

template <class Function>
double mean_over_classes(const ParticleSizes& sizes, Function&& f) {
  double sum = 0.0;
  for (const SizeClass& one : size_classes(sizes)) sum += one.share * f(one.diameter_m);
  return sum;
}

TEST(ParticleSizes, CutTheWholeMassIntoClassesOfRisingDiameterWithinTheLimits) {
  for (const ParticleSizes& sizes : {coarse, fine, ParticleSizes{5.0e-6, 1.3, 1000.0, 1.0e-6, 1.0e-4}}) {
    double mass = 0.0, last_m = sizes.least_diameter_m;
    for (const SizeClass& one : size_classes(sizes)) {
      EXPECT_GT(one.share, 0.0);
      EXPECT_GT(one.diameter_m, last_m);
      last_m = one.diameter_m;
      mass += one.share;
    }
    EXPECT_LT(last_m, sizes.most_diameter_m);
    EXPECT_NEAR(mass, 1.0, 1.0e-14);
  }
}

TEST(ParticleSizes, SettleByStokesAsTheWholeDistributionDoes) {
  const auto square = [](double d) { return d * d; };
  for (const ParticleSizes& sizes : {coarse, fine})
    EXPECT_NEAR(mean_over_classes(sizes, square) / mean_over_mass(sizes, square), 1.0, 1.0e-10);
  // Hatch and Choate: the whole lognormal has d_m^2 exp(2 s^2); what lies beyond four deviations holds 2e-4
  // of it.
  const ParticleSizes whole{2.0e-6, 1.3, 1000.0, 1.0e-9, 1.0e-3};
  const double s = std::log(1.3);
  EXPECT_NEAR(mean_over_classes(whole, square) / (4.0e-12 * std::exp(2.0 * s * s)), 1.0, 3.0e-4);
}

TEST(ParticleSizes, SettleWithSlipWithinAPerMilleWhenCoarseAndHalfAPercentWhenFine) {
  const auto settles = [](double density) {
    return [density](double d) { return settling_velocity_m_s({d, density, 288.15, 101325.0}); };
  };
  EXPECT_NEAR(mean_over_classes(coarse, settles(2200.0)) / mean_over_mass(coarse, settles(2200.0)), 1.0,
              1.0e-3);
  EXPECT_NEAR(mean_over_classes(fine, settles(1600.0)) / mean_over_mass(fine, settles(1600.0)), 1.0, 5.0e-3);
}

TEST(ParticleSizes, DepositWithinFivePercentOfTheWholeDistributionOnAllKindsOfGround) {
  for (const Collector& surface : {Collector{0.8, 0.56, 5.0e-3}, Collector{100.0, 0.5, 0.0}})
    for (const CollectionEfficiencies& catches : {zhang2001, emerson2020})
      for (const ParticleSizes& sizes : {coarse, fine}) {
        const auto deposits = [&](double d) {
          return particle_deposition_velocity_m_s({d, sizes.density_kg_m3, 288.15, 101325.0}, surface,
                                                  {0.3, 50.0}, catches);
        };
        EXPECT_NEAR(mean_over_classes(sizes, deposits) / mean_over_mass(sizes, deposits), 1.0, 0.05);
      }
}

TEST(ParticleSizes, OfOneDiameterStayOneClass) {
  const SizeClasses classes = size_classes({4.0e-6, 1.0, 1500.0, 1.0e-9, 1.0e-3});
  EXPECT_EQ(classes.front().diameter_m, 4.0e-6);
  EXPECT_EQ(classes.front().share, 1.0);
  EXPECT_EQ(classes.back().share, 0.0);
}

TEST(ParticleSizes, ShrinkFromAerodynamicToGeometricByTheRootOfDensity) {
  EXPECT_NEAR(geometric_diameter_m(10.0e-6, 1600.0), 10.0e-6 / std::sqrt(1.6), 1.0e-18);
}

}  // namespace
}  // namespace lantian
