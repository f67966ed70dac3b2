#include "grid_mechanisms.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"
#include "lantian/io/digest.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lantian {

namespace {

/// @throws ConfigError when this build has no such mechanism.
const GridMechanism& mechanism_named(const std::string& name) {
  std::vector<std::string> known;
  for (const GridMechanism& one : grid_mechanisms()) {
    if (one.name == name) return one;
    known.emplace_back(one.name);
  }
  known.emplace_back("none");
  throw ConfigError(fmt::format(R"(chemistry.mechanism: "{}" is unknown; known are {}.{})", name,
                                fmt::join(known, ", "), did_you_mean(name, known)));
}

std::vector<Species> species_of(const GridMechanism& mechanism) {
  const CsvTable table = CsvTable::parse(fmt::format("inputs/mechanisms/{}/species.csv", mechanism.name),
                                         std::string(mechanism.species_csv));
  Problems problems;
  std::vector<Species> all;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto text = [&](const std::string& name) { return table.cell(row, table.required_column(name)); };
    const auto number = [&](const std::string& name) {
      return table.number(row, table.required_column(name), problems).value_or(0.0);
    };
    all.push_back({.name = text("name"),
                   .molar_mass_g_mol = number("molar_mass_g_mol"),
                   .phase = text("phase") == "particle" ? Phase::particle : Phase::gas,
                   .family = text("family") == "plume" ? TransportFamily::plume : TransportFamily::background,
                   .deposits_as = text("deposits_as"),
                   .scavenged_as = text("scavenged_as"),
                   .nitrogen_atoms = static_cast<int>(number("nitrogen_atoms")),
                   .sulphur_atoms = static_cast<int>(number("sulphur_atoms"))});
  }
  problems.throw_if_any();
  return all;
}

}  // namespace

SpeciesTable mechanism_species(const std::string& mechanism, const std::vector<std::string>& inert_tracers) {
  std::vector<Species> all;
  if (mechanism != "none") all = species_of(mechanism_named(mechanism));
  for (const std::string& name : inert_tracers) {
    for (const Species& one : all)
      if (one.name == name)
        throw ConfigError(fmt::format(
            R"(chemistry.inert_tracers: "{}" is a species of the mechanism "{}" already)", name, mechanism));
    all.push_back({.name = name,
                   .molar_mass_g_mol = air_molar_mass_g_mol,
                   .phase = Phase::gas,
                   .family = TransportFamily::background,
                   .deposits_as = "",
                   .scavenged_as = ""});
  }
  if (all.empty())
    throw ConfigError(
        "chemistry.mechanism is \"none\" and chemistry.inert_tracers is empty: there is nothing to "
        "transport");
  return SpeciesTable(std::move(all));
}

std::string mechanism_digest(const std::string& mechanism) {
  if (mechanism == "none") return digest_of("");
  const GridMechanism& one = mechanism_named(mechanism);
  return digest_of(std::string(one.species_csv) + one.reactions());
}

std::unique_ptr<GasChemistry> make_gas_chemistry(const ChemistryConfig& chemistry,
                                                 const SpeciesTable& species, const HorizontalGrid& grid,
                                                 const Communicator& ranks) {
  if (chemistry.mechanism == "none") return make_without_mechanism(chemistry, species, grid, ranks);
  return mechanism_named(chemistry.mechanism).make(chemistry, species, grid, ranks);
}

}  // namespace lantian
