#pragma once

#include "lantian/config/case.hpp"
#include "lantian/io/hour_store.hpp"
#include "lantian/io/restart.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/model.hpp"
#include "lantian/parallel/communicator.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

/// Where the results of a run come from, as attributes of its files. Reads all inputs; on all ranks.
[[nodiscard]] std::map<std::string, std::string> provenance_of(const Case& configuration,
                                                               const Inputs& inputs,
                                                               const Communicator& ranks,
                                                               const std::string& program_version);

/// What a run writes into output.directory: history.nc (hourly mean fields), receptors.nc (time series),
/// nest.nc (boundary of a finer run, when asked for), mass_table.csv, budget.csv and state_hashes.csv. Every
/// file gets its final name only when it is whole: until the run is, its hours are kept in stores beside the
/// restart sets.
class RunOutput {
 public:
  RunOutput(const Case& configuration, const Inputs& inputs, const Model& model,
            std::map<std::string, std::string> provenance);
  RunOutput(const RunOutput&) = delete;
  RunOutput& operator=(const RunOutput&) = delete;

  /// Writes a reported hour, and a line of progress for every hour.
  void hour(const HourReport& report);
  /// After each step: keeps the air of nest.nc where an instant of it falls within an hour, and shows on a
  /// terminal how far the run is.
  void step();
  /// Writes all files. @throws OutputError
  void finish();

  /// What the rest of the output depends on; before that the hours so far are synced.
  void save(RestartWriter& set) const;
  /// @throws DataError when the hours that the set builds on are damaged
  void load(const RestartReader& set);

 private:
  /// How far the run is, and how long the rest will take at the pace so far.
  struct Progress {
    double done_h = 0.0, all_h = 0.0, seconds = 0.0, seconds_left = 0.0;
  };
  [[nodiscard]] Progress progress_at(UtcTime time) const;
  void keep_hour(const HourReport& report);
  void log_hour(const HourReport& report);
  void watch_tracers(const State& state);
  [[nodiscard]] std::string store_path() const;
  [[nodiscard]] std::size_t planes_per_hour() const;
  [[nodiscard]] std::string nest_store_path() const;
  [[nodiscard]] std::size_t nest_planes() const;
  void store_nest(UtcTime instant);
  void save_nest(RestartWriter& set) const;
  void load_nest(const RestartReader& set);
  void check_store() const;
  [[nodiscard]] std::map<std::string, std::string> residuals() const;
  void write_history() const;
  void write_nest() const;
  void write_stations() const;
  void write_tables() const;

  const Case& case_;
  Communicator ranks_;
  const Inputs& inputs_;
  const Model& model_;
  Tile tile_;
  std::map<std::string, std::string> provenance_;
  std::optional<HourStore> store_;       // of the reported hours
  std::optional<HourStore> nest_store_;  // of the instants of nest.nc
  std::vector<std::pair<UtcTime, std::string>> hashes_;
  std::map<std::string, std::pair<double, double>> tracer_range_ppb_;  // of inert tracers, over the whole run
  double seconds_of_output_ = 0.0;
  double hours_before_ = 0.0;  // of the model, done when this process took up the run
  std::chrono::steady_clock::time_point started_;
};

}  // namespace lantian
