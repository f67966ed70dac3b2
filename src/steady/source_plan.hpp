#pragma once

#include "receptor_plan.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/config/plume_case.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/plume/plume_case.hpp"
#include "lantian/sources/plume_emitters.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian::steady {

/// What falls of a pollutant, and how; of class 0: nothing.
struct FallClass {
  std::string pollutant;  // as emitted
  std::vector<plume::ParticleClass> particles;
  std::optional<plume::ParticleMean> particle_mean;
  std::optional<plume::DepositingGas> gas;
  double gas_reactivity = 0.0;
};

/// What the results tell of a pollutant of the case.
struct Quantity {
  enum class Kind { air, dry, wet };
  std::string pollutant;
  Kind kind = Kind::air;
  std::size_t emitted = 0;  // of SourcePlan::pollutants

  [[nodiscard]] bool is_air() const { return kind == Kind::air; }
  /// PM25, PM25_dry_deposition, PM25_wet_deposition.
  [[nodiscard]] std::string name() const;
};

/// What results are told of: an enterprise, a stack, a sector ...
struct SourceRow {
  std::string id, name, district, sector;  // what its sources have in common; else empty
};

/// A plume: a stack, or the fugitive part of one, of all that falls in the same way.
struct PlannedSource {
  std::size_t emitter = 0, row = 0, column = 0;  // column: of SourcePlan::columns
  std::vector<double> rate_g_s;                  // mean of the year, one a pollutant of SourcePlan; 0: of
                                                 // another class
};

/// All plumes of a case, ordered by the column of air they stand in and the class of what they carry.
struct SourcePlan {
  std::vector<std::string> pollutants;  // of rates: NOx where NO2 is wanted
  std::vector<plume::Source> sources;   // each with an emission of 1 g s-1
  std::vector<PlannedSource> planned;   // one a source
  std::vector<SourceRow> rows;
  std::vector<FallClass> classes;             // the first of what does not fall
  std::vector<Quantity> quantities;           // of the results
  std::vector<HorizontalGrid::Cell> columns;  // cells of the weather; one for each class in it
  std::vector<std::size_t> class_of_column;
  std::vector<double> convergence_rad;       // of the map over each
  std::vector<std::size_t> first_of_column;  // sources of column c: from [c] to [c + 1]
  // Values of an hour lie in series of all receptors: of column c from [c] to [c + 1], first the sources' in
  // the air, then, where what falls is told, theirs dry and theirs wet.
  std::vector<std::size_t> first_series;

  [[nodiscard]] std::size_t series_count() const { return first_series.back(); }
  /// The series of a source's share in a quantity; nothing: it has none.
  [[nodiscard]] std::optional<std::size_t> series_of(std::size_t source, Quantity::Kind kind) const;
};

/// Lays out the emitters that emit any of the pollutants of the case. Those beyond the weather are left out
/// with a warning, as the grid model leaves out those beyond its grid. Faults go to `problems`: none left,
/// degrees that are swapped.
[[nodiscard]] SourcePlan source_plan(const PlumeCase& configuration, const PlumeEmitters& emitters,
                                     const HorizontalGrid& weather, const Projection& map,
                                     Problems& problems);

}  // namespace lantian::steady
