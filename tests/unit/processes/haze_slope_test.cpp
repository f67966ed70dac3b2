// How the light that particles leave, their surface and what drops do change with what a cell holds.
#include "aerosol_light.hpp"
#include "chemistry_cells.hpp"
#include "haze.hpp"
#include "support/made_chemistry.hpp"
#include "surroundings_slope.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace {

using namespace lantian;
using namespace lantian::testing::chemistry;

TEST(AerosolLightSlopes, AreTheDifferenceQuotientsBetweenNodesAndNoughtBeyondTheTable) {
  const AerosolLight& light = AerosolLight::instance();
  constexpr double h = 1.0e-4;
  for (const double depth : {0.1, 0.7, 3.0, 7.0})
    for (const double albedo : {0.6, 0.75, 0.96})
      for (const double cosine : {0.02, 0.4, 0.9})
        for (const double share : {0.1, 0.6, 0.9}) {
          const auto slopes = light.slopes(depth, albedo, cosine, share);
          const auto f = [&](double d, double a, double s) { return light.factor(d, a, cosine, s); };
          const double by_depth = (f(depth + h, albedo, share) - f(depth - h, albedo, share)) / (2.0 * h),
                       by_albedo = (f(depth, albedo + h, share) - f(depth, albedo - h, share)) / (2.0 * h),
                       by_share = (f(depth, albedo, share + h) - f(depth, albedo, share - h)) / (2.0 * h);
          EXPECT_NEAR(slopes.by_depth, by_depth, 1.0e-10);
          EXPECT_NEAR(slopes.by_albedo, by_albedo, 1.0e-10);
          EXPECT_NEAR(slopes.by_share_above, by_share, 1.0e-10);
          EXPECT_EQ(slopes.by_depth == 0.0, depth > 6.0);
          EXPECT_EQ(slopes.by_albedo == 0.0, albedo < 0.7);
        }
}

/// A column of the small grid, its particles in proportion to `scale` by layer and species.
struct Column {
  SpeciesTable species = mechanism_species("cb6r5", {});
  FineParticleSpecies particles{species};
  WeatherHour weather = mild_weather();
  Environment environment;
  State state = made_state(species, whole_grid());
  static constexpr int row = 1, column = 2;
  static constexpr double cosine_zenith = 0.6;

  Column() { environment.weather = &weather; }
  [[nodiscard]] double change(int s, int k) const {
    return state.mixing_ratio_ppb[s](k, row, column) * std::cos(1.0 + s + 2.0 * k);
  }
  /// Logarithms of the light left after a move along the change.
  [[nodiscard]] std::vector<double> logarithms(double by) const {
    State moved = state;
    for (int s = 0; s < species.count(); ++s)
      for (int k = 0; k < layers; ++k) moved.mixing_ratio_ppb[s](k, row, column) += by * change(s, k);
    std::vector<double> all = haze_over(moved, environment, particles, row, column, cosine_zenith);
    for (double& one : all) one = std::log(one);
    return all;
  }
  /// The change of masses by layer [ug m-3]: they are proportional to amounts.
  [[nodiscard]] std::vector<ParticleMasses> mass_change() const {
    std::vector<ParticleMasses> all(layers);
    for (int k = 0; k < layers; ++k) {
      const CellAir air = air_of_cell(weather.middle, k, row, column);
      particles.for_each_share(
          1.0e6 * air.dry_air_per_cm3 / avogadro_per_mol,
          [&](int s) { return state.mixing_ratio_ppb[s](k, row, column); },
          [&](std::size_t kind, int s, double ug_m3) {
            all[static_cast<std::size_t>(k)].at(kind) += ug_m3 * change(s, k);
          });
    }
    return all;
  }
  [[nodiscard]] HazeSlope slope() const {
    return {state, environment, particles, row, column, cosine_zenith};
  }
};

TEST(HazeSlope, LeavesARemainderThatFallsWithTheSquareOfTheChange) {
  const Column column;
  const std::vector<double> tangent = column.slope().tangent(column.mass_change());
  const std::vector<double> here = column.logarithms(0.0);
  for (std::size_t k = 0; k < here.size(); ++k) {
    const auto remainder = [&](double h) {
      return std::fabs(column.logarithms(h)[k] - here[k] - h * tangent[k]);
    };
    EXPECT_GT(std::fabs(tangent[k]), 1.0e-4);
    EXPECT_NEAR(std::log10(remainder(1.0e-2) / remainder(1.0e-3)), 2.0, 0.02) << k;
    EXPECT_NEAR(std::log10(remainder(1.0e-3) / remainder(1.0e-4)), 2.0, 0.02) << k;
  }
}

TEST(HazeSlope, AdjointIsTheMateOfTheTangent) {
  const Column column;
  const std::vector<ParticleMasses> change = column.mass_change();
  const std::vector<double> worth = {0.7, -1.3};
  const std::vector<double> after = column.slope().tangent(change);
  const std::vector<ParticleMasses> before = column.slope().adjoint(worth);
  double forward = 0.0, backward = 0.0, size = 0.0;
  for (std::size_t k = 0; k < worth.size(); ++k) {
    forward += worth[k] * after[k];
    size += std::fabs(worth[k] * after[k]);
    for (std::size_t m = 0; m < particle_kind_count; ++m) backward += before[k].at(m) * change[k].at(m);
  }
  EXPECT_NEAR(forward, backward, 1.0e-13 * size);
}

TEST(HazeSlope, IsClearAtNightAndWithoutParticles) {
  Column column;
  EXPECT_FALSE(column.slope().is_clear());
  EXPECT_TRUE(HazeSlope(column.state, column.environment, column.particles, 1, 2, -0.1).is_clear());
  for (int s = 0; s < column.species.count(); ++s)
    for (int k = 0; k < layers; ++k) column.state.mixing_ratio_ppb[s](k, 1, 2) = 0.0;
  EXPECT_TRUE(column.slope().is_clear());
}

constexpr FineParticles<> urban = {
    .inorganic = 25.0, .nitrate = 10.0, .chloride = 1.0, .organic = 12.0, .other = 8.0, .soot = 3.0};

FineParticles<> moved(FineParticles<> from, const Ingredients& by, double size) {
  double FineParticles<>::*const kinds[] = {&FineParticles<>::inorganic, &FineParticles<>::nitrate,
                                            &FineParticles<>::chloride,  &FineParticles<>::organic,
                                            &FineParticles<>::other,     &FineParticles<>::soot};
  for (std::size_t n = 0; n < particle_kind_count; ++n) from.*kinds[n] += size * by.at(n);
  return from;
}

TEST(SurroundingsSlope, OfParticlesLeaveARemainderThatFallsWithTheSquareOfTheChange) {
  const Ingredients change = {8.0, -4.0, 0.3, -5.0, 3.0, 1.0};
  for (const double humidity : {0.2, 0.7}) {
    SurroundingsSlope slope;
    slope.add_particles(urban, humidity);
    const Surroundings tangent = slope.tangent(change);
    const auto values = [&](double size) {
      const ParticleSurface<> surface = particle_surface(moved(urban, change, size), humidity);
      return std::array{surface.surface_m2_m3, surface.radius_m, surface.n2o5_uptake};
    };
    for (std::size_t n = 0; n < 3; ++n) {
      const auto remainder = [&](double h) {
        return std::fabs(values(h)[n] - values(0.0)[n] - h * tangent.at(n));
      };
      EXPECT_NEAR(std::log10(remainder(1.0e-2) / remainder(1.0e-3)), 2.0, 0.05) << n << " " << humidity;
      EXPECT_NEAR(std::log10(remainder(1.0e-3) / remainder(1.0e-4)), 2.0, 0.05) << n << " " << humidity;
    }
  }
}

TEST(SurroundingsSlope, AdjointIsTheMateOfTheTangent) {
  SurroundingsSlope slope;
  slope.add_particles(urban, 0.6);
  PerOxidant<double> oxidants = {9.0e11, 2.0e10, 6.0e9, 4.0e9, 3.0e11};
  const CloudDrops<> drops{.cloud_water_g_m3 = 0.3,
                           .sulphur_dioxide = 2.0e-7,
                           .sulphate = 1.0e-7,
                           .ammonia = 2.0e-7,
                           .nitric_acid = 1.0e-7,
                           .base = 1.0e-8,
                           .iron = 3.0e-10,
                           .manganese = 3.0e-11};
  slope.add_drops(drops, oxidants, {6.0e-11, 6.0e-12}, 300.0, NitrogenDioxideLaw::lee_schwartz);
  Ingredients change = {8.0, -4.0, 0.3, -5.0, 3.0, 1.0, 1.0e-8, -2.0e-8, 3.0e-8, -1.0e-8, 2.0e-9};
  for (std::size_t j = 0; j < drop_oxidant_count; ++j)
    change.at(ingredient_count - drop_oxidant_count + j) = 0.1 * oxidants.at(j);
  const Surroundings after = slope.tangent(change);
  Surroundings worth{};
  for (std::size_t n = 0; n + 1 < surrounding_count; ++n) {
    EXPECT_NE(after.at(n), 0.0) << n;
    worth.at(n) = (n % 2 == 0 ? 1.0 : -0.7) / std::fabs(after.at(n));
  }
  const Ingredients before = slope.adjoint(worth);
  double forward = 0.0, backward = 0.0, size = 0.0;
  for (std::size_t n = 0; n < surrounding_count; ++n) forward += worth.at(n) * after.at(n);
  for (std::size_t m = 0; m < ingredient_count; ++m) {
    backward += before.at(m) * change.at(m);
    size += std::fabs(before.at(m) * change.at(m));
  }
  EXPECT_NEAR(forward, backward, 1.0e-13 * size);
}

}  // namespace
