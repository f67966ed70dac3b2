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
  static void read_value(const Card& card, Deck& deck, Problems& problems);
  static void read_hours(const Card& card, Deck& deck, Problems& problems);
  void read_varying(const Card& card, Deck& deck, Problems& problems);
  static void read_nox(const Card& card, Deck& deck, Problems& problems);
  std::string unit_ = "PPB";  // of O3VALUES: OZONUNIT
  std::optional<Card> varying_;
  VaryingFactor values_;
};

/// A record of year, month, day, hour and a value of a file of hours, in free format or as a format of
/// Fortran has it (with I, F and X). Nothing when the line does not fit.
struct HourlyValue {
  DeckHour at;
  double value{};
};
[[nodiscard]] std::optional<HourlyValue> hourly_value(const std::string& line, const std::string& format);

}  // namespace lantian::plume
