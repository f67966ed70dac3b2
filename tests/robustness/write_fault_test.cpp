#include "start.hpp"
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

// Every call that writes below the folder of the results fails once in turn. With LANTIAN_EVERY_WRITE=1
// all are tried, as validation/write_faults does (or all from a later number on); else every 31st.

namespace lantian {
namespace {

namespace fs = std::filesystem;

using Contents = std::map<std::string, std::string>;  // of files, by their names in the folder

Contents contents_of(const std::string& folder) {
  Contents contents;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    contents[fs::relative(entry.path(), folder)] = {std::istreambuf_iterator<char>(file), {}};
  }
  return contents;
}

/// What a run writes when nothing fails; run.json tells how long it took, so that its text is not the same.
const std::vector<std::string> result_names = {"budget.csv", "history.nc", "mass_table.csv", "receptors.nc",
                                               "state_hashes.csv"};

class WriteFault : public testing::Test {
 protected:
  /// One call that counts, as the library for LD_PRELOAD notes it.
  struct Call {
    std::string what, file;  // file: its name in the folder of the results
  };

  static void SetUpTestSuite() {
    ::setenv("OMPI_MCA_btl", "self,vader", 0);  // one rank needs no network
    ::setenv("OMP_NUM_THREADS", "1", 0);
    inputs_ = std::make_unique<TemporaryFolder>();
    Start start;
    start.write(inputs_->path());
    ASSERT_EQ(run("earlier", {"--set", "boundary.air=[{kind=\"constant\", values_ppb={O3=30.0}}]"}).exit_code,
              0);
    ASSERT_EQ(run("whole", {}).exit_code, 0);
    earlier_ = contents_of(path("earlier"));
    whole_ = contents_of(path("whole"));
    for (const std::string& name : result_names) {
      ASSERT_FALSE(whole_[name].empty()) << name;
      ASSERT_FALSE(earlier_[name].empty()) << name;
    }
    ASSERT_NE(earlier_["state_hashes.csv"], whole_["state_hashes.csv"]);
  }
  static void TearDownTestSuite() { inputs_.reset(); }
  void TearDown() override {
    for (const char* name : {"FOLDER", "LOG", "FIRST", "LAST", "ERRNO"})
      ::unsetenv((std::string("LANTIAN_FAILING_") + name).c_str());
  }

  static std::string path(const std::string& name) { return inputs_->file(name); }
  static ChildResult run(const std::string& directory, const std::vector<std::string>& further) {
    std::vector<std::string> words = {LANTIAN_PROGRAM, "run", "case.toml", "--set",
                                      "output.directory=" + directory};
    words.insert(words.end(), {"--set", "restart.every_h=1"});
    words.insert(words.end(), further.begin(), further.end());
    const TemporaryFolder log;
    return run_child(words, inputs_->path(), log.path());
  }
  /// A run over the results of the earlier one whose calls from `first` to `last` fail.
  static ChildResult failing_run(long first, long last, int fault) {
    fs::remove_all(path("failing"));
    fs::copy(path("earlier"), path("failing"), fs::copy_options::recursive);
    fs::remove(path("calls"));
    ::setenv("LD_PRELOAD", LANTIAN_FAILING_WRITES, 1);
    ::setenv("LANTIAN_FAILING_FOLDER", (fs::canonical(path("failing")).string() + "/").c_str(), 1);
    ::setenv("LANTIAN_FAILING_LOG", path("calls").c_str(), 1);
    ::setenv("LANTIAN_FAILING_FIRST", std::to_string(first).c_str(), 1);
    ::setenv("LANTIAN_FAILING_LAST", std::to_string(last).c_str(), 1);
    ::setenv("LANTIAN_FAILING_ERRNO", std::to_string(fault).c_str(), 1);
    ChildResult result = run("failing", {});
    ::unsetenv("LD_PRELOAD");
    return result;
  }
  static std::vector<Call> noted_calls() {
    std::vector<Call> calls;
    std::ifstream file(path("calls"));
    for (std::string number, what, name; file >> number >> what && std::getline(file >> std::ws, name);)
      calls.push_back({what, fs::relative(name, fs::canonical(path("failing")))});
    return calls;
  }
  static void expect_survived(const Call& call, const ChildResult& result);
  static void expect_whole_after_resuming();

  static inline std::unique_ptr<TemporaryFolder> inputs_;
  static inline Contents earlier_, whole_;
};

/// "history.nc.tmp.4711" and "restart/restart_20200330T120000Z.h5" are named by what stands before.
std::string final_name(const std::string& file) {
  return file.substr(0, file.find(".tmp."));
}

/// Open MPI keeps a place for pointers into the file that ranks share, which nobody uses, in files of its
/// own.
bool is_of_mpi(const std::string& file) {
  return file.find(".tmp.") != std::string::npos && file.find(".lock") != std::string::npos;
}

/// Whether a failure of this call takes nothing from what is written: the words in the lock only help a
/// reader; what is cut are blocks behind the end of the file; MPI closes a file that is synced, and read
/// again.
bool is_harmless(const std::string& what, const std::string& file) {
  const bool is_close_of_mpi = what == "close" && file.find(".tmp.") != std::string::npos &&
                               (file.find(".h5") != std::string::npos || file.starts_with("history.nc"));
  return file.starts_with(".lantian.lock") || what.starts_with("truncate") || is_close_of_mpi;
}

void WriteFault::expect_survived(const Call& call, const ChildResult& result) {
  const bool is_harmless_here = is_harmless(call.what, call.file) && result.exit_code == 0;
  if (!is_harmless_here) {
    EXPECT_EQ(result.exit_code, 74) << result.standard_error;
    EXPECT_NE(result.standard_error.find("lantian: error: failing/" + final_name(call.file)),
              std::string::npos)
        << result.standard_error;
  }
  for (const auto& [name, content] : contents_of(path("failing"))) {
    EXPECT_TRUE(name.find(".tmp.") == std::string::npos || is_of_mpi(name)) << name << " is left";
    const bool is_result = std::ranges::find(result_names, name) != result_names.end();
    EXPECT_TRUE(!is_result || content == earlier_[name] || content == whole_[name])
        << name << " is neither old nor new";
    if (!name.ends_with(".manifest")) continue;
    const TemporaryFolder log;
    EXPECT_EQ(
        run_child({LANTIAN_PROGRAM, "verify", "failing/" + name}, inputs_->path(), log.path()).exit_code, 0)
        << name;
  }
}

void WriteFault::expect_whole_after_resuming() {
  const ChildResult resumed = run("failing", {"--resume"});
  EXPECT_EQ(resumed.exit_code, 0) << resumed.standard_error;
  Contents now = contents_of(path("failing"));
  for (const std::string& name : result_names) EXPECT_TRUE(now[name] == whole_[name]) << name;
  EXPECT_EQ(now.size(), whole_.size());
}

TEST_F(WriteFault, OfAnyCallIsToldAndSparesWhatIsWrittenAndTheNextRunGoesOn) {
  ASSERT_EQ(failing_run(0, 0, 0).exit_code, 0);
  const std::vector<Call> calls = noted_calls();
  ASSERT_GT(calls.size(), 50U);
  const char* every = std::getenv("LANTIAN_EVERY_WRITE");
  const std::size_t stride = every == nullptr ? 31 : 1, first = every == nullptr ? 1 : std::stoul(every);
  for (std::size_t n = first; n <= calls.size(); n += stride) {
    const Call& call = calls[n - 1];
    if (is_of_mpi(call.file)) continue;
    SCOPED_TRACE(testing::Message() << "call " << n << " of " << calls.size() << ": " << call.what << " "
                                    << call.file);
    const int fault = n % 2 == 1 ? ENOSPC : EIO;
    expect_survived(call, failing_run(static_cast<long>(n), static_cast<long>(n), fault));
    expect_whole_after_resuming();
  }
  std::printf("%zu calls, every %zu. failed once\n", calls.size(), stride);
}

}  // namespace
}  // namespace lantian
