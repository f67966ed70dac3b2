#include "lantian/grid/geodesic.hpp"

#include <geodesic.h>

#include <cmath>

namespace lantian {

namespace {

geod_geodesic wgs84() {
  geod_geodesic ellipsoid{};
  geod_init(&ellipsoid, 6378137.0, 1.0 / 298.257223563);
  return ellipsoid;
}

}  // namespace

double geodesic_length_m(LonLat from, LonLat to) {
  static const geod_geodesic ellipsoid = wgs84();
  double length_m = 0.0;
  geod_inverse(&ellipsoid, from.latitude_deg, from.longitude_deg, to.latitude_deg, to.longitude_deg,
               &length_m, nullptr, nullptr);
  return length_m;
}

double geodesic_area_m2(std::span<const LonLat> ring) {
  static const geod_geodesic ellipsoid = wgs84();
  geod_polygon polygon{};
  geod_polygon_init(&polygon, 0);
  for (const LonLat at : ring) geod_polygon_addpoint(&ellipsoid, &polygon, at.latitude_deg, at.longitude_deg);
  double area_m2 = 0.0;
  geod_polygon_compute(&ellipsoid, &polygon, 0, 1, &area_m2, nullptr);
  return std::fabs(area_m2);
}

}  // namespace lantian
