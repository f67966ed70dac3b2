#include "lantian/weather/diagnosed_surface.hpp"

#include "meteorology/clear_sky.hpp"
#include "meteorology/holtslag_van_ulden1983.hpp"
#include "meteorology/hydrostatic.hpp"
#include "meteorology/mixing_growth.hpp"
#include "meteorology/solar_position.hpp"
#include "meteorology/wind_profile.hpp"

#include "lantian/base/constants.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

constexpr double zero_celsius_k = 273.15;
constexpr double least_height_m = 50.0;  // of a mixing layer
constexpr double most_height_m = 3000.0;
constexpr double night_decay = 0.4;  // of the day's layer, each hour after the heat flux has turned

double coriolis_per_s(double latitude_deg) {
  constexpr double earth_rotation_per_s = 7.292e-5;
  return 2.0 * earth_rotation_per_s * std::max(0.2, std::fabs(std::sin(latitude_deg * M_PI / 180.0)));
}

}  // namespace

/// Sums of weight x record.
struct SurfaceDiagnosis::Weighted {
  double weight = 0.0, temperature_k = 0.0, humidity = 0.0, east = 0.0, north = 0.0, pressure_pa = 0.0,
         cloud = 0.0, rain = 0.0;

  void add(double w, const SurfaceRecord& record, double sea_level_temperature_k) {
    weight += w;
    temperature_k += w * sea_level_temperature_k;
    humidity += w * record.relative_humidity;
    east += w * record.wind_east_m_s;
    north += w * record.wind_north_m_s;
    pressure_pa += w * record.sea_level_pressure_pa;
    cloud += w * record.cloud_fraction;
    rain += w * record.rain_mm_h;
  }
  void add(double w, const Weighted& mean) {
    weight += w;
    temperature_k += w * mean.temperature_k;
    humidity += w * mean.humidity;
    east += w * mean.east;
    north += w * mean.north;
    pressure_pa += w * mean.pressure_pa;
    cloud += w * mean.cloud;
    rain += w * mean.rain;
  }
  [[nodiscard]] Weighted mean() const {
    Weighted result;
    result.add(1.0 / weight, *this);
    return result;
  }
};

SurfaceDiagnosis::SurfaceDiagnosis(const DiagnoseCase& configuration, const HorizontalGrid& grid,
                                   const DiagnosedGround& ground, const SurfaceRecords& records)
    : config_(configuration),
      grid_(grid),
      metrics_(grid),
      ground_(ground),
      grown_m_(grid.rows(), grid.columns(), 0.0) {
  for (const SurfaceStation& station : records.stations()) {
    const auto cell = grid.locate(station.place);
    const bool lies_at_sea = cell && !ground.is_land(cell->row, cell->column);
    const bool is_at_sea = station.is_at_sea.value_or(lies_at_sea);
    const double height_m = cell && !is_at_sea ? ground.terrain_m(cell->row, cell->column) : 0.0;
    sources_.push_back({&station, grid.projection().forward(station.place), height_m, is_at_sea});
  }
}

SurfaceRecord SurfaceDiagnosis::mean_record(UtcTime time) const {
  SurfaceRecord mean{};
  double count = 0.0;
  for (const Source& source : sources_) {
    const auto found = source.station->records.find(time);
    if (found == source.station->records.end()) continue;
    const SurfaceRecord& one = found->second;
    count += 1.0;
    mean.temperature_k += one.temperature_k + standard_lapse_k_m * source.height_m;
    mean.relative_humidity += one.relative_humidity;
    mean.wind_east_m_s += one.wind_east_m_s;
    mean.wind_north_m_s += one.wind_north_m_s;
  }
  mean.temperature_k /= count;
  mean.relative_humidity /= count;
  mean.wind_east_m_s /= count;
  mean.wind_north_m_s /= count;
  return mean;
}

DiagnosedSurface SurfaceDiagnosis::hour(UtcTime time, const UpperAirProfile& aloft) {
  DiagnosedSurface at;
  at.time = time;
  for (Array2<double>* field :
       {&at.temperature_k, &at.relative_humidity, &at.pressure_pa, &at.cloud_fraction, &at.rain_mm_h,
        &at.short_wave_w_m2, &at.wind_x_m_s, &at.wind_y_m_s, &at.breeze_x_m_s, &at.breeze_y_m_s,
        &at.breeze_depth_m, &at.friction_velocity_m_s, &at.heat_flux_k_m_s, &at.inverse_obukhov_per_m,
        &at.mixing_height_m})
    *field = Array2<double>(grid_.rows(), grid_.columns(), 0.0);
  interpolate(at);
  add_breeze(at, aloft);
  exchange(at);
  grow_mixed_layer(at, aloft);
  return at;
}

/// Records around a cell, brought to sea level and weighted: inverse squared distance (Shepard 1968, Proc.
/// 23rd ACM Conf., 517), land from land and sea from sea records.
SurfaceDiagnosis::Weighted SurfaceDiagnosis::weighted_records(UtcTime time, int j, int i) const {
  constexpr double metres_per_degree = 111.0e3;
  const double scale = grid_.projection().is_lon_lat() ? metres_per_degree : 1.0;
  const double reach_m = 1000.0 * config_.air.record_reach_km;
  const ProjectedPoint here = grid_.centre_xy(j, i);
  Weighted land, sea;
  for (const Source& source : sources_) {
    const auto found = source.station->records.find(time);
    if (found == source.station->records.end()) continue;
    const double dx_m = scale * (here.x_m - source.place.x_m), dy_m = scale * (here.y_m - source.place.y_m);
    const double weight = 1.0 / (dx_m * dx_m + dy_m * dy_m + reach_m * reach_m);
    const double sea_level_k = found->second.temperature_k + standard_lapse_k_m * source.height_m;
    (source.is_at_sea ? sea : land).add(weight, found->second, sea_level_k);
  }
  double share = ground_.land_fraction(j, i);
  if (land.weight == 0.0) share = 0.0;
  if (sea.weight == 0.0) share = 1.0;
  Weighted mean;
  if (share > 0.0) mean.add(share, land.mean());
  if (share < 1.0) mean.add(1.0 - share, sea.mean());
  return mean;
}

double SurfaceDiagnosis::exposure(int j, int i) const {
  if (!ground_.is_land(j, i)) return 1.0;
  return exposure_factor(ground_.roughness_length_m(j, i), config_.air.record_roughness_m);
}

void SurfaceDiagnosis::interpolate(DiagnosedSurface& at) const {
  const SubsolarPoint sun = subsolar_point(static_cast<double>(at.time.unix_seconds()));
#pragma omp parallel for schedule(static)
  for (int j = 0; j < metrics_.rows(); ++j)
    for (int i = 0; i < metrics_.columns(); ++i) {
      const Weighted mean = weighted_records(at.time, j, i);
      const double terrain_m = ground_.terrain_m(j, i);
      at.temperature_k(j, i) = mean.temperature_k - standard_lapse_k_m * terrain_m;
      at.relative_humidity(j, i) = mean.humidity;
      at.pressure_pa(j, i) =
          pressure_above_pa(mean.pressure_pa, terrain_m, 0.5 * (mean.temperature_k + at.temperature_k(j, i)));
      at.cloud_fraction(j, i) = mean.cloud;
      at.rain_mm_h(j, i) = mean.rain;
      const GridWind wind = to_grid_axes(mean.east, mean.north, metrics_.convergence_rad(j, i));
      at.wind_x_m_s(j, i) = exposure(j, i) * wind.x_m_s;
      at.wind_y_m_s(j, i) = exposure(j, i) * wind.y_m_s;
      const double cosine =
          cosine_solar_zenith(sun, metrics_.longitude_deg(j, i), metrics_.latitude_deg(j, i));
      at.short_wave_w_m2(j, i) = clear_sky_short_wave_w_m2(cosine) * cloud_transmission(mean.cloud);
    }
}

/// By day from the radiation, by night from theta*; what a city gives off is added.
SurfaceExchange<double> SurfaceDiagnosis::land_exchange(const RoutineRecord<double>& record,
                                                        double pressure_pa, int j, int i) const {
  const double heat_capacity_j_m3_k =
      air_heat_capacity_j_kg_k * pressure_pa / (dry_air_gas_constant_j_kg_k * record.temperature_k);
  const double roughness_m = ground_.roughness_length_m(j, i);
  const double urban_k_m_s =
      ground_.is_urban(j, i) ? config_.air.urban_heat_w_m2 / heat_capacity_j_m3_k : 0.0;
  const double day_k_m_s = daytime_heat_flux_w_m2(net_radiation_w_m2(record, config_.air.albedo),
                                                  record.temperature_k, config_.air.bowen_moisture) /
                           heat_capacity_j_m3_k;
  if (day_k_m_s > 0.0) return exchange_of_heat_flux(record, day_k_m_s + urban_k_m_s, roughness_m);
  const auto night = stable_exchange(record, night_temperature_scale_k(record.cloud_fraction), roughness_m);
  const double sum_k_m_s = night.heat_flux_k_m_s + urban_k_m_s;
  return urban_k_m_s > 0.0 && sum_k_m_s > 0.0 ? exchange_of_heat_flux(record, sum_k_m_s, roughness_m) : night;
}

/// ustar, heat flux and Obukhov length of every cell from the whole 10 m wind.
void SurfaceDiagnosis::exchange(DiagnosedSurface& at) const {
  const double sea_k = config_.air.sea_temperature_c + zero_celsius_k;
#pragma omp parallel for schedule(static)
  for (int j = 0; j < metrics_.rows(); ++j)
    for (int i = 0; i < metrics_.columns(); ++i) {
      const RoutineRecord<double> record{
          .short_wave_w_m2 = at.short_wave_w_m2(j, i),
          .temperature_k = at.temperature_k(j, i),
          .cloud_fraction = at.cloud_fraction(j, i),
          .wind_speed_m_s = std::hypot(at.wind_x_m_s(j, i) + at.breeze_x_m_s(j, i),
                                       at.wind_y_m_s(j, i) + at.breeze_y_m_s(j, i))};
      const auto found = ground_.is_land(j, i)
                             ? land_exchange(record, at.pressure_pa(j, i), j, i)
                             : exchange_of_heat_flux(record, sea_heat_flux_k_m_s(record, sea_k),
                                                     ground_.roughness_length_m(j, i));
      at.friction_velocity_m_s(j, i) = found.friction_velocity_m_s;
      at.heat_flux_k_m_s(j, i) = found.heat_flux_k_m_s;
      at.inverse_obukhov_per_m(j, i) = found.inverse_obukhov_per_m;
    }
}

double SurfaceDiagnosis::land_height_m(const DiagnosedSurface& at, const UpperAirProfile& aloft, int j,
                                       int i) {
  const double ustar = at.friction_velocity_m_s(j, i), heat = at.heat_flux_k_m_s(j, i);
  const double least_m = ground_.is_urban(j, i) ? config_.air.urban_night_height_m : least_height_m;
  double& grown = grown_m_(j, i);
  if (heat > 0.0 && at.short_wave_w_m2(j, i) > 0.0) {
    constexpr double look_m = 600.0;
    // The layer eats into air that the profile says is as warm as this, over air as warm as the ground's.
    const double foot_m = ground_.terrain_m(j, i) + std::max(grown, 200.0);
    const double ground_k = at.temperature_k(j, i) / temperature_of_k(1.0, at.pressure_pa(j, i));
    const double rise_k_m = (aloft.at(foot_m + look_m).potential_temperature_k - ground_k) / look_m;
    grown = encroached_height_m(std::max(grown, least_m),
                                {.heat_flux_k_m_s = heat,
                                 .friction_velocity_m_s = ustar,
                                 .temperature_k = at.temperature_k(j, i),
                                 .lapse_k_m = std::clamp(rise_k_m, 1.5e-3, 2.0e-2)},
                                seconds_per_hour);
    grown = std::min(grown, most_height_m);
    return grown;
  }
  constexpr double least_inverse_per_m =
      0.01;  // over a city, which warms its own air, the air above is stable still
  const double stable = stable_height_m(ustar, std::max(at.inverse_obukhov_per_m(j, i), least_inverse_per_m),
                                        coriolis_per_s(metrics_.latitude_deg(j, i)));
  grown = std::max(stable, night_decay * grown);
  return std::max(least_m, grown);
}

double SurfaceDiagnosis::sea_height_m(const DiagnosedSurface& at, int j, int i) const {
  constexpr double most_neutral_m = 1000.0;
  const double height = stable_height_m(at.friction_velocity_m_s(j, i), at.inverse_obukhov_per_m(j, i),
                                        coriolis_per_s(metrics_.latitude_deg(j, i)));
  if (at.heat_flux_k_m_s(j, i) < 0.0)
    return std::clamp(height, config_.air.sea_layer_least_m, config_.air.sea_layer_most_m);
  return std::clamp(height, config_.air.sea_layer_least_m, most_neutral_m);
}

/// Land grows and decays, the sea has its own; where the wind brings marine air over warm land, the layer
/// starts anew at the coast.
void SurfaceDiagnosis::grow_mixed_layer(DiagnosedSurface& at, const UpperAirProfile& aloft) {
  constexpr double most_fetch_m = 60.0e3;
  constexpr double least_water_m = 20.0e3;  // less of it does not make marine air
  constexpr double calm_m_s = 0.5;
  const CoastWalk walk(ground_, metrics_, most_fetch_m, least_water_m);
#pragma omp parallel for schedule(static)
  for (int j = 0; j < grid_.rows(); ++j)
    for (int i = 0; i < grid_.columns(); ++i) {
      if (!ground_.is_land(j, i)) {
        at.mixing_height_m(j, i) = sea_height_m(at, j, i);
        continue;
      }
      double height = land_height_m(at, aloft, j, i);
      const double x = at.wind_x_m_s(j, i) + at.breeze_x_m_s(j, i);
      const double y = at.wind_y_m_s(j, i) + at.breeze_y_m_s(j, i);
      if (at.heat_flux_k_m_s(j, i) > 0.0 && std::hypot(x, y) > calm_m_s)
        height = walk.fan_mean({j, i}, -x, -y, [&](std::optional<double> fetch_m) {
          return fetch_m ? std::min(height, config_.air.sea_layer_most_m + internal_layer_depth_m(*fetch_m))
                         : height;
        });
      at.mixing_height_m(j, i) = std::max(least_height_m, height);
    }
}

}  // namespace lantian
