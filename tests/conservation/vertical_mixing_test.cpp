#include "lantian/processes/vertical_mixing.hpp"

#include "support/made_air.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <vector>

namespace lantian::testing {
namespace {

constexpr int grid_columns = 13, grid_rows = 9, layer_count = 8;
constexpr double dt_s = 300.0, mol_per_kg_ppb = 1.0e-9 * mol_air_per_kg;

/// Vertical mixing of three species: the first neither emitted nor deposited, the others both; the last
/// settles.
struct Mixed {
  MadeAir air{grid_columns, grid_rows, layer_count};
  std::vector<Array3<double>> emission_mol_s{3};
  std::vector<Array2<double>> velocity_m_s{3};
  std::vector<Array2<double>> release_ppb_m_s{3};
  std::vector<Array3<double>> settling_m_s{3};
  State state;
  Ledger ledger;

  Mixed() {
    const Tile tile{.columns = grid_columns,
                    .rows = grid_rows,
                    .layers = layer_count,
                    .grid_columns = grid_columns,
                    .grid_rows = grid_rows};
    state = air.state(tile, transported_species(), made_mixing_ratio_ppb);
    ledger = Ledger(tile, 3);
    settling_m_s[2] = Array3<double>(layer_count, grid_rows, grid_columns, 0.0);
    for (int k = 0; k < layer_count; ++k)
      for (int j = 0; j < grid_rows; ++j)
        for (int i = 0; i < grid_columns; ++i) settling_m_s[2](k, j, i) = 0.01 * (1 + k) * (1 + i % 3);
    for (std::size_t s = 1; s < 3; ++s) {
      emission_mol_s[s] = Array3<double>(layer_count, grid_rows, grid_columns, 0.0);
      velocity_m_s[s] = Array2<double>(grid_rows, grid_columns, 0.0);
      for (int j = 0; j < grid_rows; ++j) {
        for (int i = 0; i < grid_columns; ++i) {
          velocity_m_s[s](j, i) = 0.002 * (1 + (i + j) % 5);
          emission_mol_s[s]((i + j) % 4, j, i) = 0.01 * (1 + i);
        }
      }
    }
  }
  void advance() {
    Environment environment = air.environment();
    environment.emission_mol_s = &emission_mol_s;
    environment.deposition_velocity_m_s = &velocity_m_s;
    environment.ground_release_ppb_m_s = &release_ppb_m_s;
    environment.settling_velocity_m_s = &settling_m_s;
    VerticalMixing().advance(state, environment, Step{.length_s = dt_s}, ledger);
  }
};

/// Amounts of species s in a column [mol]: what it holds, and what the step would change.
struct ColumnBudget {
  double held_mol = 0.0, change_mol = 0.0;
};

ColumnBudget budget_of(const State& state, int s, int j, int i) {
  ColumnBudget column;
  for (int k = 0; k < layer_count; ++k) {
    const double mol_per_ppb = state.air_mass_kg(k, j, i) * mol_per_kg_ppb;
    column.change_mol += state.mixing_tendency_ppb_s[s](k, j, i) * dt_s * mol_per_ppb;
    column.held_mol += state.mixing_ratio_ppb[s](k, j, i) * mol_per_ppb;
  }
  return column;
}

TEST(VerticalMixing, ChangesEachColumnByWhatIsEmittedLessWhatIsDeposited) {
  Mixed run;
  run.advance();
  for (int s = 0; s < 3; ++s) {
    for (int j = 0; j < grid_rows; ++j) {
      for (int i = 0; i < grid_columns; ++i) {
        const ColumnBudget column = budget_of(run.state, s, j, i);
        const double emitted = run.ledger.columns(MassTerm::emission, s)(j, i),
                     deposited = run.ledger.columns(MassTerm::dry_deposition, s)(j, i);
        EXPECT_NEAR(column.change_mol, emitted + deposited, 1.0e-12 * (column.held_mol + emitted));
        if (s == 0) continue;
        EXPECT_NEAR(emitted, dt_s * 0.01 * (1 + i), 1.0e-15 * emitted + 1.0e-15);
        EXPECT_LT(deposited, 0.0);
      }
    }
  }
}

TEST(VerticalMixing, BooksWhatTheGroundGivesBackAgainstWhatDepositsAndMeetsItsCompensationPoint) {
  Mixed run;
  run.emission_mol_s = std::vector<Array3<double>>(3);
  constexpr double compensation_ppb = 1.0e4;  // far above what is there: the ground gives
  run.release_ppb_m_s[1] = run.velocity_m_s[1];
  for (double& release : run.release_ppb_m_s[1].values()) release *= compensation_ppb;
  run.advance();
  for (int j = 0; j < grid_rows; ++j)
    for (int i = 0; i < grid_columns; ++i) {
      const ColumnBudget column = budget_of(run.state, 1, j, i);
      const double booked = run.ledger.columns(MassTerm::dry_deposition, 1)(j, i);
      EXPECT_GT(booked, 0.0);
      EXPECT_NEAR(column.change_mol, booked, 1.0e-12 * (column.held_mol + booked));
      // velocity times air cleaned a second times (compensation - mixed)
      const double mixed_ppb =
          run.state.mixing_ratio_ppb[1](0, j, i) + dt_s * run.state.mixing_tendency_ppb_s[1](0, j, i);
      const double cleaned_kg = dt_s * run.velocity_m_s[1](j, i) * run.state.air_mass_kg(0, j, i) /
                                run.air.surface.interface_above_ground_m(1, j, i);
      EXPECT_NEAR(booked, cleaned_kg * (compensation_ppb - mixed_ppb) * mol_per_kg_ppb, 1.0e-12 * booked);
    }
}

TEST(VerticalMixing, LeavesTheStateAloneAndAUniformMixingRatioWithoutTendency) {
  Mixed run;
  run.advance();
  for (int k = 0; k < layer_count; ++k) {
    for (int j = 0; j < grid_rows; ++j) {
      for (int i = 0; i < grid_columns; ++i) {
        EXPECT_EQ(run.state.mixing_ratio_ppb[1](k, j, i), made_mixing_ratio_ppb(1, k, j, i));
        // a few roundings of 41.7 ppb
        EXPECT_NEAR(run.state.mixing_tendency_ppb_s[0](k, j, i) * dt_s, 0.0, 1.0e-13 * uniform_ppb);
      }
    }
  }
}

TEST(VerticalMixing, NeverAsksForMoreThanThereIs) {
  Mixed run;
  for (auto& velocity : run.velocity_m_s)
    for (double& value : velocity.values()) value = 0.3;
  run.emission_mol_s = std::vector<Array3<double>>(3);
  run.advance();
  for (int s = 0; s < 3; ++s)
    for (int k = 0; k < layer_count; ++k)
      for (int j = 0; j < grid_rows; ++j)
        for (int i = 0; i < grid_columns; ++i)
          EXPECT_GE(run.state.mixing_ratio_ppb[s](k, j, i) * (1.0 + 1.0e-15) +
                        run.state.mixing_tendency_ppb_s[s](k, j, i) * dt_s,
                    -1.0e-13);
}

TEST(VerticalMixing, LetsWhatSettlesPileUpInTheLowestLayerUntilItDeposits) {
  Mixed sinking, floating;
  for (Mixed* run : {&sinking, &floating}) {
    run->velocity_m_s = std::vector<Array2<double>>(3);
    run->emission_mol_s = std::vector<Array3<double>>(3);
  }
  floating.settling_m_s = std::vector<Array3<double>>(3);
  sinking.advance();
  floating.advance();
  for (int j = 0; j < grid_rows; ++j)
    for (int i = 0; i < grid_columns; ++i) {
      if (made_mixing_ratio_ppb(2, 0, j, i) == 0.0) continue;
      EXPECT_GT(sinking.state.mixing_tendency_ppb_s[2](0, j, i),
                floating.state.mixing_tendency_ppb_s[2](0, j, i) + 1.0e-4);
      EXPECT_LT(sinking.state.mixing_tendency_ppb_s[2](layer_count - 1, j, i),
                floating.state.mixing_tendency_ppb_s[2](layer_count - 1, j, i));
      EXPECT_EQ(sinking.ledger.columns(MassTerm::dry_deposition, 2)(j, i), 0.0);
    }
}

TEST(VerticalMixing, GivesTheSameBitsOnAnyNumberOfThreads) {
  const int threads = omp_get_max_threads();
  Mixed one, two;
  omp_set_num_threads(1);
  one.advance();
  omp_set_num_threads(2);
  two.advance();
  omp_set_num_threads(threads);
  for (int s = 0; s < 3; ++s)
    for (int k = 0; k < layer_count; ++k)
      for (int j = 0; j < grid_rows; ++j)
        for (int i = 0; i < grid_columns; ++i)
          EXPECT_EQ(one.state.mixing_tendency_ppb_s[s](k, j, i), two.state.mixing_tendency_ppb_s[s](k, j, i));
}

}  // namespace
}  // namespace lantian::testing
