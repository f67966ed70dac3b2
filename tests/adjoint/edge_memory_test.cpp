// Air that left through a side and comes back: what enters, and the derivatives of that.
#include "lantian/processes/edge_memory.hpp"

#include "made_city.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

constexpr double memory_s = 1800.0, step_s = 300.0;

/// The city, with its wind and with the opposite one.
struct WindThatTurns {
  explicit WindThatTurns(const Communicator& ranks) : city(ranks), back(city.air.hour.fluxes) {
    for (auto* flux : {&back.x_kg_s, &back.y_kg_s})
      for (double& value : flux->values()) value = -value;
  }
  City city;
  AirFluxes back;
  [[nodiscard]] const AirFluxes& there() const { return city.air.hour.fluxes; }
  [[nodiscard]] EdgeMemory memory() const { return {city.tile, city_species, memory_s}; }
};

double sum_over_ranks(const Communicator& ranks, double own) {
  return reproducible_sum(ranks, {&own, 1});
}

TEST(EdgeMemory, LetsTheBoundarysAirInUnchangedWhereNothingHasLeft) {
  const WindThatTurns wind(Communicator::world());
  EdgeMemory memory = wind.memory();
  for (int n = 0; n < 3; ++n) {
    const BoundaryHour& outside = wind.city.given.boundary;
    const BoundaryHour enters = memory.take_step(wind.city.given.state, wind.there(), outside, step_s);
    for (const auto side : {&BoundaryHour::west, &BoundaryHour::east, &BoundaryHour::south,
                            &BoundaryHour::north, &BoundaryHour::top})
      for (std::size_t s = 0; s < city_species; ++s)
        EXPECT_TRUE(std::ranges::equal((enters.*side)[s].values(), (outside.*side)[s].values()));
  }
}

TEST(EdgeMemory, GivesBackWhatLeftAndForgetsItWithItsTimeScale) {
  const WindThatTurns wind(Communicator::world());
  const Tile& tile = wind.city.tile;
  EdgeMemory memory = wind.memory();
  const BoundaryHour& outside = wind.city.given.boundary;
  (void)memory.take_step(wind.city.given.state, wind.there(), outside, step_s);
  for (int n = 0; n < 4; ++n) {
    const BoundaryHour enters = memory.take_step(wind.city.given.state, wind.back, outside, step_s);
    const double share = std::exp(-(n + 0.5) * step_s / memory_s);  // at the middle of the step
    for (int j = 0; j < tile.rows; ++j) {
      if (!tile.at_east() || !(wind.back.x_kg_s(0, tile.first_row + j, tile.grid_columns) < 0.0)) continue;
      const double left = wind.city.given.state.mixing_ratio_ppb[0](0, j, tile.columns - 1),
                   beyond = outside.east[0](0, tile.first_row + j);
      EXPECT_NEAR(enters.east[0](0, tile.first_row + j), share * left + (1.0 - share) * beyond, 1.0e-12);
    }
  }
}

TEST(EdgeMemory, ReturnsOfAnHourOutAndBackTheShareThatItsTimeScaleKeeps) {
  // What left at a steady mixing ratio comes back as the mean of exp(-t/T) over the hour, 43 % for T = 30
  // min.
  const WindThatTurns wind(Communicator::world());
  const Tile& tile = wind.city.tile;
  constexpr int steps = 12;  // an hour
  BoundaryHour clean = wind.city.given.boundary;
  for (const auto side :
       {&BoundaryHour::west, &BoundaryHour::east, &BoundaryHour::south, &BoundaryHour::north})
    for (Array2<double>& one : clean.*side) std::ranges::fill(one.values(), 0.0);
  EdgeMemory memory = wind.memory();
  for (int n = 0; n < steps; ++n) (void)memory.take_step(wind.city.given.state, wind.there(), clean, step_s);
  double left = 0.0, back = 0.0;
  for (int n = 0; n < steps; ++n) {
    const BoundaryHour enters = memory.take_step(wind.city.given.state, wind.back, clean, step_s);
    for (int j = 0; j < tile.rows && tile.at_east(); ++j) {
      const double air_kg = -step_s * wind.back.x_kg_s(0, tile.first_row + j, tile.grid_columns);
      if (!(air_kg > 0.0)) continue;
      left += air_kg * wind.city.given.state.mixing_ratio_ppb[0](0, j, tile.columns - 1);
      back += air_kg * enters.east[0](0, tile.first_row + j);
    }
  }
  left = sum_over_ranks(wind.city.ranks, left);
  const double kept = memory_s / (steps * step_s) * (1.0 - std::exp(-steps * step_s / memory_s));
  EXPECT_GT(left, 0.0);
  EXPECT_NEAR(sum_over_ranks(wind.city.ranks, back) / left, kept,
              2.0e-3 * kept);  // steps of T/6, at their middles
}

/// Out, back, back, out and back again.
std::vector<const AirFluxes*> course(const WindThatTurns& wind) {
  return {&wind.there(), &wind.back, &wind.back, &wind.there(), &wind.back};
}

double worth_of(const BoundaryHour& worth, const BoundaryHour& enters, const Tile& tile) {
  double sum = 0.0;
  for (std::size_t s = 0; s < city_species; ++s) {
    for (int k = 0; k < city_layers; ++k) {
      for (int j = tile.first_row; j < tile.first_row + tile.rows; ++j) {
        if (tile.at_west()) sum += worth.west[s](k, j) * enters.west[s](k, j);
        if (tile.at_east()) sum += worth.east[s](k, j) * enters.east[s](k, j);
      }
      for (int i = tile.first_column; i < tile.first_column + tile.columns; ++i) {
        if (tile.at_south()) sum += worth.south[s](k, i) * enters.south[s](k, i);
        if (tile.at_north()) sum += worth.north[s](k, i) * enters.north[s](k, i);
      }
    }
  }
  return sum;
}

TEST(EdgeMemory, HasTheSameScalarProductsForwardsAndBackwards) {
  const WindThatTurns wind(Communicator::world());
  const Tile& tile = wind.city.tile;
  Given change = random_change(wind.city.air, tile, 100, false);
  change.state.air_mass_kg = wind.city.given.state.air_mass_kg;
  std::vector<BoundaryHour> worth;
  for (int n = 0; n < 5; ++n)
    worth.push_back(random_change(wind.city.air, tile, 400 + 20 * n, false).boundary);

  // The memory is linear in mixing ratios: on changes it is its own tangent.
  std::vector<EdgeMemory> before;
  EdgeMemory tangent = wind.memory();
  double forwards = 0.0;
  for (std::size_t n = 0; n < worth.size(); ++n) {
    before.push_back(tangent);
    const BoundaryHour enters = tangent.take_step(change.state, *course(wind)[n], change.boundary, step_s);
    forwards += worth_of(worth[n], enters, tile);
  }

  EdgeMemory back = wind.memory();  // nothing remembered at the end is worth anything
  AdjointState adjoint(tile, city_species_table());
  WeatherHour hour = wind.city.air.hour;
  Environment environment = wind.city.environment();
  environment.weather = &hour;
  for (std::size_t n = worth.size(); n-- > 0;) {
    hour.fluxes = *course(wind)[n];
    for (auto& top : worth[n].top) std::ranges::fill(top.values(), 0.0);
    back.take_step_adjoint(before[n], {wind.city.given.state, environment}, worth[n], adjoint, step_s);
  }
  const double of_edges =
                   sum_over_ranks(wind.city.ranks, worth_of(adjoint.boundary_per_ppb, change.boundary, tile)),
               of_cells = worth_of_state(wind.city.ranks, adjoint, change.state);
  EXPECT_NE(of_cells, 0.0);
  EXPECT_NEAR((of_edges + of_cells) / sum_over_ranks(wind.city.ranks, forwards), 1.0, 1.0e-12);
}

TEST(EdgeMemory, IsRestoredToTheLastBit) {
  const WindThatTurns wind(Communicator::world());
  const State& state = wind.city.given.state;
  const BoundaryHour& outside = wind.city.given.boundary;
  EdgeMemory memory = wind.memory();
  (void)memory.take_step(state, wind.there(), outside, step_s);
  std::vector<double> numbers = memory.numbers();
  wind.city.ranks.sum_disjoint(numbers);
  EdgeMemory restored = wind.memory();
  restored.restore(numbers);
  EXPECT_EQ(restored.numbers(), memory.numbers());
  EXPECT_TRUE(std::ranges::equal(restored.take_step(state, wind.back, outside, step_s).east[1].values(),
                                 memory.take_step(state, wind.back, outside, step_s).east[1].values()));
  numbers.pop_back();
  EXPECT_THROW(restored.restore(numbers), DataError);
}

}  // namespace
}  // namespace lantian::testing
