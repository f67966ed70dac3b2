#include "time_check.hpp"

#include <fmt/format.h>

namespace lantian {

void check_whole_hours(const std::string& table, UtcTime start, UtcTime end, KeyRecord& record) {
  const auto check = [&record](const std::string& key, UtcTime time) {
    if (record.is_sound({key.c_str()}) && time.unix_seconds() % 3600 != 0)
      record.fault(key, fmt::format("{} is no whole hour", to_iso8601(time)));
  };
  check(table + ".start", start);
  check(table + ".end", end);
}

void check_run_hours(UtcTime start, UtcTime end, KeyRecord& record) {
  check_whole_hours("run", start, end, record);
  if (record.is_sound({"run.start", "run.end"}) && end <= start)
    record.fault("run.end",
                 fmt::format("{} does not lie after run.start, {}", to_iso8601(end), to_iso8601(start)));
}

}  // namespace lantian
