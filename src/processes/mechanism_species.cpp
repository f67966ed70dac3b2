#include "chemistry_cells.hpp"
#include "grid_mechanisms.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"
#include "lantian/io/digest.hpp"
#include "lantian/processes/dry_deposition.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <vector>

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

/// A number of a column that a table may leave out; 0 where it is empty.
double optional_number(const CsvTable& table, std::size_t row, const std::string& name, double least,
                       double most, Problems& problems) {
  const auto column = table.column(name);
  const double value = column ? table.number(row, *column, problems).value_or(0.0) : 0.0;
  if (value != 0.0 && !(value >= least && value <= most))
    problems.add(
        fmt::format("{}: {} is {:g}; allowed is {:g} to {:g}", table.place(row), name, value, least, most));
  return value;
}

/// The row of the deposition or scavenging table that a species names; "none": empty.
std::string row_named(const CsvTable& table, std::size_t row, const std::string& name,
                      const std::vector<std::string>& known, Problems& problems) {
  const std::string& given = table.cell(row, table.required_column(name));
  if (given == "none") return "";
  if (std::ranges::find(known, given) != known.end()) return given;
  problems.add(fmt::format("{}: {} of {} is {}; known are {} and none.{}", table.place(row), name,
                           table.cell(row, table.required_column("name")),
                           given.empty() ? "empty" : fmt::format("\"{}\"", given), fmt::join(known, ", "),
                           given.empty() ? "" : did_you_mean(given, known)));
  return "";
}

}  // namespace

std::vector<Species> parsed_species(const std::string& path, const std::string& csv) {
  const CsvTable table = CsvTable::parse(path, csv);
  Problems problems;
  std::vector<Species> all;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto text = [&](const std::string& name) { return table.cell(row, table.required_column(name)); };
    const auto number = [&](const std::string& name) {
      return table.number(row, table.required_column(name), problems).value_or(0.0);
    };
    all.push_back(
        {.name = text("name"),
         .molar_mass_g_mol = number("molar_mass_g_mol"),
         .phase = text("phase") == "particle" ? Phase::particle : Phase::gas,
         .family = text("family") == "plume" ? TransportFamily::plume : TransportFamily::background,
         .deposits_as = row_named(table, row, "deposits_as", deposition_rows(), problems),
         .scavenged_as = row_named(table, row, "scavenged_as", scavenging_rows(), problems),
         .nitrogen_atoms = static_cast<int>(number("nitrogen_atoms")),
         .sulphur_atoms = static_cast<int>(number("sulphur_atoms")),
         .mass_median_diameter_m =
             1.0e-6 * optional_number(table, row, "mass_median_diameter_um", 0.005, 50.0, problems),
         .geometric_deviation = optional_number(table, row, "geometric_deviation", 1.0, 5.0, problems),
         .density_kg_m3 = optional_number(table, row, "density_kg_m3", 300.0, 10000.0, problems)});
  }
  for (std::size_t row = 0; row < all.size(); ++row)
    if (const std::string fault = particle_size_fault(all[row]); !fault.empty())
      problems.add(fmt::format("{}: {}: {}", table.place(row), all[row].name, fault));
  problems.throw_if_any();
  return all;
}

SpeciesTable mechanism_species(const std::string& mechanism, const std::vector<std::string>& inert_tracers) {
  std::vector<Species> all;
  if (mechanism != "none")
    all = parsed_species(fmt::format("inputs/mechanisms/{}/species.csv", mechanism),
                         std::string(mechanism_named(mechanism).species_csv));
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

void check_rate_factors(const ChemistryConfig& chemistry) {
  const std::string text =
      chemistry.mechanism == "none" ? "" : mechanism_named(chemistry.mechanism).reactions();
  std::vector<std::string_view> reactions;  // lines "label: text"; rate laws, behind them, have no colon
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    if (line.find(": ") != std::string_view::npos) reactions.push_back(line);
    begin = end + 1;
  }
  (void)factors_by_reaction(chemistry.rate_factors, reactions);
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
