#pragma once

#include "deck_cards.hpp"

#include "lantian/plume/aermod_deck.hpp"

#include <set>
#include <string>

namespace lantian::plume {

/// The words of MODELOPT.
class ModelOptions {
 public:
  /// Takes a card into the deck; may come in any order with other cards of CO.
  void read(const Card& card, Deck& deck, Problems& problems);
  [[nodiscard]] bool has(const std::string& word) const { return words_.contains(word); }

 private:
  void take_words(const Card& card, Deck& deck, Problems& problems);
  void apply(const Card& card, Deck& deck, Problems& problems) const;
  void choose_chemistry(const Card& card, Deck& deck, Problems& problems) const;
  std::set<std::string> words_;
};

}  // namespace lantian::plume
