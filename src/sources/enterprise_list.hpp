#pragma once

#include "plume/briggs1975.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/grid/projection.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// A stack of an enterprise and what it emits in a year.
struct StackSource {
  std::string enterprise_id, enterprise_name, district, stack_id, sector, profile;
  LonLat place{};
  Stack stack{};
  std::optional<double> base_elevation_m{};  // of the ground at the stack; none: that of a map of terrain
  double fugitive = 0.0;                     // share released near the ground
  std::string written_at;                    // file:line
  std::map<std::string, double> t_yr{};      // NOx, VOC, SO2, NH3, CO, PM25, PMC
};

/// Reads a list of enterprises: one line a stack, columns as inputs/enterprise_headers.csv says, Chinese
/// headers allowed.
///
/// Empty cells take stated defaults (height 30 m, diameter 1 m, 400 K, 10 m/s, fugitive 0, WGS84), counted in
/// one line of the log a column. Faults go to `problems` with file and line.
///
/// @param year  of which a rate a day or an hour counts all days.
[[nodiscard]] std::vector<StackSource> read_enterprises(const std::string& path, int year,
                                                        Problems& problems);

/// WGS-84 position of a GCJ-02 one, by iteration of the published offset (krasovskij 1940 ellipsoid), to
/// about a metre.
[[nodiscard]] LonLat from_gcj02(LonLat shifted);

}  // namespace lantian
