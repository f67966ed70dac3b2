// Chemistry without a mechanism: species take their tendency, ammonia is shared where there is an aerosol.
#include "gas_chemistry_derivative.hpp"
#include "gas_chemistry_forward.hpp"
#include "grid_mechanisms.hpp"

namespace lantian {

std::unique_ptr<GasChemistry> make_without_mechanism(const ChemistryConfig& chemistry,
                                                     const SpeciesTable& species, const HorizontalGrid& grid,
                                                     const Communicator& ranks) {
  return std::make_unique<MechanismChemistry<NoMechanism>>(chemistry, species, grid, ranks);
}

}  // namespace lantian
