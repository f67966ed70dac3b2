#pragma once

#include "deck_cards.hpp"

#include "lantian/plume/aermod_deck.hpp"

#include <string>
#include <vector>

// One reader a pathway; each takes the cards of its own pathway in the order of the deck.

namespace lantian::plume {

void read_control(const std::vector<Card>& cards, Deck& deck, const std::string& output_folder,
                  Problems& problems);
void read_sources(const std::vector<Card>& cards, Deck& deck, Problems& problems);
void read_receptors(const std::vector<Card>& cards, Deck& deck, Problems& problems);
/// Pathway EV: after all others but OU.
void read_events(const std::vector<Card>& cards, Deck& deck, Problems& problems);
void read_weather_cards(const std::vector<Card>& cards, Deck& deck, Problems& problems);
void read_outputs(const std::vector<Card>& cards, Deck& deck, const std::string& output_folder,
                  Problems& problems);

/// Where an output goes: names are taken from `output_folder` (then without their own folder when absolute),
/// or from the folder of the deck.
[[nodiscard]] std::string output_path(const Deck& deck, const std::string& output_folder,
                                      const std::string& name);

}  // namespace lantian::plume
