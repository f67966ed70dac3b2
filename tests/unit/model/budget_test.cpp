#include "lantian/model/budget.hpp"

#include "support/made_air.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

constexpr int columns = 20, rows = 13, layers = 5;

SpeciesTable nitrogen_species() {
  return SpeciesTable({{.name = "tracer", .molar_mass_g_mol = 29.0},
                       {.name = "NO", .molar_mass_g_mol = 30.0, .nitrogen_atoms = 1},
                       {.name = "N2O5", .molar_mass_g_mol = 108.0, .nitrogen_atoms = 2}});
}

/// A tile of random air with its books; the tests move mass in one column and enter it, or do not.
class Books : public ::testing::Test {
 protected:
  /// Adds moles to a species in the lowest cell of a column of the whole grid.
  void gain(int s, int row, int column, double mol) {
    const int j = row - state_.tile.first_row, i = column - state_.tile.first_column;
    if (j < 0 || j >= state_.tile.rows || i < 0 || i >= state_.tile.columns) return;
    state_.mixing_ratio_ppb[s](0, j, i) += mol / (1.0e-9 * state_.air_mass_kg(0, j, i) * mol_air_per_kg);
  }
  void enter(MassTerm term, int s, int row, int column, double mol) {
    const int j = row - state_.tile.first_row, i = column - state_.tile.first_column;
    if (j < 0 || j >= state_.tile.rows || i < 0 || i >= state_.tile.columns) return;
    ledger_.add(term, s, j, i, mol);
  }

  Communicator ranks_ = Communicator::world();
  testing::MadeAir air_{columns, rows, layers};
  State state_ = air_.state(
      Decomposition(ranks_.size(), columns, rows, layers).tile(ranks_.rank()), nitrogen_species(),
      [](int s, int k, int row, int column) { return testing::made_mixing_ratio_ppb(s, k, row, column); });
  Ledger ledger_{state_.tile, state_.species.count()};
  Budget budget_{ranks_, state_};
};

constexpr double rounding =
    1.0e-14;  // the sums are exact; what is left is the rounding of each cell's change

TEST_F(Books, BeginWithTheMolesOfTheAirInside) {
  double expected_mol = 0.0;
  for (const double kg : air_.hour.begin.air_mass_kg.values())
    expected_mol += testing::uniform_ppb * 1.0e-9 * kg * 1000.0 / 28.9647;
  EXPECT_NEAR(budget_.run()[0].begin_mol / expected_mol, 1.0, 1.0e-12);  // 1300 plain additions
}

TEST_F(Books, CloseWhenEveryMoveIsEntered) {
  gain(0, 3, 4, 500.0);
  gain(0, 12, 19, -20.0);
  enter(MassTerm::emission, 0, 3, 4, 500.0);
  enter(MassTerm::dry_deposition, 0, 12, 19, -20.0);
  budget_.close_hour(state_, ledger_);
  EXPECT_LT(budget_.hour()[0].residual(), rounding);
  EXPECT_EQ(budget_.hour()[0].term_mol[static_cast<std::size_t>(MassTerm::emission)], 500.0);
  EXPECT_EQ(budget_.hour()[0].term_mol[static_cast<std::size_t>(MassTerm::dry_deposition)], -20.0);
  EXPECT_LT(budget_.worst_inert_residual(), rounding);
}

TEST_F(Books, ShowWhatNobodyHasEntered) {
  const double begin_mol = budget_.run()[0].begin_mol;
  gain(0, 3, 4, 1.0e-6 * begin_mol);
  budget_.close_hour(state_, ledger_);
  EXPECT_NEAR(budget_.hour()[0].residual(), 1.0e-6, 1.0e-11);  // over the end, a millionth more
  EXPECT_EQ(budget_.worst_inert_residual(), budget_.hour()[0].residual());
}

TEST_F(Books, AddHoursUpAndRememberTheWorst) {
  for (int hour = 0; hour < 3; ++hour) {
    ledger_ = Ledger(state_.tile, state_.species.count());
    gain(0, 1, 1, hour == 1 ? 99.0 : 100.0);
    enter(MassTerm::inflow, 0, 1, 1, 100.0);
    budget_.close_hour(state_, ledger_);
  }
  EXPECT_EQ(budget_.run()[0].term_mol[static_cast<std::size_t>(MassTerm::inflow)], 300.0);
  EXPECT_EQ(budget_.run()[0].end_mol, budget_.hour()[0].end_mol);
  EXPECT_LT(budget_.hour()[0].residual(), rounding) << "the third hour is sound";
  EXPECT_NEAR(budget_.worst_inert_residual() * budget_.hour()[0].end_mol, 1.0, 1.0e-3)
      << "the second one lacked 1 mol";
}

TEST_F(Books, ChemistryMayTurnNitrogenButNotLoseIt) {
  gain(1, 5, 5, -2.0);
  gain(2, 5, 5, 1.0);
  enter(MassTerm::chemistry, 1, 5, 5, -2.0);
  enter(MassTerm::chemistry, 2, 5, 5, 1.0);
  budget_.close_hour(state_, ledger_);
  EXPECT_LT(budget_.hour(AtomFamily::nitrogen).residual(), rounding);
  EXPECT_LT(budget_.worst_family_residual(), rounding);
  EXPECT_EQ(budget_.hour(AtomFamily::sulphur).residual(), 0.0) << "there is no sulphur";

  ledger_ = Ledger(state_.tile, state_.species.count());
  gain(2, 5, 5, -1.0);
  enter(MassTerm::chemistry, 2, 5, 5, -1.0);
  budget_.close_hour(state_, ledger_);
  const BudgetLine nitrogen = budget_.hour(AtomFamily::nitrogen);
  EXPECT_NEAR(nitrogen.end_mol - nitrogen.begin_mol, -2.0, 1.0e-6 * 2.0);
  EXPECT_NEAR(nitrogen.residual(), 2.0 / nitrogen.begin_mol, 1.0e-6 * nitrogen.residual());
  EXPECT_LT(budget_.hour()[2].residual(), rounding) << "the species' own books close";
}

TEST_F(Books, HoldTheAtomsThatReactionsDeclareAndNoMore) {
  const double begin_mol = budget_.hour(AtomFamily::nitrogen).begin_mol;
  gain(1, 5, 5, 3.0);
  enter(MassTerm::chemistry, 1, 5, 5, 3.0);
  const int j = 5 - state_.tile.first_row, i = 5 - state_.tile.first_column;
  if (j >= 0 && j < state_.tile.rows && i >= 0 && i < state_.tile.columns)
    ledger_.declare(AtomFamily::nitrogen, j, i, 2.0);
  budget_.close_hour(state_, ledger_);
  const BudgetLine nitrogen = budget_.hour(AtomFamily::nitrogen);
  EXPECT_EQ(nitrogen.term_mol[static_cast<std::size_t>(MassTerm::chemistry)], 2.0);
  EXPECT_NEAR(nitrogen.residual() * nitrogen.end_mol, 1.0, 1.0e-5) << "of 3 mol one is not declared";
  EXPECT_EQ(nitrogen.begin_mol, begin_mol);
  EXPECT_EQ(budget_.run(AtomFamily::nitrogen).term_mol, nitrogen.term_mol);
  EXPECT_EQ(budget_.hour(AtomFamily::sulphur).residual(), 0.0);
}

TEST(BudgetLine, OfNothingHasNoResidual) {
  EXPECT_EQ(BudgetLine{}.residual(), 0.0);
}

TEST(BudgetLine, OfLessThanAMoleculeHasNearlyNone) {
  BudgetLine line{.name = "O1D", .begin_mol = 1.0e-150, .end_mol = 0.0};
  EXPECT_LT(line.residual(), 1.0e-120);
  line.begin_mol = 2.0e-24;  // a molecule and a fifth
  EXPECT_EQ(line.residual(), 1.0);
}

}  // namespace
}  // namespace lantian
