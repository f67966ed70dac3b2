#pragma once

#include "deck_cards.hpp"

#include "lantian/plume/aermod_deck.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian::plume {

/// Reads the keywords of background ozone and NOx.
class OzoneReader {
 public:
  void read(const Card& card, Deck& deck, Problems& problems);
  /// Whether the chemistry that the deck asks for has the ozone that it needs.
  void check(Deck& deck, Problems& problems);

 private:
  /// O3VALUES with OZONUNIT, NOX_VALS with NOX_UNIT.
  struct Varying {
    std::string unit = "PPB";
    std::optional<Card> card;  ///< the last one
    VaryingFactor values;
  };
  static void read_value(const Card& card, Deck& deck, Problems& problems);
  static void read_hours(const Card& card, Deck& deck, Problems& problems);
  static void read_varying(const Card& card, Varying& varying, Problems& problems);
  /// What the cards of values give, in ug m-3; nothing without one.
  static std::optional<VaryingFactor> checked(const Varying& varying, Problems& problems);
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
