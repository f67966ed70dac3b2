// The whole split step with photochemistry in it, forwards and backwards over an hour.
#include "made_city.hpp"

#include "lantian/model/split_step.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lantian::testing {
namespace {

constexpr int steps_of_hour = 12;
constexpr double dt_s = 300.0;

/// NO, NO2 and O3: as many species as the made city has.
ChemistryConfig reacting() {
  ChemistryConfig config;
  config.mechanism = "nox_o3";
  config.relative_tolerance = 1.0e-6;  // a quotient of free runs lets the steps change, by what this allows
  return config;
}

SpeciesTable reacting_species() {
  return mechanism_species("nox_o3", {});
}

struct ReactingCity : City {
  SplitStep split_step;

  ReactingCity(const Communicator& group, const std::string& splitting)
      : City(group, reacting_species()),
        split_step(halo, transport_of(splitting), DepositionConfig{},
                   make_gas_chemistry(reacting(), reacting_species(), city_grid(), ranks)) {
    air.hour.middle.cloud_water_kg_kg = Array3<double>(city_layers, city_rows, city_columns, 0.0);
    air.hour.middle.cloud_fraction = Array2<double>(city_rows, city_columns, 0.3);
  }
  static TransportConfig transport_of(const std::string& splitting) {
    TransportConfig transport = unlimited_transport();
    transport.splitting = splitting;
    return transport;
  }
  static Step step_of(int n) {
    return {.start = from_civil(2020, 4, 4, 4).plus_seconds(static_cast<long long>(n * dt_s)),
            .length_s = dt_s,
            .seconds_into_hour = n * dt_s,
            .index = n};
  }
  State tangent_of_an_hour(const Given& change) {
    State state = given.state, tangent = change.state;
    for (int n = 0; n < steps_of_hour; ++n)
      split_step.advance_tangent(state, environment(), tangent, change.environment(air), step_of(n));
    return tangent;
  }
  void hour_backwards(AdjointState& adjoint) {
    State state = given.state;
    const Environment around = environment();
    Ledger unread(tile, city_species);
    std::vector<State> begin;
    for (int n = 0; n < steps_of_hour; ++n) {
      begin.push_back(state);
      split_step.advance(state, around, step_of(n), unread);
    }
    for (int n = steps_of_hour - 1; n >= 0; --n)
      split_step.advance_adjoint({begin[static_cast<std::size_t>(n)], around}, adjoint, step_of(n));
  }
};

class ReactingStep : public ::testing::TestWithParam<const char*> {};

TEST_P(ReactingStep, HasTheSameScalarProductsForwardsAndBackwardsOverAnHour) {
  ReactingCity city(Communicator::world(), GetParam());
  const Given change = random_change(city.air, city.tile, 100, true, reacting_species());
  AdjointState adjoint = random_adjoint(city.tile, 300, false, reacting_species());
  adjoint.ask_for_deposition();
  const double forwards = worth_of_state(city.ranks, adjoint, city.tangent_of_an_hour(change));
  city.hour_backwards(adjoint);
  EXPECT_NEAR(worth_of_given(city.ranks, adjoint, change) / forwards, 1.0, 1.0e-12);
}

TEST_P(ReactingStep, HasTheSameBitsBackwardsOnAnyNumberOfRanks) {
  const auto hash_on = [](const Communicator& ranks) {
    ReactingCity city(ranks, GetParam());
    AdjointState adjoint = random_adjoint(city.tile, 300, false, reacting_species());
    adjoint.ask_for_deposition();
    city.hour_backwards(adjoint);
    return hash_of(city.ranks, adjoint);
  };
  EXPECT_EQ(hash_on(Communicator::world()),
            hash_on(Communicator::world().split(Communicator::world().rank())));
}

INSTANTIATE_TEST_SUITE_P(SourceStrangLie, ReactingStep, ::testing::Values("source", "strang", "lie"));

TEST(ReactingHour, TangentIsTheDifferenceQuotientWithTheSolversStepsFrozen) {
  ReactingCity city(Communicator::world(), "source");
  const AdjointState worth = random_adjoint(city.tile, 300, false, reacting_species());
  const auto worth_after = [&](double size) {
    const Given change = random_change(city.air, city.tile, 100, false, reacting_species());
    State state = city.given.state;
    for (int s = 0; s < city_species; ++s)
      for (int k = 0; k < city_layers; ++k)
        for (int j = 0; j < city.tile.rows; ++j)
          for (int i = 0; i < city.tile.columns; ++i)
            state.mixing_ratio_ppb[s](k, j, i) += size * change.state.mixing_ratio_ppb[s](k, j, i);
    Ledger unread(city.tile, city_species);
    const Environment around = city.environment();
    for (int n = 0; n < steps_of_hour; ++n)
      city.split_step.advance(state, around, ReactingCity::step_of(n), unread);
    return worth_of_state(city.ranks, worth, state);
  };
  Given change = random_change(city.air, city.tile, 100, false, reacting_species());
  const Given none = given_of(
      city.air, city.tile, [](int, int, int, int, int) { return 0.0; }, reacting_species());
  change.boundary = none.boundary;
  change.emission_mol_s = none.emission_mol_s;
  change.release_ppb_m_s = none.release_ppb_m_s;
  const double slope = worth_of_state(city.ranks, worth, city.tangent_of_an_hour(change));
  const double quotient = (worth_after(1.0e-4) - worth_after(-1.0e-4)) / 2.0e-4;
  EXPECT_NEAR(quotient / slope, 1.0, 2.0e-4);
}

}  // namespace
}  // namespace lantian::testing
