#include "lantian/config/case_reader.hpp"

#include "faults_of.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

using Settings = std::vector<std::string>;

Case read(const std::string& text, const Settings& set = {}) {
  const TemporaryFolder folder;
  write_text(folder.file("case.toml"), text);
  return read_case(folder.file("case.toml"), set);
}

std::string faults(const std::string& text, const Settings& set = {}) {
  return faults_of("case.toml", text, [&set](const std::string& path) { return read_case(path, set); });
}

std::string faults_with(const std::string& old, const std::string& fresh) {
  return faults(with(sound_case, old, fresh));
}

TEST(CaseReader, RefusesDepositionSchemesThatThereAreNot) {
  const std::string gas = faults(std::string(sound_case) + "\n[deposition]\ngas = \"zhang2004\"\n"),
                    wet = faults(std::string(sound_case) + "\n[deposition]\nwet_gas = \"henri\"\n");
  EXPECT_NE(
      gas.find("deposition.gas: \"zhang2004\" is not known; known are zhang2003, wesely1989. Did you mean "
               "\"zhang2003\"?"),
      std::string::npos)
      << gas;
  EXPECT_NE(
      wet.find(
          "deposition.wet_gas: \"henri\" is not known; known are ratios, henry. Did you mean \"henry\"?"),
      std::string::npos)
      << wet;
}

TEST(CaseReader, RefusesAnIntervalOfTheNestThatItsHoursOrStepsDoNotHold) {
  const auto found = [](const std::string& nest) {
    return faults_with("directory = \"results\"", "directory = \"results\"\n" + nest);
  };
  EXPECT_EQ(found("nest = true\nnest_interval_min = 20"), "");
  EXPECT_EQ(
      found("nest = true\nnest_interval_min = 25"),
      "case.toml:10: output.nest_interval_min: 25 min does not divide an hour; such as 5, 10, 15, 20, 30 "
      "or 60 do");
  EXPECT_EQ(found("nest = true\nnest_interval_min = 15"),
            "case.toml:10: output.nest_interval_min: 15 min is no whole number of time steps of 600 s "
            "(run.time_step_s)");
  EXPECT_EQ(found("nest_interval_min = 20"),
            "case.toml:9: output.nest_interval_min: speaks of nest.nc, which this run does not write; set "
            "output.nest = true or take it out");
}

TEST(CaseReader, RefusesCompensationPointsOfAmmoniaWithOtherResistances) {
  const std::string both = "\n[deposition]\nammonia = \"bidirectional\"\n";
  EXPECT_EQ(faults(std::string(sound_case) + both), "");
  const std::string found = faults(std::string(sound_case) + both + "gas = \"wesely1989\"\n");
  EXPECT_NE(
      found.find("deposition.ammonia: \"bidirectional\" needs deposition.gas = \"zhang2003\", which here is "
                 "\"wesely1989\""),
      std::string::npos)
      << found;
}

TEST(CaseReader, ReadsWhatTheFileSaysAndKeepsDefaultsForTheRest) {
  const Case c = read(sound_case);
  EXPECT_EQ(to_iso8601(c.run.start), "2020-03-30T16:00:00Z");
  EXPECT_EQ(c.run.time_step_s, 600.0);
  EXPECT_EQ(c.grid.window, (std::array<int, 4>{1, 1, 10, 8}));
  EXPECT_EQ(c.grid.layer_tops_m, (std::vector<double>{40.0, 100.0, 300.0, 1000.0}));
  EXPECT_EQ(c.weather.files, Settings{"wrfout.nc"});
  EXPECT_EQ(c.transport.limiter_plume, "monotone");
  ASSERT_EQ(c.boundary.air.size(), 1U);
  EXPECT_EQ(c.boundary.air[0].values_ppb.at("NO2"), 5.0);
  EXPECT_EQ(c.run.utc_offset_h, RunConfig{}.utc_offset_h);
  EXPECT_EQ(c.run.name, "case");  // the file's
}

TEST(CaseReader, TakesPathsOfTheCaseFromItsFolder) {
  const TemporaryFolder folder;
  write_text(folder.file("case.toml"), sound_case);
  const Case c = read_case(folder.file("case.toml"));
  EXPECT_EQ(c.resolve("wrfout.nc"), folder.file("wrfout.nc"));
  EXPECT_EQ(c.resolve("/data/wrfout.nc"), "/data/wrfout.nc");
}

TEST(CaseReader, ReadsTimesWithAnyZoneAndFromStrings) {
  EXPECT_EQ(read(with(sound_case, "2020-03-30T16:00:00Z", "2020-03-31T00:00:00+08:00")).run.start,
            from_civil(2020, 3, 30, 16));
  EXPECT_EQ(read(with(sound_case, "2020-03-30T16:00:00Z", "\"2020-03-30T16:00:00Z\"")).run.start,
            from_civil(2020, 3, 30, 16));
}

TEST(CaseReader, NamesAnUnknownKeyWithItsLineAndTheNearestKnownOne) {
  EXPECT_EQ(faults_with("spin_up_h", "spinup_h"),
            "case.toml:4: run.spinup_h: there is no such key. Did you mean \"spin_up_h\"?");
  EXPECT_EQ(faults_with("[transport]", "[transprot]"),
            "case.toml:17: transprot: there is no such key. Did you mean \"transport\"?");
  EXPECT_EQ(faults_with("directory = \"results\"", "directory = \"results\"\nxyz = 1"),
            "case.toml:9: output.xyz: there is no such key. Known here are directory, fields_3d, nest, "
            "nest_interval_min.");
}

TEST(CaseReader, NamesAWrongTypeWithWhatStandsThere) {
  EXPECT_EQ(faults_with("spin_up_h = 0", "spin_up_h = \"24\""),
            "case.toml:4: run.spin_up_h: is a string (\"24\"); a number is needed");
  EXPECT_EQ(faults_with("files = [\"wrfout.nc\"]", "files = \"wrfout.nc\""),
            "case.toml:15: weather.files: is a string (\"wrfout.nc\"); an array of strings is needed");
  EXPECT_EQ(faults_with("[1, 1, 10, 8]", "[1, 1, 10.5, 8]"),
            "case.toml:11: grid.window: is a number (10.5); a whole number is needed");
  EXPECT_EQ(
      faults_with("[1, 1, 10, 8]", "[1, 1, 10]"),
      "case.toml:11: grid.window: has 3 elements; four are needed: first column, first row, columns, rows");
  EXPECT_EQ(faults_with("O3 = 40.0", "O3 = true"),
            "case.toml:25: boundary.air.0.values_ppb.O3: is a truth value (true); a number is needed");
  EXPECT_EQ(faults_with("[[boundary.air]]", "[boundary.air]"),
            "case.toml:23: boundary.air: is a table; an array of tables ([[boundary.air]]) is needed");
}

TEST(CaseReader, NamesAValueOutOfRangeWithWhatIsAllowed) {
  EXPECT_EQ(faults_with("spin_up_h = 0", "spin_up_h = -1"),
            "case.toml:4: run.spin_up_h: -1 is out of range; allowed is 0 to 8784 h");
  EXPECT_EQ(faults_with("O3 = 40.0", "O3 = -40.0"),
            "case.toml:25: boundary.air.0.values_ppb.O3: -40 is out of range; allowed is 0 ppb or more");
  EXPECT_EQ(faults_with("O3 = 40.0", "O3 = nan"),
            "case.toml:25: boundary.air.0.values_ppb.O3: nan is no finite number");
  EXPECT_EQ(faults_with("10, 8]", "10000000000, 8]"),
            "case.toml:11: grid.window: 10000000000 is out of range; allowed is -2147483648 to 2147483647");
}

TEST(CaseReader, NamesAWordThatIsNotKnownWithThoseThatAre) {
  EXPECT_EQ(faults_with("\"monotone\"", "\"monotonic\""),
            "case.toml:18: transport.limiter_plume: \"monotonic\" is not known; known are unlimited, "
            "positive_definite, selective, monotone. Did you mean \"monotone\"?");
  EXPECT_EQ(faults_with("\"nox_o3\"", "\"cb6\""),
            "case.toml:21: chemistry.mechanism: \"cb6\" is not known; known are cb6r5, grs, nox_o3, none. "
            "Did you mean \"cb6r5\"?");
}

TEST(CaseReader, TakesTrueFalseAndAutoForANaturalSource) {
  const auto natural = [](const std::string& keys) {
    return faults_with("[[boundary.air]]", "[emissions.natural.sea_salt]\n" + keys + "\n[[boundary.air]]");
  };
  for (const char* sound : {"enabled = true", "enabled = false", "enabled = \"auto\"\nscale = 0"})
    EXPECT_EQ(natural(sound), "") << sound;
  EXPECT_EQ(
      natural("enabled = \"on\""),
      "case.toml:24: emissions.natural.sea_salt.enabled: is a string (\"on\"); true, false or \"auto\" is "
      "needed");
  EXPECT_EQ(natural("scale = -1"),
            "case.toml:24: emissions.natural.sea_salt.scale: -1 is out of range; allowed is 0 to 1000");
  EXPECT_EQ(natural("scales = 1"),
            "case.toml:24: emissions.natural.sea_salt.scales: there is no such key. Did you mean \"scale\"?");
  EXPECT_EQ(faults_with("[[boundary.air]]", "[emissions.natural.seasalt]\n[[boundary.air]]"),
            "case.toml:23: emissions.natural.seasalt: there is no such key. Did you mean \"sea_salt\"?");
}

TEST(CaseReader, RefusesTimesWithoutAZone) {
  EXPECT_EQ(faults_with("16:00:00Z", "16:00:00"),
            "case.toml:2: run.start: has no zone; write the Z of UTC, e.g. 2020-03-30T16:00:00Z");
  EXPECT_EQ(faults_with("2020-03-30T16:00:00Z", "\"2020-03-30T16:00:00\""),
            "case.toml:2: run.start: is a string (\"2020-03-30T16:00:00\"); a time in UTC "
            "(2020-03-30T16:00:00Z) is "
            "needed");
  EXPECT_EQ(faults_with("2020-03-30T16:00:00Z", "2020-03-30"),
            "case.toml:2: run.start: is a date or time (2020-03-30); a time in UTC (2020-03-30T16:00:00Z) is "
            "needed");
  EXPECT_EQ(faults_with("16:00:00Z", "16:00:00.5Z"),
            "case.toml:2: run.start: has parts of a second; whole seconds are allowed");
}

TEST(CaseReader, NamesWhatIsMissingOrEmpty) {
  EXPECT_EQ(
      faults_with("start = 2020-03-30T16:00:00Z\n", ""),
      "case.toml: run.start: is missing: first reported instant, a whole hour, as 2020-03-30T16:00:00Z");
  EXPECT_EQ(
      faults_with("\"results\"", "\"\""),
      "case.toml:8: output.directory: is empty: folder of the results; relative to the working directory");
  EXPECT_NE(faults_with("[\"wrfout.nc\"]", "[]").find("case.toml:15: weather.files: is empty: "),
            std::string::npos);
  const std::string nothing = faults("");
  for (const char* key : {"run.start", "run.end", "output.directory", "weather.files"})
    EXPECT_NE(nothing.find(std::string("case.toml: ") + key + ": is missing: "), std::string::npos)
        << nothing;
}

TEST(CaseReader, ChecksKeysAgainstEachOtherAndPointsAtTheirLine) {
  EXPECT_EQ(faults_with("end = 2020-03-30T18", "end = 2020-03-30T14"),
            "case.toml:3: run.end: 2020-03-30T14:00:00Z does not lie after run.start, 2020-03-30T16:00:00Z");
  EXPECT_EQ(faults_with("T18:00", "T18:30"), "case.toml:3: run.end: 2020-03-30T18:30:00Z is no whole hour");
  EXPECT_EQ(faults_with("spin_up_h = 0", "spin_up_h = 1.5"),
            "case.toml:4: run.spin_up_h: 1.5 is no whole number of hours");
  EXPECT_EQ(faults_with("time_step_s = 600", "time_step_s = 700"),
            "case.toml:5: run.time_step_s: 700 s does not divide an hour; such as 60, 120, 300 or 600 do");
  EXPECT_EQ(
      faults_with("[1, 1, 10, 8]", "[1, 1, 10, 7]"),
      "case.toml:11: grid.window: [1, 1, 10, 7] must begin at 0 or later and hold at least 8 x 8 cells");
  EXPECT_EQ(faults_with("[40, 100, 300, 1000]", "[40, 100, 100, 1000]"),
            "case.toml:12: grid.layer_tops_m: 100 m does not lie above the 100 m before it; tops must rise");
  EXPECT_EQ(faults_with("[40, 100, 300, 1000]", "[40]"),
            "case.toml:12: grid.layer_tops_m: has one layer; two are the least");
  EXPECT_EQ(faults_with("[grid]", "[grid]\nlayers = \"weather\""),
            "case.toml:13: grid.layer_tops_m: belongs to grid.layers = \"heights\", but grid.layers is "
            "\"weather\"; leave one of them out");
  EXPECT_EQ(faults_with("[grid]", "[grid]\nlayer_count = 9"),
            "case.toml:11: grid.layer_count: belongs to grid.layers = \"weather\"; with \"heights\" "
            "grid.layer_tops_m says the layers");
  EXPECT_EQ(faults_with("layer_tops_m = [40, 100, 300, 1000]", "layers = \"weather\"\nlayer_count = 1"),
            "case.toml:13: grid.layer_count: is one layer; two are the least");
  EXPECT_EQ(faults_with("[grid]", "[grid]\nprojection = \"utm\"\ncolumns = 20"),
            "case.toml: grid.rows: 0 must be at least 8 when grid.projection is \"utm\"");
  EXPECT_EQ(
      faults_with("kind = \"constant\"", "kind = \"stations\"\nfile = \"a.csv\""),
      "case.toml: boundary.air.0: kind \"stations\" needs the key rules\n"
      "case.toml:26: boundary.air.0.values_ppb: kind \"stations\" has no use for it; take it out, or give "
      "it an entry of its own");
  EXPECT_EQ(faults(sound_case + "[ranking]\nby = \"groups\"\n"),
            "case.toml:27: ranking.by: \"groups\" needs at least one [[ranking.group]]");
  EXPECT_EQ(faults(sound_case + "[[ranking.group]]\nname = \"a\"\n[[ranking.group]]\nname = \"a\"\n"),
            "case.toml:29: ranking.group.1.name: \"a\" is the name of an earlier group");
}

TEST(CaseReader, ListsAllFaultsOfAFileAtOnce) {
  std::string text = with(sound_case, "spin_up_h = 0", "spin_up_h = 1.5");
  text = with(text, "end = 2020-03-30T18:00:00Z", "end = \"tomorrow\"");
  text = with(text, "limiter_plume", "limiter_plum");
  EXPECT_EQ(
      faults(text),
      "case.toml:3: run.end: is a string (\"tomorrow\"); a time in UTC (2020-03-30T16:00:00Z) is needed\n"
      "case.toml:18: transport.limiter_plum: there is no such key. Did you mean \"limiter_plume\"?\n"
      "case.toml:4: run.spin_up_h: 1.5 is no whole number of hours");
}

TEST(CaseReader, PointsAtLineAndColumnOfWhatIsNoToml) {
  const std::string said = faults_with("spin_up_h = 0", "spin_up_h = = 0");
  EXPECT_EQ(said.find("case.toml:4:13: is no TOML: "), 0U) << said;
}

TEST(CaseReader, TellsAMissingFileFromABadOne) {
  const TemporaryFolder folder;
  const auto outcome = [](const std::string& path) -> std::pair<ExitCode, std::string> {
    try {
      static_cast<void>(read_case(path));
    } catch (const Error& error) {
      return {error.exit_code(), error.what()};
    }
    return {ExitCode::ok, ""};
  };
  const std::string nowhere = folder.file("nowhere.toml");
  EXPECT_EQ(outcome(nowhere),
            std::pair(ExitCode::missing_resource, nowhere + ": there is no such file, or it cannot be read"));
  EXPECT_EQ(outcome(folder.path()),
            std::pair(ExitCode::bad_input, folder.path() + ": is a folder; a TOML file is needed"));
}

TEST(CaseSettings, OverrideTheFile) {
  const Case c = read(sound_case, {"run.spin_up_h=6", "output.directory=/tmp/x", "emissions.enabled = false",
                                   "boundary.air.0.values_ppb.O3=30", "run.end=2020-03-31T00:00:00Z",
                                   R"(weather.files=["a.nc", "b.nc"])", R"(run.name=say "a" \ b)"});
  EXPECT_EQ(c.run.spin_up_h, 6.0);
  EXPECT_EQ(c.output.directory, "/tmp/x");
  EXPECT_FALSE(c.emissions.enabled);
  EXPECT_EQ(c.boundary.air[0].values_ppb.at("O3"), 30.0);
  EXPECT_EQ(c.run.end, from_civil(2020, 3, 31));
  EXPECT_EQ(c.weather.files, (Settings{"a.nc", "b.nc"}));
  EXPECT_EQ(c.run.name, "say \"a\" \\ b");
}

TEST(CaseSettings, AreNamedInFaults) {
  EXPECT_EQ(faults(sound_case, {"run.spinup_h=6"}),
            "--set run.spinup_h=6: run.spinup_h: there is no such key. Did you mean \"spin_up_h\"?");
  EXPECT_EQ(faults(sound_case, {"rum.spin_up_h=6"}),
            "--set rum.spin_up_h=6: rum: there is no such key. Did you mean \"run\"?");
  EXPECT_EQ(faults(sound_case, {"run.spin_up_h=long"}),
            "--set run.spin_up_h=long: run.spin_up_h: is a string (\"long\"); a number is needed");
  EXPECT_EQ(faults(sound_case, {"run.end=2020-03-30T12:00:00Z"}),
            "--set run.end=2020-03-30T12:00:00Z: run.end: 2020-03-30T12:00:00Z does not lie after run.start, "
            "2020-03-30T16:00:00Z");
}

TEST(CaseSettings, ThatLeadNowhereAreRefused) {
  EXPECT_EQ(faults(sound_case, {"run.spin_up_h"}), "--set run.spin_up_h: is no key=value");
  EXPECT_EQ(faults(sound_case, {"=6"}), "--set =6: is no key=value");
  EXPECT_EQ(
      faults(sound_case, {"boundary.air.3.kind=profile"}),
      "--set boundary.air.3.kind=profile: there is no boundary.air.3; entries are numbered from 0, and there "
      "are 1");
  EXPECT_EQ(faults(sound_case, {"run.start.hour=3"}), "--set run.start.hour=3: run.start is no table");
  EXPECT_EQ(faults(sound_case, {"weather.files.0=a.nc"}),
            "--set weather.files.0=a.nc: weather.files is an array; set it as a whole: weather.files=[...]");
  EXPECT_EQ(faults(sound_case, {"run.name=\xff"}).find("--set run.name=\xff: is no UTF-8 text: "), 0U);
}

TEST(CaseDigest, TellsCasesApartButNotTheirOutputFolder) {
  const std::string base = read(sound_case).digest;
  EXPECT_EQ(base.size(), 16U);
  EXPECT_EQ(read(sound_case, {"output.directory=elsewhere"}).digest, base);
  EXPECT_EQ(read("# a remark\n" + sound_case).digest, base);
  EXPECT_NE(read(sound_case, {"run.spin_up_h=1"}).digest, base);
  EXPECT_NE(read(sound_case, {"boundary.air.0.values_ppb.O3=41"}).digest, base);
}

}  // namespace
}  // namespace lantian
