#include "ozone_hours.hpp"

#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace lantian::steady {

namespace {

constexpr double most_ug_m3 = 1000.0;
constexpr long long hour_s = 3600;

struct OzoneColumns {
  std::size_t time, value;
};

/// The end of a row's hour.
std::optional<UtcTime> end_of(const CsvTable& table, std::size_t row, std::size_t column,
                              Problems& problems) {
  try {
    const UtcTime end = parse_utc(table.cell(row, column));
    if (end.unix_seconds() % hour_s == 0) return end;
    problems.add(fmt::format("{}: time_utc: {} is no full hour; a line gives the hour that ends there",
                             table.place(row), table.cell(row, column)));
  } catch (const DataError& error) {
    problems.add(fmt::format("{}: time_utc: {}", table.place(row), error.what()));
  }
  return std::nullopt;
}

void add_row(const CsvTable& table, std::size_t row, const OzoneColumns& columns,
             std::map<UtcTime, double>& hours, Problems& problems) {
  const std::optional<UtcTime> end = end_of(table, row, columns.time, problems);
  const std::optional<double> value = table.number(row, columns.value, problems);
  if (!end || !value) return;
  if (*value < 0.0 || *value > most_ug_m3)
    problems.add(
        fmt::format("{}: ozone_ug_m3: {:g} is out of range; allowed are 0 to {:g} ug m-3; leave the "
                    "cell empty where the hour is missing",
                    table.place(row), *value, most_ug_m3));
  else if (!hours.emplace(*end, *value).second)
    problems.add(
        fmt::format("{}: time_utc: {} stands there a second time", table.place(row), to_iso8601(*end)));
}

std::map<UtcTime, double> hours_of_file(const std::string& path, Problems& problems) {
  const CsvTable table = CsvTable::read(path);
  const OzoneColumns columns{table.required_column("time_utc"), table.required_column("ozone_ug_m3")};
  std::map<UtcTime, double> hours;
  for (std::size_t row = 0; row < table.rows(); ++row) add_row(table, row, columns, hours, problems);
  return hours;
}

}  // namespace

std::vector<double> ozone_of_hours(const PlumeCase& configuration, Problems& problems) {
  const PlumePhysicsConfig& config = configuration.plume;
  if (config.no2_method != "olm") return {};
  std::vector<double> all(static_cast<std::size_t>(configuration.hours()), config.ozone_ug_m3);
  if (config.ozone_file.empty()) return all;
  const std::map<UtcTime, double> known = hours_of_file(configuration.resolve(config.ozone_file), problems);
  std::size_t missing = 0;
  std::string first;
  for (std::size_t n = 0; n < all.size(); ++n) {
    const UtcTime end = configuration.run.start.plus_seconds(hour_s * static_cast<long long>(n + 1));
    const auto hour = known.find(end);
    if (hour != known.end())
      all[n] = hour->second;
    else if (missing++ == 0)
      first = to_iso8601(end);
  }
  if (missing > 0 && config.ozone_ug_m3 <= 0.0)
    problems.add(
        fmt::format("{}: no ozone for {} of {} hours, the first of which ends at {}; add them, or give "
                    "plume.ozone_ug_m3 for hours that are missing",
                    config.ozone_file, missing, all.size(), first));
  return all;
}

}  // namespace lantian::steady
