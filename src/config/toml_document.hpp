#pragma once

#include "lantian/base/errors.hpp"

#include <toml++/toml.h>

#include <string>
#include <vector>

namespace lantian {

/// A TOML file with the settings "key=value" laid over it. Nodes keep their place: the file's, or "--set
/// key=value".
/// @throws MissingFileError; ConfigError with file:line:column when it is no TOML. Faults of `set` go to
/// `problems`.
[[nodiscard]] toml::table parse_document(const std::string& path, const std::vector<std::string>& set,
                                         Problems& problems);

}  // namespace lantian
