#include "crash_handler.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <limits>
#include <thread>

namespace {

/// Ends well, unless one of its results is trapped.
void divide(double above, double below) {
  const volatile double a = above, b = below;
  const volatile double quotient = a / b;
  static_cast<void>(quotient);
}

/// With the system's own answer to SIGFPE: the address sanitizer brings another.
void trap() {
  std::signal(SIGFPE, SIG_DFL);
  lantian::trap_bad_numbers();
}

void divide_trapped(double above, double below) {
  trap();
  divide(above, below);
  std::_Exit(0);
}

// This program is built with LANTIAN_TRAP in every build.
// NOLINTBEGIN(readability-function-size): EXPECT_EXIT is a nest of blocks by itself
TEST(Trap, ends_the_program_at_an_infinite_an_invalid_and_an_overflowing_result) {
  const double greatest = std::numeric_limits<double>::max();
  EXPECT_EXIT(divide_trapped(1.0, 0.0), testing::KilledBySignal(SIGFPE), "");
  EXPECT_EXIT(divide_trapped(0.0, 0.0), testing::KilledBySignal(SIGFPE), "");
  EXPECT_EXIT(divide_trapped(greatest, 1e-300), testing::KilledBySignal(SIGFPE), "");
}

TEST(Trap, lets_ordinary_and_vanishing_results_pass) {
  EXPECT_EXIT(divide_trapped(1.0, 3.0), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(divide_trapped(1e-300, 1e300), testing::ExitedWithCode(0), "");
}

TEST(Trap, reaches_threads_that_begin_later) {
  const auto on_a_thread = [] {
    trap();
    std::thread(divide, 1.0, 0.0).join();
    std::_Exit(0);
  };
  EXPECT_EXIT(on_a_thread(), testing::KilledBySignal(SIGFPE), "");
}
// NOLINTEND(readability-function-size)

}  // namespace
