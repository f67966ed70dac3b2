#pragma once

#include "deck_cards.hpp"
#include "deck_ozone.hpp"

#include "lantian/plume/aermet_files.hpp"
#include "lantian/plume/aermod_deck.hpp"

#include <optional>

namespace lantian::plume {

/// Reads BACKGRND, BACKUNIT and BGSECTOR: what the air holds of the pollutant without the deck's sources.
class BackgroundReader {
 public:
  void read(Card card, Deck& deck, Problems& problems);
  /// Lays values in ug m-3 into the deck, and says which groups have them.
  void finish(Deck& deck, Problems& problems);

 private:
  static void read_values(const Card& card, SchemeCards& values, Problems& problems);
  static void read_hours(const Card& card, const Deck& deck, BackgroundCourse& course, Problems& problems);
  /// Lays what the cards of values give into the background, in ug m-3.
  void lay(SectorBackground& level, double factor, Problems& problems);

  std::optional<Card> first_, unit_;
  std::vector<SchemeCards> of_sectors_ = std::vector<SchemeCards>(1);
};

/// Whether a word of SRCGROUP asks for the background (BACKGROUND, BACKGRND) or refuses it (NOBACKGROUND,
/// NOBACKGRND); nothing: it names sources.
[[nodiscard]] std::optional<bool> asks_for_background(const std::string& word);

/// The background of an hour [ug m-3]; nothing when the deck has none for it.
[[nodiscard]] std::optional<double> background_ug_m3(const Deck& deck, const WeatherHour& hour);

/// Faults of hours that have no background.
void check_background(const Deck& deck, const AermetWeather& weather, Problems& problems);

}  // namespace lantian::plume
