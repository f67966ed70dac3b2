#include "case_document.hpp"
#include "diagnose_declarations.hpp"
#include "grid_check.hpp"
#include "time_check.hpp"

#include "lantian/config/diagnose_case.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace lantian {

namespace {

void check_period(const PeriodConfig& period, KeyRecord& record) {
  check_whole_hours("period", period.start, period.end, record);
  if (record.is_sound({"period.start", "period.end"}) && period.end < period.start)
    record.fault("period.end", fmt::format("{} lies before period.start, {}", to_iso8601(period.end),
                                           to_iso8601(period.start)));
}

void check_dates(const std::string& key, const std::vector<std::string>& dates, KeyRecord& record) {
  if (!record.is_sound({key.c_str()})) return;
  for (const std::string& date : dates) try {
      static_cast<void>(parse_utc(date + "T00:00:00Z"));
    } catch (const Error&) {
      record.fault(key, fmt::format("\"{}\" is no date such as 2020-03-31", date));
    }
}

void check_breeze(const DiagnoseCase& c, KeyRecord& record) {
  const SeaBreezeConfig& breeze = c.sea_breeze;
  if (record.is_sound({"sea_breeze"}) && !(breeze.onset_h < breeze.peak_h && breeze.peak_h < breeze.end_h))
    record.fault("sea_breeze", fmt::format("onset_h {:g}, peak_h {:g}, end_h {:g} must rise", breeze.onset_h,
                                           breeze.peak_h, breeze.end_h));
  if (record.is_sound({"air"}) && c.air.sea_layer_most_m < c.air.sea_layer_least_m)
    record.fault("air.sea_layer_most_m", fmt::format("{:g} lies below air.sea_layer_least_m, {:g}",
                                                     c.air.sea_layer_most_m, c.air.sea_layer_least_m));
  check_dates("sea_breeze.days", breeze.days, record);
  check_dates("sea_breeze.land_breeze_days", breeze.land_breeze_days, record);
}

}  // namespace

std::string DiagnoseCase::resolve(const std::string& path_in_case) const {
  return (std::filesystem::path(directory) / path_in_case).lexically_normal().string();
}

DiagnoseCase read_diagnose_case(const std::string& path, const std::vector<std::string>& set) {
  Problems problems;
  DiagnoseCase configuration;
  KeyRecord record(path, problems);
  read_document(path, set, problems, record, configuration);
  check_period(configuration.period, record);
  check_grid(configuration.grid, record);
  check_breeze(configuration, record);
  problems.throw_if_any();
  return configuration;
}

}  // namespace lantian
