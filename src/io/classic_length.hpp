#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace lantian {

/// How many bytes a classic netCDF file (CDF-1, -2, -5) has to have by its own header. The netCDF library
/// reads what lies behind the end of a cut file as zeros. Nothing when the header itself is cut.
///
/// @see NetCDF Classic Format Specification, https://docs.unidata.ucar.edu/netcdf-c
/// (file_format_specifications)
[[nodiscard]] std::optional<std::uintmax_t> classic_file_bytes(const std::string& path);

}  // namespace lantian
