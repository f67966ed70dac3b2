#include "lantian/plume/aermod_deck.hpp"

#include "deck_readers.hpp"

#include "lantian/base/time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

namespace lantian::plume {

Deck read_aermod_deck(const std::string& path, const std::string& output_folder, Problems& problems) {
  Deck deck;
  deck.path = path;
  std::map<std::string, std::vector<Card>> of_pathway;
  try {
    for (Card& card : read_cards(path, problems)) of_pathway[card.pathway].push_back(std::move(card));
  } catch (const Error& error) {
    problems.add(error);
    return deck;
  }
  // Each pathway rests on those before it; a pathway that is not there was told of by read_cards.
  if (of_pathway.contains("CO")) read_control(of_pathway["CO"], deck, output_folder, problems);
  if (of_pathway.contains("SO")) read_sources(of_pathway["SO"], deck, problems);
  if (of_pathway.contains("RE")) read_receptors(of_pathway["RE"], deck, problems);
  if (of_pathway.contains("ME")) read_weather_cards(of_pathway["ME"], deck, problems);
  if (of_pathway.contains("EV")) read_events(of_pathway["EV"], deck, problems);
  if (deck.options.flat_terrain)  // tables have all receptors on the level of the weather, as in AERMOD
    for (Receptor& one : deck.receptors)
      one.elevation_m = one.hill_height_m = deck.weather.profile_base_elevation_m;
  read_outputs(of_pathway["OU"], deck, output_folder, problems);
  const auto in_city = [](const Source& one) { return one.urban_area.has_value(); };
  const bool is_urban = std::ranges::any_of(deck.sources, in_city);
  const bool is_rural = !std::ranges::all_of(deck.sources, in_city);
  if (deck.has_flagpoles) deck.option_words.emplace_back("FLGPOL");
  if (is_rural) deck.option_words.emplace_back("RURAL");
  if (is_urban) deck.option_words.emplace_back("URBAN");
  return deck;
}

std::optional<DeckHour> checked_hour(int year, int month, int day, int hour) {
  if (year >= 0 && year < 100) year += year < 50 ? 2000 : 1900;
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || hour < 1 || hour > 24) return std::nullopt;
  if (day < 1 || day > days_in_month(year, month)) return std::nullopt;
  return DeckHour{year, month, day, hour};
}

long long hour_number(const DeckHour& at) {
  constexpr long long seconds_per_hour = 3600;
  static const UtcTime origin = from_civil(1900, 1, 1);
  return from_civil(at.year, at.month, at.day).seconds_since(origin) / seconds_per_hour + at.hour;
}

long long day_number(const DeckHour& at) {
  constexpr long long hours_per_day = 24;
  return (hour_number(at) - 1) / hours_per_day;
}

}  // namespace lantian::plume
