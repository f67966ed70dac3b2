#pragma once

#include "lantian/config/case.hpp"
#include "lantian/parallel/communicator.hpp"

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

/// The members that [ranking] asks for: base, shares, regime, and a cut for every group and pollutant.
/// `sectors`, `districts` and `enterprises` are those the emissions know.
/// @throws ConfigError when a listed group names a sector, district or enterprise that the emissions do not
/// have.
struct KnownSources {
  std::vector<std::string> sectors, districts, enterprises;
};
[[nodiscard]] std::vector<Member> ensemble_members(const RankingConfig& ranking, const KnownSources& known);

/// Runs all members, each on a part of the ranks, and returns their results in order, on every rank.
///
/// A member's result has the bits that `Model` gives alone: parts only decide where it runs.
[[nodiscard]] std::vector<MemberResult> run_ensemble(const Case& configuration,
                                                     const std::vector<Member>& members,
                                                     const Communicator& world);

}  // namespace lantian
