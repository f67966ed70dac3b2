#pragma once

#include "geojson.hpp"
#include "regrid.hpp"

#include "lantian/grid/horizontal_grid.hpp"

#include <vector>

namespace lantian {

/// A feature over the model grid.
struct FeatureOverlap {
  double extent = 0.0;            // length [m] or area [m2] on the ellipsoid
  std::vector<CellShare> shares;  // what is missing to 1 lies outside
};

/// Lines over the model grid: what part of their length lies in each cell.
///
/// Lines are straight in longitude and latitude, cut into pieces of at most 0.01 degrees, and these where
/// they cross the grid's own lines; within a piece, the map is taken as straight (to 2 cm). A line along a
/// border of cells belongs to the cell to its north or east, once.
[[nodiscard]] FeatureOverlap line_overlap(const std::vector<Places>& lines, const HorizontalGrid& grid);

/// Polygons over the model grid: what part of their area lies in each cell, holes taken off.
/// @see Regridder
[[nodiscard]] FeatureOverlap polygon_overlap(const std::vector<GeoPolygon>& polygons,
                                             const Regridder& regridder, int columns);

}  // namespace lantian
