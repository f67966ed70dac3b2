#include "lantian/grid/geodesic.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numbers>

namespace lantian {
namespace {

TEST(Geodesic, ADegreeOfTheEquatorIsItsPartOfTheCircle) {
  EXPECT_NEAR(geodesic_length_m({0.0, 0.0}, {1.0, 0.0}), std::numbers::pi * 6378137.0 / 180.0, 1.0e-6);
}

TEST(Geodesic, TheQuarterMeridianHasItsPublishedLength) {
  // 10 001 965.729 m: Karney (2013) and any table of WGS 84.
  EXPECT_NEAR(geodesic_length_m({120.0, 0.0}, {120.0, 90.0}), 10001965.729, 1.0e-3);
}

TEST(Geodesic, AnOctantIsTheEighthOfTheEllipsoid) {
  // 510 065 621 724 089 m2: the surface of WGS 84.
  const std::array<LonLat, 3> octant = {LonLat{0.0, 0.0}, {90.0, 0.0}, {0.0, 90.0}};
  EXPECT_NEAR(geodesic_area_m2(octant) / (510065621724089.0 / 8.0), 1.0, 1.0e-12);
}

TEST(Geodesic, TheSenseOfTurningAndADoubledCornerDoNotMatter) {
  const std::array<LonLat, 4> left = {LonLat{120.0, 36.0}, {121.0, 36.0}, {121.0, 37.0}, {120.0, 36.0}};
  const std::array<LonLat, 3> right = {LonLat{121.0, 37.0}, {121.0, 36.0}, {120.0, 36.0}};
  EXPECT_NEAR(geodesic_area_m2(left) / geodesic_area_m2(right), 1.0, 1.0e-12);
}

}  // namespace
}  // namespace lantian
