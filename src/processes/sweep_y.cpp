#include "sweep.hpp"
#include "sweep_lines.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace lantian {

namespace {

void air_of_layer(const SweepContext& c, int k, Field<double>& new_air, FacePlane& faces) {
  const Tile& tile = c.state.tile;
  const auto& flux = c.environment.weather->fluxes.y_kg_s;
  Field<double>& air = c.state.air_mass_kg;
  const auto columns = static_cast<std::size_t>(tile.columns);
  for (auto* plane : {&faces.mass_kg, &faces.courant, &faces.per_new_mass})
    plane->resize(static_cast<std::size_t>(tile.rows + 1) * columns);
  if (tile.at_south()) std::copy_n(air.row(k, 0), tile.columns, air.row(k, -1));
  if (tile.at_north()) std::copy_n(air.row(k, tile.rows - 1), tile.columns, air.row(k, tile.rows));
  for (int f = 0; f <= tile.rows; ++f) {
    for (int i = 0; i < tile.columns; ++i) {
      const double mass = c.dt_s * flux(k, tile.first_row + f, tile.first_column + i);
      const auto n = static_cast<std::size_t>(f) * columns + static_cast<std::size_t>(i);
      faces.mass_kg[n] = mass;
      faces.courant[n] = std::fabs(mass) / (mass > 0.0 ? air(k, f - 1, i) : air(k, f, i));
      if (f == 0) continue;
      new_air(k, f - 1, i) = air(k, f - 1, i) - (mass - faces.mass_kg[n - columns]);
      faces.per_new_mass[n - columns] = 1.0 / new_air(k, f - 1, i);
    }
  }
}

/// Air outside the grid: what flows in has the boundary's mixing ratio; what flows out goes on as it is
/// inside.
void fill_outside(const SweepContext& c, int s, int k, const FacePlane& faces) {
  const Tile& tile = c.state.tile;
  Field<double>& q = c.state.mixing_ratio_ppb[s];
  const auto species = static_cast<std::size_t>(s);
  const int last = tile.rows - 1;
  const double* north_mass = faces.mass_kg.data() + static_cast<std::ptrdiff_t>(tile.rows) * tile.columns;
  for (int i = 0; i < tile.columns; ++i) {
    const int column = tile.first_column + i;
    if (tile.at_south()) {
      const bool flows_in = faces.mass_kg[static_cast<std::size_t>(i)] > 0.0;
      const double outside = c.environment.boundary->south[species](k, column);
      for (int n = 1; n <= halo_width; ++n)
        q(k, -n, i) = flows_in ? outside : beyond_outflow(q(k, 0, i), q(k, 1, i), n);
    }
    if (tile.at_north()) {
      const bool flows_in = north_mass[i] < 0.0;
      const double outside = c.environment.boundary->north[species](k, column);
      for (int n = 1; n <= halo_width; ++n)
        q(k, last + n, i) = flows_in ? outside : beyond_outflow(q(k, last, i), q(k, last - 1, i), n);
    }
  }
}

/// Books what passes the southern or northern edge of the grid.
// NOLINTNEXTLINE(readability-function-size): a row of faces, and where it lies
void book_edge(const SweepContext& c, int s, int row, const double* entering_kg, const double* face,
               double inwards) {
  constexpr double mol_per_kg_ppb = 1.0e-9 * mol_air_per_kg;
  for (int i = 0; i < c.state.tile.columns; ++i) {
    const double in = inwards * entering_kg[i] * face[i] * mol_per_kg_ppb;
    c.ledger.add(in > 0.0 ? MassTerm::inflow : MassTerm::outflow, s, row, i, in);
  }
}

/// Mixing ratios that cross the southern and northern edge of the grid.
struct EdgeFaces {
  explicit EdgeFaces(int columns)
      : south(static_cast<std::size_t>(columns)), north(static_cast<std::size_t>(columns)) {}
  std::vector<double> south, north;
};

/// A sweep of one species through one layer, from south to north.
template <Limiter limiter>
void move_layer(const SweepContext& c, int s, int k, const FacePlane& faces, EdgeFaces& edge) {
  const Tile& tile = c.state.tile;
  Field<double>& q = c.state.mixing_ratio_ppb[s];
  const double* next = c.state.mixing_ratio_ppb[std::min(s + 1, c.state.species.count() - 1)].row(k, 0);
  in_strips(tile.columns, [&]<class V>(int i, int others) {
    const LinesOfCells strip{.q = q.row(k, 0) + i,
                             .q_step = q.stride(),
                             .mass_kg = faces.mass_kg.data() + i,
                             .courant = faces.courant.data() + i,
                             .per_new_mass = faces.per_new_mass.data() + i,
                             .air_step = tile.columns,
                             .cells = tile.rows,
                             .low_face = tile.at_south() ? edge.south.data() + i : nullptr,
                             .high_face = tile.at_north() ? edge.north.data() + i : nullptr,
                             .ahead = next + static_cast<std::ptrdiff_t>(i) * tile.rows};
    move_lines<limiter, V>(strip, others);
  });
  const double* north_mass = faces.mass_kg.data() + static_cast<std::ptrdiff_t>(tile.rows) * tile.columns;
  if (tile.at_south()) book_edge(c, s, 0, faces.mass_kg.data(), edge.south.data(), 1.0);
  if (tile.at_north()) book_edge(c, s, tile.rows - 1, north_mass, edge.north.data(), -1.0);
}

}  // namespace

void sweep_y(const SweepContext& c, Field<double>& new_air, std::vector<FacePlane>& faces) {
  State& state = c.state;
  const Tile& tile = state.tile;
  faces.resize(static_cast<std::size_t>(tile.layers));
#pragma omp parallel
  {
#pragma omp for schedule(static)
    for (int k = 0; k < tile.layers; ++k) air_of_layer(c, k, new_air, faces[static_cast<std::size_t>(k)]);

    EdgeFaces edge(tile.columns);
    for (int k = 0; k < tile.layers; ++k) {  // its faces stay in the cache for all species
      const FacePlane& layer = faces[static_cast<std::size_t>(k)];
#pragma omp for schedule(static) \
    nowait  // a species has the same thread in all layers: its ledger's one writer
      for (int s = 0; s < state.species.count(); ++s) {
        fill_outside(c, s, k, layer);
        with_limiter(c.limiter[static_cast<std::size_t>(s)],
                     [&]<Limiter limiter>() { move_layer<limiter>(c, s, k, layer, edge); });
      }
    }
#pragma omp for schedule(static)
    for (int k = 0; k < tile.layers; ++k)
      for (int j = 0; j < tile.rows; ++j)
        std::copy_n(new_air.row(k, j), tile.columns, state.air_mass_kg.row(k, j));
  }
}

}  // namespace lantian
