#include "lantian/processes/vertical_mixing.hpp"

#include "diffusion/implicit_column.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lantian {

namespace {

constexpr double ppb_kg_per_mol = 1.0e9 / mol_air_per_kg;  // what a mole adds to mixing ratio times air mass

/// Scratch of one thread: a row of columns, [layer][column].
class Rows {
 public:
  Rows(int layers, int columns) : columns_(columns) {
    for (auto* plane : {&exchange_, &excess_, &inverse_, &ratio_, &rhs_, &mixed_})
      plane->assign(static_cast<std::size_t>(layers + 1) * static_cast<std::size_t>(columns), 0.0);
    for (auto* row : {&uptake_, &emitted_}) row->assign(static_cast<std::size_t>(columns), 0.0);
  }
  double* exchange(int k) { return at(exchange_, k); }
  double* ratio(int k) { return at(ratio_, k); }
  double* excess(int k) { return at(excess_, k); }
  double* inverse(int k) { return at(inverse_, k); }
  LayerFactor<double> factor(int k) { return {excess(k), inverse(k), ratio(k)}; }
  double* rhs(int k) { return at(rhs_, k); }
  double* mixed(int k) { return at(mixed_, k); }
  double* uptake() { return uptake_.data(); }
  double* emitted() { return emitted_.data(); }

 private:
  [[nodiscard]] double* at(std::vector<double>& plane, int k) const {
    return plane.data() + static_cast<std::ptrdiff_t>(k) * columns_;
  }
  int columns_;
  std::vector<double> exchange_, excess_, inverse_, ratio_, rhs_, mixed_, uptake_, emitted_;
};

/// Air mass exchanged through each face in the step [kg]: dt K rho A / dz, rho interpolated to the face.
void exchange_of_row(const State& state, const Environment& e, double dt_s, int j, Rows& rows) {
  const Tile& tile = state.tile;
  const Array3<double>& z = e.surface->interface_above_ground_m;
  const int row = tile.first_row + j;
  for (int k = 1; k < tile.layers; ++k) {
    for (int i = 0; i < tile.columns; ++i) {
      const int column = tile.first_column + i;
      const double below_m = z(k, row, column) - z(k - 1, row, column),
                   above_m = z(k + 1, row, column) - z(k, row, column);
      const double kg_per_m_below = state.air_mass_kg(k - 1, j, i) / below_m,
                   kg_per_m_above = state.air_mass_kg(k, j, i) / above_m;
      const double kg_per_m = (kg_per_m_below * above_m + kg_per_m_above * below_m) / (below_m + above_m);
      const double diffusivity = e.weather->middle.eddy_diffusivity_m2_s(k, row, column);
      rows.exchange(k)[i] = dt_s * diffusivity * kg_per_m / (0.5 * (below_m + above_m));
    }
  }
}

void factor_row(const State& state, int j, Rows& rows) {
  for (int k = state.tile.layers - 1; k >= 0; --k)  // what stands above the top layer stays zero
    factor_layer_row(state.air_mass_kg.row(k, j), rows.exchange(k), rows.factor(k + 1), rows.factor(k),
                     state.tile.columns);
}

/// Air that deposition cleans in the step [kg].
void uptake_of_row(const State& state, const Environment& e, double dt_s, int s, int j, Rows& rows) {
  const Tile& tile = state.tile;
  std::fill_n(rows.uptake(), tile.columns, 0.0);
  if (e.deposition_velocity_m_s == nullptr || e.deposition_velocity_m_s->empty()) return;
  const Array2<double>& velocity_m_s = (*e.deposition_velocity_m_s)[static_cast<std::size_t>(s)];
  if (velocity_m_s.empty()) return;
  for (int i = 0; i < tile.columns; ++i) {
    const double depth_m = e.surface->interface_above_ground_m(1, tile.first_row + j, tile.first_column + i);
    rows.uptake()[i] = dt_s * velocity_m_s(j, i) * state.air_mass_kg(0, j, i) / depth_m;
  }
}

/// Adds the emission of a row of layers [kg ppb] to the right-hand side and to what the columns emit [mol].
void add_emission(const double* rate_mol_s, double dt_s, double* rhs, double* emitted_mol, int columns) {
#pragma omp simd
  for (int i = 0; i < columns; ++i) {
    const double mol = dt_s * rate_mol_s[i];
    rhs[i] += mol * ppb_kg_per_mol;
    emitted_mol[i] += mol;
  }
}

struct RowTask {
  const Environment& environment;
  double dt_s;
  int species, row;
};

/// The columns' mixing ratios after the step, in rows.mixed; books what was emitted and deposited.
void mix_row(const State& state, const RowTask& task, Ledger& ledger, Rows& rows) {
  const Tile& tile = state.tile;
  const int s = task.species, j = task.row, columns = tile.columns;
  const auto* all = task.environment.emission_mol_s;
  const auto* emission = all == nullptr || all->empty() || (*all)[static_cast<std::size_t>(s)].empty()
                             ? nullptr
                             : &(*all)[static_cast<std::size_t>(s)];
  std::fill_n(rows.emitted(), columns, 0.0);
  for (int k = tile.layers - 1; k >= 0; --k) {
    eliminate_layer_row(state.air_mass_kg.row(k, j), state.mixing_ratio_ppb[s].row(k, j), rows.ratio(k + 1),
                        rows.rhs(k + 1), rows.rhs(k), columns);
    if (emission != nullptr)
      add_emission(&(*emission)(k, tile.first_row + j, tile.first_column), task.dt_s, rows.rhs(k),
                   rows.emitted(), columns);
  }
  uptake_of_row(state, task.environment, task.dt_s, s, j, rows);
  solve_lowest_row(rows.rhs(0), rows.excess(0), rows.uptake(), rows.mixed(0), columns);
  for (int k = 1; k < tile.layers; ++k)
    substitute_layer_row(rows.rhs(k), rows.exchange(k), rows.inverse(k), rows.mixed(k - 1), rows.mixed(k),
                         columns);
  for (int i = 0; i < columns; ++i) {
    ledger.add(MassTerm::emission, s, j, i, rows.emitted()[i]);
    ledger.add(MassTerm::dry_deposition, s, j, i, -rows.uptake()[i] * rows.mixed(0)[i] / ppb_kg_per_mol);
  }
}

void write_tendency(State& state, const RowTask& task, Rows& rows) {
  for (int k = 0; k < state.tile.layers; ++k) {
    double* tendency = state.mixing_tendency_ppb_s[task.species].row(k, task.row);
    const double *mixed = rows.mixed(k), *before = state.mixing_ratio_ppb[task.species].row(k, task.row);
#pragma omp simd
    for (int i = 0; i < state.tile.columns; ++i) tendency[i] = (mixed[i] - before[i]) / task.dt_s;
  }
}

}  // namespace

void VerticalMixing::advance(State& state, const Environment& environment, Step step, Ledger& ledger) {
  const Tile& tile = state.tile;
#pragma omp parallel
  {
    Rows rows(tile.layers, tile.columns);
#pragma omp for schedule(static)
    for (int j = 0; j < tile.rows; ++j) {
      exchange_of_row(state, environment, step.length_s, j, rows);
      factor_row(state, j, rows);
      for (int s = 0; s < state.species.count(); ++s) {
        const RowTask task{environment, step.length_s, s, j};
        mix_row(state, task, ledger, rows);
        write_tendency(state, task, rows);
      }
    }
  }
}

}  // namespace lantian
