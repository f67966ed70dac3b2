#include "lantian/apportion/daily_ozone.hpp"

#include <algorithm>
#include <cstddef>

namespace lantian {

namespace {

constexpr std::size_t window_h = 8;
constexpr std::size_t day_h = 24;

double greatest_8h_mean(std::span<const double> hourly) {
  double greatest = 0.0;
  for (std::size_t begin = 0; begin + window_h <= hourly.size(); ++begin) {
    double sum = 0.0;
    for (const double value : hourly.subspan(begin, window_h)) sum += value;
    greatest = std::max(greatest, sum / static_cast<double>(window_h));
  }
  return greatest;
}

}  // namespace

std::vector<double> daily_maximum_8h(std::span<const double> hourly, UtcTime first, double utc_offset_h) {
  const auto first_hour = static_cast<std::size_t>(civil_time(first, utc_offset_h).hour);
  std::vector<double> maxima;
  for (std::size_t midnight = (day_h - first_hour) % day_h; midnight + day_h <= hourly.size();
       midnight += day_h)
    maxima.push_back(greatest_8h_mean(hourly.subspan(midnight, day_h)));
  return maxima;
}

std::optional<double> mean_daily_maximum_8h(std::span<const double> hourly, UtcTime first,
                                            double utc_offset_h) {
  if (hourly.size() < window_h) return std::nullopt;
  const std::vector<double> maxima = daily_maximum_8h(hourly, first, utc_offset_h);
  if (maxima.empty()) return greatest_8h_mean(hourly);
  double sum = 0.0;
  for (const double maximum : maxima) sum += maximum;
  return sum / static_cast<double>(maxima.size());
}

}  // namespace lantian
