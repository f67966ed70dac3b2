#include "causes.hpp"
#include "start.hpp"
#include "support/child_process.hpp"
#include "support/made_plume_case.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

// Starts the program on inputs with one fault each: it must say exactly what is wrong, return the code of
// that kind of fault, and leave no file behind.

namespace lantian {

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

namespace {

std::set<std::string> files_in(const std::string& folder) {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) files.insert(entry.path());
  return files;
}

/// The lines "lantian: error: ..." without their beginning, and without the folder.
std::string errors_of(const std::string& printed, const std::string& folder) {
  const std::string beginning = "lantian: error: ";
  std::string errors, line;
  for (std::istringstream lines(printed); std::getline(lines, line);) {
    if (!line.starts_with(beginning)) continue;
    line.erase(0, beginning.size());
    for (std::size_t at = line.find(folder + "/"); at != std::string::npos; at = line.find(folder + "/"))
      line.erase(at, folder.size() + 1);
    errors += (errors.empty() ? "" : "\n") + line;
  }
  return errors;
}

struct Outcome {
  ChildResult child;
  std::string errors;
  bool left_files;
};

Outcome outcome_of(const Start& start) {
  // One rank needs no network; without this Open MPI looks for one and, where the host name does not resolve,
  // waits.
  ::setenv("OMPI_MCA_btl", "self,vader", 0);
  ::setenv("OMP_NUM_THREADS", "1", 0);
  const TemporaryFolder inputs, log;
  start.write(inputs.path());
  const std::set<std::string> before = files_in(inputs.path());
  std::vector<std::string> command = {LANTIAN_PROGRAM};
  command.insert(command.end(), start.arguments.begin(), start.arguments.end());
  ChildResult child = run_child(command, inputs.path(), log.path());
  std::string errors = errors_of(child.standard_error, inputs.path());
  return {std::move(child), std::move(errors), files_in(inputs.path()) != before};
}

TEST(SoundStart, PassesTheCheckAndLeavesNoFile) {
  const Outcome outcome = outcome_of(Start());
  EXPECT_EQ(outcome.child.exit_code, 0) << outcome.child.standard_error;
  EXPECT_EQ(outcome.errors, "");
  EXPECT_FALSE(outcome.left_files);
}

TEST(SoundStart, RunsToItsEnd) {
  Start start;
  start.arguments = {"run", "case.toml"};
  const Outcome outcome = outcome_of(start);
  EXPECT_EQ(outcome.child.exit_code, 0) << outcome.child.standard_error;
  EXPECT_EQ(outcome.errors, "");
}

TEST(SoundStart, TakesListsWithAByteOrderMarkAndInGbk) {
  Start start;
  start.receptors = "\xef\xbb\xbf" + start.receptors;
  start.enterprises = with(start.enterprises, "Power station", "\xc7\xe0\xb5\xba");  // GBK for 青岛
  const Outcome outcome = outcome_of(start);
  EXPECT_EQ(outcome.child.exit_code, 0) << outcome.child.standard_error;
}

TEST(SoundStart, TakesListsWithLineEndsOfWindowsAndWithQuotes) {
  Start start;
  for (std::string* list : {&start.enterprises, &start.receptors, &start.boundary_air})
    for (std::size_t at = list->find('\n'); at != std::string::npos; at = list->find('\n', at + 2))
      list->insert(at, 1, '\r');
  start.receptors = with(start.receptors, "Shinan", R"("Shinan, ""south""")");
  const Outcome outcome = outcome_of(start);
  EXPECT_EQ(outcome.child.exit_code, 0) << outcome.child.standard_error;
}

TEST(SoundStart, TakesALineOfAHundredThousandLetters) {
  Start start;
  start.enterprises = with(start.enterprises, "Power station", std::string(100000, 'x'));
  const Outcome outcome = outcome_of(start);
  EXPECT_EQ(outcome.child.exit_code, 0) << outcome.child.standard_error;
}

TEST(SoundStart, TakesChineseHeadersInGbk) {
  Start start;
  start.enterprises =  // number, name, district, longitude, latitude, system, height, sector, NOx, SO2 a year
      "\xc6\xf3\xd2\xb5\xb1\xe0\xba\xc5"
      ",\xc6\xf3\xd2\xb5\xc3\xfb\xb3\xc6"
      ",\xc7\xf8\xcf\xd8"
      ",\xbe\xad\xb6\xc8"
      ",\xce\xb3\xb6\xc8"
      ",\xd7\xf8\xb1\xea\xcf\xb5"
      ",\xc5\xc5\xc6\xf8\xcd\xb2\xb8\xdf\xb6\xc8"
      ",\xd0\xd0\xd2\xb5"
      ",\xb5\xaa\xd1\xf5\xbb\xaf\xce\xef"
      "(\xb6\xd6"
      "/\xc4\xea"
      "),\xb6\xfe\xd1\xf5\xbb\xaf\xc1\xf2"
      "(\xb6\xd6"
      "/\xc4\xea"
      ")\n"
      "E1,\xc8\xc8\xb5\xe7\xb3\xa7"
      ",\xca\xd0\xb1\xb1\xc7\xf8"
      ",120.30,36.20,GCJ02,120,power,900,300\n";
  const Outcome outcome = outcome_of(start);
  EXPECT_EQ(outcome.child.exit_code, 0) << outcome.child.standard_error;
  EXPECT_EQ(outcome.child.standard_error.find("height_m"), std::string::npos) << "the height was given";
  EXPECT_NE(outcome.child.standard_error.find("1 empty cells of diameter_m"), std::string::npos);
}

TEST(SoundStart, WorksOutAPlumeCaseWhateverItsFileIsCalled) {
  Start start;
  start.arguments = {"plume", "town.case"};
  start.after_writing = [](const std::string& folder) {
    write_made_plume_case(folder);
    std::filesystem::rename(folder + "/plume.toml", folder + "/town.case");
  };
  const Outcome outcome = outcome_of(start);
  EXPECT_EQ(outcome.child.exit_code, 0) << outcome.child.standard_error;
  EXPECT_EQ(outcome.errors, "");
  EXPECT_TRUE(outcome.left_files);
}

class BadStart : public testing::TestWithParam<Row> {};

TEST_P(BadStart, IsRefusedWithItsSentenceAndItsCodeAndLeavesNoFile) {
  Start start;
  GetParam().spoil(start);
  const Outcome outcome = outcome_of(start);
  EXPECT_EQ(outcome.errors, GetParam().sentences) << outcome.child.standard_error;
  EXPECT_EQ(outcome.child.exit_code, GetParam().exit_code);
  EXPECT_FALSE(outcome.left_files);
}

std::string name_of(const testing::TestParamInfo<Row>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Case, BadStart, testing::ValuesIn(case_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Commands, BadStart, testing::ValuesIn(command_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Weather, BadStart, testing::ValuesIn(weather_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Sources, BadStart, testing::ValuesIn(source_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Units, BadStart, testing::ValuesIn(unit_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Boundary, BadStart, testing::ValuesIn(boundary_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Features, BadStart, testing::ValuesIn(feature_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Decks, BadStart, testing::ValuesIn(plume_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(DeckForms, BadStart, testing::ValuesIn(deck_form_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(PlumeCases, BadStart, testing::ValuesIn(plume_case_rows()), name_of);

std::vector<Row> all_rows() {
  return joined({case_rows(), command_rows(), weather_rows(), source_rows(), boundary_rows(), unit_rows(),
                 feature_rows(), plume_rows(), deck_form_rows(), plume_case_rows()});
}

// What each row's program says is in the tests above; here it is held against what a reader has to learn.
TEST(Catalogue, HoldsAtLeastSixtyFaultsRefusesAllOfUnitsAndAxesAndNamesTheCauseOf95PerCent) {
  static const std::map<FaultClass, const char*> names = {
      {FaultClass::form, "form"},   {FaultClass::missing, "missing"},
      {FaultClass::value, "value"}, {FaultClass::unit_or_axis, "unit or axis"},
      {FaultClass::file, "file"},   {FaultClass::usage, "usage"}};
  std::map<std::string, Cause> cause_of;
  for (const Cause& one : causes()) EXPECT_TRUE(cause_of.emplace(one.row, one).second) << one.row;
  std::map<FaultClass, int> faults, named;
  std::set<std::string> rows;
  for (const Row& row : all_rows()) {
    EXPECT_TRUE(rows.insert(row.name).second) << row.name << " stands there twice";
    ASSERT_TRUE(cause_of.contains(row.name)) << row.name << " has no cause";
    const Cause& cause = cause_of.at(row.name);
    const bool is_named = row.sentences.find(cause.words) != std::string::npos;
    ++faults[cause.kind];
    named[cause.kind] += is_named ? 1 : 0;
    if (!is_named) std::printf("%s does not say \"%s\"\n", row.name.c_str(), cause.words.c_str());
    if (cause.kind == FaultClass::unit_or_axis) {
      EXPECT_EQ(row.exit_code, 65) << row.name << " is accepted";
    }
  }
  int all = 0, all_named = 0;
  for (const auto& [kind, count] : faults) {
    std::printf("%s: %d faults, the cause of %d named\n", names.at(kind), count, named.at(kind));
    all += count;
    all_named += named.at(kind);
  }
  std::printf("all: %d faults, the cause of %d named\n", all, all_named);
  EXPECT_EQ(cause_of.size(), rows.size());
  EXPECT_GE(all, 60);
  EXPECT_GE(faults.at(FaultClass::unit_or_axis), 30);
  EXPECT_GE(100 * all_named, 95 * all);
}

TEST(SeveralFaults, OfSeveralInputsAreListedTogether) {
  Start start;
  start.enterprises = with(start.enterprises, "36.20", "north");
  start.boundary_rules = with(start.boundary_rules, "180", "400");
  start.inventory.units["NOx"] = "ppb";
  start.weather.scaled["T2"] = {1.0, -273.15};
  start.arguments = {"run", "case.toml"};  // a start in earnest: nothing may be left behind either
  const Outcome outcome = outcome_of(start);
  EXPECT_EQ(outcome.child.exit_code, 65);
  for (const char* part :
       {"T2 is ", "the unit \"ppb\"", "\"north\" is no number", "sector.0.azimuth_deg: 400"})
    EXPECT_NE(outcome.errors.find(part), std::string::npos) << part << "\n" << outcome.errors;
  EXPECT_FALSE(outcome.left_files);
}

}  // namespace
}  // namespace lantian
