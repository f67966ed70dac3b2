#include "lantian/processes/horizontal_diffusion.hpp"

#include "diffusion/smagorinsky1963.hpp"

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

Exchange exchange_of_layer(const State& state, const Environment& e, double coefficient, double dt_s, int k) {
  const Tile& tile = state.tile;
  Array2<double> diffusivity(tile.rows + 2, tile.columns + 2, 0.0);
  for (int j = -1; j <= tile.rows; ++j) {
    for (int i = -1; i <= tile.columns; ++i) {
      const int row = tile.first_row + j, column = tile.first_column + i;
      const bool is_inside = row >= 0 && row < tile.grid_rows && column >= 0 && column < tile.grid_columns;
      if (is_inside) diffusivity(j + 1, i + 1) = diffusivity_m2_s(e, coefficient, k, row, column);
    }
  }
  const Field<double>& air = state.air_mass_kg;
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

void diffuse_layer(const Tile& tile, const Exchange& exchange, const Field<double>& air, Field<double>& q,
                   int k) {
  Array2<double> changed(tile.rows, tile.columns);
  for (int j = 0; j < tile.rows; ++j) {
    const double *here = q.row(k, j), *south = q.row(k, j - 1), *north = q.row(k, j + 1);
    for (int i = 0; i < tile.columns; ++i) {
      const double from_west = exchange.west_kg(j, i) * (here[i - 1] - here[i]);
      const double to_east = exchange.west_kg(j, i + 1) * (here[i] - here[i + 1]);
      const double from_south = exchange.south_kg(j, i) * (south[i] - here[i]);
      const double to_north = exchange.south_kg(j + 1, i) * (here[i] - north[i]);
      changed(j, i) =
          std::max(here[i] + ((from_west - to_east) + (from_south - to_north)) / air(k, j, i), 0.0);
    }
  }
  for (int j = 0; j < tile.rows; ++j)
    for (int i = 0; i < tile.columns; ++i) q(k, j, i) = changed(j, i);
}

}  // namespace

void HorizontalDiffusion::advance(State& state, const Environment& environment, Step step, Ledger&) {
  std::vector<Field<double>*> fields = {&state.air_mass_kg};
  for (int s = 0; s < state.species.count(); ++s) fields.push_back(&state.mixing_ratio_ppb[s]);
  halo_.exchange_west_east(fields);
  halo_.exchange_south_north(fields);
#pragma omp parallel for schedule(static)
  for (int k = 0; k < state.tile.layers; ++k) {
    const Exchange exchange =
        exchange_of_layer(state, environment, transport_.smagorinsky_coefficient, step.length_s, k);
    for (int s = 0; s < state.species.count(); ++s)
      diffuse_layer(state.tile, exchange, state.air_mass_kg, state.mixing_ratio_ppb[s], k);
  }
}

}  // namespace lantian
