// Members of a ranking are runs of the model like any other.
#include "made_case.hpp"

#include "lantian/apportion/zero_out.hpp"
#include "lantian/base/log.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/model.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

std::string last_hash(const Case& configuration) {
  const QuietLog quiet;
  const Communicator world = Communicator::world();
  Inputs inputs = Inputs::open(configuration);
  Model model(configuration, world, inputs);
  std::string hash;
  model.run([&hash](const HourReport& hour) { hash = hour.state_hash; });
  return hash;
}

std::vector<Member> members() {
  Member base{.name = "base", .role = Member::Role::base, .cut = {}, .group = "", .pollutant = ""};
  Member none = base, all_cut = base;
  none.role = Member::Role::no_emission;
  all_cut.role = Member::Role::cut;
  all_cut.cut.factor = 0.0;  // no list: every source of every pollutant
  all_cut.group = "all";
  all_cut.pollutant = "all";
  return {base, none, all_cut};
}

class Ensemble : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    city_ = std::make_unique<MadeCity>();
    Case one_hour = city_->configuration();
    one_hour.run.end = one_hour.run.start.plus_seconds(3600);
    case_ = one_hour;
    results_ = run_ensemble(case_, members(), Communicator::world());
  }
  static void TearDownTestSuite() {
    Communicator::world().barrier();  // nobody reads the files any more
    city_.reset();
  }
  static inline std::unique_ptr<MadeCity> city_;
  static inline Case case_;
  static inline std::vector<MemberResult> results_;
};

TEST_F(Ensemble, HasAsBaseTheBitsOfAPlainRun) {
  EXPECT_EQ(results_.at(0).state_hash, last_hash(case_));
}

TEST_F(Ensemble, CutsAllSourcesToTheBitsOfARunWithoutEmission) {
  Case without = case_;
  without.emissions.enabled = false;
  EXPECT_EQ(results_.at(1).state_hash, last_hash(without));
  EXPECT_EQ(results_.at(2).state_hash, results_.at(1).state_hash);
  EXPECT_NE(results_.at(2).state_hash, results_.at(0).state_hash);
}

TEST_F(Ensemble, GivesTheSameBitsWhenAllRanksShareEachMember) {
  Case in_turn = case_;
  in_turn.ranking.members_at_once = 1;
  const std::vector<MemberResult> others = run_ensemble(in_turn, members(), Communicator::world());
  for (std::size_t n = 0; n < results_.size(); ++n) {
    EXPECT_EQ(others.at(n).state_hash, results_[n].state_hash) << n;
    EXPECT_EQ(others.at(n).pm25.city, results_[n].pm25.city) << n;
    EXPECT_EQ(others.at(n).o3.city, results_[n].o3.city) << n;
  }
}

}  // namespace
}  // namespace lantian::testing
