#include "plume_shapes.hpp"

#include "support/case_text.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian::steady {

namespace {

const Projection utm_51("+proj=utm +zone=51 +datum=WGS84 +units=m +no_defs");

/// A square of 0.02 degrees with a square hole of 0.01, as GeoJSON.
constexpr const char* square_with_hole = R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"name": "quay", "so2": 3.0}, "geometry": {"type": "Polygon", "coordinates": [
    [[120.30, 36.10], [120.32, 36.10], [120.32, 36.12], [120.30, 36.12], [120.30, 36.10]],
    [[120.305, 36.105], [120.315, 36.105], [120.315, 36.115], [120.305, 36.115], [120.305, 36.105]]]}}]})";

Case case_with_area(const std::string& folder) {
  Case configuration;
  configuration.directory = folder;
  configuration.run.start = from_civil(2020, 3, 30);
  configuration.run.end = from_civil(2020, 3, 31);
  FeatureConfig area;
  area.sector = "port";
  area.file = "areas.geojson";
  area.units = "t/yr";
  area.variables = {{"SO2", "so2"}};
  configuration.emissions.areas = {area};
  return configuration;
}

double area_on_map_m2(const std::vector<plume::Position>& ring) {
  double twice = 0.0;
  for (std::size_t n = 0; n < ring.size(); ++n) {
    const plume::Position &a = ring[n], &b = ring[(n + 1) % ring.size()];
    twice += (a.x_m - ring[0].x_m) * (b.y_m - ring[0].y_m) - (b.x_m - ring[0].x_m) * (a.y_m - ring[0].y_m);
  }
  return 0.5 * std::fabs(twice);
}

TEST(PlumeShapes, LeaveTheHoleOfAnAreaWithoutEmission) {
  const TemporaryFolder folder;
  write_text(folder.path() + "/areas.geojson", square_with_hole);
  Problems problems;
  const PlumeEmitters emitters(case_with_area(folder.path()), problems);
  ASSERT_TRUE(problems.empty()) << problems.sentences().front();
  ASSERT_EQ(emitters.all().size(), 1U);
  EXPECT_EQ(emitters.all()[0].t_yr.at("SO2"), 3.0);
  const PlumePhysicsConfig config;
  const std::vector<PlacedShape> shapes = PlumeShapes(utm_51, config).areas(emitters.all()[0]);
  ASSERT_EQ(shapes.size(), 1U);
  const plume::Source& source = shapes[0].source;
  // Three quarters of the outer square: 1 g/s over it, whatever the way round of the rings.
  std::vector<plume::Position> outer(source.vertices.begin(), source.vertices.begin() + 4);
  const double quarter = 1.0e-4;  // degrees of longitude shrink by 1e-4 within the square
  EXPECT_NEAR(1.0 / source.emission / area_on_map_m2(outer), 0.75, quarter);
  EXPECT_NEAR(source.release_height_m, 1.3, 1.0e-12);
  EXPECT_NEAR(source.initial_sigma_z_m, 2.6 / 2.15, 1.0e-12);
}

TEST(PlumeShapes, ShareALineAmongItsPieces) {
  PlumeEmitter road;
  road.kind = PlumeEmitter::Kind::line;
  road.places = {{{120.30, 36.10}, {120.31, 36.10}, {120.31, 36.10}, {120.31, 36.13}}};
  const PlumePhysicsConfig config;
  const std::vector<PlacedShape> pieces = PlumeShapes(utm_51, config).lines(road);
  ASSERT_EQ(pieces.size(), 2U) << "a piece without length emits nothing";
  double emitted_g_s = 0.0;
  for (const PlacedShape& piece : pieces) {
    const auto& ends = piece.source.vertices;
    EXPECT_EQ(piece.source.shape, plume::SourceShape::road);
    emitted_g_s += piece.source.emission * std::hypot(ends[1].x_m - ends[0].x_m, ends[1].y_m - ends[0].y_m);
  }
  EXPECT_NEAR(emitted_g_s, 1.0, 1.0e-12);
}

TEST(PlumeShapes, LiftALineThatIsNotAtTheGroundAsAStrip) {
  PlumeEmitter lane;
  lane.kind = PlumeEmitter::Kind::line;
  lane.places = {{{120.30, 36.10}, {120.33, 36.12}}};
  lane.is_at_ground = false;
  lane.release_height_m = 46.8;
  lane.spread_m = 26.0;
  const PlumePhysicsConfig config;
  const std::vector<PlacedShape> pieces = PlumeShapes(utm_51, config).lines(lane);
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(pieces[0].source.shape, plume::SourceShape::area);
  EXPECT_NEAR(pieces[0].source.emission * area_on_map_m2(pieces[0].source.vertices), 1.0, 1.0e-9);
  EXPECT_EQ(pieces[0].source.release_height_m, 46.8);
  EXPECT_EQ(pieces[0].source.initial_sigma_z_m, 26.0);
}

}  // namespace

}  // namespace lantian::steady
