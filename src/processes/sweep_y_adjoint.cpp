#include "sweep_adjoint.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace lantian {

namespace {

/// A layer of rows, with the halo's: row(-3)..row(rows + 3).
class Plane {
 public:
  Plane(int rows, int columns)
      : values_(static_cast<std::size_t>(rows + 2 * halo_width + 1) * static_cast<std::size_t>(columns), 0.0),
        columns_(columns) {}
  [[nodiscard]] double* row(int j) { return values_.data() + offset(j); }
  [[nodiscard]] const double* row(int j) const { return values_.data() + offset(j); }

 private:
  [[nodiscard]] std::ptrdiff_t offset(int j) const {
    return static_cast<std::ptrdiff_t>(j + halo_width) * columns_;
  }
  std::vector<double> values_;
  int columns_;
};

/// Faces -2..rows+2 of a layer; nothing passes those beyond the grid.
struct FacePlane {
  Plane mass, courant;
};

/// Scratch of one thread.
struct Planes {
  Planes(int rows, int columns)
      : face(rows, columns),
        q(rows, columns),
        low(rows, columns),
        high(rows, columns),
        edge(rows, columns),
        slope(rows, columns) {}
  Plane face, q, low, high, edge, slope;
};

FacePlane air_of_layer(const AdjointSweep& sweep, int k) {
  const Tile& tile = sweep.adjoint.tile;
  FacePlane faces{Plane(tile.rows, tile.columns), Plane(tile.rows, tile.columns)};
  const int first = tile.at_south() ? 0 : -3, last = tile.at_north() ? tile.rows - 1 : tile.rows + 2;
  for (int f = -2; f <= tile.rows + 2; ++f) {
    const int face = tile.first_row + f;
    if (face < 0 || face > tile.grid_rows) continue;
    for (int i = 0; i < tile.columns; ++i) {
      const double mass = sweep.dt_s * sweep.fluxes.y_kg_s(k, face, tile.first_column + i);
      const int upwind = std::clamp(mass > 0.0 ? f - 1 : f, first, last);
      faces.mass.row(f)[i] = mass;
      faces.courant.row(f)[i] = std::fabs(mass) / sweep.air_mass_kg(k, upwind, i);
    }
  }
  return faces;
}

/// Sets the adjoint of what lies outside the grid to zero: amounts there are worth nothing.
void empty_outside(const Tile& tile, Field<double>& a, int k) {
  for (int n = 1; n <= halo_width; ++n) {
    if (tile.at_south()) std::fill_n(a.row(k, -n), tile.columns, 0.0);
    if (tile.at_north()) std::fill_n(a.row(k, tile.rows - 1 + n), tile.columns, 0.0);
  }
}

/// The adjoint of what flows in at the edges of the grid goes to the boundary air; those faces then hold
/// zero.
void give_inflow(const AdjointSweep& sweep, int s, int k, const FacePlane& air, Planes& p) {
  const Tile& tile = sweep.adjoint.tile;
  const auto species = static_cast<std::size_t>(s);
  BoundaryHour& boundary = sweep.adjoint.boundary_per_ppb;
  for (int i = 0; i < tile.columns; ++i) {
    const int column = tile.first_column + i;
    if (tile.at_south() && air.mass.row(0)[i] > 0.0)
      give_inflow_adjoint(p.face.row(0)[i], boundary.south[species](k, column));
    if (tile.at_north() && air.mass.row(tile.rows)[i] < 0.0)
      give_inflow_adjoint(p.face.row(tile.rows)[i], boundary.north[species](k, column));
  }
}

/// What reaches the cells outside through faces and slopes inside.
void give_outside(const AdjointSweep& sweep, int s, int k, const FacePlane& air, Planes& p) {
  const Tile& tile = sweep.adjoint.tile;
  const auto species = static_cast<std::size_t>(s);
  BoundaryHour& boundary = sweep.adjoint.boundary_per_ppb;
  const int n = tile.rows;
  for (int i = 0; i < tile.columns; ++i) {
    const int column = tile.first_column + i;
    if (tile.at_south()) {
      const OutsideAdjoint outside = {0.5 * (p.edge.row(0)[i] - p.slope.row(0)[i]),
                                      -0.5 * p.slope.row(-1)[i]};
      give_outside_adjoint(air.mass.row(0)[i] > 0.0, outside, boundary.south[species](k, column),
                           p.q.row(0)[i], p.q.row(1)[i]);
    }
    if (tile.at_north()) {
      const OutsideAdjoint outside = {0.5 * (p.edge.row(n)[i] + p.slope.row(n - 1)[i]),
                                      0.5 * p.slope.row(n)[i]};
      give_outside_adjoint(air.mass.row(n)[i] < 0.0, outside, boundary.north[species](k, column),
                           p.q.row(n - 1)[i], p.q.row(n - 2)[i]);
    }
  }
}

void move_layer(const AdjointSweep& sweep, int s, int k, const FacePlane& air, Planes& p) {
  const Tile& tile = sweep.adjoint.tile;
  const int rows = tile.rows, columns = tile.columns;
  Field<double>& a = sweep.adjoint.amount_per_mol[s];
  empty_outside(tile, a, k);
  for (int f = -2; f <= rows + 2; ++f)
    ppm_update_adjoint_row(air.mass.row(f), a.row(k, f - 1), a.row(k, f), p.face.row(f), columns);
  give_inflow(sweep, s, k, air, p);
  for (int j = -2; j <= rows + 1; ++j)
    ppm_face_adjoint_row(FaceAdjoint<double>{air.mass.row(j), air.courant.row(j), p.face.row(j)},
                         FaceAdjoint<double>{air.mass.row(j + 1), air.courant.row(j + 1), p.face.row(j + 1)},
                         ParabolaAdjoint<double>{p.q.row(j), p.low.row(j), p.high.row(j)}, columns);
  for (int f = -1; f <= rows + 1; ++f)
    ppm_ends_adjoint_row(p.high.row(f - 1), p.low.row(f), p.edge.row(f), columns);
  for (int j = -1; j <= rows; ++j)
    ppm_edge_adjoint_row(ppm_equal_cells, p.edge.row(j), p.edge.row(j + 1), p.slope.row(j), columns);
  for (int j = 0; j < rows; ++j)
    ppm_slope_adjoint_row(ppm_equal_cells,
                          NeighbourAdjoint<double>{p.edge.row(j), p.edge.row(j + 1), p.slope.row(j - 1),
                                                   p.slope.row(j), p.slope.row(j + 1)},
                          p.q.row(j), columns);
  give_outside(sweep, s, k, air, p);
  for (int j = 0; j < rows; ++j)
    ppm_amount_adjoint_row(p.q.row(j), sweep.air_mass_kg.row(k, j), a.row(k, j), columns);
}

}  // namespace

void sweep_y_adjoint(const AdjointSweep& sweep) {
  const Tile& tile = sweep.adjoint.tile;
#pragma omp parallel
  {
    Planes planes(tile.rows, tile.columns);
#pragma omp for schedule(static)
    for (int k = 0; k < tile.layers; ++k) {
      const FacePlane air = air_of_layer(sweep, k);
      for (int s = 0; s < sweep.adjoint.species.count(); ++s) move_layer(sweep, s, k, air, planes);
    }
  }
}

}  // namespace lantian
