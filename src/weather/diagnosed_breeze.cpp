#include "csv_values.hpp"
#include "meteorology/sea_breeze.hpp"
#include "meteorology/wind_profile.hpp"

#include "lantian/weather/diagnosed_surface.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

constexpr double aloft_m = 1000.0;        // where the wind of the day is taken
constexpr double front_width_m = 9000.0;  // over which the breeze fades at its front

std::string local_date(UtcTime time, double utc_offset_h) {
  return to_iso8601(time.plus_seconds(static_cast<long long>(utc_offset_h * 3600.0))).substr(0, 10);
}

double local_hour(UtcTime time, double utc_offset_h) {
  const CivilTime civil = civil_time(time, utc_offset_h);
  return civil.hour + civil.minute / 60.0;
}

}  // namespace

std::vector<std::string> SurfaceDiagnosis::sea_breeze_days() const {
  std::vector<std::string> dates;
  for (const auto& [date, is_one] : breeze_days_)
    if (is_one) dates.push_back(date);
  return dates;
}

/// Warmest land record of the local day against the sea, and the wind aloft at the hour that asks first.
bool SurfaceDiagnosis::passes_thresholds(UtcTime time, const UpperAirProfile& aloft) const {
  const std::string date = local_date(time, config_.period.utc_offset_h);
  double warmest_k = 0.0;
  for (const Source& source : sources_) {
    if (source.is_at_sea) continue;
    for (const auto& [instant, record] : source.station->records)
      if (local_date(instant, config_.period.utc_offset_h) == date)
        warmest_k = std::max(warmest_k, record.temperature_k);
  }
  const UpperAirProfile::Level wind = aloft.at(aloft_m);
  return warmest_k - 273.15 - config_.air.sea_temperature_c > config_.sea_breeze.least_contrast_k &&
         std::hypot(wind.wind_east_m_s, wind.wind_north_m_s) < config_.sea_breeze.most_wind_m_s;
}

/// A cell on land has the breeze when the sea lies within its reach upwind; a cell at sea, the less the
/// farther the coast lies downwind.
void SurfaceDiagnosis::add_breeze(DiagnosedSurface& at, const UpperAirProfile& aloft) {
  const SeaBreezeConfig& breeze = config_.sea_breeze;
  if (!breeze.enabled) return;
  add_land_breeze(at);
  const std::string date = local_date(at.time, config_.period.utc_offset_h);
  const double hour = local_hour(at.time, config_.period.utc_offset_h);
  const BreezeClock clock{breeze.onset_h, breeze.peak_h, breeze.end_h};
  const double strength = breeze_strength(clock, hour);
  if (strength == 0.0) return;
  if (!breeze_days_.contains(date))
    breeze_days_[date] = breeze.days.empty() ? passes_thresholds(at.time, aloft)
                                             : std::ranges::find(breeze.days, date) != breeze.days.end();
  if (!breeze_days_[date]) return;

  const double age = breeze_age(clock, hour);
  const double from_deg = breeze.from_begin_deg + age * (breeze.from_end_deg - breeze.from_begin_deg);
  const EarthWind wind = wind_from(breeze.peak_m_s * strength, from_deg);
  const double front_m = 1000.0 * breeze.reach_km * std::sqrt(age);  // fast at first, then slower
  const double sea_reach_m = 1000.0 * breeze.sea_reach_km;
  const CoastWalk walk(ground_, metrics_, std::max(front_m + front_width_m, 3.0 * sea_reach_m));
#pragma omp parallel for schedule(static)
  for (int j = 0; j < grid_.rows(); ++j)
    for (int i = 0; i < grid_.columns(); ++i) {
      const auto [x, y] = to_grid_axes(wind.east_m_s, wind.north_m_s, metrics_.convergence_rad(j, i));
      const bool is_land = ground_.is_land(j, i);
      const double back = is_land ? -1.0 : 1.0;
      const double share = walk.fan_mean({j, i}, back * x, back * y, [&](std::optional<double> away_m) {
        if (!away_m) return 0.0;
        return is_land ? 1.0 - smooth_step(*away_m, front_m, front_m + front_width_m)
                       : std::exp(-*away_m / sea_reach_m);
      });
      if (share == 0.0) continue;
      at.breeze_x_m_s(j, i) += exposure(j, i) * share * x;
      at.breeze_y_m_s(j, i) += exposure(j, i) * share * y;
      at.breeze_depth_m(j, i) = breeze.depth_m * (0.75 + 0.25 * strength);
    }
}

/// Night air that drains off the land, within 20 km of the coast on either side.
void SurfaceDiagnosis::add_land_breeze(DiagnosedSurface& at) const {
  constexpr double begin_h = 23.0, end_h = 8.0, reach_m = 20.0e3;
  const SeaBreezeConfig& breeze = config_.sea_breeze;
  const std::string date = local_date(at.time, config_.period.utc_offset_h);
  const double hour = local_hour(at.time, config_.period.utc_offset_h);
  if (hour >= end_h && hour < begin_h) return;
  if (std::ranges::find(breeze.land_breeze_days, date) == breeze.land_breeze_days.end()) return;
  const EarthWind wind = wind_from(breeze.land_breeze_m_s, breeze.land_breeze_from_deg);
  const CoastWalk walk(ground_, metrics_, 3.0 * reach_m);
#pragma omp parallel for schedule(static)
  for (int j = 0; j < grid_.rows(); ++j)
    for (int i = 0; i < grid_.columns(); ++i) {
      const auto [x, y] = to_grid_axes(wind.east_m_s, wind.north_m_s, metrics_.convergence_rad(j, i));
      const double ahead = ground_.is_land(j, i) ? 1.0 : -1.0;
      const double share = walk.fan_mean({j, i}, ahead * x, ahead * y, [&](std::optional<double> away_m) {
        return away_m ? std::exp(-*away_m / reach_m) : 0.0;
      });
      if (share == 0.0) continue;
      at.breeze_x_m_s(j, i) += exposure(j, i) * share * x;
      at.breeze_y_m_s(j, i) += exposure(j, i) * share * y;
      at.breeze_depth_m(j, i) = breeze.land_breeze_depth_m;
    }
}

}  // namespace lantian
