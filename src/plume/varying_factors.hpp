#pragma once

#include "lantian/plume/aermod_deck.hpp"

#include <array>

namespace lantian::plume {

/// The value of a scheme in an hour of weather; 1 when it has no values. Seasons are winter (December to
/// February), spring, summer, autumn; days of the week begin with Monday (EPA-454/B-24-007, section 3.3.11).
/// @param wind_speed_bounds_m_s  upper bounds of the categories of wind speed but the last
[[nodiscard]] double factor_of(const VaryingFactor& factor, const WeatherHour& hour,
                               const std::array<double, 5>& wind_speed_bounds_m_s);

}  // namespace lantian::plume
