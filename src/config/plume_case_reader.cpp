#include "case_document.hpp"
#include "line_check.hpp"
#include "plume_declarations.hpp"
#include "time_check.hpp"

#include "lantian/config/plume_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

namespace lantian {

namespace {

void check_physics(const PlumePhysicsConfig& plume, KeyRecord& record) {
  if (!record.is_sound({"plume"})) return;
  if (plume.pollutants.empty())
    record.fault("plume.pollutants", "names no pollutant; at least one is needed");
  std::set<std::string> seen;
  for (const std::string& name : plume.pollutants)
    if (!seen.insert(name).second)
      record.fault("plume.pollutants", fmt::format("\"{}\" stands there twice", name));
  if (plume.arm2_least_ratio > plume.arm2_greatest_ratio)
    record.fault("plume.arm2_least_ratio", fmt::format("{:g} lies above plume.arm2_greatest_ratio, {:g}",
                                                       plume.arm2_least_ratio, plume.arm2_greatest_ratio));
}

void check_receptors(const PlumeReceptorsConfig& receptors, KeyRecord& record) {
  if (!record.is_sound({"receptors"})) return;
  if (receptors.file.empty() && receptors.districts.empty() && receptors.grid.empty())
    record.fault("receptors", "there is no receptor; name points (file), districts, or a [[receptors.grid]]");
  std::set<std::string> names;
  for (std::size_t n = 0; n < receptors.grid.size(); ++n) {
    const std::string key = fmt::format("receptors.grid.{}.name", n), &name = receptors.grid[n].name;
    if (!names.insert(name).second)
      record.fault(key, fmt::format("\"{}\" is the name of an earlier grid", name));
    const bool is_plain = std::ranges::all_of(
        name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
    if (!is_plain)
      record.fault(key, fmt::format("\"{}\" becomes part of a file's name: letters, digits, _ and - are "
                                    "allowed",
                                    name));
  }
}

void check_sources(const PlumeEmissionsConfig& emissions, KeyRecord& record) {
  check_lines(emissions.lines, record);
  if (emissions.enterprises.empty() && emissions.lines.empty() && emissions.areas.empty() &&
      record.is_sound({"emissions"}))
    record.fault("emissions",
                 "there is no source; name a list (enterprises), [[emissions.lines]] or [[emissions.areas]]");
}

}  // namespace

const std::vector<std::string>& plume_pollutants() {
  static const std::vector<std::string> names = {"SO2", "NOx", "NO2", "PM25", "PM10", "CO", "VOC", "NH3"};
  return names;
}

std::string PlumeCase::resolve(const std::string& path_in_case) const {
  return (std::filesystem::path(directory) / path_in_case).lexically_normal().string();
}

Case PlumeCase::shared_part() const {
  Case shared;
  shared.path = path;
  shared.directory = directory;
  shared.run.name = run.name;
  shared.run.start = run.start;
  shared.run.end = run.end;
  shared.run.utc_offset_h = run.utc_offset_h;
  shared.run.spin_up_h = 0.0;
  shared.weather.files = weather.files;
  shared.grid.land_use = grid.land_use;
  shared.emissions.enterprises = emissions.enterprises;
  shared.emissions.lines = emissions.lines;
  shared.emissions.areas = emissions.areas;
  shared.emissions.temporal_profiles = emissions.temporal_profiles;
  shared.emissions.vertical_profiles = emissions.vertical_profiles;
  shared.emissions.holidays = emissions.holidays;
  shared.receptors.file = receptors.file;
  return shared;
}

PlumeCase read_plume_case(const std::string& path, const std::vector<std::string>& set) {
  Problems problems;
  PlumeCase configuration;
  KeyRecord record(path, problems);
  read_document(path, set, problems, record, configuration);
  if (configuration.run.name.empty()) configuration.run.name = std::filesystem::path(path).stem().string();
  check_run_hours(configuration.run.start, configuration.run.end, record);
  check_sources(configuration.emissions, record);
  check_physics(configuration.plume, record);
  check_receptors(configuration.receptors, record);
  problems.throw_if_any();
  return configuration;
}

}  // namespace lantian
