#include "lantian/config/case_reader.hpp"

#include "case_declarations.hpp"
#include "case_document.hpp"
#include "grid_check.hpp"
#include "line_check.hpp"
#include "time_check.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <cmath>
#include <filesystem>
#include <set>

namespace lantian {

namespace {

void check_times(const RunConfig& run, KeyRecord& record) {
  check_run_hours(run.start, run.end, record);
  if (run.spin_up_h != std::floor(run.spin_up_h))
    record.fault("run.spin_up_h", fmt::format("{} is no whole number of hours", run.spin_up_h));
  const double steps = 3600.0 / run.time_step_s;
  if (steps != std::floor(steps))
    record.fault(
        "run.time_step_s",
        fmt::format("{} s does not divide an hour; such as 60, 120, 300 or 600 do", run.time_step_s));
}

void check_nest(const OutputConfig& output, const RunConfig& run, KeyRecord& record) {
  const std::string key = "output.nest_interval_min";
  if (!record.is_sound({key.c_str(), "output.nest", "run.time_step_s"})) return;
  const double steps = 60.0 * output.nest_interval_min / run.time_step_s;
  if (60 % output.nest_interval_min != 0)
    record.fault(key, fmt::format("{} min does not divide an hour; such as 5, 10, 15, 20, 30 or 60 do",
                                  output.nest_interval_min));
  else if (steps != std::floor(steps))
    record.fault(key, fmt::format("{} min is no whole number of time steps of {} s (run.time_step_s)",
                                  output.nest_interval_min, run.time_step_s));
  if (!output.nest && output.nest_interval_min != OutputConfig{}.nest_interval_min)
    record.fault(key,
                 "speaks of nest.nc, which this run does not write; set output.nest = true or take it out");
}

void check_boundary(const BoundaryConfig& boundary, KeyRecord& record) {
  for (std::size_t n = 0; n < boundary.air.size(); ++n) {
    const BoundaryAirConfig& air = boundary.air[n];
    const std::string key = fmt::format("boundary.air.{}", n);
    const auto needs = [&](const std::string& what) {
      record.fault(key, fmt::format("kind \"{}\" needs {}", air.kind, what));
    };
    const auto has_no_use_for = [&](const std::string& name) {
      record.fault(fmt::format("{}.{}", key, name),
                   fmt::format("kind \"{}\" has no use for it; take it out, or give it an entry "
                               "of its own",
                               air.kind));
    };
    if (!record.is_sound({key.c_str()})) continue;
    if (air.kind != "constant" && air.file.empty()) needs("the key file");
    if (air.kind == "constant" && air.values_ppb.empty() && air.values_ug_m3.empty())
      needs("values_ppb or values_ug_m3");
    if (air.kind == "stations" && air.rules.empty()) needs("the key rules");
    if (air.kind != "constant" && !air.values_ppb.empty()) has_no_use_for("values_ppb");
    if (air.kind != "constant" && !air.values_ug_m3.empty()) has_no_use_for("values_ug_m3");
    if (air.kind == "constant" && !air.file.empty()) has_no_use_for("file");
    if (air.kind != "stations" && !air.rules.empty()) has_no_use_for("rules");
    if (air.kind != "cmaq_profile" && !air.species_map.empty()) has_no_use_for("species_map");
    for (const auto& [species, value] : air.values_ppb)
      if (air.values_ug_m3.contains(species))
        record.fault(key + ".values_ug_m3", fmt::format("{} stands in values_ppb too; keep one", species));
  }
}

void check_ranking(const RankingConfig& ranking, KeyRecord& record) {
  if (ranking.by == "groups" && ranking.group.empty())
    record.fault("ranking.by", "\"groups\" needs at least one [[ranking.group]]");
  std::set<std::string> names;
  for (std::size_t n = 0; n < ranking.group.size(); ++n)
    if (!names.insert(ranking.group[n].name).second)
      record.fault(fmt::format("ranking.group.{}.name", n),
                   fmt::format("\"{}\" is the name of an earlier group", ranking.group[n].name));
}

void check_deposition(const DepositionConfig& deposition, KeyRecord& record) {
  if (deposition.ammonia == "bidirectional" && deposition.gas != "zhang2003")
    record.fault(
        "deposition.ammonia",
        fmt::format("\"bidirectional\" needs deposition.gas = \"zhang2003\", which here is \"{}\": other "
                    "resistances have no compensation points",
                    deposition.gas));
}

std::string digest_of_case(const Case& configuration) {
  const std::string text = results_text(configuration);
  return fmt::format("{:016x}", XXH64(text.data(), text.size(), 0));
}

}  // namespace

const std::vector<std::string>& known_mechanisms() {
  static const std::vector<std::string> names = {LANTIAN_MECHANISMS "none"};  // folders of inputs/mechanisms
  return names;
}

std::string results_text(const Case& configuration) {
  Case copy = configuration;
  copy.output.directory.clear();
  copy.restart = {};
  return print_config(copy);
}

std::string Case::resolve(const std::string& path_in_case) const {
  return (std::filesystem::path(directory) / path_in_case).lexically_normal().string();
}

std::string Case::restart_directory() const {
  return restart.directory.empty() ? output.directory + "/restart" : restart.directory;
}

Case read_case(const std::string& path, const std::vector<std::string>& set) {
  Problems problems;
  Case configuration;
  KeyRecord record(path, problems);
  read_document(path, set, problems, record, configuration);
  if (configuration.run.name.empty()) configuration.run.name = std::filesystem::path(path).stem().string();
  check_times(configuration.run, record);
  check_deposition(configuration.deposition, record);
  check_grid(configuration.grid, record);
  check_nest(configuration.output, configuration.run, record);
  check_boundary(configuration.boundary, record);
  check_lines(configuration.emissions.lines, record);
  check_ranking(configuration.ranking, record);
  problems.throw_if_any();
  configuration.digest = digest_of_case(configuration);
  return configuration;
}

}  // namespace lantian
