#include "sweep.hpp"

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
        face(size(stride)),
        mass(size(stride)),
        courant(size(stride)),
        per_new_mass(size(stride)) {}
  static std::size_t size(int stride) { return static_cast<std::size_t>(stride) + row_multiple; }
  std::vector<double> slope, gamma, edge, low, high, face, mass, courant, per_new_mass;
};

/// Mass through each face of a row in the step and the share of the upwind cell it is; the new air mass of
/// the row.
void air_of_row(const SweepContext& c, int k, int j, double* new_air, Rows& rows) {
  const Tile& tile = c.state.tile;
  const double* air = c.state.air_mass_kg.row(k, j);
  const auto& flux = c.environment.weather->fluxes.x_kg_s;
  for (int i = 0; i <= tile.columns; ++i) {
    const double mass = c.dt_s * flux(k, tile.first_row + j, tile.first_column + i);
    rows.mass[static_cast<std::size_t>(i)] = mass;
    rows.courant[static_cast<std::size_t>(i)] = std::fabs(mass) / (mass > 0.0 ? air[i - 1] : air[i]);
  }
  for (int i = 0; i < tile.columns; ++i) {
    const auto n = static_cast<std::size_t>(i);
    new_air[i] = air[i] - (rows.mass[n + 1] - rows.mass[n]);
    rows.per_new_mass[n] = 1.0 / new_air[i];
  }
}

/// Air outside the grid: what flows in has the boundary's mixing ratio; what flows out goes on as it is
/// inside.
void fill_outside(const SweepContext& c, int s, int k, int j, const Rows& rows) {
  const Tile& tile = c.state.tile;
  double* q = c.state.mixing_ratio_ppb[s].row(k, j);
  const int row = tile.first_row + j, last = tile.columns - 1;
  const auto species = static_cast<std::size_t>(s);
  if (tile.at_west()) {
    const bool flows_in = rows.mass[0] > 0.0;
    const double outside = c.environment.boundary->west[species](k, row);
    for (int n = 1; n <= halo_width; ++n) q[-n] = flows_in ? outside : beyond_outflow(q[0], q[1], n);
  }
  if (tile.at_east()) {
    const bool flows_in = rows.mass[static_cast<std::size_t>(tile.columns)] < 0.0;
    const double outside = c.environment.boundary->east[species](k, row);
    for (int n = 1; n <= halo_width; ++n)
      q[last + n] = flows_in ? outside : beyond_outflow(q[last], q[last - 1], n);
  }
}

/// What enters through the edge of the grid has the boundary's mixing ratio, whatever the scheme makes of it;
/// books what passes there.
void pass_boundary(const SweepContext& c, int s, int j, const double* q, Rows& rows) {
  const Tile& tile = c.state.tile;
  constexpr double mol_per_kg_ppb = 1.0e-9 * mol_air_per_kg;
  if (tile.at_west()) {
    if (rows.mass[0] > 0.0) rows.face[0] = q[-1];
    const double in = rows.mass[0] * rows.face[0] * mol_per_kg_ppb;
    c.ledger.add(in > 0.0 ? MassTerm::inflow : MassTerm::outflow, s, j, 0, in);
  }
  if (tile.at_east()) {
    const auto last = static_cast<std::size_t>(tile.columns);
    if (rows.mass[last] < 0.0) rows.face[last] = q[tile.columns];
    const double in = -rows.mass[last] * rows.face[last] * mol_per_kg_ppb;
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
void move_row(const SweepContext& c, int s, int k, int j, Rows& rows) {
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
  ppm_face_row(FaceAir<double>{rows.mass.data(), rows.courant.data()},
               ParabolaRow<double>{q - 1, low - 1, high - 1}, ParabolaRow<double>{q, low, high},
               rows.face.data(), columns + 1);
  pass_boundary(c, s, j, q, rows);
  ppm_update_row<limiter != Limiter::unlimited>(FaceFlow<double>{rows.mass.data(), rows.face.data()},
                                                FaceFlow<double>{rows.mass.data() + 1, rows.face.data() + 1},
                                                rows.per_new_mass.data(), q, columns);
}

/// All species of row j in layer k, then the air itself.
void sweep_row(const SweepContext& c, int k, int j, Field<double>& new_air, Rows& rows) {
  const Tile& tile = c.state.tile;
  double* air = c.state.air_mass_kg.row(k, j);
  if (tile.at_west()) air[-1] = air[0];
  if (tile.at_east()) air[tile.columns] = air[tile.columns - 1];
  air_of_row(c, k, j, new_air.row(k, j), rows);
  for (int s = 0; s < c.state.species.count(); ++s) {
    fill_outside(c, s, k, j, rows);
    with_limiter(c.limiter[static_cast<std::size_t>(s)],
                 [&]<Limiter limiter>() { move_row<limiter>(c, s, k, j, rows); });
  }
  std::copy_n(new_air.row(k, j), tile.columns, air);
}

}  // namespace

void sweep_x(const SweepContext& c, Field<double>& new_air) {
  const Tile& tile = c.state.tile;
#pragma omp parallel
  {
    Rows rows(tile.row_stride());
#pragma omp for schedule(static)
    for (int j = 0; j < tile.rows; ++j)
      for (int k = 0; k < tile.layers; ++k) sweep_row(c, k, j, new_air, rows);
  }
}

}  // namespace lantian
