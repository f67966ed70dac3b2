#include "lantian/sources/elevation_map.hpp"

#include "support/made_ground.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian {

namespace {

const ElevationMap::Box town = {120.2, 120.4, 36.1, 36.3};

ElevationMap map_of(const MadeGround& ground, ElevationMap::Wants wants = {"terrain_m"},
                    const ElevationMap::Box& box = town) {
  const TemporaryFolder folder;
  write_made_ground(folder.file("dem.nc"), ground);
  return {folder.file("dem.nc"), std::move(wants), box};
}

MadeGround plane_that_rises() {
  MadeGround ground;
  ground.height = [](double x, double y) { return 100.0 + 500.0 * (x - 120.0) + 300.0 * (y - 36.0); };
  return ground;
}

TEST(ElevationMap, IsLinearBetweenItsPoints) {
  const ElevationMap map = map_of(plane_that_rises());
  // A plane is given back wherever one asks.
  EXPECT_NEAR(map.height_m({120.2345, 36.1678}).value(), 100.0 + 500.0 * 0.2345 + 300.0 * 0.1678, 1.0e-9);
  EXPECT_NEAR(map.height_m({120.3, 36.2}).value(), 100.0 + 150.0 + 60.0, 1.0e-9);
  EXPECT_FALSE(map.height_m({121.5, 36.2}));
}

TEST(ElevationMap, ReadsLatitudesThatFallAndOtherUnits) {
  const MadeGround ground{.height = plane_that_rises().height, .units = "ft", .falls = true};
  EXPECT_NEAR(map_of(ground).height_m({120.25, 36.15}).value(), 0.3048 * 270.0, 1.0e-9);
}

TEST(ElevationMap, FindsLongitudesThatRunTo360) {
  MadeGround ground;
  ground.west_deg = 239.9;
  ground.height = [](double x, double) { return 10.0 * (x - 239.0); };
  const ElevationMap map = map_of(ground, {"terrain_m"}, {-119.8, -119.6, 36.1, 36.3});
  EXPECT_NEAR(map.height_m({-119.7, 36.2}).value(), 13.0, 1.0e-9);
}

/// A lone point of a height at 120.30, 36.20.
MadeGround peak(double height_m) {
  MadeGround ground;
  ground.height = [height_m](double x, double y) {
    return std::fabs(x - 120.30) < 1.0e-6 && std::fabs(y - 36.20) < 1.0e-6 ? height_m : 0.0;
  };
  return ground;
}

TEST(ElevationMap, CountsHillsThatRiseByATenthOfTheirDistance) {
  // One hundredth of a degree to the north is 1110 m, so that 110 m is just too low there and 112 m high
  // enough.
  const LonLat south{120.30, 36.19};
  EXPECT_EQ(map_of(peak(110.0)).hill_height_m(south, 0.0), 0.0);
  EXPECT_EQ(map_of(peak(112.0)).hill_height_m(south, 0.0), 112.0);
  // What counts is the rise over the place.
  EXPECT_EQ(map_of(peak(112.0)).hill_height_m(south, 5.0), 5.0);
  // To the west a hundredth is 899 m here: 111.32 km cos(36.2 deg).
  EXPECT_EQ(map_of(peak(89.0)).hill_height_m({120.29, 36.20}, 0.0), 0.0);
  EXPECT_EQ(map_of(peak(91.0)).hill_height_m({120.29, 36.20}, 0.0), 91.0);
}

TEST(ElevationMap, LooksNoFurtherThanItsReach) {
  const LonLat south{120.30, 36.15};  // 5.5 km away
  EXPECT_EQ(map_of(peak(2000.0), {"terrain_m", 0.0, 6000.0}).hill_height_m(south, 0.0), 2000.0);
  EXPECT_EQ(map_of(peak(2000.0), {"terrain_m", 0.0, 5000.0}).hill_height_m(south, 0.0), 0.0);
}

TEST(ElevationMap, FindsTheHighestOfAllPointsAsALookAtEachDoes) {
  MadeGround ground;
  ground.height = [](double x, double y) {
    return 400.0 * (1.0 + std::sin(70.0 * x) * std::cos(90.0 * y)) + 50.0 * std::sin(900.0 * x * y);
  };
  const ElevationMap map = map_of(ground, {"terrain_m"}, {119.9, 120.7, 35.9, 36.5});
  for (const LonLat place : {LonLat{120.113, 36.077}, LonLat{120.3, 36.2}, LonLat{120.688, 36.481}}) {
    const double own = map.height_m(place).value();
    double highest = own;
    for (std::size_t j = 0; j < ground.rows; ++j)
      for (std::size_t i = 0; i < ground.columns; ++i) {
        const double x = 119.9 + 0.01 * static_cast<double>(i), y = 35.9 + 0.01 * static_cast<double>(j);
        const double phi = place.latitude_deg * std::acos(-1.0) / 180.0,
                     east =
                         (111412.84 * std::cos(phi) - 93.5 * std::cos(3.0 * phi)) * (x - place.longitude_deg),
                     north = (111132.92 - 559.82 * std::cos(2.0 * phi) + 1.175 * std::cos(4.0 * phi)) *
                             (y - place.latitude_deg);
        if (ground.height(x, y) - own >= 0.1 * std::hypot(east, north))
          highest = std::max(highest, ground.height(x, y));
      }
    EXPECT_NEAR(map.hill_height_m(place, own), highest, 1.0e-9) << place.longitude_deg;
  }
}

TEST(ElevationMap, CountsDepthsOfTheSeaAsItsLeastHeight) {
  MadeGround ground;
  ground.height = [](double x, double) { return x < 120.3 ? -40.0 : 20.0; };
  const ElevationMap map = map_of(ground);
  EXPECT_EQ(map.height_m({120.25, 36.2}).value(), 0.0);
  EXPECT_GT(map.lowered(), 0U);
  EXPECT_EQ(map_of(ground, {"terrain_m", -500.0}).height_m({120.25, 36.2}).value(), -40.0);
}

void expect_refusal(const MadeGround& ground, const std::string& sentence,
                    const ElevationMap::Wants& wants = {"terrain_m"}) {
  try {
    static_cast<void>(map_of(ground, wants));
    ADD_FAILURE() << sentence;
  } catch (const DataError& error) {
    EXPECT_NE(std::string(error.what()).find(sentence), std::string::npos) << error.what();
  }
}

TEST(ElevationMap, RefusesWhatIsNoMapOfHeights) {
  expect_refusal({.is_curvilinear = true}, "terrain_m must lie on (lat, lon), each an axis of one dimension");
  expect_refusal({.units = "K"}, "terrain_m is in \"K\", which is no length");
  expect_refusal({.height = [](double x, double) { return x > 120.3 ? std::nan("") : 0.0; }},
                 "holds no number; give the sea 0");
  expect_refusal({.height = [](double, double) { return 32767.0; }},
                 "is 32767 m; heights lie between -12000 and 9000 m");
  expect_refusal({}, "has no variable height; terrain.variable names the heights", {"height"});
  expect_refusal({.west_deg = 10.0}, "lon runs from 10 to 10.8, and 120.2 to 120.4 are needed");
}

}  // namespace

}  // namespace lantian
