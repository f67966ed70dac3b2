#include "lantian/weather/diagnosed_weather.hpp"

#include <array>

namespace lantian {

namespace {

/// Mean of two cells' values, or the one that is inside.
struct FaceCells {
  int first, second;
};
FaceCells cells_beside(int face, int count) {
  return {face > 0 ? face - 1 : 0, face < count ? face : count - 1};
}

/// Heights of the levels and areas of faces of one grid.
struct Faces {
  const DiagnosedAir& air;
  const DiagnosedGround& ground;
  const GridMetrics& grid;
  const Layers& layers;

  [[nodiscard]] double thickness_m(int k, int j, int i) const {
    return layers.thickness_m(k, ground.terrain_m(j, i));
  }
  /// Density times thickness, mean over two cells [kg m-2].
  [[nodiscard]] double mass_kg_m2(int k, HorizontalGrid::Cell a, HorizontalGrid::Cell b) const {
    return 0.5 * (air.density_kg_m3(k, a.row, a.column) * thickness_m(k, a.row, a.column) +
                  air.density_kg_m3(k, b.row, b.column) * thickness_m(k, b.row, b.column));
  }
  [[nodiscard]] double x_mass_kg_m(int k, int j, int face) const {
    const auto [a, b] = cells_beside(face, grid.columns());
    return mass_kg_m2(k, {j, a}, {j, b}) * grid.x_face_m(j, face);
  }
  [[nodiscard]] double y_mass_kg_m(int k, int face, int i) const {
    const auto [a, b] = cells_beside(face, grid.rows());
    return mass_kg_m2(k, {a, i}, {b, i}) * grid.y_face_m(face, i);
  }
  /// Altitude of a level above sea level.
  [[nodiscard]] double altitude_m(int level, int j, int i) const {
    const double terrain_m = ground.terrain_m(j, i);
    return terrain_m + layers.interface_above_ground_m(level, terrain_m);
  }
};

AdjustableWind first_guess(const Faces& faces, double vertical_freedom) {
  const DiagnosedAir& air = faces.air;
  const GridMetrics& grid = faces.grid;
  const int layers = faces.layers.count(), rows = grid.rows(), columns = grid.columns();
  const Array3<double> x(layers, rows, columns + 1), y(layers, rows + 1, columns),
      z(layers + 1, rows, columns, 0.0);
  AdjustableWind wind{x, y, z, x, y, z};
#pragma omp parallel for schedule(static)
  for (int k = 0; k < layers; ++k) {
    for (int j = 0; j < rows; ++j)
      for (int i = 0; i <= columns; ++i) {
        const auto [a, b] = cells_beside(i, columns);
        const double mass = faces.x_mass_kg_m(k, j, i);
        wind.x_kg_s(k, j, i) = mass * 0.5 * (air.wind_x_m_s(k, j, a) + air.wind_x_m_s(k, j, b));
        wind.x_weight(k, j, i) = mass / grid.width_m(j, b);
      }
    for (int j = 0; j <= rows; ++j)
      for (int i = 0; i < columns; ++i) {
        const auto [a, b] = cells_beside(j, rows);
        const double mass = faces.y_mass_kg_m(k, j, i);
        wind.y_kg_s(k, j, i) = mass * 0.5 * (air.wind_y_m_s(k, a, i) + air.wind_y_m_s(k, b, i));
        wind.y_weight(k, j, i) = mass / grid.depth_m(b, i);
      }
    for (int j = 0; j < rows && k > 0; ++j)
      for (int i = 0; i < columns; ++i) {
        const double density = 0.5 * (air.density_kg_m3(k - 1, j, i) + air.density_kg_m3(k, j, i));
        const double distance_m = 0.5 * (faces.thickness_m(k - 1, j, i) + faces.thickness_m(k, j, i));
        wind.vertical_weight(k, j, i) = vertical_freedom * density * grid.area_m2(j, i) / distance_m;
      }
  }
  return wind;
}

/// Slope of a level along x or y at a cell's centre; one-sided at the edge.
double slope(const Faces& faces, int level, HorizontalGrid::Cell at, bool along_x) {
  const int count = along_x ? faces.grid.columns() : faces.grid.rows();
  const int n = along_x ? at.column : at.row;
  const int low = n > 0 ? n - 1 : 0, high = n < count - 1 ? n + 1 : n;
  const double step_m =
      along_x ? faces.grid.width_m(at.row, at.column) : faces.grid.depth_m(at.row, at.column);
  const double rise =
      along_x ? faces.altitude_m(level, at.row, high) - faces.altitude_m(level, at.row, low)
              : faces.altitude_m(level, high, at.column) - faces.altitude_m(level, low, at.column);
  return rise / (step_m * (high - low));
}

/// True vertical wind: through the level, and along its slope.
double vertical_wind_m_s(const Faces& faces, const AdjustableWind& fluxes, const DiagnosedWind& wind,
                         const std::array<int, 3>& at) {
  const auto [level, j, i] = at;
  const int below = level > 0 ? level - 1 : 0, above = level < faces.layers.count() ? level : level - 1;
  double along = 0.0, density = 0.0;
  for (const int k : {below, above}) {
    const double x = 0.5 * (wind.x_m_s(k, j, i) + wind.x_m_s(k, j, i + 1));
    const double y = 0.5 * (wind.y_m_s(k, j, i) + wind.y_m_s(k, j + 1, i));
    along += 0.5 * (x * slope(faces, level, {j, i}, true) + y * slope(faces, level, {j, i}, false));
    density += 0.5 * faces.air.density_kg_m3(k, j, i);
  }
  return fluxes.vertical_kg_s(level, j, i) / (density * faces.grid.area_m2(j, i)) + along;
}

}  // namespace

DiagnosedWind consistent_wind(const DiagnosedAir& air, const DiagnosedGround& ground,
                              const GridMetrics& metrics, const Layers& layers, double vertical_freedom,
                              WindAdjuster& adjuster) {
  const Faces faces{air, ground, metrics, layers};
  AdjustableWind fluxes = first_guess(faces, vertical_freedom);
  DiagnosedWind wind;
  wind.adjustment = adjuster.adjust(fluxes);
  wind.x_m_s = fluxes.x_kg_s;
  wind.y_m_s = fluxes.y_kg_s;
  wind.vertical_m_s = fluxes.vertical_kg_s;
#pragma omp parallel for schedule(static)
  for (int k = 0; k < layers.count(); ++k) {
    for (int j = 0; j < metrics.rows(); ++j)
      for (int i = 0; i <= metrics.columns(); ++i) wind.x_m_s(k, j, i) /= faces.x_mass_kg_m(k, j, i);
    for (int j = 0; j <= metrics.rows(); ++j)
      for (int i = 0; i < metrics.columns(); ++i) wind.y_m_s(k, j, i) /= faces.y_mass_kg_m(k, j, i);
  }
#pragma omp parallel for schedule(static)
  for (int level = 0; level <= layers.count(); ++level)
    for (int j = 0; j < metrics.rows(); ++j)
      for (int i = 0; i < metrics.columns(); ++i)
        wind.vertical_m_s(level, j, i) = vertical_wind_m_s(faces, fluxes, wind, {level, j, i});
  return wind;
}

}  // namespace lantian
