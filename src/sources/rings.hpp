#pragma once

#include "lantian/grid/projection.hpp"

#include <optional>
#include <vector>

namespace lantian {

/// Places of a line, or of a ring whose last place is its first; straight in longitude and latitude between
/// them (RFC 7946, section 3.1.1).
using Places = std::vector<LonLat>;

/// A polygon with holes.
struct GeoPolygon {
  Places outer;
  std::vector<Places> holes;
};

/// A place where a closed ring crosses or touches itself.
[[nodiscard]] std::optional<LonLat> self_contact(const Places& ring);

/// Area inside a ring on the plane of longitude and latitude [deg2].
[[nodiscard]] double area_deg2(const Places& ring);

/// Whether a place lies inside a ring. @see Shimrat (1962), Commun. ACM 5, 434.
[[nodiscard]] bool is_inside_ring(LonLat place, const Places& ring);

/// Whether a place lies inside a ring or within a tenth of a millimetre of its border.
[[nodiscard]] bool is_inside_or_on_ring(LonLat place, const Places& ring);

/// The same line with further places, so that none of its pieces spans more than `step_deg`.
[[nodiscard]] Places refined(const Places& line, double step_deg);

/// Area on the ellipsoid, holes taken off [m2].
[[nodiscard]] double area_m2(const GeoPolygon& polygon);

}  // namespace lantian
