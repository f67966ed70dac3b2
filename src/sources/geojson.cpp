#include "geojson.hpp"

#include "geojson_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace lantian {

namespace {

using nlohmann::json;

constexpr double least_deg2 = 1.0e-10;  // a square metre: smaller rings are slips of the pen

class Reader {
 public:
  Reader(GeometryKind kind, std::string name_property, FeatureFaults& faults)
      : kind_(kind), name_property_(std::move(name_property)), faults_(faults) {}

  std::vector<GeoFeature> read(const json& root) {
    check_crs(root);
    std::vector<GeoFeature> features;
    const json& all = root.at("features");
    for (std::size_t n = 0; n < all.size(); ++n) {
      is_sound_ = true;
      GeoFeature feature = read_feature(all[n], n);
      if (is_sound_) features.push_back(std::move(feature));
    }
    return features;
  }

 private:
  void check_crs(const json& root) const {
    const std::string crs = other_crs(root);
    if (crs.empty()) return;
    throw DataError(
        fmt::format("{}: crs: {} is not longitude and latitude on WGS 84 (CRS84, EPSG:4326); transform the "
                    "file, as with ogr2ogr -t_srs EPSG:4326",
                    faults_.path(), crs));
  }

  GeoFeature read_feature(const json& feature, std::size_t index) {
    at_ = {index, ""};
    GeoFeature result{.at = at_, .lines = {}, .polygons = {}, .properties = {}};
    if (!feature.is_object()) {
      refuse(fmt::format("is {}", written(feature)), "a Feature is needed");
      return result;
    }
    if (feature.contains("properties") && feature["properties"].is_object())
      for (const auto& [name, value] : feature["properties"].items()) {
        GeoValue& kept = result.properties[name];
        kept.written = written(value);
        if (value.is_number()) kept.number = value.get<double>();
        if (value.is_string()) kept.text = value.get<std::string>();
      }
    const auto name = result.properties.find(name_property_);
    if (name != result.properties.end() && !name->second.is_null())
      result.at.name = name->second.text.value_or(name->second.written);
    at_ = result.at;
    read_geometry(feature.contains("geometry") ? feature["geometry"] : json(), result);
    return result;
  }

  void read_geometry(const json& geometry, GeoFeature& result) {
    const std::string one = kind_ == GeometryKind::lines ? "LineString" : "Polygon",
                      type = text_of(geometry, "type"),
                      needed = fmt::format("{0} or Multi{0} is needed", one);
    if (type != one && type != "Multi" + one) {
      refuse(geometry.is_null() ? "has no geometry"
                                : fmt::format("its geometry is {}", type.empty() ? written(geometry) : type),
             needed);
      return;
    }
    const json parts = geometry.value("coordinates", json());
    if (!parts.is_array() || parts.empty()) {
      refuse(fmt::format("its coordinates are {}", written(parts)),
             "places [longitude, latitude] are needed");
      return;
    }
    if (type == one)
      read_part(parts, result);
    else
      for (const json& part : parts) read_part(part, result);
  }

  void read_part(const json& part, GeoFeature& result) {
    if (kind_ == GeometryKind::lines) {
      Places line = read_places(part);
      if (is_sound_ && line.size() < 2) refuse("a line has one place", "two are the least");
      result.lines.push_back(std::move(line));
      return;
    }
    GeoPolygon polygon;
    if (!part.is_array() || part.empty())
      refuse(fmt::format("a polygon is {}", written(part)), "an array of rings is needed");
    for (std::size_t n = 0; is_sound_ && n < part.size(); ++n) {
      Places ring = read_ring(part[n]);
      if (!is_sound_) return;
      if (n == 0) {
        polygon.outer = std::move(ring);
        continue;
      }
      for (const LonLat place : ring)
        if (!is_inside_or_on_ring(place, polygon.outer))
          refuse(fmt::format("a hole reaches out of its polygon at {}", text(place)),
                 "the first ring of a polygon is its border, all others are holes in it");
      polygon.holes.push_back(std::move(ring));
    }
    result.polygons.push_back(std::move(polygon));
  }

  /// A ring without places that repeat the one before.
  Places read_ring(const json& part) {
    Places ring = read_places(part);
    if (!is_sound_) return ring;
    const auto are_same = [](LonLat a, LonLat b) {
      return a.longitude_deg == b.longitude_deg && a.latitude_deg == b.latitude_deg;
    };
    if (!are_same(ring.front(), ring.back())) {
      refuse(fmt::format("a ring begins at {} and ends at {}", text(ring.front()), text(ring.back())),
             "close it: its last place is its first");
      return ring;
    }
    const std::size_t count = ring.size();
    ring.erase(std::unique(ring.begin(), ring.end(), are_same), ring.end());
    if (ring.size() < 4)
      refuse(fmt::format("a ring has {} places, of which {} differ", count, ring.size() - 1),
             "four with three that differ are the least");
    else if (const auto contact = self_contact(ring))
      refuse(fmt::format("a ring crosses or touches itself near {}", text(*contact)),
             "mend it, as with \"Fix geometries\" of QGIS");
    else if (area_deg2(ring) < least_deg2)
      refuse(fmt::format("the ring from {} encloses no area", text(ring.front())),
             "its places must not lie on one line");
    return ring;
  }

  Places read_places(const json& part) {
    Places places;
    if (!part.is_array() || part.empty()) {
      refuse(fmt::format("a line of its geometry is {}", written(part)),
             "an array of places [longitude, latitude] is needed");
      return places;
    }
    for (const json& one : part) {
      if (!one.is_array() || one.size() < 2 || !one[0].is_number() || !one[1].is_number()) {
        refuse(fmt::format("a place is {}", written(one)), "[longitude, latitude] in degrees is needed");
        return places;
      }
      places.push_back({one[0].get<double>(), one[1].get<double>()});
      if (!is_on_globe(places.back())) return places;
      if (places.size() > 1 &&
          std::fabs(places.back().longitude_deg - places[places.size() - 2].longitude_deg) > 180.0) {
        refuse(
            fmt::format("a segment runs from {} to {}", text(places[places.size() - 2]), text(places.back())),
            "cut it at the antimeridian (RFC 7946, section 3.1.9)");
        return places;
      }
    }
    return places;
  }

  bool is_on_globe(LonLat at) {
    if (std::fabs(at.longitude_deg) <= 180.0 && std::fabs(at.latitude_deg) <= 90.0) return true;
    const bool is_turned = std::fabs(at.latitude_deg) <= 180.0 && std::fabs(at.longitude_deg) <= 90.0,
               is_metres = std::fabs(at.longitude_deg) > 360.0 || std::fabs(at.latitude_deg) > 360.0;
    refuse(fmt::format("a place is {}", text(at)),
           fmt::format("longitudes lie within -180 and 180, latitudes within -90 and 90{}",
                       is_turned   ? ": they seem to be swapped"
                       : is_metres ? ": these seem to be metres on a map; transform the file to WGS 84"
                                   : ""));
    return false;
  }

  static std::string text(LonLat at) { return fmt::format("[{}, {}]", at.longitude_deg, at.latitude_deg); }

  void refuse(const std::string& found, const std::string& mend) {
    is_sound_ = false;
    faults_.add(at_, found, mend);
  }

  GeometryKind kind_;
  std::string name_property_;
  FeatureFaults& faults_;
  FeaturePlace at_{0, ""};
  bool is_sound_ = true;  // the feature that is read
};

}  // namespace

std::vector<GeoFeature> read_geojson(const std::string& path, GeometryKind kind,
                                     const std::string& name_property, FeatureFaults& faults) {
  return Reader(kind, name_property, faults).read(read_feature_collection(path));
}

}  // namespace lantian
