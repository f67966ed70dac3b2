#include "deck_fields.hpp"
#include "deck_readers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

// Pathway EV (EPA-454/B-24-007, section 3.7): what each source brings to a group's mean at one place and
// time.

namespace lantian::plume {

namespace {

/// The hour of YYMMDDHH, when there is such a one.
std::optional<DeckHour> hour_of_stamp(int stamp) {
  constexpr int hundred = 100;
  return checked_hour(stamp / (hundred * hundred * hundred), stamp / (hundred * hundred) % hundred,
                      stamp / hundred % hundred, stamp % hundred);
}

class EventReader {
 public:
  EventReader(Deck& deck, Problems& problems) : deck_(deck), problems_(problems) {}

  void read(const Card& card) {
    has_period_ = has_period_ || card.keyword == "EVENTPER";
    if (card.keyword == "EVENTPER") period(card);
    if (card.keyword == "EVENTLOC") location(card);
  }

  void check() {
    if (!has_period_) problems_.add(fmt::format("{}: EV has no EVENTPER, which is needed", deck_.path));
    for (const Event& one : deck_.events)
      if (!placed_.contains(one.name))
        problems_.add(fmt::format("{}: EV EVENTPER: event {} has no EVENTLOC", deck_.path, one.name));
  }

 private:
  void period(const Card& card) {
    if (!has_fields(card, 4, 5, "event, averaging time, source group, YYMMDDHH (its value)", problems_))
      return;
    std::vector<AveragingTime> blocks;
    for (const AveragingTime& one : deck_.averages)
      if (one.kind == AveragingTime::Kind::hours) blocks.push_back(one);
    const std::optional<AveragingTime> average = average_at(card, 1, blocks, problems_);
    const auto group = std::ranges::find(deck_.groups, card.fields[2], &SourceGroup::name);
    if (group == deck_.groups.end()) {
      std::vector<std::string> names;
      for (const SourceGroup& one : deck_.groups) names.push_back(one.name);
      refuse_word(card, card.raw[2], "source group of SRCGROUP", names, problems_);
    }
    constexpr int most_stamp = 99123124;
    const std::optional<DeckHour> end = hour_of_stamp(whole_at(card, 3, "date", 1, most_stamp, problems_));
    if (!end || (average && end->hour % average->hours != 0))
      refuse(card,
             fmt::format("{} is no hour YYMMDDHH with which such a mean ends; means are over hours from "
                         "midnight on",
                         card.raw[3]),
             problems_);
    if (std::ranges::find(deck_.events, card.fields[0], &Event::name) != deck_.events.end())
      refuse(card, fmt::format("event {} is there already", card.raw[0]), problems_);
    if (!average || !end || group == deck_.groups.end()) return;
    deck_.events.push_back({card.fields[0], *average, static_cast<std::size_t>(group - deck_.groups.begin()),
                            *end, std::nullopt});
    deck_.weather.event_days.insert(day_number(*end));
    deck_.receptors.emplace_back();
    deck_.receptor_kinds.push_back(ReceptorKind::discrete_cartesian);
    if (card.has(4))
      deck_.events.back().told_value = number_at(card, 4, "value", {-1.0e30, 1.0e30, ""}, problems_);
  }

  void location(const Card& card) {
    if (!has_fields(
            card, 5, 8,
            "event, XR= x YR= y or RNG= distance DIR= direction (elevation, hill height, height above "
            "the ground)",
            problems_))
      return;
    const auto event = std::ranges::find(deck_.events, card.fields[0], &Event::name);
    if (event == deck_.events.end()) {
      refuse(card, fmt::format("there is no EVENTPER of {} above", card.raw[0]), problems_);
      return;
    }
    placed_.insert(event->name);
    const auto n = static_cast<std::size_t>(event - deck_.events.begin());
    Receptor& receptor = deck_.receptors[n];
    const bool is_polar = card.fields[1] == "RNG=" && card.fields[3] == "DIR=";
    if (!is_polar && (card.fields[1] != "XR=" || card.fields[3] != "YR="))
      refuse(card, "needed are XR= and YR=, or RNG= and DIR=, each before its number", problems_);
    constexpr Allowed anywhere = {-1.0e9, 1.0e9, "m"};
    const double first = number_at(card, 2, is_polar ? "distance" : "x", anywhere, problems_),
                 second = number_at(card, 4, is_polar ? "direction" : "y", anywhere, problems_);
    const double direction = second * std::numbers::pi / 180.0;
    receptor.place = is_polar ? Position{first * std::sin(direction), first * std::cos(direction)}
                              : Position{first, second};
    if (is_polar) deck_.receptor_kinds[n] = ReceptorKind::discrete_polar;
    if (card.has(5)) receptor.elevation_m = number_at(card, 5, "elevation", elevation_of_deck, problems_);
    if (card.has(6)) receptor.hill_height_m = number_at(card, 6, "hill height", elevation_of_deck, problems_);
    receptor.hill_height_m = std::max(receptor.hill_height_m, receptor.elevation_m);
    receptor.flagpole_m = deck_.default_flagpole_m;
    if (card.has(7) && deck_.has_flagpoles)
      receptor.flagpole_m = number_at(card, 7, "height above the ground", {0.0, 1000.0, "m"}, problems_);
  }

  Deck& deck_;
  Problems& problems_;
  std::set<std::string> placed_;
  bool has_period_ = false;
};

}  // namespace

void read_events(const std::vector<Card>& cards, Deck& deck, Problems& problems) {
  deck.is_of_events = true;
  EventReader reader(deck, problems);
  for (const Card& card : cards) reader.read(card);
  reader.check();
  if (deck.options.no2 == NitrogenDioxide::grsm)
    problems.add(fmt::format(
        "{}: EV: by GRSM the sources of a group react with one another, and none has a share of its own",
        deck.path));
  // Each source is a group by itself, behind those of SRCGROUP; nothing but events is asked for.
  for (std::size_t n = 0; n < deck.sources.size(); ++n)
    deck.groups.push_back({deck.sources[n].name, {n}, SourceGroup::Background::refused});
  deck.averages.clear();
}

}  // namespace lantian::plume
