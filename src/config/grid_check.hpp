#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/config/case.hpp"

#include <string>

namespace lantian {

/// Faults of [grid] that no single key shows.
void check_grid(const GridConfig& grid, const std::string& path, Problems& problems);

}  // namespace lantian
