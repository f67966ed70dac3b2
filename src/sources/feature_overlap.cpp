#include "feature_overlap.hpp"

#include "compensated_sum.hpp"

#include "lantian/grid/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace lantian {

namespace {

using ByCell = std::map<int, CompensatedSum>;  // row * columns + column

constexpr double rounding_share = 1.0e-11;  // a share below this is a sliver between edges that coincide

FeatureOverlap shares_of(const ByCell& parts, double whole, int columns) {
  FeatureOverlap result;
  double sum = 0.0;
  for (const auto& [cell, part] : parts) {
    const double share = part.value() / whole;
    if (share < rounding_share) continue;
    result.shares.push_back({cell / columns, cell % columns, share});
    sum += share;
  }
  if (sum > 1.0 - 1.0e-9)  // inside: nothing may be lost to rounding
    for (CellShare& one : result.shares) one.share /= sum;
  return result;
}

/// A place in cells from the grid's south-west corner.
struct GridPlace {
  double column, row;
};

class LineCutter {
 public:
  explicit LineCutter(const HorizontalGrid& grid) : grid_(grid) {
    const auto& shape = grid.shape();
    middle_deg_ = grid.projection().is_lon_lat() ? shape.x_west_m + 0.5 * shape.columns * shape.dx_m : 0.0;
  }

  void add_piece(LonLat from, LonLat to) {
    const double length_m = geodesic_length_m(from, to);
    if (length_m == 0.0) return;
    whole_m_.add(length_m);
    const double turn_deg = turn(0.5 * (from.longitude_deg + to.longitude_deg));
    const GridPlace a = place(from, turn_deg), b = place(to, turn_deg);
    if (is_torn(a, b)) return;
    if (std::max(a.column, b.column) < 0.0 || std::min(a.column, b.column) > grid_.columns() ||
        std::max(a.row, b.row) < 0.0 || std::min(a.row, b.row) > grid_.rows())
      return;
    cuts_ = {0.0, 1.0};
    cut(a.column, b.column, grid_.columns());
    cut(a.row, b.row, grid_.rows());
    std::ranges::sort(cuts_);
    for (std::size_t n = 1; n < cuts_.size(); ++n) {
      const double middle = 0.5 * (cuts_[n - 1] + cuts_[n]),
                   column = a.column + middle * (b.column - a.column), row = a.row + middle * (b.row - a.row);
      if (column < 0.0 || row < 0.0 || column >= grid_.columns() || row >= grid_.rows()) continue;
      const int cell = static_cast<int>(row) * grid_.columns() + static_cast<int>(column);
      inside_m_[cell].add(length_m * (cuts_[n] - cuts_[n - 1]));
    }
  }

  [[nodiscard]] FeatureOverlap result() const {
    FeatureOverlap overlap;
    if (whole_m_.value() > 0.0) overlap = shares_of(inside_m_, whole_m_.value(), grid_.columns());
    overlap.extent = whole_m_.value();
    return overlap;
  }

 private:
  /// Brings a piece to the side of the globe where a grid of longitudes lies.
  [[nodiscard]] double turn(double longitude_deg) const {
    if (!grid_.projection().is_lon_lat()) return 0.0;
    return middle_deg_ + std::remainder(longitude_deg - middle_deg_, 360.0) - longitude_deg;
  }

  [[nodiscard]] GridPlace place(LonLat at, double turn_deg) const {
    const auto& shape = grid_.shape();
    const ProjectedPoint p = grid_.projection().forward({at.longitude_deg + turn_deg, at.latitude_deg});
    return {(p.x_m - shape.x_west_m) / shape.dx_m, (p.y_m - shape.y_south_m) / shape.dy_m};
  }

  /// Whether a piece lies beyond the projection, or across the meridian where it is cut.
  [[nodiscard]] bool is_torn(GridPlace a, GridPlace b) const {
    constexpr double tear_m = 1.0e6;  // a piece has no more than 1.2 km
    if (!std::isfinite(a.column + a.row + b.column + b.row)) return true;
    const double map_m = std::max(std::fabs(b.column - a.column) * grid_.shape().dx_m,
                                  std::fabs(b.row - a.row) * grid_.shape().dy_m);
    return !grid_.projection().is_lon_lat() && map_m > tear_m;
  }

  /// Where the way from `from` to `to` crosses the whole numbers of 0 ... `last`.
  void cut(double from, double to, int last) {
    const auto [low, high] = std::minmax(from, to);
    const int first_edge = std::max(0, static_cast<int>(std::ceil(std::max(low, 0.0)))),
              last_edge = static_cast<int>(std::floor(std::min(high, static_cast<double>(last))));
    for (int edge = first_edge; edge <= last_edge; ++edge) {
      const double t = (edge - from) / (to - from);
      if (t > 0.0 && t < 1.0) cuts_.push_back(t);
    }
  }

  const HorizontalGrid& grid_;
  double middle_deg_ = 0.0;
  std::vector<double> cuts_;
  ByCell inside_m_;
  CompensatedSum whole_m_;
};

}  // namespace

FeatureOverlap line_overlap(const std::vector<Places>& lines, const HorizontalGrid& grid) {
  constexpr double step_deg = 0.01;
  LineCutter cutter(grid);
  for (const Places& line : lines) {
    const Places fine = refined(line, step_deg);
    for (std::size_t n = 1; n < fine.size(); ++n) cutter.add_piece(fine[n - 1], fine[n]);
  }
  return cutter.result();
}

FeatureOverlap polygon_overlap(const std::vector<GeoPolygon>& polygons, const Regridder& regridder,
                               int columns) {
  ByCell parts;
  CompensatedSum whole, on_ellipsoid;
  const auto add = [&](const Places& ring, double sign) {
    const CellOverlap overlap = regridder.overlap(ring);
    whole.add(sign * overlap.area_m2);
    for (const CellShare& one : overlap.shares)
      parts[one.row * columns + one.column].add(sign * overlap.area_m2 * one.share);
  };
  for (const GeoPolygon& polygon : polygons) {
    add(polygon.outer, 1.0);
    for (const Places& hole : polygon.holes) add(hole, -1.0);
    on_ellipsoid.add(area_m2(polygon));
  }
  FeatureOverlap result;
  if (whole.value() > 0.0) result = shares_of(parts, whole.value(), columns);
  result.extent = on_ellipsoid.value();
  return result;
}

}  // namespace lantian
