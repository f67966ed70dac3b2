#include "lantian/processes/vertical_mixing.hpp"

#include "column_matrix.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lantian {

namespace {

constexpr double ppb_kg_per_mol = 1.0e9 / mol_air_per_kg;  // what a mole adds to mixing ratio times air mass

/// Scratch of one thread: a row of columns, [layer][column].
struct Rows {
  Rows(int layers, int columns)
      : turbulent(layers, columns), settling(layers, columns), mixed(layers, columns) {
    for (auto* row : {&uptake, &emitted, &other}) row->assign(static_cast<std::size_t>(columns), 0.0);
  }
  ColumnMatrix turbulent, settling;
  const ColumnMatrix* matrix = nullptr;  // that of the species at hand
  Plane mixed;  // what the columns hold after the step; until substitution the right-hand sides
  std::vector<double> uptake, emitted;
  std::vector<double> other;  // what a caller keeps from one solve to the next
};

/// A species' array of a list that may be missing or hold none for it.
template <class Array>
const Array* of_species(const std::vector<Array>* all, int s) {
  if (all == nullptr || all->empty() || (*all)[static_cast<std::size_t>(s)].empty()) return nullptr;
  return &(*all)[static_cast<std::size_t>(s)];
}

/// Chooses the matrix of species s: particles that settle have one of their own.
void choose_matrix(const RowTask& task, int s, Rows& rows) {
  const Array3<double>* settling_m_s = of_species(task.environment.settling_velocity_m_s, s);
  rows.matrix = &rows.turbulent;
  if (settling_m_s == nullptr) return;
  rows.settling.factor(task, rows.turbulent, *settling_m_s);
  rows.matrix = &rows.settling;
}

/// Thickness of the lowest layer of the row's columns.
const double* lowest_depth_m(const RowTask& task) {
  return &task.environment.surface->interface_above_ground_m(1, task.tile.first_row + task.row,
                                                             task.tile.first_column);
}

/// Air that deposition cleans in the step [kg].
void uptake_of_row(const RowTask& task, int s, Rows& rows) {
  const int columns = task.tile.columns;
  std::ranges::fill(rows.uptake, 0.0);
  const Array2<double>* velocities_m_s = of_species(task.environment.deposition_velocity_m_s, s);
  if (velocities_m_s == nullptr) return;
  const double *velocity_m_s = &(*velocities_m_s)(task.row, 0), *air = task.air_mass_kg.row(0, task.row),
               *depth_m = lowest_depth_m(task);
  const double dt_s = task.dt_s;
  double* uptake = rows.uptake.data();
#pragma omp simd
  for (int i = 0; i < columns; ++i) uptake[i] = dt_s * velocity_m_s[i] * air[i] / depth_m[i];
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

/// Right-hand sides of species s after elimination, for columns that hold q and emit at the rates of
/// `emission`.
void eliminate_row(const RowTask& task, int s, const Field<double>& q,
                   const std::vector<Array3<double>>* emission_mol_s, Rows& rows) {
  const Tile& tile = task.tile;
  const int j = task.row, columns = tile.columns;
  const Array3<double>* emission = of_species(emission_mol_s, s);
  std::ranges::fill(rows.emitted, 0.0);
  for (int k = tile.layers - 1; k >= 0; --k) {
    rows.matrix->eliminate(task, k, q.row(k, j), Direction::forwards, rows.mixed);
    if (emission != nullptr)
      add_emission(&(*emission)(k, tile.first_row + j, tile.first_column), task.dt_s, rows.mixed[k],
                   rows.emitted.data(), columns);
  }
}

/// Adds what the ground gives back in the step to the lowest layer, after elimination, and books it as the
/// other half of dry deposition.
void add_release(const RowTask& task, int s, const Environment& given, Ledger* ledger, Rows& rows) {
  const Array2<double>* releases_ppb_m_s = of_species(given.ground_release_ppb_m_s, s);
  if (releases_ppb_m_s == nullptr) return;
  const double *air = task.air_mass_kg.row(0, task.row), *depth_m = lowest_depth_m(task);
  for (int i = 0; i < task.tile.columns; ++i) {
    const double released = task.dt_s * (*releases_ppb_m_s)(task.row, i) * air[i] / depth_m[i];
    rows.mixed[0][i] += released;
    if (ledger != nullptr) ledger->add(MassTerm::dry_deposition, s, task.row, i, released / ppb_kg_per_mol);
  }
}

/// What the columns hold after the step, in rows.mixed.
void substitute_row(const RowTask& task, int s, Rows& rows) {
  uptake_of_row(task, s, rows);
  rows.matrix->substitute(task, rows.uptake.data(), Direction::forwards, rows.mixed);
}

void book_row(const RowTask& task, int s, Ledger& ledger, Rows& rows) {
  for (int i = 0; i < task.tile.columns; ++i) {
    ledger.add(MassTerm::emission, s, task.row, i, rows.emitted[i]);
    ledger.add(MassTerm::dry_deposition, s, task.row, i, -rows.uptake[i] * rows.mixed[0][i] / ppb_kg_per_mol);
  }
}

void write_tendency(State& state, const RowTask& task, int s, const Rows& rows) {
  for (int k = 0; k < state.tile.layers; ++k) {
    double* tendency = state.mixing_tendency_ppb_s[s].row(k, task.row);
    const double *mixed = rows.mixed[k], *before = state.mixing_ratio_ppb[s].row(k, task.row);
#pragma omp simd
    for (int i = 0; i < state.tile.columns; ++i) tendency[i] = (mixed[i] - before[i]) / task.dt_s;
  }
}

/// The mixed columns become the state, and nothing is left for a tendency.
void write_state(State& state, const RowTask& task, int s, const Rows& rows) {
  for (int k = 0; k < state.tile.layers; ++k) {
    std::copy_n(rows.mixed[k], state.tile.columns, state.mixing_ratio_ppb[s].row(k, task.row));
    std::fill_n(state.mixing_tendency_ppb_s[s].row(k, task.row), state.tile.columns, 0.0);
  }
}

void write_result(State& state, const RowTask& task, int s, MixingRole role, const Rows& rows) {
  role.changes_state ? write_state(state, task, s, rows) : write_tendency(state, task, s, rows);
}

/// Calls `run(task, rows)` for each row of a band, with the row's matrix made ready.
template <class Run>
void for_each_row(const Linearisation& at, RowBand band, VerticalScheme scheme, double dt_s, Run&& run) {
  const Tile& tile = at.state.tile;
#pragma omp parallel
  {
    Rows rows(tile.layers, tile.columns);
#pragma omp for schedule(static)
    for (int j = band.first; j < band.first + band.count; ++j) {
      const RowTask task{tile, at.state.air_mass_kg, at.environment, dt_s, j};
      rows.turbulent.factor(task, scheme);
      run(task, rows);
    }
  }
}

RowBand all_rows(const Linearisation& at) {
  return {.first = 0, .count = at.state.tile.rows};
}

/// The lowest layer's mixing ratio after the step of the linearisation, in rows.other [ppb].
void lowest_mixed_row(const Linearisation& at, const std::vector<Array3<double>>* emission_mol_s,
                      const RowTask& task, int s, Rows& rows) {
  eliminate_row(task, s, at.state.mixing_ratio_ppb[s], emission_mol_s, rows);
  add_release(task, s, at.environment, nullptr, rows);
  substitute_row(task, s, rows);
  std::copy_n(rows.mixed[0], task.tile.columns, rows.other.data());
}

/// Takes a row of adjoints back through the transposed solve, into rows.mixed.
void transposed_row(const RowTask& task, int s, const Field<double>& worth, Rows& rows) {
  for (int k = task.tile.layers - 1; k >= 0; --k)
    rows.matrix->eliminate(task, k, worth.row(k, task.row), Direction::transposed, rows.mixed);
  uptake_of_row(task, s, rows);
  rows.matrix->substitute(task, rows.uptake.data(), Direction::transposed, rows.mixed);
}

/// From the adjoint of the tendency to that of the state: a += (z - a_S) / dt.
void tendency_adjoint_row(const RowTask& task, int s, AdjointState& adjoint, Rows& rows) {
  transposed_row(task, s, adjoint.source_s_per_mol[s], rows);
  for (int k = 0; k < task.tile.layers; ++k) {
    double *amount = adjoint.amount_per_mol[s].row(k, task.row),
           *source = adjoint.source_s_per_mol[s].row(k, task.row);
    const double* mixed = rows.mixed[k];
#pragma omp simd
    for (int i = 0; i < task.tile.columns; ++i) {
      amount[i] += (mixed[i] - source[i]) / task.dt_s;
      source[i] = 0.0;
    }
  }
}

/// From the adjoint of the mixed state to that of the state before, a = z; the tendency before is worth
/// nothing. Leaves in rows.mixed what a rate over the step
/// is worth, as `tendency_adjoint_row` does.
void state_adjoint_row(const RowTask& task, int s, AdjointState& adjoint, Rows& rows) {
  transposed_row(task, s, adjoint.amount_per_mol[s], rows);
  for (int k = 0; k < task.tile.layers; ++k) {
    double *amount = adjoint.amount_per_mol[s].row(k, task.row),
           *source = adjoint.source_s_per_mol[s].row(k, task.row), *mixed = rows.mixed[k];
#pragma omp simd
    for (int i = 0; i < task.tile.columns; ++i) {
      amount[i] = mixed[i];
      source[i] = 0.0;
      mixed[i] *= task.dt_s;
    }
  }
}

/// What a rate of emission over the step is worth.
void emission_adjoint_row(const RowTask& task, int s, AdjointState& adjoint, const Rows& rows) {
  for (int k = 0; k < task.tile.layers; ++k) {
    double* emission = &adjoint.emission_s_per_mol[static_cast<std::size_t>(s)](k, task.row, 0);
    for (int i = 0; i < task.tile.columns; ++i) emission[i] += rows.mixed[k][i];
  }
}

/// Air that a deposition velocity of 1 m/s cleans in the step [kg s/m].
double cleaned_kg_s_m(const RowTask& task, int i) {
  return task.dt_s * task.air_mass_kg(0, task.row, i) / lowest_depth_m(task)[i];
}

/// A faster uptake takes from the lowest layer what it holds after the step: dJ = -mixed w dU.
void deposition_adjoint_row(const RowTask& task, int s, AdjointState& adjoint, Rows& rows) {
  Array2<double>& deposition = adjoint.deposition_s_per_m[static_cast<std::size_t>(s)];
  for (int i = 0; i < task.tile.columns; ++i)
    deposition(task.row, i) -=
        rows.mixed[0][i] * rows.other[i] / ppb_kg_per_mol * cleaned_kg_s_m(task, i) / task.dt_s;
}

/// A release enters the lowest layer as an emission of release times air over its depth does.
void release_adjoint_row(const RowTask& task, int s, AdjointState& adjoint, const Rows& rows) {
  Array2<double>& release = adjoint.release_s_per_ppb_m[static_cast<std::size_t>(s)];
  for (int i = 0; i < task.tile.columns; ++i)
    release(task.row, i) += rows.mixed[0][i] * cleaned_kg_s_m(task, i) / task.dt_s / ppb_kg_per_mol;
}

}  // namespace

void VerticalMixing::advance_rows(State& state, const Environment& environment, Step step, Ledger& ledger,
                                  RowBand band) {
  for_each_row({state, environment}, band, role_.scheme, step.length_s, [&](const RowTask& task, Rows& rows) {
    for (int s = 0; s < state.species.count(); ++s) {
      choose_matrix(task, s, rows);
      eliminate_row(task, s, state.mixing_ratio_ppb[s], emission(environment), rows);
      add_release(task, s, environment, &ledger, rows);
      substitute_row(task, s, rows);
      book_row(task, s, ledger, rows);
      write_result(state, task, s, role_, rows);
    }
  });
}

void VerticalMixing::advance_tangent(const Linearisation& at, State& tangent, const Variation& direction,
                                     Step step) {
  tangent.air_mass_kg = at.state.air_mass_kg;
  for_each_row(at, all_rows(at), role_.scheme, step.length_s, [&](const RowTask& task, Rows& rows) {
    for (int s = 0; s < tangent.species.count(); ++s) {
      choose_matrix(task, s, rows);
      const Array2<double>* faster_m_s = of_species(direction.deposition_velocity_m_s, s);
      if (faster_m_s != nullptr) lowest_mixed_row(at, emission(at.environment), task, s, rows);
      eliminate_row(task, s, tangent.mixing_ratio_ppb[s], emission(direction), rows);
      if (faster_m_s != nullptr)
        for (int i = 0; i < tangent.tile.columns; ++i)
          rows.mixed[0][i] -= cleaned_kg_s_m(task, i) * (*faster_m_s)(task.row, i) * rows.other[i];
      add_release(task, s, direction, nullptr, rows);
      substitute_row(task, s, rows);
      write_result(tangent, task, s, role_, rows);
    }
  });
}

void VerticalMixing::advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) {
  for_each_row(at, all_rows(at), role_.scheme, step.length_s, [&](const RowTask& task, Rows& rows) {
    for (int s = 0; s < adjoint.species.count(); ++s) {
      choose_matrix(task, s, rows);
      const bool asks_for_deposition = !adjoint.deposition_s_per_m.empty();
      if (asks_for_deposition) lowest_mixed_row(at, emission(at.environment), task, s, rows);
      role_.changes_state ? state_adjoint_row(task, s, adjoint, rows)
                          : tendency_adjoint_row(task, s, adjoint, rows);
      if (role_.emits) emission_adjoint_row(task, s, adjoint, rows);
      release_adjoint_row(task, s, adjoint, rows);
      if (asks_for_deposition) deposition_adjoint_row(task, s, adjoint, rows);
    }
  });
}

}  // namespace lantian
