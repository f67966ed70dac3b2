#include "commands.hpp"

#include "lantian/apportion/daily_ozone.hpp"
#include "lantian/apportion/member_store.hpp"
#include "lantian/apportion/ranking.hpp"
#include "lantian/apportion/zero_out.hpp"
#include "lantian/base/errors.hpp"
#include "lantian/base/interrupt.hpp"
#include "lantian/base/log.hpp"
#include "lantian/config/case_reader.hpp"
#include "lantian/io/folder_lock.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/run_output.hpp"
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

/// What must be the same for a kept result to count.
std::string identity_of(const Case& configuration, const Inputs& inputs, const Communicator& world) {
  std::string identity;
  for (const auto& [key, value] : provenance_of(configuration, inputs, world, program_version()))
    identity += fmt::format("{}={}\n", key, value);
  return identity;
}

/// The folder of results, or one of the part's own: parts run beside each other.
std::string lock_folder(const Case& configuration, const std::string& kept_folder,
                        const std::optional<RankPart>& part) {
  if (!part) return configuration.output.directory;
  return fmt::format("{}/part_{}_of_{}", kept_folder, part->part, part->parts);
}

/// Runs what is missing of a part, keeps it and fills it in.
void run_missing(const Case& configuration, const std::vector<Member>& members, RankPart part,
                 const MemberStore& store, std::vector<std::optional<MemberResult>>& results) {
  std::vector<Member> missing;
  std::vector<std::size_t> places;
  for (std::size_t n = 0; n < members.size(); ++n) {
    const bool is_of_part =
        n % static_cast<std::size_t>(part.parts) + 1 == static_cast<std::size_t>(part.part);
    if (!is_of_part || results[n]) continue;
    missing.push_back(members[n]);
    places.push_back(n);
  }
  const auto kept = std::ranges::count_if(results, [](const auto& one) { return one.has_value(); });
  if (kept > 0)
    log_info(
        fmt::format("{} of {} runs are done already, {} are run now", kept, members.size(), missing.size()));
  const std::vector<MemberResult> made =
      run_ensemble(configuration, missing, Communicator::world(),
                   [&](const Member& member, const MemberResult& result) { store.write(member, result); });
  for (std::size_t n = 0; n < made.size(); ++n) results[places[n]] = made[n];
}

}  // namespace

void command_rank(const RankOptions& options) {
  const Communicator world = Communicator::world();
  const Case configuration = read_case(options.which.path, options.which.set);
  Inputs inputs = Inputs::open(configuration);
  survey_natural(inputs, configuration.run);
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
  const std::string kept_folder = configuration.output.directory + "/members";
  std::optional<FolderLock> lock;  // before the runs: a folder that cannot be written is told now
  if (world.rank() == 0) lock.emplace(lock_folder(configuration, kept_folder, options.part));
  world.barrier();
  catch_interrupts();
  const MemberStore store(kept_folder, identity_of(configuration, inputs, world));
  std::vector<std::optional<MemberResult>> results(members.size());
  if (options.resume || options.part) results = store.read(members, world);
  run_missing(configuration, members, options.part.value_or(RankPart{}), store, results);
  if (options.part) {
    log_info(fmt::format("part {} of {} is done; when all are, lantian rank {} --resume makes the ranking",
                         options.part->part, options.part->parts, configuration.path));
    return;
  }
  std::vector<MemberResult> all;
  all.reserve(results.size());
  for (const auto& one : results) all.push_back(one.value());
  const RankingResult ranking = ranking_of(members, all);
  if (world.rank() != 0) return;
  write_ranking(configuration.output.directory, configuration, ranking, inputs.receptors);
  store.remove();
  print_page(ranking_page(configuration, ranking, inputs.receptors));
  log_info(fmt::format(
      "{0}/ranking.csv and {0}/ranking.json hold the whole table; scripts/plot_ranking.py {0} draws it",
      configuration.output.directory));
}

}  // namespace lantian
