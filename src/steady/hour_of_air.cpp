#include "hour_of_air.hpp"

#include "meteorology/deardorff1970.hpp"
#include "plume/ground_light.hpp"

#include "lantian/base/constants.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace lantian::steady {

namespace {

constexpr double reference_m = 10.0;
constexpr double highest_m = 4000.0;  // that profiles of plumes reach

/// Wind speeds below this are as good as none, and a plume needs one: sqrt(2) times 0.2 m/s.
/// @see EPA-454/R-03-004, section 4.1.
constexpr double least_speed_m_s = 0.2828;

double speed_m_s(double east_m_s, double north_m_s) {
  return std::max(least_speed_m_s, std::hypot(east_m_s, north_m_s));
}

/// Where a wind comes from on the map [deg], above 0 up to 360.
double from_deg(double east_m_s, double north_m_s, double convergence_rad) {
  const double deg = (std::atan2(-east_m_s, -north_m_s) - convergence_rad) * 180.0 / std::numbers::pi;
  const double turned = std::fmod(deg + 720.0, 360.0);
  return turned > 0.0 ? turned : 360.0;
}

/// Potential temperature at a height, linear between the layers' middles, which hold beyond their ends.
double potential_k(std::span<const ColumnAir::Level> levels, double height_m) {
  const auto above = std::ranges::lower_bound(levels, height_m, {}, &ColumnAir::Level::height_m);
  if (above == levels.begin()) return levels.front().potential_temperature_k;
  if (above == levels.end()) return levels.back().potential_temperature_k;
  const ColumnAir::Level &low = *(above - 1), &high = *above;
  const double share = (height_m - low.height_m) / (high.height_m - low.height_m);
  return low.potential_temperature_k + share * (high.potential_temperature_k - low.potential_temperature_k);
}

/// Gradient of potential temperature in the 500 m above the mixing height, 0.005 K/m at least.
/// @see EPA-454/B-24-006, user's guide of AERMET, VPTG.
double lapse_above_k_m(const ColumnAir& air) {
  constexpr double depth_m = 500.0, least_k_m = 0.005;
  const double rise_k =
      potential_k(air.levels, air.mixing_height_m + depth_m) - potential_k(air.levels, air.mixing_height_m);
  return std::max(least_k_m, rise_k / depth_m);
}

/// The engine makes the light of a convective hour of its heat flux, Bowen ratio and albedo. Here the light
/// is known: this is the Bowen ratio that gives it back, whose inverse it is linear in.
double bowen_ratio_for(const plume::SurfaceHour& surface, double short_wave_w_m2) {
  const auto light_w_m2 = [&](double bowen_ratio) {
    return plume::solar_irradiance_w_m2(surface.sensible_heat_w_m2, bowen_ratio, surface.albedo,
                                        surface.temperature_k, surface.cloud_cover_tenths);
  };
  if (surface.sensible_heat_w_m2 <= 0.0) return 1.0;  // no convection, and none is asked for
  const double without_vapour_w_m2 = light_w_m2(HUGE_VAL);
  return (light_w_m2(1.0) - without_vapour_w_m2) / (short_wave_w_m2 - without_vapour_w_m2);
}

plume::SurfaceHour surface_of(const ColumnAir& air, double convergence_rad) {
  constexpr double neutral_m = 8888.0;  // a length that is as good as none, as AERMET writes it
  plume::SurfaceHour surface;
  const double density = air.surface_pressure_pa / (dry_air_gas_constant_j_kg_k * air.temperature_2m_k);
  const double heat_flux_k_m_s = air.sensible_heat_flux_w_m2 / (density * air_heat_capacity_j_kg_k);
  const double inverse_m = air.inverse_obukhov_length_per_m;
  const bool is_unstable = heat_flux_k_m_s > 0.0 && inverse_m < 0.0;
  surface.sensible_heat_w_m2 = air.sensible_heat_flux_w_m2;
  surface.friction_velocity_m_s = air.friction_velocity_m_s;
  surface.obukhov_length_m = std::fabs(inverse_m) > 1.0 / neutral_m ? 1.0 / inverse_m
                             : is_unstable                          ? -neutral_m
                                                                    : neutral_m;
  surface.mechanical_mixing_height_m = air.mixing_height_m;
  surface.convective_mixing_height_m = is_unstable ? air.mixing_height_m : -1.0;
  surface.convective_velocity_m_s =
      is_unstable ? convective_velocity_m_s(heat_flux_k_m_s, air.mixing_height_m, air.temperature_2m_k)
                  : -1.0;
  surface.lapse_above_k_m = lapse_above_k_m(air);
  surface.roughness_length_m = air.roughness_length_m;
  surface.reference_wind_height_m = reference_m;
  surface.reference_wind_speed_m_s = speed_m_s(air.wind_east_10m_m_s, air.wind_north_10m_m_s);
  surface.reference_wind_from_deg = from_deg(air.wind_east_10m_m_s, air.wind_north_10m_m_s, convergence_rad);
  surface.temperature_k = air.temperature_2m_k;
  surface.temperature_height_m = 2.0;
  constexpr double pa_per_hpa = 100.0;
  surface.pressure_hPa = air.surface_pressure_pa / pa_per_hpa;
  constexpr double percent = 100.0, tenths = 10.0, freezing_k = 273.15;
  constexpr int code_of_rain = 11, code_of_snow = 22;  // as AERMET writes them
  surface.relative_humidity_percent = percent * air.relative_humidity;
  surface.cloud_cover_tenths = tenths * air.cloud_fraction;
  surface.albedo = 0.0;
  surface.bowen_ratio = bowen_ratio_for(surface, air.short_wave_w_m2);
  surface.precipitation_mm_h = air.rain_mm_h;
  if (air.rain_mm_h > 0.0)
    surface.precipitation_code = air.temperature_2m_k > freezing_k ? code_of_rain : code_of_snow;
  return surface;
}

}  // namespace

plume::WeatherHour hour_of_air(const ColumnAir& air, const CivilTime& local, double convergence_rad) {
  plume::WeatherHour hour;
  hour.year = local.year, hour.month = local.month, hour.day = local.day, hour.hour = local.hour + 1;
  hour.surface = surface_of(air, convergence_rad);
  plume::ProfileLevel reference;
  reference.height_m = reference_m;
  reference.wind_from_deg = hour.surface.reference_wind_from_deg;
  reference.wind_speed_m_s = hour.surface.reference_wind_speed_m_s;
  hour.levels.push_back(reference);
  for (const ColumnAir::Level& layer : air.levels) {
    if (layer.height_m > highest_m) break;
    plume::ProfileLevel level;
    level.height_m = layer.height_m;
    level.temperature_k = layer.temperature_k;
    // At 10 m and below speaks the wind of 10 m.
    if (layer.height_m > 1.1 * reference_m) {
      level.wind_from_deg = from_deg(layer.wind_east_m_s, layer.wind_north_m_s, convergence_rad);
      level.wind_speed_m_s = speed_m_s(layer.wind_east_m_s, layer.wind_north_m_s);
    }
    hour.levels.push_back(level);
  }
  return hour;
}

}  // namespace lantian::steady
