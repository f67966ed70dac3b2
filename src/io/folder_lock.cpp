#include "lantian/io/folder_lock.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/text_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <system_error>

namespace lantian {

namespace {

/// Whether the open file is still what stands under its name: its holder may have removed it meanwhile.
bool is_in_place(int file, const std::string& path) {
  struct stat opened {
  }, named{};
  return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
         opened.st_dev == named.st_dev;
}

/// What the holder has written of itself; empty when nobody has.
std::string holder_of(int file) {
  std::array<char, 256> text{};
  const ssize_t length = ::pread(file, text.data(), text.size(), 0);
  return std::string(trimmed(std::string(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0)));
}

void write_holder(int file) {
  std::array<char, 64> host{};
  ::gethostname(host.data(), host.size() - 1);
  const std::string holder = fmt::format("process {} on {}\n", ::getpid(), host.data());
  // The words only help a reader; the lock holds without them, on a full disk too.
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, holder.data(), holder.size(), 0) < 0) return;
}

}  // namespace

FolderLock::FolderLock(const std::string& folder) : path_(folder + "/.lantian.lock") {
  create_directory(folder);
  do {
    if (file_ >= 0) ::close(file_);
    file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file_ < 0)
      throw OutputError(fmt::format("{}: cannot be written: {}; choose another output.directory", folder,
                                    std::error_code(errno, std::generic_category()).message()));
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      const bool is_held = errno == EWOULDBLOCK;
      const std::string holder = is_held ? holder_of(file_) : "";
      if (!is_held) return;  // a file system without locks
      ::close(file_);
      throw Error(
          ExitCode::locked,
          fmt::format("{}: {} writes its results there; wait for it or choose another output.directory",
                      folder, holder.empty() ? "another process" : holder));
    }
  } while (!is_in_place(file_, path_));
  if (const std::string ended = holder_of(file_); !ended.empty())
    log_info(fmt::format("{}: is taken over from {}, which has ended without clearing up", folder, ended));
  write_holder(file_);
}

FolderLock::~FolderLock() {
  if (file_ < 0) return;
  ::unlink(path_.c_str());
  ::close(file_);
}

}  // namespace lantian
