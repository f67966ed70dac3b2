// The whole model on a made city: the same bits on any number of ranks and threads, and closed books.
#include "made_case.hpp"

#include "lantian/base/log.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/model.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

struct Outcome {
  std::vector<std::string> hashes;          // of each hour
  double uniform_error = 0.0;               // largest |UNIFORM - 1 ppb| of any cell and hour
  double inert = 0.0, family = 0.0;         // worst residuals of the budgets
  double emitted_mol = 0.0, wet_mol = 0.0;  // of all species, over the run
};

double worst_distance(const Field<double>& q_ppb, const Tile& tile, double expected_ppb) {
  double worst = 0.0;
  for (int k = 0; k < tile.layers; ++k)
    for (int j = 0; j < tile.rows; ++j)
      for (int i = 0; i < tile.columns; ++i)
        worst = std::max(worst, std::fabs(q_ppb(k, j, i) - expected_ppb));
  return worst;
}

Outcome run_of(const Case& configuration, const Communicator& ranks) {
  const QuietLog quiet;
  Inputs inputs = Inputs::open(configuration);
  Model model(configuration, ranks, inputs);
  Outcome outcome;
  model.run([&](const HourReport& hour) {
    outcome.hashes.push_back(hour.state_hash);
    const int uniform = hour.state.species.find("UNIFORM").value();
    outcome.uniform_error = std::max(outcome.uniform_error,
                                     worst_distance(hour.state.mixing_ratio_ppb[uniform], model.tile(), 1.0));
    outcome.inert = hour.budget.worst_inert_residual();
    outcome.family = hour.budget.worst_family_residual();
    outcome.emitted_mol = outcome.wet_mol = 0.0;
    for (const BudgetLine& line : hour.budget.run()) {
      outcome.emitted_mol += line.term_mol[static_cast<std::size_t>(MassTerm::emission)];
      outcome.wet_mol -= line.term_mol[static_cast<std::size_t>(MassTerm::wet_deposition)];
    }
  });
  return outcome;
}

class WholeModel : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    city_ = std::make_unique<MadeCity>();
    together_ = run_of(city_->configuration(), Communicator::world());
  }
  static void TearDownTestSuite() {
    Communicator::world().barrier();  // nobody reads the files any more
    city_.reset();
  }
  static inline std::unique_ptr<MadeCity> city_;
  static inline Outcome together_;
};

TEST_F(WholeModel, GivesTheBitsOfOneRankOnAnyNumberOfRanks) {
  const Communicator world = Communicator::world();
  const Outcome alone = run_of(city_->configuration(), world.split(world.rank()));
  ASSERT_EQ(together_.hashes.size(), 2u);
  EXPECT_EQ(together_.hashes, alone.hashes);
  EXPECT_NE(together_.hashes[0], together_.hashes[1]);
}

TEST_F(WholeModel, GivesTheSameBitsOnTwoThreads) {
  const int before = omp_get_max_threads();
  omp_set_num_threads(2);
  const Outcome threaded = run_of(city_->configuration(), Communicator::world());
  omp_set_num_threads(before);
  EXPECT_EQ(together_.hashes, threaded.hashes);
}

TEST_F(WholeModel, KeepsAUniformTracerUniform) {
  EXPECT_LE(together_.uniform_error, 1.0e-12);  // roundings of 2 x 6 steps of 8 operators
}

TEST_F(WholeModel, ClosesItsBudgets) {
  EXPECT_GT(together_.emitted_mol, 0.0);  // so that the books hold something
  EXPECT_GT(together_.wet_mol, 0.0);
  EXPECT_LE(together_.inert, 1.0e-12);   // sums of 2700 cells, rounded exactly once
  EXPECT_LE(together_.family, 1.0e-10);  // the chemistry's linear solves round in each of its steps
}

TEST_F(WholeModel, OnTheWeathersOwnLayersKeepsBitsUniformTracerAndBooks) {
  const Communicator world = Communicator::world();
  for (const int count : {0, 7}) {
    Case configuration = city_->configuration();
    configuration.weather.files = {"wrfout_to_its_top.nc"};
    configuration.grid.layers = "weather";
    configuration.grid.layer_count = count;
    configuration.grid.layer_tops_m.clear();
    const Outcome together = run_of(configuration, world),
                  alone = run_of(configuration, world.split(world.rank()));
    EXPECT_EQ(together.hashes, alone.hashes);
    EXPECT_NE(together.hashes, together_.hashes);
    EXPECT_LE(together.uniform_error, 1.0e-12);
    EXPECT_GT(together.emitted_mol, 0.0);
    EXPECT_LE(together.inert, 1.0e-12);
    EXPECT_LE(together.family, 1.0e-10);
  }
}

TEST_F(WholeModel, FeelsAChangeOfTheLastBitOfABoundary) {
  Case changed = city_->configuration();
  double& ozone_ppb = changed.boundary.air.front().values_ppb.at("O3");
  ozone_ppb = std::nextafter(ozone_ppb, 41.0);
  EXPECT_NE(run_of(changed, Communicator::world()).hashes, together_.hashes);
}

}  // namespace
}  // namespace lantian::testing
