#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/field/array.hpp"
#include "lantian/grid/horizontal_grid.hpp"

#include <string>
#include <vector>

namespace lantian {

/// District of each cell of the model grid: 1 + index into names, or 0 for none.
struct DistrictMap {
  Array2<int> number;
  std::vector<std::string> names;
};

/// netCDF: integer `district` on (lat, lon) or on cells with 2-D lon and lat, attribute `district_names`
/// "A,B,..." (or a global one); the model cell takes the value of the nearest cell. GeoJSON: polygons with
/// properties.name; the model cell belongs to the polygon that holds its centre. @throws DataError,
/// MissingFileError
[[nodiscard]] DistrictMap read_districts(const std::string& path, const HorizontalGrid& grid);

}  // namespace lantian
