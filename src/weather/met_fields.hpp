#pragma once

#include "lantian/base/time.hpp"
#include "lantian/field/array.hpp"

namespace lantian {

/// A block of cells of a grid.
struct CellWindow {
  int first_column = 0, first_row = 0, columns = 0, rows = 0;
};

/// The weather of one instant on the weather's own layers; horizontally on the weather's or the model's grid.
/// What the files do not have is empty.
struct MetFields {
  UtcTime time{};
  // [layer][row][column]
  Array3<double> interface_above_ground_m;  // [layer + 1]
  Array3<double> dry_air_kg_m2;             // of the layer
  Array3<double> pressure_pa;
  Array3<double> temperature_k;
  Array3<double> water_vapour_kg_kg;
  Array3<double> cloud_water_kg_kg;
  Array3<double> cloud_fraction;
  Array3<double> wind_x_m_s;  // at x faces [layer][row][column + 1]
  Array3<double> wind_y_m_s;  // at y faces [layer][row + 1][column]
  // Mean over the air that passed since the instant before; empty where the files do not tell.
  Array3<double> mean_wind_x_m_s;        // at x faces
  Array3<double> mean_wind_y_m_s;        // at y faces
  Array3<double> vertical_wind_m_s;      // [layer + 1]
  Array3<double> eddy_diffusivity_m2_s;  // [layer + 1]; read only when the case asks for it
  // [row][column]
  Array2<double> surface_pressure_pa;
  Array2<double> temperature_2m_k;
  Array2<double> ground_temperature_k;
  Array2<double> wind_x_10m_m_s, wind_y_10m_m_s;
  Array2<double> friction_velocity_m_s;
  Array2<double> sensible_heat_flux_w_m2;
  Array2<double> mixing_height_m;
  Array2<double> short_wave_w_m2;
  Array2<double> rain_mm;     // accumulated
  Array2<double> snow_cover;  // 0 to 1; empty where the files do not tell
  Array2<double> snow_depth_m;

  [[nodiscard]] int layers() const { return temperature_k.layers(); }
  [[nodiscard]] int rows() const { return temperature_k.rows(); }
  [[nodiscard]] int columns() const { return temperature_k.columns(); }
};

/// Virtual temperature of air with this mixing ratio of vapour [K].
[[nodiscard]] double virtual_temperature_k(double temperature_k, double water_vapour_kg_kg);

}  // namespace lantian
