#include "lantian/model/model.hpp"

#include "lantian/base/interrupt.hpp"
#include "lantian/model/audits.hpp"
#include "lantian/model/split_step.hpp"
#include "lantian/parallel/state_hash.hpp"
#include "lantian/processes/dry_deposition.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <fmt/format.h>

#include <cmath>

namespace lantian {

struct Model::Processes {
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
      processes_(new Processes{
          .split_step = SplitStep(
              halo_, configuration.transport, configuration.deposition,
              make_gas_chemistry(configuration.chemistry, state_.species, inputs.weather.grid(), ranks)),
          .dry_deposition = DryDeposition(configuration.deposition)}) {
  const Tile& tile = state_.tile;
  state_.mixing_ratio_ppb = FieldSet<double>(tile, state_.species.count(), tile.layers);
  state_.mixing_tendency_ppb_s = FieldSet<double>(tile, state_.species.count(), tile.layers);
  state_.air_mass_kg = Field<double>(tile, tile.layers);
}

Model::~Model() = default;

void Model::start_state(const WeatherHour& weather) {
  const Tile& tile = state_.tile;
  const std::vector<Array3<double>> initial_ppb =
      inputs_.boundary.initial_ppb(weather.begin.time, weather.begin, inputs_.weather.surface());
  for (int k = 0; k < tile.layers; ++k) {
    for (int j = 0; j < tile.rows; ++j) {
      for (int i = 0; i < tile.columns; ++i) {
        const int row = tile.first_row + j, column = tile.first_column + i;
        state_.air_mass_kg(k, j, i) = weather.begin.air_mass_kg(k, row, column);
        for (int s = 0; s < state_.species.count(); ++s)
          state_.mixing_ratio_ppb[s](k, j, i) =
              case_.boundary.initial_factor * initial_ppb[static_cast<std::size_t>(s)](k, row, column);
      }
    }
  }
}

/// Asked before each operator, not each step alone: a launcher kills its ranks soon after it has passed on a
/// signal.
void Model::stop_if_asked(Step step) const {
  if (!ranks_.any(is_interrupted())) return;
  throw Interruption(
      fmt::format("stopped by a signal in the step that began at {}; what the run had written is removed",
                  to_iso8601(step.start)));
}

void Model::apply(Process& process, Step step, const Environment& environment) {
  stop_if_asked(step);
  process.advance(state_, environment, step, ledger_);
  audit_state(ranks_, state_, process.name(), step);
}

void Model::advance_step(Step step, const Environment& environment) {
  for (const StepPart& part : processes_->split_step.parts()) {
    const double half_s = 0.5 * step.length_s;
    if (part.is_reported_before) mean_.add(state_, inputs_.weather.surface(), half_s);
    apply(*part.process, part.within(step), environment);
    if (part.is_reported_after) mean_.add(state_, inputs_.weather.surface(), half_s);
  }
}

void Model::advance_hour(UtcTime begin, const WeatherHour& weather) {
  const Surface& surface = inputs_.weather.surface();
  const std::vector<Array3<double>> emission_mol_s =
      inputs_.emissions.rates_mol_s(begin, weather.middle, surface);
  if (case_.deposition.dry) {
    deposition_velocity_m_s_ = processes_->dry_deposition.velocities_m_s(state_, weather.middle, surface);
    settling_velocity_m_s_ = processes_->dry_deposition.settling_m_s(state_, weather.middle);
  }
  const BoundaryHour boundary = inputs_.boundary.hour(begin, weather.middle, surface);
  const Environment environment{.weather = &weather,
                                .surface = &surface,
                                .boundary = &boundary,
                                .emission_mol_s = &emission_mol_s,
                                .deposition_velocity_m_s = &deposition_velocity_m_s_,
                                .settling_velocity_m_s = &settling_velocity_m_s_};
  const int steps = static_cast<int>(std::lround(3600.0 / case_.run.time_step_s));
  for (int n = 0; n < steps; ++n) {
    const double seconds = n * case_.run.time_step_s;
    advance_step({.start = begin.plus_seconds(std::llround(seconds)),
                  .length_s = case_.run.time_step_s,
                  .seconds_into_hour = seconds,
                  .index = steps_done_++},
                 environment);
  }
}

void Model::run(const std::function<void(const HourReport&)>& report) {
  const UtcTime first = case_.run.start.plus_seconds(-std::llround(case_.run.spin_up_h * 3600.0));
  WeatherHour weather = inputs_.weather.hour(first);
  start_state(weather);
  Budget budget(ranks_, state_);
  for (UtcTime begin = first; begin < case_.run.end; begin = begin.plus_seconds(3600)) {
    if (begin > first) weather = inputs_.weather.hour(begin);
    ledger_ = Ledger(state_.tile, state_.species.count());
    mean_.clear();
    advance_hour(begin, weather);
    budget.close_hour(state_, ledger_);
    report({.begin = begin,
            .end = begin.plus_seconds(3600),
            .is_spin_up = begin < case_.run.start,
            .mean = mean_,
            .budget = budget,
            .state = state_,
            .weather = weather,
            .state_hash = state_hash(ranks_, state_.tile, state_.mixing_ratio_ppb)});
  }
}

}  // namespace lantian
