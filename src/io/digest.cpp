#include "lantian/io/digest.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <array>
#include <cstdio>
#include <memory>

namespace lantian {

std::string digest_of(std::string_view bytes) {
  return fmt::format("{:016x}", XXH64(bytes.data(), bytes.size(), 0));
}

std::string digest_of_file(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file == nullptr)
    throw MissingFileError(fmt::format("{}: there is no such file, or it cannot be read", path));
  const std::unique_ptr<XXH64_state_t, XXH_errorcode (*)(XXH64_state_t*)> state(XXH64_createState(),
                                                                                &XXH64_freeState);
  XXH64_reset(state.get(), 0);
  std::array<char, 1 << 16> buffer{};
  for (std::size_t read = buffer.size(); read > 0;) {
    read = std::fread(buffer.data(), 1, buffer.size(), file.get());
    XXH64_update(state.get(), buffer.data(), read);
  }
  return fmt::format("{:016x}", XXH64_digest(state.get()));
}

}  // namespace lantian
