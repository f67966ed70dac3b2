#include "varying_factors.hpp"

#include "lantian/base/time.hpp"

#include <algorithm>
#include <cstddef>

namespace lantian::plume {

double factor_of(const VaryingFactor& factor, const WeatherHour& hour,
                 const std::array<double, 5>& wind_speed_bounds_m_s) {
  if (factor.values.empty()) return 1.0;
  const auto season = static_cast<std::size_t>(hour.month % 12 / 3);
  const auto month = static_cast<std::size_t>(hour.month - 1),
             clock = static_cast<std::size_t>(hour.hour - 1);
  const auto weekday = static_cast<std::size_t>(
      civil_time(from_civil(hour.year, hour.month, hour.day)).weekday);  // 0 = Monday
  const std::size_t kind_of_day = weekday < 5 ? 0 : weekday - 4;
  const auto of_wind = [&] {
    const auto bound = std::ranges::find_if(
        wind_speed_bounds_m_s, [&](double most) { return hour.surface.reference_wind_speed_m_s <= most; });
    return static_cast<std::size_t>(bound - wind_speed_bounds_m_s.begin());
  };
  std::size_t n = 0;
  switch (factor.scheme) {
    case FactorScheme::annual:
      break;
    case FactorScheme::season:
      n = season;
      break;
    case FactorScheme::month:
      n = month;
      break;
    case FactorScheme::hour:
      n = clock;
      break;
    case FactorScheme::wind_speed:
      n = of_wind();
      break;
    case FactorScheme::season_hour:
      n = clock + 24 * season;
      break;
    case FactorScheme::hour_d:
      n = clock + 24 * kind_of_day;
      break;
    case FactorScheme::hour_7:
      n = clock + 24 * weekday;
      break;
    case FactorScheme::season_hour_d:
      n = clock + 24 * (season + 4 * kind_of_day);
      break;
    case FactorScheme::season_hour_7:
      n = clock + 24 * (season + 4 * weekday);
      break;
    case FactorScheme::month_hour_d:
      n = clock + 24 * (month + 12 * kind_of_day);
      break;
    case FactorScheme::month_hour_7:
      n = clock + 24 * (month + 12 * weekday);
      break;
  }
  return factor.values.at(n);
}

}  // namespace lantian::plume
