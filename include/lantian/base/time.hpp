#pragma once

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

namespace lantian {

/// An instant in UTC, to the second.
struct UtcTime {
  std::chrono::sys_seconds instant;

  friend auto operator<=>(const UtcTime&, const UtcTime&) =
      default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 sees its own literal
  [[nodiscard]] UtcTime plus_seconds(long long seconds) const {
    return {instant + std::chrono::seconds(seconds)};
  }
  /// Seconds from `earlier` to this.
  [[nodiscard]] long long seconds_since(UtcTime earlier) const { return (instant - earlier.instant).count(); }
  [[nodiscard]] long long unix_seconds() const { return instant.time_since_epoch().count(); }
};

/// Calendar and clock of an instant, in UTC or shifted to local standard time.
struct CivilTime {
  int year, month, day, hour, minute, second;
  int weekday;      // 0 = Monday ... 6 = Sunday
  int day_of_year;  // 1 ... 366
};

/// "2020-03-30T16:00:00Z".
[[nodiscard]] std::string to_iso8601(UtcTime time);

/// Reads "2020-03-30T16:00:00Z", "2020-03-30 16:00:00", "2005-08-28_12:00:00", "2005-08-28_12_00_00"; seconds
/// may be absent. All are UTC.
/// @throws DataError when the text is no time.
[[nodiscard]] UtcTime parse_utc(std::string_view text);

[[nodiscard]] UtcTime from_civil(int year, int month, int day, int hour = 0, int minute = 0, int second = 0);

/// Calendar and clock at `utc_offset_h` hours east of Greenwich (8 for China).
[[nodiscard]] CivilTime civil_time(UtcTime time, double utc_offset_h = 0.0);

/// Seconds of a duration written as seconds (3600), hours:minutes:seconds (02:30:00) or
/// days-hours:minutes:seconds (1-12:00:00). @throws ConfigError that begins with `what`.
[[nodiscard]] double duration_s(const std::string& text, const std::string& what);

[[nodiscard]] int days_in_month(int year, int month);
[[nodiscard]] int days_in_year(int year);

}  // namespace lantian
