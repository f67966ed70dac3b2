// nest.nc: the air at the end of each reported hour, the boundary of a finer run.
#include "lantian/io/history_writer.hpp"
#include "lantian/model/run_output.hpp"

#include <algorithm>
#include <functional>

namespace lantian {

/// Two for each layer of a species: the store's numbers have 32 bits, a nest's 64.
std::size_t RunOutput::nest_planes() const {
  const auto species = static_cast<std::size_t>(inputs_.species.count());
  return case_.output.nest ? 2 * species * static_cast<std::size_t>(tile_.layers) : 0;
}

/// A number as the nearest of 32 bits and what that lacks, exact to 2^-48 of it.
void RunOutput::store_nest(const State& state) {
  if (!case_.output.nest) return;
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
      store_->append(coarse);
      store_->append(rest);
    }
  }
}

void RunOutput::write_nest() const {
  if (!case_.output.nest) return;
  std::vector<OutputVariable> variables;
  for (const Species& one : inputs_.species)
    variables.push_back({.name = one.name,
                         .long_name = one.name + ", mole fraction in dry air at the end of the hour",
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
  for (std::size_t hour = 0; hour < store_->hours(); ++hour) {
    const auto [begin, end] = store_->times(hour);
    nest.append_hour(begin, end);
    std::size_t plane = planes_per_hour() - nest_planes();
    for (const OutputVariable& one : variables) {
      Array3<double> layers(tile_.layers, tile_.rows, tile_.columns);
      double* to = layers.values().data();
      for (int k = 0; k < tile_.layers; ++k) {
        const Array2<double> coarse = store_->read(hour, plane++), rest = store_->read(hour, plane++);
        to = std::ranges::transform(coarse.values(), rest.values(), to, std::plus<>()).out;
      }
      nest.write_3d(one.name, layers);
    }
  }
  nest.finish(residuals());
}

}  // namespace lantian
