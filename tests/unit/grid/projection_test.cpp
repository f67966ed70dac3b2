#include "lantian/grid/projection.hpp"

#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace lantian {
namespace {

constexpr double radian = std::numbers::pi / 180.0;
constexpr double radius_m = 6370000.0;

const std::vector<std::string> definitions = {
    "+proj=lcc +lat_1=30 +lat_2=45 +lat_0=36 +lon_0=119 +R=6370000",
    "+proj=lcc +lat_1=-20 +lat_2=-45 +lat_0=-36 +lon_0=119 +R=6370000",
    "+proj=merc +lat_ts=30 +lon_0=119 +R=6370000", "+proj=stere +lat_0=90 +lat_ts=60 +lon_0=119 +R=6370000",
    "+proj=tmerc +lat_0=0 +lon_0=123 +k=0.9996 +x_0=500000 +y_0=0 +R=6370000"};

TEST(Projection, GivesTheWorkedExamplesOfSnyder) {
  // Snyder (1987), USGS Prof. Paper 1395, appendix A: Mercator p. 266, Lambert p. 295, both on the unit
  // sphere.
  const Projection mercator("+proj=merc +lat_ts=0 +lon_0=180 +R=1");
  const ProjectedPoint m = mercator.forward({-75.0, 35.0});
  EXPECT_NEAR(m.x_m, 1.8325957, 5.0e-8);
  EXPECT_NEAR(m.y_m, 0.6528366, 5.0e-8);
  EXPECT_NEAR(mercator.map_factor({-75.0, 35.0}).x, 1.2207746, 5.0e-8);
  const Projection lambert("+proj=lcc +lat_1=33 +lat_2=45 +lat_0=23 +lon_0=-96 +R=1");
  const ProjectedPoint l = lambert.forward({-75.0, 35.0});
  EXPECT_NEAR(l.x_m, 0.2966785, 5.0e-8);
  EXPECT_NEAR(l.y_m, 0.2462112, 5.0e-8);
}

TEST(Projection, MapFactorIsLengthOnTheMapOverLengthOnTheSphere) {
  const LonLat at{120.7, 36.4};
  constexpr double step_deg = 1.0e-4;
  for (const std::string& definition : definitions) {
    const Projection projection(definition);
    const ProjectedPoint west = projection.forward({at.longitude_deg - step_deg, at.latitude_deg}),
                         east = projection.forward({at.longitude_deg + step_deg, at.latitude_deg}),
                         south = projection.forward({at.longitude_deg, at.latitude_deg - step_deg}),
                         north = projection.forward({at.longitude_deg, at.latitude_deg + step_deg});
    const double along_m = 2.0 * step_deg * radian * radius_m;
    const double scale_x = std::hypot(east.x_m - west.x_m, east.y_m - west.y_m) /
                           (along_m * std::cos(at.latitude_deg * radian)),
                 scale_y = std::hypot(north.x_m - south.x_m, north.y_m - south.y_m) / along_m;
    // Second differences of step 1e-4 degrees: 1e-12; rounding of 4e6 m over 20 m: 1e-10.
    EXPECT_NEAR(projection.map_factor(at).x, scale_x, 1.0e-9) << definition;
    EXPECT_NEAR(projection.map_factor(at).y, scale_y, 1.0e-9) << definition;
  }
}

TEST(Projection, ConvergenceIsTheClockwiseAngleFromTrueToGridNorth) {
  const LonLat at{120.7, 36.4};
  constexpr double step_deg = 1.0e-4;
  for (const std::string& definition : definitions) {
    const Projection projection(definition);
    const ProjectedPoint south = projection.forward({at.longitude_deg, at.latitude_deg - step_deg}),
                         north = projection.forward({at.longitude_deg, at.latitude_deg + step_deg});
    const double true_north_rad = std::atan2(north.x_m - south.x_m, north.y_m - south.y_m);
    EXPECT_NEAR(projection.grid_convergence_rad(at), -true_north_rad, 1.0e-9) << definition;
  }
  // East of the central meridian meridians lean to the west, so grid north lies to their right.
  EXPECT_GT(Projection(definitions[0]).grid_convergence_rad(at), 0.01);
  EXPECT_EQ(Projection("+proj=longlat +R=6370000").grid_convergence_rad(at), 0.0);
}

TEST(Projection, KeepsItsSphereInTheWellKnownText) {
  for (const std::string& definition : definitions)
    EXPECT_NE(Projection(definition).wkt().find("6370000,0"), std::string::npos) << definition;
}

TEST(Projection, ThatProjDoesNotKnowIsRefused) {
  EXPECT_THROW(Projection("+proj=flat_earth"), ConfigError);
}

}  // namespace
}  // namespace lantian
