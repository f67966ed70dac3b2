#include "lantian/apportion/zero_out.hpp"
#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace lantian {
namespace {

const KnownSources known = {.sectors = {"road", "power"},
                            .districts = {"Shinan", "Shibei"},
                            .enterprises = {"QD001"},
                            .enterprise_names = {{"QD001", "热电厂"}},
                            .natural_sectors = {}};

RankingGroupConfig group(const std::string& name, const std::vector<std::string>& sectors,
                         const std::vector<std::string>& districts = {}) {
  return {.name = name, .sectors = sectors, .districts = districts, .enterprises = {}};
}

std::string fault_of(const RankingConfig& ranking, const KnownSources& sources = known) {
  try {
    (void)ensemble_members(ranking, sources);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(EnsembleMembers, CutEachSectorForEachPollutant) {
  RankingConfig ranking;
  ranking.pollutants = {"VOC", "NOx"};
  ranking.cut = 0.5;
  const std::vector<Member> members = ensemble_members(ranking, known);
  const auto cuts = std::ranges::count(members, Member::Role::cut, &Member::role);
  EXPECT_EQ(cuts, 4);
  const Member& last = members.back();
  EXPECT_EQ(last.cut.sectors, std::vector<std::string>{"power"});
  EXPECT_EQ(last.cut.pollutants, std::vector<std::string>{"NOx"});
  EXPECT_EQ(last.cut.factor, 0.5);
}

TEST(EnsembleMembers, BeginWithTheBaseRunAndTheOnesThatShowTheControllableShare) {
  RankingConfig ranking;
  ranking.city_districts = {"Shinan"};
  const std::vector<Member> members = ensemble_members(ranking, known);
  EXPECT_EQ(members[0].role, Member::Role::base);
  EXPECT_EQ(members[1].role, Member::Role::no_emission);
  EXPECT_EQ(members[2].role, Member::Role::no_emission_no_initial_air);
  EXPECT_EQ(members[3].role, Member::Role::no_city);
  EXPECT_EQ(members[3].cut.factor, 0.0);
}

TEST(EnsembleMembers, LeaveNaturalSourcesAloneWhereTheyAskWhatLimitsOzone) {
  KnownSources sources = known;
  sources.sectors.emplace_back("biogenic");
  sources.natural_sectors = {"biogenic"};
  const std::vector<Member> members = ensemble_members(RankingConfig{}, sources);
  const auto voc = std::ranges::find(members, Member::Role::voc_regime, &Member::role);
  ASSERT_NE(voc, members.end());
  EXPECT_EQ(voc->cut.sectors, (std::vector<std::string>{"road", "power"}));
  EXPECT_TRUE(std::ranges::any_of(members, [](const Member& one) { return one.group == "biogenic"; }));
}

TEST(EnsembleMembers, RefuseGroupsThatNameWhatTheEmissionsDoNotHave) {
  RankingConfig ranking;
  ranking.group = {group("traffic", {"raod"})};
  ranking.city_districts = {"Shinnan"};
  EXPECT_EQ(
      fault_of(ranking),
      "ranking.group \"traffic\": the emissions have no sector \"raod\"; known are road, power. Did you "
      "mean \"road\"?\n"
      "ranking.city_districts: the emissions have no district \"Shinnan\"; known are Shinan, Shibei. Did "
      "you mean \"Shinan\"?");
}

TEST(EnsembleMembers, RefuseToCutInTurnWhatTheEmissionsDoNotHave) {
  RankingConfig ranking;
  ranking.by = "district";
  EXPECT_EQ(
      fault_of(ranking, {.sectors = {"road"},
                         .districts = {},
                         .enterprises = {},
                         .enterprise_names = {},
                         .natural_sectors = {}}),
      "ranking.by: \"district\" finds no district inside the grid; emissions.districts names the map of "
      "districts");
}

TEST(EnsembleMembers, NameAnEnterpriseByIdAndName) {
  RankingConfig ranking;
  ranking.by = "enterprise";
  ranking.pollutants = {"SO2"};
  const Member last = ensemble_members(ranking, known).back();
  EXPECT_EQ(last.group, "QD001 热电厂");
  EXPECT_EQ(last.cut.enterprises, std::vector<std::string>{"QD001"});
}

TEST(OverlappingGroups, AreThoseThatASourceCanBelongToBoth) {
  const std::vector<RankingGroupConfig> groups = {
      group("traffic", {"road", "rail"}), group("road in Shinan", {"road"}, {"Shinan"}),
      group("road in Shibei", {"road"}, {"Shibei"}), group("power", {"power"})};
  EXPECT_EQ(overlapping_groups(groups), (std::vector<std::string>{"\"traffic\" and \"road in Shinan\"",
                                                                  "\"traffic\" and \"road in Shibei\""}));
}

}  // namespace
}  // namespace lantian
