#include "lantian/io/text_file.hpp"

#include "lantian/base/errors.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace lantian {

namespace {

/// Tells the system's last fault; closes `open_file` and removes the temporary.
[[noreturn]] void refuse(const std::string& path, const std::string& temporary, const std::string& action,
                         int open_file = -1) {
  const std::string reason = std::error_code(errno, std::generic_category()).message();
  if (open_file >= 0) ::close(open_file);
  std::remove(temporary.c_str());
  throw OutputError(
      fmt::format("{}: cannot {}: {}; free space or choose another output.directory", path, action, reason));
}

}  // namespace

std::string read_text_file(const std::string& path) {
  if (std::filesystem::is_directory(path))
    throw DataError(fmt::format("{}: is a folder; a file is needed", path));
  std::ifstream file(path, std::ios::binary);
  if (!file) throw MissingFileError(fmt::format("{}: there is no such file, or it cannot be read", path));
  return {std::istreambuf_iterator<char>(file), {}};
}

void publish_file(const std::string& temporary, const std::string& path) {
  const int file = ::open(temporary.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_synced = file >= 0 && ::fsync(file) == 0;
  if (!is_synced) refuse(path, temporary, "sync it", file);
  ::close(file);
  if (std::rename(temporary.c_str(), path.c_str()) != 0) refuse(path, temporary, "rename it");
  // From here on the file stands whole; a fault only says that its name may not outlive a power cut.
  const std::string folder = std::filesystem::absolute(path).parent_path().string();
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return;
  const bool is_lost = ::fsync(directory) != 0 && errno != EINVAL;  // EINVAL: folders cannot be synced there
  if (is_lost) refuse(path, temporary, "sync its folder", directory);
  ::close(directory);
}

void write_text_file(const std::string& path, const std::string& text) {
  const std::string temporary = fmt::format("{}.tmp.{}", path, ::getpid());
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) refuse(path, temporary, "create it");
  std::size_t written = 0;
  while (written < text.size()) {
    const ::ssize_t count = ::write(file, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) refuse(path, temporary, "write it", file);
    written += static_cast<std::size_t>(count);
  }
  if (::close(file) != 0) refuse(path, temporary, "write it");
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
