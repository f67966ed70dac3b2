#pragma once

#include "feature_faults.hpp"
#include "rings.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// A property of a feature.
struct GeoValue {
  std::optional<double> number;
  std::optional<std::string> text;
  std::string written;  // as it stands in the file, cut after 60 bytes

  [[nodiscard]] bool is_null() const { return written == "null"; }
};

/// A feature of a GeoJSON file with its lines, or its polygons.
struct GeoFeature {
  FeaturePlace at;
  std::vector<Places> lines;
  std::vector<GeoPolygon> polygons;
  std::map<std::string, GeoValue> properties;
};

enum class GeometryKind { lines, polygons };

/// Reads a FeatureCollection (RFC 7946) of LineString and MultiLineString, or of Polygon and MultiPolygon, in
/// WGS 84 longitude and latitude.
///
/// Places without number or out of range, segments across the antimeridian, lines of one place, and rings
/// that are open, of no area, cross themselves or are holes elsewhere go to `faults`; their features are left
/// out. A third coordinate is passed over.
/// @param name_property  the property that names a feature in messages.
/// @throws MissingFileError; DataError when the file is no such collection or in other coordinates.
[[nodiscard]] std::vector<GeoFeature> read_geojson(const std::string& path, GeometryKind kind,
                                                   const std::string& name_property, FeatureFaults& faults);

}  // namespace lantian
