#include "line_check.hpp"

#include <fmt/format.h>

namespace lantian {

void check_lines(const std::vector<LineConfig>& lines, KeyRecord& record) {
  for (std::size_t n = 0; n < lines.size(); ++n) {
    const LineConfig& line = lines[n];
    const std::string key = fmt::format("emissions.lines.{}", n);
    const bool has_traffic = !line.traffic.empty(), has_values = !line.variables.empty();
    if (!record.is_sound({key.c_str()})) continue;
    if (has_traffic == has_values)
      record.fault(key, has_traffic ? "has variables and traffic; one of them is allowed"
                                    : "has neither variables nor traffic; one of them is needed");
    if (has_values && line.units.empty())
      record.fault(key, "variables need the key units: t/yr, t km-1 yr-1 or kg m-1 s-1");
    if (has_traffic && line.fleet.empty())
      record.fault(key, "traffic needs the key fleet: a CSV vehicle_class,standard,share");
    if (has_traffic) continue;
    for (const auto& [name, value] : {std::pair{"fleet", &line.fleet},
                                      {"speed", &line.speed},
                                      {"emission_factors", &line.emission_factors},
                                      {"speed_factors", &line.speed_factors}})
      if (!value->empty()) record.fault(key + "." + name, "means nothing without traffic");
  }
}

}  // namespace lantian
