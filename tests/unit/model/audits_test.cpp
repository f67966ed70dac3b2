#include "lantian/model/audits.hpp"

#include "support/made_air.hpp"

#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace lantian {
namespace {

constexpr int columns = 20, rows = 13, layers = 5;

class Audits : public ::testing::Test {
 protected:
  void put(int s, int layer, int row, int column, double value) {
    const int j = row - state_.tile.first_row, i = column - state_.tile.first_column;
    if (j >= 0 && j < state_.tile.rows && i >= 0 && i < state_.tile.columns)
      state_.mixing_ratio_ppb[s](layer, j, i) = value;
  }
  /// The same sentence on every rank.
  std::string sentence() {
    try {
      Audit(ranks_, transport_, state_.species)
          .state(state_, "vertical mixing", {.start = from_civil(2020, 3, 30, 16, 10)});
      return "";
    } catch (const NumericalError& error) {
      return error.what();
    }
  }

  Communicator ranks_ = Communicator::world();
  TransportConfig transport_;
  testing::MadeAir air_{columns, rows, layers};
  State state_ =
      air_.state(Decomposition(ranks_.size(), columns, rows, layers).tile(ranks_.rank()),
                 testing::transported_species(), [](int, int, int, int) { return testing::uniform_ppb; });
};

TEST_F(Audits, PassesSoundAirAndZero) {
  put(1, 0, 0, 0, 0.0);
  EXPECT_EQ(sentence(), "");
}

TEST_F(Audits, NamesOperatorTimeSpeciesAndCellOfANegativeValue) {
  put(1, 2, 11, 17, -1.0e-300);
  EXPECT_EQ(sentence(),
            "after vertical mixing of the step that began at 2020-03-30T16:10:00Z: ozone is -1e-300 ppb in "
            "row 11, column 17, layer 3; mixing ratios must be finite and not negative. No output of this "
            "hour was written.");
}

TEST_F(Audits, LetsOnlySpeciesWithAnUnlimitedSchemeFallBelowZero) {
  transport_.limiter_background = "unlimited";
  put(1, 2, 11, 17, -1.0);  // ozone has a background
  EXPECT_EQ(sentence(), "");
  put(2, 2, 11, 17, -1.0);  // smoke is a plume
  EXPECT_NE(sentence().find("smoke is -1 ppb"), std::string::npos);
  transport_.limiter_plume = "unlimited";
  EXPECT_EQ(sentence(), "");
  put(1, 2, 11, 17, -std::numeric_limits<double>::infinity());
  EXPECT_NE(sentence().find("ozone is -inf ppb"), std::string::npos);
}

TEST_F(Audits, FindsWhatIsNotFinite) {
  put(2, 4, 12, 19, std::numeric_limits<double>::quiet_NaN());
  EXPECT_NE(sentence().find("smoke is nan ppb in row 12, column 19, layer 5"), std::string::npos)
      << sentence();
  put(2, 4, 12, 19, std::numeric_limits<double>::infinity());
  EXPECT_NE(sentence().find("smoke is inf ppb"), std::string::npos);
}

TEST_F(Audits, OfSeveralNamesTheSameOnAnyNumberOfRanks) {
  put(1, 3, 0, 0, -1.0);
  put(1, 2, 12, 19, -2.0);
  put(1, 2, 12, 0, -3.0);
  put(2, 0, 0, 0, -4.0);
  EXPECT_NE(sentence().find("ozone is -3 ppb in row 12, column 0, layer 3"), std::string::npos) << sentence();
}

TEST_F(Audits, LooksAtOwnCellsOnly) {
  state_.mixing_ratio_ppb[0](0, -1, -1) = -1.0;  // halo: the neighbour's affair
  EXPECT_EQ(sentence(), "");
}

}  // namespace
}  // namespace lantian
