#include "enterprise_list.hpp"

#include <cmath>
#include <numbers>

namespace lantian {

namespace {

using std::numbers::pi;

/// Offset of GCJ-02 from WGS-84 [degrees]: the polynomial and waves that map makers have published.
LonLat offset(LonLat at) {
  const double x = at.longitude_deg - 105.0, y = at.latitude_deg - 35.0;
  const double waves = 20.0 * std::sin(6.0 * x * pi) + 20.0 * std::sin(2.0 * x * pi);
  double north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * std::sqrt(std::fabs(x));
  north += (waves + 20.0 * std::sin(y * pi) + 40.0 * std::sin(y / 3.0 * pi) +
            160.0 * std::sin(y / 12.0 * pi) + 320.0 * std::sin(y * pi / 30.0)) *
           2.0 / 3.0;
  double east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::fabs(x));
  east += (waves + 20.0 * std::sin(x * pi) + 40.0 * std::sin(x / 3.0 * pi) + 150.0 * std::sin(x / 12.0 * pi) +
           300.0 * std::sin(x / 30.0 * pi)) *
          2.0 / 3.0;
  constexpr double semi_major_m = 6378245.0, eccentricity_squared = 0.00669342162296594323;
  const double latitude = at.latitude_deg * pi / 180.0, sine = std::sin(latitude);
  const double w = 1.0 - eccentricity_squared * sine * sine, root = std::sqrt(w);
  return {east * 180.0 / (semi_major_m / root * std::cos(latitude) * pi),
          north * 180.0 / (semi_major_m * (1.0 - eccentricity_squared) / (w * root) * pi)};
}

}  // namespace

LonLat from_gcj02(LonLat shifted) {
  LonLat at = shifted;
  for (int n = 0; n < 10; ++n) {  // the offset varies slowly: each pass gains three digits
    const LonLat by = offset(at);
    at = {shifted.longitude_deg - by.longitude_deg, shifted.latitude_deg - by.latitude_deg};
  }
  return at;
}

}  // namespace lantian
