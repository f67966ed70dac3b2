#pragma once

#include "deck_cards.hpp"

#include "lantian/plume/aermod_deck.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the readers of all pathways need of a card's fields. Each adds to `problems` what it cannot take and
// then gives a value that is safe to go on with.

namespace lantian::plume {

/// What a number may be.
struct Allowed {
  double least{}, most{};
  std::string_view unit;
};

/// Elevations; what is lower is AERMAP's code of a missing one.
inline constexpr Allowed elevation_of_deck = {-9998.99, 3.0e4, "of ELEVUNIT"};

/// No stack is higher; what is given so is of another unit.
inline constexpr double most_release_height_m = 500.0;

void refuse(const Card& card, const std::string& what, Problems& problems);

/// A note that a card is taken otherwise than it stands there.
void tell(const Card& card, const std::string& what, Deck& deck);

/// Whether a card has so many fields; else says which are needed.
[[nodiscard]] bool has_fields(const Card& card, std::size_t least, std::size_t most, const std::string& form,
                              Problems& problems);

[[nodiscard]] double number_at(const Card& card, std::size_t n, const std::string& what,
                               const Allowed& allowed, Problems& problems);

[[nodiscard]] int whole_at(const Card& card, std::size_t n, const std::string& what, int least, int most,
                           Problems& problems);

/// All fields from `first` on; "36*50.0" stands for 36 numbers.
[[nodiscard]] std::vector<double> numbers_from(const Card& card, std::size_t first, const std::string& what,
                                               Problems& problems);

/// A fault that a word is none of those known.
void refuse_word(const Card& card, const std::string& word, const std::string& kind,
                 const std::vector<std::string>& known, Problems& problems);

/// Factor to metres of METERS or FEET.
[[nodiscard]] double metres_per(const Card& card, std::size_t n, Problems& problems);

[[nodiscard]] std::optional<AveragingTime> averaging_time(const std::string& word);

/// An averaging time in field n that AVERTIME has.
[[nodiscard]] std::optional<AveragingTime> average_at(const Card& card, std::size_t n,
                                                      const std::vector<AveragingTime>& known,
                                                      Problems& problems);

/// The scheme of EMISFACT or O3VALUES by its word, and how many values it has.
struct SchemeForm {
  std::string word;
  FactorScheme scheme;
  std::size_t count;
};
[[nodiscard]] const std::vector<SchemeForm>& scheme_forms();
[[nodiscard]] const SchemeForm* scheme_of(const std::string& word);

/// "1ST", "2ND", ...
[[nodiscard]] std::string ordinal(int rank);

}  // namespace lantian::plume
