#pragma once

#include "key_record.hpp"

#include "lantian/config/case.hpp"

namespace lantian {

/// Checks across the keys of [grid]; faults go to `record`.
void check_grid(const GridConfig& grid, KeyRecord& record);

}  // namespace lantian
