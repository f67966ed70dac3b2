#include "deck_fields.hpp"
#include "deck_readers.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace lantian::plume {

namespace {

class WeatherCardReader {
 public:
  WeatherCardReader(Deck& deck, Problems& problems)
      : deck_(deck), weather_(deck.weather), problems_(problems) {}

  void read(const Card& card) {
    const std::string& word = card.keyword;
    seen_.insert(word);
    if (word == "SURFFILE") file(card, weather_.surface);
    if (word == "PROFFILE") file(card, weather_.profile);
    if (word == "SURFDATA") station(card, weather_.surface_station);
    if (word == "UAIRDATA") station(card, weather_.upper_air_station);
    if (word == "SITEDATA")
      static_cast<void>(has_fields(card, 2, 5, "station, year (name, x, y)", problems_));
    if (word == "PROFBASE" && has_fields(card, 1, 2, "elevation, and METERS or FEET", problems_))
      weather_.profile_base_elevation_m =
          metres_per(card, 1, problems_) * number_at(card, 0, "elevation", {-500.0, 3.0e4, ""}, problems_);
    if (word.starts_with("NO")) turbulence(card);
    if (word == "STARTEND") start_end(card);
    if (word == "DAYRANGE") day_range(card);
    if (word == "WDROTATE" && has_fields(card, 1, 1, "degrees taken off each wind direction", problems_))
      weather_.wind_rotation_deg = number_at(card, 0, "rotation", {-360.0, 360.0, "deg"}, problems_);
    if (word == "WINDCATS") categories(card);
    if (word == "NUMYEARS" && has_fields(card, 1, 1, "how many years", problems_))
      weather_.years = whole_at(card, 0, "years", 1, 1000, problems_);
  }

  void check() {
    for (const char* needed : {"SURFFILE", "PROFFILE", "SURFDATA", "UAIRDATA", "PROFBASE"})
      if (!seen_.contains(needed))
        problems_.add(fmt::format("{}: ME has no {}, which is needed", deck_.path, needed));
  }

 private:
  /// NOTURB, NOSA, NOSW, with ST in stable and CO in convective hours alone: measured turbulence, spreads of
  /// the wind's direction or sigma w that do not count.
  void turbulence(const Card& card) {
    const std::string& word = card.keyword;
    const bool is_regulatory = word == "NOTURB" || word == "NOTURBST";
    if (!deck_.option_words.empty() && deck_.option_words.front() == "RegDFAULT" && !is_regulatory) {
      tell(card, "is left out, since DFAULT excludes it", deck_);
      return;
    }
    const auto leave_out = [&](TurbulenceTaken& taken) {
      if (!word.starts_with("NOSW")) taken.direction_spread = false;
      if (!word.starts_with("NOSA")) taken.sigma_w = false;
    };
    if (!word.ends_with("CO")) leave_out(weather_.stable_hours);
    if (!word.ends_with("ST")) leave_out(weather_.convective_hours);
  }

  void file(const Card& card, std::string& path) {
    if (!has_fields(card, 1, 2, "a file (FREE)", problems_)) return;
    if (card.has(1) && card.fields[1] != "FREE")
      tell(card, fmt::format("format \"{}\" is left out: files of AERMET are read with FREE", card.raw[1]),
           deck_);
    path = path_from(folder_of(deck_.path), card.raw[0]);
  }

  void station(const Card& card, std::optional<int>& number) {
    if (!has_fields(card, 2, 5, "station, year (name, x, y)", problems_)) return;
    number = whole_at(card, 0, "station", 0, 99999999, problems_);
    const int year = whole_at(card, 1, "year", 0, 2200, problems_);
    if (card.keyword == "SURFDATA")
      weather_.first_year = year < 50 ? year + 2000 : year < 100 ? year + 1900 : year;
  }

  void start_end(const Card& card) {
    if (card.fields.size() != 6 && card.fields.size() != 8) {
      refuse(card,
             fmt::format(
                 "has {} fields; needed are 6 or 8: year, month, day (hour) of the first and of the last",
                 card.fields.size()),
             problems_);
      return;
    }
    const bool has_hours = card.fields.size() == 8;
    const auto at = [&](std::size_t n, int hour) {
      const int year = whole_at(card, n, "year", 0, 2200, problems_);
      const int month = whole_at(card, n + 1, "month", 1, 12, problems_);
      const int day = whole_at(card, n + 2, "day", 1, 31, problems_);
      return checked_hour(year, month, day,
                          has_hours ? whole_at(card, n + 3, "hour", 1, 24, problems_) : hour);
    };
    weather_.first = at(0, 1);
    weather_.last = at(has_hours ? 4 : 3, 24);
    if (!weather_.first || !weather_.last)
      refuse(card, "one of its days is not in the calendar", problems_);
    else if (hour_number(*weather_.last) < hour_number(*weather_.first))
      refuse(card, "ends before it begins", problems_);
  }

  /// Index in a leap year of "13" (a day of the year) or "2/28" (month and day).
  static std::optional<int> day_index(const std::string& text) {
    const std::vector<std::string> parts = split(text, '/');
    std::vector<int> numbers;
    for (const std::string& part : parts) {
      const std::optional<double> value = fortran_number(part);
      if (!value || *value != std::floor(*value) || *value < 1 || *value > 366) return std::nullopt;
      numbers.push_back(static_cast<int>(*value));
    }
    if (numbers.size() == 1) return numbers[0] - 1;
    if (numbers.size() != 2 || numbers[0] > 12) return std::nullopt;
    constexpr int leap_year = 2000;
    const std::optional<DeckHour> at = checked_hour(leap_year, numbers[0], numbers[1], 1);
    if (!at) return std::nullopt;
    return static_cast<int>((hour_number(*at) - hour_number({leap_year, 1, 1, 1})) / 24);
  }

  void day_range(const Card& card) {
    if (card.fields.empty()) refuse(card, "names no day", problems_);
    for (const std::string& field : card.fields) {
      const std::vector<std::string> ends = split(field, '-');
      const std::optional<int> first = day_index(ends.front()), last = day_index(ends.back());
      if (!first || !last || ends.size() > 2 || *last < *first) {
        refuse(card, fmt::format("\"{}\" is no day (13, 2/28) or range of days (1-31, 1/1-1/31)", field),
               problems_);
        continue;
      }
      for (int n = *first; n <= *last; ++n) weather_.days[static_cast<std::size_t>(n)] = true;
    }
  }

  void categories(const Card& card) {
    const std::vector<double> bounds = numbers_from(card, 0, "wind speed", problems_);
    if (bounds.size() != weather_.wind_speed_bounds_m_s.size() || !std::ranges::is_sorted(bounds) ||
        bounds.front() <= 0.0) {
      refuse(card, "needs the 5 upper bounds of wind speed, ascending [m/s]", problems_);
      return;
    }
    std::ranges::copy(bounds, weather_.wind_speed_bounds_m_s.begin());
  }

  Deck& deck_;
  WeatherFiles& weather_;
  Problems& problems_;
  std::set<std::string> seen_;
};

}  // namespace

void read_weather_cards(const std::vector<Card>& cards, Deck& deck, Problems& problems) {
  WeatherCardReader reader(deck, problems);
  for (const Card& card : cards) reader.read(card);
  reader.check();
}

}  // namespace lantian::plume
