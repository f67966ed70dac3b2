#include "lantian/model/split_step.hpp"

#include "made_city.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/processes/source_only.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lantian::testing {
namespace {

constexpr int steps_of_hour = 12;
constexpr double dt_s = 300.0;

/// The split step of a city whose species take their mixing tendency as it is.
SplitStep split_step_of(const City& city, const TransportConfig& transport) {
  return {city.halo, transport, DepositionConfig{}, std::make_unique<SourceOnly>(transport)};
}

Step step_of(int n) {
  return {.length_s = dt_s, .seconds_into_hour = n * dt_s, .index = n};
}

/// The state after an hour; books what moved.
State after_an_hour(const City& city, const Given& given, Ledger& ledger,
                    const TransportConfig& transport = unlimited_transport()) {
  const SplitStep split_step = split_step_of(city, transport);
  State state = given.state;
  const Environment environment = given.environment(city.air);
  for (int n = 0; n < steps_of_hour; ++n) split_step.advance(state, environment, step_of(n), ledger);
  return state;
}

State tangent_of_an_hour(const City& city, const Given& change,
                         const TransportConfig& transport = unlimited_transport()) {
  const SplitStep split_step = split_step_of(city, transport);
  State state = city.given.state, tangent = change.state;
  for (int n = 0; n < steps_of_hour; ++n)
    split_step.advance_tangent(state, city.environment(), tangent, change.environment(city.air), step_of(n));
  return tangent;
}

/// Takes an adjoint back over the hour. What is linear needs the air at the beginning of each step alone.
void hour_backwards(const City& city, AdjointState& adjoint, bool with_mixing_ratios,
                    const TransportConfig& transport = unlimited_transport()) {
  const SplitStep split_step = split_step_of(city, transport);
  const Environment environment = city.environment();
  State state = city.given.state;
  if (!with_mixing_ratios)
    state = State{.tile = city.tile,
                  .species = {},
                  .mixing_ratio_ppb = {},
                  .air_mass_kg = city.given.state.air_mass_kg,
                  .mixing_tendency_ppb_s = {}};
  Ledger unread(city.tile, state.species.count());
  std::vector<State> begin;
  for (int n = 0; n < steps_of_hour; ++n) {
    begin.push_back(state);
    split_step.advance(state, environment, step_of(n), unread);
  }
  for (int n = steps_of_hour - 1; n >= 0; --n)
    split_step.advance_adjoint({begin[static_cast<std::size_t>(n)], environment}, adjoint, step_of(n));
}

Communicator alone() {
  return Communicator::world().split(Communicator::world().rank());
}

/// Nothing but the emission of species s in a cell of the lowest layer, 1 mol/s; the ground gives nothing
/// back either.
Given one_source(const City& city, int s, int row, int column) {
  Given given = given_of(city.air, city.tile, [=](int seed, int species, int k, int j, int i) {
    return seed == 6 && species == s && k == 0 && j == row && i == column ? 1.0 : 0.0;
  });
  given.release_ppb_m_s.assign(city_species, {});
  return given;
}

double booked_mol(const Ledger& ledger, MassTerm term, int s) {
  double mol = 0.0;
  for (const double column : ledger.columns(term, s).values()) mol += column;
  return mol;
}

/// Unlimited transport with a way of splitting.
TransportConfig split_as(const std::string& splitting) {
  TransportConfig transport = unlimited_transport();
  transport.splitting = splitting;
  return transport;
}

class Splitting : public ::testing::TestWithParam<const char*> {};

TEST_P(Splitting, HasTheSameScalarProductsForwardsAndBackwardsOverAnHour) {
  const City city(Communicator::world());
  const TransportConfig transport = split_as(GetParam());
  const Given change = random_change(city.air, city.tile, 100, true);
  AdjointState adjoint = random_adjoint(city.tile, 300, false);
  adjoint.ask_for_deposition();
  const double forwards = worth_of_state(city.ranks, adjoint, tangent_of_an_hour(city, change, transport));
  hour_backwards(city, adjoint, true, transport);
  EXPECT_NEAR(worth_of_given(city.ranks, adjoint, change) / forwards, 1.0, 1.0e-12);
}

TEST(SplitStep, NeedsNothingButAirBackwardsWhereAllIsLinear) {
  const City city(Communicator::world());
  AdjointState with_air = random_adjoint(city.tile, 300, false), with_state = with_air;
  hour_backwards(city, with_air, false);
  hour_backwards(city, with_state, true);
  EXPECT_EQ(hash_of(city.ranks, with_air), hash_of(city.ranks, with_state));
}

TEST(SplitStep, HasATangentThatLeavesARemainderOfSecondOrderOverAnHour) {
  // by deposition velocities, the one thing that the step is not linear in
  const City city(Communicator::world());
  const AdjointState worth = random_adjoint(city.tile, 300, false);
  Ledger unread(city.tile, city_species);
  const double before = worth_of_state(city.ranks, worth, after_an_hour(city, city.given, unread));
  const auto change_of = [&](double size) {
    return given_of(city.air, city.tile, [&](int seed, int s, int k, int row, int column) {
      return seed == 7 ? size * plausible(seed, s, k, row, column) : 0.0;
    });
  };
  const double slope = worth_of_state(city.ranks, worth, tangent_of_an_hour(city, change_of(1.0)));
  std::vector<double> remainders;
  for (const double size : {1.0e-2, 1.0e-3, 1.0e-4, 1.0e-5}) {
    Given changed = city.given;
    const Given change = change_of(size);
    for (std::size_t s = 0; s < city_species; ++s)
      for (std::size_t n = 0; n < change.velocity_m_s[s].values().size(); ++n)
        changed.velocity_m_s[s].values()[n] += change.velocity_m_s[s].values()[n];
    const double after = worth_of_state(city.ranks, worth, after_an_hour(city, changed, unread));
    remainders.push_back(std::fabs(after - before - size * slope));
  }
  const auto decades = static_cast<double>(remainders.size() - 1);
  EXPECT_NEAR(std::log10(remainders.front() / remainders.back()) / decades, 2.0, 0.02);
  EXPECT_NEAR(std::log10(remainders[0] / remainders[1]), 2.0, 0.02);
}

TEST(SplitStep, GivesAnInertEmissionTheWorthOfWhatDoesNotFlowOut) {
  // J: mass of the inert species after the hour; 1 mol/s over the hour stays but for what the ledger says
  // left
  const City city(alone());
  Given source = one_source(city, 0, 1, 15);
  Ledger ledger(city.tile, city_species);
  (void)after_an_hour(city, source, ledger);
  const double emitted_mol = booked_mol(ledger, MassTerm::emission, 0);
  const double left_mol = booked_mol(ledger, MassTerm::outflow, 0) +
                          booked_mol(ledger, MassTerm::inflow, 0);  // ripples' signs vary
  EXPECT_NEAR(emitted_mol, 3600.0, 1.0e-9);
  EXPECT_LT(left_mol, -0.1 * emitted_mol);

  AdjointState adjoint(city.tile, city_species_table());
  adjoint.amount_per_mol[0] = Field<double>(city.tile, city_layers, 1.0);
  hour_backwards(city, adjoint, false);
  EXPECT_NEAR(adjoint.emission_s_per_mol[0](0, 1, 15) / (emitted_mol + left_mol), 1.0, 1.0e-12);
}

TEST(SplitStep, GivesAnInertEmissionItsWholeWorthInAClosedDomain) {
  City city(Communicator::world());
  city.close();
  AdjointState adjoint(city.tile, city_species_table());
  adjoint.amount_per_mol[0] = Field<double>(city.tile, city_layers, 1.0);
  hour_backwards(city, adjoint, false);
  for (int k = 0; k < city_layers; ++k) {
    for (int j = 0; j < city.tile.rows; ++j) {
      for (int i = 0; i < city.tile.columns; ++i) {
        EXPECT_NEAR(adjoint.emission_s_per_mol[0](k, j, i) / 3600.0, 1.0, 1.0e-12);
        EXPECT_NEAR(adjoint.amount_per_mol[0](k, j, i), 1.0, 1.0e-12);
      }
    }
  }
}

TEST(SplitStep, IsReciprocalBetweenSourceAndReceptor) {
  // what a source adds at a receptor, forwards, is what the receptor's adjoint finds at the source
  const City city(alone());
  const int row = 6, column = 9;
  for (int s = 0; s < city_species; ++s) {
    AdjointState adjoint(city.tile, city_species_table());
    adjoint.amount_per_mol[s](0, row, column) =
        1.0 / (city.air.hour.end.air_mass_kg(0, row, column) * mol_per_ppb_kg);
    hour_backwards(city, adjoint, false);
    for (const auto& [source_row, source_column] : {std::pair{6, 9}, std::pair{8, 6}, std::pair{9, 7}}) {
      Given source = one_source(city, s, source_row, source_column);
      source.velocity_m_s = city.given.velocity_m_s;
      Ledger unread(city.tile, city_species);
      const double added_ppb = after_an_hour(city, source, unread).mixing_ratio_ppb[s](0, row, column);
      EXPECT_GT(added_ppb, 1.0e-6);
      EXPECT_NEAR(
          adjoint.emission_s_per_mol[static_cast<std::size_t>(s)](0, source_row, source_column) / added_ppb,
          1.0, 1.0e-12)
          << s << " from " << source_row;
    }
  }
}

std::string hash_of_an_hour(const Communicator& ranks, const std::string& splitting = "source") {
  const City city(ranks);
  AdjointState adjoint = random_adjoint(city.tile, 300, false);
  adjoint.ask_for_deposition();
  hour_backwards(city, adjoint, true, split_as(splitting));
  return hash_of(city.ranks, adjoint);
}

TEST_P(Splitting, HasTheSameBitsBackwardsOnAnyNumberOfRanks) {
  EXPECT_EQ(hash_of_an_hour(Communicator::world(), GetParam()), hash_of_an_hour(alone(), GetParam()));
}

/// Digest of the state after an hour forwards.
std::string state_hash_of_an_hour(const Communicator& ranks, const std::string& splitting) {
  const City city(ranks);
  Ledger unread(city.tile, city_species);
  const State state = after_an_hour(city, city.given, unread, split_as(splitting));
  return state_hash(city.ranks, city.tile, state.mixing_ratio_ppb);
}

TEST_P(Splitting, HasTheSameBitsForwardsOnAnyNumberOfRanks) {
  EXPECT_EQ(state_hash_of_an_hour(Communicator::world(), GetParam()),
            state_hash_of_an_hour(alone(), GetParam()));
}

INSTANTIATE_TEST_SUITE_P(SourceStrangLie, Splitting, ::testing::Values("source", "strang", "lie"));

TEST(SplitStep, HasTheSameBitsBackwardsOnAnyNumberOfThreads) {
  if (Communicator::world().size() > 1) GTEST_SKIP() << "more threads than processors only wait";
  const int threads = omp_get_max_threads();
  omp_set_num_threads(1);
  const std::string one = hash_of_an_hour(Communicator::world());
  omp_set_num_threads(2);
  EXPECT_EQ(hash_of_an_hour(Communicator::world()), one);
  omp_set_num_threads(threads);
}

/// Leaves the state alone and has no derivatives.
class Undifferentiated : public Process {
 public:
  [[nodiscard]] std::string_view name() const override { return "reaction"; }
  void advance(State&, const Environment&, Step, Ledger&) override {}
};

TEST(SplitStep, NamesAPartThatHasNoDerivatives) {
  const City city(alone());
  const SplitStep split_step(city.halo, unlimited_transport(), DepositionConfig{},
                             std::make_unique<Undifferentiated>());
  AdjointState adjoint(city.tile, city_species_table());
  const Environment environment = city.environment();
  try {
    split_step.advance_adjoint({city.given.state, environment}, adjoint, step_of(0));
    FAIL() << "an adjoint was made";
  } catch (const InternalError& error) {
    EXPECT_STREQ(error.what(), "reaction has neither tangent nor adjoint");
  }
}

}  // namespace
}  // namespace lantian::testing
