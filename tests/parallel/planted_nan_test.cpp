// A value that is no number, planted where one operator alone reads it, is named within the step: by that
// operator, with species, cell and time, the same on any number of ranks.
#include "adjoint/made_city.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/model/audits.hpp"
#include "lantian/parallel/state_hash.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
constexpr int row = 6, column = 9, layer = 1;  // of the planted value

/// Those of the mechanism; rain takes one of them, so that it has something to do.
SpeciesTable reacting_species() {
  std::vector<Species> all;
  for (const Species& one : mechanism_species("nox_o3", {})) all.push_back(one);
  all.back().scavenged_as = "HNO3";
  return SpeciesTable(all);
}

/// A step of a city that is sound but for what `plant` does to it: what it says, or the hash of what it
/// leaves.
/// @param band_rows  rows whose tendency is held at a time; 0: all, and the parts go one after the other
std::string outcome_of_a_step(const std::string& splitting, const std::function<void(City&)>& plant,
                              int band_rows = 0) {
  City city(Communicator::world(), reacting_species());
  city.air.hour.middle.cloud_water_kg_kg = Array3<double>(city_layers, city_rows, city_columns, 0.0);
  city.air.hour.middle.cloud_fraction = Array2<double>(city_rows, city_columns, 0.3);
  plant(city);
  TransportConfig transport;
  transport.splitting = splitting;
  ChemistryConfig chemistry;
  chemistry.mechanism = "nox_o3";
  const SplitStep split_step(city.halo, transport, DepositionConfig{},
                             make_gas_chemistry(chemistry, reacting_species(), city_grid(), city.ranks));
  const Environment environment = city.environment();
  Ledger ledger(city.tile, city_species);
  const Audit audit(city.ranks, transport, reacting_species());
  StageClock clock;
  const Watch watch{.audit = audit, .clock = clock};
  const Step step{
      .start = from_civil(2020, 4, 4, 4, 5), .length_s = 300.0, .seconds_into_hour = 300.0, .index = 1};
  State& state = city.given.state;
  if (band_rows > 0)
    state.mixing_tendency_ppb_s =
        FieldSet<double>::bands(city.tile, state.species.count(), city_layers, band_rows);
  try {
    const std::vector<StepPart>& parts = split_step.parts();
    for (auto part = parts.begin(); part != parts.end(); ++part) {
      if (band_rows == 0 || !part->goes_by_bands) {
        advance_audited(*part, state, environment, step, ledger, watch);
        continue;
      }
      const StepPart& first = *part++;
      advance_bands_audited(first, *part, state, environment, step, ledger, watch);
    }
  } catch (const NumericalError& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::internal);
    return error.what();
  }
  return state_hash(city.ranks, city.tile, state.mixing_ratio_ppb);
}

/// The same, empty where the step says nothing.
std::string fault_of_a_step(const std::string& splitting, const std::function<void(City&)>& plant) {
  const std::string outcome = outcome_of_a_step(splitting, plant);
  return outcome.find(' ') == std::string::npos ? "" : outcome;
}

void expect_named(const std::string& splitting, const std::string& process,
                  const std::function<void(City&)>& plant) {
  const std::string fault = fault_of_a_step(splitting, plant);
  EXPECT_NE(fault.find(process), std::string::npos) << process << ": " << fault;
  EXPECT_NE(fault.find("2020-04-04T04:05:00Z"), std::string::npos) << fault;
  EXPECT_NE(fault.find("row "), std::string::npos) << fault;
  EXPECT_NE(fault.find("layer "), std::string::npos) << fault;
}

TEST(PlantedNan, IsNotThereInASoundStep) {
  for (const char* splitting : {"source", "strang", "lie"})
    EXPECT_EQ(fault_of_a_step(splitting, [](City&) {}), "") << splitting;
}

TEST(PlantedNan, InBoundaryAirIsNamedByAdvection) {
  expect_named("source", "after advection", [](City& city) {
    for (Array2<double>& side : city.given.boundary.west) side(layer, row) = no_number;
    for (Array2<double>& side : city.given.boundary.south) side(layer, column) = no_number;
  });
}

TEST(PlantedNan, InAnAirFluxIsNamedByAdvection) {
  expect_named("source", "after advection",
               [](City& city) { city.air.hour.fluxes.x_kg_s(layer, row, column) = no_number; });
}

TEST(PlantedNan, InAWindIsNamedByHorizontalDiffusion) {
  expect_named("source", "after horizontal diffusion",
               [](City& city) { city.air.hour.middle.wind_x_m_s(layer, row, column) = no_number; });
}

TEST(PlantedNan, InADiffusivityIsNamedByVerticalMixing) {
  for (const char* splitting : {"source", "strang", "lie"})
    expect_named(splitting, "after vertical mixing", [](City& city) {
      city.air.hour.middle.eddy_diffusivity_m2_s(layer, row, column) = no_number;
    });
}

TEST(PlantedNan, InADepositionVelocityIsNamedByVerticalMixing) {
  expect_named("source", "after vertical mixing", [](City& city) {
    for (Array2<double>& velocity : city.given.velocity_m_s) velocity(0, 0) = no_number;
  });
}

TEST(PlantedNan, InAnEmissionIsNamedByWhatEmits) {
  const auto plant = [](City& city) { city.given.emission_mol_s.back()(layer, row, column) = no_number; };
  expect_named("source", "after vertical mixing", plant);
  expect_named("lie", "after vertical mixing", plant);
  expect_named("strang", "after emission", plant);
}

TEST(PlantedNan, InATemperatureIsNamedByChemistry) {
  expect_named("source", "chemistry",
               [](City& city) { city.air.hour.middle.temperature_k(layer, row, column) = no_number; });
}

TEST(PlantedNan, InARainRateIsNamedByWetScavenging) {
  expect_named("source", "after wet scavenging",
               [](City& city) { city.air.hour.middle.rain_rate_mm_h(row, column) = no_number; });
}

/// With what is planted, bands of any size leave the same bits or say the same as the tile as a whole.
void expect_same_by_bands(const std::function<void(City&)>& plant) {
  const std::string whole = outcome_of_a_step("source", plant);
  for (const int band_rows : {1, 3, city_rows})
    EXPECT_EQ(outcome_of_a_step("source", plant, band_rows), whole) << "bands of " << band_rows << " rows";
}

TEST(Bands, LeaveTheSameBitsAsTheWholeTile) {
  expect_same_by_bands([](City&) {});
}

TEST(Bands, NameTheSameFaultAsTheWholeTile) {
  expect_same_by_bands([](City& city) {
    city.given.emission_mol_s.back()(layer, row - 2, column) = no_number;
    city.given.emission_mol_s.front()(layer, row + 2, column) =
        no_number;  // of an earlier species: told first
  });
  expect_same_by_bands(
      [](City& city) { city.air.hour.middle.temperature_k(layer, row, column) = no_number; });
}

TEST(Bands, AreOfSourceSplittingAlone) {
  const City city(Communicator::world(), reacting_species());
  ChemistryConfig chemistry;
  chemistry.mechanism = "nox_o3";
  for (const char* splitting : {"source", "strang", "lie"}) {
    TransportConfig transport;
    transport.splitting = splitting;
    const SplitStep split_step(city.halo, transport, DepositionConfig{},
                               make_gas_chemistry(chemistry, reacting_species(), city_grid(), city.ranks));
    const bool has_bands = std::ranges::any_of(split_step.parts(), &StepPart::goes_by_bands);
    EXPECT_EQ(has_bands, splitting == std::string("source")) << splitting;
  }
}

}  // namespace
}  // namespace lantian::testing
