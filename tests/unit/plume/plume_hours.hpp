#pragma once

#include "lantian/plume/plume_case.hpp"

namespace lantian::plume::testing {

/// What an hour of the tests is made of; the rest is z0 = 0.1 m and thermometers at 2 m.
struct HourValues {
  double ustar_m_s{}, wstar_m_s = -9.0, lapse_k_m = -9.0, convective_m = -999.0, mechanical_m{}, obukhov_m{};
  double wind_m_s{}, from_deg{}, temperature_k{};
};

inline WeatherHour hour_of(const HourValues& values) {
  WeatherHour hour;
  SurfaceHour& surface = hour.surface;
  surface.friction_velocity_m_s = values.ustar_m_s;
  surface.convective_velocity_m_s = values.wstar_m_s;
  surface.lapse_above_k_m = values.lapse_k_m;
  surface.convective_mixing_height_m = values.convective_m;
  surface.mechanical_mixing_height_m = values.mechanical_m;
  surface.obukhov_length_m = values.obukhov_m;
  surface.roughness_length_m = 0.1;
  surface.reference_wind_speed_m_s = values.wind_m_s;
  surface.reference_wind_from_deg = values.from_deg;
  surface.reference_wind_height_m = 10.0;
  surface.temperature_k = values.temperature_k;
  surface.temperature_height_m = 2.0;
  ProfileLevel level;
  level.height_m = 10.0;
  level.wind_speed_m_s = values.wind_m_s;
  level.wind_from_deg = values.from_deg;
  hour.levels = {level};
  return hour;
}

inline WeatherHour stable_hour() {
  return hour_of({.ustar_m_s = 0.1887,
                  .mechanical_m = 189.0,
                  .obukhov_m = 28.5,
                  .wind_m_s = 3.0,
                  .from_deg = 250.0,
                  .temperature_k = 277.0});
}
inline WeatherHour light_stable_hour() {
  return hour_of({.ustar_m_s = 0.0521,
                  .mechanical_m = 27.0,
                  .obukhov_m = 4.8,
                  .wind_m_s = 1.2,
                  .from_deg = 270.0,
                  .temperature_k = 277.5});
}
inline WeatherHour convective_hour() {
  return hour_of({.ustar_m_s = 0.3540,
                  .wstar_m_s = 1.3105,
                  .lapse_k_m = 0.008,
                  .convective_m = 560.0,
                  .mechanical_m = 484.0,
                  .obukhov_m = -27.6,
                  .wind_m_s = 3.5,
                  .from_deg = 270.0,
                  .temperature_k = 283.5});
}
inline WeatherHour windy_hour() {
  return hour_of({.ustar_m_s = 0.7143,
                  .wstar_m_s = 1.8084,
                  .lapse_k_m = 0.005,
                  .convective_m = 1750.0,
                  .mechanical_m = 1389.0,
                  .obukhov_m = -269.6,
                  .wind_m_s = 8.0,
                  .from_deg = 300.0,
                  .temperature_k = 289.0});
}

inline Source tall_stack() {
  Source source;
  source.name = "tall";
  source.emission = 100.0;
  source.release_height_m = 100.0;
  source.gas_temperature_k = 420.0;
  source.gas_velocity_m_s = 20.0;
  source.stack_diameter_m = 4.0;
  return source;
}
/// 20 m high, met on its broad side by a wind from 250 degrees.
inline constexpr BuildingSector building_of_20_m{20.0, 41.872, 47.848, -33.321, -3.420};
/// A stack of 25 m on a building of 40 x 30 x 20 m, as the wind of the hour meets it.
inline Source stack_on_building(const BuildingSector& met = building_of_20_m) {
  Source source;
  source.name = "roof";
  source.place = {10.0, 0.0};
  source.emission = 10.0;
  source.release_height_m = 25.0;
  source.gas_temperature_k = 400.0;
  source.gas_velocity_m_s = 12.0;
  source.stack_diameter_m = 1.5;
  source.buildings.assign(36, met);
  return source;
}
inline Source low_volume() {
  Source source;
  source.name = "low";
  source.shape = SourceShape::volume;
  source.emission = 1.0;
  source.release_height_m = 5.0;
  source.initial_sigma_y_m = 7.0;
  source.initial_sigma_z_m = 4.65;
  return source;
}
inline Receptor receptor_at(double x_m, double y_m, double flagpole_m = 0.0) {
  Receptor receptor;
  receptor.place = {x_m, y_m};
  receptor.flagpole_m = flagpole_m;
  return receptor;
}
inline Options flat() {
  Options options;
  options.flat_terrain = true;
  return options;
}

}  // namespace lantian::plume::testing
