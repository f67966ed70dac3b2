#include "deck_background.hpp"

#include "deck_fields.hpp"
#include "wind_sectors.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace lantian::plume {

namespace {

constexpr Allowed any_amount = {0.0, 1.0e9, ""};

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

void BackgroundReader::read(Card card, Deck& deck, Problems& problems) {
  if (card.keyword == "BACKUNIT") {
    if (!has_fields(card, 1, 1, "PPB, PPM or UG/M3", problems)) return;
    const std::vector<std::string> known = {"PPB", "PPM", "UG/M3"};
    unit_ = card;
    if (std::ranges::find(known, card.fields[0]) == known.end())
      refuse_word(card, card.raw[0], "unit of the background", known, problems);
    return;
  }
  if (!first_) first_ = card;
  if (card.keyword == "BGSECTOR") {
    read_sectors(card, deck.level, problems);
    of_sectors_.resize(deck.level.courses.size());
    return;
  }
  const std::optional<std::size_t> sector = take_sector(card, deck.level, problems);
  if (!sector) return;
  if (card.has(0) && card.fields[0] == "HOURLY")
    read_hours(card, deck, deck.level.courses[*sector], problems);
  else
    read_values(card, of_sectors_[*sector], problems);
}

void BackgroundReader::read_values(const Card& card, SchemeCards& values, Problems& problems) {
  for (const double value : read_scheme_values(card, {"HOURLY"}, "background", values, problems))
    if (value < any_amount.least || value > any_amount.most)
      refuse(card,
             fmt::format("a background of {:g} is out of range; allowed are {:g} to {:g}", value,
                         any_amount.least, any_amount.most),
             problems);
}

void BackgroundReader::read_hours(const Card& card, const Deck& deck, BackgroundCourse& course,
                                  Problems& problems) {
  if (!has_fields(card, 2, 9, "HOURLY, a file, and a format", problems)) return;
  if (read_hourly_values(card, 1, "background", {folder_of(deck.path), 1.0, course.hourly_ug_m3}, problems))
    course.is_hourly = true;
}

void BackgroundReader::lay(SectorBackground& level, double factor, Problems& problems) {
  for (std::size_t n = 0; n < of_sectors_.size(); ++n) {
    SchemeCards& cards = of_sectors_[n];
    BackgroundCourse& course = level.courses[n];
    check_count(cards, problems);
    for (double& value : cards.values.values) value *= factor;
    for (auto& [number, value] : course.hourly_ug_m3) value *= factor;
    if (cards.card) course.varying_ug_m3 = cards.values;
  }
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
  lay(deck.level, factor, problems);
  check_sectors(deck.level, fmt::format("{}: SO BGSECTOR", deck.path), problems);
  for (SourceGroup& group : deck.groups) {
    if (group.background != SourceGroup::Background::not_told || group.name != "ALL") continue;
    group.background = SourceGroup::Background::wanted;
    deck.notes.emplace_back(
        "SO SRCGROUP ALL holds the background of BACKGRND, as in AERMOD; NOBACKGROUND leaves it out");
  }
}

std::optional<double> background_ug_m3(const Deck& deck, const WeatherHour& hour) {
  const BackgroundCourse* course = course_of(deck.level, hour);
  if (course == nullptr) return std::nullopt;
  return value_ug_m3(*course, hour, deck.weather.wind_speed_bounds_m_s);
}

void check_background(const Deck& deck, const AermetWeather& weather, Problems& problems) {
  const bool is_hourly = std::ranges::any_of(deck.level.courses, &BackgroundCourse::is_hourly);
  const bool is_by_sector = !deck.level.sectors_deg.empty();
  if (!is_hourly && !is_by_sector) return;
  // Without a wind there is no sector, nor are such hours worked out.
  const auto lacking = std::ranges::find_if(weather.hours, [&](const WeatherHour& hour) {
    return (!is_by_sector || hour.state == HourState::valid) && !background_ug_m3(deck, hour);
  });
  if (lacking != weather.hours.end())
    problems.add(fmt::format("{}: SO BACKGRND {} has no background of {:04}-{:02}-{:02} hour {}; {}",
                             deck.path, course_of(deck.level, *lacking) == nullptr ? "of BGSECTOR" : "HOURLY",
                             lacking->year, lacking->month, lacking->day, lacking->hour,
                             course_of(deck.level, *lacking) == nullptr
                                 ? "the surface file has no direction of the reference wind there"
                                 : "another BACKGRND, such as ANNUAL, fills gaps"));
}

}  // namespace lantian::plume
