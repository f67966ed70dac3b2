// Six hours of photochemistry over 41 x 37 cells, so that no number of ranks divides them: the same bits on
// any ranks and threads.
#include "made_case.hpp"

#include "lantian/base/log.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/model.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <memory>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

constexpr int hours = 6;

std::vector<std::string> hashes_of(const Case& configuration, const Communicator& ranks, int threads) {
  const int before = omp_get_max_threads();
  omp_set_num_threads(threads);
  const QuietLog quiet;
  Inputs inputs = Inputs::open(configuration);
  Model model(configuration, ranks, inputs);
  std::vector<std::string> hashes;
  model.run([&](const HourReport& hour) { hashes.push_back(hour.state_hash); });
  omp_set_num_threads(before);
  return hashes;
}

class SixHours : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    city_ = std::make_unique<MadeCity>(hours, 41, 37);
    case_ = city_->configuration();
    case_.run.time_step_s = 1200.0;
    case_.chemistry.mechanism = "grs";
    case_.boundary.air.front().values_ppb["ROC"] = 30.0;
    together_ = hashes_of(case_, Communicator::world(), 1);
  }
  static void TearDownTestSuite() {
    Communicator::world().barrier();  // nobody reads the files any more
    city_.reset();
  }
  static inline std::unique_ptr<MadeCity> city_;
  static inline Case case_;
  static inline std::vector<std::string> together_;  // of each hour, on all ranks with one thread
};

TEST_F(SixHours, HaveTheBitsOfOneRankOnAnyNumberOfRanks) {
  const Communicator world = Communicator::world();
  std::vector<std::string> alone;
  const Communicator group = world.split(world.rank() == 0 ? 0 : 1);
  if (world.rank() == 0) alone = hashes_of(case_, group, 1);
  ASSERT_EQ(together_.size(), static_cast<std::size_t>(hours));
  if (world.rank() == 0) {
    EXPECT_EQ(together_, alone);
  }
  EXPECT_NE(together_.front(), together_.back());
  world.barrier();
}

TEST_F(SixHours, BeginWithTheBitsOfOneThreadOnTwoAndThreeThreads) {
  if (Communicator::world().size() > 2) GTEST_SKIP() << "threads are tried on one and two ranks";
  Case first_hours = case_;  // threads that wait for cores take long
  first_hours.run.end = case_.run.start.plus_seconds(2 * 3600LL);
  const std::vector<std::string> expected(together_.begin(), together_.begin() + 2);
  for (const int threads : {2, 3})
    EXPECT_EQ(expected, hashes_of(first_hours, Communicator::world(), threads)) << threads << " threads";
}

}  // namespace
}  // namespace lantian::testing
