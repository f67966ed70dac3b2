#include "write_fault.hpp"

#include <fmt/format.h>
#include <netcdf.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace lantian {

namespace {

/// Below this much free space [bytes] a failed write is taken for a full disk: the least that a chunk needs.
constexpr std::uintmax_t full_disk_bytes = 65536;

std::string sentence(const std::string& path, const std::string& what, const std::string& reason) {
  return fmt::format("{}: cannot write {}: {}; free space or choose another place", path, what, reason);
}

}  // namespace

std::string write_fault_reason(const std::string& path, int netcdf_status) {
  const int system_fault = errno;
  if (netcdf_status != NC_EHDFERR) return nc_strerror(netcdf_status);
  for (const int known : {ENOSPC, EDQUOT, EFBIG, EROFS, EACCES, ENOENT, ENOTDIR})
    if (system_fault == known) return std::error_code(known, std::generic_category()).message();
  std::error_code fault;
  const auto folder = std::filesystem::absolute(path, fault).parent_path();
  const auto space = std::filesystem::space(folder, fault);
  if (!fault && space.available < full_disk_bytes)
    return std::error_code(ENOSPC, std::generic_category()).message();
  return nc_strerror(netcdf_status);
}

std::string write_fault(const std::string& path, const std::string& what, int netcdf_status) {
  return sentence(path, what, write_fault_reason(path, netcdf_status));
}

std::string system_write_fault(const std::string& path, const std::string& what, int system_fault) {
  return sentence(path, what, std::error_code(system_fault, std::generic_category()).message());
}

std::string creation_fault(const std::string& path, const std::string& temporary) {
  std::FILE* trial = std::fopen(temporary.c_str(), "wb");
  if (trial == nullptr) return system_write_fault(path, "the file", errno);
  std::fclose(trial);
  return "";
}

}  // namespace lantian
