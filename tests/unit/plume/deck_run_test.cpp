#include "lantian/plume/deck_run.hpp"

#include "support/made_deck.hpp"
#include "support/shared_folder.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/io/netcdf_file.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <sstream>

namespace lantian::plume {

namespace {

/// Runs the deck in a folder that all ranks share. @return every file but the inputs
std::map<std::string, std::string> files_of_run(const std::string& text, const Communicator& ranks,
                                                const std::string& hourly = "") {
  const SharedFolder folder(ranks);
  if (ranks.rank() == 0) write_made_deck(folder.path(), text);
  if (ranks.rank() == 0) write_text(folder.file("hourly.dat"), hourly);
  ranks.barrier();
  Problems problems;
  const Deck deck = read_aermod_deck(folder.path() + "/made.inp", folder.path() + "/results", problems);
  const AermetWeather weather = read_aermet(deck, problems);
  check_deck_run(deck, weather, problems);
  problems.throw_if_any();
  run_deck(deck, weather, {"LANTIAN test", true}, ranks);
  ranks.barrier();
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() + "/results")) {
    std::string content = read_text_file(entry.path().string());
    for (std::size_t at = content.find(folder.path()); at != std::string::npos;
         at = content.find(folder.path()))
      content.replace(at, folder.path().size(), "FOLDER");
    files[entry.path().filename().string()] = content;
  }
  ranks.barrier();
  return files;
}

void expect_the_same_alone(const std::string& deck) {
  const Communicator world = Communicator::world();
  const std::map<std::string, std::string> together = files_of_run(deck, world);
  const std::map<std::string, std::string> alone = files_of_run(deck, world.split(world.rank()));
  ASSERT_EQ(together.size(), 6U);
  for (const auto& [name, content] : alone) {
    if (name == "made.nc")
      continue;  // its deck attribute has the folder's name; its values are compared below
    EXPECT_TRUE(together.at(name) == content) << name;
  }
}

TEST(DeckRun, WritesTheSameBitsOnAnyNumberOfRanks) {
  expect_the_same_alone(sound_deck);
}

TEST(DeckRun, WritesThePrintedTablesAndTheHoursOfADeckThatAsksForNoFile) {
  const std::size_t begin = sound_deck.find("OU STARTING\n") + std::string("OU STARTING\n").size();
  std::string deck = sound_deck;
  deck.erase(begin, deck.find("OU FINISHED") - begin);
  const auto files = files_of_run(deck, Communicator::world());
  ASSERT_EQ(files.size(), 2U);
  EXPECT_TRUE(files.contains("made.out"));
  EXPECT_TRUE(files.contains("made.nc"));
}

/// A deck with a building beside its stack.
std::string beside_a_building(const std::string& deck) {
  return with(deck, "   SRCGROUP  ALL\n",
              "   BUILDHGT  STACK1 36*30.\n   BUILDWID  STACK1 36*40.\n   BUILDLEN  STACK1 36*50.\n   XBADJ  "
              "STACK1 36*-25.\n   YBADJ  STACK1 36*5.\n   SRCGROUP  ALL\n");
}

TEST(DeckRun, WritesTheSameBitsOfABuildingsWakeOnAnyNumberOfRanks) {
  const std::string deck = beside_a_building(sound_deck);
  const Communicator world = Communicator::world();
  EXPECT_NE(files_of_run(deck, world).at("hours.pst"), files_of_run(sound_deck, world).at("hours.pst"));
  expect_the_same_alone(deck);
}

TEST(DeckRun, WritesTheSameBitsOfNo2InAWakeOnAnyNumberOfRanks) {
  for (const char* method : {"PVMRM", "GRSM"}) {
    std::string bare = with(sound_deck, "CONC FLAT", fmt::format("CONC FLAT {}", method));
    bare = with(bare, "SO2 H1H", "NO2 H1H\n   OZONEVAL 40.0 PPB\n   NOXVALUE 10.0 PPB");
    const std::string deck = beside_a_building(bare);
    const Communicator world = Communicator::world();
    EXPECT_NE(files_of_run(deck, world).at("hours.pst"), files_of_run(bare, world).at("hours.pst")) << method;
    expect_the_same_alone(deck);
  }
}

TEST(DeckRun, GivesDepositionInItsColumnsOnAnyNumberOfRanks) {
  std::string text = with(sound_deck, "CONC FLAT", "CONC DEPOS DDEP WDEP FLAT");
  text = with(text, "   SRCGROUP  ALL",
              "   METHOD_2  STACK1  0.7 0.8\n   METHOD_2  YARD  0.2 3.0\n   SRCGROUP  ALL");
  const Communicator world = Communicator::world();
  const auto together = files_of_run(text, world), alone = files_of_run(text, world.split(world.rank()));
  for (const auto& [name, content] : alone) {
    if (name == "made.nc") continue;  // as above
    EXPECT_TRUE(together.at(name) == content) << name;
  }
  const std::vector<std::string> hours = rows_of(alone.at("hours.pst"));
  ASSERT_EQ(hours.size(), 48U * 9U);
  int falls = 0;
  for (const std::string& row : hours) {
    std::istringstream words(row);
    double x = 0.0, y = 0.0, air = 0.0, all = 0.0, dry = 0.0, wet = 0.0;
    words >> x >> y >> air >> all >> dry >> wet;
    EXPECT_EQ(wet, 0.0);  // no rain
    EXPECT_EQ(all, dry);
    if (dry > 0.0) ++falls;
  }
  EXPECT_GT(falls, 0);
  EXPECT_NE(alone.at("hours.pst").find("DRY DEPO"), std::string::npos);
}

TEST(DeckRun, SaysWhatTheWeatherOfADepositionLacks) {
  const TemporaryFolder folder;
  write_made_deck(folder.path(),
                  with(with(sound_deck, "CONC FLAT", "CONC DDEP FLAT"), "   SRCGROUP  ALL",
                       "   METHOD_2  STACK1  0.7 0.8\n   METHOD_2  YARD  0.2 3.0\n   SRCGROUP  ALL"));
  std::string text = made_surface_file();
  const std::string there = "0   0.00    60   1000", gone = "0  -9.00    60  99999";
  for (std::size_t at = text.find(there); at != std::string::npos; at = text.find(there))
    text.replace(at, there.size(), gone);
  write_text(folder.file("made.sfc"), text);
  Problems problems;
  const Deck deck = read_aermod_deck(folder.file("made.inp"), "", problems);
  const AermetWeather weather = read_aermet(deck, problems);
  check_deck_run(deck, weather, problems);
  std::string all;
  for (const std::string& one : problems.sentences()) all += one + "\n";
  EXPECT_NE(all.find("hour 2024-06-15 01 has no pressure (column 24)"), std::string::npos) << all;
  ASSERT_EQ(weather.notes.size(), 1U);
  EXPECT_NE(weather.notes[0].find("made.sfc: has no precipitation: nothing is washed out"),
            std::string::npos);
}

/// The deck with cards of the background, and a group of the background alone.
std::string with_background(const std::string& cards, const std::string& all = "   SRCGROUP  ALL\n") {
  return with(sound_deck, "   SRCGROUP  ALL\n", cards + all + "   SRCGROUP  AIR BACKGROUND\n");
}

std::vector<double> concentrations(const std::string& rows) {
  std::vector<double> found;
  for (const std::string& row : rows_of(rows)) found.push_back(std::stod(row.substr(28, 14)));
  return found;
}

TEST(DeckRun, AddsTheBackgroundOfTheHourToTheGroupsThatHaveIt) {
  std::string hours = "   BACKUNIT  UG/M3\n   BACKGRND  HROFDY";
  for (int hour = 1; hour <= 24; ++hour) hours += fmt::format(" {}", 10 + hour);
  const Communicator world = Communicator::world();
  const auto bare = files_of_run(sound_deck, world),
             more = files_of_run(with_background(hours + "\n"), world);
  const std::vector<double> without = concentrations(bare.at("hours.pst")),
                            found = concentrations(more.at("hours.pst"));
  ASSERT_EQ(without.size(), found.size());
  constexpr std::size_t receptors = 9;
  for (std::size_t n = 0; n < found.size(); ++n) {
    const std::size_t hour = n / receptors % 24 + 1;
    const bool is_valid = n / receptors != 3 && n / receptors != 4;  // calm, missing
    // Five decimals are written of each.
    EXPECT_NEAR(found[n] - without[n], is_valid ? 10.0 + static_cast<double>(hour) : 0.0, 1.1e-5) << n;
  }
  EXPECT_EQ(bare.at("low24.plt"), more.at("low24.plt")) << "LOW does not ask for it";
  EXPECT_NE(more.at("made.out").find("SRCGROUP ALL holds the background"), std::string::npos);
  const auto none = files_of_run(with_background(hours + "\n", "   SRCGROUP  ALL NOBACKGROUND\n"), world);
  EXPECT_EQ(none.at("hours.pst"), bare.at("hours.pst"));
}

TEST(DeckRun, TakesHoursOfTheBackgroundAndFillsTheirGaps) {
  // SO2 is in ppb unless BACKUNIT says otherwise: 1 ug/m3 is 0.3823 ppb.
  const std::string text =
      with(with_background("   BACKGRND  HOURLY hourly.dat\n   BACKGRND  ANNUAL 3.823\n"), "POSTFILE  1 ALL",
           "POSTFILE  1 AIR");
  std::string hourly;
  for (int day = 15; day <= 16; ++day)
    for (int hour = 1; hour <= 24; ++hour)
      hourly += fmt::format("24 6 {} {} {}\n", day, hour, hour == 7 ? -9.0 : 0.3823 * hour);
  const Communicator world = Communicator::world();
  const std::vector<double> found = concentrations(files_of_run(text, world, hourly).at("hours.pst"));
  constexpr std::size_t receptors = 9;
  ASSERT_EQ(found.size(), 48U * receptors);
  for (std::size_t n = 0; n < found.size(); ++n) {
    const std::size_t hour = n / receptors % 24 + 1;
    const bool is_valid = n / receptors != 3 && n / receptors != 4;
    const double expected = !is_valid ? 0.0 : hour == 7 ? 10.0 : static_cast<double>(hour);
    EXPECT_NEAR(found[n], expected, 1.0e-5) << n;  // five decimals
  }
}

TEST(DeckRun, AddsTheBackgroundOnceToTheReactingGroups) {
  // By GRSM the sources of a group react by themselves; a group without a source holds the background alone.
  std::string text =
      with(with_background("   BACKUNIT  UG/M3\n   BACKGRND  ANNUAL 12.0\n"), "CONC FLAT", "CONC FLAT GRSM");
  text =
      with(with(text, "POLLUTID  SO2 H1H", "POLLUTID  NO2 H1H\n   OZONEVAL 40.0 PPB\n   NOXVALUE 10.0 PPB"),
           "POSTFILE  1 ALL", "POSTFILE  1 AIR");
  const Communicator world = Communicator::world();
  for (const double value : concentrations(files_of_run(text, world).at("hours.pst")))
    EXPECT_TRUE(value == 0.0 || value == 12.0) << value;
}

TEST(DeckRun, GivesEveryFileOfTheDeckInItsColumns) {
  const Communicator world = Communicator::world();
  const auto files = files_of_run(sound_deck, world.split(world.rank()));
  const std::vector<std::string> hours = rows_of(files.at("hours.pst"));
  ASSERT_EQ(hours.size(), 48U * 9U);
  EXPECT_EQ(hours[0].size(), 1U + 13 + 1 + 13 + 1 + 13 + 3 * 9 + 8 + 10 + 10 + 10);
  EXPECT_EQ(hours[0].substr(0, 28), "     200.00000       0.00000");
  EXPECT_EQ(hours[0].substr(69), "    1-HR  ALL       24061501  POL1    ");
  EXPECT_EQ(hours[27].substr(28, 14), "       0.00000");  // hour 4 is calm
  const std::vector<std::string> day = rows_of(files.at("low24.plt"));
  ASSERT_EQ(day.size(), 9U);
  EXPECT_EQ(day[8].substr(69, 38), "   24-HR  LOW         1ST             ");
  const std::vector<std::string> period = rows_of(files.at("period.plt"));
  EXPECT_EQ(period[0].substr(69), "  PERIOD  ALL       00000048  POL1    ");
  const std::vector<std::string> ranks = rows_of(files.at("ranks3.rnk"));
  EXPECT_EQ(ranks.size(), 10U);  // five of each group
  for (const char* part :
       {"*** THE   2ND HIGHEST  3-HR AVERAGE CONCENTRATION   VALUES FOR SOURCE GROUP:  LOW      ***",
        "*** THE MAXIMUM    4   1-HR AVERAGE CONCENTRATION   VALUES FOR SOURCE GROUP:  ALL      ***",
        "*** THE PERIOD (    48 HRS) AVERAGE CONCENTRATION   VALUES FOR SOURCE GROUP: ALL      ***",
        "*** THE SUMMARY OF HIGHEST 24-HR RESULTS ***", "48 Hours, 1 of them Calm, 1 Missing"})
    EXPECT_NE(files.at("made.out").find(part), std::string::npos) << part;
}

TEST(DeckRun, AveragesItsOwnHours) {
  const Communicator world = Communicator::world();
  const auto files = files_of_run(sound_deck, world.split(world.rank()));
  const std::vector<std::string> hours = rows_of(files.at("hours.pst")),
                                 period = rows_of(files.at("period.plt"));
  for (std::size_t n = 0; n < 9; ++n) {
    double sum = 0.0;
    for (std::size_t hour = 0; hour < 48; ++hour) sum += std::stod(hours[9 * hour + n].substr(29, 13));
    // A calm and a missing hour count for nothing; each value is rounded to five decimals.
    const double valid_hours = 46.0;
    EXPECT_NEAR(std::stod(period[n].substr(29, 13)), sum / valid_hours, 1.1e-5);
  }
}

TEST(DeckRun, KeepsEveryHourAsNetcdfInFiveBytesAValueAtMost) {
  const Communicator world = Communicator::world();
  const Communicator alone = world.split(world.rank());
  const SharedFolder folder(alone);
  // A fine grid, so that the values and not the header weigh.
  write_made_deck(folder.path(), with(sound_deck, "GDIR 4 90.0 90.0", "GDIR 360 1.0 1.0"));
  Problems problems;
  const Deck deck = read_aermod_deck(folder.path() + "/made.inp", "", problems);
  const AermetWeather weather = read_aermet(deck, problems);
  run_deck(deck, weather, {"LANTIAN test", true}, alone);
  const std::string path = folder.path() + "/made.nc";
  const NetcdfReader file(path);
  const std::vector<double> values = file.read("concentration");
  ASSERT_EQ(values.size(), 2U * 48U * 721U);
  EXPECT_LE(static_cast<double>(std::filesystem::file_size(path)), 5.0 * static_cast<double>(values.size()));
  EXPECT_EQ(file.read("hour_state").at(3), 1.0);
  EXPECT_EQ(file.read("time").at(0), 1.0);
  const std::vector<std::string> rows = rows_of(read_text_file(folder.path() + "/hours.pst"));
  for (std::size_t n = 0; n < rows.size(); ++n)
    EXPECT_NEAR(values[n], std::stod(rows[n].substr(29, 13)), 1.0e-5 + 1.0e-7 * values[n]);
}

TEST(DeckRun, VariesEmissionsByTheirFactors) {
  const Communicator world = Communicator::world();
  const Communicator alone = world.split(world.rank());
  const auto plain = files_of_run(sound_deck, alone);
  const auto varied = files_of_run(
      with(sound_deck, "   SRCGROUP  ALL\n", "   EMISFACT  ALL HROFDY 12*1.0 12*0.5\n   SRCGROUP  ALL\n"),
      alone);
  const std::vector<std::string> hours = rows_of(plain.at("hours.pst")),
                                 half = rows_of(varied.at("hours.pst"));
  for (std::size_t n = 0; n < hours.size(); ++n) {
    const double factor = n / 9 % 24 < 12 ? 1.0 : 0.5;
    EXPECT_NEAR(std::stod(half[n].substr(29, 13)), factor * std::stod(hours[n].substr(29, 13)), 1.1e-5);
  }
}

TEST(DeckRun, TakesTheHourlyEmissionOfAStackInPlaceOfItsParameters) {
  const Communicator world = Communicator::world();
  const Communicator alone = world.split(world.rank());
  std::string hourly;
  for (int n = 0; n < 48; ++n)
    hourly += fmt::format("SO HOUREMIS 24 6 {} {} STACK1 {}\n", 15 + n / 24, n % 24 + 1,
                          n < 24 ? "10.0 432.0 11.7" : "");
  const auto plain = files_of_run(sound_deck, alone);
  const auto varied =
      files_of_run(with(with(sound_deck, "10.0 35.0 432.0 11.7", "99.0 35.0 300.0 1.0"), "   SRCGROUP  ALL\n",
                        "   HOUREMIS  hourly.dat STACK1\n   SRCGROUP  ALL\n"),
                   alone, hourly);
  const std::vector<std::string> hours = rows_of(plain.at("hours.pst")),
                                 same = rows_of(varied.at("hours.pst"));
  constexpr std::size_t receptors = 9, day = 24 * receptors, noon = 36 * receptors;
  for (std::size_t n = 0; n < day; ++n) EXPECT_EQ(same[n], hours[n]);
  EXPECT_NE(same[noon], hours[noon]);  // on the second day the stack rests
}

}  // namespace
}  // namespace lantian::plume
