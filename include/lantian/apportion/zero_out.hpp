#pragma once

#include "lantian/config/case.hpp"
#include "lantian/field/species.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/parallel/communicator.hpp"
#include "lantian/sources/emissions.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace lantian {

/// A run of the ensemble: the case with something changed.
struct Member {
  std::string name;
  enum class Role {
    base,
    no_emission,
    no_emission_no_initial_air,
    no_city,
    cut,
    voc_regime,
    nox_regime
  } role = Role::base;
  ScalingConfig cut;             // what is removed, for the roles that cut
  std::string group, pollutant;  // what a cut is reported as; pollutant "all" when they are cut together
};

/// A figure of merit of a run [ug m-3] at each receptor and for the population of the grid.
struct Metric {
  double city = 0.0;
  std::vector<double> receptors;
};

/// What a member has given.
struct MemberResult {
  Metric pm25;               // mean of the reported hours
  Metric o3;                 // mean daily maximum 8-h mean
  double removed_t_d = 0.0;  // mean rate of what was cut
  std::string state_hash;    // of the last hour
};

/// What the emissions hold that a group can name.
struct KnownSources {
  std::vector<std::string> sectors, districts, enterprises;
  std::map<std::string, std::string> enterprise_names;  // by enterprise_id, for the names of groups
  std::vector<std::string> natural_sectors;             // of `sectors`, those that nobody can reduce
};
[[nodiscard]] KnownSources known_sources(const Emissions& emissions);

/// The members that [ranking] asks for: base, shares, regime, and a cut for every group and pollutant.
/// @throws ConfigError that lists every fault: a group that names what the emissions do not have, names that
/// come twice, nothing to cut.
[[nodiscard]] std::vector<Member> ensemble_members(const RankingConfig& ranking, const KnownSources& known);

/// Pairs of groups that share sources, so that their effects may not be added up: "a and b".
[[nodiscard]] std::vector<std::string> overlapping_groups(const std::vector<RankingGroupConfig>& groups);

/// @throws ConfigError when no ranking can come of a case: PM2.5 or O3 is not among the species, less than
/// eight hours are reported, there is no emission.
void check_can_rank(const Case& configuration, const SpeciesTable& species);

/// Walks through the weather of the run, when the case has natural sources, so that their emission is known
/// to `drop_idle_cuts` and to the rates that cuts take away.
void survey_natural(Inputs& inputs, const RunConfig& run);

/// Takes the cuts of what nobody emits out of the members, for such a run is the base run again, and returns
/// their names.
std::vector<std::string> drop_idle_cuts(std::vector<Member>& members, const Emissions& emissions,
                                        const RunConfig& run);

/// Runs all members, each on a part of the ranks, and returns their results in order, on every rank.
///
/// A member's result has the bits that `Model` gives alone: parts only decide where it runs. `keep` gets each
/// result as soon as it is there, on one rank.
/// @throws Interruption when any rank was asked to stop; what `keep` got by then is whole.
[[nodiscard]] std::vector<MemberResult> run_ensemble(
    const Case& configuration, const std::vector<Member>& members, const Communicator& world,
    const std::function<void(const Member&, const MemberResult&)>& keep = {});

}  // namespace lantian
