// Tangent and adjoint of the chemistry process: in mixing ratios and in the tendency of mode S.
#include "support/made_chemistry.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using namespace lantian;
using namespace lantian::testing::chemistry;

/// The process over the small grid, with what it needs from outside.
struct Chemistry {
  WeatherHour weather = mild_weather();
  Environment environment;
  std::unique_ptr<GasChemistry> process;
  Step step;

  Chemistry(const ChemistryConfig& config, const SpeciesTable& species, UtcTime start)
      : process(make_gas_chemistry(config, species, small_grid(), Communicator::world())),
        step{.start = start, .length_s = 300.0, .seconds_into_hour = 0.0, .index = 0} {
    environment.weather = &weather;
  }
  [[nodiscard]] State advanced(State state) const {
    Ledger ledger(state.tile, state.species.count());
    process->advance(state, environment, step, ledger);
    return state;
  }
  [[nodiscard]] State tangent(const State& at, State change) const {
    process->advance_tangent({at, environment}, change, Environment{}, step);
    return change;
  }
  /// Sensitivities to mixing ratios and tendencies, from those to mixing ratios: a cell has one factor for
  /// all.
  [[nodiscard]] State adjoint(const State& at, State sensitivity) const {
    AdjointState adjoint(at.tile, at.species);
    adjoint.amount_per_mol = sensitivity.mixing_ratio_ppb;
    process->advance_adjoint({at, environment}, adjoint, step);
    sensitivity.mixing_ratio_ppb = adjoint.amount_per_mol;
    sensitivity.mixing_tendency_ppb_s = adjoint.source_s_per_mol;
    return sensitivity;
  }
};

/// Visits each cell's mixing ratio and tendency of several states: `work(species, k, j, i)`.
template <class Work>
void for_each_place(const Tile& tile, const SpeciesTable& species, Work&& work) {
  for (int s = 0; s < species.count(); ++s)
    for (int k = 0; k < layers; ++k)
      for (int j = 0; j < tile.rows; ++j)
        for (int i = 0; i < tile.columns; ++i) work(s, k, j, i);
}

/// Numbers of size `q_size` and `tendency_size` that belong to the grid's cells, of both signs.
State made_direction(const SpeciesTable& species, const Tile& tile, double phase, double tendency_size) {
  State direction = made_state(species, tile);
  for_each_place(tile, species, [&](int s, int k, int j, int i) {
    const double place = 3.1 * (tile.first_column + i) + 1.7 * (tile.first_row + j) + 0.9 * k + 2.3 * s;
    direction.mixing_ratio_ppb[s](k, j, i) = std::sin(phase + place);
    direction.mixing_tendency_ppb_s[s](k, j, i) = tendency_size * std::cos(2.0 * phase + 1.3 * place);
  });
  return direction;
}

/// The same in proportion to what is usual of each species: a ppb more of OH is no small change, and its
/// rounding would hide in the sums what the others do.
State made_change(const SpeciesTable& species, const Tile& tile, double phase, double tendency_size) {
  State change = made_direction(species, tile, phase, tendency_size);
  for_each_place(tile, species, [&](int s, int k, int j, int i) {
    change.mixing_ratio_ppb[s](k, j, i) *= usual_size_ppb(species[s].name);
    change.mixing_tendency_ppb_s[s](k, j, i) *= usual_size_ppb(species[s].name);
  });
  return change;
}

ChemistryConfig config_of(const std::string& mechanism) {
  ChemistryConfig config;
  config.mechanism = mechanism;
  config.inert_tracers = {"smoke"};
  return config;
}

/// GRS with either way of sharing ammonia out; the equilibrium also with sea salt and gypsum.
std::vector<ChemistryConfig> configs_with_particles() {
  ChemistryConfig nitrate = config_of("grs"), equilibrium = nitrate;
  equilibrium.inorganic_aerosol = "equilibrium";
  ChemistryConfig salt = equilibrium;
  salt.inert_tracers = {"HCL", "PCL", "NA", "PCA"};
  return {nitrate, equilibrium, salt};
}

TEST(GasChemistryDerivative, AdjointIsTheMateOfTheTangentInEveryCellByDayAndNight) {
  std::vector<ChemistryConfig> configs = configs_with_particles();
  for (const char* mechanism : {"nox_o3", "none", "cb6r5"}) configs.push_back(config_of(mechanism));
  configs.back().inorganic_aerosol = "equilibrium";
  for (const ChemistryConfig& config : configs)
    for (const UtcTime start : {noon, midnight}) {
      const std::string mechanism = config.mechanism + " " + config.inorganic_aerosol;
      const SpeciesTable species = mechanism_species(config.mechanism, config.inert_tracers);
      Chemistry chemistry(config, species, start);
      const State at = made_state(species, whole_grid());
      const State change = made_change(species, at.tile, 0.3, 1.0 / 300.0);
      State weights = made_direction(species, at.tile, 1.1, 0.0);
      const State after = chemistry.tangent(at, change), before = chemistry.adjoint(at, weights);
      for (int k = 0; k < layers; ++k)
        for (int j = 0; j < rows; ++j)
          for (int i = 0; i < columns; ++i) {
            double forward = 0.0, backward = 0.0, size = 0.0;
            for (int s = 0; s < species.count(); ++s) {
              const double one = weights.mixing_ratio_ppb[s](k, j, i) * after.mixing_ratio_ppb[s](k, j, i);
              forward += one;
              size += std::fabs(one);
              backward += before.mixing_ratio_ppb[s](k, j, i) * change.mixing_ratio_ppb[s](k, j, i) +
                          before.mixing_tendency_ppb_s[s](k, j, i) * change.mixing_tendency_ppb_s[s](k, j, i);
            }
            ASSERT_NEAR(forward, backward, 1.0e-12 * size) << mechanism << " " << k << " " << j << " " << i;
          }
    }
}

TEST(GasChemistryDerivative, TangentIsTheDifferenceQuotientWhereTheStepHasNoKink) {
  for (ChemistryConfig config : configs_with_particles()) {
    config.relative_tolerance = 1.0e-6;  // the quotient sees how steps are chosen: that must not matter
    config.absolute_tolerance_ppb *= 1.0e-2;
    const SpeciesTable species = mechanism_species("grs", config.inert_tracers);
    for (const UtcTime start : {noon, midnight}) {
      Chemistry chemistry(config, species, start);
      State at = made_state(species, whole_grid());
      // A sink that holds RP or NO at zero makes every step lift them: by how much hangs on the choice of the
      // steps, which is not differentiated. So what reacts fast has sources alone.
      for (const char* name : {"RP", "NO", "NO2", "O3"}) {
        Field<double>& tendency = at.mixing_tendency_ppb_s[species.find(name).value()];
        for (int k = 0; k < layers; ++k)
          for (int j = 0; j < rows; ++j)
            for (int i = 0; i < columns; ++i) tendency(k, j, i) = std::fabs(tendency(k, j, i));
      }
      const State change = made_direction(species, at.tile, 0.3, 1.0 / 300.0);
      constexpr double h = 1.0e-3;
      const auto moved = [&](double by) {
        State state = at;
        for_each_place(at.tile, species, [&](int s, int k, int j, int i) {
          state.mixing_ratio_ppb[s](k, j, i) += by * change.mixing_ratio_ppb[s](k, j, i);
          state.mixing_tendency_ppb_s[s](k, j, i) += by * change.mixing_tendency_ppb_s[s](k, j, i);
        });
        return chemistry.advanced(state);
      };
      const State above = moved(h), here = moved(0.0), below = moved(-h),
                  tangent = chemistry.tangent(at, change);
      int compared = 0, all = 0;
      for_each_place(at.tile, species, [&](int s, int k, int j, int i) {
        const auto q = [&](const State& state) { return state.mixing_ratio_ppb[s](k, j, i); };
        const double right = (q(above) - q(here)) / h, left = (q(here) - q(below)) / h;
        ++all;
        if (std::fabs(right - left) > 2.0e-3) return;  // another branch on one side: applied first, dry, poor
        ++compared;
        // The square of h, and the tolerance over h for what the choice of the steps may shift.
        ASSERT_NEAR(q(tangent), 0.5 * (right + left), 2.0e-4) << species[s].name << k << j << i;
      });
      EXPECT_GT(compared, 95 * all / 100);
    }
  }
}

TEST(GasChemistryDerivative, TotalNitrogenAndSulphurAreTheirOwnSensitivities) {
  for (const ChemistryConfig& config : configs_with_particles())
    for (const UtcTime start : {noon, midnight})
      for (int Species::*atoms : {&Species::nitrogen_atoms, &Species::sulphur_atoms}) {
        const SpeciesTable species = mechanism_species("grs", config.inert_tracers);
        Chemistry chemistry(config, species, start);
        const State at = made_state(species, whole_grid());
        State total = made_direction(species, at.tile, 0.0, 0.0);
        for_each_place(at.tile, species, [&](int s, int k, int j, int i) {
          total.mixing_ratio_ppb[s](k, j, i) = species[s].*atoms;
        });
        const State before = chemistry.adjoint(at, total);
        for_each_place(at.tile, species, [&](int s, int k, int j, int i) {
          const double expected = total.mixing_ratio_ppb[s](k, j, i);
          ASSERT_NEAR(before.mixing_ratio_ppb[s](k, j, i), expected, 1.0e-12) << species[s].name;
          ASSERT_NEAR(before.mixing_tendency_ppb_s[s](k, j, i), 300.0 * expected, 300.0e-12)
              << species[s].name;
        });
      }
}

/// Mechanism, way of sharing ammonia out.
class GasChemistryWithParticles : public ::testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(GasChemistryWithParticles, DerivativesOfACellHaveTheSameBitsOnAnyTileRankAndNumberOfThreads) {
  ChemistryConfig config;
  std::tie(config.mechanism, config.inorganic_aerosol) = GetParam();
  const SpeciesTable species = mechanism_species(config.mechanism, {});
  Chemistry chemistry(config, species, noon);
  const Communicator ranks = Communicator::world();
  Tile mine = whole_grid();
  mine.first_column = columns * ranks.rank() / ranks.size();
  mine.columns = columns * (ranks.rank() + 1) / ranks.size() - mine.first_column;
  const auto results = [&](const Tile& tile, int threads) {
    omp_set_num_threads(threads);
    const State at = made_state(species, tile);
    return std::pair{chemistry.tangent(at, made_direction(species, tile, 0.3, 1.0 / 300.0)),
                     chemistry.adjoint(at, made_direction(species, tile, 1.1, 0.0))};
  };
  const auto whole = results(whole_grid(), 1), part = results(mine, 2);
  omp_set_num_threads(1);
  const auto same = [&](const FieldSet<double>& in_whole, const FieldSet<double>& in_part) {
    for_each_place(mine, species, [&](int s, int k, int j, int i) {
      ASSERT_EQ(std::bit_cast<std::uint64_t>(in_part[s](k, j, i)),
                std::bit_cast<std::uint64_t>(in_whole[s](k, mine.first_row + j, mine.first_column + i)))
          << species[s].name;
    });
  };
  same(whole.first.mixing_ratio_ppb, part.first.mixing_ratio_ppb);
  same(whole.second.mixing_ratio_ppb, part.second.mixing_ratio_ppb);
  same(whole.second.mixing_tendency_ppb_s, part.second.mixing_tendency_ppb_s);
}
INSTANTIATE_TEST_SUITE_P(Policies, GasChemistryWithParticles,
                         ::testing::Values(std::pair("grs", "ammonium_nitrate"),
                                           std::pair("grs", "equilibrium"),
                                           std::pair("cb6r5", "equilibrium")));

TEST(GasChemistryDerivative, AnAdjointThatArrivesWithSourcesKeepsTheirWorth) {
  const SpeciesTable species = mechanism_species("grs", {});
  Chemistry chemistry(ChemistryConfig{}, species, noon);
  const State at = made_state(species, whole_grid());
  AdjointState without(at.tile, species), with(at.tile, species);
  without.amount_per_mol = with.amount_per_mol = made_direction(species, at.tile, 1.1, 0.0).mixing_ratio_ppb;
  with.source_s_per_mol = made_direction(species, at.tile, 0.4, 50.0).mixing_tendency_ppb_s;
  const FieldSet<double> arrived = with.source_s_per_mol;
  chemistry.process->advance_adjoint({at, chemistry.environment}, without, chemistry.step);
  chemistry.process->advance_adjoint({at, chemistry.environment}, with, chemistry.step);
  for_each_place(at.tile, species, [&](int s, int k, int j, int i) {
    ASSERT_EQ(with.amount_per_mol[s](k, j, i), without.amount_per_mol[s](k, j, i));
    ASSERT_EQ(with.source_s_per_mol[s](k, j, i), arrived[s](k, j, i) + without.source_s_per_mol[s](k, j, i));
  });
}

TEST(GasChemistryDerivative, AStateWithoutItsSpeciesIsRefused) {
  const SpeciesTable species = mechanism_species("grs", {});
  Chemistry chemistry(ChemistryConfig{}, species, noon);
  State air_alone;
  air_alone.tile = whole_grid();
  AdjointState adjoint(air_alone.tile, species);
  EXPECT_THROW(
      chemistry.process->advance_adjoint({air_alone, chemistry.environment}, adjoint, chemistry.step),
      InternalError);
}

TEST(GasChemistryDerivative, AStateThatIsNoNumberStopsWithAPlaceAndATime) {
  const SpeciesTable species = mechanism_species("grs", {});
  Chemistry chemistry(ChemistryConfig{}, species, noon);
  State at = made_state(species, whole_grid());
  at.mixing_ratio_ppb[species.find("NO2").value()](1, 2, 9) = std::nan("");
  try {
    static_cast<void>(chemistry.adjoint(at, made_direction(species, at.tile, 0.0, 0.0)));
    FAIL() << "no error";
  } catch (const NumericalError& error) {
    EXPECT_NE(std::string(error.what()).find("in row 2, column 9, layer 2"), std::string::npos)
        << error.what();
  }
}

}  // namespace
