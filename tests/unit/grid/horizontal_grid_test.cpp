#include "lantian/grid/horizontal_grid.hpp"

#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace lantian {
namespace {

GridConfig grid_named(const std::string& projection) {
  GridConfig config;
  config.projection = projection;
  config.centre_longitude_deg = 120.3;
  config.centre_latitude_deg = 36.2;
  config.standard_parallel_1_deg = projection == "polar_stereographic" ? 60.0 : 30.0;
  config.standard_parallel_2_deg = 45.0;
  config.central_meridian_deg = 119.0;
  config.origin_latitude_deg = 36.0;
  config.utm_zone = 51;
  config.columns = 40;
  config.rows = 50;
  config.cell_size_m = 3000.0;
  config.cell_size_deg = 0.03;
  return config;
}

const std::vector<std::string> projections = {"lambert", "mercator", "polar_stereographic", "utm", "lon_lat"};

/// Area of a spherical polygon with great-circle edges [m2], by summed angles of triangles from the first
/// corner.
/// @see Todhunter (1886), Spherical Trigonometry, art. 102 (L'Huilier's formula by Eriksson 1990, eq. 6).
double spherical_area_m2(const std::vector<LonLat>& corners, double radius_m) {
  const auto unit = [](LonLat p) {
    const double lon = p.longitude_deg * std::numbers::pi / 180.0,
                 lat = p.latitude_deg * std::numbers::pi / 180.0;
    return std::array<double, 3>{std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
  };
  const auto dot = [](const auto& a, const auto& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; };
  const auto triple = [](const auto& a, const auto& b, const auto& c) {
    return a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) +
           a[2] * (b[0] * c[1] - b[1] * c[0]);
  };
  double excess = 0.0;
  const auto a = unit(corners[0]);
  for (std::size_t n = 1; n + 1 < corners.size(); ++n) {
    const auto b = unit(corners[n]), c = unit(corners[n + 1]);
    excess += 2.0 * std::atan2(triple(a, b, c), 1.0 + dot(a, b) + dot(b, c) + dot(c, a));
  }
  return excess * radius_m * radius_m;
}

/// The outline of a grid, corner by corner, counter-clockwise.
std::vector<LonLat> outline(const HorizontalGrid& grid) {
  std::vector<LonLat> corners;
  for (int i = 0; i < grid.columns(); ++i) corners.push_back(grid.corner(0, i));
  for (int j = 0; j < grid.rows(); ++j) corners.push_back(grid.corner(j, grid.columns()));
  for (int i = grid.columns(); i > 0; --i) corners.push_back(grid.corner(grid.rows(), i));
  for (int j = grid.rows(); j > 0; --j) corners.push_back(grid.corner(j, 0));
  return corners;
}

TEST(G1Projection, ReturnsToWithinTenNanometresOnEveryProjection) {
  for (const std::string& name : projections) {
    const HorizontalGrid grid = HorizontalGrid::from_config(grid_named(name));
    const double metres_per_unit = name == "lon_lat" ? 111000.0 : 1.0;
    for (int j = 0; j < grid.rows(); j += 7) {
      for (int i = 0; i < grid.columns(); i += 7) {
        const ProjectedPoint there = grid.centre_xy(j, i),
                             back = grid.projection().forward(grid.centre(j, i));
        EXPECT_NEAR(back.x_m * metres_per_unit, there.x_m * metres_per_unit, 1.0e-8) << name;
        EXPECT_NEAR(back.y_m * metres_per_unit, there.y_m * metres_per_unit, 1.0e-8) << name;
      }
    }
  }
}

TEST(G1Area, SumOfCellsIsTheSphericalPolygonOfTheOutline) {
  // The outline's edges are great circles between corners 3 km apart; that costs about 1e-8.
  for (const std::string& name : projections) {
    const HorizontalGrid grid = HorizontalGrid::from_config(grid_named(name));
    double sum_m2 = 0.0;
    for (int j = 0; j < grid.rows(); ++j)
      for (int i = 0; i < grid.columns(); ++i) sum_m2 += grid.cell_area_m2(j, i);
    EXPECT_NEAR(sum_m2 / spherical_area_m2(outline(grid), grid.sphere_radius_m()), 1.0, 1.0e-6) << name;
  }
}

/// Great-circle distance [m], by the haversine formula.
double distance_m(LonLat a, LonLat b, double radius_m) {
  constexpr double radian = std::numbers::pi / 180.0;
  const double half_lat = std::sin(0.5 * radian * (b.latitude_deg - a.latitude_deg)),
               half_lon = std::sin(0.5 * radian * (b.longitude_deg - a.longitude_deg));
  return 2.0 * radius_m *
         std::asin(std::sqrt(half_lat * half_lat + std::cos(radian * a.latitude_deg) *
                                                       std::cos(radian * b.latitude_deg) * half_lon *
                                                       half_lon));
}

TEST(HorizontalGrid, FacesAreAsLongAsTheirCornersAreApart) {
  // Midpoint rule over 3 km of a scale that changes by 1e-4 a cell, and an arc against its great circle:
  // 1e-7.
  for (const std::string& name : projections) {
    const HorizontalGrid grid = HorizontalGrid::from_config(grid_named(name));
    const double radius_m = grid.sphere_radius_m();
    for (int j = 0; j < grid.rows(); j += 13)
      for (int i = 0; i < grid.columns(); i += 13) {
        EXPECT_NEAR(
            grid.x_face_length_m(j, i) / distance_m(grid.corner(j, i), grid.corner(j + 1, i), radius_m), 1.0,
            1.0e-7)
            << name;
        EXPECT_NEAR(
            grid.y_face_length_m(j, i) / distance_m(grid.corner(j, i), grid.corner(j, i + 1), radius_m), 1.0,
            1.0e-7)
            << name;
      }
  }
}

TEST(HorizontalGrid, IdentityTellsSphereProjectionAndPlaceApart) {
  const HorizontalGrid grid = HorizontalGrid::from_config(grid_named("lambert"));
  EXPECT_EQ(grid.identity(), HorizontalGrid::from_config(grid_named("lambert")).identity());
  GridConfig other = grid_named("lambert");
  other.sphere_radius_m = 6371000.0;
  EXPECT_NE(grid.identity(), HorizontalGrid::from_config(other).identity());
  other = grid_named("lambert");
  other.centre_longitude_deg += 1.0e-4;
  EXPECT_NE(grid.identity(), HorizontalGrid::from_config(other).identity());
  EXPECT_NE(grid.identity(), HorizontalGrid::from_config(grid_named("mercator")).identity());
}

TEST(HorizontalGrid, RefusesAWindowThatLeavesIt) {
  const HorizontalGrid grid = HorizontalGrid::from_config(grid_named("lambert"));
  try {
    static_cast<void>(grid.window(30, 0, 20, 10));
    FAIL() << "must throw";
  } catch (const ConfigError& error) {
    EXPECT_EQ(std::string(error.what()),
              "grid.window: columns 30..49 and rows 0..9 do not lie in the grid of 40 x 50 cells");
  }
}

TEST(HorizontalGrid, LocatesTheCentreOfEachCellInItAndNothingOutside) {
  for (const std::string& name : projections) {
    const HorizontalGrid grid = HorizontalGrid::from_config(grid_named(name));
    EXPECT_EQ(grid.locate(grid.centre(17, 33)), (HorizontalGrid::Cell{17, 33})) << name;
    EXPECT_EQ(grid.locate({100.0, 36.0}), std::nullopt) << name;
  }
}

TEST(HorizontalGrid, LocatesLongitudesWrittenFromZeroTo360) {
  const HorizontalGrid grid = HorizontalGrid::from_config(grid_named("lon_lat"));
  EXPECT_EQ(grid.locate({120.3 - 360.0, 36.2}), grid.locate({120.3, 36.2}));
}

TEST(HorizontalGrid, WindowKeepsTheCellsWhereTheyAre) {
  const HorizontalGrid grid = HorizontalGrid::from_config(grid_named("lambert"));
  const HorizontalGrid part = grid.window(5, 9, 20, 10);
  EXPECT_NEAR(part.centre(0, 0).longitude_deg, grid.centre(9, 5).longitude_deg, 1.0e-12);
  EXPECT_NEAR(part.cell_area_m2(3, 4), grid.cell_area_m2(12, 9),
              1.0e-3);  // of 9e6 m2: rounding of projected metres
  EXPECT_NE(part.identity(), grid.identity());
}

}  // namespace
}  // namespace lantian
