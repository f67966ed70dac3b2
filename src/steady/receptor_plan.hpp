#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/config/plume_case.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/plume/plume_case.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace lantian::steady {

/// A place that results are told of by name: a point, or a district with its sample points.
struct NamedPlace {
  std::string name, district;
  LonLat place{};
  bool is_district = false, ranks_sources = true;
  std::size_t first = 0, count = 1;  // of the receptors whose mean is its value
};

/// A regular grid of receptors, row by row from the south.
struct ReceptorGrid {
  std::string name;
  std::size_t columns = 0, rows = 0, first = 0;
};

/// All receptors of a case on one map in metres: the points, then the sample points of districts, then the
/// grids.
struct ReceptorPlan {
  Projection projection;  // UTM on WGS 84
  int zone = 0;           // below 0: of the southern hemisphere
  std::vector<plume::Receptor> receptors;
  std::vector<LonLat> places;  // one a receptor
  std::vector<NamedPlace> named;
  std::vector<ReceptorGrid> grids;
};

/// Lays out [receptors]. The zone is that of the first grid, else of the first point, else of the middle of
/// the weather. Faults go to `problems`: no receptor left, one beyond the weather.
[[nodiscard]] ReceptorPlan receptor_plan(const PlumeCase& configuration, const HorizontalGrid& weather,
                                         Problems& problems);

}  // namespace lantian::steady
