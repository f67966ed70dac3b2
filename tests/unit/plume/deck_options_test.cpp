#include "support/made_deck.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/io/text_file.hpp"
#include "lantian/plume/deck_run.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <sstream>

// Options of decks, each held against what other decks or other files of the same run say.

namespace lantian::plume {

namespace {

constexpr std::size_t receptors = 9, hours_of_day = 24;

struct RunOfDeck {
  std::map<std::string, std::string> files;
  AermetWeather weather;
};

RunOfDeck run_of(const std::string& text) {
  const TemporaryFolder folder;
  write_made_deck(folder.path(), text);
  Problems problems;
  const Deck deck = read_aermod_deck(folder.file("made.inp"), folder.file("results"), problems);
  RunOfDeck run;
  run.weather = read_aermet(deck, problems);
  check_deck_run(deck, run.weather, problems);
  problems.throw_if_any();
  run_deck(deck, run.weather, {"LANTIAN test", false}, Communicator::world());
  for (const auto& entry : std::filesystem::directory_iterator(folder.file("results")))
    run.files[entry.path().filename().string()] = read_text_file(entry.path().string());
  return run;
}

/// The third of the columns of 13 letters.
std::vector<double> values_of(const std::string& text) {
  std::vector<double> found;
  for (const std::string& row : rows_of(text)) found.push_back(std::stod(row.substr(28, 14)));
  return found;
}

std::vector<std::string> words_of_row(const std::string& row) {
  std::vector<std::string> words;
  std::istringstream stream(row);
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

/// Hours of each source alone: STACK1 in high.pst, YARD in low.pst.
std::string with_both_groups(const std::string& text) {
  return with(with(text, "   SRCGROUP  LOW  YARD\n", "   SRCGROUP  LOW  YARD\n   SRCGROUP  HIGH  STACK1\n"),
              "   POSTFILE  1 ALL PLOT hours.pst\n",
              "   POSTFILE  1 LOW PLOT low.pst\n   POSTFILE  1 HIGH PLOT high.pst\n");
}

std::string in_city(const std::string& areas, const std::string& sources) {
  return with(with(with_both_groups(sound_deck), "   RUNORNOT  RUN\n", areas + "   RUNORNOT  RUN\n"),
              "   SRCGROUP  ALL\n", sources + "   SRCGROUP  ALL\n");
}

TEST(DeckOptions, GiveEachOfTwoUrbanAreasItsOwnAir) {
  const auto both = run_of(in_city("   URBANOPT  BIG 2000000. Metropolis 1.2\n   URBANOPT  SMALL 30000.\n",
                                   "   URBANSRC  BIG STACK1\n   URBANSRC  SMALL YARD\n"))
                        .files;
  const auto big =
      run_of(in_city("   URBANOPT  2000000. Metropolis 1.2\n", "   URBANSRC  STACK1 YARD\n")).files;
  const auto small = run_of(in_city("   URBANOPT  30000.\n", "   URBANSRC  STACK1 YARD\n")).files;
  EXPECT_EQ(values_of(both.at("high.pst")), values_of(big.at("high.pst")));
  EXPECT_EQ(values_of(both.at("low.pst")), values_of(small.at("low.pst")));
  EXPECT_NE(values_of(both.at("low.pst")), values_of(big.at("low.pst")));
  EXPECT_NE(values_of(both.at("high.pst")), values_of(small.at("high.pst")));
}

/// A deck whose YARD is of a kind, over terrain or flat ground, by words of MODELOPT.
struct OfKind {
  std::string location, parameters, words, cards;
};
std::string deck_of_kind(const OfKind& kind, const std::string& terrain, const std::string& yards_base) {
  std::string text = with(with_both_groups(sound_deck), "CONC FLAT", "CONC " + terrain + " " + kind.words);
  text = with(text, "LOCATION  YARD  VOLUME  50.0 -20.0 0.0",
              "LOCATION  YARD  " + kind.location + " " + yards_base);
  text = with(text, "SRCPARAM  YARD  1.0 5.0 7.0 4.65", "SRCPARAM  YARD  " + kind.parameters);
  text = with(text, "   SRCGROUP  ALL\n", kind.cards + "   SRCGROUP  ALL\n");
  text = with(text, "            END\n",
              "            ELEV 1 8*30.0\n            HILL 1 8*90.0\n            END\n");
  return with(text, "DISCCART 500.0 100.0", "DISCCART 500.0 100.0 20.0 60.0");
}

TEST(DeckOptions, LetASourceBeFlatAmongOthersOverTerrain) {
  const std::string particles = "   METHOD_2  STACK1 0.7 0.8\n   METHOD_2  YARD 0.3 4.0\n";
  for (const OfKind& kind : {OfKind{"VOLUME 50.0 -20.0", "1.0 5.0 7.0 4.65", "", ""},
                             OfKind{"POINT 50.0 -20.0", "1.0 20.0 400.0 8.0 1.0", "", ""},
                             OfKind{"AREA 50.0 -20.0", "0.01 2.0 30.0", "", ""},
                             OfKind{"RLINE 50.0 -20.0 90.0 10.0", "0.01 1.0 8.0", "", ""},
                             OfKind{"VOLUME 50.0 -20.0", "1.0 5.0 7.0 4.65", "DDEP", particles},
                             OfKind{"AREA 50.0 -20.0", "0.01 2.0 30.0", "DDEP", particles}}) {
    const auto mixed = run_of(deck_of_kind(kind, "FLAT ELEV", "FLAT")).files,
               flat = run_of(deck_of_kind(kind, "FLAT", "0.0")).files,
               hilly = run_of(deck_of_kind(kind, "ELEV", "0.0")).files;
    const std::string name = kind.location + kind.words;
    EXPECT_EQ(values_of(mixed.at("low.pst")), values_of(flat.at("low.pst"))) << name;
    EXPECT_NE(values_of(mixed.at("low.pst")), values_of(hilly.at("low.pst"))) << name;
    EXPECT_EQ(values_of(mixed.at("high.pst")), values_of(hilly.at("high.pst"))) << name;
  }
}

TEST(DeckOptions, LetTheChemistryOfAFlatSourceBeFlat) {
  for (const char* method : {"PVMRM", "GRSM"}) {
    const OfKind kind{"POINT 50.0 -20.0", "1.0 20.0 400.0 8.0 1.0", method, ""};
    // A stack that emits nothing leaves the yard alone with the ozone.
    const auto of = [&](const std::string& terrain, const std::string& base) {
      std::string text = with(deck_of_kind(kind, terrain, base), "STACK1  10.0 35.0", "STACK1  0.0 35.0");
      text = with(text, "SO2 H1H", "NO2 H1H\n   OZONEVAL 40.0 PPB\n   NOXVALUE 10.0 PPB");
      return values_of(run_of(text).files.at("low.pst"));
    };
    EXPECT_EQ(of("FLAT ELEV", "FLAT"), of("FLAT", "0.0")) << method;
    EXPECT_NE(of("FLAT ELEV", "FLAT"), of("ELEV", "0.0")) << method;
  }
}

TEST(DeckOptions, WriteWhatIsAtAThresholdOrAboveIt) {
  const std::string text = with(sound_deck, "   PLOTFILE  24 LOW",
                                "   MAXIFILE  1 ALL 20.0 above.max 40\n   MAXIFILE  3 LOW 5.0 above.max 40\n"
                                "   POSTFILE  3 LOW PLOT threes.pst\n   PLOTFILE  24 LOW");
  const auto files = run_of(text).files;
  std::vector<std::string> ones, threes;
  for (const std::string& row : rows_of(files.at("above.max")))
    (row.substr(0, 14) == "   1 ALL      " ? ones : threes).push_back(row);
  const auto check = [&](const std::string& post, double threshold, const std::vector<std::string>& found) {
    std::vector<std::string> expected;
    for (const std::string& row : rows_of(files.at(post))) {
      const std::vector<std::string> words = words_of_row(row);
      if (std::stod(words[2]) < threshold) continue;
      // average, group, date; x, y; elevation, hill, height above ground; value
      expected.push_back(fmt::format(" {:>3} {:8} {} {:>13} {:>13} {:>7} {:>7} {:>7} {:>13}",
                                     words[6].substr(0, 1), words[7], words[8], words[0], words[1], words[3],
                                     words[4], words[5], words[2]));
    }
    EXPECT_GT(expected.size(), 3U);
    EXPECT_EQ(found, expected);
  };
  check("hours.pst", 20.0, ones);
  check("threes.pst", 5.0, threes);
  EXPECT_NE(
      files.at("above.max").find("*         MAXI-FILE FOR  1-HR VALUES >= A THRESHOLD OF    20.00    \n"),
      std::string::npos)
      << files.at("above.max").substr(0, 600);
}

TEST(DeckOptions, LeaveOutTheHeadersOfTheFilesThatAreNamed) {
  const auto whole = run_of(sound_deck).files;
  const auto of = [](const std::string& kinds) {
    return run_of(with(sound_deck, "   PLOTFILE  24", "   NOHEADER  " + kinds + "\n   PLOTFILE  24")).files;
  };
  const auto rows_alone = [&](const std::string& name) {
    std::string rows;
    for (const std::string& row : rows_of(whole.at(name))) rows += row + "\n";
    return rows;
  };
  const auto some = of("POSTFILE RANKFILE"), none = of("ALL");
  EXPECT_EQ(some.at("hours.pst"), rows_alone("hours.pst"));
  EXPECT_EQ(some.at("ranks3.rnk"), rows_alone("ranks3.rnk"));
  EXPECT_EQ(some.at("low24.plt"), whole.at("low24.plt"));
  for (const char* name : {"hours.pst", "ranks3.rnk", "low24.plt", "period.plt"})
    EXPECT_EQ(none.at(name), rows_alone(name)) << name;
}

TEST(DeckOptions, AverageTheHoursOfASeason) {
  const auto files =
      run_of(with(sound_deck, "   PLOTFILE  24", "   SEASONHR  ALL seasons.shr\n   PLOTFILE  24")).files;
  const std::vector<double> hours = values_of(files.at("hours.pst"));
  const std::vector<std::string> rows = rows_of(files.at("seasons.shr"));
  ASSERT_EQ(rows.size(), 4 * hours_of_day * receptors);
  for (std::size_t n = 0; n < rows.size(); ++n) {
    const std::size_t season = n / receptors / hours_of_day, hour = n / receptors % hours_of_day;
    const std::size_t receptor = n % receptors;
    const std::vector<std::string> words = words_of_row(rows[n]);
    EXPECT_EQ(words[8], std::to_string(season + 1));
    EXPECT_EQ(words[9], std::to_string(hour + 1));
    // Two days of June; hours 4 and 5 of the first are calm and missing.
    const bool is_one_day = hour == 3 || hour == 4;
    const int valid = season != 2 ? 0 : is_one_day ? 1 : 2;
    EXPECT_EQ(words[7], std::to_string(valid));
    const double sum =
        hours[hour * receptors + receptor] + hours[(hour + hours_of_day) * receptors + receptor];
    // The hours have five decimals.
    EXPECT_NEAR(std::stod(words[2]), valid == 0 ? 0.0 : sum / valid, 1.0e-5) << rows[n];
  }
}

/// The made weather's wind comes from 100 + 10 times the hour; where it goes to: north is 360, as in AERMOD.
double wind_to_deg(std::size_t hour) {
  return hour <= 8 ? 280.0 + 10.0 * static_cast<double>(hour) : 10.0 * static_cast<double>(hour) - 80.0;
}

TEST(DeckOptions, TakeTheBackgroundOfTheSectorThatTheWindGoesTo) {
  std::string text = with(sound_deck, "   SRCGROUP  ALL\n",
                          "   BACKUNIT  UG/M3\n   BGSECTOR  40. 130. 300.\n   BACKGRND  SECT1 ANNUAL 7.0\n"
                          "   BACKGRND  SECT2 SEASON 1. 2. 11. 4.\n   BACKGRND  SECT3 ANNUAL 13.0\n"
                          "   SRCGROUP  ALL\n   SRCGROUP  AIR BACKGROUND\n");
  text = with(text, "POSTFILE  1 ALL", "POSTFILE  1 AIR");
  const std::vector<double> found = values_of(run_of(text).files.at("hours.pst"));
  ASSERT_EQ(found.size(), 48 * receptors);
  std::map<double, int> met;
  for (std::size_t n = 0; n < found.size(); ++n) {
    const std::size_t of_run = n / receptors;
    const double to = wind_to_deg(of_run % hours_of_day + 1);
    const double of_sector = to >= 40.0 && to < 130.0 ? 7.0 : to >= 130.0 && to < 300.0 ? 11.0 : 13.0;
    const bool is_valid = of_run != 3 && of_run != 4;
    EXPECT_EQ(found[n], is_valid ? of_sector : 0.0) << n;
    ++met[found[n]];
  }
  EXPECT_EQ(met.size(), 4U) << "all sectors are met, and hours without a value";
}

TEST(DeckOptions, TakeOzoneAndNoxOfTheSectorThatTheWindGoesTo) {
  const std::string text =
      with(with(sound_deck, "CONC FLAT", "CONC FLAT GRSM"), "SO2 H1H",
           "NO2 H1H\n   O3SECTOR  90. 270.\n   OZONEVAL  SECT1 40.0 PPB\n   O3VALUES  SECT2 ANNUAL 20.0\n"
           "   OZONUNIT  UG/M3\n   NOXSECTR  0. 180.\n   NOXVALUE  SECT1 5.0 UG/M3\n"
           "   NOXVALUE  SECT2 9.0 UG/M3");
  const RunOfDeck run = run_of(text);
  ASSERT_EQ(run.weather.hours.size(), 48U);
  for (std::size_t n = 0; n < run.weather.hours.size(); ++n) {
    const WeatherHour& hour = run.weather.hours[n];
    if (hour.state != HourState::valid) continue;
    const double to = wind_to_deg(n % hours_of_day + 1);
    EXPECT_DOUBLE_EQ(hour.ozone_ug_m3.value(), to >= 90.0 && to < 270.0 ? 40.0 * 1.96 : 20.0) << n;
    EXPECT_DOUBLE_EQ(hour.nox_ug_m3.value(), to < 180.0 ? 5.0 : 9.0) << n;
  }
}

TEST(DeckOptions, WriteTheHighestHoursOfDaysAndTheirRanksByYear) {
  std::string text = with(sound_deck, "AVERTIME  1 3 24 PERIOD", "AVERTIME  1 PERIOD");
  text = with(with(text, "SO2 H1H", "SO2"), "   PLOTFILE  24 LOW FIRST low24.plt\n",
              "   MAXDAILY  LOW days.mxd\n   MXDYBYYR  LOW years.mxy\n   POSTFILE  1 LOW PLOT low.pst\n");
  const auto files = run_of(with(text, "   RANKFILE  3 5 ranks3.rnk\n", "")).files;
  const std::vector<std::string> posts = rows_of(files.at("low.pst")), days = rows_of(files.at("days.mxd")),
                                 years = rows_of(files.at("years.mxy"));
  ASSERT_EQ(days.size(), 2 * receptors);
  ASSERT_EQ(years.size(), 2 * receptors);  // two ranks of one year
  for (std::size_t receptor = 0; receptor < receptors; ++receptor) {
    std::vector<double> highest(2, 0.0);
    std::map<std::string, double> at_hour;  // by date
    for (std::size_t hour = 0; hour < 48; ++hour) {
      const std::vector<std::string> words = words_of_row(posts[hour * receptors + receptor]);
      at_hour[words[8]] = std::stod(words[2]);
      double& of_day = highest[hour / hours_of_day];
      of_day = std::max(of_day, std::stod(words[2]));
    }
    for (std::size_t day = 0; day < 2; ++day) {
      const std::vector<std::string> words = words_of_row(days[day * receptors + receptor]);
      EXPECT_EQ(std::stod(words[2]), highest[day]);
      EXPECT_EQ(words[6], "1-HR");
      if (highest[day] == 0.0) continue;
      EXPECT_EQ(words[8], day == 0 ? "167" : "168");  // 15 and 16 June of a leap year
      EXPECT_EQ(words[10].substr(0, 6), day == 0 ? "240615" : "240616");
      EXPECT_EQ(std::stoi(words[9]), std::stoi(words[10].substr(6)));
      EXPECT_EQ(at_hour.at(words[10]), highest[day]);
    }
    std::ranges::sort(highest, std::greater<>());
    for (std::size_t rank = 0; rank < 2; ++rank) {
      const std::vector<std::string> words = words_of_row(years[rank * receptors + receptor]);
      EXPECT_EQ(std::stod(words[2]), highest[rank]);
      EXPECT_EQ(words[6], rank == 0 ? "1ST" : "2ND");
    }
  }
}

}  // namespace
}  // namespace lantian::plume
