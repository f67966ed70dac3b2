#pragma once

#include "deck_cards.hpp"

#include "lantian/plume/aermod_deck.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian::plume {

/// A network of receptors while its cards are read (GRIDCART, GRIDPOLR), from STA to END.
class ReceptorGrid {
 public:
  /// @param metres  metres of the unit of elevations
  ReceptorGrid(Card first, std::string name, bool is_polar, double metres, Problems& problems);

  /// A card's fields from the sub-keyword on. @return whether it was END.
  bool read(const Card& card, std::size_t keyword, const Deck& deck);

  /// Puts the receptors and the network into the deck, row by row.
  void lay(Deck& deck);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const Card& first() const { return first_; }

 private:
  struct Row {
    double indicator{};  // which row; rows may come in any order
    std::vector<double> values;
  };
  void read_spacing(const Card& card, std::size_t keyword);
  void read_origin(const Card& card, std::size_t keyword, const Deck& deck);
  void append(std::vector<double>& values, const Card& card, std::size_t first, const std::string& what);
  [[nodiscard]] std::vector<double> heights(const std::string& keyword, const std::vector<Row>& rows) const;

  Card first_;
  std::string name_;
  bool is_polar_;
  double metres_;
  Problems& problems_;
  std::vector<double> columns_, rows_;
  std::optional<Position> origin_;
  std::map<std::string, std::vector<Row>> heights_;  // ELEV, HILL, FLAG
};

/// The words that part a network's cards.
[[nodiscard]] const std::vector<std::string>& grid_keywords(bool is_polar);

}  // namespace lantian::plume
