#include "regrid.hpp"

#include "rings.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lantian {

namespace {

constexpr double radian = std::numbers::pi / 180.0;
constexpr double rounding_share = 1.0e-11;  // a share below this is a sliver between edges that coincide

double longitude_from(double longitude_deg, double origin_deg) {
  return std::remainder(longitude_deg - origin_deg, 360.0);
}

}  // namespace

void Regridder::Box::hold(Point p) {
  least = {std::min(least.x, p.x), std::min(least.y, p.y)};
  most = {std::max(most.x, p.x), std::max(most.y, p.y)};
}

bool Regridder::Box::touches(const Box& other) const {
  return least.x < other.most.x && other.least.x < most.x && least.y < other.most.y && other.least.y < most.y;
}

Regridder::Regridder(const HorizontalGrid& grid)
    : rows_(grid.rows()),
      columns_(grid.columns()),
      is_lon_lat_(grid.projection().is_lon_lat()),
      radius_m_(grid.sphere_radius_m()) {
  const ProjectedPoint low = grid.centre_xy(0, 0), high = grid.centre_xy(rows_ - 1, columns_ - 1);
  middle_ = grid.projection().inverse({0.5 * (low.x_m + high.x_m), 0.5 * (low.y_m + high.y_m)});
  bounds_ = {180.0, -180.0, 90.0, -90.0};
  for (int j = 0; j <= rows_; ++j) {
    for (int i = 0; i <= columns_; ++i) {
      const LonLat at = grid.corner(j, i);
      corner_.push_back(on_map(at));
      const double east = is_lon_lat_ ? at.longitude_deg - middle_.longitude_deg
                                      : longitude_from(at.longitude_deg, middle_.longitude_deg);
      bounds_ = {std::min(bounds_.west, east), std::max(bounds_.east, east),
                 std::min(bounds_.south, at.latitude_deg), std::max(bounds_.north, at.latitude_deg)};
    }
  }
  bound();
}

void Regridder::bound() {
  for (int j = 0; j < rows_; ++j) {
    Box box;
    for (int i = 0; i < columns_; ++i)
      for (const Point p : quad(j, i)) box.hold(p);
    row_box_.push_back(box);
    box_.hold(box.least);
    box_.hold(box.most);
  }
  const double height_deg = (bounds_.north - bounds_.south) / rows_,
               width_deg = (bounds_.east - bounds_.west) / columns_;
  bounds_.south -= 2.0 * height_deg;
  bounds_.north += 2.0 * height_deg;
  bounds_.west -= 2.0 * width_deg;
  bounds_.east += 2.0 * width_deg;
  const bool is_polar = bounds_.north > 89.0 || bounds_.south < -89.0;
  if (!is_lon_lat_ && (is_polar || bounds_.east - bounds_.west > 180.0)) {
    bounds_.west = -180.0;
    bounds_.east = 180.0;
  }
}

bool Regridder::may_touch(const LonLatBox& cell) const {
  if (cell.north < bounds_.south || cell.south > bounds_.north) return false;
  const double west = longitude_from(cell.west, middle_.longitude_deg), east = west + cell.east - cell.west;
  const auto meets = [this](double low, double high) { return high >= bounds_.west && low <= bounds_.east; };
  return meets(west, east) || meets(west - 360.0, east - 360.0) || meets(west + 360.0, east + 360.0);
}

Regridder::Point Regridder::on_map(LonLat at) const {
  const double latitude = at.latitude_deg * radian, middle = middle_.latitude_deg * radian;
  if (is_lon_lat_) return {(at.longitude_deg - middle_.longitude_deg) * radian, std::sin(latitude)};
  const double east = (at.longitude_deg - middle_.longitude_deg) * radian;
  const double nearness =
      std::sin(middle) * std::sin(latitude) + std::cos(middle) * std::cos(latitude) * std::cos(east);
  const double scale = std::sqrt(2.0 / std::max(1.0 + nearness, 1.0e-6));
  return {scale * std::cos(latitude) * std::sin(east),
          scale * (std::cos(middle) * std::sin(latitude) -
                   std::sin(middle) * std::cos(latitude) * std::cos(east))};
}

Regridder::Polygon Regridder::outline(const std::array<LonLat, 4>& corners, bool follows_parallels) const {
  Polygon polygon;
  double turn_deg = 0.0;  // brings the cell to the side of the globe where a lon-lat grid lies
  if (is_lon_lat_) {
    const double middle_deg = 0.5 * (corners[0].longitude_deg + corners[2].longitude_deg);
    turn_deg = longitude_from(middle_deg, middle_.longitude_deg) - (middle_deg - middle_.longitude_deg);
  }
  for (std::size_t n = 0; n < corners.size(); ++n) {
    const LonLat from = corners[n], to = corners[(n + 1) % corners.size()];
    const double length_deg = std::max(std::fabs(to.longitude_deg - from.longitude_deg),
                                       std::fabs(to.latitude_deg - from.latitude_deg));
    const int pieces = follows_parallels && !is_lon_lat_
                           ? std::clamp(static_cast<int>(std::ceil(length_deg / 0.05)), 1, 100)
                           : 1;
    for (int piece = 0; piece < pieces; ++piece) {
      const double t = static_cast<double>(piece) / pieces;
      polygon.push_back(on_map({from.longitude_deg + turn_deg + t * (to.longitude_deg - from.longitude_deg),
                                from.latitude_deg + t * (to.latitude_deg - from.latitude_deg)}));
    }
  }
  return polygon;
}

Regridder::Quad Regridder::quad(int row, int column) const {
  const auto at = [this](int j, int i) {
    return corner_[static_cast<std::size_t>(j) * static_cast<std::size_t>(columns_ + 1) +
                   static_cast<std::size_t>(i)];
  };
  return {at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)};
}

/// What lies to the left of the line through two corners.
Regridder::Polygon Regridder::clipped(const Polygon& polygon, Point from, Point to) {
  Polygon result;
  const auto side = [&](Point p) {
    return (to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x);
  };
  for (std::size_t n = 0; n < polygon.size(); ++n) {
    const Point a = polygon[n], b = polygon[(n + 1) % polygon.size()];
    const double side_a = side(a), side_b = side(b);
    if (side_a >= 0.0) result.push_back(a);
    if ((side_a >= 0.0) == (side_b >= 0.0)) continue;
    const double t = side_a / (side_a - side_b);
    result.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
  }
  return result;
}

/// Area, measured from the first corner to spare digits.
double Regridder::area_of(const Polygon& polygon) {
  double twice = 0.0;
  for (std::size_t n = 1; n + 1 < polygon.size(); ++n) {
    const Point a = polygon[0], b = polygon[n], c = polygon[n + 1];
    twice += (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
  }
  return std::fabs(0.5 * twice);
}

double Regridder::cell_area_m2(int row, int column) const {
  const Quad corners = quad(row, column);
  return area_of({corners.begin(), corners.end()}) * radius_m_ * radius_m_;
}

CellOverlap Regridder::overlap(const std::array<LonLat, 4>& corners, bool follows_parallels) const {
  return overlap_of(outline(corners, follows_parallels));
}

CellOverlap Regridder::overlap(const std::vector<LonLat>& ring) const {
  constexpr double step_deg = 0.02;  // straight on the map to a decimetre
  Polygon polygon;
  const auto [west, east] = std::ranges::minmax(ring, {}, &LonLat::longitude_deg);
  const double middle_deg = 0.5 * (west.longitude_deg + east.longitude_deg),
               turn_deg =
                   longitude_from(middle_deg, middle_.longitude_deg) - (middle_deg - middle_.longitude_deg);
  Places fine = refined(ring, step_deg);
  fine.pop_back();
  for (const LonLat at : fine)
    polygon.push_back(
        on_map({is_lon_lat_ ? at.longitude_deg + turn_deg : at.longitude_deg, at.latitude_deg}));
  return overlap_of(polygon);
}

CellOverlap Regridder::overlap_of(const Polygon& whole) const {
  const double whole_area = area_of(whole);
  CellOverlap result{.area_m2 = whole_area * radius_m_ * radius_m_, .shares = {}};
  Box box;
  for (const Point p : whole) box.hold(p);
  if (!box.touches(box_) || !(whole_area > 0.0)) return result;
  double sum = 0.0;
  for (int j = 0; j < rows_; ++j) {
    if (!box.touches(row_box_[static_cast<std::size_t>(j)])) continue;
    for (int i = 0; i < columns_; ++i) {
      const Quad cell = quad(j, i);
      Box cell_box;
      for (const Point p : cell) cell_box.hold(p);
      if (!box.touches(cell_box)) continue;
      Polygon piece = whole;
      for (std::size_t n = 0; n < cell.size() && piece.size() > 2; ++n)
        piece = clipped(piece, cell[n], cell[(n + 1) % cell.size()]);
      const double share = area_of(piece) / whole_area;
      if (piece.size() < 3 || share < rounding_share) continue;
      result.shares.push_back({j, i, share});
      sum += share;
    }
  }
  if (std::fabs(sum - 1.0) < 1.0e-9)  // inside: nothing may be lost to rounding
    for (CellShare& one : result.shares) one.share /= sum;
  return result;
}

}  // namespace lantian
