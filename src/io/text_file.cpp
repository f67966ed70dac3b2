#include "lantian/io/text_file.hpp"

#include "lantian/base/errors.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace lantian {

namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& temporary, const std::string& action) {
  const std::string reason = std::error_code(errno, std::generic_category()).message();
  std::remove(temporary.c_str());
  throw OutputError(
      fmt::format("{}: cannot {}: {}; free space or choose another output.directory", path, action, reason));
}

}  // namespace

void publish_file(const std::string& temporary, const std::string& path) {
  const int file = ::open(temporary.c_str(), O_RDONLY);
  const bool is_synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!is_synced) refuse(path, temporary, "sync it");
  if (std::rename(temporary.c_str(), path.c_str()) != 0) refuse(path, temporary, "rename it");
  const std::string folder = std::filesystem::absolute(path).parent_path().string();
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (directory >= 0) {
    ::fsync(directory);
    ::close(directory);
  }
}

void write_text_file(const std::string& path, const std::string& text) {
  const std::string temporary = fmt::format("{}.tmp.{}", path, ::getpid());
  std::FILE* file = std::fopen(temporary.c_str(), "wb");
  if (file == nullptr) refuse(path, temporary, "create it");
  const bool is_written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const bool is_closed = std::fclose(file) == 0;
  if (!is_written || !is_closed) refuse(path, temporary, "write it");
  publish_file(temporary, path);
}

void create_directory(const std::string& path) {
  std::error_code fault;
  std::filesystem::create_directories(path, fault);
  if (fault)
    throw OutputError(fmt::format("{}: cannot create the folder: {}; choose another output.directory", path,
                                  fault.message()));
}

}  // namespace lantian
