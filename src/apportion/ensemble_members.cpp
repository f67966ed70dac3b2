#include "lantian/apportion/zero_out.hpp"
#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace lantian {

namespace {

void check_known(const std::vector<std::string>& named, const std::vector<std::string>& known,
                 const std::string& key, const std::string& what, Problems& problems) {
  for (const std::string& one : named) {
    if (std::ranges::find(known, one) != known.end()) continue;
    const std::string all = known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", "));
    problems.add(fmt::format("{}: the emissions have no {} \"{}\"; known are {}.{}", key, what, one, all,
                             did_you_mean(one, known)));
  }
}

void check_groups(const RankingConfig& ranking, const KnownSources& known, Problems& problems) {
  for (const RankingGroupConfig& group : ranking.group) {
    const std::string key = fmt::format("ranking.group \"{}\"", group.name);
    check_known(group.sectors, known.sectors, key, "sector", problems);
    check_known(group.districts, known.districts, key, "district", problems);
    check_known(group.enterprises, known.enterprises, key, "enterprise", problems);
  }
  check_known(ranking.city_districts, known.districts, "ranking.city_districts", "district", problems);
  const auto needs = [&](const std::string& by, const std::vector<std::string>& found,
                         const std::string& key) {
    if (ranking.by == by && found.empty())
      problems.add(fmt::format("ranking.by: \"{}\" finds no {} inside the grid; {}", by, by, key));
  };
  needs("sector", known.sectors, "give [[emissions.inventory]] or emissions.enterprises");
  needs("district", known.districts, "emissions.districts names the map of districts");
  needs("enterprise", known.enterprises, "emissions.enterprises names the lists of enterprises");
  if (ranking.pollutants.empty())
    problems.add("ranking.pollutants: is empty; at least one of VOC, NOx, SO2, NH3, PM, CO is needed");
}

/// Two groups of one name could not be told apart in the table.
void check_names(const std::vector<RankingGroupConfig>& groups, Problems& problems) {
  std::set<std::string> names;
  for (const RankingGroupConfig& group : groups)
    if (!names.insert(group.name).second)
      problems.add(fmt::format(
          "ranking.group \"{}\": ranking.by makes a group of that name too; give it another name, or set "
          "ranking.by = \"groups\"",
          group.name));
}

std::string name_of_enterprise(const KnownSources& known, const std::string& id) {
  const auto found = known.enterprise_names.find(id);
  return found == known.enterprise_names.end() || found->second.empty() ? id : id + " " + found->second;
}

std::vector<RankingGroupConfig> groups_of(const RankingConfig& ranking, const KnownSources& known) {
  std::vector<RankingGroupConfig> groups = ranking.group;
  if (ranking.by == "sector")
    for (const std::string& name : known.sectors)
      groups.push_back({.name = name, .sectors = {name}, .districts = {}, .enterprises = {}});
  if (ranking.by == "district")
    for (const std::string& name : known.districts)
      groups.push_back({.name = name, .sectors = {}, .districts = {name}, .enterprises = {}});
  if (ranking.by == "enterprise")
    for (const std::string& id : known.enterprises)
      groups.push_back(
          {.name = name_of_enterprise(known, id), .sectors = {}, .districts = {}, .enterprises = {id}});
  return groups;
}

ScalingConfig selection(const RankingGroupConfig& group, std::vector<std::string> pollutants, double factor) {
  return {.sectors = group.sectors,
          .districts = group.districts,
          .enterprises = group.enterprises,
          .pollutants = std::move(pollutants),
          .factor = factor};
}

/// Sectors that a cut of everything by policy means: all (an empty list) unless some are natural.
std::vector<std::string> reducible_sectors(const KnownSources& known) {
  if (known.natural_sectors.empty()) return {};
  std::vector<std::string> sectors = known.sectors;
  std::erase_if(sectors, [&known](const std::string& one) {
    return std::ranges::find(known.natural_sectors, one) != known.natural_sectors.end();
  });
  return sectors;
}

/// Whether a source can be meant by both lists; an empty one means any.
bool can_share(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return a.empty() || b.empty() || std::ranges::any_of(a, [&b](const std::string& one) {
           return std::ranges::find(b, one) != b.end();
         });
}

}  // namespace

std::vector<std::string> overlapping_groups(const std::vector<RankingGroupConfig>& groups) {
  std::vector<std::string> pairs;
  for (auto a = groups.begin(); a != groups.end(); ++a)
    for (auto b = std::next(a); b != groups.end(); ++b)
      if (can_share(a->sectors, b->sectors) && can_share(a->districts, b->districts) &&
          can_share(a->enterprises, b->enterprises))
        pairs.push_back(fmt::format(R"("{}" and "{}")", a->name, b->name));
  return pairs;
}

namespace {

/// Less of all VOC, and of all NOx: what limits ozone.
void add_regime(const KnownSources& known, std::vector<Member>& members) {
  using enum Member::Role;
  constexpr double regime_factor = 0.7;
  const RankingGroupConfig all{
      .name = "all", .sectors = reducible_sectors(known), .districts = {}, .enterprises = {}};
  members.push_back({.name = "30 % less VOC",
                     .role = voc_regime,
                     .cut = selection(all, {"VOC"}, regime_factor),
                     .group = "all",
                     .pollutant = "VOC"});
  members.push_back({.name = "30 % less NOx",
                     .role = nox_regime,
                     .cut = selection(all, {"NOx"}, regime_factor),
                     .group = "all",
                     .pollutant = "NOx"});
}

/// The runs that others are compared with: all sources, none, none with clean initial air, those of other
/// cities.
void add_references(const RankingConfig& ranking, std::vector<Member>& members) {
  using enum Member::Role;
  const auto add = [&members](const char* name, Member::Role role, ScalingConfig selected) {
    members.push_back({.name = name, .role = role, .cut = std::move(selected), .group = "", .pollutant = ""});
  };
  add("base", base, {});
  add("boundary and initial air only", no_emission, {});
  add("boundary air only", no_emission_no_initial_air, {});
  if (ranking.city_districts.empty()) return;
  const RankingGroupConfig city{
      .name = "own city", .sectors = {}, .districts = ranking.city_districts, .enterprises = {}};
  add("without the own city", no_city, selection(city, {}, 0.0));
}

/// A run for each group, or for each pollutant of each group.
void add_cuts(const RankingConfig& ranking, const std::vector<RankingGroupConfig>& groups,
              std::vector<Member>& members) {
  const auto add = [&](const RankingGroupConfig& group, const std::string& name,
                       const std::vector<std::string>& pollutants, const std::string& pollutant) {
    members.push_back({.name = name,
                       .role = Member::Role::cut,
                       .cut = selection(group, pollutants, 1.0 - ranking.cut),
                       .group = group.name,
                       .pollutant = pollutant});
  };
  for (const RankingGroupConfig& group : groups) {
    if (!ranking.pollutants_separately)
      add(group, group.name, ranking.pollutants, "all");
    else
      for (const std::string& pollutant : ranking.pollutants)
        add(group, group.name + " " + pollutant, {pollutant}, pollutant);
  }
}

}  // namespace

std::vector<Member> ensemble_members(const RankingConfig& ranking, const KnownSources& known) {
  Problems problems;
  check_groups(ranking, known, problems);
  const std::vector<RankingGroupConfig> groups = groups_of(ranking, known);
  check_names(groups, problems);
  problems.throw_if_any();
  std::vector<Member> members;
  add_references(ranking, members);
  if (ranking.regime) add_regime(known, members);
  add_cuts(ranking, groups, members);
  return members;
}

}  // namespace lantian
