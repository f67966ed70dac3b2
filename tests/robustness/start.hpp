#pragma once

#include "support/case_text.hpp"
#include "support/tiny_wrf.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace lantian {

/// A gridded inventory of one sector on longitude and latitude, with NOx and SO2.
struct MadeInventory {
  double first_longitude_deg = 119.9, first_latitude_deg = 35.9, spacing_deg = 0.1;
  std::size_t columns = 9, rows = 7;
  std::map<std::string, std::string> units = {{"NOx", "t/yr"}, {"SO2", "t/yr"}};  // variables and their unit
  double value = 120.0;
  std::string longitude_name = "lon", latitude_name = "lat";
  NetcdfWriter::Format format = NetcdfWriter::Format::netcdf4;
};

/// All that one start of the program reads, sound as it stands; a row of the table spoils one thing of it.
struct Start {
  Start();

  std::string case_text, enterprises, receptors, boundary_air, boundary_rules;
  TinyWrf weather;
  MadeInventory inventory;
  std::vector<std::string> arguments = {"run", "case.toml", "--check"};
  std::function<void(const std::string& folder)> after_writing;  // cuts, overwrites or removes files

  /// Writes all files into `folder`.
  void write(const std::string& folder) const;
};

/// One way to go wrong: what is spoiled, and what the program must then say and return.
struct Row {
  std::string name;                   // letters and digits: the test's name
  std::function<void(Start&)> spoil;  // one fault
  int exit_code;                      // 64 usage, 65 bad input, 69 missing file, 74 no output
  std::string sentences;              // all lines of "lantian: error: ", without that and without the folder
};

// The table, by what is spoiled. A new fault is a new row in one of these.
std::vector<Row> case_rows();
std::vector<Row> weather_rows();
std::vector<Row> source_rows();
std::vector<Row> command_rows();
std::vector<Row> unit_rows();  // units, axes and times
std::vector<Row> boundary_rows();
std::vector<Row> feature_rows();    // lines and areas
std::vector<Row> plume_rows();      // control decks of AERMOD and files of AERMET
std::vector<Row> deck_form_rows();  // cards that do not fit together
std::vector<Row> plume_case_rows();

/// The rows of several tables as one.
std::vector<Row> joined(const std::vector<std::vector<Row>>& tables);

/// Spoils a text of the start: `old` becomes `fresh`.
inline std::function<void(Start&)> replaced(std::string Start::*text, const std::string& old,
                                            const std::string& fresh) {
  return [=](Start& start) { start.*text = with(start.*text, old, fresh); };
}

/// Spoils a written file: its content goes through `change`.
std::function<void(Start&)> rewritten(const std::string& file,
                                      const std::function<std::string(std::string)>& change);

}  // namespace lantian
