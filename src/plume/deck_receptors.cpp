#include "deck_fields.hpp"
#include "deck_readers.hpp"
#include "receptor_grids.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

namespace lantian::plume {

namespace {

class ReceptorReader {
 public:
  ReceptorReader(Deck& deck, Problems& problems) : deck_(deck), problems_(problems) {}

  void read(const std::vector<Card>& cards) {
    for (const Card& card : cards) {
      if (card.keyword == "ELEVUNIT") {
        if (has_fields(card, 1, 1, "METERS or FEET", problems_)) metres_ = metres_per(card, 0, problems_);
      } else if (card.keyword == "GRIDCART" || card.keyword == "GRIDPOLR") {
        grid(card);
      } else if (card.keyword == "DISCPOLR") {
        polar(card);
      } else {
        cartesian(card);
      }
    }
    if (open_) refuse(open_->first(), fmt::format("network {} has no END", open_->name()), problems_);
    if (deck_.receptors.empty() && problems_.empty())
      problems_.add(fmt::format("{}: RE has no receptor", deck_.path));
    check_heights();
    tell_defaults();
  }

 private:
  void grid(const Card& card) {
    const bool is_polar = card.keyword == "GRIDPOLR";
    const std::vector<std::string>& words = grid_keywords(is_polar);
    const auto is_word = [&](std::size_t n) {
      return card.has(n) && std::ranges::find(words, card.fields[n]) != words.end();
    };
    // The name of the network may be left out below STA.
    std::size_t at = is_word(0) ? 0 : 1;
    if (!is_word(at)) {
      refuse_word(card, card.has(at) ? card.raw[at] : "", "part of a network", words, problems_);
      return;
    }
    std::string name = at == 1 ? card.fields[0] : open_ ? open_->name() : "";
    if (card.fields[at] == "STA") {
      begin(card, name, is_polar);
      if (!card.has(++at)) return;
      if (!is_word(at)) {
        refuse_word(card, card.raw[at], "part of a network", words, problems_);
        return;
      }
    }
    if (!open_ || open_->name() != name) {
      refuse(card, fmt::format("network \"{}\" is not open: STA begins one, END ends it", name), problems_);
      return;
    }
    if (!open_->read(card, at, deck_)) return;
    open_->lay(deck_);
    open_.reset();
    note_place(card);
  }

  void begin(const Card& card, const std::string& name, bool is_polar) {
    constexpr std::size_t longest = 8;
    if (open_) refuse(card, fmt::format("network {} has no END", open_->name()), problems_);
    if (name.empty() || name.size() > longest)
      refuse(card, fmt::format("a network needs a name of {} letters at most", longest), problems_);
    if (std::ranges::find(deck_.networks, name, &ReceptorNetwork::name) != deck_.networks.end())
      tell(card, fmt::format("network {} is there already", name), deck_);
    open_.emplace(card, name, is_polar, metres_, problems_);
  }

  /// DISCCART and EVALCART.
  void cartesian(const Card& card) {
    const bool is_arc = card.keyword == "EVALCART";
    if (!has_fields(card, is_arc ? 6 : 2, is_arc ? 7 : 5,
                    is_arc ? "x, y, elevation, hill height, height above the ground, arc (its name)"
                           : "x, y (elevation, hill height) (height above the ground)",
                    problems_))
      return;
    const Position place{number_at(card, 0, "x", on_map, problems_),
                         number_at(card, 1, "y", on_map, problems_)};
    add(card, place, 2, is_arc ? 5 : card.fields.size(), ReceptorKind::discrete_cartesian);
  }

  void polar(const Card& card) {
    if (!has_fields(card, 3, 6,
                    "source, distance, direction (elevation, hill height) (height above the ground)",
                    problems_))
      return;
    const auto source = std::ranges::find(deck_.sources, card.fields[0], &Source::name);
    if (source == deck_.sources.end()) {
      refuse(card, fmt::format("there is no source \"{}\"", card.raw[0]), problems_);
      return;
    }
    const double distance = number_at(card, 1, "distance", {0.0, 1.0e8, "m"}, problems_);
    const double direction =
        number_at(card, 2, "direction", {-360.0, 360.0, "deg"}, problems_) * std::numbers::pi / 180.0;
    add(card,
        {source->place.x_m + distance * std::sin(direction),
         source->place.y_m + distance * std::cos(direction)},
        3, card.fields.size(), ReceptorKind::discrete_polar);
  }

  /// Heights from field `first` to `end`: elevation, hill height, height above the ground; without terrain
  /// the last may stand alone. What is missing is 0, and what the options do not want is left out, as in
  /// AERMOD, which warns of both.
  void add(const Card& card, Position place, std::size_t first, std::size_t end, ReceptorKind kind) {
    constexpr Allowed above_ground = {0.0, 1.0e3, "m"};
    Receptor one;
    one.place = place;
    one.flagpole_m = deck_.default_flagpole_m;
    const std::size_t given = end - first;
    if (!deck_.options.flat_terrain) {
      if (given < 2) without_heights_.add(card);
      if (given > 0)
        one.elevation_m = metres_ * number_at(card, first, "elevation", elevation_of_deck, problems_);
      if (given > 1)
        one.hill_height_m = metres_ * number_at(card, first + 1, "hill height", elevation_of_deck, problems_);
    }
    const bool is_flag_alone = deck_.options.flat_terrain && given == 1;
    if (deck_.has_flagpoles && (given == 3 || is_flag_alone))
      one.flagpole_m = number_at(card, first + given - 1, "height above the ground", above_ground, problems_);
    if (!deck_.has_flagpoles && given == 3 && card.keyword != "EVALCART") with_flagpoles_.add(card);
    deck_.receptors.push_back(std::move(one));
    deck_.receptor_kinds.push_back(kind);
    note_place(card);
  }

  /// All receptors that were added last come from this card.
  void note_place(const Card& card) {
    places_.resize(deck_.receptors.size(),
                   fmt::format("{}:{}: {} {}", card.file, card.line, card.pathway, card.keyword));
  }

  void check_heights() {
    if (deck_.options.flat_terrain) return;
    for (std::size_t n = 0; n < deck_.receptors.size() && n < places_.size(); ++n) {
      const Receptor& one = deck_.receptors[n];
      if (one.hill_height_m >= one.elevation_m) continue;
      problems_.add(
          fmt::format("{}: the receptor at {:g}, {:g} has hill height {:g} m below its elevation {:g} m; "
                      "AERMAP never gives so",
                      places_[n], one.place.x_m, one.place.y_m, one.hill_height_m, one.elevation_m));
    }
  }

  /// Cards of one kind, told of together.
  struct Cards {
    std::optional<Card> first;
    std::size_t count = 0;
    void add(const Card& card) {
      if (++count == 1) first = card;
    }
  };

  void tell_defaults() {
    if (without_heights_.first)
      tell(*without_heights_.first,
           fmt::format("elevation or hill height is missing and counts as 0, on {} cards in all",
                       without_heights_.count),
           deck_);
    if (with_flagpoles_.first)
      tell(*with_flagpoles_.first,
           fmt::format("a height above the ground is left out, since CO has no FLAGPOLE, on {} cards in all",
                       with_flagpoles_.count),
           deck_);
  }

  static constexpr Allowed on_map = {-1.0e8, 1.0e8, "m"};
  Deck& deck_;
  Problems& problems_;
  std::optional<ReceptorGrid> open_;
  std::vector<std::string> places_;  // one a receptor
  Cards without_heights_, with_flagpoles_;
  double metres_ = 1.0;
};

}  // namespace

void read_receptors(const std::vector<Card>& cards, Deck& deck, Problems& problems) {
  ReceptorReader(deck, problems).read(cards);
}

}  // namespace lantian::plume
