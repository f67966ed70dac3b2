#include "lantian/plume/aermod_deck.hpp"

#include "support/made_deck.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/plume/aermet_files.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian::plume {

namespace {

/// The deck as it is read, and its faults without the folder.
struct Read {
  Deck deck;
  std::vector<std::string> faults;
};

Read read(const std::string& text, const std::vector<std::pair<std::string, std::string>>& more = {}) {
  const TemporaryFolder folder;
  write_made_deck(folder.path(), text);
  for (const auto& [name, content] : more) write_text(folder.file(name), content);
  Problems problems;
  Read result;
  result.deck = read_aermod_deck(folder.file("made.inp"), "", problems);
  for (std::string one : problems.sentences()) {
    for (std::size_t at = one.find(folder.path() + "/"); at != std::string::npos;
         at = one.find(folder.path() + "/"))
      one.erase(at, folder.path().size() + 1);
    result.faults.push_back(one);
  }
  return result;
}

Deck sound(const std::string& text, const std::vector<std::pair<std::string, std::string>>& more = {}) {
  const Read result = read(text, more);
  EXPECT_TRUE(result.faults.empty()) << result.faults.front();
  return result.deck;
}

TEST(AermodDeck, SaysWhatItsPathwaysSay) {
  const Deck deck = sound(sound_deck);
  EXPECT_EQ(deck.titles[0], "A stack and a yard");
  ASSERT_EQ(deck.averages.size(), 4U);
  EXPECT_EQ(deck.averages[1].name(), "3-HR");
  EXPECT_EQ(deck.averages[3].name(), "PERIOD");
  ASSERT_EQ(deck.sources.size(), 2U);
  EXPECT_EQ(deck.sources[0].gas_velocity_m_s, 11.7);
  EXPECT_EQ(deck.sources[1].shape, SourceShape::volume);
  ASSERT_EQ(deck.groups.size(), 2U);
  EXPECT_EQ(deck.groups[0].sources, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(deck.groups[1].sources, (std::vector<std::size_t>{1}));
  EXPECT_TRUE(deck.options.flat_terrain);
  ASSERT_EQ(deck.outputs.ranks.size(), 3U);
  EXPECT_EQ(deck.outputs.ranks[0].second, (std::vector<int>{1, 2}));
}

TEST(AermodDeck, LaysPolarReceptorsDirectionByDirection) {
  const Deck deck = sound(sound_deck);
  ASSERT_EQ(deck.receptors.size(), 9U);
  EXPECT_NEAR(deck.receptors[0].place.x_m, 200.0, 1.0e-9);  // 90 degrees: east
  EXPECT_NEAR(deck.receptors[1].place.x_m, 1000.0, 1.0e-9);
  EXPECT_NEAR(deck.receptors[2].place.y_m, -200.0, 1.0e-9);
  EXPECT_EQ(deck.receptors[0].network, "POL1");
  EXPECT_EQ(deck.receptors[8].network, "");
  EXPECT_EQ(deck.receptor_kinds[8], ReceptorKind::discrete_cartesian);
}

TEST(AermodDeck, TakesCartesianGridsWithElevationsInAnyOrderOfRows) {
  const std::string hilly = with(with(sound_deck, "CONC FLAT", "CONC ELEV"), "            END\n",
                                 "            ELEV 1 8*1.\n            HILL 1 8*5.\n            END\n");
  const Deck deck =
      sound(with(hilly, "   DISCCART 500.0 100.0\n",
                 "   GRIDCART CAR1 STA\n            XYINC 0. 2 100. 0. 2 50.\n            ELEV 2 3. 4.\n"
                 "            ELEV 1 2*1.\n            HILL 1 2*9.\n            HILL 2 9. 9.\n"
                 "   GRIDCART CAR1 END\n   DISCCART 500.0 100.0 10. 20.\n"
                 "** GRIDPOLR needs heights too\n"
                 "   GRIDPOLR POL2 STA DIST 10.\n            DDIR 30. 60.\n            ELEV 30. 1.\n"
                 "            ELEV 60. 2.\n            HILL 30. 1.\n            HILL 60. 2.\n"
                 "            END\n"));
  EXPECT_FALSE(deck.options.flat_terrain);
  const std::size_t first = 8;
  EXPECT_EQ(deck.receptors[first + 3].place.x_m, 100.0);
  EXPECT_EQ(deck.receptors[first + 3].place.y_m, 50.0);
  EXPECT_EQ(deck.receptors[first + 1].elevation_m, 1.0);
  EXPECT_EQ(deck.receptors[first + 3].elevation_m, 4.0);
  EXPECT_EQ(deck.receptors[first + 4].hill_height_m, 20.0);
}

TEST(AermodDeck, TakesRangesOfSourcesAndRepeatedNumbers) {
  const std::string more =
      "   LOCATION  S1 POINT 0 0\n   LOCATION  S2 POINT 10 0\n   LOCATION  S10 POINT 20 0\n"
      "   SRCPARAM  S1-S10 1.0D0 10. 0. 5. 0.5\n"
      "   EMISFACT  S1-S2 HROFDY 12*1.0 12*0.5\n   BUILDHGT S2 36*20.\n   BUILDWID S2 36*10.\n   BUILDLEN S2 "
      "36*30.\n"
      "   XBADJ    S2 36*-5.\n   YBADJ    S2 18*0.\n               S2 18*1.\n   SRCGROUP  SOME S1-S2\n"
      "   SRCGROUP  ALL\n";
  const Deck deck = sound(with(sound_deck, "   SRCGROUP  ALL\n", more));
  ASSERT_EQ(deck.sources.size(), 5U);
  EXPECT_EQ(deck.sources[4].emission, 1.0);
  EXPECT_EQ(deck.courses[3].factor.values.at(12), 0.5);
  ASSERT_EQ(deck.sources[3].buildings.size(), 36U);
  EXPECT_EQ(deck.sources[3].buildings[35].across_offset_m, 1.0);
  EXPECT_EQ(deck.sources[2].buildings.size(), 0U);
  EXPECT_EQ(deck.groups[0].sources, (std::vector<std::size_t>{2, 3}));
}

double area_of(const std::vector<Position>& ring) {
  double twice = 0.0;
  for (std::size_t n = 0; n < ring.size(); ++n) {
    const Position &a = ring[n], &b = ring[(n + 1) % ring.size()];
    twice += a.x_m * b.y_m - b.x_m * a.y_m;
  }
  return std::abs(twice) / 2.0;
}

TEST(AermodDeck, TurnsEveryKindOfAreaIntoAPolygonOfItsSize) {
  const std::string more =
      "   LOCATION  A1 AREA -50. -25. 0.\n   SRCPARAM  A1 1.E-4 1.5 100. 50. 90. 2.\n"
      "   LOCATION  A2 AREACIRC 5. 6. 0.\n   SRCPARAM  A2 1.E-4 1.5 10.\n"
      "   LOCATION  A3 AREAPOLY 1. 1. 0.\n   SRCPARAM  A3 1.E-4 1.5 3\n   AREAVERT  A3 1. 1. 1. 5.\n   "
      "AREAVERT  A3 4. 1.\n"
      "   LOCATION  A4 LINE 0. 0. 30. 40. 0.\n   SRCPARAM  A4 1.E-4 1.5 10.\n"
      "   LOCATION  A5 RLINE 0. 0. 30. 40. 0.\n   SRCPARAM  A5 1.E-4 1.5 10. 0.6\n   SRCGROUP  ALL\n";
  const Deck deck = sound(with(sound_deck, "   SRCGROUP  ALL\n", more));
  EXPECT_NEAR(area_of(deck.sources[2].vertices), 5000.0, 1.0e-9);
  EXPECT_NEAR(deck.sources[2].vertices[3].y_m, -25.0 - 100.0, 1.0e-9);  // turned clockwise: x points south
  EXPECT_NEAR(area_of(deck.sources[3].vertices), 3.14159265358979 * 100.0, 1.0e-9);
  EXPECT_NEAR(area_of(deck.sources[4].vertices), 6.0, 1.0e-12);
  EXPECT_NEAR(area_of(deck.sources[5].vertices), 500.0, 1.0e-9);
  EXPECT_DOUBLE_EQ(deck.sources[5].place.x_m, 15.0);  // by GRSM its plume counts from its middle
  EXPECT_DOUBLE_EQ(deck.sources[5].plume_width_m, 50.0);
  EXPECT_EQ(deck.sources[6].shape, SourceShape::road);
  EXPECT_DOUBLE_EQ(deck.sources[6].emission, 1.0e-3);  // g s-1 m-1
}

TEST(AermodDeck, ReadsIncludedFilesAndNamesThoseThatAreNotThere) {
  const std::string text = with(sound_deck, "   DISCCART 500.0 100.0\n", "   INCLUDED \"my rec.dat\"\n");
  const Deck deck = sound(text, {{"my rec.dat", "   DISCCART 1. 2.\n   DISCCART 3. 4.\n"}});
  EXPECT_EQ(deck.receptors.size(), 10U);
  EXPECT_EQ(
      read(text).faults,
      std::vector<std::string>{"made.inp:22: RE INCLUDED: my rec.dat: there is no such file, or it cannot be "
                               "read"});
}

TEST(AermodDeck, ListsAllItsFaultsAtOnce) {
  std::string text = with(sound_deck, "TITLEONE", "TITELONE");
  text = with(text, "SRCPARAM  YARD", "SRCPARAM  YRAD");
  text = with(text, "DIST 200. 1000.", "DIST 200. inf");
  const std::vector<std::string> faults = read(text).faults;
  const std::string all = [&] {
    std::string joined;
    for (const std::string& one : faults) joined += one + "\n";
    return joined;
  }();
  for (const char* part :
       {"made.inp:2: CO has no keyword \"TITELONE\"", "Did you mean \"TITLEONE\"?",
        R"(made.inp:12: SO SRCPARAM: there is no source "YRAD": no LOCATION names it. Did you mean "YARD"?)",
        "made.inp:19: RE GRIDPOLR: distance is \"inf\"", "source YARD has no SRCPARAM"})
    EXPECT_NE(all.find(part), std::string::npos) << part << "\n" << all;
}

/// The sound deck with dry and wet deposition of particles from its stack and of a gas from its yard.
std::string deck_with_deposition() {
  std::string text = with(sound_deck, "CONC FLAT", "CONC DDEP WDEP FLAT ALPHA");
  text = with(text, "   RUNORNOT  RUN", "   GDSEASON  12*1\n   GDLANUSE  36*2\n   RUNORNOT  RUN");
  text = with(text, "   SRCGROUP  ALL",
              "   METHOD_2  STACK1  0.7 0.8\n   GASDEPOS  YARD  0.1089 1.83E-5 73.2 72.0\n   SRCGROUP  ALL");
  return text;
}

std::string faults_of(const std::string& text) {
  std::string all;
  for (const std::string& one : read(text).faults) all += one + "\n";
  return all;
}

TEST(AermodDeck, TakesDepositionOfParticlesAndGases) {
  const Deck deck = sound(deck_with_deposition());
  EXPECT_TRUE(deck.options.deposition);
  EXPECT_TRUE(deck.options.dry_depletion);
  EXPECT_EQ(deck.options.deposition_seasons[11], 1);
  EXPECT_EQ(deck.options.deposition_land_use[35], 2);
  EXPECT_EQ(deck.sources[0].particle_mean->mean_diameter_um, 0.8);
  EXPECT_EQ(deck.sources[1].gas->henry_pa_m3_mol, 72.0);
  const Deck once =
      sound(with(with(deck_with_deposition(), "FLAT ALPHA", "FLAT ALPHA AREADPLT ROMBERG NOWETDPLT"),
                 "   GDSEASON", "   GASDEPDF  0.1 0.4 0.3\n   GDSEASON"));
  EXPECT_TRUE(once.options.one_depletion_of_area);
  EXPECT_TRUE(once.options.romberg_depletion);
  EXPECT_FALSE(once.options.wet_depletion);
  EXPECT_EQ(once.options.gas_reactivity, 0.1);
  EXPECT_EQ(once.options.leaves_in_autumn, 0.4);
  EXPECT_EQ(once.options.leaves_in_spring, 0.3);
  const Deck given = sound(with(with(sound_deck, "CONC FLAT", "CONC DDEP FLAT"), "   RUNORNOT  RUN",
                                "   GASDEPVD  0.005\n   RUNORNOT  RUN"));
  EXPECT_EQ(given.options.gas_velocity_m_s, 0.005);
}

TEST(AermodDeck, SaysWhatDepositionLacksOrExcludes) {
  const std::string sound_one = deck_with_deposition();
  const std::vector<std::pair<std::string, std::string>> cases = {
      {with(sound_one, "   GDSEASON  12*1\n", ""), "CO GDLANUSE is given without GDSEASON"},
      {with(with(sound_one, "   GDSEASON  12*1\n", ""), "   GDLANUSE  36*2\n", ""),
       "CO needs GDSEASON, the season of each month, and GDLANUSE"},
      {with(sound_one, "12*1", "12*6"), "a code is 6; allowed are 1 to 5"},
      {with(sound_one, "36*2", "35*2"), "has 35 values; needed are 36"},
      {with(sound_one, "   METHOD_2  STACK1  0.7 0.8\n", ""),
       "source STACK1 has none of PARTDIAM, METHOD_2 and"},
      {with(sound_one, "FLAT ALPHA", "FLAT ALPHA DRYDPLT NODRYDPLT"),
       "DRYDPLT and NODRYDPLT exclude each other"},
      {with(sound_one, "FLAT ALPHA", "FLAT ALPHA WETDPLT NOWETDPLT"),
       "WETDPLT and NOWETDPLT exclude each other"},
      {with(sound_one, "FLAT ALPHA", "DFAULT AREADPLT"), "DFAULT excludes AREADPLT"},
      {with(sound_one, "   GDSEASON", "   GASDEPVD  0.005\n   GDSEASON"), "give one of them"},
      {with(sound_one, "   GDSEASON", "   GASDEPVD  0.005\n   GDSEASON"), "knows of no wet deposition"},
      {with(sound_one, "   GDSEASON", "   GASDEPVD  5.0\n   GDSEASON"), "deposition velocity is 5"},
      {with(sound_one, "   GDSEASON", "   GASDEPDF  0.1 0.4\n   GDSEASON"), "CO GASDEPDF"},
      {with(sound_one, "73.2 72.0", "73.2 0.0"), "Henry's constant is 0"},
      {with(sound_one, "METHOD_2  STACK1  0.7", "METHOD_2  STACK1  1.7"), "fine mass fraction is 1.7"}};
  for (const auto& [text, part] : cases)
    EXPECT_NE(faults_of(text).find(part), std::string::npos) << part << "\n" << faults_of(text);
}

TEST(AermodDeck, NamesTheBackgroundThatChemistryOfNo2Lacks) {
  const auto faults_of = [](const std::string& method, const std::string& background) {
    std::string all;
    for (const std::string& one :
         read(with(with(sound_deck, "CONC FLAT", "CONC FLAT " + method), "SO2 H1H", "NO2 H1H\n" + background))
             .faults)
      all += one + "\n";
    return all;
  };
  const std::string no_ozone =
      "made.inp: CO MODELOPT asks for a chemistry of NO2 that needs ozone; OZONEVAL, O3VALUES or OZONEFIL "
      "gives "
      "it\n";
  const std::string no_nox =
      "made.inp: CO MODELOPT GRSM needs the background of NOx; NOXVALUE, NOX_VALS or NOX_FILE gives it\n";
  EXPECT_EQ(faults_of("OLM", ""), no_ozone);
  EXPECT_EQ(faults_of("PVMRM", ""), no_ozone);
  EXPECT_EQ(faults_of("GRSM", "   OZONEVAL  40.0 PPB\n"), no_nox);
  EXPECT_EQ(faults_of("GRSM", ""), no_ozone + no_nox);
  EXPECT_EQ(faults_of("OLM", "   OZONEVAL  40.0 PPB\n"), "");
}

TEST(AermodDeck, PutsASourceIntoOneOzoneGroupAtMost) {
  const std::string olm =
      with(with(sound_deck, "CONC FLAT", "CONC FLAT OLM"), "SO2 H1H", "NO2 H1H\n   OZONEVAL  40.0 PPB");
  const Deck deck = sound(with(olm, "   SRCGROUP  ALL\n", "   OLMGROUP  WORKS YARD\n   SRCGROUP  ALL\n"));
  EXPECT_EQ(deck.sources[0].ozone_group, "");
  EXPECT_EQ(deck.sources[1].ozone_group, "WORKS");
  const std::vector<std::string> faults =
      read(with(olm, "   SRCGROUP  ALL\n", "   OLMGROUP  ALL\n   OLMGROUP  WORKS YARD\n   SRCGROUP  ALL\n"))
          .faults;
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults[0].find("OLMGROUP: source YARD is in group ALL already"), std::string::npos) << faults[0];
}

TEST(AermodDeck, TakesHourlyEmissionsAndOzone) {
  std::string text = with(sound_deck, "CONC FLAT", "CONC FLAT OLM");
  text = with(text, "SO2 H1H", "NO2 H1H\n   OZONEFIL  ozone.dat PPB (4i3,f9.3)");
  text = with(text, "   SRCGROUP  ALL\n", "   HOUREMIS  hours.dat STACK1\n   SRCGROUP  ALL\n");
  const Deck deck = sound(text, {{"ozone.dat", " 24  6 15  1    10000\n"},
                                 {"hours.dat",
                                  "SO HOUREMIS 24 6 15 1 STACK1 5.0 400. 10.\n"
                                  "SO HOUREMIS 24 6 15 2 STACK1\n"}});
  const long long first = hour_number({2024, 6, 15, 1});
  EXPECT_DOUBLE_EQ(deck.background.ozone.courses[0].hourly_ug_m3.at(first),
                   19.6);  // 10.000 ppb by the format's decimals
  EXPECT_EQ(deck.courses[0].hourly.at(first).emission, 5.0);
  EXPECT_EQ(deck.courses[0].hourly.at(first).gas_temperature_k, 400.0);
  EXPECT_EQ(deck.courses[0].hourly.at(first + 1).emission, 0.0);
}

TEST(AermodDeck, TakesNoxOfTheBackgroundByHour) {
  std::string text = with(sound_deck, "CONC FLAT", "CONC FLAT GRSM");
  text = with(text, "SO2 H1H",
              "NO2 H1H\n   OZONEVAL  40.0 PPB\n   NOX_FILE  nox.dat PPB (4i3,f9.3)\n   NOX_UNIT  UG/M3\n"
              "   NOX_VALS  SEASON  10. 20. 30. 40.");
  const Deck deck = sound(text, {{"nox.dat", " 24  6 15  1   10.000\n 24  6 15  2 -999.000\n"}});
  const BackgroundCourse& nox = deck.background.nox.courses[0];
  EXPECT_TRUE(nox.is_hourly);
  ASSERT_EQ(nox.hourly_ug_m3.size(), 1U);  // below zero: missing
  EXPECT_DOUBLE_EQ(nox.hourly_ug_m3.at(hour_number({2024, 6, 15, 1})), 10.0 / 0.5319);
  ASSERT_TRUE(nox.varying_ug_m3.has_value());
  EXPECT_EQ(nox.varying_ug_m3->values, (std::vector<double>{10.0, 20.0, 30.0, 40.0}));
}

struct ReadWeather {
  AermetWeather weather;
  std::string faults;
};

ReadWeather read_weather(const std::string& deck_text, const std::string& surface,
                         const std::string& profile) {
  const TemporaryFolder folder;
  write_made_deck(folder.path(), deck_text);
  write_text(folder.file("made.sfc"), surface);
  write_text(folder.file("made.pfl"), profile);
  Problems problems;
  const Deck deck = read_aermod_deck(folder.file("made.inp"), "", problems);
  ReadWeather result{read_aermet(deck, problems), ""};
  for (const std::string& one : problems.sentences()) result.faults += one.substr(one.find("made.")) + "\n";
  return result;
}

TEST(AermetFiles, GiveHoursWithCalmsAndWhatIsMissing) {
  const auto [weather, faults] = read_weather(sound_deck, made_surface_file(), made_profile_file());
  EXPECT_EQ(faults, "");
  ASSERT_EQ(weather.hours.size(), 48U);
  EXPECT_EQ(weather.hours[0].state, HourState::valid);
  EXPECT_EQ(weather.hours[3].state, HourState::calm);
  EXPECT_EQ(weather.hours[4].state, HourState::missing);
  EXPECT_EQ(weather.hours[12].surface.convective_mixing_height_m, 560.0);
  EXPECT_EQ(weather.hours[12].levels[0].wind_from_deg, 230.0);
  EXPECT_FALSE(weather.hours[3].levels[0].wind_from_deg.has_value());
  EXPECT_FALSE(weather.traits.adjusted_friction_velocity);
}

TEST(AermetFiles, KnowHowAermetWasRun) {
  const std::string surface =
      with(made_surface_file(), "VERSION: 24142", "VERSION: 24142 CCVR_Sub ADJ_U* BULKRN");
  const AermetWeather weather = read_weather(sound_deck, surface, made_profile_file()).weather;
  EXPECT_TRUE(weather.traits.adjusted_friction_velocity);
  EXPECT_TRUE(weather.traits.bulk_richardson);
  EXPECT_EQ(weather.version, "24142");
}

TEST(AermetFiles, GiveTheHoursOfStartendAndTurnTheWind) {
  const std::string deck =
      with(sound_deck, "   PROFBASE", "   STARTEND  24 6 15 7 24 6 16 6\n   WDROTATE  20.0\n   PROFBASE");
  const AermetWeather weather = read_weather(deck, made_surface_file(), made_profile_file()).weather;
  ASSERT_EQ(weather.hours.size(), 24U);
  EXPECT_EQ(weather.hours[0].hour, 7);
  EXPECT_EQ(weather.hours[0].surface.reference_wind_from_deg, 150.0);
}

TEST(AermetFiles, RememberRainAndSoilWater) {
  std::string surface = made_surface_file();
  const std::string dry = "0   0.00    60   1000";
  std::size_t at = 0;
  for (int hour = 0; hour < 10; ++hour) at = surface.find(dry, at + 1);
  surface.replace(at, dry.size(), "11  1.50    60   1000");  // in hour 10
  const AermetWeather weather = read_weather(sound_deck, surface, made_profile_file()).weather;
  EXPECT_EQ(weather.hours[8].ground.recent_rain_mm, 0.0);
  EXPECT_EQ(weather.hours[9].ground.recent_rain_mm, 1.5);
  EXPECT_EQ(weather.hours[11].ground.recent_rain_mm, 1.5);
  EXPECT_EQ(weather.hours[12].ground.recent_rain_mm, 0.0);
  EXPECT_LT(weather.hours[9].ground.soil_water_share, 0.9);
  EXPECT_GT(weather.hours[10].ground.soil_water_share, weather.hours[9].ground.soil_water_share);
}

}  // namespace
}  // namespace lantian::plume
