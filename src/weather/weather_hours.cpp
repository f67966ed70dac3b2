#include "weather_hours.hpp"

#include "land_use.hpp"
#include "meteorology/dyer1974.hpp"
#include "meteorology/eddy_diffusivity.hpp"
#include "meteorology/vogelezang_holtslag1996.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/log.hpp"
#include "lantian/weather/mass_consistent_wind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace lantian {

namespace {

constexpr int hour_s = 3600;
constexpr double urban_floor_height_m = 100.0;  // the city's own mixing reaches about this high at night

/// sum += weight * part
void add(std::span<double> sum, double weight, std::span<const double> part) {
#pragma omp parallel for simd schedule(static)
  for (std::size_t n = 0; n < sum.size(); ++n) sum[n] += weight * part[n];
}

/// target = (1 - later) target + later b; left alone when `later` is 0, so that records come back unchanged.
void blend(std::span<double> target, std::span<const double> b, double later) {
#pragma omp parallel for simd schedule(static)
  for (std::size_t n = 0; n < target.size(); ++n) target[n] = (1.0 - later) * target[n] + later * b[n];
}

void blend(WeatherSnapshot& a, const WeatherSnapshot& b, double later) {
  for (const auto field :
       {&WeatherSnapshot::air_mass_kg, &WeatherSnapshot::temperature_k, &WeatherSnapshot::pressure_pa,
        &WeatherSnapshot::water_vapour_kg_kg, &WeatherSnapshot::cloud_water_kg_kg,
        &WeatherSnapshot::wind_x_m_s, &WeatherSnapshot::wind_y_m_s, &WeatherSnapshot::eddy_diffusivity_m2_s})
    blend((a.*field).values(), (b.*field).values(), later);
  for (const auto field :
       {&WeatherSnapshot::surface_pressure_pa, &WeatherSnapshot::temperature_2m_k,
        &WeatherSnapshot::wind_speed_10m_m_s, &WeatherSnapshot::friction_velocity_m_s,
        &WeatherSnapshot::sensible_heat_flux_w_m2, &WeatherSnapshot::mixing_height_m,
        &WeatherSnapshot::cloud_fraction, &WeatherSnapshot::snow_cover, &WeatherSnapshot::snow_depth_m})
    blend((a.*field).values(), (b.*field).values(), later);
}

/// K at a height by the profile that the case names.
double profile_m2_s(const std::string& profile, double height_m, const BoundaryLayer<double>& layer) {
  if (profile == "obrien") return obrien_diffusivity_m2_s(height_m, layer);
  if (profile == "jericevic") return jericevic_diffusivity_m2_s(height_m, layer);
  return troen_mahrt_diffusivity_m2_s(height_m, layer);
}

/// K at the interfaces of one column; what the files give themselves only gets its floor.
void fill_diffusivity(const WeatherConfig& config, const Surface& surface, int j, int i,
                      WeatherSnapshot& at) {
  const BoundaryLayer<double> layer{std::max(at.friction_velocity_m_s(j, i), 0.01),
                                    at.inverse_obukhov_length_per_m(j, i), at.mixing_height_m(j, i)};
  const bool is_urban = surface.land_use(j, i) == land_use_urban;
  const bool is_own = config.eddy_diffusivity == "wrf";
  for (int k = 1; k < at.air_mass_kg.layers(); ++k) {
    const double z = surface.interface_above_ground_m(k, j, i);
    double& diffusivity = at.eddy_diffusivity_m2_s(k, j, i);
    const double least =
        is_urban && z <= urban_floor_height_m ? config.minimum_kz_urban_m2_s : config.minimum_kz_m2_s;
    diffusivity = std::max(is_own ? diffusivity : profile_m2_s(config.eddy_diffusivity, z, layer), least);
  }
}

}  // namespace

WeatherHours::WeatherHours(const WeatherConfig& config, const WrfFiles& files, const WrfReader& reader,
                           const WeatherDomain& domain)
    : config_(config), files_(files), reader_(reader), domain_(domain) {}

std::size_t WeatherHours::record_before(UtcTime time) const {
  const auto& all = files_.instants();
  const auto after = std::upper_bound(all.begin(), all.end(), time,
                                      [](UtcTime t, const WrfInstant& a) { return t < a.time; });
  if (after == all.begin() || (after == all.end() && all.back().time < time))
    throw DataError(fmt::format("weather.files cover {} to {}, but {} is asked for",
                                to_iso8601(all.front().time), to_iso8601(all.back().time), to_iso8601(time)));
  return static_cast<std::size_t>(after - all.begin()) - 1;
}

double WeatherHours::later_weight(std::size_t earlier, UtcTime time) const {
  const UtcTime from = files_.instants()[earlier].time;
  if (time == from) return 0.0;
  const UtcTime to = files_.instants()[earlier + 1].time;
  return static_cast<double>(time.seconds_since(from)) / static_cast<double>(to.seconds_since(from));
}

std::vector<WeatherHours::Segment> WeatherHours::segments(UtcTime start) const {
  const UtcTime end = start.plus_seconds(hour_s);
  (void)record_before(end);  // the files reach that far
  std::vector<Segment> parts;
  std::size_t n = record_before(start);
  for (UtcTime from = start; from < end; ++n) {
    const UtcTime to = std::min(end, files_.instants()[n + 1].time);
    const long long length_s = to.seconds_since(from);
    const auto interval_s =
        static_cast<double>(files_.instants()[n + 1].time.seconds_since(files_.instants()[n].time));
    const double middle_s = static_cast<double>(from.seconds_since(files_.instants()[n].time)) +
                            0.5 * static_cast<double>(length_s);
    parts.push_back({n, static_cast<double>(length_s) / hour_s, middle_s / interval_s});
    from = to;
  }
  return parts;
}

const ModelRecord& WeatherHours::record(std::size_t n) {
  const auto found = records_.find(n);
  if (found != records_.end()) return found->second;
  while (!records_.empty() && records_.begin()->first + 2 < n) records_.erase(records_.begin());
  if (records_.size() > 8) records_.erase(std::prev(records_.end()));

  Problems problems;
  const WrfInstant& instant = files_.instants()[n];
  MetFields fields = reader_.read(instant, problems);
  problems.throw_if_any();
  if (domain_.map) fields = (*domain_.map)(fields);
  for (int j = 0; j < fields.rows(); ++j)
    for (int i = 0; i < fields.columns(); ++i) {
      const double top_m = fields.interface_above_ground_m(fields.layers(), j, i);
      if (!domain_.layers.follow_weather() &&
          domain_.surface.interface_above_ground_m(domain_.layers.count(), j, i) > top_m)
        throw DataError(fmt::format(
            "{}: the weather's top is {:.0f} m above the ground at [j={}][i={}] of the model, below the "
            "model top; lower the last of grid.layer_tops_m",
            files_.place(instant), top_m, j, i));
    }
  make_missing_fields(fields, domain_.surface, domain_.places);
  return records_
      .emplace(n, model_record(fields, {domain_.layers, domain_.surface, domain_.faces}, domain_.top))
      .first->second;
}

Array2<double> WeatherHours::short_wave(std::size_t earlier, UtcTime time) {
  const double later = later_weight(earlier, time);
  Array2<double> result = record(earlier).at.short_wave_w_m2;
  if (later == 0.0) return result;
  const auto before = record(earlier).at.short_wave_w_m2.values();
  const auto after = record(earlier + 1).at.short_wave_w_m2.values();
  // Between records the sun moves on a curve: what is linear is the share of the clear-sky radiation.
  const auto clear_before = clear_sky_radiation_w_m2(files_.instants()[earlier].time, domain_.places);
  const auto clear_after = clear_sky_radiation_w_m2(files_.instants()[earlier + 1].time, domain_.places);
  const auto clear = clear_sky_radiation_w_m2(time, domain_.places);
  constexpr double daylight_w_m2 = 50.0;
  for (std::size_t n = 0; n < result.values().size(); ++n) {
    const double a = clear_before.values()[n], b = clear_after.values()[n];
    if (a < daylight_w_m2 && b < daylight_w_m2) {
      result.values()[n] = (1.0 - later) * before[n] + later * after[n];
      continue;
    }
    const double share_a = before[n] / std::max(a, daylight_w_m2),
                 share_b = after[n] / std::max(b, daylight_w_m2);
    const double share = a < daylight_w_m2   ? share_b
                         : b < daylight_w_m2 ? share_a
                                             : (1.0 - later) * share_a + later * share_b;
    result.values()[n] = share * clear.values()[n];
  }
  return result;
}

WeatherSnapshot WeatherHours::snapshot(UtcTime time) {
  const std::size_t earlier = record_before(time);
  const double later = later_weight(earlier, time);
  WeatherSnapshot at = record(earlier).at;
  if (later > 0.0) blend(at, record(earlier + 1).at, later);
  at.short_wave_w_m2 = short_wave(earlier, time);
  at.time = time;
  return at;
}

Array2<double> WeatherHours::rain_mm_h(const std::vector<Segment>& parts) {
  Array2<double> rate(domain_.grid.rows(), domain_.grid.columns());
  for (const Segment& part : parts) {
    const auto before = record(part.record).rain_mm.values();
    const auto after = record(part.record + 1).rain_mm.values();
    const double interval_h = static_cast<double>(files_.instants()[part.record + 1].time.seconds_since(
                                  files_.instants()[part.record].time)) /
                              seconds_per_hour;
    for (std::size_t n = 0; n < before.size(); ++n) {
      // A sum that falls was set to 0 in between (restart, bucket): what it holds fell since.
      const double fallen_mm =
          after[n] >= before[n] - 1.0e-3 ? std::max(after[n] - before[n], 0.0) : after[n];
      rate.values()[n] += part.share * fallen_mm / interval_h;
    }
  }
  return rate;
}

void WeatherHours::complete(WeatherSnapshot& at, const Array2<double>& rain) const {
  const int rows = rain.rows(), columns = rain.columns();
  at.rain_rate_mm_h = rain;
  at.inverse_obukhov_length_per_m = Array2<double>(rows, columns);
  if (at.eddy_diffusivity_m2_s.empty())
    at.eddy_diffusivity_m2_s = Array3<double>(at.air_mass_kg.layers() + 1, rows, columns);
#pragma omp parallel for schedule(static)
  for (int j = 0; j < rows; ++j)
    for (int i = 0; i < columns; ++i) {
      at.mixing_height_m(j, i) = std::max(at.mixing_height_m(j, i), least_mixing_height_m);
      const double density =
          at.surface_pressure_pa(j, i) / (dry_air_gas_constant_j_kg_k * at.temperature_2m_k(j, i));
      const double heat_flux_k_m_s = at.sensible_heat_flux_w_m2(j, i) / (density * air_heat_capacity_j_kg_k);
      at.inverse_obukhov_length_per_m(j, i) = inverse_obukhov_length_per_m(
          at.friction_velocity_m_s(j, i), heat_flux_k_m_s, at.temperature_2m_k(j, i));
      fill_diffusivity(config_, domain_.surface, j, i, at);
    }
}

Array2<double> WeatherHours::air_above_kg(UtcTime time) {
  const std::size_t earlier = record_before(time);
  const double later = later_weight(earlier, time);
  Array2<double> air = record(earlier).air_above_kg;
  if (later > 0.0) blend(air.values(), record(earlier + 1).air_above_kg.values(), later);
  return air;
}

void WeatherHours::warn_of_no_mean(std::size_t n) {
  if (has_warned_of_no_mean_) return;
  has_warned_of_no_mean_ = true;
  log_warning(
      fmt::format("weather: {}: AVGFLX_RUM and AVGFLX_RVM are 0, as in the first output of a WRF run; up to "
                  "that time, and "
                  "wherever else they are 0, the winds of the instants are used",
                  files_.place(files_.instants()[n])));
}

WeatherHours::MeanFluxes WeatherHours::mean_fluxes(UtcTime start, const std::vector<Segment>& parts) {
  const int layers = domain_.layers.count(), rows = domain_.grid.rows(), columns = domain_.grid.columns();
  MeanFluxes mean{Array3<double>(layers, rows, columns + 1), Array3<double>(layers, rows + 1, columns),
                  Array2<double>(rows, columns)};
  add(mean.top_kg_s.values(), 1.0 / seconds_per_hour, air_above_kg(start.plus_seconds(hour_s)).values());
  add(mean.top_kg_s.values(), -1.0 / seconds_per_hour, air_above_kg(start).values());
  const auto take_sides = [&](const SideFluxes& from, double weight) {
    add(mean.x_kg_s.values(), weight, from.x_kg_s.values());
    add(mean.y_kg_s.values(), weight, from.y_kg_s.values());
  };
  const auto take_top = [&](const SideFluxes& from, double weight) {
    add(mean.top_kg_s.values(), weight, from.outflow_above_kg_s.values());
  };
  for (const Segment& part : parts) {
    const bool has_mean_sides = !record(part.record + 1).since_last.x_kg_s.empty();
    const bool has_mean_top = !record(part.record + 1).since_last.outflow_above_kg_s.empty();
    if (!has_mean_sides && reader_.has_mean_fluxes()) warn_of_no_mean(part.record + 1);
    if (has_mean_sides) take_sides(record(part.record + 1).since_last, part.share);
    if (has_mean_top) take_top(record(part.record + 1).since_last, part.share);
    for (const auto& [n, weight] : {std::pair{part.record, part.share * (1.0 - part.later)},
                                    std::pair{part.record + 1, part.share * part.later}}) {
      if (!has_mean_sides) take_sides(record(n).fluxes, weight);
      if (!has_mean_top) take_top(record(n).fluxes, weight);
    }
  }
  return mean;
}

WeatherHour WeatherHours::hour(UtcTime start) {
  const auto parts = segments(start);
  WeatherHour hour;
  hour.begin = snapshot(start);
  hour.middle = snapshot(start.plus_seconds(hour_s / 2));
  hour.end = snapshot(start.plus_seconds(hour_s));
  const Array2<double> rain = rain_mm_h(parts);
  for (auto* at : {&hour.begin, &hour.middle, &hour.end}) complete(*at, rain);

  const MeanFluxes mean = mean_fluxes(start, parts);
  ConsistentWind wind = mass_consistent_wind(
      {hour.begin.air_mass_kg, hour.end.air_mass_kg, mean.x_kg_s, mean.y_kg_s, mean.top_kg_s},
      domain_.surface);
  hour.fluxes = std::move(wind.fluxes);
  hour.adjustment_rms = wind.adjustment_rms;
  if (hour.adjustment_rms > 0.05 && !has_warned_) {
    has_warned_ = true;
    log_warning(
        fmt::format("weather: {}: the winds needed a correction of {:.1f} % (rms of the mass fluxes) to "
                    "agree with the air "
                    "masses; more than 5 % means coarse time steps or steep terrain after regridding",
                    to_iso8601(start), 100.0 * hour.adjustment_rms));
  }
  return hour;
}

}  // namespace lantian
