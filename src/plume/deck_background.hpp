#pragma once

#include "deck_cards.hpp"
#include "deck_ozone.hpp"

#include "lantian/plume/aermet_files.hpp"
#include "lantian/plume/aermod_deck.hpp"

#include <optional>

namespace lantian::plume {

/// Reads BACKGRND and BACKUNIT: what the air holds of the pollutant without the deck's sources.
class BackgroundReader {
 public:
  void read(const Card& card, Deck& deck, Problems& problems);
  /// Lays values in ug m-3 into the deck, and says which groups have them.
  void finish(Deck& deck, Problems& problems);

 private:
  void read_values(const Card& card, Problems& problems);
  static void read_hours(const Card& card, Deck& deck, Problems& problems);

  std::optional<Card> first_, unit_;
  SchemeCards of_values_;
};

/// Whether a word of SRCGROUP asks for the background (BACKGROUND, BACKGRND) or refuses it (NOBACKGROUND,
/// NOBACKGRND); nothing: it names sources.
[[nodiscard]] std::optional<bool> asks_for_background(const std::string& word);

/// The background of an hour [ug m-3]; nothing when the deck has none for it.
[[nodiscard]] std::optional<double> background_ug_m3(const Deck& deck, const WeatherHour& hour);

/// Faults of hours that have no background.
void check_background(const Deck& deck, const AermetWeather& weather, Problems& problems);

}  // namespace lantian::plume
