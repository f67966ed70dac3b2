#include "lantian/weather/diagnosed_columns.hpp"

#include "meteorology/clear_sky.hpp"
#include "meteorology/hydrostatic.hpp"
#include "meteorology/sea_breeze.hpp"
#include "meteorology/wind_profile.hpp"

#include "lantian/base/constants.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace lantian {

namespace {

constexpr double least_blend_m = 200.0;  // the wind aloft is not reached below
constexpr double cap_k = 0.5;            // step of potential temperature on a mixed layer
constexpr double cap_depth_m = 100.0;
constexpr double vapour_scale_m = 2500.0;  // height over which vapour falls to 1/e above the mixed layer

double saturation_kg_kg(double temperature_k, double pressure_pa) {
  const double vapour_pa = std::min(saturation_vapour_pressure_pa(temperature_k), 0.4 * pressure_pa);
  return dry_air_gas_constant_j_kg_k / water_vapour_gas_constant_j_kg_k * vapour_pa /
         (pressure_pa - vapour_pa);
}

DiagnosedColumn column_of(const DiagnosedSurface& at, const DiagnosedGround& ground, int j, int i) {
  const double pressure_pa = at.pressure_pa(j, i);
  const double temperature_k = at.temperature_k(j, i);
  return {.terrain_m = ground.terrain_m(j, i),
          .surface_potential_temperature_k = temperature_k / temperature_of_k(1.0, pressure_pa),
          .surface_vapour_kg_kg = at.relative_humidity(j, i) * saturation_kg_kg(temperature_k, pressure_pa),
          .mixing_height_m = at.mixing_height_m(j, i),
          .roughness_length_m = ground.roughness_length_m(j, i),
          .inverse_obukhov_per_m = at.inverse_obukhov_per_m(j, i),
          .wind_x_m_s = at.wind_x_m_s(j, i),
          .wind_y_m_s = at.wind_y_m_s(j, i),
          .breeze_x_m_s = at.breeze_x_m_s(j, i),
          .breeze_y_m_s = at.breeze_y_m_s(j, i),
          .breeze_depth_m = std::max(1.0, at.breeze_depth_m(j, i)),
          .convergence_rad = 0.0,
          .is_mixed = at.heat_flux_k_m_s(j, i) > 0.0};
}

/// Vapour of the surface through the mixed layer, the profile's humidity above, never more than 95 % of
/// saturation.
double column_vapour_kg_kg(const DiagnosedColumn& column, const UpperAirProfile::Level& aloft,
                           double height_m, double saturation) {
  const double above = std::max(0.0, height_m - column.mixing_height_m);
  const double risen = column.surface_vapour_kg_kg * std::exp(-above / vapour_scale_m);
  const double share = smooth_step(height_m, column.mixing_height_m, 2.0 * column.mixing_height_m + 100.0);
  const double mixed = risen + share * (aloft.relative_humidity * saturation - risen);
  return std::clamp(mixed, 1.0e-6, 0.95 * saturation);
}

}  // namespace

double column_potential_temperature_k(const DiagnosedColumn& column, const UpperAirProfile& aloft,
                                      double height_m) {
  const double ground_k = column.surface_potential_temperature_k;
  const double free_k = aloft.at(column.terrain_m + height_m).potential_temperature_k;
  const double h = column.mixing_height_m;
  if (column.is_mixed) {
    if (height_m < h) return ground_k;
    return std::max(free_k, ground_k + cap_k * std::min(1.0, (height_m - h) / cap_depth_m));
  }
  constexpr double least_rise_k = 0.2;
  const double depth_m = std::max(1.5 * h, 100.0);
  const double top_k =
      std::max(aloft.at(column.terrain_m + depth_m).potential_temperature_k, ground_k + least_rise_k);
  const double decay = std::exp(-3.0 * std::min(height_m, depth_m) / depth_m);
  const double last = std::exp(-3.0);
  const double inversion_k = top_k - (top_k - ground_k) * (decay - last) / (1.0 - last);
  return height_m < depth_m ? inversion_k : std::max(free_k, top_k);
}

GridWind column_wind(const DiagnosedColumn& column, const UpperAirProfile& aloft, double height_m) {
  const double surface_layer_m = std::clamp(0.1 * column.mixing_height_m, 20.0, 100.0);
  const double low_m = std::max(std::min(height_m, surface_layer_m), 1.5 * column.roughness_length_m + 1.0);
  const double ratio = wind_over_10m(low_m, column.roughness_length_m, column.inverse_obukhov_per_m);
  const double blend =
      smooth_step(height_m, surface_layer_m, std::max(column.mixing_height_m, least_blend_m));
  const double inflow = ratio * breeze_profile(height_m, column.breeze_depth_m);

  const UpperAirProfile::Level free = aloft.at(column.terrain_m + height_m);
  const auto [free_x, free_y] = to_grid_axes(free.wind_east_m_s, free.wind_north_m_s, column.convergence_rad);
  return {(1.0 - blend) * ratio * column.wind_x_m_s + blend * free_x + inflow * column.breeze_x_m_s,
          (1.0 - blend) * ratio * column.wind_y_m_s + blend * free_y + inflow * column.breeze_y_m_s};
}

namespace {

/// Temperature, vapour and pressure of one layer that agree with each other and with the pressure below it.
void balance_layer(DiagnosedAir& air, const DiagnosedColumn& column, const UpperAirProfile::Level& free,
                   const std::array<double, 2>& span_m, const std::array<int, 3>& at) {
  const auto [k, j, i] = at;
  const double bottom_pa = air.interface_pressure_pa(k, j, i);
  const double thickness_m = span_m[1] - span_m[0];
  const double theta_k = air.potential_temperature_k(k, j, i);
  double pressure_pa = bottom_pa, temperature_k = 0.0, vapour = 0.0, top_pa = 0.0;
  constexpr int steps = 6;  // each shrinks the error by some thickness / 10 km
  for (int n = 0; n < steps; ++n) {
    temperature_k = temperature_of_k(theta_k, pressure_pa);
    vapour = column_vapour_kg_kg(column, free, 0.5 * (span_m[0] + span_m[1]),
                                 saturation_kg_kg(temperature_k, pressure_pa));
    top_pa = pressure_above_pa(bottom_pa, thickness_m, virtual_temperature_k(temperature_k, vapour));
    pressure_pa = layer_pressure_pa(bottom_pa, top_pa);
  }
  air.temperature_k(k, j, i) = temperature_k;
  air.vapour_kg_kg(k, j, i) = vapour;
  air.pressure_pa(k, j, i) = pressure_pa;
  air.density_kg_m3(k, j, i) = (bottom_pa - top_pa) / (gravity_m_s2 * thickness_m);
  air.interface_pressure_pa(k + 1, j, i) = top_pa;
}

DiagnosedAir empty_air(int layers, int rows, int columns) {
  const Array3<double> field(layers, rows, columns, 0.0);
  return {field, field, field, field, field, Array3<double>(layers + 1, rows, columns, 0.0), field, field};
}

}  // namespace

DiagnosedAir diagnose_columns(const DiagnosedSurface& surface, const DiagnosedGround& ground,
                              const GridMetrics& metrics, const Layers& layers,
                              const UpperAirProfile& aloft) {
  DiagnosedAir air = empty_air(layers.count(), metrics.rows(), metrics.columns());
#pragma omp parallel for schedule(static)
  for (int j = 0; j < metrics.rows(); ++j)
    for (int i = 0; i < metrics.columns(); ++i) {
      DiagnosedColumn column = column_of(surface, ground, j, i);
      column.convergence_rad = metrics.convergence_rad(j, i);
      air.interface_pressure_pa(0, j, i) = surface.pressure_pa(j, i);
      for (int k = 0; k < layers.count(); ++k) {
        const double bottom_m = layers.interface_above_ground_m(k, column.terrain_m);
        const double top_m = layers.interface_above_ground_m(k + 1, column.terrain_m);
        const double middle_m = 0.5 * (bottom_m + top_m);
        air.potential_temperature_k(k, j, i) = column_potential_temperature_k(column, aloft, middle_m);
        const auto [x, y] = column_wind(column, aloft, middle_m);
        air.wind_x_m_s(k, j, i) = x;
        air.wind_y_m_s(k, j, i) = y;
        balance_layer(air, column, aloft.at(column.terrain_m + middle_m), {bottom_m, top_m}, {k, j, i});
      }
    }
  return air;
}

}  // namespace lantian
