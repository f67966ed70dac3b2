#include "geojson.hpp"

#include "support/case_text.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

std::string collection(const std::string& geometry, const std::string& properties = R"({"name":"A"})",
                       const std::string& members = "") {
  return R"({"type":"FeatureCollection",)" + members + R"("features":[{"type":"Feature","properties":)" +
         properties + R"(,"geometry":)" + geometry + "}]}";
}

std::string line(const std::string& coordinates) {
  return R"({"type":"LineString","coordinates":)" + coordinates + "}";
}
std::string polygon(const std::string& coordinates) {
  return R"({"type":"Polygon","coordinates":)" + coordinates + "}";
}

/// All faults of a text, without the file's name.
std::string faults(const std::string& text, GeometryKind kind) {
  const TemporaryFolder folder;
  const std::string path = folder.file("map.geojson");
  write_text(path, text);
  Problems problems;
  try {
    FeatureFaults faults(path);
    (void)read_geojson(path, kind, "name", faults);
    faults.tell(problems);
  } catch (const Error& error) {
    problems.add(error);
  }
  std::string all;
  for (const std::string& one : problems.sentences()) {
    if (!all.empty()) all += '\n';
    all.append(one, path.size() + 2);
  }
  return all;
}
std::string of_line(const std::string& coordinates) {
  return faults(collection(line(coordinates)), GeometryKind::lines);
}
std::string of_polygon(const std::string& coordinates) {
  return faults(collection(polygon(coordinates)), GeometryKind::polygons);
}

TEST(GeoJson, ReadsLinesRingsHolesAndProperties) {
  const TemporaryFolder folder;
  write_text(
      folder.file("a.geojson"),
      R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},
             "features":[
             {"type":"Feature","properties":{"name":"环湾路","cars":1200,"note":"x","none":null},
              "geometry":{"type":"MultiLineString","coordinates":[[[120,36],[120.1,36,5.0]],[[121,36],[121,37]]]}}]})");
  FeatureFaults faults("a");
  const auto lines = read_geojson(folder.file("a.geojson"), GeometryKind::lines, "name", faults);
  EXPECT_TRUE(faults.empty());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].at.name, "环湾路");
  EXPECT_EQ(lines[0].lines.size(), 2U);
  EXPECT_EQ(lines[0].properties.at("cars").number, 1200.0);
  EXPECT_EQ(lines[0].properties.at("note").text, "x");
  EXPECT_TRUE(lines[0].properties.at("none").is_null());
  write_text(folder.file("b.geojson"),
             collection(polygon("[[[0,0],[4,0],[4,4],[4,4],[0,4],[0,0]],[[1,1],[1,2],[2,2],[1,1]]]")));
  const auto areas = read_geojson(folder.file("b.geojson"), GeometryKind::polygons, "name", faults);
  ASSERT_EQ(areas.size(), 1U);
  EXPECT_EQ(areas[0].polygons[0].outer.size(), 5U) << "the repeated corner is one";
  EXPECT_EQ(areas[0].polygons[0].holes.size(), 1U);
}

TEST(GeoJson, SaysWhatTheFileIsInsteadOfACollection) {
  EXPECT_EQ(faults("[]", GeometryKind::lines),
            "is no GeoJSON object but []; a GeoJSON FeatureCollection is needed");
  EXPECT_EQ(faults(R"({"type":"Feature"})", GeometryKind::lines),
            "its type is \"Feature\"; a GeoJSON FeatureCollection is needed");
  EXPECT_EQ(faults(R"({"type":"FeatureCollection","features":{}})", GeometryKind::lines),
            "its member \"features\" is no array; a GeoJSON FeatureCollection is needed");
  EXPECT_EQ(faults(R"({"type":"FeatureCollection","features":[]})", GeometryKind::lines), "holds no feature");
  EXPECT_EQ(faults(R"({"type":)", GeometryKind::lines).substr(0, 38),
            "is no JSON: parse error at line 1, col");
  EXPECT_EQ(faults(collection(line("[[1e999,36],[120,36]]")), GeometryKind::lines).substr(0, 12),
            "is no JSON: ")
      << "JSON has no infinite number";
}

TEST(GeoJson, RefusesOtherCoordinates) {
  EXPECT_EQ(faults(collection(line("[[120,36],[121,36]]"), "{}",
                              R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},)"),
                   GeometryKind::lines),
            "crs: \"urn:ogc:def:crs:EPSG::3857\" is not longitude and latitude on WGS 84 (CRS84, EPSG:4326); "
            "transform the file, as with ogr2ogr -t_srs EPSG:4326");
  EXPECT_EQ(
      of_line("[[36,120],[36,121]]"),
      "features[0] \"A\": a place is [36, 120]; longitudes lie within -180 and 180, latitudes within -90 "
      "and 90: they seem to be swapped");
  EXPECT_EQ(
      of_line("[[13358000,4300000],[13359000,4300000]]"),
      "features[0] \"A\": a place is [13358000, 4300000]; longitudes lie within -180 and 180, latitudes "
      "within -90 and 90: these seem to be metres on a map; transform the file to WGS 84");
}

TEST(GeoJson, NamesFaultsOfLines) {
  EXPECT_EQ(of_line("[[120,36]]"), "features[0] \"A\": a line has one place; two are the least");
  EXPECT_EQ(of_line("[]"),
            "features[0] \"A\": its coordinates are []; places [longitude, latitude] are needed");
  EXPECT_EQ(of_line("[[120,36],[\"121\",36]]"),
            "features[0] \"A\": a place is [\"121\",36]; [longitude, latitude] in degrees is needed");
  EXPECT_EQ(of_line("[[179,36],[-179,36]]"),
            "features[0] \"A\": a segment runs from [179, 36] to [-179, 36]; cut it at the antimeridian (RFC "
            "7946, section 3.1.9)");
  EXPECT_EQ(faults(collection(R"({"type":"Point","coordinates":[120,36]})"), GeometryKind::lines),
            "features[0] \"A\": its geometry is Point; LineString or MultiLineString is needed");
  EXPECT_EQ(faults(collection("null"), GeometryKind::lines),
            "features[0] \"A\": has no geometry; LineString or MultiLineString is needed");
}

TEST(GeoJson, NamesFaultsOfPolygons) {
  EXPECT_EQ(of_polygon("[[[0,0],[10,10],[20,20],[0,0]]]"),
            "features[0] \"A\": the ring from [0, 0] encloses no area; its places must not lie on one line");
  EXPECT_EQ(
      of_polygon("[[[0,0],[1,0],[1,1],[0,1]]]"),
      "features[0] \"A\": a ring begins at [0, 0] and ends at [0, 1]; close it: its last place is its first");
  EXPECT_EQ(
      of_polygon("[[[0,0],[1,0],[0,0],[0,0]]]"),
      "features[0] \"A\": a ring has 4 places, of which 2 differ; four with three that differ are the least");
  EXPECT_EQ(
      of_polygon("[[[0,0],[1,1],[1,0],[0,1],[0,0]]]"),
      "features[0] \"A\": a ring crosses or touches itself near [1, 0]; mend it, as with \"Fix geometries\" "
      "of QGIS");
  EXPECT_EQ(
      of_polygon("[[[0,0],[1,0],[1,1],[0,1],[0,0]],[[2,2],[3,2],[3,3],[2,2]]]"),
      "features[0] \"A\": a hole reaches out of its polygon at [2, 2]; the first ring of a polygon is its "
      "border, all others are holes in it");
}

TEST(GeoJson, TellsTheFirstFaultOfAKindAndHowManyFeaturesHaveIt) {
  const std::string open =
      R"({"type":"Feature","properties":{},"geometry":)" + polygon("[[[0,0],[1,0],[1,1],[0,1]]]") + "}";
  EXPECT_EQ(
      faults(R"({"type":"FeatureCollection","features":[)" + open + "," + open + "," + open + "]}",
             GeometryKind::polygons),
      "features[0]: a ring begins at [0, 0] and ends at [0, 1] (one of 3 such features); close it: its last "
      "place is its first");
}

}  // namespace
}  // namespace lantian
