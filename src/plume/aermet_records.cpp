#include "aermet_records.hpp"

#include "deck_cards.hpp"

#include "lantian/base/text.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

namespace lantian::plume {

namespace {

constexpr std::array<const char*, 25> surface_names = {"year",
                                                       "month",
                                                       "day",
                                                       "day of the year",
                                                       "hour",
                                                       "sensible heat flux",
                                                       "friction velocity",
                                                       "convective velocity",
                                                       "lapse rate above the mixing height",
                                                       "convective mixing height",
                                                       "mechanical mixing height",
                                                       "Obukhov length",
                                                       "roughness length",
                                                       "Bowen ratio",
                                                       "albedo",
                                                       "wind speed",
                                                       "wind direction",
                                                       "wind height",
                                                       "temperature",
                                                       "temperature height",
                                                       "precipitation code",
                                                       "precipitation",
                                                       "relative humidity",
                                                       "pressure",
                                                       "cloud cover"};
constexpr std::size_t least_surface_words = 20;  // files before 2004 end with the temperature's height

/// The number in a word, or a fault.
std::optional<double> number_in(AermetLines& lines, const std::string& word, const char* name) {
  const std::optional<double> value = fortran_number(word);
  if (!value) lines.refuse(fmt::format("{} is \"{}\"; a finite number is needed", name, word));
  return value;
}

std::optional<DeckHour> hour_of(AermetLines& lines, double year, double month, double day, double hour) {
  const bool is_whole = year == std::floor(year) && month == std::floor(month) && day == std::floor(day) &&
                        hour == std::floor(hour) && std::abs(year) < 1.0e4 && std::abs(month) < 100 &&
                        std::abs(day) < 100 && std::abs(hour) < 100;
  std::optional<DeckHour> at;
  if (is_whole)
    at = checked_hour(static_cast<int>(year), static_cast<int>(month), static_cast<int>(day),
                      static_cast<int>(hour));
  if (!at)
    lines.refuse(fmt::format("year {:g}, month {:g}, day {:g}, hour {:g} is no hour; hours are 1 to 24", year,
                             month, day, hour));
  return at;
}

/// Codes of AERMET for what is not known, and whether an hour can be worked out without it.
/// @see AERMOD 24142, subroutines CHKCLM and CHKMSG.
HourState state_of(const SurfaceHour& s) {
  if (s.reference_wind_speed_m_s == 0.0) return HourState::calm;
  constexpr double no_height_m = 90000.0;
  const auto lacks = [](double height_m) { return height_m < 0.0 || height_m > no_height_m; };
  const bool is_unstable = s.obukhov_length_m < 0.0;
  const bool lacks_wind = s.reference_wind_speed_m_s < 0.0 || s.reference_wind_speed_m_s >= 90.0 ||
                          s.reference_wind_from_deg <= -9.0 || s.reference_wind_from_deg > 900.0;
  const bool lacks_ground = s.temperature_k <= 0.0 || s.temperature_k > 900.0 ||
                            s.friction_velocity_m_s < 0.0 || s.friction_velocity_m_s >= 9.0 ||
                            s.obukhov_length_m < -99990.0;
  const bool lacks_convection =
      is_unstable && (lacks(s.convective_mixing_height_m) || s.convective_velocity_m_s < 0.0);
  return lacks_wind || lacks_ground || lacks_convection || lacks(s.mechanical_mixing_height_m)
             ? HourState::missing
             : HourState::valid;
}

/// What an hour that is worked out may not have.
void check_valid(AermetLines& lines, const SurfaceHour& s) {
  constexpr double least_height_m = 0.001;
  if (s.reference_wind_from_deg < 0.0 || s.reference_wind_from_deg > 360.0)
    lines.refuse(fmt::format("wind direction is {:g}; allowed are 0 to 360 deg, or 999 when it is not known",
                             s.reference_wind_from_deg));
  if (s.reference_wind_height_m < least_height_m)
    lines.refuse(
        fmt::format("wind height is {:g}; it is {:g} m or more", s.reference_wind_height_m, least_height_m));
  if (s.obukhov_length_m == 0.0) lines.refuse("Obukhov length is 0; it is never so");
}

/// What a level says; its codes of what is not known left out. A wind of 0 from 0 is none.
/// @see AERMOD 24142, subroutine PFLCNV.
ProfileLevel level_of(double height_m, std::span<const double> values) {
  constexpr double zero_celsius_k = 273.16;  // as AERMOD has it
  const double from_deg = values[0], speed_m_s = values[1], celsius = values[2], spread_deg = values[3],
               sigma_w_m_s = values[4];
  ProfileLevel level;
  level.height_m = height_m;
  const bool is_none = from_deg == 0.0 && speed_m_s == 0.0;
  if (!is_none && from_deg >= 0.0 && from_deg <= 360.0) level.wind_from_deg = from_deg;
  if (!is_none && speed_m_s >= 0.0 && speed_m_s <= 90.0) level.wind_speed_m_s = speed_m_s;
  if (celsius > -90.0 && celsius < 90.0) level.temperature_k = celsius + zero_celsius_k;
  if (spread_deg >= 0.0 && spread_deg < 99.0) level.wind_direction_spread_deg = spread_deg;
  if (sigma_w_m_s >= 0.0 && sigma_w_m_s <= 90.0) level.sigma_w_m_s = sigma_w_m_s;
  return level;
}

}  // namespace

AermetLines::AermetLines(std::string path, Problems& problems) : path_(std::move(path)), problems_(problems) {
  try {
    lines_ = lines_of(read_text_file(path_));
  } catch (const Error& error) {
    problems_.add(error);
    faults_ = most_faults;
  }
}

std::vector<std::string> AermetLines::next() {
  while (next_ < lines_.size()) {
    last_ = next_;
    std::vector<std::string> words = words_of(lines_[next_++]);
    if (!words.empty()) return words;
  }
  return {};
}

void AermetLines::refuse(const std::string& what) {
  ++faults_;
  problems_.add(fmt::format("{}:{}: {}", path_, last_ + 1, what));
}

SurfaceHeader read_surface_header(AermetLines& lines) {
  SurfaceHeader header;
  const std::vector<std::string> words = lines.next();
  for (std::size_t n = 0; n < words.size(); ++n) {
    const std::string word = upper_case(words[n]);
    const auto station = [&]() -> std::optional<int> {
      const std::optional<double> value = n + 1 < words.size() ? fortran_number(words[n + 1]) : std::nullopt;
      if (!value || *value < 0.0 || *value > 99999999.0) return std::nullopt;  // as with letters in it
      return static_cast<int>(*value);
    };
    if (word == "UA_ID:") header.upper_air_station = station();
    if (word == "SF_ID:") header.surface_station = station();
    if (word == "VERSION:" && n + 1 < words.size()) header.version = words[n + 1];
    if (word.starts_with("ADJ_U*")) header.adjusted_friction_velocity = true;
    if (word.starts_with("BULKRN")) header.bulk_richardson = true;
  }
  if (header.version.empty())
    lines.refuse("is no header of a surface file of AERMET: it has no \"VERSION:\" with a number");
  return header;
}

std::optional<SurfaceRecord> read_surface_record(AermetLines& lines) {
  // Files of several years one after the other have a header before each.
  const auto is_header = [](const std::vector<std::string>& line) {
    return std::ranges::any_of(line, [](const std::string& word) { return word.ends_with(':'); });
  };
  std::vector<std::string> words = lines.next();
  while (is_header(words)) words = lines.next();
  if (words.empty()) return std::nullopt;
  if (words.size() < least_surface_words) {
    lines.refuse(fmt::format("has {} values; a record of a surface file has {} or more", words.size(),
                             least_surface_words));
    return std::nullopt;
  }
  std::array<double, surface_names.size()> v{};
  v[20] = 9999.0, v[21] = -9.0, v[22] = 999.0, v[23] = 99999.0, v[24] = 99.0;  // codes of what is not known
  for (std::size_t n = 0; n < std::min(words.size(), v.size()); ++n) {
    const std::optional<double> value = number_in(lines, words[n], surface_names[n]);
    if (!value) return std::nullopt;
    v[n] = *value;
  }
  const std::optional<DeckHour> at = hour_of(lines, v[0], v[1], v[2], v[4]);
  if (!at) return std::nullopt;
  SurfaceRecord record;
  record.at = *at;
  SurfaceHour& s = record.surface;
  s = {.sensible_heat_w_m2 = v[5],
       .friction_velocity_m_s = v[6],
       .convective_velocity_m_s = v[7],
       .lapse_above_k_m = v[8],
       .convective_mixing_height_m = v[9],
       .mechanical_mixing_height_m = v[10],
       .obukhov_length_m = v[11],
       .roughness_length_m = v[12],
       .bowen_ratio = v[13],
       .albedo = v[14],
       .reference_wind_speed_m_s = v[15],
       .reference_wind_from_deg = v[16],
       .reference_wind_height_m = v[17],
       .temperature_k = v[18],
       .temperature_height_m = v[19],
       .precipitation_code = static_cast<int>(v[20]),
       .precipitation_mm_h = v[21],
       .relative_humidity_percent = v[22],
       .pressure_hPa = v[23],
       .cloud_cover_tenths = v[24]};
  record.state = state_of(s);
  if (record.state == HourState::valid) check_valid(lines, s);
  return record;
}

std::optional<ProfileRecord> read_profile_record(AermetLines& lines) {
  ProfileRecord record;
  constexpr std::array<const char*, 11> names = {"year",
                                                 "month",
                                                 "day",
                                                 "hour",
                                                 "height",
                                                 "mark of the top",
                                                 "wind direction",
                                                 "wind speed",
                                                 "temperature",
                                                 "spread of wind direction",
                                                 "sigma w"};
  for (bool is_top = false; !is_top;) {
    const std::vector<std::string> words = lines.next();
    if (words.empty()) {
      if (!record.levels.empty()) lines.refuse("ends within an hour: no level is marked as the top");
      return std::nullopt;
    }
    if (words.size() < names.size()) {
      lines.refuse(
          fmt::format("has {} values; a level of a profile file has {}", words.size(), names.size()));
      return std::nullopt;
    }
    std::array<double, names.size()> v{};
    for (std::size_t n = 0; n < v.size(); ++n) {
      const std::optional<double> value = number_in(lines, words[n], names[n]);
      if (!value) return std::nullopt;
      v[n] = *value;
    }
    const std::optional<DeckHour> at = hour_of(lines, v[0], v[1], v[2], v[3]);
    if (!at) return std::nullopt;
    if (!record.levels.empty() && hour_number(*at) != hour_number(record.at)) {
      lines.refuse("begins another hour, but no level of the last one is marked as the top");
      return std::nullopt;
    }
    if (v[5] != 0.0 && v[5] != 1.0) {
      lines.refuse(
          fmt::format("the mark of the top is {:g}; it is 1 at the top level of an hour, else 0", v[5]));
      return std::nullopt;
    }
    if (v[4] <= 0.0 || (!record.levels.empty() && v[4] <= record.levels.back().height_m)) {
      lines.refuse(fmt::format("height is {:g}; heights of an hour ascend from above 0", v[4]));
      return std::nullopt;
    }
    record.at = *at;
    record.levels.push_back(level_of(v[4], std::span(v).subspan(6)));
    is_top = v[5] == 1.0;
  }
  return record;
}

}  // namespace lantian::plume
