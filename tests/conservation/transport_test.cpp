#include "support/made_air.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/parallel/state_hash.hpp"
#include "lantian/processes/advection.hpp"
#include "lantian/processes/horizontal_diffusion.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

constexpr int grid_columns = 26, grid_rows = 21, layer_count = 6;
constexpr double mol_per_kg_ppb = 1.0e-9 * mol_air_per_kg;

/// An hour of transport on a group of ranks, and what was found of it there.
struct TransportedHour {
  State state;
  Ledger ledger;
  std::string hash;
};

MadeAir made_air() {
  MadeAir air(grid_columns, grid_rows, layer_count);
  air.set_boundary(3, [](int s) { return s == 0 ? uniform_ppb : 10.0 * s; });
  return air;
}

/// Half a step of each order of sweeps, 12 times, as the model does it.
template <class Value>
TransportedHour advected(const Communicator& ranks, const MadeAir& air, const TransportConfig& transport,
                         Value&& mixing_ratio_ppb) {
  const Decomposition split(ranks.size(), grid_columns, grid_rows, layer_count);
  const HaloExchange halo(ranks, split);
  const SpeciesTable species = transported_species();
  TransportedHour run{air.state(split.tile(ranks.rank()), species, mixing_ratio_ppb), {}, ""};
  run.ledger = Ledger(run.state.tile, species.count());
  Advection first(halo, transport, SweepOrder::horizontal_first),
      second(halo, transport, SweepOrder::vertical_first);
  Step step{.length_s = 150.0};
  for (; step.index < 12; ++step.index) {
    step.seconds_into_hour = 300.0 * static_cast<double>(step.index);
    first.advance(run.state, air.environment(), step, run.ledger);
    second.advance(run.state, air.environment(), step, run.ledger);
  }
  run.hash = state_hash(ranks, run.state.tile, run.state.mixing_ratio_ppb);
  return run;
}

TransportedHour advected(const Communicator& ranks, const MadeAir& air) {
  return advected(ranks, air, TransportConfig{}, made_mixing_ratio_ppb);
}

TransportedHour diffused(const Communicator& ranks, const MadeAir& air) {
  const Decomposition split(ranks.size(), grid_columns, grid_rows, layer_count);
  const HaloExchange halo(ranks, split);
  const SpeciesTable species = transported_species();
  TransportedHour run{air.state(split.tile(ranks.rank()), species, made_mixing_ratio_ppb), {}, ""};
  run.ledger = Ledger(run.state.tile, species.count());
  HorizontalDiffusion diffusion(halo, TransportConfig{});
  Step step{.length_s = 300.0};
  for (; step.index < 12; ++step.index) diffusion.advance(run.state, air.environment(), step, run.ledger);
  run.hash = state_hash(ranks, run.state.tile, run.state.mixing_ratio_ppb);
  return run;
}

/// Largest |value / expected - 1| over the tile.
template <class Expected>
double largest_deviation(const Tile& tile, const Field<double>& field, Expected&& expected) {
  double worst = 0.0;
  for (int k = 0; k < tile.layers; ++k)
    for (int j = 0; j < tile.rows; ++j)
      for (int i = 0; i < tile.columns; ++i)
        worst = std::fmax(
            worst, std::fabs(field(k, j, i) / expected(k, tile.first_row + j, tile.first_column + i) - 1.0));
  return worst;
}

double tracer_mol(const State& state, int s) {
  double mol = 0.0;
  for (int k = 0; k < state.tile.layers; ++k)
    for (int j = 0; j < state.tile.rows; ++j)
      for (int i = 0; i < state.tile.columns; ++i)
        mol += state.mixing_ratio_ppb[s](k, j, i) * state.air_mass_kg(k, j, i) * mol_per_kg_ppb;
  return mol;
}

double booked_mol(const Ledger& ledger, MassTerm term, int s) {
  double mol = 0.0;
  for (const double column : ledger.columns(term, s).values()) mol += column;
  return mol;
}

Communicator alone() {
  return Communicator::world().split(Communicator::world().rank());
}

TEST(Advection, KeepsAUniformMixingRatioUniformInDivergentWinds) {
  const MadeAir air = made_air();
  const TransportedHour run = advected(Communicator::world(), air);
  // to the last bit: a cell changes by differences between what crosses its faces and what it holds
  EXPECT_EQ(largest_deviation(run.state.tile, run.state.mixing_ratio_ppb[0],
                              [](int, int, int) { return uniform_ppb; }),
            0.0);
}

TEST(Advection, CarriesTheAirToTheMassAtTheEndOfTheHour) {
  const MadeAir air = made_air();
  const TransportedHour run = advected(Communicator::world(), air);
  EXPECT_LE(
      largest_deviation(run.state.tile, run.state.air_mass_kg,
                        [&](int k, int row, int column) { return air.hour.end.air_mass_kg(k, row, column); }),
      1.0e-12);
}

TEST(Advection, BooksAllThatCrossesTheEdgeOfTheGrid) {
  const MadeAir air = made_air();
  const TransportedHour run = advected(alone(), air);
  const State begin = air.state(run.state.tile, run.state.species, made_mixing_ratio_ppb);
  for (int s = 0; s < run.state.species.count(); ++s) {
    const double in = booked_mol(run.ledger, MassTerm::inflow, s),
                 out = booked_mol(run.ledger, MassTerm::outflow, s);
    EXPECT_GT(in, 0.0);
    EXPECT_LT(out, 0.0);
    EXPECT_NEAR(tracer_mol(run.state, s) - tracer_mol(begin, s), in + out, 1.0e-12 * in)
        << run.state.species[s].name;
  }
}

TEST(Advection, TakesInTheAirOutsideAsItIsHoweverFoulItIsInside) {
  MadeAir air(grid_columns, grid_rows, layer_count);
  air.set_boundary(3, [](int s) { return s == 0 ? uniform_ppb : 0.0; });
  const TransportedHour run = advected(alone(), air);
  EXPECT_GT(booked_mol(run.ledger, MassTerm::inflow, 0), 0.0);
  for (int s = 1; s < 3; ++s) {
    EXPECT_EQ(booked_mol(run.ledger, MassTerm::inflow, s), 0.0);
    EXPECT_LT(booked_mol(run.ledger, MassTerm::outflow, s), 0.0);
  }
}

TEST(Advection, NamesTheCellWhoseAirLeavesTooFastOnAllRanks) {
  MadeAir air = made_air();
  air.hour.fluxes.x_kg_s(2, 7, 12) = air.hour.begin.air_mass_kg(2, 7, 11);  // all of it in a second
  try {
    (void)advected(Communicator::world(), air);
    FAIL() << "the step was taken";
  } catch (const NumericalError& error) {
    EXPECT_STREQ(error.what(),
                 "advection at 1970-01-01T00:00:00Z: the cell in row 7, column 11, layer 3 would need 300 "
                 "sub-steps (at most 200). Check the winds there, or shorten run.time_step_s.");
  }
}

/// A small box without wind through its walls whose air turns now one way, now the other.
struct ClosedBox {
  static constexpr int columns = 12, rows = 10, layers = 5;
  MadeAir air{columns, rows, layers};

  ClosedBox() {
    air.set_boundary(3, [](int) { return 0.0; });
    for (auto* flux : {&air.hour.fluxes.x_kg_s, &air.hour.fluxes.y_kg_s, &air.hour.fluxes.vertical_kg_s})
      for (double& value : flux->values()) value = 0.0;
  }
  /// Rolls along y and whirls in each layer that move up to a quarter of the lowest layer in 150 s; walls are
  /// streamlines.
  void turn(double strength) {
    const double per_s = strength * 0.25 * air.hour.begin.air_mass_kg(0, rows / 2, columns / 2) / 150.0;
    const auto bump = [](int n, int count) { return 4.0 * n * (count - n) / (count * count); };
    const auto roll = [&](int k, int i) {
      return per_s * bump(k, layers) * bump(i, columns) * (1.0 - 2.0 * i / columns);
    };
    const auto whirl = [&](int j, int i) { return per_s * bump(j, rows) * bump(i, columns); };
    AirFluxes& f = air.hour.fluxes;
    for (int k = 0; k <= layers; ++k) {
      for (int j = 0; j <= rows; ++j) {
        for (int i = 0; i <= columns; ++i) {
          if (k < layers && j < rows)
            f.x_kg_s(k, j, i) = roll(k + 1, i) - roll(k, i) + whirl(j + 1, i) - whirl(j, i);
          if (k < layers && i < columns) f.y_kg_s(k, j, i) = whirl(j, i) - whirl(j, i + 1);
          if (j < rows && i < columns) f.vertical_kg_s(k, j, i) = roll(k, i) - roll(k, i + 1);
        }
      }
    }
  }
};

TEST(Advection, KeepsTheMassOfTracersOverTenThousandStepsInAClosedBox) {
  if (Communicator::world().size() > 1) GTEST_SKIP() << "once is enough";
  ClosedBox box;
  const Decomposition whole(1, ClosedBox::columns, ClosedBox::rows, ClosedBox::layers);
  const HaloExchange halo(alone(), whole);
  State state = box.air.state(whole.tile(0), transported_species(), made_mixing_ratio_ppb);
  const State begin = state;
  Ledger ledger(state.tile, state.species.count());
  Advection advection(halo, TransportConfig{}, SweepOrder::horizontal_first);
  for (int n = 0; n < 10000; ++n) {
    box.turn(std::cos(0.01 * n));
    advection.advance(state, box.air.environment(), Step{.length_s = 150.0, .index = n}, ledger);
  }
  for (int s = 0; s < state.species.count(); ++s) {
    EXPECT_EQ(booked_mol(ledger, MassTerm::inflow, s), 0.0);
    // each step rounds a cell a few times to 1e-16 of its mass, with either sign
    EXPECT_NEAR(tracer_mol(state, s) / tracer_mol(begin, s), 1.0, 1.0e-13) << state.species[s].name;
  }
}

TEST(Advection, NeverTurnsATracerNegative) {
  const TransportedHour run = advected(alone(), made_air());
  for (int s = 0; s < 3; ++s)
    for (int k = 0; k < layer_count; ++k)
      for (int j = 0; j < grid_rows; ++j)
        for (int i = 0; i < grid_columns; ++i) EXPECT_GE(run.state.mixing_ratio_ppb[s](k, j, i), 0.0);
}

/// Greatest ozone [ppb] after an hour in air of 45 ppb with a hole of 5 ppb above part of the grid.
double greatest_beside_a_hole(const std::string& limiter) {
  MadeAir air(grid_columns, grid_rows, layer_count);
  air.set_boundary(3, [](int) { return 45.0; });
  const auto hole = [](int, int k, int row, int column) {
    return k < 3 && row > 6 && row < 14 && column > 4 && column < 12 ? 5.0 : 45.0;
  };
  const TransportConfig transport{.limiter_background = limiter, .limiter_plume = limiter};
  const TransportedHour run = advected(alone(), air, transport, hole);
  double greatest = 0.0;
  for (int s = 0; s < 3; ++s)
    for (int k = 0; k < layer_count; ++k)
      for (int j = 0; j < grid_rows; ++j)
        for (int i = 0; i < grid_columns; ++i)
          greatest = std::fmax(greatest, run.state.mixing_ratio_ppb[s](k, j, i));
  return greatest;
}

TEST(Advection, LeavesNoMoreThanHalfAPpbBesideATitrationHoleInThreeDimensionsWhenSelective) {
  EXPECT_LE(greatest_beside_a_hole("selective"), 45.5);
  EXPECT_GT(greatest_beside_a_hole("positive_definite"), 47.0);  // which it does not promise
}

TEST(Advection, GivesTheSameBitsOnAnyNumberOfRanks) {
  const MadeAir air = made_air();
  EXPECT_EQ(advected(Communicator::world(), air).hash, advected(alone(), air).hash);
}

TEST(Advection, GivesTheSameBitsOnAnyNumberOfThreads) {
  if (Communicator::world().size() > 1) GTEST_SKIP() << "more threads than processors only wait";
  const MadeAir air = made_air();
  const int threads = omp_get_max_threads();
  omp_set_num_threads(1);
  const std::string one = advected(Communicator::world(), air).hash;
  for (const int count : {2, 3}) {
    omp_set_num_threads(count);
    EXPECT_EQ(advected(Communicator::world(), air).hash, one) << count << " threads";
  }
  omp_set_num_threads(threads);
}

TEST(HorizontalDiffusion, KeepsMassAndAUniformMixingRatioAndSmoothsTheRest) {
  const MadeAir air = made_air();
  const TransportedHour run = diffused(alone(), air);
  const State begin = air.state(run.state.tile, run.state.species, made_mixing_ratio_ppb);
  EXPECT_LE(largest_deviation(run.state.tile, run.state.mixing_ratio_ppb[0],
                              [](int, int, int) { return uniform_ppb; }),
            1.0e-12);
  for (int s = 1; s < 3; ++s) {
    EXPECT_NEAR(tracer_mol(run.state, s) / tracer_mol(begin, s), 1.0, 1.0e-13);  // rounding of 12 steps
    const auto greatest = [&](const State& at) {
      double most = 0.0;
      for (int j = 0; j < grid_rows; ++j)
        for (int i = 0; i < grid_columns; ++i) most = std::max(most, at.mixing_ratio_ppb[s](0, j, i));
      return most;
    };
    EXPECT_LT(greatest(run.state), greatest(begin));
  }
}

TEST(HorizontalDiffusion, GivesTheSameBitsOnAnyNumberOfRanks) {
  const MadeAir air = made_air();
  EXPECT_EQ(diffused(Communicator::world(), air).hash, diffused(alone(), air).hash);
}

TEST(HorizontalDiffusion, GivesTheSameBitsOnAnyNumberOfThreads) {
  if (Communicator::world().size() > 1) GTEST_SKIP() << "more threads than processors only wait";
  const MadeAir air = made_air();
  const std::string one = diffused(alone(), air).hash;
  const int threads = omp_get_max_threads();
  omp_set_num_threads(2);
  EXPECT_EQ(diffused(Communicator::world(), air).hash, one);
  omp_set_num_threads(threads);
}

}  // namespace
}  // namespace lantian::testing
