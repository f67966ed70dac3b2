#include "lantian/processes/advection.hpp"

#include "limiter_choice.hpp"
#include "sweep.hpp"
#include "sweep_adjoint.hpp"

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
  std::vector<FacePlane> faces;           // of the sweep along y
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

void Advection::prepare(const Tile& tile, const Surface& surface) {
  if (!work_->layers.empty()) return;
  work_->new_air = Field<double>(tile, tile.layers);
  std::vector<double> thickness_m;
  thickness_m.reserve(static_cast<std::size_t>(tile.layers));
  const auto& interface_m = surface.interface_above_ground_m;
  for (int k = 0; k < tile.layers; ++k)
    thickness_m.push_back(interface_m(k + 1, 0, 0) - interface_m(k, 0, 0));
  work_->layers.emplace_back(thickness_m);
}

std::array<Advection::Axis, 3> Advection::axes(Step step) const {
  using enum Axis;
  const bool x_first = (step.index % 2 == 0) == (order_ == SweepOrder::horizontal_first);
  const Axis first = x_first ? x : y, second = x_first ? y : x;
  if (order_ == SweepOrder::vertical_first) return {z, first, second};
  return {first, second, z};
}

void Advection::exchange_halos(Axis axis, const std::vector<Field<double>*>& fields) const {
  if (axis == Axis::x) halo_.exchange_west_east(fields);
  if (axis == Axis::y) halo_.exchange_south_north(fields);
}

void Advection::sweep(Axis axis, const SweepContext& context) {
  if (axis == Axis::x) sweep_x(context, work_->new_air);
  if (axis == Axis::y) sweep_y(context, work_->new_air, work_->faces);
  if (axis == Axis::z) sweep_z(context, work_->layers.front(), work_->new_air);
}

void Advection::advance(State& state, const Environment& environment, Step step, Ledger& ledger) {
  prepare(state.tile, *environment.surface);
  std::vector<Limiter> limiters;
  limiters.reserve(static_cast<std::size_t>(state.species.count()));
  for (const Species& one : state.species) limiters.push_back(limiter_of(transport_, one));
  std::vector<Field<double>*> moved = {&state.air_mass_kg};
  for (int s = 0; s < state.species.count(); ++s) moved.push_back(&state.mixing_ratio_ppb[s]);

  const int count = sub_steps(state, environment.weather->fluxes, step);
  const SweepContext context{state, environment, ledger, step.length_s / count, limiters};
  for (int n = 0; n < count; ++n) {
    for (const Axis axis : axes(step)) {
      exchange_halos(axis, moved);
      sweep(axis, context);
    }
  }
}

void Advection::advance_tangent(const Linearisation& at, State& tangent, const Variation& direction,
                                Step step) {
  require_unlimited(transport_, tangent.species);
  tangent.air_mass_kg = at.state.air_mass_kg;
  Variation along = direction;  // the scheme is linear: changes move as mixing ratios do
  along.weather = at.environment.weather;
  along.surface = at.environment.surface;
  Ledger changes(tangent.tile, tangent.species.count());
  advance(tangent, along, step, changes);
}

/// A state without species moves its air alone, by the same code and with the same bits.
std::vector<Field<double>> Advection::air_before_sweeps(const Linearisation& at, Step step, int count) {
  State air{.tile = at.state.tile,
            .species = {},
            .mixing_ratio_ppb = {},
            .air_mass_kg = at.state.air_mass_kg,
            .mixing_tendency_ppb_s = {}};
  Ledger nothing;
  const std::vector<Limiter> none;
  const SweepContext context{air, at.environment, nothing, step.length_s / count, none};
  std::vector<Field<double>> kept;
  for (int n = 0; n < count; ++n) {
    for (const Axis axis : axes(step)) {
      exchange_halos(axis, {&air.air_mass_kg});
      kept.push_back(air.air_mass_kg);
      sweep(axis, context);
    }
  }
  return kept;
}

void Advection::advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) {
  require_unlimited(transport_, adjoint.species);
  prepare(adjoint.tile, *at.environment.surface);
  const AirFluxes& fluxes = at.environment.weather->fluxes;
  const int count = sub_steps(at.state, fluxes, step);
  const std::vector<Field<double>> air = air_before_sweeps(at, step, count);
  std::vector<Field<double>*> moved;
  moved.reserve(static_cast<std::size_t>(adjoint.species.count()));
  for (int s = 0; s < adjoint.species.count(); ++s) moved.push_back(&adjoint.amount_per_mol[s]);
  const std::array<Axis, 3> order = axes(step);
  for (std::size_t n = air.size(); n-- > 0;) {
    const Axis axis = order.at(n % order.size());
    exchange_halos(axis, moved);
    const AdjointSweep back{adjoint, fluxes, air[n], step.length_s / count};
    if (axis == Axis::x) sweep_x_adjoint(back);
    if (axis == Axis::y) sweep_y_adjoint(back);
    if (axis == Axis::z) sweep_z_adjoint(back, work_->layers.front());
  }
}

}  // namespace lantian
