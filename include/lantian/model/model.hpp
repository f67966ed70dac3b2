#pragma once

#include "lantian/config/case.hpp"
#include "lantian/io/restart.hpp"
#include "lantian/model/audits.hpp"
#include "lantian/model/budget.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/stage_clock.hpp"
#include "lantian/model/surface_air.hpp"
#include "lantian/parallel/communicator.hpp"
#include "lantian/parallel/decomposition.hpp"
#include "lantian/parallel/halo_exchange.hpp"
#include "lantian/processes/edge_memory.hpp"
#include "lantian/processes/process.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// What an hour of a run has given; valid during the call that reports it.
struct HourReport {
  UtcTime begin{}, end{};
  bool is_spin_up = false;
  const HourlyMean& mean;
  const Budget& budget;
  const State& state;
  const WeatherHour& weather;
  std::string state_hash;
};

/// The grid model: a clock, the processes of a split step, a ledger.
class Model {
 public:
  Model(const Case& configuration, const Communicator& ranks, Inputs& inputs);
  ~Model();
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  /// Runs what remains of spin-up and case, hour by hour, and reports each hour. After each step but the last
  /// of the run `after_step` is called, on all ranks alike; that of an hour's last step follows its report.
  /// Without one the run ends with an Interruption when any rank was asked to stop.
  /// @throws NumericalError, DataError, Interruption, and what the callbacks throw; on all ranks alike.
  void run(const std::function<void(const HourReport&)>& report,
           const std::function<void()>& after_step = {});

  /// Everything that the rest of the run depends on. Between two steps, on all ranks.
  void save(RestartWriter& set) const;
  /// Stands where the set was saved, on any number of ranks. @throws DataError
  void load(const RestartReader& set);

  /// End of the last step, or the beginning of the run.
  [[nodiscard]] UtcTime now() const;
  [[nodiscard]] bool is_between_hours() const { return steps_of_hour_ == 0; }
  [[nodiscard]] const Communicator& ranks() const { return ranks_; }
  [[nodiscard]] const Tile& tile() const { return state_.tile; }
  [[nodiscard]] const State& state() const { return state_; }
  [[nodiscard]] const HourlyMean& mean() const { return mean_; }
  /// Where this rank's time went, callbacks among it.
  [[nodiscard]] const StageClock& clock() const { return clock_; }
  /// Of the hours done. @pre the run has begun or was loaded
  [[nodiscard]] const Budget& budget() const { return *budget_; }

 private:
  struct Processes;
  void start_state(const WeatherHour& weather);
  void begin_hour();
  void advance_hour(const WeatherHour& weather, const std::function<void()>& after_step);
  void advance_step(Step step, const Environment& environment);
  void stop_if_asked() const;
  void save_counts(RestartWriter& set) const;
  void load_counts(const RestartReader& set);
  void save_partial_hour(RestartWriter& set) const;
  void load_partial_hour(const RestartReader& set);

  const Case& case_;
  Communicator ranks_;
  Inputs& inputs_;
  Decomposition decomposition_;
  HaloExchange halo_;
  State state_;
  Ledger ledger_;
  HourlyMean mean_;
  std::unique_ptr<Processes> processes_;
  Audit audit_;
  StageClock clock_;
  std::vector<Array2<double>> deposition_velocity_m_s_;
  std::vector<Array2<double>> ground_release_ppb_m_s_;
  std::vector<Array3<double>> settling_velocity_m_s_;
  std::optional<EdgeMemory> edge_memory_;  // where boundary.memory_s asks for it
  std::optional<Budget> budget_;           // from the first instant on
  UtcTime hour_{};                         // begin of the hour that is being run
  int steps_of_hour_ = 0;                  // done
  long long steps_done_ = 0;
  std::vector<MassTableRow> mass_before_hour_;  // the emissions count an hour as a whole
};

}  // namespace lantian
