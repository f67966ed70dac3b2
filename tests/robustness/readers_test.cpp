// The results of a run keep the rules of CF and are read by the programs of the field.
#include "start.hpp"
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(Results, KeepTheRulesOfCfAndAreReadByXarrayCdoAndGdal) {
  const TemporaryFolder folder, log;
  Start().write(folder.path());
  const ChildResult run = run_child(
      {"/usr/bin/env", "OMP_NUM_THREADS=1", "OMPI_MCA_btl=self,vader", LANTIAN_PROGRAM, "run", "case.toml"},
      folder.path(), log.path(), std::chrono::seconds(240));
  ASSERT_EQ(run.exit_code, 0) << run.standard_error;
  const ChildResult check = run_child({"/usr/bin/env", LANTIAN_PYTHON, LANTIAN_READERS_CHECK, "results"},
                                      folder.path(), log.path(), std::chrono::seconds(240));
  if (check.exit_code == 77) GTEST_SKIP() << check.standard_output;
  EXPECT_EQ(check.exit_code, 0) << check.standard_output << check.standard_error;
}

}  // namespace
}  // namespace lantian
