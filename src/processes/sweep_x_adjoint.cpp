#include "sweep_adjoint.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace lantian {

namespace {

/// Scratch rows of one thread; pointers are to cell 0 or face 0, the halo lies below.
class Rows {
 public:
  explicit Rows(int stride) : values_(9 * size(stride), 0.0) {
    double* next = values_.data() + halo_width;
    for (double** row : {&mass, &courant, &face, &q, &low, &high, &edge, &slope}) {
      *row = next;
      next += size(stride);
    }
  }
  static std::size_t size(int stride) { return static_cast<std::size_t>(stride) + row_multiple; }
  double *mass = nullptr, *courant = nullptr, *face = nullptr;
  double *q = nullptr, *low = nullptr, *high = nullptr, *edge = nullptr, *slope = nullptr;

 private:
  std::vector<double> values_;
};

/// Faces -2..columns+2 of a row; nothing passes those beyond the grid.
void air_of_row(const AdjointSweep& sweep, int k, int j, Rows& rows) {
  const Tile& tile = sweep.adjoint.tile;
  const double* air = sweep.air_mass_kg.row(k, j);
  for (int f = -2; f <= tile.columns + 2; ++f) {
    const int face = tile.first_column + f;
    const bool is_in_grid = face >= 0 && face <= tile.grid_columns;
    const double mass = is_in_grid ? sweep.dt_s * sweep.fluxes.x_kg_s(k, tile.first_row + j, face) : 0.0;
    const int last = tile.at_east() ? tile.columns - 1 : tile.columns + 2;
    const int upwind = std::clamp(mass > 0.0 ? f - 1 : f, tile.at_west() ? 0 : -3, last);
    rows.mass[f] = mass;
    rows.courant[f] = std::fabs(mass) / air[upwind];
  }
}

/// Sets the adjoint of what lies outside the grid to zero: amounts there are worth nothing.
void empty_outside(const Tile& tile, double* a) {
  if (tile.at_west()) std::fill_n(a - halo_width, halo_width, 0.0);
  if (tile.at_east()) std::fill_n(a + tile.columns, halo_width, 0.0);
}

/// The edges of the grid on the tile's row: is there one, does air flow in, and the adjoint of the air
/// outside.
struct RowEdges {
  bool has_west, has_east, west_flows_in, east_flows_in;
  double &west_per_ppb, &east_per_ppb;
};

RowEdges edges_of_row(const AdjointSweep& sweep, int s, int k, int j, const Rows& rows) {
  const Tile& tile = sweep.adjoint.tile;
  const auto species = static_cast<std::size_t>(s);
  BoundaryHour& boundary = sweep.adjoint.boundary_per_ppb;
  return {tile.at_west(),
          tile.at_east(),
          rows.mass[0] > 0.0,
          rows.mass[tile.columns] < 0.0,
          boundary.west[species](k, tile.first_row + j),
          boundary.east[species](k, tile.first_row + j)};
}

void move_row(const AdjointSweep& sweep, int s, int k, int j, Rows& r) {
  const Tile& tile = sweep.adjoint.tile;
  const int n = tile.columns;
  double* a = sweep.adjoint.amount_per_mol[s].row(k, j);
  empty_outside(tile, a);
  ppm_update_adjoint_row(r.mass - 2, a - 3, a - 2, r.face - 2, n + 5);
  const RowEdges edges = edges_of_row(sweep, s, k, j, r);
  if (edges.has_west && edges.west_flows_in) give_inflow_adjoint(r.face[0], edges.west_per_ppb);
  if (edges.has_east && edges.east_flows_in) give_inflow_adjoint(r.face[n], edges.east_per_ppb);
  ppm_face_adjoint_row(FaceAdjoint<double>{r.mass - 2, r.courant - 2, r.face - 2},
                       FaceAdjoint<double>{r.mass - 1, r.courant - 1, r.face - 1},
                       ParabolaAdjoint<double>{r.q - 2, r.low - 2, r.high - 2}, n + 4);
  ppm_ends_adjoint_row(r.high - 2, r.low - 1, r.edge - 1, n + 3);
  ppm_edge_adjoint_row(ppm_equal_cells, r.edge - 1, r.edge, r.slope - 1, n + 2);
  ppm_slope_adjoint_row(ppm_equal_cells,
                        NeighbourAdjoint<double>{r.edge, r.edge + 1, r.slope - 1, r.slope, r.slope + 1}, r.q,
                        n);
  if (edges.has_west)
    give_outside_adjoint(edges.west_flows_in, {0.5 * (r.edge[0] - r.slope[0]), -0.5 * r.slope[-1]},
                         edges.west_per_ppb, r.q[0], r.q[1]);
  if (edges.has_east)
    give_outside_adjoint(edges.east_flows_in, {0.5 * (r.edge[n] + r.slope[n - 1]), 0.5 * r.slope[n]},
                         edges.east_per_ppb, r.q[n - 1], r.q[n - 2]);
  ppm_amount_adjoint_row(r.q, sweep.air_mass_kg.row(k, j), a, n);
}

}  // namespace

void sweep_x_adjoint(const AdjointSweep& sweep) {
  const Tile& tile = sweep.adjoint.tile;
#pragma omp parallel
  {
    Rows rows(tile.row_stride());
#pragma omp for schedule(static)
    for (int j = 0; j < tile.rows; ++j) {
      for (int k = 0; k < tile.layers; ++k) {
        air_of_row(sweep, k, j, rows);
        for (int s = 0; s < sweep.adjoint.species.count(); ++s) move_row(sweep, s, k, j, rows);
      }
    }
  }
}

}  // namespace lantian
