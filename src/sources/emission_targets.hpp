#pragma once

#include "source_maps.hpp"

#include "lantian/field/species.hpp"
#include "lantian/sources/emissions.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

/// Carbonate in dust of the upper crust, of which 0.030 is calcium: half a mole of CO3 (30.0045 g) an
/// equivalent (20.039 g) of calcium. @see Taylor & McLennan (1995), Rev. Geophys. 33, 241.
inline constexpr double crust_carbonate_share = 0.030 * 30.0045 / 20.039;

/// What becomes of a tonne of a pollutant.
struct EmissionTargets {
  struct Part {
    int species;
    double share, mol_per_t;
  };
  std::vector<Part> parts;
  double unused_share = 0.0;  // for which the run has no species
};

/// Species of the run that a pollutant of a source becomes. A pollutant none of whose species are in the run
/// goes to the species or tracer of its own name, where there is one.
[[nodiscard]] EmissionTargets targets_of(const ProfileTables& tables, const SourceProfiles& profiles,
                                         const std::string& pollutant, const SpeciesTable& species);

/// The mass table, by sector and pollutant, in the order of first use.
class MassTable {
 public:
  /// Valid until the next call.
  MassTableRow& row(const std::string& sector, const std::string& pollutant);
  [[nodiscard]] const std::vector<MassTableRow>& rows() const { return rows_; }

 private:
  std::vector<MassTableRow> rows_;
  std::map<std::pair<std::string, std::string>, std::size_t> index_;
};

}  // namespace lantian
