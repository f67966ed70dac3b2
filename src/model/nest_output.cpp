// nest.nc: the air at even instants of the reported hours, the boundary of a finer run.
#include "lantian/io/history_writer.hpp"
#include "lantian/model/run_output.hpp"

#include <algorithm>
#include <functional>

namespace lantian {

std::string RunOutput::nest_store_path() const {
  return case_.restart_directory() + "/nest.bin";
}

/// Two for each layer of a species: the store's numbers have 32 bits, a nest's 64.
std::size_t RunOutput::nest_planes() const {
  return 2 * static_cast<std::size_t>(inputs_.species.count()) * static_cast<std::size_t>(tile_.layers);
}

/// A number as the nearest of 32 bits and what that lacks, exact to 2^-48 of it.
void RunOutput::store_nest(UtcTime instant) {
  const int interval_s = 60 * case_.output.nest_interval_min;
  if (!case_.output.nest || instant <= case_.run.start || instant.unix_seconds() % interval_s != 0) return;
  const State& state = model_.state();
  if (!nest_store_) nest_store_.emplace(nest_store_path(), ranks_, tile_, nest_planes());
  nest_store_->begin_hour(instant.plus_seconds(-interval_s), instant);
  Array2<double> coarse(tile_.rows, tile_.columns), rest(tile_.rows, tile_.columns);
  for (int s = 0; s < state.species.count(); ++s) {
    for (int k = 0; k < tile_.layers; ++k) {
      for (int j = 0; j < tile_.rows; ++j) {
        for (int i = 0; i < tile_.columns; ++i) {
          const double q_ppb = state.mixing_ratio_ppb[s](k, j, i);
          coarse(j, i) = static_cast<double>(static_cast<float>(q_ppb));
          rest(j, i) = q_ppb - coarse(j, i);
        }
      }
      nest_store_->append(coarse);
      nest_store_->append(rest);
    }
  }
  nest_store_->end_hour();
}

void RunOutput::save_nest(RestartWriter& set) const {
  if (!case_.output.nest) return;
  if (nest_store_) nest_store_->sync();
  set.numbers("output.nest_instants", {nest_store_ ? static_cast<double>(nest_store_->hours()) : 0.0});
}

void RunOutput::load_nest(const RestartReader& set) {
  nest_store_.reset();
  if (!case_.output.nest) return;
  const auto instants = static_cast<std::size_t>(set.numbers("output.nest_instants").at(0));
  if (instants > 0)
    nest_store_ = HourStore::resume(nest_store_path(), ranks_, tile_, nest_planes(), instants);
}

void RunOutput::write_nest() const {
  if (!case_.output.nest) return;
  std::vector<OutputVariable> variables;
  for (const Species& one : inputs_.species)
    variables.push_back({.name = one.name,
                         .long_name = one.name + ", mole fraction in dry air at the end of the interval",
                         .units = "1e-9",
                         .cell_methods = "time: point",
                         .extent = OutputVariable::Extent::layers,
                         .is_double = true});
  const HistoryLayout layout{.grid = inputs_.weather.grid(),
                             .layers = inputs_.weather.layers(),
                             .tile = tile_,
                             .terrain_m = inputs_.weather.surface().terrain_m,
                             .variables = variables,
                             .attributes = provenance_};
  HistoryWriter nest(case_.output.directory + "/nest.nc", ranks_, layout);
  for (std::size_t instant = 0; instant < nest_store_->hours(); ++instant) {
    const auto [begin, end] = nest_store_->times(instant);
    nest.append_hour(begin, end);
    std::size_t plane = 0;
    for (const OutputVariable& one : variables) {
      Array3<double> layers(tile_.layers, tile_.rows, tile_.columns);
      double* to = layers.values().data();
      for (int k = 0; k < tile_.layers; ++k) {
        const Array2<double> coarse = nest_store_->read(instant, plane++),
                             rest = nest_store_->read(instant, plane++);
        to = std::ranges::transform(coarse.values(), rest.values(), to, std::plus<>()).out;
      }
      nest.write_3d(one.name, layers);
    }
  }
  nest.finish(residuals());
}

}  // namespace lantian
