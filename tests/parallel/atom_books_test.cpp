// Nitrogen and sulphur of the whole model under the full mechanism, whose published yields do not keep every
// atom: the books close with what its reactions declare, and with nothing else.
#include "made_case.hpp"
#include "support/made_chemistry.hpp"

#include "lantian/base/log.hpp"
#include "lantian/model/budget.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/model.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lantian::testing {
namespace {

constexpr double closed = 1.0e-10;  // the chemistry's linear solves round in each of its steps
constexpr auto chemistry_term = static_cast<std::size_t>(MassTerm::chemistry);

struct Hour {
  BudgetLine nitrogen, sulphur;
  double worst_family, worst_species;
};

/// The made city under CB6r5 from noon into the night, with what its two unbalanced reactions turn over: ISPD
/// with NO3, INTR with OH.
std::vector<Hour> hours_of_the_city(int hours) {
  const QuietLog quiet;
  const MadeCity city(hours, 11, 9);
  Case made = city.configuration();
  made.chemistry.mechanism = "cb6r5";
  made.boundary.air.front().values_ppb.insert(
      {{"ISOP", 1.0}, {"ISPD", 1.0}, {"INTR", 0.5}, {"NO3", 0.01}, {"PSO4", 0.5}});
  Inputs inputs = Inputs::open(made);
  Model model(made, Communicator::world(), inputs);
  std::vector<Hour> all;
  model.run([&](const HourReport& hour) {
    const Budget& budget = hour.budget;
    all.push_back({budget.hour(AtomFamily::nitrogen), budget.hour(AtomFamily::sulphur),
                   budget.worst_family_residual(), budget.worst_species_residual()});
  });
  Communicator::world().barrier();  // nobody reads the files any more
  return all;
}

TEST(AtomBooks, CloseEachHourWithTheDeclaredImbalancesAndOnlyWithThem) {
  const std::vector<Hour> hours = hours_of_the_city(12);
  ASSERT_EQ(hours.size(), 12u);
  for (const Hour& hour : hours) {
    EXPECT_LE(hour.nitrogen.residual(), closed);
    EXPECT_LE(hour.sulphur.residual(), closed);
    EXPECT_EQ(hour.sulphur.term_mol[chemistry_term], 0.0) << "no reaction declares sulphur";
    BudgetLine silent = hour.nitrogen;
    silent.term_mol[chemistry_term] = 0.0;
    EXPECT_GT(silent.residual(), 10.0 * closed) << "what is declared is needed";
  }
  EXPECT_LE(hours.back().worst_family, closed);
  // O(1D) falls through all magnitudes at dusk; less than a molecule in the domain is no amount.
  EXPECT_LE(hours.back().worst_species, 1.0e-12);
}

/// Books of a step of the chemistry over a small grid, which loses `share` of a cell's HNO3 on the way and
/// enters that as its own doing.
class LeakingChemistry {
 public:
  explicit LeakingChemistry(double share) {
    const WeatherHour weather = chemistry::mild_weather();
    Environment environment;
    environment.weather = &weather;
    state_.mixing_tendency_ppb_s = FieldSet<double>(state_.tile, species_.count(), chemistry::layers, 0.0);
    Budget budget(alone_, state_);
    ChemistryConfig config;
    config.mechanism = "cb6r5";
    Ledger ledger(state_.tile, species_.count());
    make_gas_chemistry(config, species_, chemistry::small_grid(), alone_)
        ->advance(state_, environment, {.start = chemistry::noon, .length_s = 300.0}, ledger);
    const int acid = species_.find("HNO3").value();
    double& acid_ppb = state_.mixing_ratio_ppb[acid](0, 1, 3);
    leaked_mol_ = share * acid_ppb * 1.0e-9 * state_.air_mass_kg(0, 1, 3) * mol_air_per_kg;
    acid_ppb *= 1.0 - share;
    ledger.add(MassTerm::chemistry, acid, 1, 3, -leaked_mol_);
    budget.close_hour(state_, ledger);
    nitrogen_ = budget.hour(AtomFamily::nitrogen);
    species_residual_ = budget.worst_species_residual();
  }
  [[nodiscard]] const BudgetLine& nitrogen() const { return nitrogen_; }
  [[nodiscard]] double species_residual() const { return species_residual_; }
  [[nodiscard]] double leaked_mol() const { return leaked_mol_; }

 private:
  Communicator alone_ = Communicator::world().split(Communicator::world().rank());
  SpeciesTable species_ = mechanism_species("cb6r5", {});
  State state_ = chemistry::made_state(species_, chemistry::whole_grid());
  BudgetLine nitrogen_;
  double species_residual_ = 0.0, leaked_mol_ = 0.0;
};

TEST(AtomBooks, ShowALeakThatNoReactionDeclares) {
  const LeakingChemistry sound(0.0), leaking(1.0e-5);
  EXPECT_LE(sound.nitrogen().residual(), closed);
  EXPECT_NE(sound.nitrogen().term_mol[chemistry_term], 0.0);
  EXPECT_GT(leaking.nitrogen().residual(), closed);
  EXPECT_NEAR(leaking.nitrogen().residual() * leaking.nitrogen().begin_mol / leaking.leaked_mol(), 1.0,
              1.0e-3);
  EXPECT_LE(leaking.species_residual(), 1.0e-12) << "the species' own books close over the leak";
}

}  // namespace
}  // namespace lantian::testing
