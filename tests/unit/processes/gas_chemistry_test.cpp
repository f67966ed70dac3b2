// The chemistry process on a small grid: what it may move, what it books, and that neighbours do not matter.
#include "lantian/processes/gas_chemistry.hpp"

#include "support/made_chemistry.hpp"

#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using namespace lantian;
using namespace lantian::testing::chemistry;

/// Runs `steps` steps of 300 s that begin at `start`.
void run(State& state, Ledger& ledger, const ChemistryConfig& config, UtcTime start, int steps = 1) {
  const WeatherHour weather = mild_weather();
  Environment environment;
  environment.weather = &weather;
  const auto chemistry = make_gas_chemistry(config, state.species, small_grid(), Communicator::world());
  for (int n = 0; n < steps; ++n)
    chemistry->advance(state, environment,
                       {.start = start.plus_seconds(300LL * n),
                        .length_s = 300.0,
                        .seconds_into_hour = 300.0 * n,
                        .index = n},
                       ledger);
}

TEST(GasChemistry, InertSpeciesTakeExactlyTheirTendency) {
  ChemistryConfig config;
  config.inert_tracers = {"smoke"};
  const SpeciesTable species = mechanism_species("grs", config.inert_tracers);
  State state = made_state(species, whole_grid());
  const State before = state;
  Ledger ledger(state.tile, species.count());
  run(state, ledger, config, noon);
  for (const char* name : {"CO", "PPM25", "PPMC", "smoke"}) {
    const int s = species.find(name).value();
    for (int i = 0; i < columns; ++i) {
      EXPECT_EQ(state.mixing_ratio_ppb[s](0, 1, i),
                before.mixing_ratio_ppb[s](0, 1, i) + before.mixing_tendency_ppb_s[s](0, 1, i) * 300.0);
      EXPECT_EQ(ledger.columns(MassTerm::chemistry, s)(1, i), 0.0);
    }
  }
}

TEST(GasChemistry, WithoutAMechanismEverySpeciesTakesItsTendency) {
  ChemistryConfig config;
  config.mechanism = "none";
  config.inert_tracers = {"a", "b"};
  const SpeciesTable species = mechanism_species("none", config.inert_tracers);
  State state = made_state(species, whole_grid());
  const State before = state;
  Ledger ledger(state.tile, species.count());
  run(state, ledger, config, noon);
  for (int s = 0; s < 2; ++s)
    EXPECT_EQ(state.mixing_ratio_ppb[s](1, 2, 10),
              before.mixing_ratio_ppb[s](1, 2, 10) + before.mixing_tendency_ppb_s[s](1, 2, 10) * 300.0);
}

/// NO2 over NO times O3 of a clear cell once light and titration are in balance; 0 without light.
double photostationary_ratio(const std::string& photolysis, int layer, UtcTime start) {
  ChemistryConfig config;
  config.mechanism = "nox_o3";
  config.photolysis = photolysis;
  const SpeciesTable species = mechanism_species("nox_o3", {});
  State state = made_state(species, whole_grid());
  for (int s = 0; s < species.count(); ++s)
    for (int i = 0; i < columns; ++i) state.mixing_tendency_ppb_s[s](layer, 1, i) = 0.0;
  Ledger ledger(state.tile, species.count());
  run(state, ledger, config, start, 12);
  const auto q = [&](const char* name) {
    return state.mixing_ratio_ppb[species.find(name).value()](layer, 1, 0);
  };
  return q("NO") * q("O3") / q("NO2");  // j / k
}

TEST(GasChemistry, HasByTwoStreamsTheLightOfTheFitsAtTheGroundAndMoreAbove) {
  const double ground = photostationary_ratio("two_stream", 0, noon) / photostationary_ratio("mcm", 0, noon);
  const double above = photostationary_ratio("two_stream", 1, noon) / photostationary_ratio("mcm", 1, noon);
  EXPECT_GT(ground, 0.95);
  EXPECT_LT(ground, 1.25);  // Saunders et al. (2003) give 8 % less NO2 light than TUV
  EXPECT_GT(above, ground);
  EXPECT_LT(photostationary_ratio("two_stream", 0, midnight),
            1.0e-3 * photostationary_ratio("two_stream", 0, noon));
}

/// Moles of a family in a state, over all its cells; tendencies of `dt_s` included.
double family_mol(const State& state, int Species::*atoms, double dt_s) {
  double sum = 0.0;
  for (int s = 0; s < state.species.count(); ++s)
    for (int k = 0; k < layers; ++k)
      for (int j = 0; j < state.tile.rows; ++j)
        for (int i = 0; i < state.tile.columns; ++i)
          sum += state.species[s].*atoms *
                 (state.mixing_ratio_ppb[s](k, j, i) + dt_s * state.mixing_tendency_ppb_s[s](k, j, i)) *
                 1.0e-9 * state.air_mass_kg(k, j, i) * mol_air_per_kg;
  return sum;
}

/// Mechanism, way of sharing ammonia out.
class GasChemistryWithParticles : public ::testing::TestWithParam<std::pair<std::string, std::string>> {
 protected:
  GasChemistryWithParticles() { std::tie(config_.mechanism, config_.inorganic_aerosol) = GetParam(); }
  ChemistryConfig config_;
};
INSTANTIATE_TEST_SUITE_P(Policies, GasChemistryWithParticles,
                         ::testing::Values(std::pair("grs", "ammonium_nitrate"),
                                           std::pair("grs", "equilibrium"),
                                           std::pair("cb6r5", "equilibrium")));

TEST_P(GasChemistryWithParticles, KeepNitrogenAndSulphurForAnHourByDayAndNight) {
  const SpeciesTable species = mechanism_species(config_.mechanism, {});
  for (const UtcTime start : {noon, midnight}) {
    State state = made_state(species, whole_grid());
    Ledger ledger(state.tile, species.count());
    double nitrogen = family_mol(state, &Species::nitrogen_atoms, 0.0),
           sulphur = family_mol(state, &Species::sulphur_atoms, 0.0);
    for (int n = 0; n < 12; ++n) {  // tendencies of a twelfth, so that nothing is used up in the hour
      for (int s = 0; s < species.count(); ++s)
        for (int k = 0; k < layers; ++k)
          for (int j = 0; j < rows; ++j)
            for (int i = 0; i < columns; ++i)
              state.mixing_tendency_ppb_s[s](k, j, i) =
                  0.07 / 300.0 * state.mixing_ratio_ppb[s](k, j, i) * std::sin(i + s);
      nitrogen += family_mol(state, &Species::nitrogen_atoms, 300.0) -
                  family_mol(state, &Species::nitrogen_atoms, 0.0);
      sulphur +=
          family_mol(state, &Species::sulphur_atoms, 300.0) - family_mol(state, &Species::sulphur_atoms, 0.0);
      run(state, ledger, config_, start.plus_seconds(300LL * n));
    }
    double declared = 0.0;  // by reactions whose published yields do not keep every atom
    for (const double mol : ledger.declared(AtomFamily::nitrogen).values()) declared += mol;
    EXPECT_EQ(declared != 0.0, config_.mechanism == "cb6r5");
    EXPECT_NEAR(family_mol(state, &Species::nitrogen_atoms, 0.0) / (nitrogen + declared), 1.0, 1.0e-12);
    EXPECT_NEAR(family_mol(state, &Species::sulphur_atoms, 0.0) / sulphur, 1.0, 1.0e-12);
  }
}

TEST_P(GasChemistryWithParticles, BookWhatChemistryDidAndNotWhatTheTendencyDid) {
  const SpeciesTable species = mechanism_species(config_.mechanism, {});
  State state = made_state(species, whole_grid());
  const State before = state;
  Ledger ledger(state.tile, species.count());
  run(state, ledger, config_, noon);
  for (int s = 0; s < species.count(); ++s)
    for (int i = 0; i < columns; ++i) {
      double change = 0.0, size = 0.0;
      for (int k = 0; k < layers; ++k) {
        const double mol_per_ppb = 1.0e-9 * before.air_mass_kg(k, 1, i) * mol_air_per_kg;
        const double mixed =
            before.mixing_ratio_ppb[s](k, 1, i) + 300.0 * before.mixing_tendency_ppb_s[s](k, 1, i);
        change += (state.mixing_ratio_ppb[s](k, 1, i) - mixed) * mol_per_ppb;
        size += state.mixing_ratio_ppb[s](k, 1, i) * mol_per_ppb + mixed * mol_per_ppb;
      }
      EXPECT_NEAR(ledger.columns(MassTerm::chemistry, s)(1, i), change, 1.0e-13 * size) << species[s].name;
    }
}

TEST_P(GasChemistryWithParticles, GiveACellTheSameBitsOnAnyTile) {
  const SpeciesTable species = mechanism_species(config_.mechanism, {});
  State whole = made_state(species, whole_grid());
  Ledger ledger(whole.tile, species.count());
  run(whole, ledger, config_, noon, 2);
  for (const int cut : {1, 4, 8}) {
    Tile east = whole_grid();
    east.first_column = cut;
    east.columns = columns - cut;
    State part = made_state(species, east);
    Ledger part_ledger(part.tile, species.count());
    run(part, part_ledger, config_, noon, 2);
    for (int s = 0; s < species.count(); ++s)
      for (int k = 0; k < layers; ++k)
        for (int i = 0; i < east.columns; ++i)
          ASSERT_EQ(std::bit_cast<std::uint64_t>(part.mixing_ratio_ppb[s](k, 2, i)),
                    std::bit_cast<std::uint64_t>(whole.mixing_ratio_ppb[s](k, 2, i + cut)))
              << species[s].name << " cut " << cut << " column " << i;
  }
}

TEST(GasChemistry, EquilibriumCondensesNitrateInTheColdAndSaysWhichSpeciesItNeeds) {
  ChemistryConfig config;
  config.inorganic_aerosol = "equilibrium";
  const SpeciesTable species = mechanism_species("grs", {});
  const auto particle_share = [&](double temperature_k) {
    State state = made_state(species, whole_grid());
    WeatherHour weather = mild_weather();
    for (double& t : weather.middle.temperature_k.values()) t = temperature_k;
    Environment environment;
    environment.weather = &weather;
    Ledger ledger(state.tile, species.count());
    make_gas_chemistry(config, species, small_grid(), Communicator::world())
        ->advance(state, environment,
                  {.start = midnight, .length_s = 300.0, .seconds_into_hour = 0.0, .index = 0}, ledger);
    const double gas = state.mixing_ratio_ppb[species.find("HNO3").value()](0, 1, 4),
                 particle = state.mixing_ratio_ppb[species.find("PNO3").value()](0, 1, 4);
    return particle / (gas + particle);
  };
  EXPECT_GT(particle_share(263.0), particle_share(283.0) + 0.05);
  EXPECT_GT(particle_share(283.0), particle_share(303.0));
  config.mechanism = "nox_o3";
  try {
    static_cast<void>(
        make_gas_chemistry(config, mechanism_species("nox_o3", {}), small_grid(), Communicator::world()));
    FAIL() << "no error";
  } catch (const ConfigError& error) {
    EXPECT_NE(std::string(error.what()).find("needs the species PSO4, HNO3, PNO3, NH3 and PNH4"),
              std::string::npos);
  }
}

TEST(GasChemistry, SunOnUrbanAirMakesOzoneAndNightDoesNot) {
  const SpeciesTable species = mechanism_species("grs", {});
  const auto ozone_change = [&species](UtcTime start) {
    State state = made_state(species, whole_grid());
    const int o3 = species.find("O3").value(), no2 = species.find("NO2").value(),
              roc = species.find("ROC").value();
    for (int s = 0; s < species.count(); ++s) {
      state.mixing_ratio_ppb[s](0, 0, 0) = s == o3 ? 30.0 : (s == no2 ? 10.0 : (s == roc ? 200.0 : 0.0));
      state.mixing_tendency_ppb_s[s](0, 0, 0) = 0.0;
    }
    Ledger ledger(state.tile, species.count());
    run(state, ledger, ChemistryConfig{}, start, 12);
    return state.mixing_ratio_ppb[o3](0, 0, 0) - 30.0;
  };
  EXPECT_GT(ozone_change(noon), 2.0);
  EXPECT_LT(ozone_change(midnight), 0.0);
}

TEST(GasChemistry, AStateThatIsNoNumberStopsWithAPlaceAndATime) {
  const SpeciesTable species = mechanism_species("grs", {});
  State state = made_state(species, whole_grid());
  state.mixing_ratio_ppb[species.find("NO2").value()](1, 2, 9) = std::nan("");
  Ledger ledger(state.tile, species.count());
  try {
    run(state, ledger, ChemistryConfig{}, noon);
    FAIL() << "no error";
  } catch (const CellFailure& error) {
    EXPECT_NE(
        std::string(error.what())
            .find("chemistry at 2020-04-04T04:00:00Z: the solver found no step that keeps its tolerance in "
                  "row 2, column 9, layer 2"),
        std::string::npos)
        << error.what();
    EXPECT_NE(error.box_case().find("NO2 = nan"), std::string::npos) << error.box_case();
  }
}

TEST(MechanismSpecies, HoldEveryPartOfFineParticlesAndOzone) {
  const SpeciesTable species = mechanism_species("grs", {"smoke"});
  for (const char* name : {"NO", "NO2", "O3", "ROC", "RP", "SGN", "HNO3", "SO2", "PSO4", "PNO3", "NH3",
                           "PNH4", "CO", "PPM25", "PPMC", "smoke"})
    EXPECT_TRUE(species.find(name)) << name;
  EXPECT_EQ(species[species.find("PSO4").value()].phase, Phase::particle);
}

TEST(MechanismSpecies, MustAllSayHowTheyDepositOrThatTheyDoNot) {
  const std::string header =
      "name,molar_mass_g_mol,phase,family,deposits_as,scavenged_as,nitrogen_atoms,sulphur_atoms\n";
  const auto all = parsed_species("made.csv", header + "CO,28,gas,background,CO,none,0,0\n");
  EXPECT_EQ(all.front().deposits_as, "CO");
  EXPECT_EQ(all.front().scavenged_as, "");
  try {
    (void)parsed_species("made.csv",
                         header + "O3,48,gas,background,,none,0,0\nSO2,64,gas,background,SO2,SO,0,1\n");
    FAIL() << "taken";
  } catch (const Error& error) {
    const std::string what = error.what();
    EXPECT_NE(what.find("made.csv:2: deposits_as of O3 is empty; known are"), std::string::npos) << what;
    EXPECT_NE(what.find("made.csv:3: scavenged_as of SO2 is \"SO\""), std::string::npos) << what;
    EXPECT_NE(what.find("Did you mean \"SO2\"?"), std::string::npos) << what;
    EXPECT_EQ(what.find("Did you mean"), what.rfind("Did you mean")) << what;  // nothing is near to nothing
  }
}

TEST(MechanismSpecies, HaveParticlesOfTheSizesThatTheirTableSays) {
  const SpeciesTable species = mechanism_species("grs", {});
  const Species& coarse = species[species.find("PPMC").value()];
  EXPECT_NEAR(coarse.mass_median_diameter_m, 3.0e-6, 1.0e-20);
  EXPECT_EQ(coarse.geometric_deviation, 2.0);
  EXPECT_EQ(coarse.density_kg_m3, 2200.0);
  EXPECT_EQ(species[species.find("O3").value()].mass_median_diameter_m, 0.0);
}

TEST(MechanismSpecies, CarryNitrogenOxidesAndOzoneWithOneLimiter) {
  for (const char* mechanism : {"grs", "nox_o3"}) {
    const SpeciesTable species = mechanism_species(mechanism, {});
    for (const char* name : {"NO", "NO2", "O3"})
      EXPECT_EQ(species[species.find(name).value()].family, TransportFamily::background)
          << mechanism << " " << name;
  }
}

TEST(MechanismSpecies, UnknownMechanismsAndDoubleNamesAreTold) {
  const auto sentence = [](const std::string& mechanism, const std::vector<std::string>& tracers) {
    try {
      static_cast<void>(mechanism_species(mechanism, tracers));
    } catch (const ConfigError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(
      sentence("gsr", {}),
      "chemistry.mechanism: \"gsr\" is unknown; known are cb6r5, grs, nox_o3, none. Did you mean \"grs\"?");
  EXPECT_EQ(sentence("grs", {"O3"}),
            "chemistry.inert_tracers: \"O3\" is a species of the mechanism \"grs\" already");
  EXPECT_EQ(sentence("none", {}),
            "chemistry.mechanism is \"none\" and chemistry.inert_tracers is empty: there is nothing to "
            "transport");
}

TEST(MechanismSpecies, DigestsTellMechanismsApart) {
  EXPECT_NE(mechanism_digest("grs"), mechanism_digest("nox_o3"));
  EXPECT_EQ(mechanism_digest("grs").size(), 16U);
}

}  // namespace
