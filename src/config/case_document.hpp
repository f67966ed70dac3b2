#pragma once

#include "key_record.hpp"
#include "table_reader.hpp"
#include "toml_document.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace lantian {

/// Reads all keys of a case file into `configuration`, with its path and folder. Faults go to `record`.
/// @throws MissingFileError; ConfigError when it is no TOML.
template <class Config>
void read_document(const std::string& path, const std::vector<std::string>& set, Problems& problems,
                   KeyRecord& record, Config& configuration) {
  const toml::table document = parse_document(path, set, problems);
  TableReader reader(document, "", record);
  declare(reader, configuration);
  reader.refuse_unknown();
  configuration.path = path;
  configuration.directory = std::filesystem::absolute(path).parent_path().string();
}

}  // namespace lantian
