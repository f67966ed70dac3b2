#include "start.hpp"

namespace lantian {

namespace {

/// Roads with traffic and a port, sound as they stand.
const std::string entries = R"([[emissions.lines]]
sector = "street"
file = "roads.geojson"
traffic = { light_petrol = "cars", heavy_diesel = "trucks" }
fleet = "fleet.csv"
speed = "km_h"

[[emissions.areas]]
sector = "port"
file = "ports.geojson"
units = "t/yr"
variables = { NOx = "NOx_t" }
)";
const std::string roads = R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"name": "Ring road", "cars": 40000, "trucks": 3000, "km_h": 35},
 "geometry": {"type": "LineString", "coordinates": [[120.25, 36.15], [120.35, 36.25]]}}]})";
const std::string fleet = "vehicle_class,standard,share\nlight_petrol,china_5,1\nheavy_diesel,china_4,1\n";
const std::string ports = R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"name": "Quay", "NOx_t": 50},
 "geometry": {"type": "Polygon", "coordinates": [[[120.30, 36.20], [120.34, 36.20], [120.34, 36.24], [120.30, 36.20]]]}}]})";

/// Adds them to the start with `old` become `fresh` in the one text that holds it.
std::function<void(Start&)> features(const std::string& old, const std::string& fresh) {
  return [=](Start& start) {
    const auto spoiled = [&](const std::string& text) {
      return text.find(old) == std::string::npos ? text : with(text, old, fresh);
    };
    if (spoiled(entries) + spoiled(roads) + spoiled(fleet) + spoiled(ports) ==
        entries + roads + fleet + ports)
      throw std::logic_error("nothing holds \"" + old + "\"");
    start.case_text = with(start.case_text, "[[boundary.air]]", spoiled(entries) + "\n[[boundary.air]]");
    start.after_writing = [=](const std::string& folder) {
      write_text(folder + "/roads.geojson", spoiled(roads));
      write_text(folder + "/fleet.csv", spoiled(fleet));
      write_text(folder + "/ports.geojson", spoiled(ports));
    };
  };
}

std::vector<Row> line_rows() {
  return {
      {"MissingRoads", features("file = \"roads.geojson\"", "file = \"raods.geojson\""), 69,
       "raods.geojson: there is no such file, or it cannot be read"},
      {"RoadsCutShort", features("36.25]]}}]}", "36.25]]}}"), 65,
       "roads.geojson: is no JSON: parse error at line 3, column 88: syntax error while parsing array - "
       "unexpected end of input; expected ']'"},
      {"RoadsOnAMap",
       features(
           "{\"type\": \"FeatureCollection\", \"features\": [\n{\"type\": \"Feature\", \"properties\": "
           "{\"name\": \"Ring",
           "{\"type\": \"FeatureCollection\", \"crs\": {\"type\": \"name\", \"properties\": {\"name\": "
           "\"EPSG:4547\"}}, \"features\": [\n{\"type\": \"Feature\", \"properties\": {\"name\": \"Ring"),
       65,
       "roads.geojson: crs: \"EPSG:4547\" is not longitude and latitude on WGS 84 (CRS84, EPSG:4326); "
       "transform "
       "the file, as with ogr2ogr -t_srs EPSG:4326"},
      {"RoadsInMetres", features("[120.25, 36.15]", "[522500.0, 4001200.0]"), 65,
       "roads.geojson: features[0] \"Ring road\": a place is [522500, 4001200]; longitudes lie within -180 "
       "and "
       "180, latitudes within -90 and 90: these seem to be metres on a map; transform the file to WGS 84"},
      {"RoadsTurnedRound", features("[120.25, 36.15]", "[36.15, 120.25]"), 65,
       "roads.geojson: features[0] \"Ring road\": a place is [36.15, 120.25]; longitudes lie within -180 and "
       "180, latitudes within -90 and 90: they seem to be swapped"},
      {"RoadsOfAnotherCity",
       features("[[120.25, 36.15], [120.35, 36.25]]", "[[20.25, 36.15], [20.35, 36.25]]"), 65,
       "roads.geojson: none of its 1 lines touches the model grid, whose middle is lon 120.32, lat 36.21"},
      {"RoadsThatArePoints", features("LineString", "Point"), 65,
       "roads.geojson: features[0] \"Ring road\": its geometry is Point; LineString or MultiLineString is "
       "needed"},
  };
}

std::vector<Row> traffic_rows() {
  return {
      {"TrafficThatIsText", features("\"cars\": 40000", R"("cars": "40000")"), 65,
       "roads.geojson: features[0] \"Ring road\": cars is \"40000\"; a number is needed, vehicles a day of "
       "light_petrol"},
      {"TrafficThatIsNotThere", features("\"cars\": 40000", "\"car\": 40000"), 65,
       "roads.geojson: features[0] \"Ring road\": has no property \"cars\"; found car, km_h, name, trucks. "
       "Did "
       "you mean \"car\"?; the case reads vehicles a day of light_petrol from \"cars\""},
      {"AbsurdTraffic", features("\"cars\": 40000", "\"cars\": 40000000"), 65,
       "roads.geojson: features[0] \"Ring road\": cars is 40000000; allowed are 0 to 1000000 vehicles a day "
       "of "
       "light_petrol"},
      {"SpeedInMetresASecond", features("\"km_h\": 35", "\"km_h\": 0.5"), 65,
       "roads.geojson: features[0] \"Ring road\": km_h is 0.5; allowed are 1 to 200 km/h, the mean speed"},
      {"UnknownVehicleClass", features("light_petrol = ", "light_petrl = "), 65,
       "inputs/emission_factors/road_vehicles.csv: there is no vehicle class \"light_petrl\"; known are bus, "
       "heavy_diesel, light_diesel, light_petrol, medium_diesel, motorcycle, taxi_petrol. Did you mean "
       "\"light_petrol\"?"},
      {"StandardWithoutFactors", features("china_5", "china_6"), 65,
       "fleet.csv: light_petrol: there are no factors for standard \"china_6\"; known are china_0, china_1, "
       "china_2, china_3, china_4, china_5; a table of your own goes into "
       "emission_factors"},
      {"FleetThatDoesNotAddUp", features("china_5,1", "china_5,0.9"), 65,
       "fleet.csv: the shares of light_petrol add up to 0.9; they must add up to 1"},
      {"TrafficWithoutAFleet", features("fleet = \"fleet.csv\"\n", ""), 65,
       "case.toml: emissions.lines.0: traffic needs the key fleet: a CSV vehicle_class,standard,share"},
      {"LinesWithoutAnything",
       features(
           "traffic = { light_petrol = \"cars\", heavy_diesel = \"trucks\" }\nfleet = \"fleet.csv\"\nspeed = "
           "\"km_h\"",
           ""),
       65, "case.toml: emissions.lines.0: has neither variables nor traffic; one of them is needed"},
      {"MisspeltLinesKey", features("speed = ", "sped = "), 65,
       "case.toml:31: emissions.lines.0.sped: there is no such key. Did you mean \"speed\"?"},
  };
}

std::vector<Row> area_rows() {
  return {
      {"AreaWithoutUnits", features("units = \"t/yr\"\n", ""), 65,
       "case.toml: emissions.areas.0.units: is missing: unit of the values: t/yr of a polygon, t km-2 yr-1, "
       "kg "
       "m-2 s-1"},
      {"AreaInTons", features("units = \"t/yr\"", "units = \"tons/yr\""), 65,
       "emissions.areas \"port\": the unit \"tons/yr\" is ambiguous: a ton may be 907 kg; write \"t\" for "
       "1000 kg"},
      {"OpenRing", features("[120.34, 36.24], [120.30, 36.20]]", "[120.34, 36.24], [120.30, 36.24]]"), 65,
       "ports.geojson: features[0] \"Quay\": a ring begins at [120.3, 36.2] and ends at [120.3, 36.24]; "
       "close it: "
       "its last place is its first"},
      {"RingThatCrossesItself",
       features("[120.34, 36.20], [120.34, 36.24], [120.30, 36.20]]",
                "[120.34, 36.24], [120.34, 36.20], [120.30, 36.24], [120.30, 36.20]]"),
       65,
       "ports.geojson: features[0] \"Quay\": a ring crosses or touches itself near [120.34, 36.2]; mend it, "
       "as "
       "with \"Fix geometries\" of QGIS"},
      {"NegativeArea", features("\"NOx_t\": 50", "\"NOx_t\": -50"), 65,
       "ports.geojson: features[0] \"Quay\": NOx_t is -50; allowed is 0 or more, t/yr of NOx"},
      {"AbsurdArea", features("\"NOx_t\": 50", "\"NOx_t\": 5e10"), 65,
       "ports.geojson: features[0] \"Quay\": emits 5e+10 t of NOx a year on 7.98361 km2; no area emits so "
       "much: "
       "check "
       "the unit"},
  };
}

}  // namespace

std::vector<Row> feature_rows() {
  return joined({line_rows(), traffic_rows(), area_rows()});
}

}  // namespace lantian
