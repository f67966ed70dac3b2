#pragma once

#include "lantian/config/case.hpp"

#include <string>
#include <vector>

namespace lantian {

/// Reads and checks a case file. Each of `set` is "key=value" and overrides the file: the value is TOML, or a
/// string when it is none; tables of an array are named by their number from 0 (emissions.inventory.0.scale).
/// @throws MissingFileError; ConfigError (Error) with every fault: file:line, key, found, allowed.
[[nodiscard]] Case read_case(const std::string& path, const std::vector<std::string>& set = {});

/// What chemistry.mechanism may say.
[[nodiscard]] const std::vector<std::string>& known_mechanisms();

/// The effective case as TOML, with every key.
[[nodiscard]] std::string print_config(const Case& configuration);

/// The effective case as TOML without what results do not depend on: output.directory and [restart].
[[nodiscard]] std::string results_text(const Case& configuration);

/// All keys of a case file with type, unit, default and meaning.
[[nodiscard]] std::string reference_page();

}  // namespace lantian
