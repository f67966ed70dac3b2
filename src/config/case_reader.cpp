#include "lantian/config/case_reader.hpp"

#include "case_declarations.hpp"
#include "grid_check.hpp"
#include "table_reader.hpp"
#include "toml_document.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace lantian {

namespace {

void check_times(const RunConfig& run, const std::string& path, Problems& problems) {
  if (run.end <= run.start)
    problems.add(fmt::format("{}: run.end ({}) does not lie after run.start ({})", path, to_iso8601(run.end),
                             to_iso8601(run.start)));
  for (const auto& [name, time] : {std::pair{"start", run.start}, std::pair{"end", run.end}})
    if (time.unix_seconds() % 3600 != 0)
      problems.add(fmt::format("{}: run.{} ({}) is no whole hour", path, name, to_iso8601(time)));
  if (run.spin_up_h != std::floor(run.spin_up_h))
    problems.add(fmt::format("{}: run.spin_up_h ({}) is no whole number of hours", path, run.spin_up_h));
  const double steps = 3600.0 / run.time_step_s;
  if (steps != std::floor(steps))
    problems.add(fmt::format("{}: run.time_step_s ({}) does not divide 3600 s", path, run.time_step_s));
}

void check_boundary(const BoundaryConfig& boundary, const std::string& path, Problems& problems) {
  for (std::size_t n = 0; n < boundary.air.size(); ++n) {
    const BoundaryAirConfig& air = boundary.air[n];
    if (air.kind != "constant" && air.file.empty())
      problems.add(fmt::format("{}: boundary.air.{}: kind \"{}\" needs a file", path, n, air.kind));
    if (air.kind == "constant" && air.values_ppb.empty() && air.values_ug_m3.empty())
      problems.add(
          fmt::format("{}: boundary.air.{}: kind \"constant\" needs values_ppb or values_ug_m3", path, n));
    if (air.kind == "stations" && air.rules.empty())
      problems.add(fmt::format("{}: boundary.air.{}: kind \"stations\" needs rules", path, n));
  }
}

std::string digest_of_case(Case configuration) {
  configuration.output.directory.clear();
  const std::string text = print_config(configuration);
  return fmt::format("{:016x}", XXH64(text.data(), text.size(), 0));
}

}  // namespace

std::string Case::resolve(const std::string& path_in_case) const {
  return (std::filesystem::path(directory) / path_in_case).lexically_normal().string();
}

Case read_case(const std::string& path, const std::vector<std::string>& set) {
  Problems problems;
  const toml::table document = parse_document(path, set, problems);
  Case configuration;
  TableReader reader(document, "", problems);
  declare(reader, configuration);
  reader.refuse_unknown();
  configuration.path = path;
  configuration.directory = std::filesystem::absolute(path).parent_path().string();
  if (configuration.run.name.empty()) configuration.run.name = std::filesystem::path(path).stem().string();
  if (problems.empty()) {
    check_times(configuration.run, path, problems);
    check_grid(configuration.grid, path, problems);
    check_boundary(configuration.boundary, path, problems);
  }
  problems.throw_if_any();
  configuration.digest = digest_of_case(configuration);
  return configuration;
}

}  // namespace lantian
