#include "column_matrix.hpp"

#include "diffusion/acm2.hpp"

#include "lantian/base/constants.hpp"

#include <algorithm>
#include <cmath>

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

/// Virtual potential temperature of a cell [K].
double virtual_potential_k(const WeatherSnapshot& w, int k, int row, int column) {
  constexpr double kappa = dry_air_gas_constant_j_kg_k / air_heat_capacity_j_kg_k;
  constexpr double ratio = water_vapour_gas_constant_j_kg_k / dry_air_gas_constant_j_kg_k;
  const double vapour = w.water_vapour_kg_kg(k, row, column);
  return w.temperature_k(k, row, column) * (1.0 + ratio * vapour) / (1.0 + vapour) *
         std::pow(standard_pressure_pa / w.pressure_pa(k, row, column), kappa);
}

/// Share of a column's mixing that is non-local: 0 unless it is clearly unstable (-h/L > 0.1), warmest at the
/// ground and the mixed layer reaches into the third layer.
double non_local_share(const RowTask& task, int i) {
  const WeatherSnapshot& w = task.environment.weather->middle;
  const int row = task.tile.first_row + task.row, column = task.tile.first_column + i;
  const double height_m = w.mixing_height_m(row, column);
  const double stability = height_m * w.inverse_obukhov_length_per_m(row, column);
  const bool reaches =
      task.tile.layers > 2 && task.environment.surface->interface_above_ground_m(2, row, column) < height_m;
  if (!reaches || stability >= -0.1) return 0.0;
  if (virtual_potential_k(w, 0, row, column) <= virtual_potential_k(w, 1, row, column)) return 0.0;
  return convective_share(stability);
}

/// Air of a cell that lies below the mixing height [kg].
double mixed_air_kg(const RowTask& task, int k, int i, double height_m) {
  const Array3<double>& z = task.environment.surface->interface_above_ground_m;
  const int row = task.tile.first_row + task.row, column = task.tile.first_column + i;
  const double bottom_m = z(k, row, column), top_m = z(k + 1, row, column);
  return task.air_mass_kg(k, task.row, i) * std::clamp((height_m - bottom_m) / (top_m - bottom_m), 0.0, 1.0);
}

/// What the plumes of a row of columns carry in a step [kg].
struct Plumes {
  Plane &exchange, &falling, &lifted;
};

/// Splits the exchange of a column into its local part and plumes.
void add_plumes(const RowTask& task, int i, const Plumes& air) {
  const int layers = task.tile.layers;
  for (int k = 1; k < layers; ++k) {
    air.lifted[k][i] = 0.0;
    air.falling[k][i] = air.exchange[k][i];
  }
  const double share = non_local_share(task, i);
  if (share == 0.0) return;
  const int row = task.tile.first_row + task.row, column = task.tile.first_column + i;
  const double height_m = task.environment.weather->middle.mixing_height_m(row, column);
  const double rising_kg = share * air.exchange[1][i];
  double above_kg = 0.0;
  for (int k = 1; k < layers; ++k) above_kg += mixed_air_kg(task, k, i, height_m);
  double sinking_kg = 0.0;
  for (int k = layers - 1; k > 0; --k) {
    const double air_kg = mixed_air_kg(task, k, i, height_m);
    if (air_kg == 0.0) continue;
    air.lifted[k][i] = rising_kg * air_kg / above_kg;
    sinking_kg += air.lifted[k][i];
    air.exchange[k][i] *= 1.0 - share;
    air.falling[k][i] = air.exchange[k][i] + sinking_kg;
  }
}

}  // namespace

ColumnMatrix::ColumnMatrix(int layers, int columns)
    : exchange_(layers, columns),
      falling_(layers, columns),
      excess_(layers, columns),
      inverse_(layers, columns),
      rise_ratio_(layers, columns),
      fall_ratio_(layers, columns),
      lifted_(layers, columns),
      border_(layers, columns),
      kept_(layers, columns) {}

void ColumnMatrix::factor(const RowTask& task, VerticalScheme scheme) {
  fill_exchange(task, exchange_);
  sinks_ = has_plumes_ = scheme == VerticalScheme::acm2;
  if (has_plumes_)
    for (int i = 0; i < task.tile.columns; ++i) add_plumes(task, i, {exchange_, falling_, lifted_});
  factor_layers(task);
}

void ColumnMatrix::factor(const RowTask& task, const ColumnMatrix& turbulent,
                          const Array3<double>& settling_m_s) {
  sinks_ = true;
  has_plumes_ = turbulent.has_plumes_;
  exchange_ = turbulent.exchange_;
  lifted_ = turbulent.lifted_;
  falling_ = turbulent.falling();
  add_settling(task, settling_m_s, falling_);
  factor_layers(task);
}

void ColumnMatrix::factor_layers(const RowTask& task) {
  const int columns = task.tile.columns;
  if (has_plumes_) border_ = lifted_;
  for (int k = task.tile.layers - 1; k >= 0; --k) {  // what stands above the top layer stays zero
    const double* mass = task.air_mass_kg.row(k, task.row);
    if (!sinks_) {
      factor_layer_row(mass, exchange_[k], factor_of(k + 1), factor_of(k), columns);
      continue;
    }
    factor_sinking_row<double>({mass, exchange_[k], falling_[k]}, factor_of(k + 1), factor_of(k),
                               fall_ratio_[k], columns);
    if (has_plumes_ && k > 0)
      factor_border_row<double>(factor_of(k), fall_ratio_[k + 1], {border_[k + 1], kept_[k + 1]},
                                {border_[k], kept_[k]}, columns);
  }
  if (has_plumes_)
    for (int i = 0; i < columns; ++i) excess_[0][i] += kept_[1][i];
}

void ColumnMatrix::eliminate(const RowTask& task, int k, const double* q, Direction direction,
                             Plane& rhs) const {
  const Plane& ratio = direction == Direction::forwards ? fall_ratio() : rise_ratio_;
  eliminate_layer_row(task.air_mass_kg.row(k, task.row), q, ratio[k + 1], rhs[k + 1], rhs[k],
                      task.tile.columns);
}

void ColumnMatrix::substitute(const RowTask& task, const double* uptake_kg, Direction direction,
                              Plane& rhs) const {
  Plane& solution = rhs;
  const int columns = task.tile.columns, layers = task.tile.layers;
  const bool is_transposed = direction == Direction::transposed;
  const Plane& from_below = is_transposed ? falling() : exchange_;
  const auto layer = [&](int k) {
    return BorderedLayer<double>{rhs[k], from_below[k], inverse_[k], border_[k]};
  };
  if (has_plumes_ && is_transposed)
    for (int k = 1; k < layers; ++k) gather_border_row(layer(k), rhs[0], columns);
  solve_lowest_row(rhs[0], excess_[0], uptake_kg, solution[0], columns);
  for (int k = 1; k < layers; ++k) {
    if (has_plumes_ && !is_transposed)
      substitute_bordered_row<double>(layer(k), solution[k - 1], solution[0], solution[k], columns);
    else
      substitute_layer_row(rhs[k], from_below[k], inverse_[k], solution[k - 1], solution[k], columns);
  }
}

}  // namespace lantian
