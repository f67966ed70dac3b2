#pragma once

#include "lantian/config/case.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/model.hpp"
#include "lantian/parallel/communicator.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

/// What a run writes into output.directory: history.nc (hourly mean fields), receptors.nc (time series),
/// mass_table.csv, budget.csv and run.json. Every file gets its final name only when it is whole.
class RunOutput {
 public:
  RunOutput(const Case& configuration, const Communicator& ranks, const Inputs& inputs, const Tile& tile,
            std::string program_version);
  ~RunOutput();
  RunOutput(const RunOutput&) = delete;
  RunOutput& operator=(const RunOutput&) = delete;

  /// Writes a reported hour, and a line of progress for every hour.
  void hour(const HourReport& report);
  /// Completes all files. @throws OutputError
  void finish();

 private:
  struct Files;
  void open(const HourReport& report);
  void log_hour(const HourReport& report);
  void watch_tracers(const State& state);
  [[nodiscard]] std::map<std::string, std::string> provenance() const;
  void write_tables() const;

  const Case& case_;
  Communicator ranks_;
  const Inputs& inputs_;
  Tile tile_;
  std::string program_version_;
  std::unique_ptr<Files> files_;
  std::vector<BudgetLine> budget_;
  double worst_inert_ = 0.0, worst_family_ = 0.0, worst_species_ = 0.0;
  std::vector<std::pair<UtcTime, std::string>> hashes_;
  std::map<std::string, std::pair<double, double>> tracer_range_ppb_;  // of inert tracers, over the whole run
  std::chrono::steady_clock::time_point started_;
};

}  // namespace lantian
