#include "wind_sectors.hpp"

#include "deck_fields.hpp"
#include "varying_factors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>

namespace lantian::plume {

namespace {

constexpr double circle_deg = 360.0;

/// 2 of SECT2; 0 of other words.
std::size_t sector_number(const std::string& word) {
  constexpr std::size_t length = 5;
  if (word.size() != length || !word.starts_with("SECT") || word[4] < '1' || word[4] > '9') return 0;
  return static_cast<std::size_t>(word[4] - '0');
}

}  // namespace

void read_sectors(const Card& card, SectorBackground& background, Problems& problems) {
  constexpr std::size_t least = 2, most = 6;
  if (!has_fields(card, least, most, "2 to 6 directions [degrees] that the wind goes to, where sectors begin",
                  problems))
    return;
  if (!background.sectors_deg.empty()) {
    refuse(card, "stands there twice", problems);
    return;
  }
  std::vector<double> begins;
  for (std::size_t n = 0; n < card.fields.size(); ++n)
    begins.push_back(number_at(card, n, "direction", {0.0, circle_deg, "deg"}, problems));
  if (std::ranges::adjacent_find(begins, std::greater_equal<>()) != begins.end() ||
      begins.back() - begins.front() >= circle_deg) {
    refuse(card, "directions where sectors begin ascend, within a circle of 360 degrees", problems);
    return;
  }
  background.courses.resize(begins.size());
  background.sectors_deg = std::move(begins);
}

std::optional<std::size_t> take_sector(Card& card, const SectorBackground& background, Problems& problems) {
  const std::size_t number = card.has(0) ? sector_number(card.fields[0]) : 0;
  const std::size_t count = background.sectors_deg.size();
  if (count == 0) {
    if (number == 0) return 0;
    refuse(card, fmt::format("is of {}, and no card above gives sectors of the wind", card.raw[0]), problems);
    return std::nullopt;
  }
  if (number == 0 || number > count) {
    refuse(card,
           fmt::format("begins with \"{}\"; needed is the sector of the wind, SECT1 to SECT{}",
                       card.has(0) ? card.raw[0] : "", count),
           problems);
    return std::nullopt;
  }
  card.fields.erase(card.fields.begin());
  card.raw.erase(card.raw.begin());
  return number - 1;
}

void check_sectors(const SectorBackground& background, const std::string& where, Problems& problems) {
  if (background.sectors_deg.empty()) return;
  for (std::size_t n = 0; n < background.courses.size(); ++n) {
    const BackgroundCourse& course = background.courses[n];
    if (!course.varying_ug_m3 && !course.is_hourly)
      problems.add(fmt::format("{}: sector SECT{} has no background; give each sector one", where, n + 1));
  }
}

const BackgroundCourse* course_of(const SectorBackground& background, const WeatherHour& hour) {
  const std::vector<double>& begins = background.sectors_deg;
  if (begins.empty()) return &background.courses.front();
  const double from_deg = hour.surface.reference_wind_from_deg;
  if (!(from_deg >= 0.0 && from_deg <= circle_deg)) return nullptr;
  constexpr double half_circle_deg = 180.0;
  // North is 360 and not 0: of sectors that begin at 0 it is in the last.
  const double to_deg = from_deg > half_circle_deg ? from_deg - half_circle_deg : from_deg + half_circle_deg;
  // The last sector ends where the first begins, across north.
  const auto after = std::ranges::upper_bound(begins, to_deg);
  const auto begun = static_cast<std::size_t>(after - begins.begin());
  return &background.courses[begun == 0 ? begins.size() - 1 : begun - 1];
}

std::optional<double> hourly_ug_m3(const BackgroundCourse& course, const WeatherHour& hour) {
  const auto found = course.hourly_ug_m3.find(hour_number({hour.year, hour.month, hour.day, hour.hour}));
  if (found == course.hourly_ug_m3.end()) return std::nullopt;
  return found->second;
}

std::optional<double> value_ug_m3(const BackgroundCourse& course, const WeatherHour& hour,
                                  const std::array<double, 5>& wind_speed_bounds_m_s) {
  if (const std::optional<double> value = hourly_ug_m3(course, hour)) return value;
  if (!course.varying_ug_m3) return std::nullopt;
  return factor_of(*course.varying_ug_m3, hour, wind_speed_bounds_m_s);
}

}  // namespace lantian::plume
