// A small day's figures as they were: a change of any is a change of results, and says so in its commit.
//
// LANTIAN_WRITE_GOLD=1 gold_test writes gold.csv anew. The bits must be the same where compiler and processor
// family are; elsewhere nine digits.
#include "made_case.hpp"
#include "norms.hpp"

#include "lantian/base/log.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/model.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lantian::testing {
namespace {

TEST(Gold, HoldsForEachSpeciesAndHour) {
  const QuietLog quiet;
  const Communicator world = Communicator::world();
  const MadeCity city(3);
  Inputs inputs = Inputs::open(city.configuration());
  Model model(city.configuration(), world, inputs);
  std::vector<Norms> found;
  model.run([&](const HourReport& hour) { append_norms_of(hour, world, found); });
  world.barrier();  // nobody reads the files any more
  const Gold gold{
      .path = LANTIAN_GOLD, .title = "the made city", .allowed = [](const Norms&) { return 1.0e-9; }};
  gold.hold(found, world);
}

}  // namespace
}  // namespace lantian::testing
