#include "deposition_parts.hpp"

#include "plume/gas_deposition.hpp"
#include "plume/scavenged_depth.hpp"

#include "lantian/base/errors.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace lantian::plume {
namespace {

constexpr double kPa_per_hPa = 0.1;

/// The air that deposition takes place in: as at the ground, but of the temperature at the source's height,
/// as in the reference's code.
DepositionAir air_of_deposition(const RisingSource& rising, const AirColumn& air,
                                const SurfaceHour& surface) {
  constexpr double least_kpa = 10.0, usual_kpa = 100.0;  // a pressure that is no pressure
  const double pressure_kpa = kPa_per_hPa * surface.pressure_hPa;
  DepositionAir found{air.layer, pressure_kpa < least_kpa ? usual_kpa : pressure_kpa};
  const Release& gas = rising.gas;
  found.layer.temperature_k = gas.theta_k - dry_lapse_k_m * (gas.height_m + air.layer.base_elevation_m);
  return found;
}

double rain_mm_h(const WeatherHour& weather) {
  return std::max(0.0, weather.surface.precipitation_mm_h);
}

/// Code of the direction the wind goes to, by tens of degrees.
int land_use_below(const RisingSource& rising, const AirColumn& air, const Options& options) {
  double to_deg = air.wind_from_deg.at_height(rising.gas.height_m) - 180.0;
  if (to_deg < 0.0) to_deg += 360.0;
  const auto sector = static_cast<std::size_t>(0.1 * to_deg + 0.4999);
  return options.deposition_land_use.at((sector + 35) % 36);
}

GasAir gas_air(const DepositionAir& ground, const WeatherHour& weather) {
  const SurfaceHour& surface = weather.surface;
  constexpr double least_percent = 5.0, most_percent = 100.0;
  constexpr int last_of_night = 7, last_of_day = 19, last_code_of_rain = 18;
  GasAir hour{.air = ground};
  hour.saturated_kpa = saturation_pressure_kpa(surface.temperature_k);
  hour.relative_humidity_percent = std::clamp(surface.relative_humidity_percent, least_percent, most_percent);
  hour.cloud_tenths = surface.cloud_cover_tenths;
  if (surface.obukhov_length_m < 0.0)
    hour.light_w_m2 = solar_irradiance_w_m2(surface.sensible_heat_w_m2, surface.bowen_ratio, surface.albedo,
                                            surface.temperature_k, surface.cloud_cover_tenths);
  hour.soil_water_share = weather.ground.soil_water_share;
  hour.recent_rain_mm = weather.ground.recent_rain_mm;
  hour.is_night = weather.hour <= last_of_night || weather.hour > last_of_day;
  hour.snow_falls = surface.precipitation_code > last_code_of_rain;
  return hour;
}

bool knows_surface(const Options& options) {
  return options.deposition_seasons.front() > 0 && options.deposition_land_use.front() > 0;
}

double gas_velocity(const SolubleGas& gas, const RisingSource& rising, const AirColumn& air,
                    const WeatherHour& weather, const DepositionAir& ground, const Options& options) {
  if (!knows_surface(options)) return 0.0;
  constexpr int months = 12;
  if (weather.month < 1 || weather.month > months)
    throw DataError("the hour is of month " + std::to_string(weather.month) +
                    "; dry deposition of gases goes by months 1 to 12");
  const int season = options.deposition_seasons.at(static_cast<std::size_t>(weather.month - 1));
  const GasSurface surface = gas_surface(season, land_use_below(rising, air, options),
                                         {options.leaves_in_autumn, options.leaves_in_spring});
  return gas_velocity_m_s(gas, surface, season, gas_air(ground, weather));
}

DepositingPart gas_part(const Source& source, const RisingSource& rising, const AirColumn& air,
                        const WeatherHour& weather, const DepositionAir& ground, const Options& options) {
  DepositingPart part{.mass_share = 1.0};
  if (options.gas_velocity_m_s) {
    part.deposition_m_s = *options.gas_velocity_m_s;
    return part;
  }
  constexpr double m2_per_cm2 = 1e-4, cm_per_m = 100.0;
  const DepositingGas& given = *source.gas;
  const SolubleGas gas{m2_per_cm2 * given.diffusivity_air_cm2_s, m2_per_cm2 * given.diffusivity_water_cm2_s,
                       cm_per_m * given.cuticular_resistance_s_cm, given.henry_pa_m3_mol,
                       options.gas_reactivity};
  part.deposition_m_s = gas_velocity(gas, rising, air, weather, ground, options);
  part.scavenging_s = part.wet_loss_s =
      gas_scavenging_s(gas, rain_mm_h(weather), scavenged_depth_m(rising, air), ground.layer.temperature_k);
  return part;
}

}  // namespace

bool deposits(const Source& source, const Options& options) {
  return !source.particles.empty() || source.particle_mean || source.gas || options.gas_velocity_m_s;
}

double reference_height_m(const AirColumn& air) {
  return air.layer.roughness_length_m + 1.0;
}

std::vector<DepositingPart> deposition_parts(const Source& source, const RisingSource& rising,
                                             const AirColumn& air, const WeatherHour& weather,
                                             const Options& options) {
  const DepositionAir ground = air_of_deposition(rising, air, weather.surface);
  const double rain = rain_mm_h(weather);
  std::vector<DepositingPart> parts;
  for (const ParticleClass& size : source.particles) {
    const SettlingParticle particle{size.diameter_um, size.density_g_cm3};
    parts.push_back({size.mass_fraction, particle_velocity_m_s(particle, ground),
                     settling_speed_m_s(particle), scavenging_rate_s(particle, rain, ground)});
  }
  if (source.particle_mean) {
    constexpr double density_g_cm3 = 1.0;
    const double fine = source.particle_mean->fine_mass_fraction,
                 diameter = source.particle_mean->mean_diameter_um;
    const double scavenging_s = mean_scavenging_rate_s(diameter, fine, rain, scavenged_depth_m(rising, air));
    parts.push_back({1.0, mean_particle_velocity_m_s(fine, air.layer),
                     settling_speed_m_s({diameter, density_g_cm3}), scavenging_s,
                     std::min(scavenging_s, collection_rate_s(1.0, rain))});
  }
  if (parts.empty()) parts.push_back(gas_part(source, rising, air, weather, ground, options));
  return parts;
}

}  // namespace lantian::plume
