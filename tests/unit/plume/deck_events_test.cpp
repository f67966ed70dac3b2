#include "support/made_deck.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/io/text_file.hpp"
#include "lantian/plume/deck_run.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

// Decks of events, held against what POSTFILE of the deck they come from gives.

namespace lantian::plume {

namespace {

/// The deck without receptors, with events instead.
std::string deck_of_events(const std::string& events, const std::string& outputs) {
  const std::size_t receptors = sound_deck.find("RE STARTING"), weather = sound_deck.find("ME STARTING"),
                    written = sound_deck.find("OU STARTING");
  return sound_deck.substr(0, receptors) + sound_deck.substr(weather, written - weather) + "EV STARTING\n" +
         events + "EV FINISHED\nOU STARTING\n" + outputs + "OU FINISHED\n";
}

struct EventRun {
  std::string faults, printed, posts;
};

EventRun run_of(const std::string& text) {
  const TemporaryFolder folder;
  write_made_deck(folder.path(), text);
  Problems problems;
  const Deck deck = read_aermod_deck(folder.file("made.inp"), folder.file("results"), problems);
  const AermetWeather weather = read_aermet(deck, problems);
  if (problems.empty()) check_deck_run(deck, weather, problems);
  EventRun run;
  for (const std::string& one : problems.sentences()) run.faults += one.substr(one.find("made.")) + "\n";
  if (!problems.empty()) return run;
  run_deck(deck, weather, {"LANTIAN test", false}, Communicator::world());
  run.printed = read_text_file(folder.file("results/made.out"));
  if (!deck.is_of_events) run.posts = read_text_file(folder.file("results/posts.pst"));
  return run;
}

/// The value of a POSTFILE's row of a date at (500, 100), the last of nine receptors.
double posted(const std::string& average, const std::string& group, int date) {
  std::string text =
      with(sound_deck, "   SRCGROUP  LOW  YARD\n", "   SRCGROUP  LOW  YARD\n   SRCGROUP  TALL  STACK1\n");
  text = with(text, "   POSTFILE  1 ALL PLOT hours.pst\n",
              fmt::format("   POSTFILE  {} {} PLOT posts.pst\n", average, group));
  for (const std::string& row : rows_of(run_of(text).posts))
    if (row.starts_with("     500.00000     100.00000") &&
        row.find(std::to_string(date)) != std::string::npos)
      return std::stod(row.substr(28, 14));
  ADD_FAILURE() << "no such row";
  return 0.0;
}

/// Numbers that follow a word at the beginning of a line of an event's table.
std::vector<double> numbers_of(const std::string& printed, const std::string& event,
                               const std::string& word) {
  std::vector<double> found;
  const std::size_t begin = printed.find("FOR EVENT: " + event);
  std::istringstream lines(printed.substr(begin, printed.find("FOR EVENT: ", begin + 1) - begin));
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(" " + word)) found.push_back(std::stod(line.substr(20)));
  return found;
}

const std::string two_events =
    "   EVENTPER  ONE  1  ALL  24061512  123.5\n   EVENTLOC  ONE  XR= 500. YR= 100. 0.0 0.0 0.0\n"
    "   EVENTPER  DAY  24  ALL  24061624\n   EVENTLOC  DAY  RNG= 509.9019514 DIR= 78.690067526\n";

TEST(DeckEvents, GiveWhatEachSourceBringsToAMean) {
  const EventRun run = run_of(deck_of_events(two_events, "   EVENTOUT  SOCONT\n"));
  ASSERT_EQ(run.faults, "");
  for (const auto& [event, average, date] :
       {std::tuple{"ONE", "1", 24061512}, std::tuple{"DAY", "24", 24061624}}) {
    EXPECT_NEAR(numbers_of(run.printed, event, "GROUP VALUE").at(0), posted(average, "ALL", date), 1.01e-5);
    ASSERT_EQ(numbers_of(run.printed, event, "STACK1").size(), 1U);
    EXPECT_NEAR(numbers_of(run.printed, event, "STACK1").at(0), posted(average, "TALL", date), 1.01e-5);
    EXPECT_NEAR(numbers_of(run.printed, event, "YARD").at(0), posted(average, "LOW", date), 1.01e-5);
  }
  EXPECT_EQ(numbers_of(run.printed, "ONE", "VALUE OF EVENTPER").at(0), 123.5);
}

TEST(DeckEvents, GiveTheHoursOfAMeanInDetail) {
  const EventRun run = run_of(deck_of_events(two_events, "   EVENTOUT  DETAIL\n"));
  ASSERT_EQ(run.faults, "");
  const std::vector<double> hours = numbers_of(run.printed, "DAY", "HOUR");
  ASSERT_EQ(hours.size(), 24U);
  double sum = 0.0;
  for (const double one : hours) sum += one;
  // Hours 4 and 5 of the day are calm or missing in the first day alone.
  EXPECT_NEAR(sum / 24.0, numbers_of(run.printed, "DAY", "GROUP VALUE").at(0), 1.01e-5);
  EXPECT_EQ(numbers_of(run.printed, "ONE", "HOUR").size(), 1U);
}

TEST(DeckEvents, SayWhatIsWrongWithThem) {
  const auto faults = [](const std::string& events) {
    return run_of(deck_of_events(events, "   EVENTOUT  SOCONT\n")).faults;
  };
  EXPECT_NE(faults("   EVENTPER  A 1 ALL 24061512\n").find("event A has no EVENTLOC"), std::string::npos);
  EXPECT_NE(faults(with(two_events, "ONE  1  ALL", "ONE  1  AL")).find("\"AL\" is no source group"),
            std::string::npos);
  EXPECT_NE(faults(with(two_events, "24061624", "24061613")).find("24061613 is no hour YYMMDDHH"),
            std::string::npos);
  EXPECT_NE(faults(with(two_events, "24061624", "24061724")).find("no hour with which event DAY ends"),
            std::string::npos);
  EXPECT_NE(faults(with(two_events, "XR= 500.", "X= 500.")).find("needed are XR= and YR="),
            std::string::npos);
  EXPECT_NE(faults("   EVENTLOC  A XR= 1. YR= 2.\n").find("EV has no EVENTPER"), std::string::npos);
  EXPECT_NE(faults("").find("there are no events (pathway EV)"), std::string::npos);
  EXPECT_NE(run_of(deck_of_events(two_events, "   EVENTOUT  SOCONT\n   MAXTABLE  1 5\n"))
                .faults.find("a deck of events has EVENTOUT alone"),
            std::string::npos);
  EXPECT_NE(run_of(with(sound_deck, "   MAXTABLE  ALLAVE 4", "   EVENTOUT  SOCONT"))
                .faults.find("there are no events (pathway EV)"),
            std::string::npos);
}

}  // namespace

}  // namespace lantian::plume
