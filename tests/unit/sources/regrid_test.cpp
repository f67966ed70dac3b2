#include "regrid.hpp"

#include "compensated_sum.hpp"
#include "support/made_sources.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace lantian {
namespace {

using testing::grid_config;
using testing::Numbers;

// Sums of some thousand pieces, each with a handful of roundings of the map's coordinates (1e-16 of a cell of
// 1e-4 to 1e-3): 1e-12 of the whole.
constexpr double closes = 1.0e-12;

class RegridOn : public ::testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] static HorizontalGrid grid(int columns = 23, int rows = 17, double cell_m = 9000.0) {
    return HorizontalGrid::from_config(grid_config(GetParam(), columns, rows, cell_m));
  }
};

std::array<LonLat, 4> rectangle(double west, double east, double south, double north) {
  return {LonLat{west, south}, {east, south}, {east, north}, {west, north}};
}

/// Edges of an uneven axis from `first` to `last`.
std::vector<double> uneven_edges(Numbers& numbers, double first, double last, int cells) {
  std::vector<double> edges = {first, last};
  for (int n = 1; n < cells; ++n) edges.push_back(numbers.between(first, last));
  std::ranges::sort(edges);
  return edges;
}

TEST_P(RegridOn, RandomInventoriesInsideLoseNothing) {
  const HorizontalGrid model = grid();
  const Regridder regridder(model);
  Numbers numbers(1);
  for (int n = 0; n < 300; ++n) {
    const double west = numbers.between(119.7, 120.7), south = numbers.between(35.9, 36.6);
    const CellOverlap cell = regridder.overlap(
        rectangle(west, west + numbers.between(0.001, 0.3), south, south + numbers.between(0.001, 0.2)),
        true);
    CompensatedSum sum;
    for (const CellShare& one : cell.shares) {
      EXPECT_GT(one.share, 0.0);
      sum.add(one.share);
    }
    EXPECT_NEAR(sum.value(), 1.0, closes);
  }
}

TEST_P(RegridOn, InsideAndOutsideAddUpToTheInventory) {
  // An uneven grid of cells that sticks out on all sides: what lands in the model's cells is their whole
  // area.
  const HorizontalGrid model = grid();
  const Regridder regridder(model);
  Numbers numbers(2);
  const std::vector<double> lon = uneven_edges(numbers, 118.0, 123.0, 25),
                            lat = uneven_edges(numbers, 34.0, 39.0, 30);
  CompensatedSum landed, model_area;
  for (std::size_t j = 0; j + 1 < lat.size(); ++j) {
    for (std::size_t i = 0; i + 1 < lon.size(); ++i) {
      const CellOverlap cell = regridder.overlap(rectangle(lon[i], lon[i + 1], lat[j], lat[j + 1]), true);
      for (const CellShare& one : cell.shares) {
        EXPECT_LE(one.share, 1.0 + closes);
        landed.add(one.share * cell.area_m2);
      }
    }
  }
  for (int j = 0; j < model.rows(); ++j)
    for (int i = 0; i < model.columns(); ++i) model_area.add(regridder.cell_area_m2(j, i));
  EXPECT_NEAR(landed.value() / model_area.value(), 1.0, closes);
}

TEST_P(RegridOn, AConstantFluxStaysConstantInEveryCell) {
  const HorizontalGrid model = grid();
  const Regridder regridder(model);
  Numbers numbers(3);
  const std::vector<double> lon = uneven_edges(numbers, 118.0, 123.0, 40),
                            lat = uneven_edges(numbers, 34.0, 39.0, 40);
  constexpr double flux = 3.7;
  Array2<double> mass(model.rows(), model.columns(), 0.0);
  for (std::size_t j = 0; j + 1 < lat.size(); ++j) {
    for (std::size_t i = 0; i + 1 < lon.size(); ++i) {
      const CellOverlap cell = regridder.overlap(rectangle(lon[i], lon[i + 1], lat[j], lat[j + 1]), true);
      for (const CellShare& one : cell.shares) mass(one.row, one.column) += flux * cell.area_m2 * one.share;
    }
  }
  for (int j = 0; j < model.rows(); ++j)
    for (int i = 0; i < model.columns(); ++i)
      EXPECT_NEAR(mass(j, i) / regridder.cell_area_m2(j, i) / flux, 1.0, closes) << j << " " << i;
}

TEST_P(RegridOn, ItsCellsHaveTheAreaOfTheGrid) {
  // The map's quadrilateral against the map factor in the middle: they differ by the second order of the
  // cell's angle, (9 km / 6370 km)^2 = 2e-6, times a few.
  const HorizontalGrid model = grid();
  const Regridder regridder(model);
  for (int j = 0; j < model.rows(); ++j)
    for (int i = 0; i < model.columns(); ++i)
      EXPECT_NEAR(regridder.cell_area_m2(j, i) / model.cell_area_m2(j, i), 1.0, 1.0e-5);
}

TEST_P(RegridOn, ARectangleAcrossTheEdgeKeepsItsInnerPart) {
  const HorizontalGrid model = grid();
  const Regridder regridder(model);
  const LonLat corner = model.corner(model.rows(), model.columns());
  const CellOverlap cell = regridder.overlap(rectangle(corner.longitude_deg - 0.1, corner.longitude_deg + 0.1,
                                                       corner.latitude_deg - 0.1, corner.latitude_deg + 0.1),
                                             true);
  double inside = 0.0;
  for (const CellShare& one : cell.shares) inside += one.share;
  EXPECT_NEAR(inside, 0.25,
              0.03);  // a quarter, but for the grid's turn against north and the width of degrees
}

TEST_P(RegridOn, TheGridsOwnCellsFallIntoThemselves) {
  const HorizontalGrid model = grid();
  const Regridder regridder(model);
  for (int j = 0; j < model.rows(); ++j) {
    for (int i = 0; i < model.columns(); ++i) {
      const CellOverlap cell = regridder.overlap(
          {model.corner(j, i), model.corner(j, i + 1), model.corner(j + 1, i + 1), model.corner(j + 1, i)},
          false);
      ASSERT_EQ(cell.shares.size(), 1U);
      EXPECT_EQ(cell.shares[0].row, j);
      EXPECT_EQ(cell.shares[0].column, i);
      EXPECT_EQ(cell.shares[0].share, 1.0);
    }
  }
}

TEST_P(RegridOn, AFarCellIsPassedOverQuickly) {
  const Regridder regridder(grid());
  EXPECT_FALSE(regridder.may_touch({.west = -60.0, .east = -59.0, .south = 36.0, .north = 37.0}));
  EXPECT_FALSE(regridder.may_touch({.west = 120.0, .east = 121.0, .south = -37.0, .north = -36.0}));
  EXPECT_TRUE(regridder.may_touch({.west = 120.0, .east = 120.1, .south = 36.0, .north = 36.1}));
  EXPECT_TRUE(regridder.may_touch({.west = -240.0, .east = -239.9, .south = 36.0, .north = 36.1}));
}

INSTANTIATE_TEST_SUITE_P(Projections, RegridOn,
                         ::testing::Values("lambert", "mercator", "polar_stereographic", "utm", "lon_lat"));

TEST(Regrid, WorksAcrossTheDateLine) {
  for (const char* projection : {"lambert", "lon_lat"}) {
    GridConfig config = grid_config(projection, 20, 20, 20000.0);
    config.central_meridian_deg = 180.0;
    config.centre_longitude_deg = 180.0;
    const HorizontalGrid model = HorizontalGrid::from_config(config);
    const Regridder regridder(model);
    for (const double west : {179.7, -180.3, 179.9}) {
      const CellOverlap cell = regridder.overlap(rectangle(west, west + 0.5, 36.0, 36.4), true);
      double inside = 0.0;
      for (const CellShare& one : cell.shares) inside += one.share;
      EXPECT_NEAR(inside, 1.0, closes) << projection << " from " << west;
      EXPECT_TRUE(regridder.may_touch({west, west + 0.5, 36.0, 36.4}));
    }
  }
}

}  // namespace
}  // namespace lantian
