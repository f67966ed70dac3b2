#include "diagnose_declarations.hpp"
#include "grid_check.hpp"
#include "table_reader.hpp"
#include "toml_document.hpp"

#include "lantian/config/diagnose_case.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace lantian {

namespace {

void check_period(const PeriodConfig& period, const std::string& path, Problems& problems) {
  if (period.end < period.start)
    problems.add(fmt::format("{}: period.end ({}) lies before period.start ({})", path,
                             to_iso8601(period.end), to_iso8601(period.start)));
  for (const auto& [name, time] : {std::pair{"start", period.start}, std::pair{"end", period.end}})
    if (time.unix_seconds() % 3600 != 0)
      problems.add(fmt::format("{}: period.{} ({}) is no whole hour", path, name, to_iso8601(time)));
}

void check_dates(const std::string& key, const std::vector<std::string>& dates, const std::string& path,
                 Problems& problems) {
  for (const std::string& date : dates) try {
      static_cast<void>(parse_utc(date + "T00:00:00Z"));
    } catch (const Error&) {
      problems.add(fmt::format("{}: {}: \"{}\" is no date such as 2020-03-31", path, key, date));
    }
}

void check_breeze(const DiagnoseCase& c, Problems& problems) {
  const SeaBreezeConfig& breeze = c.sea_breeze;
  if (!(breeze.onset_h < breeze.peak_h && breeze.peak_h < breeze.end_h))
    problems.add(fmt::format("{}: sea_breeze: onset_h {:g}, peak_h {:g}, end_h {:g} must rise", c.path,
                             breeze.onset_h, breeze.peak_h, breeze.end_h));
  if (c.air.sea_layer_most_m < c.air.sea_layer_least_m)
    problems.add(fmt::format("{}: air.sea_layer_most_m ({:g}) lies below air.sea_layer_least_m ({:g})",
                             c.path, c.air.sea_layer_most_m, c.air.sea_layer_least_m));
  check_dates("sea_breeze.days", breeze.days, c.path, problems);
  check_dates("sea_breeze.land_breeze_days", breeze.land_breeze_days, c.path, problems);
}

}  // namespace

std::string DiagnoseCase::resolve(const std::string& path_in_case) const {
  return (std::filesystem::path(directory) / path_in_case).lexically_normal().string();
}

DiagnoseCase read_diagnose_case(const std::string& path, const std::vector<std::string>& set) {
  Problems problems;
  const toml::table document = parse_document(path, set, problems);
  DiagnoseCase configuration;
  TableReader reader(document, "", problems);
  declare(reader, configuration);
  reader.refuse_unknown();
  configuration.path = path;
  configuration.directory = std::filesystem::absolute(path).parent_path().string();
  if (problems.empty()) {
    check_period(configuration.period, path, problems);
    check_grid(configuration.grid, path, problems);
    check_breeze(configuration, problems);
  }
  problems.throw_if_any();
  return configuration;
}

}  // namespace lantian
