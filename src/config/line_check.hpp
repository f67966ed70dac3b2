#pragma once

#include "key_record.hpp"

#include "lantian/config/case.hpp"

#include <vector>

namespace lantian {

/// Faults across the keys of [[emissions.lines]]: values or traffic, and what belongs to each.
void check_lines(const std::vector<LineConfig>& lines, KeyRecord& record);

}  // namespace lantian
