#pragma once

#include "deck_cards.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/plume/aermet_files.hpp"
#include "lantian/plume/aermod_deck.hpp"

namespace lantian::plume {

/// CO GASDEPVD and GASDEPDF.
void read_gas_velocity(const Card& card, Deck& deck, Problems& problems);
void read_gas_defaults(const Card& card, Deck& deck, Problems& problems);

/// Words of MODELOPT about depletion. What exclude each other goes to `problems`.
void read_depletion_options(const Card& card, Deck& deck, Problems& problems);

/// Whether sources have what the deck's depositions need, when all cards are read.
void check_deposition(const Deck& deck, Problems& problems);

/// Whether hours of weather have what deposition needs.
void check_deposition_weather(const Deck& deck, const AermetWeather& weather, Problems& problems);

}  // namespace lantian::plume
