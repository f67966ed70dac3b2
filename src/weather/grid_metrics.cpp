#include "lantian/weather/grid_metrics.hpp"

#include <cmath>

namespace lantian {

GridMetrics::GridMetrics(const HorizontalGrid& grid)
    : longitude_deg(grid.rows(), grid.columns()),
      latitude_deg(grid.rows(), grid.columns()),
      convergence_rad(grid.rows(), grid.columns()),
      area_m2(grid.rows(), grid.columns()),
      width_m(grid.rows(), grid.columns()),
      depth_m(grid.rows(), grid.columns()),
      x_face_m(grid.rows(), grid.columns() + 1),
      y_face_m(grid.rows() + 1, grid.columns()) {
  for (int j = 0; j < grid.rows(); ++j)
    for (int i = 0; i < grid.columns(); ++i) {
      const LonLat centre = grid.centre(j, i);
      longitude_deg(j, i) = centre.longitude_deg;
      latitude_deg(j, i) = centre.latitude_deg;
      convergence_rad(j, i) = grid.projection().grid_convergence_rad(centre);
      area_m2(j, i) = grid.cell_area_m2(j, i);
      width_m(j, i) = grid.cell_width_m(j, i);
      depth_m(j, i) = grid.cell_depth_m(j, i);
    }
  for (int j = 0; j < grid.rows(); ++j)
    for (int i = 0; i <= grid.columns(); ++i) x_face_m(j, i) = grid.x_face_length_m(j, i);
  for (int j = 0; j <= grid.rows(); ++j)
    for (int i = 0; i < grid.columns(); ++i) y_face_m(j, i) = grid.y_face_length_m(j, i);
}

GridWind to_grid_axes(double east_m_s, double north_m_s, double convergence_rad) {
  const double cosine = std::cos(convergence_rad), sine = std::sin(convergence_rad);
  return {east_m_s * cosine - north_m_s * sine, east_m_s * sine + north_m_s * cosine};
}

}  // namespace lantian
