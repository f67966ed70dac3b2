#include "lantian/apportion/zero_out.hpp"
#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lantian {

namespace {

void check_known(const std::vector<std::string>& named, const std::vector<std::string>& known,
                 const std::string& what, const std::string& group) {
  for (const std::string& one : named)
    if (std::ranges::find(known, one) == known.end())
      throw ConfigError(fmt::format("ranking.group \"{}\": the emissions have no {} \"{}\".{}", group, what,
                                    one, did_you_mean(one, known)));
}

std::vector<RankingGroupConfig> groups_of(const RankingConfig& ranking, const KnownSources& known) {
  std::vector<RankingGroupConfig> groups = ranking.group;
  for (const RankingGroupConfig& group : groups) {
    check_known(group.sectors, known.sectors, "sector", group.name);
    check_known(group.districts, known.districts, "district", group.name);
    check_known(group.enterprises, known.enterprises, "enterprise", group.name);
  }
  if (ranking.by == "sector")
    for (const std::string& name : known.sectors)
      groups.push_back({.name = name, .sectors = {name}, .districts = {}, .enterprises = {}});
  if (ranking.by == "district")
    for (const std::string& name : known.districts)
      groups.push_back({.name = name, .sectors = {}, .districts = {name}, .enterprises = {}});
  if (ranking.by == "enterprise")
    for (const std::string& id : known.enterprises)
      groups.push_back({.name = id, .sectors = {}, .districts = {}, .enterprises = {id}});
  return groups;
}

ScalingConfig selection(const RankingGroupConfig& group, std::vector<std::string> pollutants, double factor) {
  return {.sectors = group.sectors,
          .districts = group.districts,
          .enterprises = group.enterprises,
          .pollutants = std::move(pollutants),
          .factor = factor};
}

}  // namespace

std::vector<Member> ensemble_members(const RankingConfig& ranking, const KnownSources& known) {
  using enum Member::Role;
  std::vector<Member> members;
  members.push_back({.name = "base", .role = base, .cut = {}, .group = "", .pollutant = ""});
  members.push_back({.name = "boundary and initial air only",
                     .role = no_emission,
                     .cut = {},
                     .group = "",
                     .pollutant = ""});
  members.push_back({.name = "boundary air only",
                     .role = no_emission_no_initial_air,
                     .cut = {},
                     .group = "",
                     .pollutant = ""});
  if (!ranking.city_districts.empty()) {
    check_known(ranking.city_districts, known.districts, "district", "city_districts");
    const RankingGroupConfig city{
        .name = "own city", .sectors = {}, .districts = ranking.city_districts, .enterprises = {}};
    members.push_back({.name = "without the own city",
                       .role = no_city,
                       .cut = selection(city, {}, 0.0),
                       .group = "",
                       .pollutant = ""});
  }
  if (ranking.regime) {
    constexpr double regime_factor = 0.7;
    members.push_back({.name = "30 % less VOC",
                       .role = voc_regime,
                       .cut = selection({}, {"VOC"}, regime_factor),
                       .group = "all",
                       .pollutant = "VOC"});
    members.push_back({.name = "30 % less NOx",
                       .role = nox_regime,
                       .cut = selection({}, {"NOx"}, regime_factor),
                       .group = "all",
                       .pollutant = "NOx"});
  }
  for (const RankingGroupConfig& group : groups_of(ranking, known)) {
    if (!ranking.pollutants_separately) {
      members.push_back({.name = group.name,
                         .role = cut,
                         .cut = selection(group, ranking.pollutants, 1.0 - ranking.cut),
                         .group = group.name,
                         .pollutant = "all"});
      continue;
    }
    for (const std::string& pollutant : ranking.pollutants)
      members.push_back({.name = group.name + " " + pollutant,
                         .role = cut,
                         .cut = selection(group, {pollutant}, 1.0 - ranking.cut),
                         .group = group.name,
                         .pollutant = pollutant});
  }
  return members;
}

}  // namespace lantian
