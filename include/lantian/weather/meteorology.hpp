#pragma once

#include "lantian/base/time.hpp"
#include "lantian/field/array.hpp"

#include <vector>

namespace lantian {

/// What lies under a cell, constant in a run.
struct Surface {
  Array2<double> terrain_m;  // above sea level
  Array2<double> roughness_length_m;
  Array2<int> land_use;  // class of inputs/landuse/land_use.csv (26 classes of Zhang et al. 2003), 1-based
  // [class - 1][row][column]: share of each class, together 1; empty: `land_use` covers each cell
  Array3<double> land_use_share;
  Array2<double> longitude_deg, latitude_deg;  // of the cells' centres
  Array3<double> interface_above_ground_m;     // [layer + 1][row][column]
  Array2<double> cell_area_m2;
  Array2<double> cell_width_m;  // along x
  Array2<double> cell_depth_m;  // along y
};

/// The weather of one instant on the model grid (whole domain).
struct WeatherSnapshot {
  UtcTime time{};
  // [layer][row][column]
  Array3<double> air_mass_kg;  // dry air in the cell [kg]
  Array3<double> temperature_k;
  Array3<double> pressure_pa;
  Array3<double> water_vapour_kg_kg;  // mixing ratio to dry air
  Array3<double> cloud_water_kg_kg;
  Array3<double> wind_x_m_s;  // at cell centres, along the grid's x
  Array3<double> wind_y_m_s;
  Array3<double> eddy_diffusivity_m2_s;  // [layer + 1][row][column], at interfaces; 0 at ground and top
  // [row][column]
  Array2<double> surface_pressure_pa;
  Array2<double> temperature_2m_k;
  Array2<double> wind_speed_10m_m_s;
  Array2<double> friction_velocity_m_s;
  Array2<double> sensible_heat_flux_w_m2;
  Array2<double> inverse_obukhov_length_per_m;
  Array2<double> mixing_height_m;
  Array2<double> short_wave_w_m2;  // downward at the ground
  Array2<double> rain_rate_mm_h;
  Array2<double> cloud_fraction;
  Array2<double> snow_cover;  // share of the ground; empty: the weather does not tell
  Array2<double> snow_depth_m;  // empty: the weather has none
};

/// Mass fluxes of dry air through the faces of the model's cells, constant over one hour and consistent with
/// the air masses at both its ends: M_end = M_begin - 3600 s * divergence, to rounding.
struct AirFluxes {
  Array3<double> x_kg_s;         // [layer][row][column + 1], positive eastwards along x
  Array3<double> y_kg_s;         // [layer][row + 1][column], positive along y
  Array3<double> vertical_kg_s;  // [layer + 1][row][column], positive upwards; 0 at the ground
};

/// One hour of weather.
struct WeatherHour {
  WeatherSnapshot begin, middle, end;
  AirFluxes fluxes;
  double adjustment_rms = 0.0;  // rms of the horizontal flux correction over rms of the flux
};

}  // namespace lantian
