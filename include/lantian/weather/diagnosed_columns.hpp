#pragma once

#include "lantian/field/array.hpp"
#include "lantian/grid/layers.hpp"
#include "lantian/weather/diagnosed_ground.hpp"
#include "lantian/weather/diagnosed_surface.hpp"
#include "lantian/weather/upper_air.hpp"

namespace lantian {

/// The air of one instant on all layers, hydrostatic, winds along the grid's axes and not yet consistent.
struct DiagnosedAir {
  Array3<double> potential_temperature_k, temperature_k, vapour_kg_kg, pressure_pa, density_kg_m3;
  Array3<double> interface_pressure_pa;  // [layer + 1][row][column]
  Array3<double> wind_x_m_s, wind_y_m_s;
};

/// The boundary layer of one column, from which its profiles follow.
struct DiagnosedColumn {
  double terrain_m;
  double surface_potential_temperature_k;
  double surface_vapour_kg_kg;
  double mixing_height_m;
  double roughness_length_m;
  double inverse_obukhov_per_m;
  double wind_x_m_s, wind_y_m_s;      // at 10 m
  double breeze_x_m_s, breeze_y_m_s;  // at 10 m
  double breeze_depth_m;
  double convergence_rad;  // of the grid, to turn the wind aloft
  bool is_mixed;           // heated from below
};

/// Potential temperature at a height above the ground: mixed up to the mixing height with a step of 0.5 K on
/// it; or, when cooled from below, an exponential inversion (Stull 1988, An Introduction to Boundary Layer
/// Meteorology, sect. 12.3); the profile aloft above, never colder than what lies below.
[[nodiscard]] double column_potential_temperature_k(const DiagnosedColumn& column,
                                                    const UpperAirProfile& aloft, double height_m);

/// Wind at a height above the ground: the similarity profile of the 10 m wind in the surface layer, from
/// there a smooth blend to the wind aloft at the mixing height, and the breeze with its return flow.
[[nodiscard]] GridWind column_wind(const DiagnosedColumn& column, const UpperAirProfile& aloft,
                                   double height_m);

/// Profiles of every column, in hydrostatic balance upwards from the surface pressure.
[[nodiscard]] DiagnosedAir diagnose_columns(const DiagnosedSurface& surface, const DiagnosedGround& ground,
                                            const GridMetrics& metrics, const Layers& layers,
                                            const UpperAirProfile& aloft);

}  // namespace lantian
