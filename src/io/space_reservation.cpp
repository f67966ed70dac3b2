#include "space_reservation.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace lantian {

namespace {

/// For file systems that cannot reserve: is as much free now?
int free_space_fault(const std::string& path, std::uintmax_t bytes) {
  std::error_code fault;
  const std::uintmax_t size = std::filesystem::file_size(path, fault);
  const std::uintmax_t needed = fault || size > bytes ? 0 : bytes - size;
  const auto space = std::filesystem::space(path, fault);
  return !fault && space.available < needed ? ENOSPC : 0;
}

}  // namespace

int SpaceReservation::grow_to(std::uintmax_t bytes) const {
  rlimit limit{};
  if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && bytes > limit.rlim_cur)
    return EFBIG;
  const int file = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return errno;
  const int status = ::fallocate(file, FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(bytes));
  const int fault = status == 0 ? 0 : errno;
  ::close(file);
  for (const int definite : {ENOSPC, EDQUOT, EFBIG, EIO})
    if (fault == definite) return fault;
  return fault == 0 ? 0 : free_space_fault(path_, bytes);
}

void SpaceReservation::release() const {
  std::error_code ignored;
  const std::uintmax_t size = std::filesystem::file_size(path_, ignored);
  if (!ignored) std::filesystem::resize_file(path_, size, ignored);  // cuts the blocks behind the end
}

}  // namespace lantian
