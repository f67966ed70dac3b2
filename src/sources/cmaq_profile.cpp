#include "cmaq_profile.hpp"

#include "gridded_air.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/units.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

namespace lantian {

namespace {

constexpr std::size_t first_layer = 2;  // column; before it VNAME and UNITS
const std::set<std::string> coordinates = {"PRES", "ZH", "ZF"};

void check_header(const CsvTable& table) {
  const std::vector<std::string>& header = table.header();
  std::vector<std::string> wanted = {"VNAME", "UNITS"};
  for (std::size_t c = first_layer; c < std::max<std::size_t>(header.size(), 4); ++c)
    wanted.push_back(fmt::format("LAYER{:02}", c - first_layer + 1));
  for (std::size_t c = 0; c < wanted.size(); ++c)
    if (c >= header.size() || header[c] != wanted[c])
      throw DataError(fmt::format(
          "{}: column {} of its header is {}; {} is needed: VNAME, UNITS and at least two layers, from the "
          "ground up",
          table.path(), c + 1, c < header.size() ? fmt::format("\"{}\"", header[c]) : "missing", wanted[c]));
}

/// Temperature of a layer by the pressures of layers a kilometre apart, so that what they are rounded to does
/// not count; of less where the profile is not that deep.
double temperature_k(const std::vector<double>& middle_m, const std::vector<double>& pressure_pa,
                     std::size_t layer) {
  constexpr double depth_m = 1000.0;
  std::size_t low = layer, high = layer;
  while (middle_m[high] - middle_m[low] < depth_m && (low > 0 || high + 1 < middle_m.size())) {
    if (low > 0) --low;
    if (high + 1 < middle_m.size()) ++high;
  }
  return 1.0e-3 * air_molar_mass_g_mol * gravity_m_s2 * (middle_m[high] - middle_m[low]) /
         (gas_constant_j_mol_k * std::log(pressure_pa[low] / pressure_pa[high]));
}

}  // namespace

CmaqProfile::CmaqProfile(const std::string& path, const CsvTable& species_map, bool may_miss_species,
                         const SpeciesTable& species) {
  const CsvTable table = CsvTable::read(path);
  check_header(table);
  Problems problems;
  read_rows(table, problems);
  problems.throw_if_any();
  find_air(table, problems);
  problems.throw_if_any();
  take_species(table, species_map, may_miss_species, species, problems);
  problems.throw_if_any();
  find_unmapped(table, species_map);
}

void CmaqProfile::read_rows(const CsvTable& table, Problems& problems) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string& name = table.cell(row, 0);
    Variable variable{.row = row, .unit = table.cell(row, 1), .values = {}};
    for (std::size_t c = first_layer; c < table.header().size(); ++c) {
      const std::size_t faults = problems.sentences().size();
      const auto found = table.number(row, c, problems);
      if (problems.sentences().size() == faults && found.value_or(-1.0) < 0.0)
        problems.add(fmt::format("{}: {}: {} {}; a number of 0 or more is needed", table.place(row), name,
                                 table.header()[c], found ? fmt::format("is {:g}", *found) : "is empty"));
      variable.values.push_back(found.value_or(0.0));
    }
    if (const auto [first, is_new] = variables_.try_emplace(name, std::move(variable)); !is_new)
      problems.add(fmt::format("{}: {} stands in line {} already", table.place(row), name,
                               table.line(first->second.row)));
  }
  for (const std::string& name : coordinates)
    if (!variables_.contains(name))
      problems.add(fmt::format("{}: has no row {}; PRES [Pa], ZH and ZF [m] say where its layers lie",
                               table.path(), name));
}

/// A row that rises or falls from layer to layer, in the unit wanted.
std::vector<double> CmaqProfile::coordinate(const CsvTable& table, const std::string& name,
                                            const std::string& unit, bool rises, Problems& problems) const {
  const Variable& variable = variables_.at(name);
  const std::string place = fmt::format("{}: {}", table.place(variable.row), name);
  if (!units_are_convertible(variable.unit, unit)) {
    problems.add(fmt::format("{}: the unit \"{}\" cannot be turned into {}", place, variable.unit, unit));
    return variable.values;
  }
  std::vector<double> values;
  for (const double value : variable.values)
    values.push_back(value * unit_conversion(variable.unit, unit).factor);
  for (std::size_t n = 1; n < values.size(); ++n)
    if (!(rises ? values[n] > values[n - 1] : values[n] < values[n - 1]))
      problems.add(
          fmt::format("{}: {} is {:g} after {:g} in {}; layers count from the ground up, so it must {}",
                      place, table.header()[first_layer + n], values[n], values[n - 1],
                      table.header()[first_layer + n - 1], rises ? "rise" : "fall"));
  return values;
}

void CmaqProfile::find_air(const CsvTable& table, Problems& problems) {
  const std::vector<double> pressure_pa = coordinate(table, "PRES", "Pa", false, problems),
                            middle_m = coordinate(table, "ZH", "m", true, problems);
  top_m_ = coordinate(table, "ZF", "m", true, problems);
  if (!problems.empty()) return;
  const auto fault = [&](const char* name, std::size_t layer, const std::string& what) {
    problems.add(fmt::format("{}: {}: {} {}", table.place(variables_.at(name).row), name,
                             table.header()[first_layer + layer], what));
  };
  for (std::size_t n = 0; n < top_m_.size(); ++n) {
    const double bottom_m = n == 0 ? 0.0 : top_m_[n - 1];
    if (!(middle_m[n] > bottom_m && middle_m[n] < top_m_[n]))
      fault("ZH", n,
            fmt::format("has its middle at {:g} m; it must lie between its bottom, {:g}, and its top, {:g}",
                        middle_m[n], bottom_m, top_m_[n]));
  }
  constexpr double least_pa = 4.0e4, most_pa = 1.1e5, coldest_k = 150.0, warmest_k = 350.0;
  if (!(pressure_pa.front() >= least_pa && pressure_pa.front() <= most_pa))
    fault("PRES", 0,
          fmt::format("has {:g} Pa; 40000 to 110000 are known at the ground", pressure_pa.front()));
  if (!problems.empty()) return;
  for (std::size_t n = 0; n < top_m_.size(); ++n) {
    const double air_k = temperature_k(middle_m, pressure_pa, n);
    if (!(air_k >= coldest_k && air_k <= warmest_k))
      fault("PRES", n,
            fmt::format("would have {:.0f} K by its pressures and heights (PRES, ZH); 150 to 350 are known",
                        air_k));
    air_mol_m3_.push_back(pressure_pa[n] / (gas_constant_j_mol_k * air_k));
  }
}

void CmaqProfile::take_species(const CsvTable& table, const CsvTable& map, bool may_miss_species,
                               const SpeciesTable& species, Problems& problems) {
  const std::size_t from = map.required_column("cmaq"), to = map.required_column("species"),
                    factor = map.required_column("factor");
  std::map<std::string, std::vector<std::string>> found, missing;  // variables by species of the run
  for (std::size_t row = 0; row < map.rows(); ++row) {
    const std::string &name = map.cell(row, from), &target = map.cell(row, to);
    if (target.empty()) continue;
    const std::size_t faults = problems.sentences().size();
    const auto share = map.number(row, factor, problems);
    if (problems.sentences().size() == faults && !(share.value_or(0.0) > 0.0))
      problems.add(fmt::format("{}: factor of {} is \"{}\"; a number above 0 is needed", map.place(row), name,
                               map.cell(row, factor)));
    const auto s = species.find(target);
    if (!s && !may_miss_species)
      problems.add(fmt::format("{}: \"{}\" is no species of this run; known are {}.{}", map.place(row),
                               target, fmt::join(species.names(), ", "),
                               did_you_mean(target, species.names())));
    if (!s || !share) continue;
    (variables_.contains(name) ? found : missing)[target].push_back(name);
    if (variables_.contains(name)) add(table, name, species[*s], *share, problems);
  }
  for (const auto& [target, names] : missing)
    if (found.contains(target))
      problems.add(fmt::format(
          "{}: has no row {}, which {} counts in {} beside {}; add it, of zeros if there is "
          "none, or give a species_map without it",
          table.path(), fmt::join(names, ", "), map.path(), target, fmt::join(found.at(target), ", ")));
  if (found.empty() && problems.empty())
    problems.add(fmt::format("{}: has none of the rows that {} knows", table.path(), map.path()));
}

void CmaqProfile::add(const CsvTable& table, const std::string& name, const Species& to, double factor,
                      Problems& problems) {
  const Variable& variable = variables_.at(name);
  const bool is_particle = to.phase == Phase::particle;
  const auto mole_fraction = ppb_of_mole_fraction(variable.unit);
  if (is_particle ? !units_are_convertible(variable.unit, "ug m-3") : !mole_fraction) {
    problems.add(fmt::format("{}: {}: the unit \"{}\" is not one of {}, which {} is; {}",
                             table.place(variable.row), name, variable.unit,
                             is_particle ? "particles" : "gases", to.name,
                             is_particle ? "ug m-3 is needed" : "ppmV, ppbV or mol mol-1 is needed"));
    return;
  }
  std::vector<double>& ppb = ppb_.try_emplace(to.name, variable.values.size(), 0.0).first->second;
  for (std::size_t n = 0; n < ppb.size(); ++n) {
    const double value = factor * variable.values[n];
    ppb[n] += is_particle ? 1.0e3 * unit_conversion(variable.unit, "ug m-3").factor * value /
                                (to.molar_mass_g_mol * air_mol_m3_[n])
                          : *mole_fraction * value;
  }
}

void CmaqProfile::find_unmapped(const CsvTable& table, const CsvTable& map) {
  std::set<std::string> used, named;
  for (std::size_t row = 0; row < map.rows(); ++row) {
    const std::string& name = map.cell(row, map.required_column("cmaq"));
    named.insert(name);
    if (!map.cell(row, map.required_column("species")).empty()) used.insert(name);
  }
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string& name = table.cell(row, 0);
    if (coordinates.contains(name) || used.contains(name)) continue;
    (named.contains(name) ? left_out_ : unknown_).push_back(name);
  }
}

double CmaqProfile::mean_ppb(const std::string& species, double bottom_m, double top_m) const {
  const std::vector<double>& ppb = ppb_.at(species);
  const std::size_t last = top_m_.size() - 1;
  std::size_t n =
      std::min(static_cast<std::size_t>(std::ranges::upper_bound(top_m_, bottom_m) - top_m_.begin()), last);
  if (!(top_m > top_m_[n]) || n == last) return ppb[n];
  double amount = 0.0, air = 0.0;
  for (double from_m = bottom_m; from_m < top_m; ++n) {
    const double to_m = n == last ? top_m : std::min(top_m, top_m_[n]);
    air += air_mol_m3_[n] * (to_m - from_m);
    amount += ppb[n] * air_mol_m3_[n] * (to_m - from_m);
    from_m = to_m;
  }
  return amount / air;
}

}  // namespace lantian
