// The program stopped by signals and by the clock, locked out, resumed and verified: as a user meets it.
#include "start.hpp"
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/io/netcdf_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

namespace lantian {
namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// One case of three hours in many short steps, in a folder, and a run of it to its end in "whole".
class Stop : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    ::setenv("OMPI_MCA_btl", "self,vader", 0);  // one rank needs no network
    ::setenv("OMP_NUM_THREADS", "1", 0);        // threads that wait for cores keep those busy
    folder_ = std::make_unique<TemporaryFolder>();
    Start start;
    start.case_text = with(start.case_text, "spin_up_h = 1", "spin_up_h = 1\ntime_step_s = 20");
    start.write(folder_->path());
    const ChildResult whole = wait_for(begin("whole", {}));
    ASSERT_EQ(whole.exit_code, 0) << whole.standard_error;
  }
  static void TearDownTestSuite() { folder_.reset(); }

  static std::string path(const std::string& name) { return folder_->file(name); }
  static RunningChild begin(const std::string& directory, const std::vector<std::string>& further) {
    std::vector<std::string> words = {LANTIAN_PROGRAM, "run", "case.toml", "--set",
                                      "output.directory=" + directory};
    words.insert(words.end(), further.begin(), further.end());
    std::filesystem::create_directories(path("log_" + directory));
    return start_child(words, folder_->path(), path("log_" + directory));
  }
  static ChildResult resume(const std::string& directory) { return wait_for(begin(directory, {"--resume"})); }
  /// Waits until a run has said that its first hour is done.
  static void wait_for_an_hour(const RunningChild& run) {
    for (int n = 0; n < 6000 && content_of(run.standard_error).find(" 1/3 h") == std::string::npos; ++n)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  static void expect_whole(const std::string& directory) {
    for (const char* name : {"/budget.csv", "/mass_table.csv", "/state_hashes.csv"}) {
      EXPECT_FALSE(content_of(path(directory) + name).empty()) << name;
      EXPECT_EQ(content_of(path(directory) + name), content_of(path("whole") + name)) << name;
    }
    for (const char* name : {"/history.nc", "/receptors.nc"}) {
      const NetcdfReader file(path(directory) + name), whole(path("whole") + name);
      for (const char* variable : {"time", "O3", "NO2"})
        EXPECT_EQ(file.read(variable), whole.read(variable)) << name << " " << variable;
    }
  }
  /// Stops a run in its second hour by a signal, and resumes it.
  static void stop_by(int signal, const std::string& directory, int exit_code, const std::string& said) {
    const RunningChild run = begin(directory, {});
    wait_for_an_hour(run);
    ::kill(run.process, signal);
    const ChildResult stopped = wait_for(run);
    EXPECT_EQ(stopped.exit_code, exit_code) << stopped.standard_error;
    EXPECT_NE(stopped.standard_error.find("lantian: stopped by " + said), std::string::npos)
        << stopped.standard_error;
    EXPECT_NE(stopped.standard_error.find("lantian run case.toml --resume"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(path(directory + "/history.nc")));
    const ChildResult resumed = resume(directory);
    EXPECT_EQ(resumed.exit_code, 0) << resumed.standard_error;
    EXPECT_NE(resumed.standard_error.find("the run goes on at 2020-03-30T12:"), std::string::npos);
    expect_whole(directory);
  }
  static inline std::unique_ptr<TemporaryFolder> folder_;
};

TEST_F(Stop, BySigtermWritesARestartThatGivesTheSameBits) {
  stop_by(SIGTERM, "term", 85, "SIGTERM or SIGUSR1");
}

TEST_F(Stop, BySigusr1WritesARestartThatGivesTheSameBits) {
  stop_by(SIGUSR1, "usr1", 85, "SIGTERM or SIGUSR1");
}

TEST_F(Stop, BySigintWritesARestartThatGivesTheSameBits) {
  stop_by(SIGINT, "int", 130, "SIGINT");
}

TEST_F(Stop, ByTheClockWritesARestartThatGivesTheSameBits) {
  const ChildResult stopped = wait_for(begin("wall", {"--max-wall", "0.001"}));
  EXPECT_EQ(stopped.exit_code, 85) << stopped.standard_error;
  EXPECT_NE(stopped.standard_error.find("stopped by the end of --max-wall"), std::string::npos);
  EXPECT_NE(content_of(path("wall/run.json")).find("\"exit_code\": 85"), std::string::npos);
  EXPECT_EQ(resume("wall").exit_code, 0);
  expect_whole("wall");
}

TEST_F(Stop, AfterADurationThatIsNoneIsRefused) {
  const ChildResult refused = wait_for(begin("never", {"--max-wall", "2h"}));
  EXPECT_EQ(refused.exit_code, 65);
  EXPECT_NE(refused.standard_error.find("--max-wall: \"2h\" is no duration above 0"), std::string::npos)
      << refused.standard_error;
}

TEST_F(Stop, OfASecondRunInTheDirectoryIsItsLock) {
  const RunningChild run = begin("shared", {});
  wait_for_an_hour(run);
  ::kill(run.process, SIGSTOP);
  const std::string lock = content_of(path("shared/.lantian.lock"));
  std::filesystem::create_directories(path("log_second"));
  const ChildResult second =
      run_child({LANTIAN_PROGRAM, "run", "case.toml", "--set", "output.directory=shared"}, folder_->path(),
                path("log_second"));
  EXPECT_EQ(second.exit_code, 73) << second.standard_error;
  EXPECT_NE(second.standard_error.find("shared: process " + std::to_string(run.process)), std::string::npos)
      << second.standard_error;
  EXPECT_EQ(content_of(path("shared/.lantian.lock")), lock);
  ::kill(run.process, SIGCONT);
  EXPECT_EQ(wait_for(run).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(path("shared/.lantian.lock")));
  expect_whole("shared");
}

TEST_F(Stop, ByAKillLeavesALockAndFilesThatTheNextRunTakesOver) {
  const RunningChild run = begin("killed", {"--set", "restart.every_h=1"});
  wait_for_an_hour(run);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ::kill(run.process, SIGKILL);
  (void)wait_for(run);
  EXPECT_TRUE(std::filesystem::exists(path("killed/.lantian.lock")));
  const ChildResult resumed = resume("killed");
  EXPECT_EQ(resumed.exit_code, 0) << resumed.standard_error;
  EXPECT_NE(resumed.standard_error.find("which has ended without clearing up"), std::string::npos)
      << resumed.standard_error;
  expect_whole("killed");
}

TEST_F(Stop, BetweenTheEndAndItsClearingUpIsClearedUpByTheNextStart) {
  ASSERT_EQ(wait_for(begin("cleared", {})).exit_code, 0);
  std::filesystem::create_directories(path("cleared/restart"));
  std::ofstream(path("cleared/restart/hours.bin")) << "left by a kill";
  EXPECT_EQ(resume("cleared").exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(path("cleared/restart")));
  EXPECT_TRUE(std::filesystem::exists(path("cleared/history.nc")));
}

TEST_F(Stop, IsNoMatterForAFinishedRun) {
  const ChildResult again = resume("whole");
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_NE(again.standard_error.find("the run is finished, nothing was run"), std::string::npos)
      << again.standard_error;
}

TEST_F(Stop, VerifySaysOkOrWhichVariableIsDamaged) {
  const auto verify = [](const std::string& file) {
    std::filesystem::create_directories(path("log_verify"));
    return run_child({LANTIAN_PROGRAM, "verify", file}, folder_->path(), path("log_verify"));
  };
  const ChildResult sound = verify("whole/history.nc");
  EXPECT_EQ(sound.exit_code, 0) << sound.standard_error;
  EXPECT_EQ(sound.standard_output.find("whole/history.nc: ok, "), 0U) << sound.standard_output;
  EXPECT_EQ(wait_for(begin("checked", {"--max-wall", "0.001"})).exit_code, 85);
  for (const auto& entry : std::filesystem::directory_iterator(path("checked/restart"))) {
    if (entry.path().extension() != ".h5") continue;
    const std::string name = "checked/restart/" + entry.path().filename().string();
    EXPECT_EQ(verify(name).exit_code, 0);
    std::string content = content_of(entry.path().string());
    content[content.size() / 2] ^= 1;
    write_text(entry.path().string(), content);
    const ChildResult damaged = verify(name);
    EXPECT_EQ(damaged.exit_code, 65);
    EXPECT_NE(damaged.standard_error.find("lantian: error: " + name + ": damaged: "), std::string::npos)
        << damaged.standard_error;
  }
}

}  // namespace
}  // namespace lantian
