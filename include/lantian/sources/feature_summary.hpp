#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace lantian {

/// What the features of a GeoJSON file have under one name.
struct PropertySummary {
  std::size_t features = 0, numbers = 0, texts = 0, lists = 0, nulls = 0;  // with it; of which are such
  double least = 0.0, most = 0.0;                                          // of the numbers
  std::string example;                                                     // the first text
};

/// The smallest box of longitudes and latitudes around all places [deg].
struct FeatureExtent {
  double west, east, south, north;
  /// Whether all of it is on the globe.
  [[nodiscard]] bool is_on_globe() const {
    return west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0;
  }
};

/// A GeoJSON FeatureCollection (RFC 7946) at a glance; its geometries are counted, not checked.
struct FeatureSummary {
  std::size_t features = 0;
  std::map<std::string, std::size_t> geometries;  // kind: how many; "none" for features without one
  std::map<std::string, PropertySummary> properties;
  std::optional<FeatureExtent> extent;  // empty: there is no place
  std::string other_crs;                // coordinates that are not longitude and latitude on WGS 84; empty
};

/// @throws MissingFileError; DataError when the file is no JSON or no such collection.
[[nodiscard]] FeatureSummary read_feature_summary(const std::string& path);

}  // namespace lantian
