#include "commands.hpp"

#include "lantian/apportion/daily_ozone.hpp"
#include "lantian/apportion/ranking.hpp"
#include "lantian/apportion/zero_out.hpp"
#include "lantian/base/errors.hpp"
#include "lantian/base/interrupt.hpp"
#include "lantian/base/log.hpp"
#include "lantian/config/case_reader.hpp"
#include "lantian/io/folder_lock.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/report/ranking_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

namespace lantian {

namespace {

/// The runs of a ranking, checked; says what a reader of its table should know of them.
std::vector<Member> members_of(const Case& configuration, const Inputs& inputs) {
  check_can_rank(configuration, inputs.species);
  std::vector<Member> members = ensemble_members(configuration.ranking, known_sources(inputs.emissions));
  const std::vector<std::string> idle = drop_idle_cuts(members, inputs.emissions, configuration.run);
  const bool has_cuts =
      std::ranges::any_of(members, [](const Member& one) { return one.role == Member::Role::cut; });
  if (!has_cuts)
    throw ConfigError(
        fmt::format("ranking: no group emits any of {} in the hours of the run; there is nothing to cut",
                    fmt::join(configuration.ranking.pollutants, ", ")));
  const auto hours = configuration.run.end.seconds_since(configuration.run.start) / 3600;
  const std::vector<double> series(static_cast<std::size_t>(hours), 0.0);
  if (daily_maximum_8h(series, configuration.run.start, configuration.run.utc_offset_h).empty())
    log_warning("the run holds no whole local day: its greatest 8-h mean stands for the daily maximum of O3");
  if (!idle.empty()) log_info(fmt::format("no run for what is not emitted: {}", fmt::join(idle, ", ")));
  if (const auto pairs = overlapping_groups(configuration.ranking.group); !pairs.empty())
    log_warning(fmt::format("ranking groups share sources, so that their effects must not be added up: {}",
                            fmt::join(pairs, "; ")));
  for (const RankingGroupConfig& group : configuration.ranking.group)
    if (group.sectors.empty() && group.districts.empty() && group.enterprises.empty())
      log_warning(fmt::format(
          "ranking.group \"{}\" names no sector, district or enterprise: it holds every source", group.name));
  return members;
}

}  // namespace

void command_rank(const RankOptions& options) {
  const Communicator world = Communicator::world();
  const Case configuration = read_case(options.which.path, options.which.set);
  const Inputs inputs = Inputs::open(configuration);
  const std::vector<Member> members = members_of(configuration, inputs);
  log_info(fmt::format("{}: {} runs of {} x {} x {} cells on {} rank(s)", configuration.run.name,
                       members.size(), inputs.weather.grid().columns(), inputs.weather.grid().rows(),
                       inputs.weather.layers().count(), world.size()));
  if (options.check_only) {
    std::string page = "runs of the ranking:\n";
    for (const Member& one : members) page += fmt::format("  {}\n", one.name);
    if (world.rank() == 0) print_page(page);
    log_info("the case is sound: nothing was run");
    return;
  }
  std::optional<FolderLock> lock;  // before the runs: a folder that cannot be written is told now
  if (world.rank() == 0) lock.emplace(configuration.output.directory);
  catch_interrupts();
  const RankingResult ranking = ranking_of(members, run_ensemble(configuration, members, world));
  if (world.rank() != 0) return;
  write_ranking(configuration.output.directory, configuration, ranking, inputs.receptors);
  print_page(ranking_page(configuration, ranking, inputs.receptors));
  log_info(fmt::format(
      "{0}/ranking.csv and {0}/ranking.json hold the whole table; scripts/plot_ranking.py {0} draws it",
      configuration.output.directory));
}

}  // namespace lantian
