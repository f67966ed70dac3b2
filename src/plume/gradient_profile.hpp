#pragma once

#include "plume/boundary_layer.hpp"

#include "lantian/plume/plume_case.hpp"

namespace lantian::plume {

/// theta* [K] of stable air: so that the lowest measured gradient above the roughness length holds, if it
/// lies not above 100 m; by u* and L where it lies higher or nothing is measured. Without a measured gradient
/// AERMET's option ADJ_U* has 0.08 K, or with its BULKRN what the clouds say.
///
/// @see EPA-454/R-03-004, section 4.1.3; Venkatram & Princevac (2008); Luhar & Rayner (2009), Boundary-Layer
/// Meteorol. 132, 437-459; AERMOD 24142, subroutine TGINIT.
[[nodiscard]] double temperature_scale_k(const WeatherHour& hour, const BoundaryLayer& layer,
                                         const WeatherTraits& traits);

/// Gradient of potential temperature [K m-1] on the levels, in stable air through measured ones.
/// @see EPA-454/R-03-004, section 4.1.3; AERMOD 24142, subroutine GRDPTG.
[[nodiscard]] Profile gradient_profile(const WeatherHour& hour, const BoundaryLayer& layer);

}  // namespace lantian::plume
