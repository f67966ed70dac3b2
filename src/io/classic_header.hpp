#pragma once

#include <string>

namespace lantian {

/// Why the header of a classic netCDF file (CDF-1, -2, -5) cannot be true of a file of this length; empty
/// when it can, or when the file is no classic one or is not there.
///
/// The netCDF library trusts the header: it asks for memory for as many dimensions, variables and attributes
/// as that speaks of, crashes where there is none, and reads what lies behind the end of a cut file as zeros.
///
/// @see NetCDF Classic Format Specification, https://docs.unidata.ucar.edu/netcdf-c
/// (file_format_specifications)
[[nodiscard]] std::string classic_header_fault(const std::string& path);

}  // namespace lantian
