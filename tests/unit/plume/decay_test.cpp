#include "air_column.hpp"
#include "plume/aermod_concentration.hpp"
#include "plume_hours.hpp"
#include "source_hour.hpp"
#include "support/made_deck.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/plume/aermod_deck.hpp"
#include "lantian/plume/plume_engine.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace lantian::plume {
namespace {

using namespace testing;

constexpr double decay_s = 2e-4;

TEST(Decay, OfWhatWentThroughTheLidGoesByTheWindOfWhatStayedBelow) {
  Source stack = tall_stack();
  stack.gas_velocity_m_s = 30.0;
  stack.stack_diameter_m = 6.0;
  const AirColumn air = rural_column(convective_hour(), {});
  SourceHour now = source_hour(stack, air, flat());
  ASSERT_GT(now.source.through.share, 0.1);
  ASSERT_LT(now.source.through.share, 0.9);
  const auto across = [](double) { return 1.0; };
  const SeenReceptor<double> at{0.0, 0.0, 0.0, 0.0};
  for (const double x_m : {300.0, 2000.0, 20000.0}) {
    const Arrival<double> lasting = arrival(x_m, at, now.source, air, across, false);
    RisingSource decaying = now.source;
    decaying.decay_s = decay_s;
    const Arrival<double> left = arrival(x_m, at, decaying, air, across, false);
    EXPECT_NEAR(left.share_m3_s / lasting.share_m3_s, std::exp(-decay_s * x_m / lasting.wind_m_s), 1e-12);
  }
}

TEST(Decay, LeavesAtLeastTheSmallestTerm) {
  EXPECT_DOUBLE_EQ(kept_share(1.0e6, 2.0, 1.0), std::exp(-50.0));
}

TEST(Decay, OfASourceStandsAboveThatOfAllAndRoadsHaveNone) {
  Options decaying = flat();
  decaying.decay_s = decay_s;
  Source lasting = low_volume(), road = low_volume();
  lasting.decay_s = 0.0;
  road.shape = SourceShape::road;
  road.vertices = {{0.0, -50.0}, {0.0, 50.0}};
  const std::vector<Source> sources{lasting, low_volume(), road};
  const Receptor receptor = receptor_at(1000.0, 0.0);
  const auto plain = PlumeEngine(sources, {receptor}, flat(), {}).hour(convective_hour(), 0);
  const auto left = PlumeEngine(sources, {receptor}, decaying, {}).hour(convective_hour(), 0);
  EXPECT_EQ(left.concentration_ug_m3[0], plain.concentration_ug_m3[0]);
  EXPECT_LT(left.concentration_ug_m3[1], 0.99 * plain.concentration_ug_m3[1]);
  EXPECT_EQ(left.concentration_ug_m3[2], plain.concentration_ug_m3[2]);
}

TEST(Road, HasTheRoughnessOfItsCity) {
  // The friction velocity of both is that of the rougher of land and city, the wind of the road the city's.
  Source road = low_volume();
  road.shape = SourceShape::road;
  road.vertices = {{0.0, -50.0}, {0.0, 50.0}};
  road.urban_area = 0;
  Options options = flat();
  options.urban_areas = {{"", 1.0e6, 1.0}};
  WeatherHour smooth = stable_hour(), rough = stable_hour();
  rough.surface.roughness_length_m = 1.0;
  const PlumeEngine engine({road}, {receptor_at(60.0, 5.0)}, options, {});
  EXPECT_EQ(engine.hour(smooth, 0).concentration_ug_m3[0], engine.hour(rough, 0).concentration_ug_m3[0]);
}

/// Coefficients of the sources of the made deck, STACK1 urban and YARD rural, with cards.
struct Coefficients {
  double of_all{}, urban{}, rural{};
};
Coefficients coefficients_with(const std::string& pollutant, const std::string& options,
                               const std::string& card) {
  // Over terrain, since DFAULT knows no other.
  std::string text = with(sound_deck, "CONC FLAT", "CONC ELEV " + options);
  text = with(text, "            END\n",
              "            ELEV 1 8*30.0\n            HILL 1 8*90.0\n            END\n");
  text = with(text, "DISCCART 500.0 100.0", "DISCCART 500.0 100.0 20.0 60.0");
  text = with(text, "   RUNORNOT  RUN\n", card + "   URBANOPT  2000000.\n   RUNORNOT  RUN\n");
  text = with(text, "   SRCGROUP  ALL\n", "   URBANSRC  STACK1\n   SRCGROUP  ALL\n");
  const std::size_t from = text.find("POLLUTID"), to = text.find('\n', from);
  text.replace(from, to - from, "POLLUTID  " + pollutant + " H1H");
  const TemporaryFolder folder;
  write_made_deck(folder.path(), text);
  Problems problems;
  const Deck deck = read_aermod_deck(folder.file("made.inp"), "", problems);
  problems.throw_if_any();
  Coefficients found{deck.options.decay_s, 0.0, 0.0};
  for (const Source& source : deck.sources)
    (source.urban_area ? found.urban : found.rural) = source.decay_s.value_or(deck.options.decay_s);
  return found;
}

TEST(DecayOfADeck, IsThatOfItsCardsOrOfSo2InUrbanAir) {
  const auto expect = [](const Coefficients& found, double urban, double rural) {
    EXPECT_DOUBLE_EQ(found.urban, urban);
    EXPECT_DOUBLE_EQ(found.rural, rural);
  };
  const std::string half_life = "   HALFLIFE  7200.\n", coefficient = "   DCAYCOEF  1.0E-4\n";
  expect(coefficients_with("SO2", "", ""), 4.81e-5, 0.0);
  expect(coefficients_with("SO2", "DFAULT", ""), 4.81e-5, 0.0);
  expect(coefficients_with("SO2", "", half_life), 0.693 / 7200.0, 0.0);
  expect(coefficients_with("SO2", "DFAULT", coefficient), 4.81e-5, 0.0);
  expect(coefficients_with("OTHER", "", coefficient), 1e-4, 1e-4);
  expect(coefficients_with("OTHER", "DFAULT", coefficient), 0.0, 0.0);
  expect(coefficients_with("OTHER", "", ""), 0.0, 0.0);
}

}  // namespace
}  // namespace lantian::plume
