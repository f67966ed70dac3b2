#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"
#include "support/tiny_wrf.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lantian {
namespace {

/// Runs the program in a folder of its own, that holds the weather file wrfout.
ChildResult run(std::vector<std::string> arguments) {
  ::setenv("OMPI_MCA_btl", "self,vader", 0);  // one rank needs no network
  const TemporaryFolder inputs, log;
  write_tiny_wrf(inputs.file("wrfout"), {});
  arguments.insert(arguments.begin(), LANTIAN_PROGRAM);
  return run_child(arguments, inputs.path(), log.path());
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(CommandLine, HelpNamesEachCommandAndShowsHowToBegin) {
  const ChildResult help = run({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const char* part : {"run ", "rank ", "evaluate ", "diagnose ", "box ", "reference ", "thermo ",
                           "verify ", "info ", "lantian run CASE.toml --check"})
    EXPECT_TRUE(says(help.standard_output, part)) << part << "\n" << help.standard_output;
  for (const char* command :
       {"run", "rank", "evaluate", "diagnose", "box", "reference", "thermo", "verify", "info"}) {
    const ChildResult one = run({command, "--help"});
    EXPECT_EQ(one.exit_code, 0) << command;
    EXPECT_TRUE(says(one.standard_output, "Example:\n  ")) << one.standard_output;
  }
}

TEST(CommandLine, VersionNamesTheCommit) {
  const ChildResult version = run({"--version"});
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_EQ(version.standard_output.find("lantian "), 0U);
  EXPECT_TRUE(says(version.standard_output, " (") && says(version.standard_output, ")\n"))
      << version.standard_output;
}

TEST(CommandLine, InfoPrintsKindDimensionsAndVariables) {
  const ChildResult info = run({"info", "wrfout"});
  EXPECT_EQ(info.exit_code, 0) << info.standard_error;
  for (const char* part : {"wrfout: WRF output (netCDF-4)\nuse: weather.files\n", "\ndimensions:\n",
                           "  west_east = 12\n", "\nvariables:\n", "  T2(Time, south_north, west_east) [K]"})
    EXPECT_TRUE(says(info.standard_output, part)) << part << "\n" << info.standard_output;
}

TEST(CommandLine, InfoOfNoFileIsAMissingResource) {
  const ChildResult info = run({"info", "nowhere.nc"});
  EXPECT_EQ(info.exit_code, 69);
  EXPECT_EQ(info.standard_error, "lantian: error: nowhere.nc: there is no such file\n");
}

TEST(CommandLine, ReferencePrintsTheKeys) {
  const ChildResult reference = run({"reference"});
  EXPECT_EQ(reference.exit_code, 0);
  EXPECT_TRUE(says(reference.standard_output, "\n[run]"));
  EXPECT_TRUE(says(reference.standard_output, "\n[[emissions.inventory]]"));
}

}  // namespace
}  // namespace lantian
