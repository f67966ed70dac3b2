#include "commands.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace lantian {

void print_page(const std::string& text) {
  const bool is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (is_written && std::fflush(stdout) == 0) return;
  if (errno == EPIPE) return;  // the reader has seen enough, as `| head` has
  throw OutputError(fmt::format("standard output cannot be written: {}",
                                std::error_code(errno, std::generic_category()).message()));
}

}  // namespace lantian
