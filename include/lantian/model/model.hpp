#pragma once

#include "lantian/config/case.hpp"
#include "lantian/model/budget.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/surface_air.hpp"
#include "lantian/parallel/communicator.hpp"
#include "lantian/parallel/decomposition.hpp"
#include "lantian/parallel/halo_exchange.hpp"
#include "lantian/processes/process.hpp"

#include <functional>
#include <memory>
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

  /// Runs spin-up and case, hour by hour, and reports each hour.
  /// @throws NumericalError, DataError, or Interruption when any rank was asked to stop; on all ranks alike.
  void run(const std::function<void(const HourReport&)>& report);

  [[nodiscard]] const Tile& tile() const { return state_.tile; }
  [[nodiscard]] const State& state() const { return state_; }

 private:
  struct Processes;
  void start_state(const WeatherHour& weather);
  void advance_hour(UtcTime begin, const WeatherHour& weather);
  void advance_step(Step step, const Environment& environment);
  void stop_if_asked(Step step) const;
  void apply(Process& process, Step step, const Environment& environment);

  const Case& case_;
  Communicator ranks_;
  Inputs& inputs_;
  Decomposition decomposition_;
  HaloExchange halo_;
  State state_;
  Ledger ledger_;
  HourlyMean mean_;
  std::unique_ptr<Processes> processes_;
  std::vector<Array2<double>> deposition_velocity_m_s_;
  std::vector<Array3<double>> settling_velocity_m_s_;
  long long steps_done_ = 0;
};

}  // namespace lantian
