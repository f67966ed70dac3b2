#pragma once

#include "lantian/grid/horizontal_grid.hpp"

#include <array>
#include <vector>

namespace lantian {

/// A part of a source cell: the model cell it falls into and its share of the source cell's area.
struct CellShare {
  int row, column;
  double share;
};

/// A source cell over the model grid.
struct CellOverlap {
  double area_m2 = 0.0;           // of the source cell
  std::vector<CellShare> shares;  // what is missing to 1 lies outside
};

/// A piece of the globe in degrees.
struct LonLatBox {
  double west, east, south, north;
};

/// Shares source cells out among the model's cells by area of overlap.
///
/// Both are polygons on an equal-area map of the sphere: longitude and sine of latitude for a lon-lat grid,
/// Lambert's azimuthal map about the grid's middle for all others (Snyder 1987, Map Projections: A Working
/// Manual, eqs. 10-1, 24-2 to 24-4). Model cells are quadrilaterals, so they tile the map without gaps; the
/// source cell is clipped by each of them (Sutherland & Hodgman 1974, Commun. ACM 17, 32). A field of
/// constant flux therefore stays constant to rounding, and a source cell inside is shared out completely.
class Regridder {
 public:
  explicit Regridder(const HorizontalGrid& grid);

  /// `corners`: counter-clockwise. `follows_parallels`: the edges run along meridians and parallels and are
  /// refined to 0.05 degrees; else they are straight.
  [[nodiscard]] CellOverlap overlap(const std::array<LonLat, 4>& corners, bool follows_parallels) const;

  /// A ring of any form, its first place again at the end, straight in longitude and latitude between places.
  [[nodiscard]] CellOverlap overlap(const std::vector<LonLat>& ring) const;

  /// Area of a model cell on the map [m2].
  [[nodiscard]] double cell_area_m2(int row, int column) const;

  /// Whether a cell of longitudes and latitudes may touch the grid; quick.
  [[nodiscard]] bool may_touch(const LonLatBox& cell) const;

 private:
  struct Point {
    double x, y;
  };
  struct Box {
    Point least{1.0e300, 1.0e300}, most{-1.0e300, -1.0e300};
    void hold(Point p);
    [[nodiscard]] bool touches(const Box& other) const;
  };
  using Polygon = std::vector<Point>;
  using Quad = std::array<Point, 4>;

  [[nodiscard]] Point on_map(LonLat at) const;
  [[nodiscard]] Polygon outline(const std::array<LonLat, 4>& corners, bool follows_parallels) const;
  [[nodiscard]] CellOverlap overlap_of(const Polygon& whole) const;
  [[nodiscard]] Quad quad(int row, int column) const;
  static Polygon clipped(const Polygon& polygon, Point from, Point to);
  static double area_of(const Polygon& polygon);
  void bound();

  int rows_, columns_;
  bool is_lon_lat_;
  double radius_m_;
  LonLat middle_{};
  std::vector<Point> corner_;  // [row][column] of (rows + 1) x (columns + 1)
  std::vector<Box> row_box_;
  Box box_;
  LonLatBox bounds_{};  // longitudes from the middle's
};

}  // namespace lantian
