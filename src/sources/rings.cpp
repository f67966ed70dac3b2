#include "rings.hpp"

#include "lantian/grid/geodesic.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

/// Twice the area of a triangle: positive when `c` lies to the left of the way from `a` to `b`.
double turn(LonLat a, LonLat b, LonLat c) {
  return (b.longitude_deg - a.longitude_deg) * (c.latitude_deg - a.latitude_deg) -
         (b.latitude_deg - a.latitude_deg) * (c.longitude_deg - a.longitude_deg);
}

bool is_between(LonLat a, LonLat b, LonLat on_the_line) {
  const auto [west, east] = std::minmax(a.longitude_deg, b.longitude_deg);
  const auto [south, north] = std::minmax(a.latitude_deg, b.latitude_deg);
  return on_the_line.longitude_deg >= west && on_the_line.longitude_deg <= east &&
         on_the_line.latitude_deg >= south && on_the_line.latitude_deg <= north;
}

bool meet(LonLat a, LonLat b, LonLat c, LonLat d) {
  const double c_side = turn(a, b, c), d_side = turn(a, b, d), a_side = turn(c, d, a), b_side = turn(c, d, b);
  const auto are_apart = [](double one, double other) {
    return (one > 0.0 && other < 0.0) || (one < 0.0 && other > 0.0);
  };
  if (are_apart(c_side, d_side) && are_apart(a_side, b_side)) return true;
  return (c_side == 0.0 && is_between(a, b, c)) || (d_side == 0.0 && is_between(a, b, d)) ||
         (a_side == 0.0 && is_between(c, d, a)) || (b_side == 0.0 && is_between(c, d, b));
}

struct Edge {
  std::size_t number;
  double west, east;
};

}  // namespace

std::optional<LonLat> self_contact(const Places& ring) {
  const std::size_t count = ring.size() - 1;
  std::vector<Edge> edges;
  for (std::size_t n = 0; n < count; ++n) {
    const auto [west, east] = std::minmax(ring[n].longitude_deg, ring[n + 1].longitude_deg);
    edges.push_back({n, west, east});
  }
  std::ranges::sort(edges, {}, &Edge::west);
  for (auto one = edges.begin(); one != edges.end(); ++one) {
    for (auto other = one + 1; other != edges.end() && other->west <= one->east; ++other) {
      const auto [low, high] = std::minmax(one->number, other->number);
      if (high - low == 1 || (low == 0 && high == count - 1)) continue;  // neighbours share a place
      if (meet(ring[low], ring[low + 1], ring[high], ring[high + 1])) return ring[high];
    }
  }
  return std::nullopt;
}

double area_deg2(const Places& ring) {
  double twice = 0.0;
  for (std::size_t n = 1; n + 1 < ring.size(); ++n) twice += turn(ring[0], ring[n], ring[n + 1]);
  return std::fabs(0.5 * twice);
}

bool is_inside_ring(LonLat p, const Places& ring) {
  bool inside = false;
  for (std::size_t n = 0; n + 1 < ring.size(); ++n) {
    const LonLat a = ring[n], b = ring[n + 1];
    if ((a.latitude_deg > p.latitude_deg) == (b.latitude_deg > p.latitude_deg)) continue;
    const double crossing = a.longitude_deg + (b.longitude_deg - a.longitude_deg) *
                                                  (p.latitude_deg - a.latitude_deg) /
                                                  (b.latitude_deg - a.latitude_deg);
    if (p.longitude_deg < crossing) inside = !inside;
  }
  return inside;
}

bool is_inside_or_on_ring(LonLat p, const Places& ring) {
  if (is_inside_ring(p, ring)) return true;
  constexpr double near_deg = 1.0e-9;
  for (std::size_t n = 0; n + 1 < ring.size(); ++n) {
    const LonLat a = ring[n], b = ring[n + 1];
    const double east = b.longitude_deg - a.longitude_deg, north = b.latitude_deg - a.latitude_deg,
                 along = ((p.longitude_deg - a.longitude_deg) * east +
                          (p.latitude_deg - a.latitude_deg) * north) /
                         (east * east + north * north),
                 t = std::clamp(along, 0.0, 1.0);
    if (std::hypot(a.longitude_deg + t * east - p.longitude_deg,
                   a.latitude_deg + t * north - p.latitude_deg) <= near_deg)
      return true;
  }
  return false;
}

Places refined(const Places& line, double step_deg) {
  Places result;
  for (std::size_t n = 0; n + 1 < line.size(); ++n) {
    const LonLat from = line[n], to = line[n + 1];
    const double east = to.longitude_deg - from.longitude_deg, north = to.latitude_deg - from.latitude_deg;
    const int pieces =
        std::max(1, static_cast<int>(std::ceil(std::max(std::fabs(east), std::fabs(north)) / step_deg)));
    for (int piece = 0; piece < pieces; ++piece) {
      const double t = static_cast<double>(piece) / pieces;
      result.push_back({from.longitude_deg + t * east, from.latitude_deg + t * north});
    }
  }
  if (!line.empty()) result.push_back(line.back());
  return result;
}

double area_m2(const GeoPolygon& polygon) {
  constexpr double step_deg = 0.05;  // a geodesic leaves the straight line by 1e-7 of its length
  double area = geodesic_area_m2(refined(polygon.outer, step_deg));
  for (const Places& hole : polygon.holes) area -= geodesic_area_m2(refined(hole, step_deg));
  return area;
}

}  // namespace lantian
