#include "lantian/sources/feature_summary.hpp"

#include "geojson_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lantian {

namespace {

using nlohmann::json;

/// Widens a box by all places of a geometry, however deep its arrays.
void widen(const json& coordinates, std::optional<FeatureExtent>& extent) {
  if (!coordinates.is_array() || coordinates.empty()) return;
  if (!coordinates[0].is_number()) {
    for (const json& part : coordinates) widen(part, extent);
    return;
  }
  if (coordinates.size() < 2 || !coordinates[1].is_number()) return;
  const double x = coordinates[0].get<double>(), y = coordinates[1].get<double>();
  if (!extent) extent = FeatureExtent{.west = x, .east = x, .south = y, .north = y};
  extent->west = std::min(extent->west, x);
  extent->east = std::max(extent->east, x);
  extent->south = std::min(extent->south, y);
  extent->north = std::max(extent->north, y);
}

void count_value(const json& value, PropertySummary& of) {
  ++of.features;
  if (value.is_null()) ++of.nulls;
  if (value.is_array()) ++of.lists;
  if (value.is_number()) {
    const double number = value.get<double>();
    of.least = of.numbers == 0 ? number : std::min(of.least, number);
    of.most = of.numbers == 0 ? number : std::max(of.most, number);
    ++of.numbers;
  }
  if (value.is_string()) {
    if (of.texts == 0) of.example = written(value);
    ++of.texts;
  }
}

}  // namespace

FeatureSummary read_feature_summary(const std::string& path) {
  const json root = read_feature_collection(path);
  FeatureSummary summary{.features = root["features"].size(),
                         .geometries = {},
                         .properties = {},
                         .extent = {},
                         .other_crs = other_crs(root)};
  for (const json& feature : root["features"]) {
    const json geometry = feature.is_object() ? feature.value("geometry", json()) : json();
    const std::string kind = text_of(geometry, "type");
    ++summary.geometries[kind.empty() ? "none" : kind];
    if (geometry.is_object()) widen(geometry.value("coordinates", json()), summary.extent);
    if (!feature.is_object() || !feature.contains("properties") || !feature["properties"].is_object())
      continue;
    for (const auto& [name, value] : feature["properties"].items())
      count_value(value, summary.properties[name]);
  }
  return summary;
}

}  // namespace lantian
