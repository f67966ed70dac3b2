// Derivatives of CB6r5 through what surrounds its gases: the surface of particles, the acidity of drops, the
// light that particles leave; and by the factors of its reactions.
#include "support/made_chemistry.hpp"

#include "lantian/processes/gas_chemistry.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace lantian;
using namespace lantian::testing::chemistry;

/// Air of a polluted town with cloud above, ppb; nothing else is there.
const std::map<std::string, double> town_air = {
    {"O3", 40.0},    {"NO2", 15.0}, {"NO", 1.0},    {"SO2", 6.0},  {"H2O2", 0.8}, {"MEPX", 0.3},
    {"PACD", 0.2},   {"NH3", 6.0},  {"PNH4", 4.0},  {"HNO3", 1.0}, {"PNO3", 3.0}, {"PSO4", 2.0},
    {"PPM25", 60.0}, {"POA", 40.0}, {"PEC", 150.0}, {"CO", 400.0}, {"FORM", 3.0}, {"PAR", 20.0},
    {"ETH", 2.0},    {"TOL", 1.0},  {"NTR2", 0.5},  {"N2O5", 0.3}, {"PCA", 0.3},  {"HO2", 0.01}};

/// Eight columns of the small grid, the first without cloud.
constexpr int town_columns = 8, town_rows = 1;
Tile town_tile() {
  Tile tile = whole_grid();
  tile.first_row = 1;
  tile.rows = town_rows;
  tile.columns = town_columns;
  return tile;
}

/// CB6r5 over them, solved so tightly that the choice of steps hardly matters.
struct Town {
  ChemistryConfig config;
  SpeciesTable species = mechanism_species("cb6r5", {});
  WeatherHour weather = mild_weather();
  Environment environment;
  Step step;
  State state;

  explicit Town(UtcTime start, const std::string& photolysis = "mcm")
      : step{.start = start, .length_s = 300.0}, state(made_state(species, town_tile())) {
    config.mechanism = "cb6r5";
    config.inorganic_aerosol = "equilibrium";
    config.photolysis = photolysis;
    config.relative_tolerance = 1.0e-8;
    config.absolute_tolerance_ppb *= 1.0e-6;
    environment.weather = &weather;
    for_each([&](int s, int k, int j, int i) {
      const auto found = town_air.find(species[s].name);
      const double uneven = 1.0 + 0.2 * std::sin(1.0 + i + 2.0 * j + 3.0 * k + 5.0 * s);
      state.mixing_ratio_ppb[s](k, j, i) = found == town_air.end() ? 0.0 : found->second * uneven;
      state.mixing_tendency_ppb_s[s](k, j, i) = 0.0;
    });
  }
  template <class Work>
  void for_each(Work&& work) const {
    for (int s = 0; s < species.count(); ++s)
      for (int k = 0; k < layers; ++k)
        for (int j = 0; j < town_rows; ++j)
          for (int i = 0; i < town_columns; ++i) work(s, k, j, i);
  }
  [[nodiscard]] std::unique_ptr<GasChemistry> chemistry() const {
    return make_gas_chemistry(config, species, small_grid(), Communicator::world());
  }
  [[nodiscard]] State advanced(State from) const {
    Ledger ledger(from.tile, species.count());
    chemistry()->advance(from, environment, step, ledger);
    return from;
  }
  /// Nothing changes but one species in proportion to itself.
  [[nodiscard]] State change_of(const std::string& name) const {
    State change = state;
    for_each([&](int s, int k, int j, int i) {
      if (species[s].name != name) change.mixing_ratio_ppb[s](k, j, i) = 0.0;
    });
    return change;
  }
  [[nodiscard]] State tangent(State change, const std::vector<double>* rate_factor = nullptr) const {
    Variation direction;
    direction.rate_factor = rate_factor;
    chemistry()->advance_tangent({state, environment}, change, direction, step);
    return change;
  }
  [[nodiscard]] double sum(const State& of, const std::string& name, int layer) const {
    double all = 0.0;
    for (int j = 0; j < town_rows; ++j)
      for (int i = 0; i < town_columns; ++i)
        all += of.mixing_ratio_ppb[species.find(name).value()](layer, j, i);
    return all;
  }
};

struct Way {
  const char *cause, *effect;
  int layer;
  bool is_day;
  const char* photolysis;
};

class Surrounded : public ::testing::TestWithParam<Way> {};

TEST_P(Surrounded, TangentIsTheDifferenceQuotientWhereItHasNoKink) {
  // Two quotients tell a kink, as where the laws of metals cross at pH 4.13 in one part of the step.
  const Way& way = GetParam();
  const Town town(way.is_day ? noon : midnight, way.photolysis);
  const State change = town.change_of(way.cause), tangent = town.tangent(change);
  const auto after = [&](double by) {
    State moved = town.state;
    town.for_each([&](int s, int k, int j, int i) {
      moved.mixing_ratio_ppb[s](k, j, i) += by * change.mixing_ratio_ppb[s](k, j, i);
    });
    return town.advanced(moved);
  };
  constexpr double h = 2.0e-3;
  const State above = after(h), below = after(-h), near_above = after(0.25 * h),
              near_below = after(-0.25 * h);
  const auto of = [&](const State& state, int i) {
    return state.mixing_ratio_ppb[town.species.find(way.effect).value()](way.layer, 0, i);
  };
  double size = 0.0;
  for (int i = 0; i < town_columns; ++i) size = std::fmax(size, std::fabs(of(tangent, i)));
  EXPECT_GT(size, 1.0e-4);
  int compared = 0;
  for (int i = 0; i < town_columns; ++i) {
    const double wide = (of(above, i) - of(below, i)) / (2.0 * h),
                 close = (of(near_above, i) - of(near_below, i)) / (0.5 * h);
    if (std::fabs(wide - close) > 2.0e-4 * size) continue;
    ++compared;
    EXPECT_NEAR(of(tangent, i), close, 3.0e-4 * size) << way.cause << " to " << way.effect << " in " << i;
  }
  EXPECT_GE(compared, 5) << way.cause << " to " << way.effect;
}

INSTANTIATE_TEST_SUITE_P(
    Ways, Surrounded,
    ::testing::Values(Way{"NH3", "PSO4", 1, true, "mcm"},   // makes drops less acid
                      Way{"PSO4", "SO2", 1, false, "mcm"},  // makes them more acid
                      Way{"PNO3", "SO2", 1, true, "mcm"},
                      Way{"PPM25", "SO2", 1, false, "mcm"},  // iron and manganese
                      Way{"H2O2", "PSO4", 1, true, "mcm"},   // spends itself within the step
                      Way{"SO2", "PSO4", 1, true, "mcm"},
                      Way{"PSO4", "N2O5", 0, false, "mcm"},  // the surface
                      Way{"PEC", "N2O5", 0, false, "mcm"},
                      Way{"PNO3", "N2O5", 0, false, "mcm"},        // and what nitrate holds back
                      Way{"POA", "NTR2", 0, false, "mcm"},         // what organics hold of organic nitrates
                      Way{"PEC", "NO2", 0, true, "two_stream"},    // the light
                      Way{"PSO4", "O3", 1, true, "two_stream"}));  // of the other layer too

TEST(SurroundingsDerivative, AdjointIsTheMateOfTheTangentOverColumnsWithFactors) {
  for (const char* photolysis : {"mcm", "two_stream"})
    for (const UtcTime start : {noon, midnight}) {
      Town town(start, photolysis);
      town.config.relative_tolerance = 1.0e-3;
      town.config.absolute_tolerance_ppb = ChemistryConfig{}.absolute_tolerance_ppb;
      town.config.rate_factors = {{"Q2", 0.0}, {"R1", 0.8}};
      const auto chemistry = town.chemistry();
      std::vector<double> factor(chemistry->reaction_labels().size());
      for (std::size_t r = 0; r < factor.size(); ++r)
        factor[r] = std::sin(1.0 + 3.0 * static_cast<double>(r));
      State change = town.state, weights = town.state;
      AdjointState adjoint(town.state.tile, town.species);
      adjoint.ask_for_rate_factors(static_cast<int>(factor.size()));
      town.for_each([&](int s, int k, int j, int i) {
        const double place = 3.1 * i + 1.7 * j + 0.9 * k + 2.3 * s;
        change.mixing_ratio_ppb[s](k, j, i) *= std::sin(0.3 + place);
        weights.mixing_ratio_ppb[s](k, j, i) = std::sin(1.1 + place);
        adjoint.amount_per_mol[s](k, j, i) = weights.mixing_ratio_ppb[s](k, j, i);
      });
      const State before = change, after = town.tangent(change, &factor);
      chemistry->advance_adjoint({town.state, town.environment}, adjoint, town.step);
      double forward = 0.0, backward = 0.0, size = 0.0;
      town.for_each([&](int s, int k, int j, int i) {
        const double mol = 1.0e-9 * town.state.air_mass_kg(k, j, i) * mol_air_per_kg;
        const double one = mol * weights.mixing_ratio_ppb[s](k, j, i) * after.mixing_ratio_ppb[s](k, j, i);
        forward += one;
        size += std::fabs(one);
        backward += mol * (adjoint.amount_per_mol[s](k, j, i) * before.mixing_ratio_ppb[s](k, j, i) +
                           adjoint.source_s_per_mol[s](k, j, i) * before.mixing_tendency_ppb_s[s](k, j, i));
      });
      double by_factors = 0.0;
      for (std::size_t r = 0; r < factor.size(); ++r)
        for (const double column : adjoint.rate_factor[r].values()) by_factors += factor[r] * column;
      EXPECT_NE(by_factors, 0.0);
      EXPECT_NEAR(forward, backward + by_factors, 1.0e-12 * size) << photolysis;
    }
}

TEST(SurroundingsDerivative, ByTheFactorOfAReactionIsTheDifferenceQuotientThoughItIsOff) {
  // Ozone in drops from factors of 0 and 1, uptake of N2O5, photolysis of NO2: each by its label.
  struct Trial {
    std::string label, effect;
    double factor;
    int layer;
    UtcTime start;
  };
  for (const Trial& trial : {Trial{"Q2", "PSO4", 0.0, 1, midnight}, Trial{"Q2", "PSO4", 1.0, 1, noon},
                             Trial{"H2", "N2O5", 1.0, 0, midnight}, Trial{"R1", "NO2", 1.0, 0, noon}}) {
    Town town(trial.start);
    town.config.rate_factors = {{trial.label, trial.factor}};
    const std::vector<std::string> labels = town.chemistry()->reaction_labels();
    std::vector<double> factor(labels.size(), 0.0);
    factor.at(static_cast<std::size_t>(std::ranges::find(labels, trial.label) - labels.begin())) = 1.0;
    State nothing = town.state;
    town.for_each([&](int s, int k, int j, int i) { nothing.mixing_ratio_ppb[s](k, j, i) = 0.0; });
    const double slope = town.sum(town.tangent(nothing, &factor), trial.effect, trial.layer);
    const auto after = [&](double by) {
      Town moved = town;
      moved.environment.weather = &moved.weather;
      moved.config.rate_factors[trial.label] = trial.factor + by;
      return moved.sum(moved.advanced(moved.state), trial.effect, trial.layer);
    };
    constexpr double h = 1.0e-3;
    const double expected = (4.0 * after(h) - after(2.0 * h) - 3.0 * after(0.0)) / (2.0 * h);  // to one side
    EXPECT_NE(expected, 0.0) << trial.label;
    EXPECT_NEAR(slope / expected, 1.0, 1.0e-4) << trial.label;
  }
}

TEST(SurroundingsDerivative, ATracerCountsWithTheTendencyThatItTakesFirst) {
  // Soot that only comes in within the step takes light already: its tendency is worth what its amount is.
  Town town(noon, "two_stream");
  const int soot = town.species.find("PEC").value();
  const State change = town.change_of("PEC");
  State by_tendency = change;
  for (int k = 0; k < layers; ++k)
    for (int j = 0; j < town_rows; ++j)
      for (int i = 0; i < town_columns; ++i) {
        by_tendency.mixing_ratio_ppb[soot](k, j, i) = 0.0;
        by_tendency.mixing_tendency_ppb_s[soot](k, j, i) = change.mixing_ratio_ppb[soot](k, j, i) / 300.0;
      }
  const double by_amount = town.sum(town.tangent(change), "NO2", 0);
  EXPECT_NE(by_amount, 0.0);
  EXPECT_NEAR(town.sum(town.tangent(by_tendency), "NO2", 0) / by_amount, 1.0, 1.0e-12);
}

}  // namespace
