#include "lantian/apportion/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

namespace lantian {

namespace {

const MemberResult* find_role(const std::vector<Member>& members, const std::vector<MemberResult>& results,
                              Member::Role role) {
  for (std::size_t n = 0; n < members.size(); ++n)
    if (members[n].role == role) return &results[n];
  return nullptr;
}

/// Of a role that each ensemble has.
const MemberResult& result_of(const std::vector<Member>& members, const std::vector<MemberResult>& results,
                              Member::Role role) {
  const MemberResult* found = find_role(members, results, role);
  if (found == nullptr) throw std::logic_error("an ensemble lacks its base run or one without emissions");
  return *found;
}

Metric difference(const Metric& a, const Metric& b) {
  Metric change{.city = a.city - b.city, .receptors = a.receptors};
  for (std::size_t n = 0; n < change.receptors.size(); ++n) change.receptors[n] -= b.receptors[n];
  return change;
}

ControllableShare share_of(const std::vector<Member>& members, const std::vector<MemberResult>& results,
                           Metric MemberResult::*metric) {
  using enum Member::Role;
  const double base_value = (result_of(members, results, base).*metric).city;
  const double outside = (result_of(members, results, no_emission).*metric).city;
  const double inflow = (result_of(members, results, no_emission_no_initial_air).*metric).city;
  const MemberResult* without_city = find_role(members, results, no_city);
  const double others = without_city != nullptr ? (without_city->*metric).city : outside;
  return {.base = base_value,
          .own_city = base_value - others,
          .neighbours = others - outside,
          .boundary = inflow,
          .initial_air = outside - inflow};
}

std::vector<RankedEffect> effects_on(const std::string& name, const std::vector<Member>& members,
                                     const std::vector<MemberResult>& results, Metric MemberResult::*metric) {
  const Metric& base_metric = result_of(members, results, Member::Role::base).*metric;
  std::vector<RankedEffect> effects;
  for (std::size_t n = 0; n < members.size(); ++n) {
    if (members[n].role != Member::Role::cut) continue;
    const double removed = results[n].removed_t_d;
    RankedEffect effect{.metric = name,
                        .group = members[n].group,
                        .pollutant = members[n].pollutant,
                        .removed_t_d = removed,
                        .change_ug_m3 = difference(results[n].*metric, base_metric)};
    effect.per_tonne_ug_m3 = removed > 0.0 ? effect.change_ug_m3.city / removed : 0.0;
    effects.push_back(effect);
  }
  std::ranges::stable_sort(effects, {}, [](const RankedEffect& e) { return e.change_ug_m3.city; });
  return effects;
}

}  // namespace

std::string name_of(Regime regime) {
  switch (regime) {
    case Regime::voc_limited:
      return "VOC-limited";
    case Regime::nox_limited:
      return "NOx-limited";
    case Regime::transition:
      return "transition";
    case Regime::none:
      break;
  }
  return "none";
}

Regime ozone_regime(double change_by_voc, double change_by_nox) {
  const double greater = std::max(std::fabs(change_by_voc), std::fabs(change_by_nox));
  if (greater == 0.0) return Regime::none;
  if (std::fabs(change_by_voc - change_by_nox) <= 0.2 * greater) return Regime::transition;
  return change_by_voc < change_by_nox ? Regime::voc_limited : Regime::nox_limited;
}

RankingResult ranking_of(const std::vector<Member>& members, const std::vector<MemberResult>& results) {
  using enum Member::Role;
  const MemberResult& base_run = result_of(members, results, base);
  RankingResult ranking{.pm25 = share_of(members, results, &MemberResult::pm25),
                        .o3 = share_of(members, results, &MemberResult::o3),
                        .effects = effects_on("PM25", members, results, &MemberResult::pm25),
                        .has_regime = false,
                        .receptor_regime = {},
                        .o3_by_voc = {},
                        .o3_by_nox = {},
                        .base_pm25 = base_run.pm25,
                        .base_o3 = base_run.o3,
                        .base_state_hash = base_run.state_hash};
  for (RankedEffect& effect : effects_on("O3_MDA8", members, results, &MemberResult::o3))
    ranking.effects.push_back(effect);
  const MemberResult* voc = find_role(members, results, voc_regime);
  const MemberResult* nox = find_role(members, results, nox_regime);
  if (voc == nullptr || nox == nullptr) return ranking;
  const Metric by_voc = ranking.o3_by_voc = difference(voc->o3, base_run.o3),
               by_nox = ranking.o3_by_nox = difference(nox->o3, base_run.o3);
  ranking.has_regime = true;
  ranking.city_regime = ozone_regime(by_voc.city, by_nox.city);
  for (std::size_t n = 0; n < by_voc.receptors.size(); ++n)
    ranking.receptor_regime.push_back(ozone_regime(by_voc.receptors[n], by_nox.receptors[n]));
  return ranking;
}

}  // namespace lantian
