// A program of its own: the wish to stop stays with the process.
#include "lantian/base/interrupt.hpp"

#include "made_case.hpp"

#include "lantian/base/log.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/model.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace lantian::testing {
namespace {

TEST(Interrupt, OfOneRankStopsAllRanksInTheNextStep) {
  const MadeCity city;
  const QuietLog quiet;
  const Communicator world = Communicator::world();
  Inputs inputs = Inputs::open(city.configuration());
  Model model(city.configuration(), world, inputs);
  catch_interrupts();
  int hours = 0;
  ExitCode code = ExitCode::ok;
  try {
    model.run([&](const HourReport&) {
      ++hours;
      if (world.rank() == world.size() - 1) std::raise(SIGTERM);
    });
  } catch (const Error& error) {
    code = error.exit_code();
  }
  EXPECT_EQ(code, ExitCode::interrupted);
  EXPECT_EQ(hours, 1);  // of two
  world.barrier();      // nobody reads the files any more
}

}  // namespace
}  // namespace lantian::testing
