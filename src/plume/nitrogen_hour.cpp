#include "nitrogen_hour.hpp"

#include <cmath>

namespace lantian::plume {
namespace {

/// Area [m2] of a ring, and its middle.
struct Ring {
  double area_m2{};
  Position middle;
};
Ring ring_of(const std::vector<Position>& corners) {
  const Position& first = corners.front();
  double twice = 0.0, x = 0.0, y = 0.0;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Position &a = corners[i], &b = corners[(i + 1) % corners.size()];
    const double ax = a.x_m - first.x_m, ay = a.y_m - first.y_m, bx = b.x_m - first.x_m,
                 by = b.y_m - first.y_m;
    const double cross = ax * by - bx * ay;
    twice += cross;
    x += cross * (ax + bx);
    y += cross * (ay + by);
  }
  if (twice == 0.0) return {0.0, first};
  return {0.5 * std::fabs(twice), {first.x_m + x / (3.0 * twice), first.y_m + y / (3.0 * twice)}};
}

}  // namespace

Source with_one_place(const Source& source) {
  Source found = source;
  if (source.shape == SourceShape::area) found.place = ring_of(source.vertices).middle;
  return found;
}

double whole_emission_g_s(const Source& source, double emission) {
  return source.shape == SourceShape::area ? emission * ring_of(source.vertices).area_m2 : emission;
}

}  // namespace lantian::plume
