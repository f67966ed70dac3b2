#include "lantian/plume/aermet_files.hpp"

#include "aermet_records.hpp"
#include "night_ozone.hpp"
#include "plume/gas_deposition.hpp"
#include "wind_sectors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace lantian::plume {

namespace {

std::string text_of(const DeckHour& at) {
  return fmt::format("{:04}-{:02}-{:02} hour {}", at.year, at.month, at.day, at.hour);
}

bool is_wanted(const WeatherFiles& files, const DeckHour& at) {
  const long long number = hour_number(at);
  if (files.first && number < hour_number(*files.first)) return false;
  if (files.last && number > hour_number(*files.last)) return false;
  if (!files.event_days.empty() && !files.event_days.contains(day_number(at))) return false;
  if (std::ranges::none_of(files.days, [](bool day) { return day; })) return true;
  constexpr int leap_year = 2000;
  return files.days[static_cast<std::size_t>(
      (hour_number({leap_year, at.month, at.day, 1}) - hour_number({leap_year, 1, 1, 1})) / 24)];
}

double turned(double from_deg, double rotation_deg) {
  double turned_deg = std::fmod(from_deg - rotation_deg, 360.0);
  if (turned_deg <= 0.0) turned_deg += 360.0;
  return turned_deg;
}

void turn_wind(WeatherHour& hour, double rotation_deg) {
  if (rotation_deg == 0.0) return;
  double& reference = hour.surface.reference_wind_from_deg;
  if (reference >= 0.0 && reference <= 360.0) reference = turned(reference, rotation_deg);
  for (ProfileLevel& level : hour.levels)
    if (level.wind_from_deg) level.wind_from_deg = turned(*level.wind_from_deg, rotation_deg);
}

void leave_out_turbulence(WeatherHour& hour, const WeatherFiles& files) {
  const TurbulenceTaken& taken =
      hour.surface.obukhov_length_m < 0.0 ? files.convective_hours : files.stable_hours;
  for (ProfileLevel& level : hour.levels) {
    if (!taken.direction_spread) level.wind_direction_spread_deg.reset();
    if (!taken.sigma_w) level.sigma_w_m_s.reset();
  }
}

/// Both files side by side.
class AermetReader {
 public:
  AermetReader(const Deck& deck, Problems& problems)
      : deck_(deck), surface_(deck.weather.surface, problems), profile_(deck.weather.profile, problems) {}

  AermetWeather read() {
    const SurfaceHeader header = surface_.is_done() ? SurfaceHeader{} : read_surface_header(surface_);
    check_station("SURFDATA", "SF_ID", deck_.weather.surface_station, header.surface_station);
    check_station("UAIRDATA", "UA_ID", deck_.weather.upper_air_station, header.upper_air_station);
    weather_.version = header.version;
    weather_.traits = {deck_.weather.profile_base_elevation_m, header.adjusted_friction_velocity,
                       header.bulk_richardson};
    while (!surface_.is_done() && !profile_.is_done()) {
      const std::optional<SurfaceRecord> surface = read_surface_record(surface_);
      if (!surface) {
        if (surface_.is_done()) break;
        return std::move(weather_);  // the files are out of step
      }
      const std::optional<ProfileRecord> profile = read_profile_record(profile_);
      if (!profile || !add(*surface, *profile)) return std::move(weather_);
    }
    check_end();
    return std::move(weather_);
  }

 private:
  void check_station(const char* keyword, const char* of_header, std::optional<int> wanted,
                     std::optional<int> found) {
    if (wanted && found && *wanted != *found)
      surface_.refuse(fmt::format("is of station {} ({}), but the deck's ME {} is {}", *found, of_header,
                                  keyword, *wanted));
  }

  /// The first hour of the files; another year than the deck's is told of, as AERMOD warns of it, but where
  /// DAYRANGE counts the days of that year.
  void check_begin(const DeckHour& at) {
    const WeatherFiles& files = deck_.weather;
    if (files.first && hour_number(*files.first) < hour_number(at))
      surface_.refuse(fmt::format("the file begins with {}, but the deck's STARTEND begins with {}",
                                  text_of(at), text_of(*files.first)));
    if (!files.first_year || files.first || at.year == *files.first_year) return;
    const std::string what =
        fmt::format("is of {}, but the deck's ME SURFDATA begins in {}", text_of(at), *files.first_year);
    if (std::ranges::any_of(files.days, [](bool day) { return day; }))
      surface_.refuse(what + "; DAYRANGE needs the year");
    else
      weather_.notes.push_back(fmt::format("{}: {}", surface_.path(), what));
  }

  bool add(const SurfaceRecord& surface, const ProfileRecord& profile) {
    const long long number = hour_number(surface.at);
    if (!last_) check_begin(surface.at);
    const bool follows = !last_ || number == hour_number(*last_) + 1;
    const bool may_jump = deck_.weather.dates_may_jump && last_ && number > hour_number(*last_);
    if (!follows && !may_jump) {
      surface_.refuse(fmt::format(
          "is of {}, after {}; hours must follow each other{}", text_of(surface.at), text_of(*last_),
          number > hour_number(*last_) ? " without a gap (MODELOPT NOCHKD allows gaps)" : ""));
      return false;
    }
    if (hour_number(profile.at) != number) {
      profile_.refuse(fmt::format("is of {}, but {} has {} there", text_of(profile.at), surface_.path(),
                                  text_of(surface.at)));
      return false;
    }
    last_ = surface.at;
    wet_ground(surface);
    if (!is_wanted(deck_.weather, surface.at)) return true;
    WeatherHour hour;
    hour.year = surface.at.year, hour.month = surface.at.month, hour.day = surface.at.day,
    hour.hour = surface.at.hour;
    hour.state = surface.state;
    hour.surface = surface.surface;
    hour.ground = ground_;
    hour.levels = profile.levels;
    turn_wind(hour, deck_.weather.wind_rotation_deg);
    leave_out_turbulence(hour, deck_.weather);
    add_background(hour);
    weather_.hours.push_back(std::move(hour));
    return true;
  }

  /// Rain and soil water go on from hour to hour, also over hours that the run leaves out.
  void wet_ground(const SurfaceRecord& record) {
    const SurfaceHour& surface = record.surface;
    const double rain_mm = std::max(0.0, surface.precipitation_mm_h);
    constexpr double no_temperature_k = 900.0;
    const bool is_known = surface.temperature_k > 0.0 && surface.temperature_k < no_temperature_k &&
                          surface.precipitation_mm_h >= 0.0;
    if (is_known) {
      soil_water_mm_ =
          soil_water_mm(soil_water_mm_, rain_1h_ago_mm_, ground_.soil_water_share, surface.temperature_k);
      ground_.soil_water_share = soil_water_share(soil_water_mm_);
    }
    ground_.recent_rain_mm = rain_mm + rain_1h_ago_mm_ + rain_2h_ago_mm_;
    rain_2h_ago_mm_ = rain_1h_ago_mm_;
    rain_1h_ago_mm_ = rain_mm;
  }

  void add_background(WeatherHour& hour) {
    const std::array<double, 5>& bounds = deck_.weather.wind_speed_bounds_m_s;
    if (const BackgroundCourse* course = course_of(deck_.background.ozone, hour)) {
      hour.ozone_ug_m3 = value_ug_m3(*course, hour, bounds);
      const std::optional<double> measured = hourly_ug_m3(*course, hour);
      if (measured && deck_.background.has_least_ozone)
        hour.ozone_ug_m3 = std::max(*measured, night_ozone_.least_ug_m3(hour.surface.obukhov_length_m));
      if (course->is_hourly) night_ozone_.add(measured.value_or(0.0), hour.hour);
    }
    if (const BackgroundCourse* course = course_of(deck_.background.nox, hour))
      hour.nox_ug_m3 = value_ug_m3(*course, hour, bounds);
  }

  /// Rain that is not known counts as none, as in AERMOD.
  void check_rain() {
    const bool deposits = std::ranges::any_of(deck_.sources, [](const Source& source) {
      return !source.particles.empty() || source.particle_mean || source.gas;
    });
    const bool has_rain = std::ranges::any_of(
        weather_.hours, [](const WeatherHour& hour) { return hour.surface.precipitation_mm_h >= 0.0; });
    if (deposits && !has_rain && !weather_.hours.empty())
      weather_.notes.push_back(
          fmt::format("{}: has no precipitation: nothing is washed out of the air", surface_.path()));
  }

  /// NOx is NO2 throughout, up to the equilibrium, in an hour without ozone, as in AERMOD.
  void check_ozone() {
    const auto& courses = deck_.background.ozone.courses;
    const auto lacks = [](const WeatherHour& hour) {
      return hour.state == HourState::valid && !hour.ozone_ug_m3;
    };
    const auto count = std::ranges::count_if(weather_.hours, lacks);
    if (count > 0 && std::ranges::any_of(courses, &BackgroundCourse::is_hourly))
      weather_.notes.push_back(fmt::format(
          "{}: CO OZONEFIL has no ozone of {} hours, nor have OZONEVAL and O3VALUES: all NO becomes "
          "NO2 in them, up to the equilibrium",
          deck_.path, count));
  }

  void check_end() {
    if (surface_.faults() + profile_.faults() > 0) return;
    if (surface_.is_done() != profile_.is_done())
      (surface_.is_done() ? surface_ : profile_)
          .refuse(fmt::format("ends, but {} goes on", (surface_.is_done() ? profile_ : surface_).path()));
    check_rain();
    check_ozone();
    if (weather_.hours.empty())
      surface_.refuse(fmt::format("the file ends without an hour that the deck's {} for",
                                  deck_.is_of_events ? "EVENTPER asks" : "STARTEND and DAYRANGE ask"));
    else if (deck_.weather.last && last_ && hour_number(*last_) < hour_number(*deck_.weather.last))
      weather_.notes.push_back(fmt::format("{}: the file ends with {}, but the deck's STARTEND ends with {}",
                                           surface_.path(), text_of(*last_), text_of(*deck_.weather.last)));
  }

  const Deck& deck_;
  AermetLines surface_, profile_;
  AermetWeather weather_;
  std::optional<DeckHour> last_;
  GroundWater ground_;
  double soil_water_mm_ = 180.0, rain_1h_ago_mm_ = 0.0, rain_2h_ago_mm_ = 0.0;
  NightOzone night_ozone_;
};

}  // namespace

AermetWeather read_aermet(const Deck& deck, Problems& problems) {
  if (deck.weather.surface.empty() || deck.weather.profile.empty()) return {};  // told of with the deck
  AermetWeather weather = AermetReader(deck, problems).read();
  return weather;
}

}  // namespace lantian::plume
