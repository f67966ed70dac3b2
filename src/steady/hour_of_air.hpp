#pragma once

#include "lantian/base/time.hpp"
#include "lantian/plume/plume_case.hpp"
#include "lantian/weather/column_weather.hpp"

namespace lantian::steady {

/// What a plume takes of a column of weather: both mixing heights are the weather's, the wind and the
/// temperature of its layers up to 4000 m are a measured profile above the wind of 10 m.
///
/// @param local            local standard time of the hour's begin.
/// @param convergence_rad  of the map's north from true north, clockwise: directions are told from the
///                         former.
/// @see Brashers & Emery (2013), The Mesoscale Model Interface Program (MMIF), for the same from WRF.
[[nodiscard]] plume::WeatherHour hour_of_air(const ColumnAir& air, const CivilTime& local,
                                             double convergence_rad);

}  // namespace lantian::steady
