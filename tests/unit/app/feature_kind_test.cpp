// What lantian info says of GeoJSON files.
#include "feature_kind.hpp"

#include "support/temporary_folder.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

namespace lantian {
namespace {

using Lines = std::vector<std::string>;

FeatureSummary summary_of(const std::string& text) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("made.geojson")) << text;
  return read_feature_summary(folder.file("made.geojson"));
}

/// A collection of features, each written as `geometry | properties`.
std::string collection(const std::vector<std::pair<std::string, std::string>>& features,
                       const std::string& more = "") {
  std::string all;
  for (const auto& [geometry, properties] : features)
    all += fmt::format(R"({}{{"type":"Feature","geometry":{},"properties":{}}})", all.empty() ? "" : ",",
                       geometry, properties);
  return R"({"type":"FeatureCollection",)" + more + R"("features":[)" + all + "]}";
}

const std::string road = R"({"type":"LineString","coordinates":[[120.1,36.0],[120.5,36.25,12.0]]})";
const std::string roads =
    R"({"type":"MultiLineString","coordinates":[[[120.0,36.1],[120.2,36.2]],[[120.3,35.9],[120.4,36.0]]]})";
const std::string square =
    R"({"type":"Polygon","coordinates":[[[120.0,36.0],[120.1,36.0],[120.1,36.1],[120.0,36.0]]]})";
const std::string point = R"({"type":"Point","coordinates":[120.0,36.0]})";

TEST(FeatureKind, KnowsLinesTheirExtentAndTheirNumbers) {
  const FeatureSummary features =
      summary_of(collection({{road, R"({"name":"G22","NOx":12.5,"lanes":4})"},
                             {roads, R"({"name":"S1","NOx":3,"lanes":null,"oneway":true})"}}));
  const FileKind kind = kind_of(features);
  EXPECT_EQ(kind.what, "lines, as roads and ship routes");
  EXPECT_EQ(kind.use, "[[emissions.lines]] file");
  EXPECT_EQ(kind.missing, Lines{});
  EXPECT_EQ(kind.remarks, Lines{"variables or traffic name its properties; numbers are NOx, lanes"});
  EXPECT_EQ(page_of(features),
            "features: 2\n"
            "geometries:\n"
            "  LineString: 1\n"
            "  MultiLineString: 1\n"
            "extent: 120.00000 to 120.50000 degrees east, 35.90000 to 36.25000 degrees north\n"
            "properties:\n"
            "  NOx (in 2 of 2): 2 numbers, 3 to 12.5\n"
            "  lanes (in 2 of 2): 1 number, 4; 1 null\n"
            "  name (in 2 of 2): 2 texts, as \"G22\"\n"
            "  oneway (in 1 of 2): 1 other\n");
}

TEST(FeatureKind, TellsAreasThatEmitFromDistricts) {
  const FileKind districts = kind_of(summary_of(collection({{square, R"({"name":"Licang"})"}})));
  EXPECT_EQ(districts.what, "polygons with names, as districts");
  EXPECT_EQ(districts.use, "emissions.districts; receptors.districts of a plume case");
  const FileKind ports = kind_of(
      summary_of(collection({{square, R"({"name":"Qianwan","SO2":1.0})"}, {square, R"({"SO2":2.0})"}})));
  EXPECT_EQ(ports.use, "[[emissions.areas]] file");
  EXPECT_EQ(ports.remarks, Lines{"variables names its properties; numbers are SO2"});
  const FileKind both = kind_of(summary_of(collection({{square, R"({"name":"Qianwan","SO2":1.0})"}})));
  EXPECT_EQ(both.remarks.back(), "also for emissions.districts; receptors.districts of a plume case");
  const FileKind bare = kind_of(summary_of(collection({{square, "{}"}})));
  ASSERT_EQ(bare.missing.size(), 1U);
  EXPECT_EQ(bare.missing.front().substr(0, 30), "a property that is a number, t");
}

TEST(FeatureKind, KnowsBuildingsByTheirListsAndSaysThatPointsAreOfNoUse) {
  EXPECT_EQ(kind_of(summary_of(collection({{"null", R"({"enterprise_id":"E1","height_m":[1,2]})"}}))).use,
            "emissions.buildings of a plume case");
  const FileKind points = kind_of(summary_of(collection({{point, R"({"name":"stack"})"}})));
  EXPECT_EQ(points.use, "");
  EXPECT_EQ(points.remarks, Lines{"stacks of enterprises are given as CSV (emissions.enterprises)"});
}

TEST(FeatureKind, SaysWhatKeepsFeaturesFromBeingRead) {
  const FileKind mixed =
      kind_of(summary_of(collection({{road, R"({"NOx":1})"}, {square, R"({"NOx":1})"}, {"null", "{}"}})));
  EXPECT_EQ(mixed.use, "");
  EXPECT_EQ(mixed.remarks,
            (Lines{"lines go to [[emissions.lines]] and polygons to [[emissions.areas]]: make a file of each",
                   "without a geometry, which each needs: 1 feature"}));
  const FileKind metres = kind_of(summary_of(
      collection({{R"({"type":"LineString","coordinates":[[500000.0,4000000.0],[500100.0,4000000.0]]})",
                   R"({"NOx":1})"}})));
  ASSERT_EQ(metres.missing.size(), 1U);
  EXPECT_NE(metres.missing.front().find("metres on a map"), std::string::npos);
  const FileKind other = kind_of(summary_of(
      collection({{road, R"({"NOx":1})"}},
                 R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32651"}},)")));
  EXPECT_EQ(
      other.missing,
      Lines{"longitude and latitude on WGS 84, not \"urn:ogc:def:crs:EPSG::32651\"; transform the file, "
            "as with ogr2ogr -t_srs EPSG:4326"});
}

TEST(FeatureKind, RefusesWhatIsNoCollection) {
  for (const auto& [text, said] : std::vector<std::pair<std::string, std::string>>{
           {"{", "is no JSON: "},
           {R"({"type":"Feature"})", "its type is \"Feature\"; a GeoJSON FeatureCollection is needed"},
           {R"({"type":"FeatureCollection","features":[]})", "holds no feature"}})
    try {
      (void)summary_of(text);
      FAIL() << text;
    } catch (const DataError& error) {
      EXPECT_NE(std::string(error.what()).find(said), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace lantian
