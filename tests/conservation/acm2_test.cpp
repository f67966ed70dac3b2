#include "diffusion/acm2.hpp"

#include "support/made_air.hpp"

#include "lantian/processes/vertical_mixing.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace lantian::testing {
namespace {

constexpr int grid_columns = 13, grid_rows = 9, layer_count = 8;
constexpr double mol_per_kg_ppb = 1.0e-9 * mol_air_per_kg;

/// Mixing of the state of three species on a convective afternoon; the last one is emitted at the ground,
/// settles and deposits.
struct Afternoon {
  MadeAir air{grid_columns, grid_rows, layer_count};
  std::vector<Array3<double>> emission_mol_s{3}, settling_m_s{3};
  std::vector<Array2<double>> velocity_m_s{3};
  State state;
  Ledger ledger;

  Afternoon() {
    air.make_convective();
    const Tile tile{.columns = grid_columns,
                    .rows = grid_rows,
                    .layers = layer_count,
                    .grid_columns = grid_columns,
                    .grid_rows = grid_rows};
    state = air.state(tile, transported_species(), made_mixing_ratio_ppb);
    ledger = Ledger(tile, 3);
    emission_mol_s[2] = Array3<double>(layer_count, grid_rows, grid_columns, 0.0);
    for (int i = 0; i < grid_columns; ++i) emission_mol_s[2](0, 4, i) = 0.3;
    settling_m_s[2] = Array3<double>(layer_count, grid_rows, grid_columns, 0.02);
    velocity_m_s[2] = Array2<double>(grid_rows, grid_columns, 0.03);
  }
  void advance(VerticalScheme scheme, double dt_s = 300.0) {
    Environment environment = air.environment();
    environment.emission_mol_s = &emission_mol_s;
    environment.settling_velocity_m_s = &settling_m_s;
    environment.deposition_velocity_m_s = &velocity_m_s;
    VerticalMixing({.changes_state = true, .scheme = scheme})
        .advance(state, environment, Step{.length_s = dt_s}, ledger);
  }
  [[nodiscard]] double held_mol(int s, int j, int i) const {
    double sum = 0.0;
    for (int k = 0; k < layer_count; ++k)
      sum += state.mixing_ratio_ppb[s](k, j, i) * state.air_mass_kg(k, j, i) * mol_per_kg_ppb;
    return sum;
  }
};

/// Calls `visit(k, j, i)` for all cells.
template <class Visit>
void for_each_cell(Visit&& visit) {
  for (int k = 0; k < layer_count; ++k)
    for (int j = 0; j < grid_rows; ++j)
      for (int i = 0; i < grid_columns; ++i) visit(k, j, i);
}

TEST(Acm2, HasTheConvectiveSharesWorkedByHand) {
  // 0.72 (0.16 * 10)^(1/3) / (1 + the same), -h/L = 10; and 100
  EXPECT_NEAR(convective_share(-10.0), 0.457146347901239, 1.0e-14);
  EXPECT_NEAR(convective_share(-100.0), 0.6446701262093226, 1.0e-14);
  EXPECT_EQ(convective_share(0.0), 0.0);
  EXPECT_EQ(convective_share(3.0), 0.0);
  EXPECT_LT(convective_share(-1.0e-12), 1.0e-4);
}

TEST(Acm2, ChangesEachColumnByWhatIsEmittedLessWhatIsDeposited) {
  const Afternoon before;
  Afternoon run;
  run.advance(VerticalScheme::acm2);
  for (int s = 0; s < 3; ++s)
    for (int j = 0; j < grid_rows; ++j)
      for (int i = 0; i < grid_columns; ++i) {
        const double moved = run.ledger.columns(MassTerm::emission, s)(j, i) +
                             run.ledger.columns(MassTerm::dry_deposition, s)(j, i);
        EXPECT_NEAR(run.held_mol(s, j, i), before.held_mol(s, j, i) + moved,
                    1.0e-14 * (before.held_mol(s, j, i) + std::fabs(moved)) + 1.0e-12);
      }
}

TEST(Acm2, KeepsAUniformMixingRatioAndNeverTurnsNegative) {
  Afternoon run;
  for (const double dt_s : {1.0, 300.0, 3.0e4}) {
    run.advance(VerticalScheme::acm2, dt_s);
    for_each_cell([&](int k, int j, int i) {
      EXPECT_NEAR(run.state.mixing_ratio_ppb[0](k, j, i) / uniform_ppb, 1.0, 1.0e-13);
      for (int s = 1; s < 3; ++s) EXPECT_GE(run.state.mixing_ratio_ppb[s](k, j, i), 0.0);
    });
  }
}

TEST(Acm2, IsKTheoryToTheLastBitWhereNoColumnIsConvective) {
  Afternoon stable, local;
  for (double& inverse : stable.air.hour.middle.inverse_obukhov_length_per_m.values()) inverse = 0.01;
  stable.advance(VerticalScheme::acm2);
  local.advance(VerticalScheme::k_theory);
  for_each_cell([&](int k, int j, int i) {
    for (int s = 0; s < 3; ++s)
      EXPECT_EQ(stable.state.mixing_ratio_ppb[s](k, j, i), local.state.mixing_ratio_ppb[s](k, j, i));
  });
}

TEST(Acm2, TendsToKTheoryAsTheConvectiveShareTendsToZero) {
  // down to the cut at -h/L = 0.1; below it the share is 0, and the solve that of K to the last bit
  Afternoon local;
  local.advance(VerticalScheme::k_theory);
  double last = 1.0e300;
  for (const double stability : {-50.0, -5.0, -0.11}) {
    Afternoon run;
    auto& at = run.air.hour.middle;
    for (std::size_t n = 0; n < at.mixing_height_m.values().size(); ++n)
      at.inverse_obukhov_length_per_m.values()[n] = stability / at.mixing_height_m.values()[n];
    run.advance(VerticalScheme::acm2);
    double difference = 0.0;
    for_each_cell([&](int k, int j, int i) {
      difference +=
          std::fabs(run.state.mixing_ratio_ppb[1](k, j, i) - local.state.mixing_ratio_ppb[1](k, j, i));
    });
    EXPECT_GT(difference, 0.0);
    EXPECT_LT(difference, last);
    last = difference;
  }
}

TEST(Acm2, MixesAConvectiveBoxToAUniformOneInTheLimit) {
  Afternoon run;
  auto& at = run.air.hour.middle;
  for (double& height : at.mixing_height_m.values()) height = 1.0e5;  // all layers
  for (double& inverse : at.inverse_obukhov_length_per_m.values()) inverse = -0.01;
  for (double& diffusivity : at.eddy_diffusivity_m2_s.values()) diffusivity *= 1.0e12;
  run.advance(VerticalScheme::acm2);
  for (int j = 0; j < grid_rows; ++j)
    for (int i = 0; i < grid_columns; ++i)
      for (int k = 0; k < layer_count; ++k)
        EXPECT_NEAR(run.state.mixing_ratio_ppb[1](k, j, i) / run.state.mixing_ratio_ppb[1](0, j, i), 1.0,
                    1.0e-10);
}

TEST(Acm2, LiftsFreshEmissionToTheTopOfTheMixedLayerFasterThanKTheory) {
  Afternoon plumes, local;
  for (Afternoon* run : {&plumes, &local}) {
    run->settling_m_s = std::vector<Array3<double>>(3);
    for_each_cell([&](int k, int j, int i) { run->state.mixing_ratio_ppb[2](k, j, i) = 0.0; });
    for (double& diffusivity : run->air.hour.middle.eddy_diffusivity_m2_s.values()) diffusivity = 20.0;
  }
  plumes.advance(VerticalScheme::acm2, 60.0);
  local.advance(VerticalScheme::k_theory, 60.0);
  int convective = 0;
  for (int i = 0; i < grid_columns; ++i) {
    if ((i + 4) % 5 == 0) continue;  // neutral columns
    ++convective;
    EXPECT_GT(plumes.state.mixing_ratio_ppb[2](4, 4, i), 2.0 * local.state.mixing_ratio_ppb[2](4, 4, i)) << i;
  }
  EXPECT_GT(convective, 5);
}

TEST(Acm2, ConvergesWithFirstOrderInTheStep) {
  const auto after_an_hour = [](int steps) {
    Afternoon run;
    for (double& diffusivity : run.air.hour.middle.eddy_diffusivity_m2_s.values()) diffusivity *= 0.05;
    for (int n = 0; n < steps; ++n) run.advance(VerticalScheme::acm2, 3600.0 / steps);
    std::vector<double> q;
    for_each_cell([&](int k, int j, int i) { q.push_back(run.state.mixing_ratio_ppb[2](k, j, i)); });
    return q;
  };
  const std::vector<double> exact = after_an_hour(4096);
  const auto error = [&](int steps) {
    const std::vector<double> q = after_an_hour(steps);
    double sum = 0.0;
    for (std::size_t n = 0; n < q.size(); ++n) sum += std::fabs(q[n] - exact[n]);
    return sum;
  };
  const double coarse = error(64), middle = error(128), fine = error(256);
  EXPECT_NEAR(std::log2(coarse / middle), 1.0, 0.1);
  EXPECT_NEAR(std::log2(middle / fine), 1.0, 0.1);
}

TEST(Acm2, GivesTheSameBitsOnAnyNumberOfThreads) {
  const int threads = omp_get_max_threads();
  Afternoon one, two;
  omp_set_num_threads(1);
  one.advance(VerticalScheme::acm2);
  omp_set_num_threads(2);
  two.advance(VerticalScheme::acm2);
  omp_set_num_threads(threads);
  for_each_cell([&](int k, int j, int i) {
    for (int s = 0; s < 3; ++s)
      EXPECT_EQ(one.state.mixing_ratio_ppb[s](k, j, i), two.state.mixing_ratio_ppb[s](k, j, i));
  });
}

}  // namespace
}  // namespace lantian::testing
