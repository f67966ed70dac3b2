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

/// A record of year, month, day, hour and a value of a file of hours, in free format or as a format of
/// Fortran has it (with I, F and X). Nothing when the line does not fit.
struct HourlyValue {
  DeckHour at;
  double value{};
};
[[nodiscard]] std::optional<HourlyValue> hourly_value(const std::string& line, const std::string& format);

}  // namespace lantian::plume
