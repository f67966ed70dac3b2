#pragma once

#include "receptor_plan.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/config/plume_case.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/plume/plume_case.hpp"
#include "lantian/sources/plume_emitters.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace lantian::steady {

/// What results are told of: an enterprise, a stack, a sector ...
struct SourceRow {
  std::string id, name, district, sector;  // what its sources have in common; else empty
};

/// A plume: a stack, or the fugitive part of one.
struct PlannedSource {
  std::size_t emitter = 0, row = 0, column = 0;  // column: of SourcePlan::columns
  std::vector<double> rate_g_s;                  // mean of the year, one a pollutant of SourcePlan
};

/// All plumes of a case, ordered by the column of air they stand in.
struct SourcePlan {
  std::vector<std::string> pollutants;  // of rates: NOx where NO2 is wanted
  std::vector<plume::Source> sources;   // each with an emission of 1 g s-1
  std::vector<PlannedSource> planned;   // one a source
  std::vector<SourceRow> rows;
  std::vector<HorizontalGrid::Cell> columns;  // cells of the weather
  std::vector<double> convergence_rad;        // of the map over each
  std::vector<std::size_t> first_of_column;   // sources of column c: from [c] to [c + 1]
};

/// Lays out the emitters that emit any of the pollutants of the case. Those beyond the weather are left out
/// with a warning, as the grid model leaves out those beyond its grid. Faults go to `problems`: none left,
/// degrees that are swapped.
[[nodiscard]] SourcePlan source_plan(const PlumeCase& configuration, const PlumeEmitters& emitters,
                                     const HorizontalGrid& weather, const Projection& map,
                                     Problems& problems);

}  // namespace lantian::steady
