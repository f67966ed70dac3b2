// The same run twice, in another folder, time zone, language and umask: its files have the same digests.
#include "start.hpp"
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/io/digest.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

namespace lantian {
namespace {

struct Surroundings {
  std::string time_zone, language, umask;
};

/// Digests of the files of a run of two hours, all but those that tell its wall-clock time.
std::map<std::string, std::string> digests_of_a_run(const Surroundings& around) {
  const TemporaryFolder folder, log;
  Start().write(folder.path());
  const ChildResult run =
      run_child({"/usr/bin/env", "TZ=" + around.time_zone, "LANG=" + around.language,
                 "LC_ALL=" + around.language, "OMP_NUM_THREADS=1", "OMPI_MCA_btl=self,vader", "sh", "-c",
                 "umask " + around.umask + "; exec \"$0\" run case.toml", LANTIAN_PROGRAM},
                folder.path(), log.path(), std::chrono::seconds(240));
  EXPECT_EQ(run.exit_code, 0) << run.standard_error;
  std::map<std::string, std::string> digests;
  for (const auto& entry : std::filesystem::directory_iterator(folder.file("results"))) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && name != "run.json") digests[name] = digest_of_file(entry.path().string());
  }
  return digests;
}

TEST(RunTwice, InOtherFoldersTimeZonesLanguagesAndUmasksGivesTheSameFiles) {
  const auto one = digests_of_a_run({"UTC", "C", "022"});
  const auto other = digests_of_a_run({"Asia/Shanghai", "de_DE.UTF-8", "077"});
  EXPECT_TRUE(one.contains("history.nc"));
  EXPECT_TRUE(one.contains("receptors.nc"));
  EXPECT_EQ(one, other);
}

}  // namespace
}  // namespace lantian
