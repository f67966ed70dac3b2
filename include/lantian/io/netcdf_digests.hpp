#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace lantian {

/// Adds to a finished netCDF file an attribute xxh64 for each variable (of its values in row-major order, as
/// they are stored, little-endian) and one for the file, content_xxh64, over names, types, dimensions,
/// attributes and the variables' digests. @param final_path what a fault speaks of: the file's name to come.
/// @throws OutputError
void add_digests(const std::string& path, const std::string& final_path);

/// What looking at digests has shown.
struct DigestReport {
  std::size_t variables = 0, bytes = 0;
  std::vector<std::string> damaged;  // in a few words each; empty: sound
};

/// Works out all digests of a netCDF file again. @throws DataError when it cannot be read or has no digests;
/// MissingFileError.
[[nodiscard]] DigestReport check_digests(const std::string& path);

}  // namespace lantian
