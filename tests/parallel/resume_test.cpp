// A run that is stopped and resumed ends with the bits of one that was never stopped, on any ranks and
// threads.
#include "course.hpp"
#include "made_case.hpp"

#include "lantian/base/log.hpp"
#include "lantian/model/checkpoints.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Every number of a file of results.
std::vector<std::vector<double>> values_of(const std::string& path) {
  const NetcdfReader file(path);
  std::vector<std::vector<double>> all;
  for (const std::string& name : file.variables())
    if (name != "crs" && name != "station_name" && name != "district") all.push_back(file.read(name));
  return all;
}

void expect_same_results(const std::string& one, const std::string& other) {
  for (const char* name : {"/budget.csv", "/mass_table.csv", "/state_hashes.csv"}) {
    EXPECT_FALSE(content_of(one + name).empty());
    EXPECT_EQ(content_of(one + name), content_of(other + name)) << name;
  }
  for (const char* name : {"/history.nc", "/receptors.nc"}) {
    const auto values = values_of(one + name);
    EXPECT_GT(values.size(), 10U);
    EXPECT_EQ(values, values_of(other + name)) << name;
    EXPECT_EQ(NetcdfReader(one + name).text_attribute("", "range_of_UNIFORM_ppb"),
              NetcdfReader(other + name).text_attribute("", "range_of_UNIFORM_ppb"));
  }
}

class Resume : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    city_ = std::make_unique<MadeCity>(3);
    if (world().rank() == 0)
      std::ofstream(folder() + "/receptors.csv")
          << "name,longitude,latitude\nA,120.30,36.20\nB,120.36,36.17\n";
    world().barrier();
    whole_ = configuration("whole");
    run(whole_, world(), {});
    world().barrier();
  }
  static void TearDownTestSuite() {
    world().barrier();
    city_.reset();
  }
  static Communicator world() { return Communicator::world(); }
  static std::string folder() { return city_->configuration().directory; }
  /// Three hours of two steps, a restart set after each hour, the ozone of all layers written too.
  static Case configuration(const std::string& name) {
    Case made = city_->configuration();
    made.output.directory = folder() + "/" + name;
    made.output.fields_3d = {"O3"};
    made.receptors.file = "receptors.csv";
    made.restart.every_h = 1;
    made.run.time_step_s = 1800.0;
    return made;
  }
  /// On the first `ranks` ranks of the world; the others wait. The run must end as the course says.
  static void run_on(int ranks, const Case& made, Course course) {
    const Ending ending = run_on_first(ranks, made, course);
    if (ending.stopped) {
      EXPECT_EQ(*ending.stopped, ExitCode::stopped);
    }
    EXPECT_EQ(ending.is_killed, ending.takes_part && course.steps > 0);
    EXPECT_EQ(ending.stopped.has_value(), ending.takes_part && std::isfinite(course.most_wall_s));
  }
  static void damage(const std::string& path) {
    if (world().rank() == 0) {
      std::string content = content_of(path);
      content[content.size() / 2] ^= 4;
      std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
    }
    world().barrier();
  }
  static void expect_finished(const Case& made) {
    if (world().rank() == 0) expect_same_results(whole_.output.directory, made.output.directory);
    EXPECT_FALSE(std::filesystem::exists(made.restart_directory()));
    EXPECT_TRUE(Checkpoints::is_finished(made, world()));
    world().barrier();
  }
  static inline std::unique_ptr<MadeCity> city_;
  static inline Case whole_;
};

TEST_F(Resume, AfterOneOfThreeHoursGivesTheBitsOfThreeHours) {
  const Case made = configuration("killed");
  run_on(world().size(), made, {.steps = 3});  // in the second hour, after the set of the first
  EXPECT_FALSE(std::filesystem::exists(made.output.directory + "/history.nc"));
  run_on(world().size(), made, {.resumes = true});
  expect_finished(made);
}

TEST_F(Resume, InTheMiddleOfEveryHourGivesTheSameBits) {
  const Case made = configuration("stopped");
  Course course{.most_wall_s = 1.0e-9};  // stops after each step
  for (int step = 0; step < 5; ++step) {
    run_on(world().size(), made, course);
    course.resumes = true;
  }
  run_on(world().size(), made, {.resumes = true});  // the last of six steps
  expect_finished(made);
}

TEST_F(Resume, OnOtherRanksAndThreadsGivesTheSameBits) {
  const Case made = configuration("moved");
  const int threads = omp_get_max_threads();
  run_on(std::min(2, world().size()), made, {.steps = 3});
  omp_set_num_threads(2);
  run_on(1, made, {.resumes = true, .most_wall_s = 1.0e-9});  // a step, and a set in mid-hour
  omp_set_num_threads(threads);
  run_on(world().size(), made, {.resumes = true});
  expect_finished(made);
}

TEST_F(Resume, OfASetOfAllRanksWithTwoThreadsGivesTheSameBitsOnTwoRanksAndOnThree) {
  const int threads = omp_get_max_threads();
  for (const int ranks : {2, 3}) {
    const Case made = configuration("from_all_to_" + std::to_string(ranks));
    omp_set_num_threads(2);
    run_on(world().size(), made, {.steps = 3});
    omp_set_num_threads(threads);
    run_on(std::min(ranks, world().size()), made, {.resumes = true});
    expect_finished(made);
  }
}

TEST_F(Resume, FallsBackToThePreviousSetWithOneMessage) {
  const Case made = configuration("damaged");
  run_on(world().size(), made, {.steps = 5});
  const auto sets = restart_manifests(made.restart_directory());
  ASSERT_EQ(sets.size(), 2U);
  world().barrier();
  damage(RestartManifest::read(sets[0]).file_path());
  const int warnings = warning_count();
  run_on(world().size(), made, {.resumes = true});
  EXPECT_EQ(warning_count() - warnings, 1);
  expect_finished(made);
}

TEST_F(Resume, WithoutAnySoundSetIsRefused) {
  const Case made = configuration("lost");
  run_on(world().size(), made, {.steps = 3});
  const auto sets = restart_manifests(made.restart_directory());
  ASSERT_EQ(sets.size(), 1U);
  world().barrier();
  damage(sets[0]);
  EXPECT_THROW(run(made, world(), {.resumes = true}), DataError);
}

TEST_F(Resume, OfAnotherCaseIsRefusedAndSaysWhatDiffers) {
  Case made = configuration("other");
  run_on(world().size(), made, {.steps = 3});
  made.transport.limiter_plume = "unlimited";
  std::string sentence;
  try {
    run(made, world(), {.resumes = true});
  } catch (const ConfigError& error) {
    sentence = error.what();
  }
  EXPECT_NE(sentence.find("belongs to another run: its case differs in transport.limiter_plume: "
                          "\"positive_definite\" there, \"unlimited\" here; resume with"),
            std::string::npos)
      << sentence;
}

TEST_F(Resume, WithAnInputThatHasChangedIsRefused) {
  const Case made = configuration("changed");
  run_on(world().size(), made, {.steps = 3});
  if (world().rank() == 0) write_made_inventory(folder() + "/inventory.nc", 1.01);
  world().barrier();
  std::string sentence;
  try {
    run(made, world(), {.resumes = true});
  } catch (const ConfigError& error) {
    sentence = error.what();
  }
  EXPECT_NE(sentence.find("the content of inventory.nc has changed"), std::string::npos) << sentence;
  world().barrier();
  if (world().rank() == 0) write_made_inventory(folder() + "/inventory.nc");
  world().barrier();
}

}  // namespace
}  // namespace lantian::testing
