#pragma once

#include "lantian/processes/gas_chemistry.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lantian {

/// A folder of inputs/mechanisms with a table of species: what the grid model may run.
struct GridMechanism {
  std::string_view name, species_csv;
  std::string (*reactions)();  // with their rate laws, one a line
  std::unique_ptr<GasChemistry> (*make)(const ChemistryConfig&, const SpeciesTable&, const HorizontalGrid&,
                                        const Communicator&);
};

/// Chemistry of no mechanism: transported species alone.
[[nodiscard]] std::unique_ptr<GasChemistry> make_without_mechanism(const ChemistryConfig& chemistry,
                                                                   const SpeciesTable& species,
                                                                   const HorizontalGrid& grid,
                                                                   const Communicator& ranks);

/// All of this build, by name. Made by CMake.
[[nodiscard]] const std::vector<GridMechanism>& grid_mechanisms();

}  // namespace lantian
