#pragma once

#include "lantian/config/case.hpp"
#include "lantian/grid/projection.hpp"

#include <optional>
#include <string>

namespace lantian {

/// A logically rectangular grid on a map projection. Cell (j, i): row j from the south, column i from the
/// west.
///
/// `x_west_m`, `y_south_m` and `dx_m`, `dy_m` are in the projection's unit (degrees on a lon-lat grid).
class HorizontalGrid {
 public:
  struct Shape {
    double x_west_m, y_south_m, dx_m, dy_m;
    int columns, rows;
  };
  HorizontalGrid(Projection projection, Shape shape, double sphere_radius_m);

  /// The grid that [grid] spells out (projection other than "weather"), its window applied.
  /// @throws ConfigError
  static HorizontalGrid from_config(const GridConfig& config);
  /// Rows and columns [first, first + count) of this grid.
  [[nodiscard]] HorizontalGrid window(int first_column, int first_row, int columns, int rows) const;

  [[nodiscard]] int columns() const { return shape_.columns; }
  [[nodiscard]] int rows() const { return shape_.rows; }
  [[nodiscard]] const Shape& shape() const { return shape_; }
  [[nodiscard]] const Projection& projection() const { return projection_; }
  [[nodiscard]] double sphere_radius_m() const { return sphere_radius_m_; }

  [[nodiscard]] ProjectedPoint centre_xy(int j, int i) const;
  [[nodiscard]] LonLat centre(int j, int i) const;
  /// Corner (j, i) is the south-west corner of cell (j, i); j in 0..rows, i in 0..columns.
  [[nodiscard]] LonLat corner(int j, int i) const;

  /// Area on the sphere [m2].
  [[nodiscard]] double cell_area_m2(int j, int i) const;
  /// Width [m] along x and y through the cell's centre.
  [[nodiscard]] double cell_width_m(int j, int i) const;
  [[nodiscard]] double cell_depth_m(int j, int i) const;
  /// Length [m] of the face between cells (j, i-1) and (j, i); i in 0..columns.
  [[nodiscard]] double x_face_length_m(int j, int i) const;
  /// Length [m] of the face between cells (j-1, i) and (j, i); j in 0..rows.
  [[nodiscard]] double y_face_length_m(int j, int i) const;

  struct Cell {
    int row, column;
    friend bool operator==(const Cell&, const Cell&) = default;
  };
  /// The cell a place lies in; nothing outside.
  [[nodiscard]] std::optional<Cell> locate(LonLat place) const;

  /// xxh64 of projection and shape, the grid's identity.
  [[nodiscard]] std::string identity() const;

 private:
  Projection projection_;
  Shape shape_;
  double sphere_radius_m_;
};

/// Whether a place that was given as degrees lies in the grid when its numbers are radians: a wrong unit.
[[nodiscard]] bool lies_inside_as_radians(LonLat place, const HorizontalGrid& grid);

}  // namespace lantian
