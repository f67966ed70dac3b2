#pragma once

#include "key_record.hpp"

#include "lantian/base/time.hpp"

#include <string>

namespace lantian {

/// The keys start and end of a table are whole hours.
void check_whole_hours(const std::string& table, UtcTime start, UtcTime end, KeyRecord& record);

/// The same of [run], whose end also lies after its start.
void check_run_hours(UtcTime start, UtcTime end, KeyRecord& record);

}  // namespace lantian
