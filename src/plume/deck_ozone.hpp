#pragma once

#include "deck_cards.hpp"
#include "wind_sectors.hpp"

#include "lantian/plume/aermod_deck.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian::plume {

/// What cards of a scheme of factors give, over as many lines as one likes.
struct SchemeCards {
  std::optional<Card> card;  ///< the last one
  VaryingFactor values;
};

/// Reads a card of a scheme and values, and adds them. `further` are words that the keyword knows beside
/// schemes.
/// @return the card's own values.
std::vector<double> read_scheme_values(const Card& card, std::vector<std::string> further,
                                       const std::string& what, SchemeCards& into, Problems& problems);

/// Refuses another number of values than the scheme has.
void check_count(const SchemeCards& read, Problems& problems);

/// Reads the keywords of background ozone and NOx.
class OzoneReader {
 public:
  void read(Card card, Deck& deck, Problems& problems);
  /// Whether the chemistry that the deck asks for has the ozone that it needs.
  void check(Deck& deck, Problems& problems);

 private:
  /// O3VALUES with OZONUNIT, NOX_VALS with NOX_UNIT.
  struct Varying {
    std::vector<SchemeCards> of_sectors = std::vector<SchemeCards>(1);
    std::string unit = "PPB";
  };
  static void read_value(const Card& card, BackgroundCourse& course, Problems& problems);
  static void read_hours(const Card& card, const Deck& deck, BackgroundCourse& course, Problems& problems);
  /// Lays what the cards of values give into the background, in ug m-3.
  static void lay(const Varying& varying, SectorBackground& background, Problems& problems);
  Varying ozone_, nox_;
};

/// Where the values of a file of hours go, by the number of their hour.
struct HourlyTarget {
  std::string folder;  ///< of the deck: names of files are taken from it
  double factor{};     ///< that brings the file's values to those of `hours`
  std::map<long long, double>& hours;
};

/// Reads the file of hours that a field of a card names; its format stands from the third field on. Values
/// below zero are missing, as AERMOD has it: such an hour takes the values of another card.
/// @return whether there is such a file.
bool read_hourly_values(const Card& card, std::size_t file, const std::string& what, const HourlyTarget& into,
                        Problems& problems);

}  // namespace lantian::plume
