#include "geojson_file.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace lantian {

namespace {

using nlohmann::json;

/// What nlohmann-json says of a fault, without its own number.
std::string plain(const std::string& what) {
  const std::size_t end = what.find("] ");
  return end == std::string::npos ? what : what.substr(end + 2);
}

void check_collection(const std::string& path, const json& root) {
  const auto refuse = [&path](const std::string& found) {
    throw DataError(fmt::format("{}: {}; a GeoJSON FeatureCollection is needed", path, found));
  };
  if (!root.is_object()) refuse(fmt::format("is no GeoJSON object but {}", written(root)));
  if (text_of(root, "type") != "FeatureCollection")
    refuse(fmt::format("its type is {}", root.contains("type") ? written(root["type"]) : "not given"));
  if (!root.contains("features") || !root["features"].is_array())
    refuse("its member \"features\" is no array");
  if (root["features"].empty()) throw DataError(fmt::format("{}: holds no feature", path));
}

}  // namespace

std::string written(const json& value) {
  std::string text = value.dump();
  if (text.size() <= 60) return text;
  std::size_t end = 60;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // inside a character
  return text.substr(0, end) + "...";
}

std::string text_of(const json& object, const std::string& key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string other_crs(const json& collection) {
  if (!collection.contains("crs") || collection["crs"].is_null()) return "";
  const json& crs = collection["crs"];
  const std::string name =
      crs.is_object() && crs.contains("properties") ? text_of(crs["properties"], "name") : "";
  for (const char* known : {"CRS84", "EPSG:4326", "EPSG::4326", "WGS84", "WGS 84"})
    if (name.ends_with(known)) return "";
  return name.empty() ? written(crs) : "\"" + name + "\"";
}

json read_feature_collection(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw MissingFileError(fmt::format("{}: there is no such file, or it cannot be read", path));
  const auto refuse_depth = [&path](int depth, json::parse_event_t, json&) {
    constexpr int most =
        64;  // a FeatureCollection of MultiPolygons needs 9; nlohmann-json prints by recursion
    if (depth > most)
      throw DataError(fmt::format(
          "{}: is no GeoJSON: its arrays and objects lie more than {} deep in each other", path, most));
    return true;
  };
  try {
    json root = json::parse(file, refuse_depth);
    check_collection(path, root);
    return root;
  } catch (const json::exception& error) {
    throw DataError(fmt::format("{}: is no JSON: {}", path, plain(error.what())));
  }
}

}  // namespace lantian
