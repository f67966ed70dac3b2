#include "lantian/apportion/ranking.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

MemberResult result(double pm25, double o3, double removed_t_d = 0.0) {
  return {.pm25 = {pm25, {pm25}}, .o3 = {o3, {o3}}, .removed_t_d = removed_t_d, .state_hash = ""};
}

struct Ensemble {
  std::vector<Member> members;
  std::vector<MemberResult> results;
  void add(Member::Role role, const std::string& group, const std::string& pollutant,
           const MemberResult& given) {
    members.push_back({.name = group, .role = role, .cut = {}, .group = group, .pollutant = pollutant});
    results.push_back(given);
  }
};

Ensemble small_ensemble() {
  using enum Member::Role;
  Ensemble e;
  e.add(base, "", "", result(50.0, 100.0));
  e.add(no_emission, "", "", result(20.0, 90.0));
  e.add(no_emission_no_initial_air, "", "", result(18.0, 85.0));
  e.add(no_city, "", "", result(30.0, 94.0));
  e.add(voc_regime, "all", "VOC", result(50.0, 92.0));
  e.add(nox_regime, "all", "NOx", result(49.0, 103.0));
  e.add(cut, "road", "NOx", result(48.0, 104.0, 40.0));
  e.add(cut, "solvent", "VOC", result(50.0, 95.0, 10.0));
  return e;
}

TEST(Ranking, SharesAddUpToTheBaseRun) {
  const Ensemble e = small_ensemble();
  const RankingResult ranking = ranking_of(e.members, e.results);
  EXPECT_EQ(ranking.pm25.own_city, 20.0);
  EXPECT_EQ(ranking.pm25.neighbours, 10.0);
  EXPECT_EQ(ranking.pm25.boundary, 18.0);
  EXPECT_EQ(ranking.pm25.initial_air, 2.0);
  const ControllableShare& o3 = ranking.o3;
  EXPECT_EQ(o3.own_city + o3.neighbours + o3.boundary + o3.initial_air, o3.base);
}

TEST(Ranking, PutsTheBestCutFirstAndKeepsTheSignOfAHarmfulOne) {
  const Ensemble e = small_ensemble();
  const RankingResult ranking = ranking_of(e.members, e.results);
  ASSERT_EQ(ranking.effects.size(), 4U);
  EXPECT_EQ(ranking.effects[2].metric, "O3_MDA8");
  EXPECT_EQ(ranking.effects[2].group, "solvent");
  EXPECT_EQ(ranking.effects[2].per_tonne_ug_m3, -0.5);   // 5 ug m-3 less for 10 t d-1
  EXPECT_EQ(ranking.effects[3].change_ug_m3.city, 4.0);  // less NOx, more ozone
}

TEST(Ranking, CallsOzoneVocLimitedWhenLessNoxRaisesIt) {
  const Ensemble e = small_ensemble();
  EXPECT_EQ(ranking_of(e.members, e.results).receptor_regime, std::vector<Regime>{Regime::voc_limited});
}

TEST(Ranking, KeepsTheTwoChangesThatTellTheRegime) {
  const Ensemble e = small_ensemble();
  const RankingResult ranking = ranking_of(e.members, e.results);
  EXPECT_TRUE(ranking.has_regime);
  EXPECT_EQ(ranking.o3_by_voc.city, -8.0);
  EXPECT_EQ(ranking.o3_by_nox.city, 3.0);
}

TEST(Ranking, CallsCutsWithinAFifthOfEachOtherATransition) {
  EXPECT_EQ(ozone_regime(-10.0, -8.0), Regime::transition);
  EXPECT_EQ(ozone_regime(-10.0, -7.9), Regime::voc_limited);
  EXPECT_EQ(ozone_regime(-1.0, -4.0), Regime::nox_limited);
  EXPECT_EQ(ozone_regime(0.0, 0.0), Regime::none);
}

}  // namespace
}  // namespace lantian
