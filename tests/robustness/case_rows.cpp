#include "start.hpp"

namespace lantian {

namespace {

std::function<void(Start&)> in_case(const std::string& old, const std::string& fresh) {
  return replaced(&Start::case_text, old, fresh);
}

std::function<void(Start&)> with_arguments(const std::vector<std::string>& arguments) {
  return [=](Start& start) { start.arguments = arguments; };
}

std::vector<Row> case_file_rows() {
  return {
      {"UnknownKey", in_case("spin_up_h", "spinup_h"), 65,
       "case.toml:4: run.spinup_h: there is no such key. Did you mean \"spin_up_h\"?"},
      {"UnknownTable", in_case("[chemistry]", "[chemstry]"), 65,
       "case.toml:15: chemstry: there is no such key. Did you mean \"chemistry\"?"},
      {"UnknownKeyInAnArrayOfTables", in_case("sector = \"road\"", "sector = \"road\"\nscales = 2"), 65,
       "case.toml:23: emissions.inventory.0.scales: there is no such key. Did you mean \"scale\"?"},
      {"WrongType", in_case("spin_up_h = 1", "spin_up_h = \"1\""), 65,
       "case.toml:4: run.spin_up_h: is a string (\"1\"); a number is needed"},
      {"OutOfRange", in_case("spin_up_h = 1", "spin_up_h = -1"), 65,
       "case.toml:4: run.spin_up_h: -1 is out of range; allowed is 0 to 8784 h"},
      {"UnknownWord", in_case("\"nox_o3\"", "\"nox-o3\""), 65,
       "case.toml:16: chemistry.mechanism: \"nox-o3\" is not known; known are cb6r5, grs, nox_o3, none. Did "
       "you "
       "mean "
       "\"nox_o3\"?"},
      {"FactorOfAReactionThatThereIsNot", in_case("\"nox_o3\"", "\"nox_o3\"\nrate_factors = { X9 = 0 }"), 65,
       "chemistry.rate_factors: the mechanism has no reaction \"X9\"; labels are those between < and > in "
       "its file, as P1. "
       "Did you mean \"P1\"?"},
      {"TimeWithoutAZone", in_case("12:00:00Z", "12:00:00"), 65,
       "case.toml:2: run.start: has no zone; write the Z of UTC, e.g. 2020-03-30T16:00:00Z"},
      {"DayThatDoesNotExist", in_case("2020-03-30T12:00:00Z", "\"2020-02-30T12:00:00Z\""), 65,
       "case.toml:2: run.start: is a string (\"2020-02-30T12:00:00Z\"); a time in UTC (2020-03-30T16:00:00Z) "
       "is "
       "needed"},
      {"EndBeforeStart", in_case("T14:00", "T11:00"), 65,
       "case.toml:3: run.end: 2020-03-30T11:00:00Z does not lie after run.start, 2020-03-30T12:00:00Z"},
      {"StepThatDoesNotDivideTheHour", in_case("spin_up_h = 1", "time_step_s = 700"), 65,
       "case.toml:4: run.time_step_s: 700 s does not divide an hour; such as 60, 120, 300 or 600 do"},
      {"FallingLayers", in_case("[50, 150, 400", "[150, 50, 400"), 65,
       "case.toml:10: grid.layer_tops_m: 50 m does not lie above the 150 m before it; tops must rise"},
      {"MissingKey", in_case("directory = \"results\"", ""), 65,
       "case.toml: output.directory: is missing: folder of the results; relative to the working directory"},
      {"TableTwice", in_case("[grid]", "[output]\n[grid]"), 65,
       "case.toml:9:1: is no TOML: Error while parsing table header: cannot redefine existing table "
       "'output'"},
      {"NoToml", in_case("spin_up_h = 1", "spin_up_h: 1"), 65,
       "case.toml:4:10: is no TOML: Error while parsing key-value pair: expected '=', saw ':'"},
  };
}

std::vector<Row> start_of_program_rows() {
  return {
      {"MissingCase", with_arguments({"run", "cases.toml", "--check"}), 69,
       "cases.toml: there is no such file, or it cannot be read"},
      {"UnknownKeyInASetting", with_arguments({"run", "case.toml", "--check", "--set", "run.spinup_h=6"}), 65,
       "--set run.spinup_h=6: run.spinup_h: there is no such key. Did you mean \"spin_up_h\"?"},
      {"SettingWithoutAValue", with_arguments({"run", "case.toml", "--check", "--set", "run.spin_up_h"}), 65,
       "--set run.spin_up_h: is no key=value"},
      {"FolderThatCannotBeMade",
       with_arguments({"run", "case.toml", "--set", "output.directory=case.toml/x"}), 74,
       "case.toml/x: cannot create the folder: Not a directory; choose another output.directory"},
      {"UnknownOption", with_arguments({"run", "case.toml", "--chek"}), 64,
       "The following argument was not expected: --chek. lantian --help shows what is known"},
      {"UnknownCommand", with_arguments({"runn", "case.toml"}), 64,
       "\"runn\" is no command; known are run, rank, evaluate, diagnose, plume, box, reference, thermo, "
       "verify, info. Did you mean \"run\"?"},
      {"NoCommand", with_arguments({}), 64, "A subcommand is required. lantian --help shows what is known"},
  };
}

}  // namespace

std::vector<Row> case_rows() {
  return joined({case_file_rows(), start_of_program_rows()});
}

}  // namespace lantian
