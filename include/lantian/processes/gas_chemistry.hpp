#pragma once

#include "lantian/config/case.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/parallel/communicator.hpp"
#include "lantian/processes/column_process.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lantian {

/// Species of a mechanism ("grs", "nox_o3", "none") and the further ones that are only transported.
/// @throws ConfigError for an unknown mechanism or a tracer that has a species' name.
[[nodiscard]] SpeciesTable mechanism_species(const std::string& mechanism,
                                             const std::vector<std::string>& inert_tracers);

/// Species of a table as inputs/mechanisms/README.md says; `path` stands for it in messages.
/// @throws Error with every row at fault: each species names its rows of the deposition and scavenging
///         tables, or "none".
[[nodiscard]] std::vector<Species> parsed_species(const std::string& path, const std::string& csv);

/// @throws ConfigError for a label in `chemistry.rate_factors` that the mechanism does not have.
void check_rate_factors(const ChemistryConfig& chemistry);

/// xxh64 of the mechanism's reactions and species, for the provenance of a run.
[[nodiscard]] std::string mechanism_digest(const std::string& mechanism);

/// What the solver has done on this rank since the start, in cells and in mol.
struct ChemistryCounts {
  long long cells = 0;       // solved, of all steps
  long long attempts = 0;    // steps of the solver that these took, rejected ones too
  double clipped_mol = 0.0;  // made by lifting negative amounts to zero: in the solver of O3, RP ...
                             // (of no family), and of all species that come in below zero
  double shifted_mol = 0.0;  // moved within the N or S family for the same reason; conserved
};

/// Gas chemistry that takes what emission, mixing and deposition do as a constant source over the step (mode
/// S), then the equilibrium of ammonium nitrate; species outside the mechanism take their tendency as it is.
///
/// Where a tendency would use up more than half of a species in the step it is applied first, so that nothing
/// turns negative. What unlimited advection has left below zero is lifted to zero. Books what chemistry
/// itself did, this lifting included.
///
/// Its derivatives are exact for the discrete step at the linearisation's mixing ratios and tendencies: the
/// steps of the solver are those taken there, and are not differentiated; where amounts are lifted to zero or
/// tendencies applied first, the branch taken there is. Rate constants change with the particles and drops of
/// the cell, with the light that the particles of the column leave, and with the factors of reactions.
/// Sources, mixing and deposition come in by the tendency alone.
/// Equations: kernels/chemistry/README.md,
/// kernels/aerosol/README.md.
class GasChemistry : public ColumnProcess {
 public:
  [[nodiscard]] std::string_view name() const override { return "chemistry"; }
  [[nodiscard]] virtual ChemistryCounts counts() const = 0;
  /// Labels of the mechanism's reactions, in its order.
  [[nodiscard]] virtual std::vector<std::string> reaction_labels() const = 0;
  /// Takes the counts of an earlier moment of the run for its own.
  virtual void restore_counts(const ChemistryCounts& counts) = 0;
};

/// The chemistry of `chemistry.mechanism`. `species` holds at least those of the mechanism.
[[nodiscard]] std::unique_ptr<GasChemistry> make_gas_chemistry(const ChemistryConfig& chemistry,
                                                               const SpeciesTable& species,
                                                               const HorizontalGrid& grid,
                                                               const Communicator& ranks);

}  // namespace lantian
