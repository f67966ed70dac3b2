#include "deck_background.hpp"

#include "deck_fields.hpp"
#include "varying_factors.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace lantian::plume {

namespace {

constexpr Allowed any_amount = {0.0, 1.0e9, ""};

long long number_of(const WeatherHour& hour) {
  return hour_number({hour.year, hour.month, hour.day, hour.hour});
}

/// ppb of a microgram in a cubic metre of air at 25 deg C; nothing for what is no gas of the standards.
/// @see EPA-454/B-24-007: 24.47 litres a mole, over 46, 64 and 28 g.
std::optional<double> ppb_per_ug_m3(const std::string& pollutant) {
  if (pollutant == "NO2") return 0.5319;
  if (pollutant == "SO2") return 0.3823;
  if (pollutant == "CO") return 0.8739;
  return std::nullopt;
}

/// The unit of BACKGRND without a BACKUNIT. @see EPA-454/B-24-007, section 3.3.
std::string usual_unit(const std::string& pollutant) {
  if (pollutant == "NO2" || pollutant == "SO2") return "PPB";
  return pollutant == "CO" ? "PPM" : "UG/M3";
}

}  // namespace

std::optional<bool> asks_for_background(const std::string& word) {
  if (word == "BACKGROUND" || word == "BACKGRND") return true;
  if (word == "NOBACKGROUND" || word == "NOBACKGRND") return false;
  return std::nullopt;
}

void BackgroundReader::read(const Card& card, Deck& deck, Problems& problems) {
  if (card.keyword == "BACKUNIT") {
    if (!has_fields(card, 1, 1, "PPB, PPM or UG/M3", problems)) return;
    const std::vector<std::string> known = {"PPB", "PPM", "UG/M3"};
    unit_ = card;
    if (std::ranges::find(known, card.fields[0]) == known.end())
      refuse_word(card, card.raw[0], "unit of the background", known, problems);
    return;
  }
  if (!first_) first_ = card;
  if (card.has(0) && card.fields[0] == "HOURLY")
    read_hours(card, deck, problems);
  else
    read_values(card, problems);
}

void BackgroundReader::read_values(const Card& card, Problems& problems) {
  for (const double value : read_scheme_values(card, {"HOURLY"}, "background", of_values_, problems))
    if (value < any_amount.least || value > any_amount.most)
      refuse(card,
             fmt::format("a background of {:g} is out of range; allowed are {:g} to {:g}", value,
                         any_amount.least, any_amount.most),
             problems);
}

void BackgroundReader::read_hours(const Card& card, Deck& deck, Problems& problems) {
  if (!has_fields(card, 2, 9, "HOURLY, a file, and a format", problems)) return;
  if (read_hourly_values(card, 1, "background", {folder_of(deck.path), 1.0, deck.level.hourly_ug_m3},
                         problems))
    deck.level.is_hourly = true;
}

void BackgroundReader::finish(Deck& deck, Problems& problems) {
  if (!first_) {
    if (unit_) refuse(*unit_, "there is no BACKGRND", problems);
    for (SourceGroup& group : deck.groups)
      if (group.background == SourceGroup::Background::wanted)
        problems.add(fmt::format("{}: SO SRCGROUP {} asks for the background, and there is no BACKGRND",
                                 deck.path, group.name));
    return;
  }
  check_count(of_values_, problems);
  const std::string unit = unit_ && unit_->has(0) ? unit_->fields[0] : usual_unit(deck.pollutant);
  const std::optional<double> ppb = ppb_per_ug_m3(deck.pollutant);
  if (unit != "UG/M3" && !ppb) {
    refuse(*unit_,
           fmt::format("{} is no gas whose {} can be turned into ug/m3; give UG/M3", deck.pollutant, unit),
           problems);
    return;
  }
  constexpr double ppb_per_ppm = 1000.0;
  const double factor = unit == "UG/M3" ? 1.0 : (unit == "PPM" ? ppb_per_ppm : 1.0) / *ppb;
  for (double& value : of_values_.values.values) value *= factor;
  for (auto& [number, value] : deck.level.hourly_ug_m3) value *= factor;
  if (of_values_.card) deck.level.varying_ug_m3 = of_values_.values;
  for (SourceGroup& group : deck.groups) {
    if (group.background != SourceGroup::Background::not_told || group.name != "ALL") continue;
    group.background = SourceGroup::Background::wanted;
    deck.notes.emplace_back(
        "SO SRCGROUP ALL holds the background of BACKGRND, as in AERMOD; NOBACKGROUND leaves it out");
  }
}

std::optional<double> background_ug_m3(const Deck& deck, const WeatherHour& hour) {
  const auto found = deck.level.hourly_ug_m3.find(number_of(hour));
  if (found != deck.level.hourly_ug_m3.end()) return found->second;
  if (!deck.level.varying_ug_m3) return std::nullopt;
  return factor_of(*deck.level.varying_ug_m3, hour, deck.weather.wind_speed_bounds_m_s);
}

void check_background(const Deck& deck, const AermetWeather& weather, Problems& problems) {
  if (!deck.level.is_hourly) return;
  const auto lacking = std::ranges::find_if(
      weather.hours, [&](const WeatherHour& hour) { return !background_ug_m3(deck, hour); });
  if (lacking != weather.hours.end())
    problems.add(
        fmt::format("{}: SO BACKGRND HOURLY has no background of {:04}-{:02}-{:02} hour {}; another "
                    "BACKGRND, such as ANNUAL, fills gaps",
                    deck.path, lacking->year, lacking->month, lacking->day, lacking->hour));
}

}  // namespace lantian::plume
