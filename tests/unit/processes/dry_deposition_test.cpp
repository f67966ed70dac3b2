#include "lantian/processes/dry_deposition.hpp"

#include "support/made_air.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

namespace lantian::testing {
namespace {

constexpr int land_use_classes = 26, weathers = 60, layer_count = 3;

/// All land-use classes by row, random weather by column.
struct ManyGrounds {
  MadeAir air{weathers, land_use_classes, layer_count};
  WeatherSnapshot weather;
  State state;

  ManyGrounds() {
    std::vector<Species> species;
    for (const std::string& row : deposition_rows())
      species.push_back({.name = row, .molar_mass_g_mol = 40.0, .deposits_as = row, .scavenged_as = ""});
    species.push_back({.name = "inert", .molar_mass_g_mol = 40.0, .deposits_as = "", .scavenged_as = ""});
    const Tile tile{.columns = weathers,
                    .rows = land_use_classes,
                    .layers = layer_count,
                    .grid_columns = weathers,
                    .grid_rows = land_use_classes};
    state = air.state(tile, SpeciesTable(species), [](int, int, int, int) { return 1.0; });
    make_weather();
  }
  [[nodiscard]] std::vector<Array2<double>> velocities(const DepositionConfig& config = {}) const {
    return DryDeposition(config).velocities_m_s(state, weather, air.surface);
  }
  [[nodiscard]] std::size_t index(const std::string& name) const {
    return static_cast<std::size_t>(state.species.find(name).value());
  }

 private:
  void make_weather() {
    std::mt19937_64 numbers(7);
    const auto random = [&](double low, double high) {
      return low + (high - low) * static_cast<double>(numbers() >> 11) * 0x1.0p-53;
    };
    weather.friction_velocity_m_s = Array2<double>(land_use_classes, weathers);
    weather.temperature_2m_k = weather.short_wave_w_m2 = weather.rain_rate_mm_h =
        weather.inverse_obukhov_length_per_m = weather.surface_pressure_pa = weather.friction_velocity_m_s;
    weather.water_vapour_kg_kg = weather.pressure_pa =
        Array3<double>(layer_count, land_use_classes, weathers, 100000.0);
    for (int i = 0; i < weathers; ++i) {
      const double ustar = random(0.0, 1.5), kelvin = random(250.0, 315.0), sun = random(-300.0, 1000.0),
                   rain = random(-3.0, 5.0), stability = random(-0.2, 0.2), vapour = random(0.0, 0.015);
      for (int j = 0; j < land_use_classes; ++j) {
        air.surface.land_use(j, i) = j + 1;
        weather.friction_velocity_m_s(j, i) = ustar;
        weather.temperature_2m_k(j, i) = kelvin;
        weather.short_wave_w_m2(j, i) = std::fmax(sun, 0.0);
        weather.rain_rate_mm_h(j, i) = std::fmax(rain, 0.0);
        weather.inverse_obukhov_length_per_m(j, i) = stability;
        weather.surface_pressure_pa(j, i) = 101000.0;
        weather.water_vapour_kg_kg(0, j, i) = vapour;
      }
    }
  }
};

TEST(DryDeposition, StaysBetween0And30CentimetresASecondOnAllGroundsInAllWeathers) {
  const ManyGrounds all;
  for (const auto& field : all.velocities()) {
    for (const double velocity_m_s : field.values()) {
      EXPECT_GE(velocity_m_s, 0.0);
      EXPECT_LE(velocity_m_s, 0.3);
    }
  }
}

TEST(DryDeposition, LeavesSpeciesWithoutARowInTheTableAlone) {
  const ManyGrounds all;
  EXPECT_TRUE(all.velocities()[all.index("inert")].empty());
}

TEST(DryDeposition, TakesUpNoNitricOxideAndAtNightMoreNitricAcidThanOzone) {
  const ManyGrounds all;
  const auto velocities = all.velocities();
  for (int j = 0; j < land_use_classes; ++j) {
    for (int i = 0; i < weathers; ++i) {
      EXPECT_EQ(velocities[all.index("NO")](j, i), 0.0);
      // by day open stomata may let more of the faster ozone molecules in
      if (all.weather.short_wave_w_m2(j, i) == 0.0) {
        EXPECT_GT(velocities[all.index("HNO3")](j, i), velocities[all.index("O3")](j, i));
      }
    }
  }
}

TEST(DryDeposition, LetsCoarseParticlesFallFasterThanTheySettleInStillAir) {
  // Mean of Stokes' law over the lognormal of 3 um and 2, 1.7 to 6.7 um, 2200 kg m-3: 0.9 to 1.1 mm s-1
  // between 315 and 250 K.
  const ManyGrounds all;
  const auto velocities = all.velocities();
  for (const double velocity_m_s : velocities[all.index("particle_coarse")].values())
    EXPECT_GT(velocity_m_s, 0.9e-3);
}

TEST(DryDeposition, LetsFineParticlesDepositMoreSlowlyOnSmoothGroundWithTheConstantsOfEmerson) {
  const ManyGrounds all;
  const auto zhang = all.velocities({.particles = "zhang2001"}),
             emerson = all.velocities({.particles = "emerson2020"});
  const std::size_t fine = all.index("particle_fine");
  for (const int land_use : {1, 2, 3, 22, 24})  // water, ice, lakes, tundra, desert
    for (int i = 0; i < weathers; ++i)
      EXPECT_LT(emerson[fine](land_use - 1, i), zhang[fine](land_use - 1, i)) << land_use;
  for (const char* gas : {"O3", "SO2"})
    EXPECT_TRUE(std::ranges::equal(emerson[all.index(gas)].values(), zhang[all.index(gas)].values()));
}

TEST(DryDeposition, LetsCoarseParticlesAloneSettleFasterInThinnerAndColderAir) {
  ManyGrounds all;
  all.weather.temperature_k = Array3<double>(layer_count, land_use_classes, weathers, 293.15);
  for (int i = 0; i < weathers; ++i) {
    all.weather.temperature_k(2, 4, i) = 250.0;
    all.weather.pressure_pa(2, 4, i) = 70000.0;
  }
  const auto settling = DryDeposition().settling_m_s(all.state, all.weather);
  const auto& coarse = settling[all.index("particle_coarse")];
  EXPECT_NEAR(coarse(2, 4, 7) / 1.095547241187e-03, 1.0, 2.0e-4);  // Simpson's rule over the lognormal
  EXPECT_LT(coarse(0, 4, 7), coarse(2, 4, 7));
  for (const char* floating : {"particle_fine", "O3", "inert"})
    EXPECT_TRUE(settling[all.index(floating)].empty());
  for (const auto& field : DryDeposition({.settling = false}).settling_m_s(all.state, all.weather))
    EXPECT_TRUE(field.empty());
}

TEST(DryDeposition, LetsParticlesOfTheirOwnSizeDepositAndSettleByIt) {
  ManyGrounds all;
  all.weather.temperature_k = Array3<double>(layer_count, land_use_classes, weathers, 288.15);
  const auto coarse = [](const std::string& name, double median_m, double density) {
    return Species{.name = name,
                   .phase = Phase::particle,
                   .deposits_as = "particle_coarse",
                   .mass_median_diameter_m = median_m,
                   .geometric_deviation = median_m > 0.0 ? 2.0 : 0.0,
                   .density_kg_m3 = density};
  };
  all.state.species = SpeciesTable({coarse("usual", 0.0, 0.0), coarse("same", 3.0e-6, 2200.0),
                                    coarse("larger", 6.0e-6, 2200.0), coarse("lighter", 3.0e-6, 1000.0)});
  const auto settling = DryDeposition().settling_m_s(all.state, all.weather);
  const auto deposition = all.velocities();
  EXPECT_TRUE(std::ranges::equal(settling[0].values(), settling[1].values()));
  EXPECT_TRUE(std::ranges::equal(deposition[0].values(), deposition[1].values()));
  EXPECT_GT(settling[2](0, 3, 3), settling[0](0, 3, 3));
  EXPECT_GT(deposition[2](3, 3), deposition[0](3, 3));
  EXPECT_LT(settling[3](0, 3, 3), settling[0](0, 3, 3));
}

TEST(DryDeposition, TellsOfParticlesWhoseSizesTheirRowDoesNotHold) {
  Species sand{.name = "SAND", .phase = Phase::particle, .deposits_as = "particle_fine"};
  EXPECT_EQ(particle_size_fault(sand), "");
  sand.mass_median_diameter_m = 20.0e-6;
  EXPECT_NE(particle_size_fault(sand).find(
                "of the lognormal of 20 um and deviation 1.8 less than 1 % lies between"),
            std::string::npos)
      << particle_size_fault(sand);
  EXPECT_EQ(particle_size_fault({.name = "O3", .deposits_as = "O3"}), "");
}

}  // namespace
}  // namespace lantian::testing
