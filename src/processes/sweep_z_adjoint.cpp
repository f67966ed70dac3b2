#include "sweep_adjoint.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace lantian {

namespace {

/// A row of columns by layer or interface, with a row of zeros below and above: row(-1)..row(layers + 1).
class Plane {
 public:
  Plane(int layers, int columns)
      : values_(static_cast<std::size_t>(layers + 3) * static_cast<std::size_t>(columns), 0.0),
        columns_(columns) {}
  [[nodiscard]] double* row(int k) { return values_.data() + static_cast<std::ptrdiff_t>(k + 1) * columns_; }

 private:
  std::vector<double> values_;
  int columns_;
};

/// Scratch of one thread.
struct Columns {
  Columns(int layers, int columns)
      : mass(layers, columns),
        courant(layers, columns),
        face(layers, columns),
        q(layers, columns),
        low(layers, columns),
        high(layers, columns),
        edge(layers, columns),
        slope(layers, columns),
        zero(static_cast<std::size_t>(columns), 0.0) {}
  Plane mass, courant, face, q, low, high, edge, slope;
  std::vector<double> zero;
};

void air_of_row(const AdjointSweep& sweep, int j, Columns& work) {
  const Tile& tile = sweep.adjoint.tile;
  for (int k = 0; k <= tile.layers; ++k) {
    for (int i = 0; i < tile.columns; ++i) {
      const double mass =
          sweep.dt_s * sweep.fluxes.vertical_kg_s(k, tile.first_row + j, tile.first_column + i);
      const int upwind = mass > 0.0 ? std::max(k - 1, 0) : std::min(k, tile.layers - 1);
      work.mass.row(k)[i] = mass;
      work.courant.row(k)[i] = std::fabs(mass) / sweep.air_mass_kg(upwind, j, i);
    }
  }
}

/// Weights of layer k of `count`; the lowest and the highest have no slope, and their outer faces have their
/// mean.
CellWeights weights_of(const LayerCoefficients& layers, int k, int count) {
  const auto n = static_cast<std::size_t>(k);
  const bool is_lowest = k == 0, is_highest = k + 1 == count;
  return {.slope_in_low = layers.edge_slope_above(n),
          .slope_in_high = layers.edge_slope_below(n + 1),
          .mean_in_low = is_lowest ? 1.0 : layers.edge_jump(n),
          .mean_in_high = is_highest ? 1.0 : 1.0 - layers.edge_jump(n + 1),
          .mean_in_below = is_lowest ? 0.0 : layers.slope_above(n - 1),
          .mean_in_own = layers.slope_below(n) - layers.slope_above(n),
          .mean_in_above = is_highest ? 0.0 : -layers.slope_below(n + 1)};
}

/// The adjoint of what comes in through the model top goes to the air above; those faces then hold zero.
void give_inflow(const AdjointSweep& sweep, int s, int j, Columns& work) {
  const Tile& tile = sweep.adjoint.tile;
  Array2<double>& above = sweep.adjoint.boundary_per_ppb.top[static_cast<std::size_t>(s)];
  double *face = work.face.row(tile.layers), *mass = work.mass.row(tile.layers);
  for (int i = 0; i < tile.columns; ++i) {
    if (mass[i] > 0.0) continue;
    give_inflow_adjoint(face[i], above(tile.first_row + j, tile.first_column + i));
  }
}

void move_columns(const AdjointSweep& sweep, const LayerCoefficients& layers, int s, int j, Columns& work) {
  const int count = sweep.adjoint.tile.layers, columns = sweep.adjoint.tile.columns;
  Field<double>& a = sweep.adjoint.amount_per_mol[s];
  for (int k = 1; k < count; ++k)  // nothing passes the ground
    ppm_update_adjoint_row(work.mass.row(k), a.row(k - 1, j), a.row(k, j), work.face.row(k), columns);
  ppm_update_adjoint_row(work.mass.row(count), a.row(count - 1, j), work.zero.data(), work.face.row(count),
                         columns);
  give_inflow(sweep, s, j, work);
  for (int k = 0; k < count; ++k)
    ppm_face_adjoint_row(
        FaceAdjoint<double>{work.mass.row(k), work.courant.row(k), work.face.row(k)},
        FaceAdjoint<double>{work.mass.row(k + 1), work.courant.row(k + 1), work.face.row(k + 1)},
        ParabolaAdjoint<double>{work.q.row(k), work.low.row(k), work.high.row(k)}, columns);
  for (int k = 0; k <= count; ++k)
    ppm_ends_adjoint_row(work.high.row(k - 1), work.low.row(k), work.edge.row(k), columns);
  for (int k = 1; k + 1 < count; ++k)
    ppm_edge_adjoint_row(weights_of(layers, k, count), work.edge.row(k), work.edge.row(k + 1),
                         work.slope.row(k), columns);
  for (int k = 0; k < count; ++k) {
    ppm_slope_adjoint_row(
        weights_of(layers, k, count),
        NeighbourAdjoint<double>{work.edge.row(k), work.edge.row(k + 1), work.slope.row(k - 1),
                                 work.slope.row(k), work.slope.row(k + 1)},
        work.q.row(k), columns);
  }
  for (int k = 0; k < count; ++k)
    ppm_amount_adjoint_row(work.q.row(k), sweep.air_mass_kg.row(k, j), a.row(k, j), columns);
}

}  // namespace

void sweep_z_adjoint(const AdjointSweep& sweep, const LayerCoefficients& layers) {
  const Tile& tile = sweep.adjoint.tile;
#pragma omp parallel
  {
    Columns work(tile.layers, tile.columns);
#pragma omp for schedule(static)
    for (int j = 0; j < tile.rows; ++j) {
      air_of_row(sweep, j, work);
      for (int s = 0; s < sweep.adjoint.species.count(); ++s) move_columns(sweep, layers, s, j, work);
    }
  }
}

}  // namespace lantian
