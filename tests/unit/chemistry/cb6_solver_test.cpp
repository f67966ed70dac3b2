// The solver on a mechanism of full size: neighbours, families, derivatives, rate constants of eight cells at
// once.
#include "chemistry/photolysis_mcm.hpp"
#include "chemistry/rosenbrock_frozen.hpp"
#include "mechanisms/cb6r5_core.hpp"
#include "support/mechanism_box.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <random>

namespace {

using namespace lantian;
using namespace lantian::testing;
using Cb6 = mechanisms::cb6r5_core;
using Block = MechanismBox<Cb6, Lanes>;

constexpr double molecules_per_ppb = 2.42e10;

/// Eight cells from night to noon and from country to city; cell n stands in lane `lane_of_cell[n]`.
Block mixed_cells(const std::array<int, lane_count>& lane_of_cell) {
  Block block;
  RateConditions<Lanes> air;
  air.air_per_cm3 = Lanes{} + 2.42e19;
  const auto put = [](Lanes& where, int lane, double what) { where[lane] = what; };
  for (int cell = 0; cell < lane_count; ++cell) {
    const int lane = lane_of_cell.at(static_cast<std::size_t>(cell));
    put(air.temperature_k, lane, 275.0 + 4.0 * cell);
    put(air.water_per_cm3, lane, 1.0e17 * (1 + cell));
    const auto light = clear_sky_photolysis_per_s(0.14 * cell - 0.1);
    for (std::size_t p = 0; p < light.size(); ++p) put(air.photolysis_per_s.at(p), lane, light.at(p));
    const auto set = [&](std::string_view name, double ppb) {
      put(block[name], lane, ppb * molecules_per_ppb);
    };
    set("NO", 0.1 * cell * cell);
    set("NO2", 0.5 + 2.0 * cell);
    set("O3", 60.0 - 5.0 * cell);
    set("CO", 200.0 + 100.0 * cell);
    set("SO2", 1.0 + cell);
    set("FORM", 1.0 + 0.5 * cell);
    set("PAR", 10.0 + 8.0 * cell);
    set("OLE", 0.3 * cell);
    set("TOL", 0.4 * cell);
    set("ISOP", 1.0 / (1 + cell));
    set("H2O2", 1.0);
    set("PAN", 0.5);
    put(block.source[Block::index("NO")], lane, 1.0e-3 * cell * molecules_per_ppb);
  }
  Cb6::rates(air, block.k.data());
  return block;
}
constexpr std::array<int, lane_count> in_order = {0, 1, 2, 3, 4, 5, 6, 7};

SolverSettings settings(double relative) {
  SolverSettings settings;
  settings.relative_tolerance = relative;
  settings.absolute_tolerance = 1.0e3;
  return settings;
}

template <class Method>
class Cb6Solver : public ::testing::Test {};
using Methods = ::testing::Types<Ros3, Rodas3>;
TYPED_TEST_SUITE(Cb6Solver, Methods);

TYPED_TEST(Cb6Solver, ACellHasTheSameBitsWhereverItStandsAndWhateverStandsBeside) {
  constexpr std::array<int, lane_count> shuffled = {5, 2, 7, 0, 3, 6, 1, 4};
  const auto run = [](Block block) {
    RosenbrockSolver<Cb6, Lanes, TypeParam> solver;
    Lanes warm{};
    solver.warm_start(&warm);
    for (int step = 0; step < 3; ++step)
      EXPECT_FALSE(
          solver.integrate(block.c.data(), block.k.data(), block.source.data(), 300.0, settings(1.0e-2))
              .has_failed);
    return std::pair{block, warm};
  };
  const auto [ordered, warm] = run(mixed_cells(in_order));
  const auto [moved, moved_warm] = run(mixed_cells(shuffled));
  for (std::size_t cell = 0; cell < shuffled.size(); ++cell) {
    EXPECT_EQ(warm[static_cast<int>(cell)], moved_warm[shuffled.at(cell)]);
    for (std::size_t s = 0; s < ordered.c.size(); ++s)
      EXPECT_EQ(ordered.c[s][static_cast<int>(cell)], moved.c[s][shuffled.at(cell)]) << Cb6::species.at(s);
  }
}

/// Three times the eight cells of a block, one after the other, the last of them left out.
struct CellQueue {
  explicit CellQueue(const Block& from) : start(from) {}
  bool load(Lanes* c, Lanes* k, Lanes* source, int lane) {
    if (next == count) return false;
    cell.at(static_cast<std::size_t>(lane)) = next;
    const int from = next++ % lane_count;
    for (std::size_t s = 0; s < start.c.size(); ++s) {
      c[s][lane] = start.c[s][from];
      source[s][lane] = start.source[s][from];
    }
    for (std::size_t r = 0; r < start.k.size(); ++r) k[r][lane] = start.k[r][from];
    return true;
  }
  void unload(const Lanes* c, int lane, const SolverOutcome& outcome) {
    const int which = cell.at(static_cast<std::size_t>(lane));
    EXPECT_FALSE(outcome.has_failed);
    for (std::size_t s = 0; s < start.c.size(); ++s) end.at(static_cast<std::size_t>(which))[s] = c[s][lane];
    attempts += outcome.steps;
    ++unloaded;
  }
  static constexpr int count = 3 * lane_count - 1;
  Block start;
  std::array<std::array<double, static_cast<std::size_t>(Cb6::species_count)>, count> end{};
  std::array<int, lane_count> cell{};
  int next = 0, unloaded = 0, attempts = 0;
};

TYPED_TEST(Cb6Solver, ACellOfAQueueEndsWithTheBitsItHasInABlock) {
  Block block = mixed_cells(in_order);
  CellQueue queue(block);
  RosenbrockSolver<Cb6, Lanes, TypeParam> solver;
  const SolverOutcome slowest =
      solver.integrate(block.c.data(), block.k.data(), block.source.data(), 300.0, settings(1.0e-2));
  solver.integrate_queue(queue, 300.0, settings(1.0e-2));
  EXPECT_EQ(queue.unloaded, CellQueue::count);
  EXPECT_LT(queue.attempts, slowest.steps * CellQueue::count)
      << "some cells need fewer steps than the slowest";
  for (int n = 0; n < CellQueue::count; ++n)
    for (std::size_t s = 0; s < block.c.size(); ++s)
      EXPECT_EQ(queue.end.at(static_cast<std::size_t>(n))[s], block.c[s][n % lane_count])
          << "cell " << n << ", " << Cb6::species.at(s);
}

TYPED_TEST(Cb6Solver, NitrogenAndSulphurStayButForTheDeclaredRounding) {
  // R160 and R170 make +0.001 and -0.001 N an event.
  Block block = mixed_cells(in_order);
  for (Lanes& source : block.source) source = Lanes{};
  const Lanes nitrogen = block.total(Cb6::nitrogen), sulphur = block.total(Cb6::sulphur);
  const SolverOutcome outcome = block.template integrate<TypeParam>(3600.0, settings(1.0e-2));
  EXPECT_FALSE(outcome.has_failed);
  const Lanes nitrogen_after = block.total(Cb6::nitrogen), sulphur_after = block.total(Cb6::sulphur);
  for (int lane = 0; lane < lane_count; ++lane) {
    EXPECT_NEAR(sulphur_after[lane] / sulphur[lane], 1.0, 1.0e-12);
    const double made = outcome.atoms_made[0].at(static_cast<std::size_t>(lane));
    EXPECT_GT(std::fabs(made), 1.0e-12 * nitrogen[lane]) << "so that the books hold something";
    EXPECT_NEAR(nitrogen_after[lane] - nitrogen[lane], made, 1.0e-13 * nitrogen[lane]);
    EXPECT_EQ(outcome.atoms_made[1].at(static_cast<std::size_t>(lane)), 0.0);
  }
}

TYPED_TEST(Cb6Solver, TangentAndAdjointAreTransposed) {
  Block block = mixed_cells(in_order), dc, lambda;
  RosenbrockRecord<Cb6, Lanes> record;
  const Block start = block;
  EXPECT_FALSE(block.template integrate<TypeParam>(300.0, settings(1.0e-3), &record).has_failed);
  std::mt19937 random(3);
  std::uniform_real_distribution<double> any(-1.0, 1.0);
  for (int lane = 0; lane < lane_count; ++lane) {
    for (std::size_t s = 0; s < dc.c.size(); ++s) {
      // Changes in proportion to what is there: ten thousand more atoms of O(1D), which lives nanoseconds,
      // would measure the conditioning of the factors and not whether one is the transposed of the other.
      dc.c[s][lane] = any(random) * start.c[s][lane];
      dc.source[s][lane] = 1.0e-3 * any(random) * start.c[s][lane];
      lambda.c[s][lane] = any(random) / (block.c[s][lane] + 1.0e6);
    }
    for (std::size_t r = 0; r < dc.k.size(); ++r) dc.k[r][lane] = any(random) * start.k[r][lane];
  }
  Block tangent = dc, adjoint = lambda;
  for (Lanes& k : adjoint.k) k = Lanes{};
  for (Lanes& source : adjoint.source) source = Lanes{};
  FrozenRosenbrock<Cb6, Lanes, TypeParam> frozen;
  frozen.tangent(record, start.k.data(), start.source.data(), tangent.c.data(), dc.k.data(),
                 dc.source.data());
  frozen.adjoint(record, start.k.data(), start.source.data(), adjoint.c.data(), adjoint.k.data(),
                 adjoint.source.data());
  for (int lane = 0; lane < lane_count; ++lane) {
    // Rounding is measured by the terms that are summed: at night pairs of them cancel (N2O5 forms and
    // decays).
    double forward = 0.0, backward = 0.0, size = 0.0;
    const auto add = [&size](double& sum, double term) {
      sum += term;
      size += std::fabs(term);
    };
    for (std::size_t s = 0; s < dc.c.size(); ++s) {
      add(forward, lambda.c[s][lane] * tangent.c[s][lane]);
      add(backward, adjoint.c[s][lane] * dc.c[s][lane]);
      add(backward, adjoint.source[s][lane] * dc.source[s][lane]);
    }
    for (std::size_t r = 0; r < dc.k.size(); ++r) add(backward, adjoint.k[r][lane] * dc.k[r][lane]);
    EXPECT_NE(forward, 0.0);
    // In the dark the factors are worse conditioned: 1.4e-12 was measured there, less than 1e-12 in sunlight.
    const double tolerance = lane == 0 ? 1.0e-11 : 1.0e-12;
    EXPECT_NEAR(forward, backward, tolerance * size) << lane;
  }
}

TEST(Cb6Rates, OfEightCellsAreThoseOfOne) {
  RateConditions<Lanes> eight;
  eight.air_per_cm3 = Lanes{} + 2.0e19;
  for (int lane = 0; lane < lane_count; ++lane) {
    eight.temperature_k[lane] = 220.0 + 13.0 * lane;
    eight.water_per_cm3[lane] = 1.0e17 * lane;
  }
  for (Lanes& j : eight.photolysis_per_s) j = Lanes{} + 1.0e-4;
  std::array<Lanes, static_cast<std::size_t>(Cb6::reaction_count)> k{};
  Cb6::rates(eight, k.data());
  for (int lane = 0; lane < lane_count; ++lane) {
    RateConditions<> one;
    one.temperature_k = eight.temperature_k[lane];
    one.air_per_cm3 = 2.0e19;
    one.water_per_cm3 = eight.water_per_cm3[lane];
    one.photolysis_per_s.fill(1.0e-4);
    std::array<double, static_cast<std::size_t>(Cb6::reaction_count)> alone{};
    Cb6::rates(one, alone.data());
    // The vector functions err by up to four units in the last place, exponents of fifty magnify rounding.
    for (std::size_t r = 0; r < alone.size(); ++r)
      EXPECT_NEAR(k[r][lane], alone[r], 1.0e-13 * alone[r]) << Cb6::reactions.at(r);
  }
}

}  // namespace
