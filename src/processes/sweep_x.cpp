#include "sweep.hpp"

#include "lantian/processes/column_process.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lantian {

namespace {

/// Scratch rows of one thread; element 0 stands for cell -3 or face -3.
struct Rows {
  explicit Rows(int stride)
      : slope(size(stride)),
        gamma(size(stride)),
        edge(size(stride)),
        low(size(stride)),
        high(size(stride)),
        face(size(stride)) {}
  static std::size_t size(int stride) { return static_cast<std::size_t>(stride) + row_multiple; }
  std::vector<double> slope, gamma, edge, low, high, face;
};

/// Air of a row, the same for all species: mass through each face in the step, the share of the upwind cell
/// that it is, and 1 / new air mass of the cells.
struct AirRow {
  double *mass_kg, *courant, *per_new_mass;
};

/// That of a block of rows of one layer.
class AirRows {
 public:
  AirRows(int rows, int stride) : stride_(stride + row_multiple) {
    for (auto* all : {&mass_kg_, &courant_, &per_new_mass_})
      all->resize(static_cast<std::size_t>(rows) * static_cast<std::size_t>(stride_));
  }
  static std::size_t bytes_of_row(int stride) {
    return 3 * sizeof(double) * static_cast<std::size_t>(stride + row_multiple);
  }
  AirRow operator[](int n) {
    const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(n) * stride_;
    return {mass_kg_.data() + first, courant_.data() + first, per_new_mass_.data() + first};
  }

 private:
  int stride_;
  std::vector<double> mass_kg_, courant_, per_new_mass_;
};

void air_of_row(const SweepContext& c, int k, int j, double* new_air, AirRow faces) {
  const Tile& tile = c.state.tile;
  double* air = c.state.air_mass_kg.row(k, j);
  if (tile.at_west()) air[-1] = air[0];
  if (tile.at_east()) air[tile.columns] = air[tile.columns - 1];
  const double* flux = &c.environment.weather->fluxes.x_kg_s(k, tile.first_row + j, tile.first_column);
  for (int i = 0; i <= tile.columns; ++i) {
    const double mass = c.dt_s * flux[i];
    faces.mass_kg[i] = mass;
    faces.courant[i] = std::fabs(mass) / (mass > 0.0 ? air[i - 1] : air[i]);
  }
  for (int i = 0; i < tile.columns; ++i) {
    new_air[i] = air[i] - (faces.mass_kg[i + 1] - faces.mass_kg[i]);
    faces.per_new_mass[i] = 1.0 / new_air[i];
  }
}

/// Air outside the grid: what flows in has the boundary's mixing ratio; what flows out goes on as it is
/// inside.
void fill_outside(const SweepContext& c, int s, int k, int j, AirRow air) {
  const Tile& tile = c.state.tile;
  double* q = c.state.mixing_ratio_ppb[s].row(k, j);
  const int row = tile.first_row + j, last = tile.columns - 1;
  const auto species = static_cast<std::size_t>(s);
  if (tile.at_west()) {
    const bool flows_in = air.mass_kg[0] > 0.0;
    const double outside = c.environment.boundary->west[species](k, row);
    for (int n = 1; n <= halo_width; ++n) q[-n] = flows_in ? outside : beyond_outflow(q[0], q[1], n);
  }
  if (tile.at_east()) {
    const bool flows_in = air.mass_kg[tile.columns] < 0.0;
    const double outside = c.environment.boundary->east[species](k, row);
    for (int n = 1; n <= halo_width; ++n)
      q[last + n] = flows_in ? outside : beyond_outflow(q[last], q[last - 1], n);
  }
}

/// What enters through the edge of the grid has the boundary's mixing ratio, whatever the scheme makes of it;
/// books what passes there.
void pass_boundary(const SweepContext& c, int s, int j, const double* q, AirRow air, double* face) {
  const Tile& tile = c.state.tile;
  constexpr double mol_per_kg_ppb = 1.0e-9 * mol_air_per_kg;
  if (tile.at_west()) {
    if (air.mass_kg[0] > 0.0) face[0] = q[-1];
    const double in = air.mass_kg[0] * face[0] * mol_per_kg_ppb;
    c.ledger.add(in > 0.0 ? MassTerm::inflow : MassTerm::outflow, s, j, 0, in);
  }
  if (tile.at_east()) {
    const int last = tile.columns;
    if (air.mass_kg[last] < 0.0) face[last] = q[last];
    const double in = -air.mass_kg[last] * face[last] * mol_per_kg_ppb;
    c.ledger.add(in > 0.0 ? MassTerm::inflow : MassTerm::outflow, s, j, tile.columns - 1, in);
  }
}

/// Ends of the parabolas of cells -1..columns of a row.
template <Limiter limiter>
void limit_row(const double* q, int columns, Rows& rows) {
  const double* edge = rows.edge.data() + halo_width;
  double* low = rows.low.data() + halo_width;
  double* high = rows.high.data() + halo_width;
  if constexpr (limiter == Limiter::selective) {
    double* gamma = rows.gamma.data() + halo_width;
    ppm_gamma_row(NeighbourRows<double>{q - 3, q - 2, q - 1}, 1.0, 1.0, gamma - 2, columns + 4);
    ppm_limit_selectively_row(NeighbourRows<double>{q - 2, q - 1, q},
                              NeighbourRows<double>{gamma - 2, gamma - 1, gamma},
                              EdgeRows<double>{edge - 1, edge}, low - 1, high - 1, columns + 2);
  } else {
    ppm_limit_row<limiter>(q - 1, edge - 1, edge, low - 1, high - 1, columns + 2);
  }
}

template <Limiter limiter>
void move_row(const SweepContext& c, int s, int k, int j, AirRow air, Rows& rows) {
  const int columns = c.state.tile.columns;
  double* q = c.state.mixing_ratio_ppb[s].row(k, j);
  // slope of cells -2..columns+1; face f lies below cell f: faces -1..columns+1; ends of cells -1..columns
  double* slope = rows.slope.data() + halo_width;
  double* edge = rows.edge.data() + halo_width;
  const double* low = rows.low.data() + halo_width;
  const double* high = rows.high.data() + halo_width;
  ppm_slope_row<limiter>(NeighbourRows<double>{q - 3, q - 2, q - 1}, 0.5, 0.5, slope - 2, columns + 4);
  ppm_edge_row(q - 2, q - 1, slope - 2, slope - 1, edge - 1, columns + 3);
  limit_row<limiter>(q, columns, rows);
  double* face = rows.face.data();
  ppm_face_row(FaceAir<double>{air.mass_kg, air.courant}, ParabolaRow<double>{q - 1, low - 1, high - 1},
               ParabolaRow<double>{q, low, high}, face, columns + 1);
  pass_boundary(c, s, j, q, air, face);
  ppm_update_row<limiter != Limiter::unlimited>(FaceFlow<double>{air.mass_kg, face},
                                                FaceFlow<double>{air.mass_kg + 1, face + 1}, air.per_new_mass,
                                                q, columns);
}

/// All species of a block of rows in layer k, then the air itself.
void sweep_block(const SweepContext& c, int k, RowBand block, Field<double>& new_air, AirRows& air,
                 Rows& rows) {
  const int end = block.first + block.count;
  for (int j = block.first; j < end; ++j) air_of_row(c, k, j, new_air.row(k, j), air[j - block.first]);
  for (int s = 0; s < c.state.species.count(); ++s) {
    with_limiter(c.limiter[static_cast<std::size_t>(s)], [&]<Limiter limiter>() {
      for (int j = block.first; j < end; ++j) {
        fill_outside(c, s, k, j, air[j - block.first]);
        move_row<limiter>(c, s, k, j, air[j - block.first], rows);
      }
    });
  }
  for (int j = block.first; j < end; ++j)
    std::copy_n(new_air.row(k, j), c.state.tile.columns, c.state.air_mass_kg.row(k, j));
}

}  // namespace

void sweep_x(const SweepContext& c, Field<double>& new_air) {
  const Tile& tile = c.state.tile;
  const RowBlocks blocks(tile.rows, AirRows::bytes_of_row(tile.row_stride()));
#pragma omp parallel
  {
    Rows rows(tile.row_stride());
    AirRows air(blocks.most_rows(), tile.row_stride());
#pragma omp for schedule(static)
    for (int block = 0; block < blocks.count(); ++block) {
      const int first = blocks.first_row(block);
      for (int k = 0; k < tile.layers; ++k)
        sweep_block(c, k, {.first = first, .count = blocks.first_row(block + 1) - first}, new_air, air, rows);
    }
  }
}

}  // namespace lantian
