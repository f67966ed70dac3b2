#pragma once

#include "plume/boundary_layer.hpp"

#include "lantian/plume/plume_case.hpp"

namespace lantian::plume {

/// What the profiles of an hour follow from. The hour is valid and its wind above 0.
[[nodiscard]] BoundaryLayer rural_layer(const WeatherHour& hour, const WeatherTraits& traits);
[[nodiscard]] Profiles rural_profiles(const WeatherHour& hour, const BoundaryLayer& layer);

/// The column of an hour over open country.
[[nodiscard]] AirColumn rural_column(const WeatherHour& hour, const WeatherTraits& traits);

/// Whether a city changes the hour: stable hours, and mornings until convection is deeper than the city's
/// layer.
[[nodiscard]] bool is_urban_hour(const AirColumn& rural, const UrbanArea& city);

/// The same hour over a city.
[[nodiscard]] AirColumn urban_column(const AirColumn& rural, const UrbanArea& city);

}  // namespace lantian::plume
