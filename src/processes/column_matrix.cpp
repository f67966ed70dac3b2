#include "column_matrix.hpp"

#include <algorithm>

namespace lantian {

namespace {

/// Air mass exchanged through each face in the step [kg]: dt K rho A / dz, rho interpolated to the face.
void fill_exchange(const RowTask& task, Plane& exchange) {
  const Tile& tile = task.tile;
  const Array3<double>& z = task.environment.surface->interface_above_ground_m;
  const int j = task.row, row = tile.first_row + j;
  for (int k = 1; k < tile.layers; ++k) {
    for (int i = 0; i < tile.columns; ++i) {
      const int column = tile.first_column + i;
      const double below_m = z(k, row, column) - z(k - 1, row, column),
                   above_m = z(k + 1, row, column) - z(k, row, column);
      const double kg_per_m_below = task.air_mass_kg(k - 1, j, i) / below_m,
                   kg_per_m_above = task.air_mass_kg(k, j, i) / above_m;
      const double kg_per_m = (kg_per_m_below * above_m + kg_per_m_above * below_m) / (below_m + above_m);
      const double diffusivity = task.environment.weather->middle.eddy_diffusivity_m2_s(k, row, column);
      exchange[k][i] = task.dt_s * diffusivity * kg_per_m / (0.5 * (below_m + above_m));
    }
  }
}

/// Adds the air that settling clears of each layer in the step [kg], upwind: dt v_s M / thickness.
void add_settling(const RowTask& task, const Array3<double>& settling_m_s, Plane& falling) {
  const Tile& tile = task.tile;
  const Array3<double>& z = task.environment.surface->interface_above_ground_m;
  const int j = task.row, row = tile.first_row + j;
  for (int k = 1; k < tile.layers; ++k) {
    for (int i = 0; i < tile.columns; ++i) {
      const int column = tile.first_column + i;
      const double depth_m = z(k + 1, row, column) - z(k, row, column);
      falling[k][i] += task.dt_s * settling_m_s(k, j, i) * task.air_mass_kg(k, j, i) / depth_m;
    }
  }
}

}  // namespace

ColumnMatrix::ColumnMatrix(int layers, int columns)
    : exchange_(layers, columns),
      falling_(layers, columns),
      excess_(layers, columns),
      inverse_(layers, columns),
      rise_ratio_(layers, columns),
      fall_ratio_(layers, columns) {}

void ColumnMatrix::factor(const RowTask& task) {
  fill_exchange(task, exchange_);
  for (int k = task.tile.layers - 1; k >= 0; --k)  // what stands above the top layer stays zero
    factor_layer_row(task.air_mass_kg.row(k, task.row), exchange_[k], factor_of(k + 1), factor_of(k),
                     task.tile.columns);
}

void ColumnMatrix::factor(const RowTask& task, const ColumnMatrix& turbulent,
                          const Array3<double>& settling_m_s) {
  sinks_ = true;
  exchange_ = turbulent.exchange_;
  falling_ = turbulent.falling();
  add_settling(task, settling_m_s, falling_);
  for (int k = task.tile.layers - 1; k >= 0; --k)
    factor_sinking_row<double>({task.air_mass_kg.row(k, task.row), exchange_[k], falling_[k]},
                               factor_of(k + 1), factor_of(k), fall_ratio_[k], task.tile.columns);
}

void ColumnMatrix::eliminate(const RowTask& task, int k, const double* q, Direction direction,
                             Plane& rhs) const {
  const Plane& ratio = direction == Direction::forwards ? fall_ratio() : rise_ratio_;
  eliminate_layer_row(task.air_mass_kg.row(k, task.row), q, ratio[k + 1], rhs[k + 1], rhs[k],
                      task.tile.columns);
}

void ColumnMatrix::substitute(const RowTask& task, const double* uptake_kg, Direction direction,
                              const Plane& rhs, Plane& solution) const {
  const int columns = task.tile.columns;
  const Plane& from_below = direction == Direction::forwards ? exchange_ : falling();
  solve_lowest_row(rhs[0], excess_[0], uptake_kg, solution[0], columns);
  for (int k = 1; k < task.tile.layers; ++k)
    substitute_layer_row(rhs[k], from_below[k], inverse_[k], solution[k - 1], solution[k], columns);
}

}  // namespace lantian
