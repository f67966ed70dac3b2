#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lantian {

/// xxh64 of bytes, as 16 hexadecimal digits.
[[nodiscard]] std::string digest_of(std::string_view bytes);
/// xxh64 of a file's content. @throws MissingFileError
[[nodiscard]] std::string digest_of_file(const std::string& path);

}  // namespace lantian
