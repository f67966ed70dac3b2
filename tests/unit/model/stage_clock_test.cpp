#include "lantian/model/stage_clock.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <numeric>

namespace lantian {
namespace {

TEST(StageClock, BooksEachMomentToOneStage) {
  const auto begin = std::chrono::steady_clock::now();
  StageClock clock;
  const auto after_begin = std::chrono::steady_clock::now();
  for (const auto* stage : {"advection", "chemistry", "advection"}) clock.lap(stage);
  const auto before_end = std::chrono::steady_clock::now();
  clock.lap("chemistry");
  const auto end = std::chrono::steady_clock::now();

  ASSERT_EQ(clock.seconds().size(), 2U);
  EXPECT_EQ(clock.seconds()[0].first, "advection");
  EXPECT_EQ(clock.seconds()[1].first, "chemistry");
  const double all_s = std::accumulate(clock.seconds().begin(), clock.seconds().end(), 0.0,
                                       [](double sum, const auto& one) { return sum + one.second; });
  EXPECT_LE(all_s, std::chrono::duration<double>(end - begin).count() + 1.0e-9);
  EXPECT_GE(all_s, std::chrono::duration<double>(before_end - after_begin).count() - 1.0e-9);
}

TEST(StageClock, TellsTheLongestStageFirstAndLeavesOutSmallOnes) {
  StageClock clock;
  clock.lap("short");
  const auto begin = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(2)) {
  }
  clock.lap("long");
  const std::string text = clock.shares(0.0);
  EXPECT_EQ(text.rfind("long ", 0), 0U) << text;
  EXPECT_NE(text.find(" %, short "), std::string::npos) << text;
  EXPECT_EQ(clock.shares(0.9).find("short"), std::string::npos);
}

TEST(StageClock, SaysNothingBeforeTheFirstLap) {
  EXPECT_EQ(StageClock().shares(), "");
}

}  // namespace
}  // namespace lantian
