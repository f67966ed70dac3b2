#pragma once

#include <string>

namespace lantian {

/// Why netCDF could not write: HDF5 swallows the system's reason, so a full disk is looked for.
[[nodiscard]] std::string write_fault_reason(const std::string& path, int netcdf_status);

/// "PATH: cannot write WHAT: REASON; how to mend".
[[nodiscard]] std::string write_fault(const std::string& path, const std::string& what, int netcdf_status);
/// The same with a fault number of the system (errno).
[[nodiscard]] std::string system_write_fault(const std::string& path, const std::string& what,
                                             int system_fault);

/// Makes an empty file `temporary` for `path`; the fault when that is impossible, else empty. The libraries
/// below do not say why a file cannot be made.
[[nodiscard]] std::string creation_fault(const std::string& path, const std::string& temporary);

}  // namespace lantian
