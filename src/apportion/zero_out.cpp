#include "lantian/apportion/zero_out.hpp"

#include "lantian/apportion/daily_ozone.hpp"
#include "lantian/base/errors.hpp"
#include "lantian/base/interrupt.hpp"
#include "lantian/base/log.hpp"
#include "lantian/model/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace lantian {

namespace {

Case case_of(const Case& configuration, const Member& member) {
  using enum Member::Role;
  Case changed = configuration;
  const bool has_emission = member.role != no_emission && member.role != no_emission_no_initial_air;
  changed.emissions.enabled = configuration.emissions.enabled && has_emission;
  if (member.role == no_emission_no_initial_air) changed.boundary.initial_factor = 0.0;
  if (member.role != base && has_emission) changed.emissions.scaling.push_back(member.cut);
  return changed;
}

/// Keeps what the metrics need of a run: PM2.5 summed and O3 hour by hour, for each cell of the tile.
class Recorder {
 public:
  Recorder(const Tile& tile, const HourlyMean& mean) : tile_(tile), pm25_sum_(tile.rows, tile.columns, 0.0) {
    const auto& all = mean.quantities();
    pm25_ = static_cast<std::size_t>(std::ranges::find(all, "PM25", &SurfaceQuantity::name) - all.begin());
    o3_ = static_cast<std::size_t>(std::ranges::find(all, "O3", &SurfaceQuantity::name) - all.begin());
    if (pm25_ == all.size() || o3_ == all.size())
      throw InternalError("a ranking was begun without PM2.5 or without O3");
  }

  void add(const HourReport& hour) {
    const Array2<double> pm25 = hour.mean.surface_ug_m3(pm25_);
    for (std::size_t n = 0; n < pm25.values().size(); ++n) pm25_sum_.values()[n] += pm25.values()[n];
    o3_hours_.push_back(hour.mean.surface_ug_m3(o3_));
  }

  [[nodiscard]] Array2<double> mean_pm25() const {
    Array2<double> mean = pm25_sum_;
    for (double& value : mean.values()) value /= static_cast<double>(o3_hours_.size());
    return mean;
  }

  [[nodiscard]] Array2<double> mean_daily_o3(const RunConfig& run) const {
    Array2<double> mean(tile_.rows, tile_.columns, 0.0);
    std::vector<double> series(o3_hours_.size());
    for (int j = 0; j < tile_.rows; ++j) {
      for (int i = 0; i < tile_.columns; ++i) {
        for (std::size_t n = 0; n < series.size(); ++n) series[n] = o3_hours_[n](j, i);
        mean(j, i) = mean_daily_maximum_8h(series, run.start, run.utc_offset_h).value_or(0.0);
      }
    }
    return mean;
  }

 private:
  Tile tile_;
  std::size_t pm25_ = 0, o3_ = 0;
  Array2<double> pm25_sum_;
  std::vector<Array2<double>> o3_hours_;
};

Metric metric_of(const Communicator& ranks, const Tile& tile, const Array2<double>& field,
                 const Inputs& inputs) {
  return {.city = population_mean(ranks, tile, field, inputs.population),
          .receptors = at_receptors(ranks, tile, field, inputs.receptors)};
}

double removed_t_d(const Member& member, const Inputs& base_emissions, const Case& configuration) {
  if (member.cut.factor >= 1.0) return 0.0;
  const double emitted_t_d = base_emissions.emissions.mean_rate_t_d(
      member.cut, member.pollutant, configuration.run.start, configuration.run.end);
  return (1.0 - member.cut.factor) * emitted_t_d;
}

MemberResult run_member(const Case& configuration, const Member& member, const Communicator& ranks) {
  const QuietLog quiet;
  const Case changed = case_of(configuration, member);
  Inputs inputs = Inputs::open(changed);
  Model model(changed, ranks, inputs);
  std::optional<Recorder> recorder;
  MemberResult result;
  model.run([&](const HourReport& hour) {
    result.state_hash = hour.state_hash;
    if (hour.is_spin_up) return;
    if (!recorder) recorder.emplace(model.tile(), hour.mean);
    recorder->add(hour);
  });
  result.pm25 = metric_of(ranks, model.tile(), recorder->mean_pm25(), inputs);
  result.o3 = metric_of(ranks, model.tile(), recorder->mean_daily_o3(configuration.run), inputs);
  return result;
}

/// A result as numbers, so that ranks can share it: city and receptors of both metrics, then the removed
/// rate.
std::vector<double> packed(const MemberResult& result) {
  std::vector<double> numbers = {result.removed_t_d, result.pm25.city, result.o3.city};
  numbers.insert(numbers.end(), result.pm25.receptors.begin(), result.pm25.receptors.end());
  numbers.insert(numbers.end(), result.o3.receptors.begin(), result.o3.receptors.end());
  return numbers;
}

MemberResult unpacked(const std::vector<double>& numbers, std::size_t receptors, const std::string& hash) {
  const auto first = numbers.begin() + 3;
  const auto middle = first + static_cast<std::ptrdiff_t>(receptors);
  return {.pm25 = {numbers[1], {first, middle}},
          .o3 = {numbers[2], {middle, numbers.end()}},
          .removed_t_d = numbers[0],
          .state_hash = hash};
}

void tell_done(const std::vector<Member>& members, std::size_t n) {
  log_event("member", fmt::format("run {} of {} done: {}", n + 1, members.size(), members[n].name),
            {{"member", static_cast<double>(n + 1)},
             {"members", static_cast<double>(members.size())},
             {"name", members[n].name}});
}

/// @throws Interruption on all ranks when those of any part were asked to stop.
void stop_together(const Communicator& world, bool is_stopped) {
  if (!world.any(is_stopped)) return;
  const bool is_by_user = world.any(stop_request() == StopRequest::by_user);
  throw Interruption(
      "stopped by a signal; there is no ranking yet. The runs that are done are kept: go on "
      "with the same command and --resume",
      is_by_user ? ExitCode::interrupted : ExitCode::stopped);
}

}  // namespace

std::vector<MemberResult> run_ensemble(const Case& configuration, const std::vector<Member>& members,
                                       const Communicator& world,
                                       const std::function<void(const Member&, const MemberResult&)>& keep) {
  if (members.empty()) return {};
  const int most =
      configuration.ranking.members_at_once > 0 ? configuration.ranking.members_at_once : world.size();
  const int parts = std::min({most, world.size(), static_cast<int>(members.size())});
  const int part = world.rank() % parts;
  const Communicator ranks = world.split(part);
  Inputs base = Inputs::open(configuration);
  survey_natural(base, configuration.run);
  const std::size_t receptors = base.receptors.size();

  std::vector<std::vector<double>> results(members.size(), std::vector<double>(3 + 2 * receptors, 0.0));
  std::vector<std::string> hashes(members.size());
  bool is_stopped = false;  // a part that is asked to stop may not leave the others waiting below
  try {
    for (auto n = static_cast<std::size_t>(part); n < members.size(); n += static_cast<std::size_t>(parts)) {
      MemberResult result = run_member(configuration, members[n], ranks);
      result.removed_t_d = removed_t_d(members[n], base, configuration);
      tell_done(members, n);
      hashes[n] = result.state_hash;
      if (ranks.rank() != 0) continue;
      results[n] = packed(result);
      if (keep) keep(members[n], result);
    }
  } catch (const Interruption&) {
    is_stopped = true;
  }
  stop_together(world, is_stopped);
  std::vector<MemberResult> all;
  for (std::size_t n = 0; n < members.size(); ++n) {
    world.sum_disjoint(results[n]);
    const int root = static_cast<int>(n) % parts;  // the first rank of the part that ran it
    all.push_back(unpacked(results[n], receptors, world.broadcast(hashes[n], root)));
  }
  return all;
}

}  // namespace lantian
