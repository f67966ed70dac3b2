#include "lantian/processes/horizontal_diffusion.hpp"

#include "diffusion/explicit_exchange.hpp"
#include "diffusion/smagorinsky1963.hpp"

#include "lantian/processes/undershoot.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lantian {

namespace {

/// Diffusivity [m2 s-1] of a cell of the whole grid; one-sided differences at its edge.
double diffusivity_m2_s(const Environment& e, double coefficient, int k, int row, int column) {
  const Array3<double>&u = e.weather->middle.wind_x_m_s, &v = e.weather->middle.wind_y_m_s;
  const int west = std::max(column - 1, 0), east = std::min(column + 1, u.columns() - 1);
  const int south = std::max(row - 1, 0), north = std::min(row + 1, u.rows() - 1);
  const double width_m = e.surface->cell_width_m(row, column), depth_m = e.surface->cell_depth_m(row, column);
  const double dx_m = (east - west) * width_m, dy_m = (north - south) * depth_m;
  const Shear<double> shear{.du_dx = (u(k, row, east) - u(k, row, west)) / dx_m,
                            .du_dy = (u(k, north, column) - u(k, south, column)) / dy_m,
                            .dv_dx = (v(k, row, east) - v(k, row, west)) / dx_m,
                            .dv_dy = (v(k, north, column) - v(k, south, column)) / dy_m};
  return smagorinsky_diffusivity_m2_s(shear, coefficient, width_m * depth_m);
}

/// Share of the mean air mass of two neighbours that is exchanged in a step: K dt / distance^2, at most 1/8.
double exchanged_share(double k_a, double k_b, double dt_s, double distance_m) {
  return std::min(0.5 * (k_a + k_b) * dt_s / (distance_m * distance_m), 0.125);
}

/// Air exchanged through the west and the south face of each cell of a layer in a step [kg]; one more column
/// and row.
struct Exchange {
  Array2<double> west_kg, south_kg;
};

/// What the exchange of all layers depends on.
struct Mixing {
  const Tile& tile;
  const Field<double>& air_mass_kg;
  const Environment& environment;
  double coefficient, dt_s;
};

Exchange exchange_of_layer(const Mixing& mixing, int k) {
  const Tile& tile = mixing.tile;
  const Environment& e = mixing.environment;
  const double coefficient = mixing.coefficient, dt_s = mixing.dt_s;
  Array2<double> diffusivity(tile.rows + 2, tile.columns + 2, 0.0);
  for (int j = -1; j <= tile.rows; ++j) {
    for (int i = -1; i <= tile.columns; ++i) {
      const int row = tile.first_row + j, column = tile.first_column + i;
      const bool is_inside = row >= 0 && row < tile.grid_rows && column >= 0 && column < tile.grid_columns;
      if (is_inside) diffusivity(j + 1, i + 1) = diffusivity_m2_s(e, coefficient, k, row, column);
    }
  }
  const Field<double>& air = mixing.air_mass_kg;
  Exchange exchange{Array2<double>(tile.rows, tile.columns + 1, 0.0),
                    Array2<double>(tile.rows + 1, tile.columns, 0.0)};
  for (int j = 0; j <= tile.rows; ++j) {
    for (int i = 0; i <= tile.columns; ++i) {
      const int row = tile.first_row + j, column = tile.first_column + i;
      const double here = diffusivity(j + 1, i + 1);
      if (j < tile.rows && column > 0 && column < tile.grid_columns) {
        const double distance_m =
            0.5 * (e.surface->cell_width_m(row, column) + e.surface->cell_width_m(row, column - 1));
        exchange.west_kg(j, i) = exchanged_share(diffusivity(j + 1, i), here, dt_s, distance_m) * 0.5 *
                                 (air(k, j, i - 1) + air(k, j, i));
      }
      if (i < tile.columns && row > 0 && row < tile.grid_rows) {
        const double distance_m =
            0.5 * (e.surface->cell_depth_m(row, column) + e.surface->cell_depth_m(row - 1, column));
        exchange.south_kg(j, i) = exchanged_share(diffusivity(j, i + 1), here, dt_s, distance_m) * 0.5 *
                                  (air(k, j - 1, i) + air(k, j, i));
      }
    }
  }
  return exchange;
}

template <bool keeps_sign>
void diffuse_layer(const Exchange& exchange, const Field<double>& air, Field<double>& q, int k) {
  const int rows = q.rows(), columns = q.columns();
  Array2<double> changed(rows, columns);
  for (int j = 0; j < rows; ++j)
    exchange_row<keeps_sign>(
        ExchangedAir{.west = &exchange.west_kg(j, 0),
                     .east = &exchange.west_kg(j, 1),
                     .south = &exchange.south_kg(j, 0),
                     .north = &exchange.south_kg(j + 1, 0)},
        RowAndNeighbours<double>{.here = q.row(k, j), .south = q.row(k, j - 1), .north = q.row(k, j + 1)},
        air.row(k, j), &changed(j, 0), columns);
  for (int j = 0; j < rows; ++j) std::copy_n(&changed(j, 0), columns, q.row(k, j));
}

}  // namespace

void HorizontalDiffusion::diffuse(const Tile& tile, Field<double>& air_mass_kg, const Diffused& diffused,
                                  const Environment& e, double dt_s) const {
  std::vector<Field<double>*> exchanged = {&air_mass_kg};
  exchanged.insert(exchanged.end(), diffused.fields.begin(), diffused.fields.end());
  halo_.exchange_west_east(exchanged);
  halo_.exchange_south_north(exchanged);
  const Mixing mixing{tile, air_mass_kg, e, transport_.smagorinsky_coefficient, dt_s};
#pragma omp parallel for schedule(static)
  for (int k = 0; k < tile.layers; ++k) {
    const Exchange exchange = exchange_of_layer(mixing, k);
    for (std::size_t n = 0; n < diffused.fields.size(); ++n) {
      Field<double>& q = *diffused.fields[n];
      diffused.keeps_sign[n] ? diffuse_layer<true>(exchange, air_mass_kg, q, k)
                             : diffuse_layer<false>(exchange, air_mass_kg, q, k);
    }
  }
}

void HorizontalDiffusion::advance(State& state, const Environment& environment, Step step, Ledger&) {
  Diffused diffused;
  for (int s = 0; s < state.species.count(); ++s) {
    diffused.fields.push_back(&state.mixing_ratio_ppb[s]);
    diffused.keeps_sign.push_back(!may_undershoot(transport_, state.species[s]));
  }
  diffuse(state.tile, state.air_mass_kg, diffused, environment, step.length_s);
}

void HorizontalDiffusion::advance_tangent(const Linearisation& at, State& tangent, const Variation&,
                                          Step step) {
  tangent.air_mass_kg = at.state.air_mass_kg;
  Diffused diffused;
  for (int s = 0; s < tangent.species.count(); ++s) diffused.fields.push_back(&tangent.mixing_ratio_ppb[s]);
  diffused.keeps_sign.assign(diffused.fields.size(), false);
  diffuse(tangent.tile, tangent.air_mass_kg, diffused, at.environment, step.length_s);
}

/// In amounts the exchange is symmetric, so the adjoint is diffused as a mixing ratio is.
void HorizontalDiffusion::advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) {
  Field<double> air_mass_kg = at.state.air_mass_kg;
  Diffused diffused;
  for (int s = 0; s < adjoint.species.count(); ++s) diffused.fields.push_back(&adjoint.amount_per_mol[s]);
  diffused.keeps_sign.assign(diffused.fields.size(), false);
  diffuse(adjoint.tile, air_mass_kg, diffused, at.environment, step.length_s);
}

}  // namespace lantian
