#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/field/species.hpp"
#include "lantian/io/csv_table.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace lantian {

/// A mean profile of the air in the form that CMAQ distributes: a row a variable, VNAME, UNITS and a value
/// for each layer from the ground up, LAYER01, LAYER02 ... ; among the rows PRES (middle of a layer), ZH and
/// ZF (its middle and its top above ground).
///
/// Mixing ratios of a model layer are those of the file's layers that it covers, weighted by their mass of
/// air: layers that share the column between them without gap hold together what the file holds. Below the
/// file's top heights are those above the model's ground, as its sigma layers follow theirs; above it the top
/// layer counts on. Particles, a mass in a volume there, become mixing ratios by the density of the file's
/// own air, whose temperature follows from its pressures and heights.
/// @see Wallace & Hobbs (2006), Atmospheric Science, 2nd ed., eq. 3.29 (the hypsometric equation).
class CmaqProfile {
 public:
  /// @param species_map  table cmaq,species,factor: molecules (gases) or mass (particles) of a species of the
  ///                     run for one of CMAQ's, added up; no species: left out on purpose
  /// @param may_miss_species  whether the map may name species that the run does not have
  /// @throws Error with every fault: form, missing row, unit, negative value, order of layers, species
  CmaqProfile(const std::string& path, const CsvTable& species_map, bool may_miss_species,
              const SpeciesTable& species);

  [[nodiscard]] bool has(const std::string& species) const { return ppb_.contains(species); }
  /// Mean over a layer [ppb]; equal heights [m above ground]: the value there.
  [[nodiscard]] double mean_ppb(const std::string& species, double bottom_m, double top_m) const;

  /// Variables of the file that the map does not name, and those that it leaves out on purpose.
  [[nodiscard]] const std::vector<std::string>& unknown() const { return unknown_; }
  [[nodiscard]] const std::vector<std::string>& left_out() const { return left_out_; }

  /// Tops of the file's layers above ground, and dry air in them [mol m-3].
  [[nodiscard]] const std::vector<double>& tops_m() const { return top_m_; }
  [[nodiscard]] const std::vector<double>& air_mol_m3() const { return air_mol_m3_; }

 private:
  struct Variable {
    std::size_t row;
    std::string unit;
    std::vector<double> values;
  };
  void read_rows(const CsvTable& table, Problems& problems);
  [[nodiscard]] std::vector<double> coordinate(const CsvTable& table, const std::string& name,
                                               const std::string& unit, bool rises, Problems& problems) const;
  void find_air(const CsvTable& table, Problems& problems);
  void take_species(const CsvTable& table, const CsvTable& map, bool may_miss_species,
                    const SpeciesTable& species, Problems& problems);
  void add(const CsvTable& table, const std::string& name, const Species& to, double factor,
           Problems& problems);
  void find_unmapped(const CsvTable& table, const CsvTable& map);

  std::map<std::string, Variable> variables_;
  std::vector<double> top_m_, air_mol_m3_;
  std::map<std::string, std::vector<double>> ppb_;  // by species of the run, a value a layer
  std::vector<std::string> unknown_, left_out_;
};

}  // namespace lantian
