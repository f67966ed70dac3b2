#include "support/made_deck.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/io/text_file.hpp"
#include "lantian/plume/deck_run.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>

// Forms in which decks are found, and what AERMOD only warns of.

namespace lantian::plume {

namespace {

struct RunOfDeck {
  Deck deck;
  AermetWeather weather;
  std::map<std::string, std::string> files;

  /// Whether a note says so.
  [[nodiscard]] bool tells(const std::string& words) const {
    const auto says = [&](const std::string& note) { return note.find(words) != std::string::npos; };
    return std::ranges::any_of(deck.notes, says) || std::ranges::any_of(weather.notes, says);
  }
};

using Files = std::map<std::string, std::string>;

RunOfDeck run_of(const std::string& text, const Files& more = {}) {
  const TemporaryFolder folder;
  write_made_deck(folder.path(), text);
  for (const auto& [name, content] : more) write_text(folder.file(name), content);
  Problems problems;
  RunOfDeck run;
  run.deck = read_aermod_deck(folder.file("made.inp"), folder.file("results"), problems);
  run.weather = read_aermet(run.deck, problems);
  check_deck_run(run.deck, run.weather, problems);
  problems.throw_if_any();
  run_deck(run.deck, run.weather, {"LANTIAN test", false}, Communicator::world());
  for (const auto& entry : std::filesystem::directory_iterator(folder.file("results")))
    run.files[entry.path().filename().string()] = read_text_file(entry.path().string());
  return run;
}

const RunOfDeck& plain_run() {
  static const RunOfDeck run = run_of(sound_deck);
  return run;
}

/// Values of the file of hours.
std::vector<double> hours_of(const RunOfDeck& run) {
  std::vector<double> found;
  for (const std::string& row : rows_of(run.files.at("hours.pst")))
    found.push_back(std::stod(row.substr(28, 14)));
  return found;
}
double largest(const std::vector<double>& values) {
  return *std::ranges::max_element(values);
}

std::string everywhere(std::string text, const std::string& old, const std::string& fresh) {
  for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + fresh.size()))
    text.replace(at, old.size(), fresh);
  return text;
}

TEST(DeckForms, MayDifferWithoutAnyDifferenceInTheNumbers) {
  const std::vector<double> hours = hours_of(plain_run());
  ASSERT_GT(largest(hours), 1.0);
  std::string lower = sound_deck;
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::map<std::string, std::string> forms = {
      {"lower case", lower},
      {"line ends of Windows", everywhere(sound_deck, "\n", "\r\n")},
      {"tabs", everywhere(everywhere(sound_deck, "            ", "\t\t"), "   ", "\t")},
      {"pathways on every line", everywhere(with(sound_deck, "   LOCATION  STACK1", "SO LOCATION  STACK1"),
                                            "   SRCPARAM", "SO SRCPARAM")},
      {"comments and empty lines", everywhere(sound_deck, "   SRCGROUP", "** a comment\n\n   SRCGROUP")},
      {"quoted names", with(with(sound_deck, "made.sfc", "\"made.sfc\""), "hours.pst", "\"hours.pst\"")},
      {"numbers of Fortran", with(sound_deck, "10.0 35.0 432.0", "1.0D+01 35 4.32E2")},
      {"ranges of sources", with(sound_deck, "SRCGROUP  LOW  YARD", "SRCGROUP  LOW  YARA-YARZ")},
      {"older words", with(sound_deck, "CONC FLAT", "CONC FLAT NOWARN TOXICS")},
      {"averages of two digits", with(sound_deck, "1 3 24", "01 03 24")}};
  for (const auto& [what, text] : forms) EXPECT_EQ(hours_of(run_of(text)), hours) << what;
}

TEST(DeckForms, KeepTheKeywordOfTheLineAboveWithTabsAsWithBlanks) {
  const std::string text = with(sound_deck, "   SRCGROUP  LOW  YARD\n",
                                "   SRCGROUP  LOW  YARD\n\t\t\tLOW  STACK1\n   SRCGROUP  TALL\tSTACK1\n");
  const Deck deck = run_of(text).deck;
  ASSERT_EQ(deck.groups.size(), 3U);
  EXPECT_EQ(deck.groups[1].sources, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(deck.groups[2].sources, (std::vector<std::size_t>{0}));
}

TEST(DeckForms, TellWhatTheyAskForThatChangesNoNumber) {
  const std::string run = "   RUNORNOT  RUN\n";
  const std::map<std::string, std::string> cards = {
      {"   SAVEFILE  a.sav 5 b.sav\n", "SAVEFILE: no file to go on from"},
      {"   MULTYEAR  year1.sav\n", "MULTYEAR: no file for the next year"},
      {"   EVENTFIL  events.inp SOCONT\n", "EVENTFIL: no deck of events"},
      {"   DEBUGOPT  MODEL a.dbg\n", "DEBUGOPT: no files for debugging"}};
  for (const auto& [card, words] : cards) {
    const RunOfDeck found = run_of(with(sound_deck, run, card + run));
    EXPECT_TRUE(found.tells(words)) << card;
    EXPECT_EQ(hours_of(found), hours_of(plain_run())) << card;
    EXPECT_NE(found.files.at("made.out").find(words), std::string::npos) << "and in the tables";
  }
  const RunOfDeck files = run_of(with(
      sound_deck, "OU FINISHED", "   EVALFILE  STACK1 stack1.evl\n   TOXXFILE  1 1. toxic.bin\nOU FINISHED"));
  EXPECT_TRUE(files.tells("EVALFILE: no file of EVALFILE is written"));
  EXPECT_TRUE(files.tells("TOXXFILE: no file of TOXXFILE is written"));
}

TEST(DeckForms, TellWhereTheWeatherIsOfAnotherYear) {
  const RunOfDeck other = run_of(with(sound_deck, "SURFDATA  99999 2024", "SURFDATA  99999 2023"));
  EXPECT_TRUE(other.tells("the deck's ME SURFDATA begins in 2023"));
  const RunOfDeck longer =
      run_of(with(sound_deck, "   PROFBASE", "   STARTEND  24 6 15 24 6 18\n   PROFBASE"));
  EXPECT_TRUE(longer.tells("the deck's STARTEND ends with 2024-06-18"));
  EXPECT_EQ(hours_of(longer), hours_of(plain_run()));
  EXPECT_EQ(hours_of(other), hours_of(plain_run()));
}

TEST(DeckForms, OfReceptorsWithoutHeightsCountThemAsZero) {
  const RunOfDeck bare = run_of(with(sound_deck, "CONC FLAT", "CONC ELEV"));
  EXPECT_EQ(hours_of(bare),
            hours_of(run_of(with(with(with(sound_deck, "CONC FLAT", "CONC ELEV"), "            END\n",
                                      "            ELEV 1 8*0.\n            HILL 1 8*0.\n            END\n"),
                                 "DISCCART 500.0 100.0", "DISCCART 500.0 100.0 0. 0."))));
  EXPECT_TRUE(bare.tells("made.inp:17: RE GRIDPOLR"));
  EXPECT_TRUE(bare.tells("made.inp:22: RE DISCCART"));
}

TEST(DeckForms, LayFlatReceptorsOnTheLevelOfTheWeather) {
  const std::string high = with(sound_deck, "PROFBASE  0.0 METERS", "PROFBASE  100.0 FEET");
  const RunOfDeck run = run_of(with(high, "DISCCART 500.0 100.0", "DISCCART 500.0 100.0 12. 30."));
  for (const Receptor& one : run.deck.receptors) {
    EXPECT_DOUBLE_EQ(one.elevation_m, 30.48);
    EXPECT_DOUBLE_EQ(one.hill_height_m, 30.48);
  }
  EXPECT_EQ(hours_of(run), hours_of(run_of(high)));
}

TEST(DeckForms, TakeFlatAndNostdBackWithDfault) {
  const RunOfDeck run = run_of(with(sound_deck, "CONC FLAT", "CONC FLAT NOSTD DFAULT"));
  EXPECT_FALSE(run.deck.options.flat_terrain);
  EXPECT_TRUE(run.deck.options.stack_tip_downwash);
  EXPECT_TRUE(run.tells("FLAT is left out, since DFAULT excludes it"));
  EXPECT_TRUE(run.tells("NOSTD is left out, since DFAULT excludes it"));
  EXPECT_TRUE(run_of(with(sound_deck, "CONC FLAT", "CONC DEFAULT")).deck.options.stack_tip_downwash);
}

TEST(DeckForms, LeaveOutMeasuredTurbulence) {
  std::string profile = everywhere(made_profile_file(), "    99.00    99.00", "    15.00     0.60");
  const auto run_with = [&](const std::string& card) {
    return hours_of(run_of(with(sound_deck, "   PROFBASE", card + "   PROFBASE"), {{"made.pfl", profile}}));
  };
  const std::vector<double> all = run_with(""), none = run_with("   NOTURB\n");
  EXPECT_NE(all, none);
  EXPECT_EQ(none, hours_of(plain_run()));
  EXPECT_EQ(run_with("   NOSA\n   NOSW\n"), none);
  EXPECT_EQ(run_with("   NOTURBST\n   NOTURBCO\n"), none);
  // Two days that begin stable: hour 10 is convective.
  const std::size_t receptors = 9, stable = 0, convective = 9 * receptors;
  const std::vector<double> in_convection = run_with("   NOTURBST\n");
  EXPECT_EQ(in_convection[stable], none[stable]);
  EXPECT_EQ(in_convection[convective], all[convective]);
}

TEST(DeckForms, ReadYearsOneBehindAnotherWithTheirHeaders) {
  const std::string surface = made_surface_file();
  const std::string header = surface.substr(0, surface.find('\n') + 1);
  const std::size_t second_day = surface.find("24  6 16");
  const RunOfDeck run =
      run_of(sound_deck, {{"made.sfc", surface.substr(0, second_day) + header + surface.substr(second_day)}});
  EXPECT_EQ(hours_of(run), hours_of(plain_run()));
}

TEST(DeckForms, GiveDepositionInTheirOwnUnitByTheHour) {
  const std::string text = with(with(sound_deck, "CONC FLAT", "DDEP FLAT"), "   SRCGROUP  ALL",
                                "   METHOD_2  STACK1  0.7 0.8\n   METHOD_2  YARD  0.2 3.0\n   SRCGROUP  ALL");
  const std::vector<double> grams = hours_of(run_of(text));
  // 1 g/s is 3600 g in an hour; so the factor of the default.
  const std::vector<double> told = hours_of(
      run_of(with(text, "   SRCGROUP  ALL", "   DEPOUNIT  3600. GRAMS/SEC GRAMS/M**2\n   SRCGROUP  ALL")));
  const std::vector<double> thousandfold = hours_of(run_of(
      with(text, "   SRCGROUP  ALL", "   DEPOUNIT  3.6E6 GRAMS/SEC MILLIGRAMS/M**2\n   SRCGROUP  ALL")));
  ASSERT_GT(largest(grams), 0.0);
  EXPECT_EQ(told, grams);
  for (std::size_t n = 0; n < grams.size(); ++n)
    EXPECT_NEAR(thousandfold[n], 1000.0 * grams[n], 6.0e-3) << "of five digits";
}

TEST(DeckForms, TakeAwayWhatAnEmissionBelowZeroSays) {
  const RunOfDeck less = run_of(
      with(with(sound_deck, "SRCPARAM  YARD  1.0", "SRCPARAM  YARD  -1.0"), "STACK1  10.0", "STACK1  -10.0"));
  const std::vector<double> plus = hours_of(plain_run()), minus = hours_of(less);
  for (std::size_t n = 0; n < plus.size(); ++n) EXPECT_EQ(minus[n], -plus[n]);
}

TEST(DeckForms, TakeAMissingHourOfHouremisForNoEmission) {
  std::string hours;
  for (int n = 0; n < 48; ++n)
    hours += fmt::format("SO HOUREMIS 24 6 {} {} STACK1 -999. 432.0 11.7\n", 15 + n / 24, n % 24 + 1);
  const RunOfDeck none =
      run_of(with(with(sound_deck, "   SRCGROUP  ALL\n", "   HOUREMIS  hours.dat STACK1\n   SRCGROUP  ALL\n"),
                  "SRCPARAM  YARD  1.0", "SRCPARAM  YARD  0.0"),
             {{"hours.dat", hours}});
  EXPECT_EQ(largest(hours_of(none)), 0.0);
}

TEST(DeckForms, TurnAllNitricOxideIntoNo2WhereOzoneIsMissing) {
  constexpr std::size_t receptors = 9, lacking = 13;
  std::string ozone;
  for (std::size_t n = 0; n < 48; ++n)
    ozone += fmt::format("24 6 {} {} {}\n", 15 + n / 24, n % 24 + 1, n == lacking ? -999.0 : 0.0);
  for (const char* method : {"OLM", "PVMRM"}) {
    const std::string text = with(with(sound_deck, "CONC FLAT", std::string("CONC FLAT ") + method),
                                  "SO2 H1H", "NO2 H1H\n   OZONEFIL  ozone.dat PPB");
    const RunOfDeck run = run_of(text, {{"ozone.dat", ozone}});
    EXPECT_TRUE(run.tells("CO OZONEFIL has no ozone of 1 hours")) << method;
    const std::vector<double> found = hours_of(run),
                              much = hours_of(
                                  run_of(with(text, "OZONEFIL  ozone.dat PPB", "OZONEVAL  1.E6 PPB")));
    for (std::size_t n = 0; n < receptors; ++n) {
      EXPECT_NEAR(found[lacking * receptors + n], much[lacking * receptors + n], 1.01e-5) << method;
      EXPECT_LT(found[(lacking - 1) * receptors], much[(lacking - 1) * receptors]) << method;
    }
  }
}

TEST(DeckForms, GiveRanksBeyondTheTenth) {
  const RunOfDeck run = run_of(with(with(sound_deck, "RECTABLE  ALLAVE FIRST-SECOND", "RECTABLE  1 1ST-25TH"),
                                    "PLOTFILE  24 LOW FIRST low24.plt", "PLOTFILE  1 ALL 25TH rank.plt"));
  ASSERT_EQ(run.deck.outputs.ranks[0].second.size(), 25U);
  const std::vector<double> all = hours_of(run);
  constexpr std::size_t receptors = 9;
  const std::vector<std::string> rows = rows_of(run.files.at("rank.plt"));
  ASSERT_EQ(rows.size(), receptors);
  for (std::size_t n = 0; n < receptors; ++n) {
    std::vector<double> of_place;
    for (std::size_t at = n; at < all.size(); at += receptors) of_place.push_back(all[at]);
    std::ranges::sort(of_place, std::greater<>());
    EXPECT_EQ(std::stod(rows[n].substr(28, 14)), of_place[24]);
    EXPECT_NE(rows[n].find(" 25TH "), std::string::npos);
  }
}

/// The deck of the 1-hour standard with a group of each source, and a file of ranks and shares.
std::string deck_of_standard(const std::string& shares) {
  std::string text = with(with(sound_deck, "AVERTIME  1 3 24 PERIOD", "AVERTIME  1"), "SO2 H1H", "SO2");
  text = with(text, "   SRCGROUP  LOW  YARD\n", "   SRCGROUP  LOW  YARD\n   SRCGROUP  HIGH  STACK1\n");
  text = with(text, "   PLOTFILE  PERIOD ALL period.plt\n   RANKFILE  3 5 ranks3.rnk\n", shares);
  return with(text, "24 LOW FIRST low24.plt", "1 ALL 2ND second.plt");
}

TEST(DeckForms, ShareTheHighestValuesOutToTheirGroups) {
  constexpr std::size_t receptors = 9;
  const RunOfDeck run = run_of(deck_of_standard("   MAXDCONT  ALL 1 2 shares.mdc\n"));
  const std::string& text = run.files.at("shares.mdc");
  EXPECT_NE(
      text.find("MAXDCONT FILE OF   2ND-HIGHEST  1-HR VALUES AVERAGED OVER   1 YEARS FOR SOURCE GROUP: ALL"),
      std::string::npos)
      << text;
  const std::vector<std::string> rows = rows_of(text), second = rows_of(run.files.at("second.plt"));
  ASSERT_EQ(rows.size(), 2 * receptors);
  for (std::size_t n = 0; n < receptors; ++n) {
    const std::string& row = rows[receptors + n];
    EXPECT_EQ(row.substr(0, 42), second[n].substr(0, 42));
    // ALL, LOW and HIGH are the last three columns.
    const std::size_t first = row.size() - 45;
    const double all = std::stod(row.substr(first, 15)), low = std::stod(row.substr(first + 15, 15)),
                 high = std::stod(row.substr(first + 30, 15));
    EXPECT_EQ(all, std::stod(row.substr(28, 14)));
    EXPECT_NEAR(low + high, all, 1.01e-5);
  }
}

TEST(DeckForms, ShareOutNoMoreRanksOnceNoneReachesTheThreshold) {
  constexpr std::size_t receptors = 9;
  const std::vector<std::string> none =
      rows_of(run_of(deck_of_standard("   MAXDCONT  LOW 1 THRESH 1.E9 shares.mdc\n")).files.at("shares.mdc"));
  ASSERT_EQ(none.size(), receptors);
  EXPECT_EQ(none[0].substr(none[0].size() - 45), "        0.00000        0.00000        0.00000");
  EXPECT_EQ(
      rows_of(run_of(deck_of_standard("   MAXDCONT  LOW 1 THRESH 1.E-9 shares.mdc\n")).files.at("shares.mdc"))
          .size(),
      2 * receptors)
      << "as many as RECTABLE has";
}

template <typename T>
T at_byte(const std::string& bytes, std::size_t first) {
  T value{};
  std::memcpy(&value, bytes.data() + first, sizeof(T));
  return value;
}

TEST(DeckForms, WriteRecordsOfFortranWhenAskedForNoFormat) {
  constexpr std::size_t receptors = 9, record = 4 + 4 + 4 + 8 + 8 * receptors + 4;
  const RunOfDeck run = run_of(with(
      with(sound_deck, "1 ALL PLOT hours.pst", "1 ALL UNFORM hours.bin\n   POSTFILE  1 ALL PLOT hours.pst"),
      "   PLOTFILE  PERIOD", "   POSTFILE  PERIOD LOW UNFORM period.bin 55\n   PLOTFILE  PERIOD"));
  const std::vector<double> hours = hours_of(run);
  const std::string& bytes = run.files.at("hours.bin");
  ASSERT_EQ(bytes.size(), 48 * record);
  for (std::size_t n = 0; n < 48; ++n) {
    const std::size_t first = n * record;
    EXPECT_EQ(at_byte<std::int32_t>(bytes, first), static_cast<std::int32_t>(record) - 8);
    EXPECT_EQ(at_byte<std::int32_t>(bytes, first + record - 4), static_cast<std::int32_t>(record) - 8);
    EXPECT_EQ(at_byte<std::int32_t>(bytes, first + 4),
              24061500 + static_cast<int>(n / 24 * 100 + n % 24 + 1));
    EXPECT_EQ(at_byte<std::int32_t>(bytes, first + 8), 1);
    EXPECT_EQ(bytes.substr(first + 12, 8), "ALL     ");
    for (std::size_t place = 0; place < receptors; ++place)
      EXPECT_NEAR(at_byte<double>(bytes, first + 20 + 8 * place), hours[n * receptors + place], 0.51e-5);
  }
  const std::string& period = run.files.at("period.bin");
  ASSERT_EQ(period.size(), record);
  EXPECT_EQ(at_byte<std::int32_t>(period, 4), 24061624);
  EXPECT_EQ(at_byte<std::int32_t>(period, 8), 48);
  EXPECT_EQ(period.substr(12, 8), "LOW     ");
}

TEST(DeckForms, RankARangeOfAveragingTimes) {
  const Deck deck =
      run_of(with(sound_deck, "RECTABLE  ALLAVE FIRST-SECOND", "RECTABLE  2-24 FIRST-SECOND")).deck;
  ASSERT_EQ(deck.outputs.ranks.size(), 2U);
  EXPECT_EQ(deck.outputs.ranks[0].first.hours, 3);
  EXPECT_EQ(deck.outputs.ranks[1].first.hours, 24);
}

TEST(DeckForms, LetCardsShareAFileOfOneUnit) {
  constexpr std::size_t receptors = 9;
  const RunOfDeck run =
      run_of(with(with(sound_deck, "   POSTFILE  1 ALL PLOT hours.pst\n",
                       "   POSTFILE  1 ALL PLOT hours.pst 31\n   POSTFILE  1 LOW PLOT hours.pst 31\n"),
                  "   PLOTFILE  24 LOW FIRST low24.plt\n",
                  "   PLOTFILE  24 LOW FIRST all.plt 41\n   PLOTFILE  1 ALL 2ND all.plt 41\n   PLOTFILE  "
                  "PERIOD LOW all.plt 41\n"));
  const std::vector<std::string> hours = rows_of(run.files.at("hours.pst")),
                                 all = rows_of(run.files.at("all.plt"));
  ASSERT_EQ(hours.size(), 96 * receptors);  // two groups in 48 hours
  EXPECT_NE(hours[receptors - 1].find(" ALL "), std::string::npos);
  EXPECT_NE(hours[receptors].find(" LOW "), std::string::npos);
  EXPECT_EQ(all.size(), 3 * receptors);
}

}  // namespace

}  // namespace lantian::plume
