#include "lantian/processes/advection.hpp"

#include "sweep.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

namespace lantian {

namespace {

constexpr double most_outflow = 0.5;  // share of a cell's air that may leave in one direction in a sub-step
constexpr int most_sub_steps = 200;

Limiter limiter_named(const std::string& name) {
  if (name == "monotone") return Limiter::monotone;
  if (name == "positive_definite") return Limiter::positive_definite;
  return Limiter::unlimited;
}

/// Greatest share of its air that a cell of the tile would lose in one direction in a second, and where.
struct FastestCell {
  double share_per_s = 0.0;
  int row = 0, column = 0, layer = 0;
};

FastestCell fastest_cell(const State& state, const AirFluxes& fluxes) {
  const Tile& tile = state.tile;
  FastestCell fastest;
  for (int k = 0; k < tile.layers; ++k) {
    for (int j = 0; j < tile.rows; ++j) {
      for (int i = 0; i < tile.columns; ++i) {
        const int row = tile.first_row + j, column = tile.first_column + i;
        const auto leaving = [](double low, double high) {
          return std::max(high, 0.0) + std::max(-low, 0.0);
        };
        const double x = leaving(fluxes.x_kg_s(k, row, column), fluxes.x_kg_s(k, row, column + 1));
        const double y = leaving(fluxes.y_kg_s(k, row, column), fluxes.y_kg_s(k, row + 1, column));
        const double z =
            leaving(fluxes.vertical_kg_s(k, row, column), fluxes.vertical_kg_s(k + 1, row, column));
        const double share = std::max({x, y, z}) / state.air_mass_kg(k, j, i);
        if (share > fastest.share_per_s) fastest = {share, row, column, k};
      }
    }
  }
  return fastest;
}

}  // namespace

struct Advection::Work {
  Field<double> new_air;
  std::vector<Limiter> limiter;
  std::vector<LayerCoefficients> layers;  // one, made at the first step
};

Advection::Advection(const HaloExchange& halo, const TransportConfig& transport, SweepOrder order)
    : halo_(halo), transport_(transport), order_(order), work_(std::make_unique<Work>()) {}

Advection::~Advection() = default;

int Advection::sub_steps(const State& state, const AirFluxes& fluxes, Step step) const {
  const FastestCell fastest = fastest_cell(state, fluxes);
  const double needed = std::ceil(fastest.share_per_s * step.length_s / most_outflow);
  std::string fault;
  if (!(needed <= most_sub_steps))
    fault = fmt::format(
        "advection at {}: the cell in row {}, column {}, layer {} would need {} sub-steps (at most {}); its "
        "air "
        "leaves at {:.3g} per second. Check the winds there, or shorten run.time_step_s.",
        to_iso8601(step.start), fastest.row, fastest.column, fastest.layer + 1, needed, most_sub_steps,
        fastest.share_per_s);
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
