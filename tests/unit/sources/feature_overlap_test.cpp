#include "feature_overlap.hpp"

#include "compensated_sum.hpp"
#include "support/made_sources.hpp"

#include "lantian/grid/geodesic.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace lantian {
namespace {

using testing::grid_config;
using testing::Numbers;

// Thousands of pieces, each with a handful of roundings; sums are compensated.
constexpr double closes = 1.0e-12;

double inside_of(const FeatureOverlap& overlap) {
  CompensatedSum sum;
  for (const CellShare& one : overlap.shares) sum.add(one.share);
  return sum.value();
}

double share_in(const FeatureOverlap& overlap, int row, int column) {
  double share = 0.0;
  for (const CellShare& one : overlap.shares)
    if (one.row == row && one.column == column) share += one.share;
  return share;
}

/// Grid of 0.1 degrees whose south-west corner is 120 E, 36 N: hand values are easy on it.
HorizontalGrid degree_grid() {
  GridConfig config = grid_config("lon_lat", 10, 8, 10000.0);
  config.centre_longitude_deg = 120.5;
  config.centre_latitude_deg = 36.4;
  return HorizontalGrid::from_config(config);
}

class FeaturesOn : public ::testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] static HorizontalGrid grid() {
    return HorizontalGrid::from_config(grid_config(GetParam(), 23, 17, 9000.0));
  }
};

TEST(LineOverlap, AMeridianIsSharedByTheLengthsInItsCells) {
  const FeatureOverlap overlap = line_overlap({{{120.25, 36.05}, {120.25, 36.35}}}, degree_grid());
  EXPECT_NEAR(overlap.extent, geodesic_length_m({120.25, 36.05}, {120.25, 36.35}), 1.0e-4);
  ASSERT_EQ(overlap.shares.size(), 4U);
  // Half a cell, two whole ones, half a cell of 0.3 degrees; degrees grow by 1e-5 of their length a cell.
  EXPECT_NEAR(share_in(overlap, 0, 2), 0.5 / 3.0, 1.0e-5);
  EXPECT_NEAR(share_in(overlap, 1, 2), 1.0 / 3.0, 1.0e-5);
  EXPECT_NEAR(share_in(overlap, 2, 2), 1.0 / 3.0, 1.0e-5);
  EXPECT_NEAR(share_in(overlap, 3, 2), 0.5 / 3.0, 1.0e-5);
  EXPECT_NEAR(inside_of(overlap), 1.0, closes);
}

TEST(LineOverlap, ALineAcrossTheEdgeOfTheDomainIsInsideByItsLengthInside) {
  // From 0.3 degrees west of the grid to 0.1 degrees into it.
  const FeatureOverlap overlap = line_overlap({{{119.7, 36.55}, {120.1, 36.55}}}, degree_grid());
  EXPECT_NEAR(inside_of(overlap), 0.25, 1.0e-9);
  ASSERT_EQ(overlap.shares.size(), 1U);
  EXPECT_EQ(overlap.shares[0].row, 5);
  EXPECT_EQ(overlap.shares[0].column, 0);
}

TEST(LineOverlap, ALineThroughTheWholeDomainLosesItsEnds) {
  const FeatureOverlap overlap = line_overlap({{{119.5, 36.05}, {121.5, 36.05}}}, degree_grid());
  EXPECT_EQ(overlap.shares.size(), 10U);
  EXPECT_NEAR(inside_of(overlap), 0.5, 1.0e-9);
}

TEST(LineOverlap, ALineAlongABorderOfCellsCountsOnce) {
  const HorizontalGrid grid = degree_grid();
  const double border_deg = grid.corner(3, 0).latitude_deg;
  const FeatureOverlap along = line_overlap({{{120.05, border_deg}, {120.85, border_deg}}}, grid);
  EXPECT_NEAR(inside_of(along), 1.0, closes);
  const double column_deg = grid.corner(0, 4).longitude_deg;
  const FeatureOverlap upwards = line_overlap({{{column_deg, 36.1}, {column_deg, 36.7}}}, grid);
  EXPECT_NEAR(inside_of(upwards), 1.0, closes);
}

TEST(LineOverlap, LinesFarAwayAndBeyondTheProjectionAreOutside) {
  const HorizontalGrid lambert = HorizontalGrid::from_config(grid_config("lambert", 23, 17, 9000.0)),
                       mercator = HorizontalGrid::from_config(grid_config("mercator", 23, 17, 9000.0));
  const std::vector<Places> far = {
      {{10.0, 50.0}, {11.0, 50.0}}, {{0.0, -89.9}, {10.0, -90.0}}, {{-62.1, 36.3}, {-61.9, 36.3}}};
  for (const HorizontalGrid* grid : {&lambert, &mercator})
    for (const Places& line : far) {
      const FeatureOverlap overlap = line_overlap({line}, *grid);
      EXPECT_GT(overlap.extent, 0.0);
      EXPECT_TRUE(overlap.shares.empty());
    }
}

TEST(LineOverlap, ALineOfNoLengthHasNoShares) {
  const FeatureOverlap overlap = line_overlap({{{120.2, 36.2}, {120.2, 36.2}}}, degree_grid());
  EXPECT_EQ(overlap.extent, 0.0);
  EXPECT_TRUE(overlap.shares.empty());
}

TEST_P(FeaturesOn, RandomLinesInsideLoseNothing) {
  const HorizontalGrid model = grid();
  Numbers numbers(11);
  for (int n = 0; n < 200; ++n) {
    Places line;
    const int places = numbers.whole(2, 40);
    for (int p = 0; p < places; ++p)
      line.push_back({numbers.between(119.8, 120.8), numbers.between(36.0, 36.6)});
    const FeatureOverlap overlap = line_overlap({line}, model);
    for (const CellShare& one : overlap.shares) EXPECT_GT(one.share, 0.0);
    EXPECT_NEAR(inside_of(overlap), 1.0, closes);
  }
}

TEST_P(FeaturesOn, TheLengthInACellIsThatOfTheLineCutByHand) {
  // A line from the middle of one cell to that of its neighbour: half of it, but for the curvature of the map
  // (1e-4 of a cell's width over 9 km, and the change of scale), lies in each.
  const HorizontalGrid model = grid();
  const FeatureOverlap overlap = line_overlap({{model.centre(8, 11), model.centre(8, 12)}}, model);
  ASSERT_EQ(overlap.shares.size(), 2U);
  EXPECT_NEAR(share_in(overlap, 8, 11), 0.5, 2.0e-4);
  EXPECT_NEAR(share_in(overlap, 8, 12), 0.5, 2.0e-4);
}

TEST_P(FeaturesOn, AStarOfAnyFormInsideLosesNothing) {
  const HorizontalGrid model = grid();
  const Regridder regridder(model);
  Numbers numbers(12);
  for (int n = 0; n < 100; ++n) {
    Places star;
    const int tips = numbers.whole(3, 30);
    for (int p = 0; p < tips; ++p) {
      const double angle = 2.0 * std::numbers::pi * p / tips, reach = numbers.between(0.02, 0.3);
      star.push_back({120.3 + reach * std::cos(angle), 36.3 + reach * std::sin(angle)});
    }
    star.push_back(star.front());
    const FeatureOverlap overlap = polygon_overlap({{star, {}}}, regridder, model.columns());
    EXPECT_NEAR(inside_of(overlap), 1.0, closes);
  }
}

TEST_P(FeaturesOn, APolygonOverTheWholeGridHoldsEachCellByItsArea) {
  const HorizontalGrid model = grid();
  const Regridder regridder(model);
  const Places wide = {{117.0, 34.0}, {124.0, 34.0}, {124.0, 39.0}, {117.0, 39.0}, {117.0, 34.0}};
  const FeatureOverlap overlap = polygon_overlap({{wide, {}}}, regridder, model.columns());
  ASSERT_EQ(overlap.shares.size(), static_cast<std::size_t>(model.rows() * model.columns()));
  const double flux = overlap.shares[0].share / regridder.cell_area_m2(0, 0);
  for (const CellShare& one : overlap.shares)
    EXPECT_NEAR(one.share / regridder.cell_area_m2(one.row, one.column) / flux, 1.0, closes);
}

TEST_P(FeaturesOn, AHoleOfWholeCellsLeavesNothingThere) {
  const HorizontalGrid model = grid();
  const Regridder regridder(model);
  const Places outer = {{119.9, 35.95}, {120.7, 35.95}, {120.7, 36.65}, {119.9, 36.65}, {119.9, 35.95}};
  const Places hole = {model.corner(7, 10), model.corner(9, 10), model.corner(9, 13), model.corner(7, 13),
                       model.corner(7, 10)};
  const FeatureOverlap overlap = polygon_overlap({{outer, {hole}}}, regridder, model.columns());
  EXPECT_NEAR(inside_of(overlap), 1.0, closes);
  // The hole's edges are straight in longitude and latitude, the cells' on the map: ten metres in 27 km leave
  // some 1e-5 of the polygon, of which a cell has 1e-2.
  for (int row = 7; row < 9; ++row)
    for (int column = 10; column < 13; ++column) EXPECT_LT(share_in(overlap, row, column), 5.0e-5);
  EXPECT_GT(share_in(overlap, 6, 11), 1.0e-3);
  EXPECT_NEAR(overlap.extent, geodesic_area_m2(refined(outer, 0.05)) - geodesic_area_m2(refined(hole, 0.05)),
              1.0);
}

INSTANTIATE_TEST_SUITE_P(Projections, FeaturesOn,
                         ::testing::Values("lambert", "mercator", "polar_stereographic", "utm", "lon_lat"),
                         [](const auto& which) { return std::string(which.param); });

TEST(PolygonOverlap, ARectangleOverFourCellsIsSharedByHand) {
  // 0.02 x 0.08 of it lie west, 0.06 east of the border at 120.1; by latitude half and half.
  const HorizontalGrid grid = degree_grid();
  const Regridder regridder(grid);
  const Places box = {{120.08, 36.06}, {120.16, 36.06}, {120.16, 36.14}, {120.08, 36.14}, {120.08, 36.06}};
  const FeatureOverlap overlap = polygon_overlap({{box, {}}}, regridder, grid.columns());
  ASSERT_EQ(overlap.shares.size(), 4U);
  const double south =
      (std::sin(36.1 * std::numbers::pi / 180.0) - std::sin(36.06 * std::numbers::pi / 180.0)) /
      (std::sin(36.14 * std::numbers::pi / 180.0) - std::sin(36.06 * std::numbers::pi / 180.0));
  EXPECT_NEAR(share_in(overlap, 0, 0), 0.25 * south, 1.0e-9);
  EXPECT_NEAR(share_in(overlap, 0, 1), 0.75 * south, 1.0e-9);
  EXPECT_NEAR(share_in(overlap, 1, 0), 0.25 * (1.0 - south), 1.0e-9);
  EXPECT_NEAR(share_in(overlap, 1, 1), 0.75 * (1.0 - south), 1.0e-9);
}

TEST(PolygonOverlap, ASlantedTriangleAcrossTheEdgeIsInsideByItsArea) {
  // Its right angle lies 0.1 degrees south of the grid, its tip 0.1 degrees in it: what lies above half the
  // height of a triangle is a quarter of it.
  const HorizontalGrid grid = degree_grid();
  const Places triangle = {{120.0, 35.9}, {120.2, 35.9}, {120.0, 36.1}, {120.0, 35.9}};
  const FeatureOverlap overlap = polygon_overlap({{triangle, {}}}, Regridder(grid), grid.columns());
  EXPECT_NEAR(inside_of(overlap), 0.25, 1.0e-3);  // degrees of longitude narrow by 1.3e-3 of themselves
}

TEST(Rings, ABowTieTouchesItselfAndASquareDoesNot) {
  EXPECT_FALSE(self_contact({{0.0, 0.0}, {1.0, 0.0}, {1.0, 1.0}, {0.0, 1.0}, {0.0, 0.0}}));
  EXPECT_TRUE(self_contact({{0.0, 0.0}, {1.0, 1.0}, {1.0, 0.0}, {0.0, 1.0}, {0.0, 0.0}}));
  EXPECT_TRUE(
      self_contact({{0.0, 0.0}, {2.0, 0.0}, {1.0, 1.0}, {2.0, 2.0}, {0.0, 2.0}, {1.0, 1.0}, {0.0, 0.0}}))
      << "a place that two turns share";
}

}  // namespace
}  // namespace lantian
