#include "enterprise_list.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace lantian {
namespace {

double apart_m(LonLat a, LonLat b) {
  const double degree_m = 6371000.0 * std::numbers::pi / 180.0;
  const double east =
      (a.longitude_deg - b.longitude_deg) * std::cos(a.latitude_deg * std::numbers::pi / 180.0);
  return degree_m * std::hypot(east, a.latitude_deg - b.latitude_deg);
}

TEST(Gcj02, IsTurnedBackToAMetre) {
  // Places in Shanghai, Shenzhen and Beijing whose shifted coordinates are widely published.
  EXPECT_LT(apart_m(from_gcj02({121.531541859215, 31.17530398364597}), {121.5272106, 31.1774276}), 1.0);
  EXPECT_LT(apart_m(from_gcj02({113.9171764808363, 22.540796131694766}), {113.912316, 22.543847}), 1.0);
  EXPECT_LT(apart_m(from_gcj02({116.38404722455657, 39.91334545536069}), {116.377817, 39.911954}), 1.0);
}

TEST(Gcj02, MovesAPlaceByHundredsOfMetres) {
  for (double lat = 20.0; lat < 50.0; lat += 2.7) {
    for (double lon = 75.0; lon < 135.0; lon += 3.1) {
      const double moved_m = apart_m(from_gcj02({lon, lat}), {lon, lat});
      EXPECT_GT(moved_m, 30.0) << lon << " " << lat;
      EXPECT_LT(moved_m, 1200.0) << lon << " " << lat;
    }
  }
}

TEST(Gcj02, KeepsNeighboursNeighbours) {
  const LonLat here = from_gcj02({120.38, 36.07}), beside = from_gcj02({120.381, 36.07});
  EXPECT_NEAR(apart_m(here, beside) / apart_m({120.38, 36.07}, {120.381, 36.07}), 1.0, 0.01);
}

}  // namespace
}  // namespace lantian
