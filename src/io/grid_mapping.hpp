#pragma once

#include "lantian/grid/horizontal_grid.hpp"

#include <map>
#include <string>
#include <vector>

namespace lantian {

/// Attributes of a CF grid mapping variable.
///
/// @see CF Metadata Conventions 1.8, appendix F.
struct GridMapping {
  std::map<std::string, std::string> texts;
  std::map<std::string, std::vector<double>> numbers;
};

/// The grid mapping of a grid's projection, with `crs_wkt`.
[[nodiscard]] GridMapping grid_mapping(const HorizontalGrid& grid);

}  // namespace lantian
