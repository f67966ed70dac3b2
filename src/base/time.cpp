#include "lantian/base/time.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

namespace lantian {

namespace {

[[noreturn]] void refuse(std::string_view text) {
  throw DataError(fmt::format("\"{}\" is no time; write it as 2020-03-30T16:00:00Z (UTC)", text));
}

bool is_separator(std::size_t position, char found) {
  switch (position) {
    case 4:
    case 7:
      return found == '-';
    case 10:
      return found == 'T' || found == ' ' || found == '_';
    default:
      return found == ':' || found == '_';
  }
}

}  // namespace

std::string to_iso8601(UtcTime time) {
  const CivilTime c = civil_time(time);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour, c.minute,
                     c.second);
}

UtcTime parse_utc(std::string_view text) {
  std::string_view body = text;
  if (body.ends_with('Z')) body.remove_suffix(1);
  if (body.size() != 19 && body.size() != 16 && body.size() != 13) refuse(text);
  std::array<int, 6> part = {0, 1, 1, 0, 0, 0};
  constexpr std::array<std::size_t, 6> begin = {0, 5, 8, 11, 14, 17};
  for (std::size_t n = 0; n < begin.size() && begin[n] < body.size(); ++n) {
    const std::size_t length = n == 0 ? 4 : 2;
    const char* first = body.data() + begin[n];
    const auto read = std::from_chars(first, first + length, part[n]);
    if (read.ec != std::errc{} || read.ptr != first + length) refuse(text);
    const std::size_t next = begin[n] + length;
    if (next < body.size() && !is_separator(next, body[next])) refuse(text);
  }
  const auto [year, month, day, hour, minute, second] = part;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    refuse(text);
  return from_civil(year, month, day, hour, minute, second);
}

UtcTime from_civil(int year, int month, int day, int hour, int minute, int second) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  return {std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
          std::chrono::seconds(second)};
}

CivilTime civil_time(UtcTime time, double utc_offset_h) {
  const auto shifted = time.instant + std::chrono::seconds(static_cast<long long>(utc_offset_h * 3600.0));
  const auto midnight = std::chrono::floor<std::chrono::days>(shifted);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss clock(shifted - midnight);
  const auto new_year = std::chrono::sys_days(date.year() / std::chrono::January / 1);
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<int>(static_cast<unsigned>(date.month())),
          .day = static_cast<int>(static_cast<unsigned>(date.day())),
          .hour = static_cast<int>(clock.hours().count()),
          .minute = static_cast<int>(clock.minutes().count()),
          .second = static_cast<int>(clock.seconds().count()),
          .weekday = static_cast<int>(std::chrono::weekday(midnight).iso_encoding()) - 1,
          .day_of_year = static_cast<int>((midnight - new_year).count()) + 1};
}

int days_in_month(int year, int month) {
  const auto last =
      std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / std::chrono::last;
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

int days_in_year(int year) {
  return std::chrono::year(year).is_leap() ? 366 : 365;
}

double duration_s(const std::string& text, const std::string& what) {
  const auto refuse = [&] {
    throw ConfigError(fmt::format(
        "{}: \"{}\" is no duration above 0; write seconds (3600), hours:minutes:seconds (02:30:00) or "
        "days-hours:minutes:seconds (1-12:00:00)",
        what, text));
  };
  const std::size_t dash = text.find('-');
  const bool has_days = dash != std::string::npos && dash > 0;
  std::vector<std::string> parts = split(has_days ? text.substr(dash + 1) : text, ':');
  if (has_days) parts.insert(parts.begin(), text.substr(0, dash));
  const std::size_t expected = has_days ? 4 : parts.size() == 1 ? 1 : 3;
  if (parts.size() != expected) refuse();
  constexpr std::array unit_s = {86400.0, 3600.0, 60.0, 1.0};
  double seconds = 0.0;
  for (std::size_t n = 0; n < parts.size(); ++n) {
    const std::optional<double> number = parse_number(parts[n]);
    const bool is_sound = number && *number >= 0.0 && (parts.size() == 1 || *number == std::floor(*number));
    if (!is_sound) refuse();
    seconds += *number * unit_s.at(unit_s.size() - parts.size() + n);
  }
  if (!(seconds > 0.0)) refuse();
  return seconds;
}

}  // namespace lantian
