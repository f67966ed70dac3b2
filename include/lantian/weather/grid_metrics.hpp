#pragma once

#include "lantian/field/array.hpp"
#include "lantian/grid/horizontal_grid.hpp"

namespace lantian {

/// Places and lengths of a grid's cells, computed once: the projection is slow and is asked for every hour.
struct GridMetrics {
  explicit GridMetrics(const HorizontalGrid& grid);

  [[nodiscard]] int rows() const { return longitude_deg.rows(); }
  [[nodiscard]] int columns() const { return longitude_deg.columns(); }

  Array2<double> longitude_deg, latitude_deg;  // of the centres
  Array2<double> convergence_rad;              // from true north to grid north, clockwise
  Array2<double> area_m2, width_m, depth_m;
  Array2<double> x_face_m;  // [row][column + 1]
  Array2<double> y_face_m;  // [row + 1][column]
};

/// A wind turned from east and north to the grid's axes.
struct GridWind {
  double x_m_s, y_m_s;
};
[[nodiscard]] GridWind to_grid_axes(double east_m_s, double north_m_s, double convergence_rad);

}  // namespace lantian
