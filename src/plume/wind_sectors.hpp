#pragma once

#include "deck_cards.hpp"

#include "lantian/plume/aermod_deck.hpp"

#include <array>
#include <cstddef>
#include <optional>

namespace lantian::plume {

/// Reads where the sectors of a background begin (BGSECTOR, O3SECTOR, NOXSECTR): 2 to 6 directions [degrees]
/// that the wind goes to, ascending.
void read_sectors(const Card& card, SectorBackground& background, Problems& problems);

/// Takes SECTn off the front of a card of a background. @return the sector from 0 on; 0 when there are no
/// sectors; nothing, with a fault, when the card names none of them.
[[nodiscard]] std::optional<std::size_t> take_sector(Card& card, const SectorBackground& background,
                                                     Problems& problems);

/// Faults of sectors that no card gives a background for.
void check_sectors(const SectorBackground& background, const std::string& where, Problems& problems);

/// The background of the sector that the wind of an hour goes to; none when it has no direction.
/// @see code of AERMOD 24142: by the reference wind, turned to where it goes.
[[nodiscard]] const BackgroundCourse* course_of(const SectorBackground& background, const WeatherHour& hour);

/// Its value in an hour [ug m-3] from a file; nothing when the file has none.
[[nodiscard]] std::optional<double> hourly_ug_m3(const BackgroundCourse& course, const WeatherHour& hour);

/// Its value in an hour [ug m-3] from the file or, where that has none, from the values of cards.
[[nodiscard]] std::optional<double> value_ug_m3(const BackgroundCourse& course, const WeatherHour& hour,
                                                const std::array<double, 5>& wind_speed_bounds_m_s);

}  // namespace lantian::plume
