#include "lantian/base/text.hpp"
#include "lantian/report/evaluation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace lantian {

namespace {

std::set<std::string> names_of(const std::vector<StationSeries>& stations) {
  std::set<std::string> names;
  for (const StationSeries& one : stations) names.insert(one.station);
  return names;
}

std::vector<std::string> shared(const std::set<std::string>& a, const std::set<std::string>& b) {
  std::vector<std::string> both;
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  return both;
}

std::set<UtcTime> hours_of(const std::vector<StationSeries>& stations) {
  std::set<UtcTime> hours;
  for (const StationSeries& one : stations)
    for (const auto& [species, series] : one.species)
      for (const auto& [hour, value] : series) hours.insert(hour);
  return hours;
}

std::string span_of(const std::set<UtcTime>& hours) {
  return hours.empty() ? "none"
                       : fmt::format("{} to {}", to_iso8601(*hours.begin()), to_iso8601(*hours.rbegin()));
}

/// Observations against one run, which `what` names.
void check_run(const EvaluationOptions& options, const std::vector<StationSeries>& observed,
               const std::vector<StationSeries>& run, const std::string& what, const std::string& path,
               Problems& problems) {
  const std::set<std::string> there = names_of(observed), here = names_of(run);
  if (shared(there, here).empty()) {
    problems.add(fmt::format("{}: {} has no station of {}; it has {}, the observations have {}", path, what,
                             options.observations, fmt::join(here, ", "), fmt::join(there, ", ")));
    return;
  }
  const std::set<UtcTime> hours = hours_of(run), observed_hours = hours_of(observed);
  const bool has_common = std::ranges::any_of(
      observed_hours, [&](UtcTime hour) { return is_scored(options, hour) && hours.contains(hour); });
  if (!has_common)
    problems.add(
        fmt::format("{}: {} has no scored hour in common with {}; its hours begin {}, those of the "
                    "observations {} (UTC): "
                    "check --utc-offset, --stamp and --hours",
                    path, what, options.observations, span_of(hours), span_of(observed_hours)));
}

}  // namespace

std::vector<std::string> stations_without_model(const std::vector<StationSeries>& observed,
                                                const std::vector<StationSeries>& model) {
  const std::set<std::string> there = names_of(observed), here = names_of(model);
  std::vector<std::string> missing;
  std::ranges::set_difference(there, here, std::back_inserter(missing));
  return missing;
}

void check_evaluation(const EvaluationOptions& options, const std::vector<StationSeries>& observed,
                      const std::vector<StationSeries>& model,
                      const std::vector<StationSeries>& boundary_only, Problems& problems) {
  const std::set<std::string> names = names_of(observed);
  const std::vector<std::string> known(names.begin(), names.end());
  for (const std::string& one : options.excluded)
    if (!names.contains(one))
      problems.add(fmt::format("--exclude {}: {} has no such station.{}", one, options.observations,
                               did_you_mean(one, known)));
  check_run(options, observed, model, "the model", options.model, problems);
  if (!options.boundary_only.empty())
    check_run(options, observed, boundary_only, "the boundary-only run", options.boundary_only, problems);
}

}  // namespace lantian
