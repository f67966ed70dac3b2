#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace lantian {

/// The JSON of a file that is a FeatureCollection with at least one feature.
/// @throws MissingFileError; DataError when the file is no JSON, nested too deep or no such collection.
[[nodiscard]] nlohmann::json read_feature_collection(const std::string& path);

/// The name of coordinates other than longitude and latitude on WGS 84 that a collection says it has; empty:
/// none. RFC 7946 knows WGS 84 alone; files of the older custom say in `crs` when they mean something else.
[[nodiscard]] std::string other_crs(const nlohmann::json& collection);

/// A value as it stands in the file, at most 60 bytes of whole characters.
[[nodiscard]] std::string written(const nlohmann::json& value);

/// A member that is a text; empty when there is none.
[[nodiscard]] std::string text_of(const nlohmann::json& object, const std::string& key);

}  // namespace lantian
