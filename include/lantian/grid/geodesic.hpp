#pragma once

#include "lantian/grid/projection.hpp"

#include <span>

namespace lantian {

/// Length of the shortest way between two places on the WGS 84 ellipsoid [m].
/// @see Karney (2013), J. Geodesy 87, 43.
[[nodiscard]] double geodesic_length_m(LonLat from, LonLat to);

/// Area inside a ring whose edges are geodesics on the WGS 84 ellipsoid [m2], whatever its sense of turning.
/// The first corner may stand again at the end.
/// @see Karney (2013), J. Geodesy 87, 43.
[[nodiscard]] double geodesic_area_m2(std::span<const LonLat> ring);

}  // namespace lantian
