#include "lantian/apportion/zero_out.hpp"
#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace lantian {
namespace {

const KnownSources known = {
    .sectors = {"road", "power"}, .districts = {"Shinan", "Shibei"}, .enterprises = {"QD001"}};

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

TEST(EnsembleMembers, RefuseAGroupThatNamesAnUnknownSector) {
  RankingConfig ranking;
  ranking.group = {{.name = "traffic", .sectors = {"raod"}, .districts = {}, .enterprises = {}}};
  try {
    const auto members = ensemble_members(ranking, known);
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(),
                 "ranking.group \"traffic\": the emissions have no sector \"raod\". Did you mean \"road\"?");
  }
}

}  // namespace
}  // namespace lantian
