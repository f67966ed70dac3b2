#pragma once

#include "lantian/io/netcdf_file.hpp"

#include <string>
#include <vector>

namespace lantian {

/// What a netCDF file is to Lantian.
struct FileKind {
  std::string what;
  std::string use;                   // key of a case file, or what else to do with it; empty: none
  std::vector<std::string> missing;  // what keeps Lantian from using it
  std::vector<std::string> remarks;  // what it would do in its place, how to write the key
};

[[nodiscard]] FileKind kind_of(const NetcdfReader& file);

}  // namespace lantian
