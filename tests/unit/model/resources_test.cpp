#include "lantian/model/resources.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/sanitizer.hpp"
#include "lantian/parallel/machine.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cmath>
#include <string>

namespace lantian {
namespace {

/// The exit code that a check of these needs ends with.
ExitCode code_of(const Needs& needs) {
  Case configuration;
  configuration.output.directory = "/tmp/not/yet/there";
  try {
    check_needs(configuration, needs, Communicator::world());
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("--ignore-resources"), std::string::npos) << error.what();
    return error.exit_code();
  }
  return ExitCode::ok;
}

TEST(Needs, OfASmallRunFit) {
  EXPECT_EQ(code_of({.memory_bytes = 1e6, .disk_bytes = 1e6}), ExitCode::ok);
}

TEST(Needs, BeyondTheMemoryOfTheMachineAreRefusedAsMissing) {
  EXPECT_EQ(code_of({.memory_bytes = 1e16, .disk_bytes = 1e6}), ExitCode::missing_resource);
}

TEST(Needs, BeyondTheFreeDiskAreRefusedAsOutputThatCannotBeWritten) {
  EXPECT_EQ(code_of({.memory_bytes = 1e6, .disk_bytes = 1e18}), ExitCode::input_output);
}

TEST(MachineMemory, IsAtMostWhatTheLimitOfAddressSpaceLeaves) {
  if constexpr (is_sanitized) GTEST_SKIP() << "a sanitizer needs all addresses";
  const MachineMemory before = machine_memory();
  EXPECT_GT(before.used_bytes, 1e6);
  ASSERT_TRUE(std::isfinite(before.available_bytes));
  rlimit own{};
  ASSERT_EQ(getrlimit(RLIMIT_AS, &own), 0);
  const rlimit small{.rlim_cur = rlim_t{1} << 33U, .rlim_max = own.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_AS, &small), 0);
  const double limited = machine_memory().available_bytes;
  ASSERT_EQ(setrlimit(RLIMIT_AS, &own), 0);
  EXPECT_LT(limited, static_cast<double>(small.rlim_cur));
}

}  // namespace
}  // namespace lantian
