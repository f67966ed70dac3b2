#include "lantian/processes/wet_scavenging.hpp"

#include "deposition/henry.hpp"
#include "deposition/wet_scavenging.hpp"
#include "meteorology/clear_sky.hpp"
#include "support/made_air.hpp"

#include "lantian/processes/dry_deposition.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace lantian::testing {
namespace {

constexpr int grid_columns = 9, grid_rows = 4, layer_count = 10;
constexpr double mol_per_kg_ppb = 1.0e-9 * mol_air_per_kg, rain_mm_h = 2.0;

/// Steady rain in all columns but the westernmost, on three species: not washed out, an acid, coarse
/// particles.
struct RainyHour {
  MadeAir air{grid_columns, grid_rows, layer_count};
  State state, before;
  Ledger ledger;

  RainyHour() {
    const SpeciesTable species(
        {{.name = "CO", .molar_mass_g_mol = 28.0},
         {.name = "HNO3", .molar_mass_g_mol = 63.0, .scavenged_as = "HNO3"},
         {.name = "PPMC", .molar_mass_g_mol = 12.0, .scavenged_as = "particle_coarse"}});
    const Tile tile{.columns = grid_columns,
                    .rows = grid_rows,
                    .layers = layer_count,
                    .grid_columns = grid_columns,
                    .grid_rows = grid_rows};
    state = before = air.state(tile, species,
                               [](int s, int k, int row, int column) { return 1.0 + s + k + row + column; });
    ledger = Ledger(tile, species.count());
    air.hour.middle.rain_rate_mm_h = Array2<double>(grid_rows, grid_columns, rain_mm_h);
    for (int j = 0; j < grid_rows; ++j) air.hour.middle.rain_rate_mm_h(j, 0) = 0.0;
  }
  /// Cloud water in layers 5 and 6.
  void add_cloud() {
    air.hour.middle.cloud_water_kg_kg = Array3<double>(layer_count, grid_rows, grid_columns, 0.0);
    for (int k = 5; k < 7; ++k)
      for (int j = 0; j < grid_rows; ++j)
        for (int i = 0; i < grid_columns; ++i) air.hour.middle.cloud_water_kg_kg(k, j, i) = 3.0e-4;
  }
  /// Warm air of a relative humidity below the cloud.
  void make_humidity(double share) {
    WeatherSnapshot& at = air.hour.middle;
    at.temperature_k = Array3<double>(layer_count, grid_rows, grid_columns, 285.0);
    at.pressure_pa = Array3<double>(layer_count, grid_rows, grid_columns, 9.5e4);
    const double vapour_pa = share * saturation_vapour_pressure_pa(285.0);
    at.water_vapour_kg_kg =
        Array3<double>(layer_count, grid_rows, grid_columns, 287.0 / 461.6 * vapour_pa / (9.5e4 - vapour_pa));
  }
  void advance(bool re_evaporates = false, bool uses_henry = false) {
    for (int n = 0; n < 12; ++n)
      WetScavenging({.re_evaporates = re_evaporates, .uses_henry = uses_henry})
          .advance(state, air.environment(), Step{.length_s = 300.0}, ledger);
  }
  [[nodiscard]] double share_left(int s, int k, int j, int i) const {
    return state.mixing_ratio_ppb[s](k, j, i) / before.mixing_ratio_ppb[s](k, j, i);
  }
};

TEST(WetScavenging, DecaysInAndBelowTheCloudOfTheWeatherAndNotAboveIt) {
  RainyHour hour;
  hour.add_cloud();
  hour.advance();
  // W P / (1000 m 1000 kg m-3) in an hour of 2 kg m-2, W = 1.4e6 and 0.5e6; A P E / v = 5.2 * 2 * 0.4 / 5
  // below cloud
  for (int k = 0; k < layer_count; ++k) {
    const double acid = k < 5 ? std::exp(-1.0) : k < 7 ? std::exp(-2.8) : 1.0;
    const double coarse = k < 5 ? std::exp(-0.832) : k < 7 ? std::exp(-2.0) : 1.0;
    EXPECT_NEAR(hour.share_left(1, k, 2, 3) / acid, 1.0, 1.0e-13) << k;  // twelve roundings
    EXPECT_NEAR(hour.share_left(2, k, 2, 3) / coarse, 1.0, 1.0e-13) << k;
  }
}

TEST(WetScavenging, PutsTheCloudBetween500And2500MetresWhenTheWeatherHasNone) {
  RainyHour hour;
  hour.advance();
  const auto& z = hour.air.surface.interface_above_ground_m;
  for (int k = 0; k < layer_count; ++k) {
    const double middle_m = 0.5 * (z(k, 1, 4) + z(k + 1, 1, 4));
    const double acid = middle_m < 500.0 ? std::exp(-1.0) : middle_m <= 2500.0 ? std::exp(-2.8) : 1.0;
    EXPECT_NEAR(hour.share_left(1, k, 1, 4) / acid, 1.0, 1.0e-13) << middle_m;
  }
}

TEST(WetScavenging, WashesAllLayersOfAShallowModelFromACloudAboveItsTop) {
  RainyHour hour;
  auto& z = hour.air.surface.interface_above_ground_m;
  for (double& height_m : z.values()) height_m *= 400.0 / 7000.0;  // 10 layers, a top near 400 m
  hour.advance();
  EXPECT_LT(z(layer_count, 1, 4), 500.0);
  for (int k = 0; k < layer_count; ++k)
    EXPECT_NEAR(hour.share_left(1, k, 1, 4) / std::exp(-1.0), 1.0, 1.0e-13) << k;  // as below cloud
}

TEST(MechanismSpecies, NameRowsOfTheDepositionTablesThatExist) {
  for (const char* mechanism : {"grs", "nox_o3"}) {
    for (const Species& one : mechanism_species(mechanism, {})) {
      const auto& dry = deposition_rows();
      const auto& wet = scavenging_rows();
      EXPECT_TRUE(one.deposits_as.empty() || std::ranges::count(dry, one.deposits_as) == 1) << one.name;
      EXPECT_TRUE(one.scavenged_as.empty() || std::ranges::count(wet, one.scavenged_as) == 1) << one.name;
    }
  }
}

TEST(WetScavenging, LeavesDryColumnsAndWhatIsNotSolubleAlone) {
  RainyHour hour;
  hour.add_cloud();
  hour.advance();
  for (int k = 0; k < layer_count; ++k) {
    for (int j = 0; j < grid_rows; ++j) {
      for (int s = 0; s < 3; ++s) EXPECT_EQ(hour.share_left(s, k, j, 0), 1.0);
      for (int i = 0; i < grid_columns; ++i) EXPECT_EQ(hour.share_left(0, k, j, i), 1.0);
    }
  }
}

/// Amounts of species s in a column [mol]: what it held, and what it has lost.
struct Washed {
  double held_mol = 0.0, change_mol = 0.0;
};

Washed washed(const RainyHour& hour, int s, int j, int i) {
  Washed column;
  for (int k = 0; k < layer_count; ++k) {
    const double mol_per_ppb = hour.state.air_mass_kg(k, j, i) * mol_per_kg_ppb;
    const double before = hour.before.mixing_ratio_ppb[s](k, j, i);
    column.held_mol += before * mol_per_ppb;
    column.change_mol += (hour.state.mixing_ratio_ppb[s](k, j, i) - before) * mol_per_ppb;
  }
  return column;
}

TEST(WetScavenging, BooksWhatTheRainTakesOfEachColumn) {
  RainyHour hour;
  hour.add_cloud();
  hour.advance();
  for (int s = 0; s < 3; ++s) {
    for (int j = 0; j < grid_rows; ++j) {
      for (int i = 0; i < grid_columns; ++i) {
        const Washed column = washed(hour, s, j, i);
        EXPECT_NEAR(hour.ledger.columns(MassTerm::wet_deposition, s)(j, i), column.change_mol,
                    1.0e-13 * column.held_mol);
      }
    }
  }
}

TEST(WetScavenging, ClosesTheBudgetOfAColumnWhereRainEvaporates) {
  RainyHour hour;
  hour.add_cloud();
  hour.make_humidity(0.5);
  hour.advance(true);
  for (int s = 0; s < 3; ++s)
    for (int j = 0; j < grid_rows; ++j)
      for (int i = 0; i < grid_columns; ++i) {
        const Washed column = washed(hour, s, j, i);
        EXPECT_NEAR(hour.ledger.columns(MassTerm::wet_deposition, s)(j, i), column.change_mol,
                    1.0e-13 * column.held_mol);
      }
}

TEST(WetScavenging, GivesParticlesAloneBackBelowTheCloudWhereRainEvaporates) {
  RainyHour dry_air, wet_air;
  for (RainyHour* hour : {&dry_air, &wet_air}) hour->add_cloud();
  dry_air.make_humidity(0.5);
  wet_air.make_humidity(1.01);
  dry_air.advance(true);
  wet_air.advance(true);
  for (int k = 0; k < layer_count; ++k) {
    EXPECT_EQ(dry_air.share_left(1, k, 2, 3), wet_air.share_left(1, k, 2, 3)) << k;  // the acid
    if (k < 5)
      EXPECT_GT(dry_air.share_left(2, k, 2, 3), wet_air.share_left(2, k, 2, 3) * (1.0 + 1.0e-4)) << k;
    else
      EXPECT_EQ(dry_air.share_left(2, k, 2, 3), wet_air.share_left(2, k, 2, 3)) << k;
  }
  EXPECT_GT(dry_air.ledger.columns(MassTerm::wet_deposition, 2)(2, 3),
            wet_air.ledger.columns(MassTerm::wet_deposition, 2)(2, 3));  // less falls
}

TEST(WetScavenging, DecaysAsWithoutEvaporationInSaturatedAir) {
  RainyHour saturated, without;
  for (RainyHour* hour : {&saturated, &without}) hour->add_cloud();
  saturated.make_humidity(1.01);
  saturated.advance(true);
  without.advance(false);
  for (int s = 0; s < 3; ++s)
    for (int k = 0; k < layer_count; ++k)
      EXPECT_EQ(saturated.share_left(s, k, 1, 5), without.share_left(s, k, 1, 5));
}

/// Sulphur dioxide and an acid by Henry's law in rain through damp air.
struct SolubleHour : RainyHour {
  SolubleHour() {
    state.species = before.species =
        SpeciesTable({{.name = "CO", .molar_mass_g_mol = 28.0},
                      {.name = "SO2", .molar_mass_g_mol = 64.0, .scavenged_as = "SO2"},
                      {.name = "HNO3", .molar_mass_g_mol = 63.0, .scavenged_as = "HNO3"}});
    add_cloud();
    make_humidity(0.8);
  }
};

TEST(WetScavenging, ByHenrysLawDecaysAVerySolubleGasByItsTransferToTheDrops) {
  // Nothing comes back: below and in the cloud the exact exponential of the rate over an hour.
  SolubleHour hour;
  hour.advance(false, true);
  const SolubleGas acid{{2.1e5, 8700.0}, {15.4, 8700.0}, {0.0, 0.0}, {0.0, 0.0}, 1.9};
  const RainyAir rain{.temperature_k = 285.0,
                      .pressure_pa = 9.5e4,
                      .rain_kg_m2_s = rain_mm_h / 3600.0,
                      .thickness_m = 100.0,
                      .cloud_water_m3_m3 = 0.0};
  const double expected = std::exp(-3600.0 * transfer_rate_per_s(acid, rain));
  for (int k = 0; k < 5; ++k) EXPECT_NEAR(hour.share_left(2, k, 2, 3) / expected, 1.0, 1.0e-5) << k;
  for (int k = 7; k < layer_count; ++k) EXPECT_EQ(hour.share_left(2, k, 2, 3), 1.0);
}

TEST(WetScavenging, ByHenrysLawClosesTheBudgetOfColumnsWhereGasComesBack) {
  for (const bool evaporates : {false, true}) {
    SolubleHour hour;
    hour.advance(evaporates, true);
    for (int s = 1; s < 3; ++s) {
      for (int i = 1; i < grid_columns; ++i) {
        const Washed column = washed(hour, s, 2, i);
        EXPECT_LT(column.change_mol, 0.0);
        EXPECT_NEAR(hour.ledger.columns(MassTerm::wet_deposition, s)(2, i), column.change_mol,
                    1.0e-13 * column.held_mol);
      }
    }
  }
}

TEST(WetScavenging, ByHenrysLawCarriesAGasFromDirtyAirAboveToCleanAirBelow) {
  SolubleHour hour;
  for (int k = 0; k < 3; ++k) hour.state.mixing_ratio_ppb[1](k, 2, 3) = 0.0;
  hour.advance(false, true);
  for (int k = 0; k < 3; ++k) EXPECT_GT(hour.state.mixing_ratio_ppb[1](k, 2, 3), 1.0e-3) << k;
  EXPECT_LT(hour.state.mixing_ratio_ppb[1](0, 2, 3), hour.before.mixing_ratio_ppb[1](0, 2, 3));
}

TEST(WetScavenging, ByHenrysLawTakesLessOfSulphurDioxideThanOfAnAcid) {
  SolubleHour hour;
  hour.advance(true, true);
  for (int k = 0; k < 7; ++k) EXPECT_GT(hour.share_left(1, k, 2, 3), hour.share_left(2, k, 2, 3)) << k;
}

}  // namespace
}  // namespace lantian::testing
