#include "start.hpp"
#include "support/made_deck.hpp"

#include <fmt/format.h>

// Control decks of AERMOD whose cards are known, but ask for what does not fit together or is not supported.

namespace lantian {

namespace {

/// A check of a deck.
std::function<void(Start&)> check(const std::string& text) {
  return [=](Start& start) {
    start.arguments = {"plume", "made.inp", "--check"};
    start.after_writing = [=](const std::string& folder) { write_made_deck(folder, text); };
  };
}

std::function<void(Start&)> deck(const std::string& old, const std::string& fresh) {
  return check(with(sound_deck, old, fresh));
}

/// The deck over terrain, whose network has its heights.
std::function<void(Start&)> deck_with_terrain(const std::string& old, const std::string& fresh) {
  const std::string text = with(with(sound_deck, "CONC FLAT", "CONC ELEV"), "            END\n",
                                "            ELEV 1 8*1.0\n            HILL 1 8*5.0\n            END\n");
  return check(with(text, old, fresh));
}

/// The deck of single events, which has no receptors of its own.
std::function<void(Start&)> deck_of_events(const std::string& date) {
  const std::size_t receptors = sound_deck.find("RE STARTING"), weather = sound_deck.find("ME STARTING"),
                    outputs = sound_deck.find("OU STARTING");
  return check(
      sound_deck.substr(0, receptors) + sound_deck.substr(weather, outputs - weather) +
      "EV STARTING\n   EVENTPER  FIRST 1 ALL " + date +
      "\n   EVENTLOC  FIRST XR= 500. YR= 100.\nEV FINISHED\nOU STARTING\n   EVENTOUT  DETAIL\nOU FINISHED\n");
}

/// The deck of the 1-hour standard of SO2 with a card of outputs.
std::function<void(Start&)> deck_of_standard(const std::string& card) {
  const std::string text =
      with(with(sound_deck, "AVERTIME  1 3 24 PERIOD", "AVERTIME  1 PERIOD"), "SO2 H1H", "SO2");
  return check(
      with(with(text, "   RANKFILE  3 5 ranks3.rnk\n", card), "   PLOTFILE  24 LOW FIRST low24.plt\n", ""));
}

/// The deck whose yard is an open pit.
std::string pit_deck(const std::string& height_sides_volume) {
  return with(with(sound_deck, "YARD  VOLUME", "YARD  OPENPIT"), "YARD  1.0 5.0 7.0 4.65",
              "YARD  1.0E-3 " + height_sides_volume);
}
std::string in_plume_volumes(const std::string& text) {
  return with(with(text, "CONC FLAT", "CONC FLAT PVMRM"), "   POLLUTID  SO2 H1H\n",
              "   POLLUTID  NO2 H1H\n   OZONEVAL  40.0 PPB\n");
}

std::vector<Row> event_rows() {
  return {
      {"DeckOfAnEventOfAnotherWeather", deck_of_events("24061712"), 65,
       "made.sfc:49: the file ends without an hour that the deck's EVENTPER asks for"},
      {"DeckOfAnEventAtNoHour", deck_of_events("24061525"), 65,
       "made.inp:24: EV EVENTPER: 24061525 is no hour YYMMDDHH with which such a mean ends; means are over "
       "hours from midnight on\nmade.inp:25: EV EVENTLOC: there is no EVENTPER of FIRST above"},
      {"DeckWithATableOfEventsAmongNone", deck("OU FINISHED", "   EVENTOUT  SOCONT\nOU FINISHED"), 65,
       "made.inp:38: OU EVENTOUT: there are no events (pathway EV)"},
  };
}

std::vector<Row> rows_of_forms() {
  const std::string run = "   RUNORNOT  RUN\n";
  return {
      {"DeckOfAnotherStation", deck("SURFDATA  99999", "SURFDATA  54857"), 65,
       "made.sfc:1: is of station 99999 (SF_ID), but the deck's ME SURFDATA is 54857"},
      {"DeckWithAHillBelowItsReceptor",
       deck_with_terrain("   DISCCART 500.0 100.0\n", "   DISCCART 500.0 100.0 120.0 80.0\n"), 65,
       "made.inp:24: RE DISCCART: the receptor at 500, 100 has hill height 80 m below its elevation 120 m; "
       "AERMAP never gives so"},
      {"DeckWithAnHourAsHighAsAMountain",
       [](Start& start) {
         deck("   SRCGROUP  ALL\n", "   HOUREMIS  hourly.dat YARD\n   SRCGROUP  ALL\n")(start);
         const auto write_deck = start.after_writing;
         start.after_writing = [=](const std::string& folder) {
           write_deck(folder);
           std::string hours;
           for (int n = 0; n < 48; ++n)
             hours += fmt::format("SO HOUREMIS 24 6 {} {} YARD 1.0 {} 7.0 4.65\n", 15 + n / 24, n % 24 + 1,
                                  n == 20 ? 600 : 5);
           write_text(folder + "/hourly.dat", hours);
         };
       },
       65, "hourly.dat:21: release height is \"600\"; allowed are 0 to 500"},
      {"DeckThatGoesOnFromAnotherRun", deck(run, run + "   MULTYEAR  H6H a.sav b.sav\n"), 65,
       "made.inp:7: CO MULTYEAR: goes on from the file of the year before, which is not supported; run one "
       "deck over a surface and a profile file of all years one after the other"},
      {"DeckOfDaysOfAnotherYear", deck("SURFDATA  99999 2024", "SURFDATA  99999 2023\n   DAYRANGE  6/15"), 65,
       "made.sfc:2: is of 2024-06-15 hour 1, but the deck's ME SURFDATA begins in 2023; DAYRANGE needs the "
       "year"},
      {"DeckThatBeginsBeforeItsWeather", deck("   PROFBASE", "   STARTEND  24 6 10 24 6 16\n   PROFBASE"), 65,
       "made.sfc:2: the file begins with 2024-06-15 hour 1, but the deck's STARTEND begins with 2024-06-10 "
       "hour 1"},
      {"DeckWithElevationsWithoutHills", deck_with_terrain("            HILL 1 8*5.0\n", ""), 65,
       "made.inp:17: RE GRIDPOLR: network POL1 has ELEV, but no HILL"},
      {"DeckWithAnElevationThatIsMissing",
       deck_with_terrain("   DISCCART 500.0 100.0\n", "   DISCCART 500.0 100.0 -9999.0 80.0\n"), 65,
       "made.inp:24: RE DISCCART: elevation is -9999; allowed are -9998.99 to 30000 of ELEVUNIT"},
      {"DeckWithAStackInDegreesCelsius", deck("432.0 11.7", "159.0 11.7"), 65,
       "made.inp:10: SO SRCPARAM: gas temperature is 159 K, which looks like another unit; allowed are 200 K "
       "and more, 0 for that of the air, and below 0 for so much above it"},
      {"DeckWithAPitThatEmitsAboveItsRim", check(pit_deck("5.0 40. 20. 1600.")), 65,
       "made.inp:12: SO SRCPARAM: emits 5 m above the floor, but the pit is 2 m deep: its volume over its "
       "sides"},
      {"DeckWithAPitInPlumeVolumes", check(in_plume_volumes(pit_deck("1.0 40. 20. 1600."))), 65,
       "made.inp: source YARD: NO2 of open pits by PVMRM or GRSM is not part of this engine; give the pit as "
       "AREA, or ask for ARM2 or OLM"},
      {"DeckWithARankOverAThousand", deck("ALLAVE FIRST-SECOND", "ALLAVE FIRST-1001ST"), 65,
       "made.inp:32: OU RECTABLE: \"FIRST-1001ST\" is no rank (FIRST, 1ST) or range of ranks (FIRST-THIRD, "
       "1ST-8TH) up to 999"},
      {"DeckWithSharesOfRanksThatAreNotThere", deck_of_standard("   MAXDCONT  ALL 1 8 shares.mdc\n"), 65,
       "made.inp:36: OU MAXDCONT: asks for rank 8, but RECTABLE has ranks up to 2"},
      {"DeckWithSharesFromTheLowerRankOn", deck_of_standard("   MAXDCONT  ALL 2 1 shares.mdc\n"), 65,
       "made.inp:36: OU MAXDCONT: needed are two ranks from 1 to 999, the upper first, or one and THRESH"},
  };
}

}  // namespace

std::vector<Row> deck_form_rows() {
  return joined({event_rows(), rows_of_forms()});
}

}  // namespace lantian
