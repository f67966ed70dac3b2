#include "lantian/sources/leaf_area.hpp"

#include <cmath>
#include <cstddef>

namespace lantian {

double leaf_area_on(const std::array<double, 12>& by_month, UtcTime time, double latitude_deg) {
  const CivilTime day = civil_time(time);
  const double into_month = (day.day - 0.5) / days_in_month(day.year, day.month);
  double months = day.month - 1 + into_month - 0.5 + (latitude_deg < 0.0 ? 6.0 : 0.0) + 12.0;
  months = std::fmod(months, 12.0);
  const auto before = static_cast<std::size_t>(months);
  const double later = months - static_cast<double>(before);
  return (1.0 - later) * by_month.at(before) + later * by_month.at((before + 1) % 12);
}

}  // namespace lantian
