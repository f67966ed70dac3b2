#include "regrid.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lantian {

namespace {

/// A place on the plane in which overlap is measured, in units of model cells; a lon-lat grid uses the sine
/// of latitude on its rows, so that areas are those of the sphere.
struct Point {
  double x, y;
};
using Polygon = std::vector<Point>;

Polygon clipped(const Polygon& polygon, bool along_x, double bound, bool keeps_above) {
  Polygon result;
  const auto position = [along_x](Point p) { return along_x ? p.x : p.y; };
  const auto is_kept = [&](Point p) { return keeps_above ? position(p) >= bound : position(p) <= bound; };
  for (std::size_t n = 0; n < polygon.size(); ++n) {
    const Point from = polygon[n], to = polygon[(n + 1) % polygon.size()];
    if (is_kept(from)) result.push_back(from);
    if (is_kept(from) == is_kept(to)) continue;
    const double t = (bound - position(from)) / (position(to) - position(from));
    Point cut{from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)};
    (along_x ? cut.x : cut.y) = bound;
    result.push_back(cut);
  }
  return result;
}

/// Signed area, measured from the first corner to spare digits.
double area_of(const Polygon& polygon) {
  double twice = 0.0;
  for (std::size_t n = 1; n + 1 < polygon.size(); ++n) {
    const Point a = polygon[0], b = polygon[n], c = polygon[n + 1];
    twice += (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
  }
  return 0.5 * twice;
}

double sine_deg(double latitude_deg) {
  return std::sin(latitude_deg * std::numbers::pi / 180.0);
}

/// Edge of a row on the plane: row number, or sine of latitude on a lon-lat grid.
double row_edge(const HorizontalGrid& grid, int j) {
  if (!grid.projection().is_lon_lat()) return j;
  return sine_deg(grid.shape().y_south_m + j * grid.shape().dy_m);
}

Point on_plane(const HorizontalGrid& grid, LonLat at) {
  const HorizontalGrid::Shape& shape = grid.shape();
  if (grid.projection().is_lon_lat())
    return {(at.longitude_deg - shape.x_west_m) / shape.dx_m, sine_deg(at.latitude_deg)};
  const ProjectedPoint p = grid.projection().forward(at);
  return {(p.x_m - shape.x_west_m) / shape.dx_m, (p.y_m - shape.y_south_m) / shape.dy_m};
}

Polygon outline(const HorizontalGrid& grid, const std::array<LonLat, 4>& corners) {
  const int pieces = grid.projection().is_lon_lat() ? 1 : 4;
  Polygon polygon;
  for (std::size_t n = 0; n < corners.size(); ++n) {
    const LonLat from = corners[n], to = corners[(n + 1) % corners.size()];
    for (int piece = 0; piece < pieces; ++piece) {
      const double t = static_cast<double>(piece) / pieces;
      polygon.push_back(on_plane(grid, {from.longitude_deg + t * (to.longitude_deg - from.longitude_deg),
                                        from.latitude_deg + t * (to.latitude_deg - from.latitude_deg)}));
    }
  }
  return polygon;
}

/// Area on the sphere for an area on the plane around a place; a constant on a lon-lat grid.
double sphere_over_plane(const HorizontalGrid& grid, const Polygon& piece) {
  if (grid.projection().is_lon_lat()) return 1.0;
  Point middle{0.0, 0.0};
  for (const Point& p : piece) {
    middle.x += p.x / static_cast<double>(piece.size());
    middle.y += p.y / static_cast<double>(piece.size());
  }
  const HorizontalGrid::Shape& shape = grid.shape();
  const LonLat at = grid.projection().inverse(
      {shape.x_west_m + middle.x * shape.dx_m, shape.y_south_m + middle.y * shape.dy_m});
  const Projection::Scale scale = grid.projection().map_factor(at);
  return 1.0 / (scale.x * scale.y);
}

}  // namespace

std::vector<CellShare> overlap_shares(const HorizontalGrid& grid, const std::array<LonLat, 4>& corners) {
  const Polygon whole = outline(grid, corners);
  double west = whole[0].x, east = west, south = whole[0].y, north = south;
  for (const Point& p : whole) {
    west = std::min(west, p.x);
    east = std::max(east, p.x);
    south = std::min(south, p.y);
    north = std::max(north, p.y);
  }
  const double bottom = row_edge(grid, 0), top = row_edge(grid, grid.rows());
  if (east <= 0.0 || west >= grid.columns() || north <= bottom || south >= top ||
      !std::isfinite(east + west + north + south))
    return {};
  const bool is_inside = west >= 0.0 && east <= grid.columns() && south >= bottom && north <= top;
  const double whole_area = std::fabs(area_of(whole)) * sphere_over_plane(grid, whole);
  std::vector<CellShare> shares;
  double sum = 0.0;
  for (int j = 0; j < grid.rows(); ++j) {
    const double low = row_edge(grid, j), high = row_edge(grid, j + 1);
    if (high <= south || low >= north) continue;
    const Polygon band = clipped(clipped(whole, false, low, true), false, high, false);
    for (int i = std::max(0, static_cast<int>(std::floor(west)));
         i < std::min(grid.columns(), static_cast<int>(std::ceil(east))); ++i) {
      const Polygon piece = clipped(clipped(band, true, i, true), true, i + 1.0, false);
      if (piece.size() < 3) continue;
      const double share = std::fabs(area_of(piece)) * sphere_over_plane(grid, piece) / whole_area;
      if (share <= 0.0) continue;
      shares.push_back({j, i, share});
      sum += share;
    }
  }
  if (is_inside || sum > 1.0)
    for (CellShare& one : shares) one.share /= sum;
  return shares;
}

}  // namespace lantian
