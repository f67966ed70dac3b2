#pragma once

#include "lantian/plume/aermod_deck.hpp"

#include <vector>

namespace lantian::plume {

/// Hours of weather and what holds for all of them.
struct AermetWeather {
  std::vector<WeatherHour> hours;  ///< those the deck asks for, in order
  WeatherTraits traits;
  std::string version;             ///< of AERMET, from the header
  std::vector<std::string> notes;  ///< where the files are others than the deck says
};

/// Reads the surface and profile files of AERMET that a deck names (free format; EPA-454/B-24-006, user's
/// guide of AERMET, appendix), and lays the background of ozone and NOx beside each hour.
///
/// An hour without wind is calm; one that lacks wind, temperature, u*, the Obukhov length, the roughness or
/// the mixing height it needs is missing (EPA-454/B-24-007, section 3.5). Lines that are no records, hours
/// that are out of order or do not follow each other, another station than the deck's, and numbers that are
/// not finite go to `problems`.
[[nodiscard]] AermetWeather read_aermet(const Deck& deck, Problems& problems);

}  // namespace lantian::plume
