#include "lantian/model/model.hpp"

#include "lantian/base/interrupt.hpp"
#include "lantian/model/audits.hpp"
#include "lantian/model/split_step.hpp"
#include "lantian/parallel/reproducible_sum.hpp"
#include "lantian/parallel/state_hash.hpp"
#include "lantian/processes/dry_deposition.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace lantian {

struct Model::Processes {
  Processes(std::unique_ptr<GasChemistry> gas, const HaloExchange& halo, const Case& configuration)
      : chemistry(gas.get()),
        split_step(halo, configuration.transport, configuration.deposition, std::move(gas)),
        dry_deposition(configuration.deposition) {}

  GasChemistry* chemistry;  // of the split step
  SplitStep split_step;
  DryDeposition dry_deposition;
};

namespace {

std::vector<int> chosen_species(const std::vector<std::string>& names, const SpeciesTable& species) {
  std::vector<int> chosen;
  for (const std::string& name : names)
    if (const auto s = species.find(name)) chosen.push_back(*s);
  return chosen;
}

/// The air outside in the course of an hour.
class OutsideAir {
 public:
  OutsideAir(BoundaryAir& boundary, UtcTime hour, const WeatherHour& weather, const Surface& surface)
      : boundary_(boundary),
        hour_(hour),
        weather_(weather.middle),
        surface_(surface),
        interval_s_(boundary.interval_s()),
        end_(boundary.hour(hour, weather_, surface)) {}

  [[nodiscard]] bool varies() const { return interval_s_ > 0; }
  /// That of the hour's first instant. @pre `at` was not called
  [[nodiscard]] const BoundaryHour& constant() const { return end_; }
  /// @pre `varies`, and no earlier instant than that of the call before
  [[nodiscard]] BoundaryHour at(double seconds) {
    const int interval = static_cast<int>(seconds / interval_s_);
    if (interval != interval_) {
      begin_ = interval == interval_ + 1 ? std::move(end_) : instant(interval);
      end_ = instant(interval + 1);
      interval_ = interval;
    }
    return between(begin_, end_, (seconds - interval * interval_s_) / interval_s_);
  }

 private:
  [[nodiscard]] BoundaryHour instant(int interval) {
    return boundary_.at(hour_.plus_seconds(std::int64_t{interval} * interval_s_), hour_, weather_, surface_);
  }
  BoundaryAir& boundary_;
  UtcTime hour_;
  const WeatherSnapshot& weather_;
  const Surface& surface_;
  int interval_s_, interval_ = -1;  // the interval that begin_ and end_ bound; at first only end_ is known
  BoundaryHour begin_, end_;
};

}  // namespace

Model::Model(const Case& configuration, const Communicator& ranks, Inputs& inputs)
    : case_(configuration),
      ranks_(ranks),
      inputs_(inputs),
      decomposition_(ranks.size(), inputs.weather.grid().columns(), inputs.weather.grid().rows(),
                     inputs.weather.layers().count()),
      halo_(ranks, decomposition_),
      state_{.tile = decomposition_.tile(ranks.rank()),
             .species = inputs.species,
             .mixing_ratio_ppb = {},
             .air_mass_kg = {},
             .mixing_tendency_ppb_s = {}},
      mean_(state_.tile, state_.species, chosen_species(configuration.output.fields_3d, state_.species)),
      processes_(std::make_unique<Processes>(
          make_gas_chemistry(configuration.chemistry, state_.species, inputs.weather.grid(), ranks), halo_,
          configuration)),
      audit_(ranks_, configuration.transport, state_.species) {
  const Tile& tile = state_.tile;
  inputs.boundary.restrict_to(tile);
  state_.mixing_ratio_ppb = FieldSet<double>(tile, state_.species.count(), tile.layers);
  state_.mixing_tendency_ppb_s = FieldSet<double>::bands(tile, state_.species.count(), tile.layers,
                                                         processes_->split_step.tendency_rows(tile));
  state_.air_mass_kg = Field<double>(tile, tile.layers);
  if (case_.boundary.memory_s > 0.0)
    edge_memory_.emplace(tile, state_.species.count(), case_.boundary.memory_s);
  hour_ = case_.run.start.plus_seconds(-std::llround(case_.run.spin_up_h * 3600.0));
}

Model::~Model() = default;

void Model::start_state(const WeatherHour& weather) {
  const Tile& tile = state_.tile;
  for (int k = 0; k < tile.layers; ++k)
    for (int j = 0; j < tile.rows; ++j)
      for (int i = 0; i < tile.columns; ++i)
        state_.air_mass_kg(k, j, i) = weather.begin.air_mass_kg(k, tile.first_row + j, tile.first_column + i);
  inputs_.boundary.fill_initial(weather.begin.time, weather.begin, inputs_.weather.surface(), tile,
                                state_.mixing_ratio_ppb);
  for (int s = 0; s < state_.species.count(); ++s)
    for (int k = 0; k < tile.layers; ++k)
      for (int j = 0; j < tile.rows; ++j)
        for (int i = 0; i < tile.columns; ++i)
          state_.mixing_ratio_ppb[s](k, j, i) *= case_.boundary.initial_factor;
}

void Model::stop_if_asked() const {
  if (ranks_.any(stop_request() != StopRequest::none))
    throw Interruption(fmt::format("stopped by a signal at {} of the model's time", to_iso8601(now())));
}

void Model::advance_step(Step step, const Environment& environment) {
  const double half_s = 0.5 * step.length_s;
  const Surface& surface = inputs_.weather.surface();
  const std::vector<StepPart>& parts = processes_->split_step.parts();
  const Watch watch{.audit = audit_, .clock = clock_};
  const auto report_if = [&](bool is_reported) {
    if (!is_reported) return;
    mean_.add(state_, surface, half_s);
    clock_.lap("hourly means");
  };
  for (auto part = parts.begin(); part != parts.end(); ++part) {
    report_if(part->is_reported_before);
    if (part->goes_by_bands) {
      const StepPart& first = *part++;
      advance_bands_audited(first, *part, state_, environment, step, ledger_, watch);
    } else {
      advance_audited(*part, state_, environment, step, ledger_, watch);
    }
    report_if(part->is_reported_after);
  }
}

void Model::advance_hour(const WeatherHour& weather, const std::function<void()>& after_step) {
  const Surface& surface = inputs_.weather.surface();
  const std::vector<Array3<double>> emission_mol_s =
      inputs_.emissions.rates_mol_s(hour_, weather.middle, surface);
  clock_.lap("emissions");
  if (case_.deposition.dry) {
    deposition_velocity_m_s_ = processes_->dry_deposition.velocities_m_s(state_, weather.middle, surface);
    ground_release_ppb_m_s_ = processes_->dry_deposition.releases_ppb_m_s(state_, weather.middle, surface);
    settling_velocity_m_s_ = processes_->dry_deposition.settling_m_s(state_, weather.middle);
    clock_.lap("deposition velocities");
  }
  OutsideAir outside(inputs_.boundary, hour_, weather, surface);
  BoundaryHour boundary = outside.constant();
  const Environment environment{.weather = &weather,
                                .surface = &surface,
                                .boundary = &boundary,
                                .emission_mol_s = &emission_mol_s,
                                .deposition_velocity_m_s = &deposition_velocity_m_s_,
                                .ground_release_ppb_m_s = &ground_release_ppb_m_s_,
                                .settling_velocity_m_s = &settling_velocity_m_s_};
  const int steps = static_cast<int>(std::lround(3600.0 / case_.run.time_step_s));
  while (steps_of_hour_ < steps) {
    const double seconds = steps_of_hour_ * case_.run.time_step_s;
    if (outside.varies()) boundary = outside.at(seconds + 0.5 * case_.run.time_step_s);
    if (edge_memory_)
      boundary = edge_memory_->take_step(
          state_, weather.fluxes, outside.varies() ? boundary : outside.constant(), case_.run.time_step_s);
    clock_.lap("boundary air");
    advance_step({.start = hour_.plus_seconds(std::llround(seconds)),
                  .length_s = case_.run.time_step_s,
                  .seconds_into_hour = seconds,
                  .index = steps_done_++},
                 environment);
    if (++steps_of_hour_ < steps) after_step();
    clock_.lap("restart sets");
  }
}

UtcTime Model::now() const {
  return hour_.plus_seconds(std::llround(steps_of_hour_ * case_.run.time_step_s));
}

void Model::begin_hour() {
  ledger_ = Ledger(state_.tile, state_.species.count());
  mean_.clear();
  mass_before_hour_ = inputs_.emissions.mass_table();
}

void Model::run(const std::function<void(const HourReport&)>& report,
                const std::function<void()>& after_step) {
  clock_ = StageClock();
  const auto stop_or_save = after_step ? after_step : [this] { stop_if_asked(); };
  std::optional<WeatherHour> weather;
  if (!budget_) {
    weather = inputs_.weather.hour(hour_);
    start_state(*weather);
    budget_.emplace(ranks_, state_);
  }
  while (hour_ < case_.run.end) {
    if (!weather) weather = inputs_.weather.hour(hour_);
    clock_.lap("weather");
    if (steps_of_hour_ == 0) begin_hour();
    advance_hour(*weather, stop_or_save);
    budget_->close_hour(state_, ledger_);
    const UtcTime end = hour_.plus_seconds(3600);
    report({.begin = hour_,
            .end = end,
            .is_spin_up = hour_ < case_.run.start,
            .mean = mean_,
            .budget = *budget_,
            .state = state_,
            .weather = *weather,
            .state_hash = state_hash(ranks_, state_.tile, state_.mixing_ratio_ppb)});
    clock_.lap("output");
    weather.reset();
    hour_ = end;
    steps_of_hour_ = 0;
    if (hour_ < case_.run.end) stop_or_save();
    clock_.lap("restart sets");
  }
}

void Model::save_counts(RestartWriter& set) const {
  const auto [cells, attempts, clipped_mol, shifted_mol] = processes_->chemistry->counts();
  set.numbers("model.chemistry_counts",
              {static_cast<double>(ranks_.sum_of(static_cast<std::uint64_t>(cells))),
               static_cast<double>(ranks_.sum_of(static_cast<std::uint64_t>(attempts))),
               reproducible_sum(ranks_, {&clipped_mol, 1}), reproducible_sum(ranks_, {&shifted_mol, 1})});
}

void Model::load_counts(const RestartReader& set) {
  const std::vector<double> counts = set.numbers("model.chemistry_counts");
  // Sums over ranks: from now on rank 0 holds what all had counted.
  if (ranks_.rank() == 0)
    processes_->chemistry->restore_counts({.cells = std::llround(counts.at(0)),
                                           .attempts = std::llround(counts.at(1)),
                                           .clipped_mol = counts.at(2),
                                           .shifted_mol = counts.at(3)});
}

}  // namespace lantian
