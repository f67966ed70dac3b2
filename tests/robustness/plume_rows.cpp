#include "start.hpp"
#include "support/made_deck.hpp"

#include <sstream>
#include <utility>

// Control decks of AERMOD and files of AERMET with one fault each.

namespace lantian {

namespace {

using Lines = std::vector<std::string>;

/// A check of the made deck, once `spoil` has changed its folder.
std::function<void(Start&)> check_of(const std::string& text,
                                     const std::function<void(const std::string&)>& spoil) {
  return [=](Start& start) {
    start.arguments = {"plume", "made.inp", "--check"};
    start.after_writing = [=](const std::string& folder) {
      write_made_deck(folder, text);
      spoil(folder);
    };
  };
}

std::function<void(Start&)> deck(const std::string& old, const std::string& fresh) {
  return check_of(with(sound_deck, old, fresh), [](const std::string&) {});
}

/// The deck over terrain, whose network has its heights.
std::function<void(Start&)> deck_with_terrain(const std::string& old, const std::string& fresh) {
  std::string text = with(sound_deck, "CONC FLAT", "CONC ELEV");
  text = with(text, "            END\n",
              "            ELEV 1 8*1.0\n            HILL 1 8*5.0\n            END\n");
  return check_of(with(text, old, fresh), [](const std::string&) {});
}

/// The deck with dry deposition of particles known by their mean.
std::function<void(Start&)> deck_that_deposits(const std::string& old, const std::string& fresh) {
  std::string text = with(sound_deck, "CONC FLAT", "CONC DDEP FLAT");
  text = with(text, "   SRCGROUP  ALL\n",
              "   METHOD_2  STACK1 0.7 0.8\n   METHOD_2  YARD 0.7 0.8\n   SRCGROUP  ALL\n");
  return check_of(with(text, old, fresh), [](const std::string&) {});
}

/// The deck for NO2 by a method, with cards of the background behind POLLUTID.
std::function<void(Start&)> deck_of_nitrogen(const std::string& method, const std::string& background) {
  const std::string text = with(sound_deck, "CONC FLAT", "CONC FLAT " + method);
  return check_of(with(text, "   POLLUTID  SO2 H1H\n", "   POLLUTID  NO2 H1H\n" + background),
                  [](const std::string&) {});
}

/// The deck with cards of the background before its second group.
std::string background_deck(const std::string& cards) {
  return with(sound_deck, "   SRCGROUP  LOW  YARD\n", cards + "   SRCGROUP  LOW  YARD\n");
}
std::function<void(Start&)> deck_with_background(const std::string& cards) {
  return check_of(background_deck(cards), [](const std::string&) {});
}

std::function<void(Start&)> annual_deck() {
  const std::string text =
      with(with(sound_deck, "24 PERIOD", "24 ANNUAL"), "PLOTFILE  PERIOD", "PLOTFILE  ANNUAL");
  return check_of(text, [](const std::string&) {});
}

std::function<void(Start&)> no_deck() {
  return [](Start& start) { start.arguments = {"plume", "made.inp"}; };
}

/// The weather with a file whose text goes through `change`.
std::function<void(Start&)> changed(const std::string& file,
                                    const std::function<std::string(std::string)>& change) {
  return check_of(sound_deck, [=](const std::string& folder) {
    const std::string text = file == "made.sfc" ? made_surface_file() : made_profile_file();
    write_text(folder + "/" + file, change(text));
  });
}

std::function<void(Start&)> lines_of(const std::string& file, const std::function<void(Lines&)>& change) {
  return changed(file, [=](const std::string& text) {
    Lines lines;
    std::string line;
    for (std::istringstream in(text); std::getline(in, line);) lines.push_back(line);
    change(lines);
    std::string fresh;
    for (const std::string& one : lines) fresh += one + "\n";
    return fresh;
  });
}

std::function<void(Start&)> text_of(const std::string& file, const std::string& old,
                                    const std::string& fresh) {
  return changed(file, [=](const std::string& text) { return with(text, old, fresh); });
}

std::vector<Row> deck_rows() {
  return {
      {"DeckThatIsNotThere", no_deck(), 69, "made.inp: there is no such file, or it cannot be read"},
      {"DeckWithAnUnknownKeyword", deck("TITLEONE", "TITELONE"), 65,
       "made.inp:2: CO has no keyword \"TITELONE\"; known are STARTING, FINISHED, TITLEONE, TITLETWO, "
       "MODELOPT, AVERTIME, POLLUTID, HALFLIFE, DCAYCOEF, FLAGPOLE, URBANOPT, RUNORNOT, ERRORFIL, "
       "OZONEVAL, "
       "OZONEFIL, OZONUNIT, O3VALUES, NOXVALUE, NOX_FILE, NOX_VALS, NOX_UNIT, NO2EQUIL, NO2STACK, "
       "ARMRATIO, "
       "GDSEASON, GDLANUSE, "
       "GASDEPVD, GASDEPDF, O3SECTOR, NOXSECTR, SAVEFILE, MULTYEAR, EVENTFIL, DEBUGOPT. Did you "
       "mean \"TITLEONE\"?\nmade.inp: CO has no TITLEONE, which is needed"},
      {"DeckWithAKeywordThatIsNotSupported",
       deck("   RUNORNOT  RUN\n", "   LOW_WIND  0.3\n   RUNORNOT  RUN\n"), 65,
       "made.inp:6: CO LOW_WIND: is not supported"},
      {"DeckWithoutAPathway", deck("ME FINISHED", "** ME FINISHED"), 65,
       "made.inp:31: OU STARTING: ME FINISHED is missing before it"},
      {"DeckWithoutANeededKeyword", deck("   POLLUTID  SO2 H1H\n", ""), 65,
       "made.inp: CO has no POLLUTID, which is needed"},
      {"DeckWithAnUnknownOption", deck("CONC FLAT", "CONC FLTA"), 65,
       "made.inp:3: CO MODELOPT: \"FLTA\" is no option; known are CONC, DEPOS, DDEP, WDEP, FLAT, ELEV, "
       "NOSTD, DFAULT, ARM2, OLM, PVMRM, GRSM, BETA, ALPHA, DRYDPLT, WETDPLT, NODRYDPLT, NOWETDPLT, "
       "AREADPLT, ROMBERG, NOCHKD, WARNCHKD, FASTALL, FASTAREA, NOURBTRAN, NOMINO3, NOWARN. Did you mean "
       "\"FLAT\"?"},
      {"DeckWithAnOptionThatIsNotSupported", deck("CONC FLAT", "CONC FLAT TTRM"), 65,
       "made.inp:3: CO MODELOPT: TTRM is not supported; known for NO2 are ARM2, OLM, PVMRM and GRSM"},
      {"DeckOfPlumeVolumesWithoutOzone", deck_of_nitrogen("PVMRM", ""), 65,
       "made.inp: CO MODELOPT asks for a chemistry of NO2 that needs ozone; OZONEVAL, O3VALUES or "
       "OZONEFIL "
       "gives it"},
      {"DeckOfReactionsWithoutBackgroundNox", deck_of_nitrogen("GRSM", "   OZONEVAL 40.0 PPB\n"), 65,
       "made.inp: CO MODELOPT GRSM needs the background of NOx; NOXVALUE, NOX_VALS or NOX_FILE gives "
       "it"},
      {"DeckWithOptionsThatExcludeEachOther", deck("CONC FLAT", "CONC FLAT DFAULT BETA"), 65,
       "made.inp:3: CO MODELOPT: DFAULT excludes BETA"},
  };
}

std::vector<Row> background_rows_of_decks() {
  return {
      {"DeckThatAsksForABackgroundItDoesNotHave",
       deck("SRCGROUP  LOW  YARD", "SRCGROUP  LOW  YARD BACKGROUND"), 65,
       "made.inp: SO SRCGROUP LOW asks for the background, and there is no BACKGRND"},
      {"DeckWithABackgroundOfTooFewValues", deck_with_background("   BACKGRND  SEASON 3.0 2.0 1.0\n"), 65,
       "made.inp:14: SO BACKGRND: 3 values are given in all; SEASON has 4"},
      {"DeckWithABackgroundOfAnUnknownScheme", deck_with_background("   BACKGRND  SEASONS 3.0 2.0 1.0 2.0\n"),
       65,
       "made.inp:14: SO BACKGRND: \"SEASONS\" is no scheme; known are HOURLY, ANNUAL, SEASON, MONTH, "
       "HROFDY, "
       "WSPEED, SEASHR, HRDOW, HRDOW7, SHRDOW, SHRDOW7, MHRDOW, MHRDOW7. Did you mean \"SEASON\"?"},
      {"DeckWithABackgroundBelowZero", deck_with_background("   BACKGRND  ANNUAL -3.0\n"), 65,
       "made.inp:14: SO BACKGRND: a background of -3 is out of range; allowed are 0 to 1e+09"},
      {"DeckWithABackgroundInAnUnknownUnit",
       deck_with_background("   BACKUNIT  PPX\n   BACKGRND  ANNUAL 3.0\n"), 65,
       "made.inp:14: SO BACKUNIT: \"PPX\" is no unit of the background; known are PPB, PPM, UG/M3. Did you "
       "mean "
       "\"PPB\"?"},
      {"DeckWithHoursOfABackgroundThatAreNotThere", deck_with_background("   BACKGRND  HOURLY level.dat\n"),
       69, "made.inp:14: SO BACKGRND: level.dat: there is no such file, or it cannot be read"},
      {"DeckWithABackgroundWithAGap",
       check_of(background_deck("   BACKGRND  HOURLY level.dat\n"),
                [](const std::string& folder) { write_text(folder + "/level.dat", "24 6 15 1 3.0\n"); }),
       65,
       "made.inp: SO BACKGRND HOURLY has no background of 2024-06-15 hour 2; another BACKGRND, such as "
       "ANNUAL, "
       "fills gaps"},
  };
}

/// Averages, groups, receptors and outputs, and the weather they are asked of.
std::vector<Row> result_rows_of_decks() {
  return {
      {"DeckWithAnUnknownAverage", deck("AVERTIME  1 3 24 PERIOD", "AVERTIME  1 3 24 PERIOD 5"), 65,
       "made.inp:4: CO AVERTIME: \"5\" is no averaging time; known are 1, 2, 3, 4, 6, 8, 12, 24, MONTH, "
       "PERIOD, ANNUAL. Did you mean \"1\"?"},
      {"DeckThatAsksForAYearOfTwoDays", annual_deck(), 65,
       "made.inp: CO AVERTIME ANNUAL needs a year of weather; there are 48 hours; PERIOD averages over "
       "what "
       "there is"},
      {"DeckWithAnUnknownGroup", deck("PLOTFILE  24 LOW", "PLOTFILE  24 LWO"), 65,
       "made.inp:35: OU PLOTFILE: \"LWO\" is no source group of SRCGROUP; known are ALL, LOW. Did you mean "
       "\"LOW\"?"},
      {"DeckWithAMissingInclude", deck("   DISCCART 500.0 100.0\n", "   INCLUDED receptors.rou\n"), 69,
       "made.inp:22: RE INCLUDED: receptors.rou: there is no such file, or it cannot be read"},
      {"DeckWithANetworkThatIsNotClosed", deck("            END\n", ""), 65,
       "made.inp:17: RE GRIDPOLR: network POL1 has no END"},
      {"DeckWithAFileOfAnUnknownForm",
       deck("POSTFILE  1 ALL PLOT hours.pst", "POSTFILE  1 ALL PLOTS hours.pst"), 65,
       "made.inp:34: OU POSTFILE: \"PLOTS\" is no form of a file; known are PLOT, UNFORM. Did you mean "
       "\"PLOT\"?"},
      {"DeckWithAnAverageThatItDoesNotHave", deck("PLOTFILE  24 LOW", "PLOTFILE  8 LOW"), 65,
       "made.inp:35: OU PLOTFILE: \"8\" is no averaging time of AVERTIME, which has 1, 3, 24, PERIOD"},
      {"DeckWithAFileTwice", deck("low24.plt", "hours.pst"), 65,
       "made.inp:35: OU PLOTFILE: file hours.pst is another output, or the deck"},
  };
}

std::vector<Row> source_rows_of_decks() {
  return {
      {"DeckWithASourceWithoutALocation", deck("SRCPARAM  YARD", "SRCPARAM  YRAD"), 65,
       "made.inp:12: SO SRCPARAM: there is no source \"YRAD\": no LOCATION names it. Did you mean "
       "\"YARD\"?\nmade.inp:11: SO LOCATION: source YARD has no SRCPARAM"},
      {"DeckWithASourceWithoutParameters", deck("   SRCPARAM  YARD  1.0 5.0 7.0 4.65\n", ""), 65,
       "made.inp:11: SO LOCATION: source YARD has no SRCPARAM"},
      {"DeckWithASourceTwice", deck("LOCATION  YARD  VOLUME", "LOCATION  STACK1  VOLUME"), 65,
       "made.inp:11: SO LOCATION: source STACK1 is there already\nmade.inp:12: SO SRCPARAM: there is no "
       "source \"YARD\": no LOCATION names it.\nmade.inp:14: SO SRCGROUP: there is no source \"YARD\": no "
       "LOCATION names it."},
      {"DeckWithAnUnknownKindOfSource", deck("YARD  VOLUME", "YARD  BUOYLINE"), 65,
       "made.inp:11: SO LOCATION: \"BUOYLINE\" is no kind of source that is supported; known are POINT, "
       "POINTCAP, POINTHOR, VOLUME, AREA, AREAPOLY, AREACIRC, LINE, RLINE, OPENPIT."},
      {"DeckWithTooFewParameters", deck("432.0 11.7 2.4", "432.0 11.7"), 65,
       "made.inp:10: SO SRCPARAM: has 5 fields; needed are: source, emission [g/s], height [m], "
       "temperature "
       "[K], velocity [m/s], diameter [m]"},
      {"DeckWithAStackAsHighAsAMountain", deck("10.0 35.0 432.0", "10.0 3500.0 432.0"), 65,
       "made.inp:10: SO SRCPARAM: release height is 3500; allowed are 0 to 500 m"},
      {"DeckWithANegativeDiameter", deck("11.7 2.4", "11.7 -2.4"), 65,
       "made.inp:10: SO SRCPARAM: stack diameter is -2.4; allowed are 0 to 500 m"},
      {"DeckWithANumberThatIsNotFinite", deck("10.0 35.0 432.0", "nan 35.0 432.0"), 65,
       "made.inp:10: SO SRCPARAM: emission is \"nan\"; a finite number is needed"},
      {"DeckWithTooFewFactors",
       deck("   SRCGROUP  ALL\n", "   EMISFACT  STACK1 MONTH 11*1.0\n   SRCGROUP  ALL\n"), 65,
       "made.inp:13: SO EMISFACT: source STACK1 has 11 factors in all; MONTH has 12"},
  };
}

std::vector<Row> building_and_deposition_rows() {
  return {
      {"DeckWithAnUnfinishedBuilding",
       deck("   SRCGROUP  ALL\n",
            "   BUILDHGT  STACK1 36*20.\n   BUILDWID  STACK1 36*30.\n   SRCGROUP  ALL\n"),
       65, "made.inp:13: SO BUILDHGT: the building of source STACK1 has no BUILDLEN, XBADJ, YBADJ"},
      {"DeckWithABuildingOfTooFewDirections",
       deck("   SRCGROUP  ALL\n",
            "   BUILDHGT  STACK1 35*20.\n   BUILDWID  STACK1 36*30.\n   BUILDLEN  STACK1 36*30.\n   XBADJ  "
            "STACK1 36*0.\n   YBADJ  STACK1 36*0.\n   SRCGROUP  ALL\n"),
       65,
       "made.inp:13: SO BUILDHGT: source STACK1 has 35 values in all; needed are 36, one for each 10 "
       "degrees"},
      {"DeckWithABuildingWithoutDepth",
       deck("   SRCGROUP  ALL\n",
            "   BUILDHGT  STACK1 36*20.\n   BUILDWID  STACK1 36*30.\n   BUILDLEN  STACK1 3*30. 33*0.\n   "
            "XBADJ  "
            "STACK1 36*0.\n   YBADJ  STACK1 36*0.\n   SRCGROUP  ALL\n"),
       65,
       "made.inp:13: SO BUILDHGT: towards 40 degrees the building of source STACK1 is 20 m high, 30 m wide "
       "and 0 m "
       "deep; give all three, or 0 for all where the wind meets none"},
      {"DeckWithMassFractionsThatDoNotAddUp",
       deck("   SRCGROUP  ALL\n",
            "   PARTDIAM  STACK1 1.0 10.0\n   MASSFRAX  STACK1 0.4 0.4\n   PARTDENS  STACK1 1.5 1.5\n   "
            "SRCGROUP  ALL\n"),
       65,
       "made.inp:14: SO MASSFRAX: the mass fractions of source STACK1 add up to 0.8; they must add up to "
       "1"},
      {"DeckWithAGasWithoutSeasons",
       deck_that_deposits("   METHOD_2  YARD 0.7 0.8\n", "   GASDEPOS  YARD 0.11 1.8E-5 73.2 72.0\n"), 65,
       "made.inp: CO MODELOPT asks for dry deposition, and SO GASDEPOS gives source YARD a gas: CO needs "
       "GDSEASON, the season of each month, and GDLANUSE, the land use by direction"},
      {"DeckWithASourceThatDoesNotDeposit", deck_that_deposits("   METHOD_2  YARD 0.7 0.8\n", ""), 65,
       "made.inp: SO LOCATION: deposition is asked for, but source YARD has none of PARTDIAM, METHOD_2 and "
       "GASDEPOS (nor has CO GASDEPVD)"},
      {"DeckWithDepletionOnAndOff", deck("CONC FLAT", "CONC FLAT DRYDPLT NODRYDPLT"), 65,
       "made.inp:3: CO MODELOPT: DRYDPLT and NODRYDPLT exclude each other"},
  };
}

std::vector<Row> option_rows_of_decks() {
  const std::string run = "   RUNORNOT  RUN\n", group = "   SRCGROUP  ALL\n", plot = "   PLOTFILE  24";
  const auto in_cities = [&](const std::string& areas, const std::string& sources) {
    return check_of(with(with(sound_deck, run, areas + run), group, sources + group),
                    [](const std::string&) {});
  };
  const std::string two_areas = "   URBANOPT  EAST 100000.\n   URBANOPT  WEST 50000.\n";
  return {
      {"DeckWithAnUrbanAreaThatIsNotThere", in_cities(two_areas, "   URBANSRC  WST YARD\n"), 65,
       "made.inp:15: SO URBANSRC: \"WST\" is no urban area of URBANOPT; known are EAST, WEST. Did you mean "
       "\"WEST\"?\nmade.inp: CO URBANOPT, but SO has no URBANSRC"},
      {"DeckWithTwoUrbanAreasOfNoName",
       in_cities("   URBANOPT  100000.\n   URBANOPT  50000.\n", "   URBANSRC  YARD\n"), 65,
       "made.inp:6: CO URBANOPT: one of several urban areas begins with an identifier of 8 letters at "
       "most, "
       "before its population\nmade.inp:7: CO URBANOPT: one of several urban areas begins with an "
       "identifier "
       "of 8 letters at most, before its population\nmade.inp:15: SO URBANSRC: CO has no URBANOPT"},
      {"DeckWithASourceInTwoUrbanAreas",
       in_cities(two_areas, "   URBANSRC  EAST YARD\n   URBANSRC  WEST YARD\n"), 65,
       "made.inp:16: SO URBANSRC: source YARD is in urban area EAST already"},
      {"DeckWithAFlatSourceAmongNone",
       deck_with_terrain("YARD  VOLUME  50.0 -20.0 0.0", "YARD  VOLUME  50.0 -20.0 FLAT"), 65,
       "made.inp:11: SO LOCATION: has FLAT for its elevation, which needs MODELOPT FLAT ELEV; or give the "
       "elevation"},
      {"DeckWithTwoThresholdsOfOneKind",
       deck(plot, "   MAXIFILE  1 ALL 10. a.max\n   MAXIFILE  1 ALL 20. b.max\n   PLOTFILE  24"), 65,
       "made.inp:36: OU MAXIFILE: has the averaging time and the group of another one"},
      {"DeckWithAFileOfThresholdsWithoutTheirUnit",
       deck(plot, "   MAXIFILE  1 ALL 10. a.max\n   MAXIFILE  3 ALL 20. a.max\n   PLOTFILE  24"), 65,
       "made.inp:36: OU MAXIFILE: file a.max is another output, or the deck"},
      {"DeckWithNoHeaderOfAnUnknownFile", deck(plot, "   NOHEADER  PLOTFIL\n   PLOTFILE  24"), 65,
       "made.inp:35: OU NOHEADER: \"PLOTFIL\" is no kind of file; known are ALL, POSTFILE, PLOTFILE, "
       "MAXIFILE, RANKFILE, SEASONHR, MAXDAILY, MXDYBYYR, MAXDCONT. Did you mean \"PLOTFILE\"?"},
      {"DeckWithDailyMaximaOfSeveralAverages", deck(plot, "   MAXDAILY  ALL days.mxd\n   PLOTFILE  24"), 65,
       "made.inp:35: OU MAXDAILY: is of the daily standards: it needs POLLUTID NO2 or SO2 and AVERTIME 1, or "
       "PM25 and AVERTIME 24, as the only short one, without H1H, H2H or INC"},
      {"DeckWithASectorWithoutABackground",
       deck_with_background("   BGSECTOR  0. 180.\n   BACKGRND  SECT1 ANNUAL 3.\n"), 65,
       "made.inp: SO BGSECTOR: sector SECT2 has no background; give each sector one"},
      {"DeckWithABackgroundOfNoSector",
       deck_with_background("   BGSECTOR  0. 180.\n   BACKGRND  ANNUAL 3.\n"), 65,
       "made.inp:15: SO BACKGRND: begins with \"ANNUAL\"; needed is the sector of the wind, SECT1 to "
       "SECT2\nmade.inp: SO BGSECTOR: sector SECT1 has no background; give each sector one\nmade.inp: SO "
       "BGSECTOR: sector SECT2 has no background; give each sector one"},
      {"DeckWithABackgroundOfASectorAmongNone", deck_with_background("   BACKGRND  SECT1 ANNUAL 3.\n"), 65,
       "made.inp:14: SO BACKGRND: is of SECT1, and no card above gives sectors of the wind"},
      {"DeckWithSectorsThatRunBackwards",
       deck_with_background("   BGSECTOR  180. 0.\n   BACKGRND  ANNUAL 3.\n"), 65,
       "made.inp:14: SO BGSECTOR: directions where sectors begin ascend, within a circle of 360 degrees"},
  };
}

std::vector<Row> aermet_rows() {
  return {
      {"AermetFileThatIsNotThere", deck("made.sfc", "mad.sfc"), 69,
       "mad.sfc: there is no such file, or it cannot be read"},
      {"AermetFilesSwapped",
       deck("   SURFFILE  made.sfc\n   PROFFILE  made.pfl\n",
            "   SURFFILE  made.pfl\n   PROFFILE  made.sfc\n"),
       65,
       "made.pfl:1: is no header of a surface file of AERMET: it has no \"VERSION:\" with a "
       "number\nmade.pfl:2: has 11 values; a record of a surface file has 20 or more"},
      {"AermetFileWithAGap", lines_of("made.sfc", [](Lines& lines) { lines.erase(lines.begin() + 7); }), 65,
       "made.sfc:8: is of 2024-06-15 hour 8, after 2024-06-15 hour 6; hours must follow each other without "
       "a "
       "gap (MODELOPT NOCHKD allows gaps)"},
      {"AermetFileInTheWrongOrder", lines_of("made.sfc", [](Lines& lines) { std::swap(lines[7], lines[8]); }),
       65,
       "made.sfc:8: is of 2024-06-15 hour 8, after 2024-06-15 hour 6; hours must follow each other without "
       "a "
       "gap (MODELOPT NOCHKD allows gaps)"},
      {"AermetFileCutShort", lines_of("made.sfc", [](Lines& lines) { lines.resize(20); }), 65,
       "made.sfc:20: ends, but made.pfl goes on"},
      {"AermetProfileOutOfStep", lines_of("made.pfl", [](Lines& lines) { lines.erase(lines.begin() + 7); }),
       65, "made.pfl:8: is of 2024-06-15 hour 9, but made.sfc has 2024-06-15 hour 8 there"},
      {"AermetRecordThatIsCut", lines_of("made.sfc", [](Lines& lines) { lines[7].resize(60); }), 65,
       "made.sfc:8: has 11 values; a record of a surface file has 20 or more"},
      {"AermetNumberThatIsNotFinite", text_of("made.sfc", "-27.6", " nan "), 65,
       "made.sfc:9: Obukhov length is \"nan\"; a finite number is needed"},
      {"AermetHourZero", text_of("made.sfc", "24  6 16 167  1", "24  6 16 167  0"), 65,
       "made.sfc:26: year 24, month 6, day 16, hour 0 is no hour; hours are 1 to 24"},
      {"AermetProfileWithoutATop", text_of("made.pfl", "10.0 1", "10.0 0"), 65,
       "made.pfl:2: begins another hour, but no level of the last one is marked as the top"},
      {"AermetHeaderWithoutAVersion", text_of("made.sfc", "VERSION: 24142", ""), 65,
       "made.sfc:1: is no header of a surface file of AERMET: it has no \"VERSION:\" with a number"},
  };
}

}  // namespace

std::vector<Row> plume_rows() {
  return joined({deck_rows(), background_rows_of_decks(), result_rows_of_decks(), source_rows_of_decks(),
                 building_and_deposition_rows(), option_rows_of_decks(), aermet_rows()});
}

}  // namespace lantian
