#pragma once

#include "deck_cards.hpp"

#include "lantian/plume/aermod_deck.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace lantian::plume {

/// The sources of a deck by their names, and where they were named first.
class SourceTable {
 public:
  explicit SourceTable(Deck& deck) : deck_(deck) {}

  /// Adds a source that LOCATION names; false when it is there already.
  bool add(Source source, const Card& card, const std::string& kind);

  /// A name whose LOCATION was told to be wrong: that nothing else of it is known need not be told again.
  void note_refused(const std::string& name) { refused_.insert(name); }

  /// Sources of a field: a name, a range (S1-S5) or ALL. What is none goes to `problems`.
  [[nodiscard]] std::vector<std::size_t> find(const Card& card, std::size_t field, Problems& problems) const;

  /// A note that a card is taken otherwise than it stands there.
  void tell(const Card& card, const std::string& what);

  /// The kind of LOCATION: POINT, AREAPOLY, ...
  [[nodiscard]] const std::string& kind(std::size_t n) const { return kinds_[n]; }
  /// How many corners SRCPARAM gives an AREAPOLY.
  [[nodiscard]] std::size_t vertex_count(std::size_t n) const { return vertex_counts_[n]; }
  void set_vertex_count(std::size_t n, std::size_t count) { vertex_counts_[n] = count; }
  [[nodiscard]] const std::string& place(std::size_t n) const { return places_[n]; }
  [[nodiscard]] std::size_t size() const { return kinds_.size(); }
  [[nodiscard]] Source& source(std::size_t n) { return deck_.sources[n]; }
  [[nodiscard]] SourceCourse& course(std::size_t n) { return deck_.courses[n]; }

 private:
  Deck& deck_;
  std::map<std::string, std::size_t> by_name_;
  std::set<std::string> refused_;
  std::vector<std::string> kinds_, places_;
  std::vector<std::size_t> vertex_counts_;
};

/// Whether a name lies in the range from `low` to `high`: letters before the number, the number, and what
/// follows each within those of the ends.
[[nodiscard]] bool lies_in_range(const std::string& name, const std::string& low, const std::string& high);

/// The ring of an area from its card's numbers (AREA: sides and turning; AREACIRC: radius and corners; LINE).
[[nodiscard]] std::vector<Position> rectangle(Position corner, double side_x_m, double side_y_m,
                                              double turned_deg);
[[nodiscard]] std::vector<Position> circle(Position middle, double radius_m, int corners);
[[nodiscard]] std::vector<Position> strip(Position begin, Position end, double width_m);

}  // namespace lantian::plume
