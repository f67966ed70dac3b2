#pragma once

#include <string>

namespace lantian {

/// The bytes of a whole file.
/// @throws MissingFileError when it is not there or cannot be read; DataError when it is a folder.
[[nodiscard]] std::string read_text_file(const std::string& path);

/// Writes a whole text under `path`.tmp, syncs it and renames it, so that no reader meets half a file.
/// @throws OutputError with path and reason.
void write_text_file(const std::string& path, const std::string& text);

/// Syncs a finished temporary file and gives it its final name. On a fault the temporary is removed.
/// @throws OutputError with path and reason.
void publish_file(const std::string& temporary, const std::string& path);

/// Creates a folder and those above it. @throws OutputError with path and reason.
void create_directory(const std::string& path);

}  // namespace lantian
