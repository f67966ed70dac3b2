#include "lantian/processes/advection.hpp"

#include "sweep.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

namespace lantian {

namespace {

constexpr double most_outflow = 0.5;  // share of a cell's air that may leave in one direction in a sub-step,
constexpr double most_whole_outflow = 0.9;  // and in all three, so that no sweep meets an emptied cell
constexpr int most_sub_steps = 200;

Limiter limiter_named(const std::string& name) {
  if (name == "monotone") return Limiter::monotone;
  if (name == "positive_definite") return Limiter::positive_definite;
  return Limiter::unlimited;
}

/// The cell of the tile that needs the most sub-steps in a second, and where it lies in the grid.
struct FastestCell {
  double sub_steps_per_s = 0.0;
  int row = 0, column = 0, layer = 0;
};

/// Air that leaves through two opposite faces [kg s-1]; fluxes are positive from low to high.
double leaving(double low, double high) {
  return std::max(high, 0.0) + std::max(-low, 0.0);
}

FastestCell fastest_cell(const State& state, const AirFluxes& f, int k) {
  const Tile& tile = state.tile;
  FastestCell fastest;
  for (int j = 0; j < tile.rows; ++j) {
    for (int i = 0; i < tile.columns; ++i) {
      const int row = tile.first_row + j, column = tile.first_column + i;
      const double x = leaving(f.x_kg_s(k, row, column), f.x_kg_s(k, row, column + 1)),
                   y = leaving(f.y_kg_s(k, row, column), f.y_kg_s(k, row + 1, column)),
                   z = leaving(f.vertical_kg_s(k, row, column), f.vertical_kg_s(k + 1, row, column));
      const double needed = std::max(std::max({x, y, z}) / most_outflow, (x + y + z) / most_whole_outflow) /
                            state.air_mass_kg(k, j, i);
      if (needed > fastest.sub_steps_per_s) fastest = {needed, row, column, k};
    }
  }
  return fastest;
}

FastestCell fastest_cell(const State& state, const AirFluxes& fluxes) {
  std::vector<FastestCell> layers(static_cast<std::size_t>(state.tile.layers));
#pragma omp parallel for schedule(static)
  for (int k = 0; k < state.tile.layers; ++k)
    layers[static_cast<std::size_t>(k)] = fastest_cell(state, fluxes, k);
  return *std::ranges::max_element(layers, {}, &FastestCell::sub_steps_per_s);
}

}  // namespace

struct Advection::Work {
  Field<double> new_air;
  std::vector<Limiter> limiter;
  std::vector<LayerCoefficients> layers;  // one, made at the first step
};

Advection::Advection(const HaloExchange& halo, TransportConfig transport, SweepOrder order)
    : halo_(halo), transport_(std::move(transport)), order_(order), work_(std::make_unique<Work>()) {}

Advection::~Advection() = default;

int Advection::sub_steps(const State& state, const AirFluxes& fluxes, Step step) const {
  const FastestCell fastest = fastest_cell(state, fluxes);
  const double needed = std::ceil(fastest.sub_steps_per_s * step.length_s);
  std::string fault;
  if (!(needed <= most_sub_steps))
    fault = fmt::format(
        "advection at {}: the cell in row {}, column {}, layer {} would need {} sub-steps (at most {}). "
        "Check "
        "the winds there, or shorten run.time_step_s.",
        to_iso8601(step.start), fastest.row, fastest.column, fastest.layer + 1, needed, most_sub_steps);
  halo_.ranks().throw_together(fault, fastest.row * std::int64_t{state.tile.grid_columns} + fastest.column);
  return halo_.ranks().max_of(std::max(1, static_cast<int>(needed)));
}

void Advection::advance(State& state, const Environment& environment, Step step, Ledger& ledger) {
  if (work_->layers.empty()) {
    work_->new_air = Field<double>(state.tile, state.tile.layers);
    for (const Species& one : state.species)
      work_->limiter.push_back(limiter_named(
          one.family == TransportFamily::plume ? transport_.limiter_plume : transport_.limiter_background));
    std::vector<double> thickness_m;
    thickness_m.reserve(static_cast<std::size_t>(state.tile.layers));
    const auto& interface_m = environment.surface->interface_above_ground_m;
    for (int k = 0; k < state.tile.layers; ++k)
      thickness_m.push_back(interface_m(k + 1, 0, 0) - interface_m(k, 0, 0));
    work_->layers.emplace_back(thickness_m);
  }
  std::vector<Field<double>*> moved = {&state.air_mass_kg};
  for (int s = 0; s < state.species.count(); ++s) moved.push_back(&state.mixing_ratio_ppb[s]);

  const int count = sub_steps(state, environment.weather->fluxes, step);
  const SweepContext context{state, environment, ledger, step.length_s / count, work_->limiter};
  const auto x = [&] {
    halo_.exchange_west_east(moved);
    sweep_x(context, work_->new_air);
  };
  const auto y = [&] {
    halo_.exchange_south_north(moved);
    sweep_y(context, work_->new_air);
  };
  const auto z = [&] { sweep_z(context, work_->layers.front(), work_->new_air); };
  const bool x_first = (step.index % 2 == 0) == (order_ == SweepOrder::horizontal_first);
  for (int n = 0; n < count; ++n) {
    if (order_ == SweepOrder::vertical_first) z();
    x_first ? x() : y();
    x_first ? y() : x();
    if (order_ == SweepOrder::horizontal_first) z();
  }
}

}  // namespace lantian
