#include "missing_fields.hpp"

#include "meteorology/clear_sky.hpp"
#include "meteorology/louis1979.hpp"
#include "meteorology/solar_position.hpp"
#include "meteorology/vogelezang_holtslag1996.hpp"

#include "lantian/base/constants.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace lantian {

namespace {

/// Calls `work(j, i)` for each cell.
template <class Work>
void each_cell(const MetFields& f, Work work) {
  for (int j = 0; j < f.rows(); ++j)
    for (int i = 0; i < f.columns(); ++i) work(j, i);
}

double middle_m(const MetFields& f, int k, int j, int i) {
  return 0.5 * (f.interface_above_ground_m(k, j, i) + f.interface_above_ground_m(k + 1, j, i));
}

double wind_x_m_s(const MetFields& f, int k, int j, int i) {
  return 0.5 * (f.wind_x_m_s(k, j, i) + f.wind_x_m_s(k, j, i + 1));
}

double wind_y_m_s(const MetFields& f, int k, int j, int i) {
  return 0.5 * (f.wind_y_m_s(k, j, i) + f.wind_y_m_s(k, j + 1, i));
}

double potential_k(double temperature_k, double pressure_pa) {
  return temperature_k *
         std::pow(1.0e5 / pressure_pa, dry_air_gas_constant_j_kg_k / air_heat_capacity_j_kg_k);
}

void make_clouds(MetFields& f) {
  if (f.cloud_water_kg_kg.empty()) f.cloud_water_kg_kg = Array3<double>(f.layers(), f.rows(), f.columns());
  if (!f.cloud_fraction.empty()) return;
  f.cloud_fraction = Array3<double>(f.layers(), f.rows(), f.columns());
  constexpr double ratio = dry_air_gas_constant_j_kg_k / water_vapour_gas_constant_j_kg_k;
  for (int k = 0; k < f.layers(); ++k)
    each_cell(f, [&](int j, int i) {
      if (f.cloud_water_kg_kg(k, j, i) <= 0.0) return;
      const double vapour_pa =
          std::min(saturation_vapour_pressure_pa(f.temperature_k(k, j, i)), 0.5 * f.pressure_pa(k, j, i));
      const double saturation = ratio * vapour_pa / (f.pressure_pa(k, j, i) - vapour_pa);
      const double humidity = f.water_vapour_kg_kg(k, j, i) / saturation;
      f.cloud_fraction(k, j, i) = layer_cloud_fraction(humidity, saturation, f.cloud_water_kg_kg(k, j, i));
    });
}

void make_wind_at_10m(MetFields& f, const Surface& surface) {
  if (!f.wind_x_10m_m_s.empty() && !f.wind_y_10m_m_s.empty()) return;
  f.wind_x_10m_m_s = f.wind_y_10m_m_s = Array2<double>(f.rows(), f.columns());
  each_cell(f, [&](int j, int i) {
    const double z0 = surface.roughness_length_m(j, i);
    const double lowest_m = std::max(middle_m(f, 0, j, i), 2.0 * z0);
    const double share =
        std::clamp(std::log(std::max(10.0, 1.1 * z0) / z0) / std::log(lowest_m / z0), 0.0, 1.0);
    f.wind_x_10m_m_s(j, i) = share * wind_x_m_s(f, 0, j, i);
    f.wind_y_10m_m_s(j, i) = share * wind_y_m_s(f, 0, j, i);
  });
}

void make_surface_fluxes(MetFields& f, const Surface& surface) {
  const bool has_friction = !f.friction_velocity_m_s.empty(), has_heat = !f.sensible_heat_flux_w_m2.empty();
  if (has_friction && has_heat) return;
  Array2<double> friction(f.rows(), f.columns()), heat(f.rows(), f.columns());
  const Array2<double>& ground = f.ground_temperature_k.empty() ? f.temperature_2m_k : f.ground_temperature_k;
  each_cell(f, [&](int j, int i) {
    const double z0 = surface.roughness_length_m(j, i), pressure_pa = f.surface_pressure_pa(j, i);
    const SurfaceLayerState<double> at{
        .height_m = std::max(middle_m(f, 0, j, i), 2.0 * z0),
        .roughness_length_m = z0,
        .wind_speed_m_s = std::hypot(wind_x_m_s(f, 0, j, i), wind_y_m_s(f, 0, j, i)),
        .potential_temperature_k = potential_k(f.temperature_k(0, j, i), f.pressure_pa(0, j, i)),
        .ground_potential_temperature_k = potential_k(ground(j, i), pressure_pa)};
    const SurfaceFluxes<double> fluxes = louis_fluxes(at);
    const double density = pressure_pa / (dry_air_gas_constant_j_kg_k * f.temperature_2m_k(j, i));
    friction(j, i) = fluxes.friction_velocity_m_s;
    heat(j, i) = density * air_heat_capacity_j_kg_k * fluxes.heat_flux_k_m_s;
  });
  if (!has_friction) f.friction_velocity_m_s = friction;
  if (!has_heat) f.sensible_heat_flux_w_m2 = heat;
}

void make_mixing_height(MetFields& f) {
  if (!f.mixing_height_m.empty()) return;
  f.mixing_height_m = Array2<double>(f.rows(), f.columns());
  const auto layers = static_cast<std::size_t>(f.layers());
  std::vector<double> height(layers), warmth(layers), x(layers), y(layers);
  each_cell(f, [&](int j, int i) {
    for (int k = 0; k < f.layers(); ++k) {
      const auto n = static_cast<std::size_t>(k);
      height[n] = middle_m(f, k, j, i);
      warmth[n] = potential_k(virtual_temperature_k(f.temperature_k(k, j, i), f.water_vapour_kg_kg(k, j, i)),
                              f.pressure_pa(k, j, i));
      x[n] = wind_x_m_s(f, k, j, i);
      y[n] = wind_y_m_s(f, k, j, i);
    }
    f.mixing_height_m(j, i) =
        bulk_richardson_height_m(MixingColumn<double>{height, warmth, x, y}, f.friction_velocity_m_s(j, i));
  });
}

void make_short_wave(MetFields& f, const CellPlaces& places) {
  if (!f.short_wave_w_m2.empty()) return;
  f.short_wave_w_m2 = clear_sky_radiation_w_m2(f.time, places);
  each_cell(f, [&](int j, int i) {
    double cover = 0.0;
    for (int k = 0; k < f.layers(); ++k) cover = std::max(cover, f.cloud_fraction(k, j, i));
    f.short_wave_w_m2(j, i) *= cloud_transmission(cover);
  });
}

}  // namespace

Array2<double> clear_sky_radiation_w_m2(UtcTime time, const CellPlaces& places) {
  Array2<double> radiation(places.latitude_deg.rows(), places.latitude_deg.columns());
  const SubsolarPoint sun = subsolar_point(static_cast<double>(time.unix_seconds()));
  for (std::size_t n = 0; n < radiation.values().size(); ++n)
    radiation.values()[n] = clear_sky_short_wave_w_m2(
        cosine_solar_zenith(sun, places.longitude_deg.values()[n], places.latitude_deg.values()[n]));
  return radiation;
}

void make_missing_fields(MetFields& fields, const Surface& surface, const CellPlaces& places) {
  make_clouds(fields);
  make_wind_at_10m(fields, surface);
  make_surface_fluxes(fields, surface);
  make_mixing_height(fields);
  make_short_wave(fields, places);
}

}  // namespace lantian
