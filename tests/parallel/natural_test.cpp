// Natural emission by the full mechanism: the same bits on any ranks, and the books agree.
#include "made_case.hpp"

#include "lantian/base/log.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/model.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

struct Outcome {
  std::vector<std::string> hashes;
  double inert_residual = 0.0, emitted_sodium_mol = 0.0;
  std::vector<MassTableRow> mass_table;
};

Outcome run_of(const Case& configuration, const Communicator& ranks) {
  const QuietLog quiet;
  Inputs inputs = Inputs::open(configuration);
  Model model(configuration, ranks, inputs);
  Outcome outcome;
  model.run([&](const HourReport& hour) {
    outcome.hashes.push_back(hour.state_hash);
    outcome.inert_residual = hour.budget.worst_inert_residual();
    for (const BudgetLine& line : hour.budget.run())
      if (line.name == "NA")
        outcome.emitted_sodium_mol = line.term_mol[static_cast<std::size_t>(MassTerm::emission)];
  });
  outcome.mass_table = inputs.emissions.mass_table();
  return outcome;
}

class NaturalEmission : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    city_ = std::make_unique<MadeCity>(1);
    case_ = city_->configuration();
    case_.run.time_step_s = 1200.0;
    case_.chemistry.mechanism = "cb6r5";
    case_.emissions.inventory.clear();  // sea, crops and a city alone
    together_ = run_of(case_, Communicator::world());
  }
  static void TearDownTestSuite() {
    Communicator::world().barrier();  // nobody reads the files any more
    city_.reset();
  }
  static inline std::unique_ptr<MadeCity> city_;
  static inline Case case_;
  static inline Outcome together_;
};

TEST_F(NaturalEmission, HasTheBitsOfOneRankOnAnyNumberOfRanks) {
  const Communicator world = Communicator::world();
  const Communicator group = world.split(world.rank() == 0 ? 0 : 1);
  if (world.rank() == 0) {
    EXPECT_EQ(run_of(case_, group).hashes, together_.hashes);
  }
  ASSERT_EQ(together_.hashes.size(), 1U);
  world.barrier();
}

TEST_F(NaturalEmission, IsCountedAlikeByTheMassTableAndTheBudget) {
  std::map<std::string, double> injected_t;
  for (const MassTableRow& row : together_.mass_table) {
    EXPECT_LE(row.residual(), 1.0e-12) << row.sector << " " << row.pollutant;
    injected_t[row.sector + " " + row.pollutant] = row.injected_t;
  }
  for (const char* name : {"biogenic VOC", "soil NOx", "sea_salt PM25", "sea_salt PMC"})
    EXPECT_GT(injected_t.at(name), 0.0) << name;
  EXPECT_EQ(injected_t.at("wind_dust PMC"), 0.0);  // there is no desert
  // 30.61 % of the mass of sea salt is sodium, 22.99 g mol-1.
  const double sodium_mol = injected_t.at("sea_salt PM25") * 1.0e6 * 0.3061 / 22.99;
  EXPECT_NEAR(together_.emitted_sodium_mol / sodium_mol, 1.0, 1.0e-12);
  EXPECT_LE(together_.inert_residual, 1.0e-12);  // sums of 2700 cells, rounded exactly once
}

}  // namespace
}  // namespace lantian::testing
