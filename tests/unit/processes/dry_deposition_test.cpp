#include "lantian/processes/dry_deposition.hpp"

#include "deposition/gas_resistances.hpp"
#include "meteorology/dyer1974.hpp"
#include "support/made_air.hpp"

#include "lantian/base/errors.hpp"

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
    weather.time = from_civil(2020, 7, 1, 4);  // noon at 120 E
    weather.friction_velocity_m_s = Array2<double>(land_use_classes, weathers);
    weather.cloud_fraction = Array2<double>(land_use_classes, weathers, 0.3);
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
  for (const char* scheme : {"zhang2003", "wesely1989"}) {
    for (const auto& field : all.velocities({.gas = scheme})) {
      for (const double velocity_m_s : field.values()) {
        EXPECT_GE(velocity_m_s, 0.0);
        EXPECT_LE(velocity_m_s, 0.3);
      }
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

TEST(DryDeposition, LetsNoGasThroughTheAirFasterThanItsTwoResistancesAllow) {
  const ManyGrounds all;
  for (const char* scheme : {"zhang2003", "wesely1989"}) {
    const auto velocities = all.velocities({.gas = scheme});
    for (int j = 0; j < land_use_classes; ++j) {
      for (int i = 0; i < weathers; ++i) {
        const double ustar = std::fmax(all.weather.friction_velocity_m_s(j, i), 0.02);
        const double air_s_m =
            surface_layer_resistance_s_m(0.5 * all.air.surface.interface_above_ground_m(1, j, i), 0.3, ustar,
                                         all.weather.inverse_obukhov_length_per_m(j, i));
        for (const char* gas : {"O3", "SO2", "HNO3", "NO2", "NH3"})
          EXPECT_LE(velocities[all.index(gas)](j, i), 1.0 / (air_s_m + sublayer_resistance_s_m(ustar, 1.0)))
              << gas;
      }
    }
  }
}

/// One summer's weather on all land uses: noon or midnight, u* 0.4 or 0.15 m/s, 25 or 15 deg C, no rain.
ManyGrounds summer(bool is_day) {
  ManyGrounds all;
  all.weather.time = from_civil(2020, 7, 15, is_day ? 4 : 16);
  for (int j = 0; j < land_use_classes; ++j)
    for (int i = 0; i < weathers; ++i) {
      all.weather.friction_velocity_m_s(j, i) = is_day ? 0.4 : 0.15;
      all.weather.temperature_2m_k(j, i) = is_day ? 298.15 : 288.15;
      all.weather.short_wave_w_m2(j, i) = is_day ? 800.0 : 0.0;
      all.weather.rain_rate_mm_h(j, i) = 0.0;
      all.weather.inverse_obukhov_length_per_m(j, i) = is_day ? -0.02 : 0.02;
      all.weather.water_vapour_kg_kg(0, j, i) = is_day ? 0.012 : 0.004;
    }
  return all;
}
constexpr int water = 1, deciduous = 7, crops = 15, urban = 21;

TEST(DryDeposition, HasTheTypicalVelocitiesOfTheTextbookOverWaterAndLand) {
  // Seinfeld & Pandis (2016), table 19.1, typical velocities [cm/s]: O3 0.4 over continents, 0.07 over
  // oceans, HNO3 1 over oceans. Means over day and night: factors of three either way.
  const ManyGrounds noon = summer(true), midnight = summer(false);
  for (const char* scheme : {"zhang2003", "wesely1989"}) {
    const auto by_day = noon.velocities({.gas = scheme}), by_night = midnight.velocities({.gas = scheme});
    const auto mean_cm_s = [&](const char* gas, int land) {
      const std::size_t s = noon.index(gas);
      return 50.0 * (by_day[s](land - 1, 0) + by_night[s](land - 1, 0));
    };
    const auto expect_about = [&](const char* gas, int land, double typical_cm_s) {
      EXPECT_GT(mean_cm_s(gas, land), typical_cm_s / 3.0) << scheme << " " << gas << " " << land;
      EXPECT_LT(mean_cm_s(gas, land), typical_cm_s * 3.0) << scheme << " " << gas << " " << land;
    };
    for (const int land : {deciduous, crops}) expect_about("O3", land, 0.4);
    expect_about("O3", water, 0.07);
    expect_about("HNO3", water, 1.0);
  }
}

TEST(DryDeposition, TakesUpOzoneThroughStomataByDayAndSlowlyByNight) {
  const ManyGrounds noon = summer(true), midnight = summer(false);
  const auto by_day = noon.velocities(), by_night = midnight.velocities();
  for (const char* gas : {"O3", "NO2", "SO2"})
    for (const int land : {deciduous, crops})
      EXPECT_GT(by_day[noon.index(gas)](land - 1, 0), 1.5 * by_night[noon.index(gas)](land - 1, 0))
          << gas << " " << land;
  // Water takes up SO2 fast and ozone slowly: 20 and 2000 s/m.
  EXPECT_GT(by_day[noon.index("SO2")](water - 1, 0), 10.0 * by_day[noon.index("O3")](water - 1, 0));
}

TEST(DryDeposition, TakesUpMoreSulphurDioxideAndNoMoreLightInRain) {
  const ManyGrounds dry = summer(true);
  ManyGrounds wet = summer(true);
  for (double& rain_mm_h : wet.weather.rain_rate_mm_h.values()) rain_mm_h = 2.0;
  const std::size_t so2 = dry.index("SO2");
  for (const int land : {deciduous, crops, urban})
    EXPECT_GT(wet.velocities()[so2](land - 1, 0), 1.2 * dry.velocities()[so2](land - 1, 0)) << land;
}

TEST(DryDeposition, IsSlowedBySnow) {
  ManyGrounds bare = summer(false);
  for (double& kelvin : bare.weather.temperature_2m_k.values()) kelvin = 268.15;
  ManyGrounds snowy = bare;
  snowy.weather.snow_depth_m = Array2<double>(land_use_classes, weathers, 0.3);
  for (const char* scheme : {"zhang2003", "wesely1989"}) {
    const auto without = bare.velocities({.gas = scheme}), with = snowy.velocities({.gas = scheme});
    const std::size_t o3 = bare.index("O3");
    // 30 cm hide crops: leaves and ground of 2000 s/m each, behind the air
    EXPECT_LT(with[o3](crops - 1, 0), 0.9 * without[o3](crops - 1, 0)) << scheme;
    EXPECT_EQ(with[o3](water - 1, 0), without[o3](water - 1, 0)) << scheme;
  }
}

TEST(DryDeposition, FollowsTheLeavesThroughTheYearOfEachHemisphere) {
  const ManyGrounds july = summer(true);
  ManyGrounds january = summer(true), south = summer(true);
  january.weather.time = from_civil(2020, 1, 15, 4);
  south.weather.time = january.weather.time;
  for (double& latitude_deg : south.air.surface.latitude_deg.values()) latitude_deg = -36.0;
  const std::size_t o3 = july.index("O3");
  const double lush = july.velocities()[o3](deciduous - 1, 0),
               leafless = january.velocities()[o3](deciduous - 1, 0);
  EXPECT_LT(leafless, 0.7 * lush);
  EXPECT_NEAR(south.velocities()[o3](deciduous - 1, 0) / lush, 1.0, 0.02);  // the sun stands a little other
}

TEST(DryDeposition, LetsNitricAcidDownNearlyAsFastAsTheAirAllows) {
  // ten times the likeness to SO2 and O3: over plants the surface is less than half of the whole resistance
  const ManyGrounds noon = summer(true);
  const auto velocities = noon.velocities();
  const double air_s_m =
      surface_layer_resistance_s_m(0.5 * noon.air.surface.interface_above_ground_m(1, crops - 1, 0), 0.3, 0.4,
                                   -0.02) +
      sublayer_resistance_s_m(0.4, 1.9);
  EXPECT_GT(velocities[noon.index("HNO3")](crops - 1, 0), 0.5 / air_s_m);
}

TEST(DryDeposition, HasAmmoniaGivenBackByCropsAndNotByWaterAndMoreInTheHeat) {
  const ManyGrounds grounds;
  DepositionConfig config;
  EXPECT_TRUE(DryDeposition(config)
                  .releases_ppb_m_s(grounds.state, grounds.weather, grounds.air.surface)[grounds.index("NH3")]
                  .empty());
  config.ammonia = "bidirectional";
  const auto releases =
      DryDeposition(config).releases_ppb_m_s(grounds.state, grounds.weather, grounds.air.surface);
  const Array2<double>& ammonia = releases[grounds.index("NH3")];
  const auto velocities = grounds.velocities(config);
  constexpr int sea = 0, fields = 14, forest = 3;
  for (int i = 0; i < weathers; ++i) {
    EXPECT_EQ(ammonia(sea, i), 0.0);
    EXPECT_GE(ammonia(forest, i), 0.0);
    // a compensation point of crops: below that of their strongest part, 3000 (Zhang, Wright & Asman 2010)
    const double velocity = velocities[grounds.index("NH3")](fields, i);
    const double kelvin = grounds.weather.temperature_2m_k(fields, i);
    const double most_ug_m3 = 2.7457e15 / kelvin * std::exp(-10378.0 / kelvin) * 3000.0;
    const double ppb_per_ug_m3 =
        1.0e3 * 8.314463 * kelvin / (40.0 * 1.0e5);  // of 40 g mol-1 at 1000 hPa, about
    EXPECT_GT(ammonia(fields, i), 0.0);
    EXPECT_LT(ammonia(fields, i), 1.05 * velocity * most_ug_m3 * ppb_per_ug_m3);
  }
  for (std::size_t s = 0; s < releases.size(); ++s) EXPECT_EQ(releases[s].empty(), s != grounds.index("NH3"));
}

TEST(DryDeposition, RefusesCompensationPointsWithTheResistancesOfWesely) {
  DepositionConfig config;
  config.ammonia = "bidirectional";
  config.gas = "wesely1989";
  EXPECT_THROW(DryDeposition{config}, ConfigError);
}

TEST(DryDeposition, MixesTheVelocitiesOfACellsLandUsesByTheirShares) {
  const int row = 4, column = 3;
  ManyGrounds wet = summer(true), sown = summer(true), mixed = summer(true), whole = summer(true);
  wet.air.surface.land_use(row, column) = water;
  sown.air.surface.land_use(row, column) = crops;
  mixed.air.surface.land_use_share = whole.air.surface.land_use_share =
      Array3<double>(land_use_classes, land_use_classes, weathers, 0.0);
  for (int j = 0; j < land_use_classes; ++j)
    for (int i = 0; i < weathers; ++i) {
      whole.air.surface.land_use_share(j, j, i) = 1.0;
      mixed.air.surface.land_use_share(water - 1, j, i) = 0.25;
      mixed.air.surface.land_use_share(crops - 1, j, i) = 0.75;
    }
  const auto a = wet.velocities(), b = sown.velocities(), same = whole.velocities(),
             shared = mixed.velocities(), alone = summer(true).velocities();
  for (std::size_t s = 0; s < alone.size(); ++s) {
    if (alone[s].empty()) continue;
    EXPECT_TRUE(std::ranges::equal(alone[s].values(), same[s].values()));
    EXPECT_NEAR(shared[s](row, column), 0.25 * a[s](row, column) + 0.75 * b[s](row, column), 1.0e-17);
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
