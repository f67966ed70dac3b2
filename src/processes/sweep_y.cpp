#include "sweep.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lantian {

namespace {

/// One layer of faces across y: face (f, i) lies south of row f; f in 0..rows. And 1 / new air mass of the
/// cells.
struct FacePlane {
  std::vector<double> mass_kg, courant, per_new_mass;
};

/// Scratch planes of one thread; row 0 stands for row -3.
class Planes {
 public:
  Planes(int rows, int columns) : columns_(columns) {
    for (auto* plane : {&slope_, &gamma_, &edge_, &low_, &high_, &face_})
      plane->resize(static_cast<std::size_t>(rows + 2 * halo_width + 1) * static_cast<std::size_t>(columns));
  }
  double* slope(int j) { return at(slope_, j); }
  double* gamma(int j) { return at(gamma_, j); }
  double* edge(int j) { return at(edge_, j); }
  double* low(int j) { return at(low_, j); }
  double* high(int j) { return at(high_, j); }
  double* face(int j) { return at(face_, j); }

 private:
  [[nodiscard]] double* at(std::vector<double>& plane, int j) const {
    return plane.data() + static_cast<std::ptrdiff_t>(j + halo_width) * columns_;
  }
  int columns_;
  std::vector<double> slope_, gamma_, edge_, low_, high_, face_;
};

FacePlane air_of_layer(const SweepContext& c, int k, Field<double>& new_air) {
  const Tile& tile = c.state.tile;
  const auto& flux = c.environment.weather->fluxes.y_kg_s;
  Field<double>& air = c.state.air_mass_kg;
  const auto columns = static_cast<std::size_t>(tile.columns);
  FacePlane faces{std::vector<double>(static_cast<std::size_t>(tile.rows + 1) * columns), {}, {}};
  faces.courant = faces.per_new_mass = faces.mass_kg;
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
  return faces;
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

/// What enters through the edge of the grid has the boundary's mixing ratio, whatever the scheme makes of it;
/// books what passes there.
void pass_boundary(const SweepContext& c, int s, int k, const FacePlane& faces, Planes& planes) {
  const Tile& tile = c.state.tile;
  constexpr double mol_per_kg_ppb = 1.0e-9 * mol_air_per_kg;
  const Field<double>& q = c.state.mixing_ratio_ppb[s];
  const double* north_mass = faces.mass_kg.data() + static_cast<std::ptrdiff_t>(tile.rows) * tile.columns;
  double *south_face = planes.face(0), *north_face = planes.face(tile.rows);
  for (int i = 0; i < tile.columns; ++i) {
    if (tile.at_south()) {
      const double mass = faces.mass_kg[static_cast<std::size_t>(i)];
      if (mass > 0.0) south_face[i] = q(k, -1, i);
      const double in = mass * south_face[i] * mol_per_kg_ppb;
      c.ledger.add(in > 0.0 ? MassTerm::inflow : MassTerm::outflow, s, 0, i, in);
    }
    if (tile.at_north()) {
      if (north_mass[i] < 0.0) north_face[i] = q(k, tile.rows, i);
      const double in = -north_mass[i] * north_face[i] * mol_per_kg_ppb;
      c.ledger.add(in > 0.0 ? MassTerm::inflow : MassTerm::outflow, s, tile.rows - 1, i, in);
    }
  }
}

/// Ends of the parabolas of rows -1..rows of a layer.
template <Limiter limiter>
void limit_layer(const Field<double>& q, int k, const Tile& tile, Planes& planes) {
  if constexpr (limiter == Limiter::selective) {
    for (int j = -2; j <= tile.rows + 1; ++j)
      ppm_gamma_row(NeighbourRows<double>{q.row(k, j - 1), q.row(k, j), q.row(k, j + 1)}, 1.0, 1.0,
                    planes.gamma(j), tile.columns);
    for (int j = -1; j <= tile.rows; ++j)
      ppm_limit_selectively_row(
          NeighbourRows<double>{q.row(k, j - 1), q.row(k, j), q.row(k, j + 1)},
          NeighbourRows<double>{planes.gamma(j - 1), planes.gamma(j), planes.gamma(j + 1)},
          EdgeRows<double>{planes.edge(j), planes.edge(j + 1)}, planes.low(j), planes.high(j), tile.columns);
  } else {
    for (int j = -1; j <= tile.rows; ++j)
      ppm_limit_row<limiter>(q.row(k, j), planes.edge(j), planes.edge(j + 1), planes.low(j), planes.high(j),
                             tile.columns);
  }
}

template <Limiter limiter>
void move_layer(const SweepContext& c, int s, int k, const FacePlane& faces, Planes& planes) {
  const int rows = c.state.tile.rows, columns = c.state.tile.columns;
  Field<double>& q = c.state.mixing_ratio_ppb[s];
  for (int j = -2; j <= rows + 1; ++j)
    ppm_slope_row<limiter>(NeighbourRows<double>{q.row(k, j - 1), q.row(k, j), q.row(k, j + 1)}, 0.5, 0.5,
                           planes.slope(j), columns);
  for (int f = -1; f <= rows + 1; ++f)
    ppm_edge_row(q.row(k, f - 1), q.row(k, f), planes.slope(f - 1), planes.slope(f), planes.edge(f), columns);
  limit_layer<limiter>(q, k, c.state.tile, planes);
  for (int f = 0; f <= rows; ++f) {
    const auto first = static_cast<std::ptrdiff_t>(f) * columns;
    ppm_face_row(FaceAir<double>{faces.mass_kg.data() + first, faces.courant.data() + first},
                 ParabolaRow<double>{q.row(k, f - 1), planes.low(f - 1), planes.high(f - 1)},
                 ParabolaRow<double>{q.row(k, f), planes.low(f), planes.high(f)}, planes.face(f), columns);
  }
  pass_boundary(c, s, k, faces, planes);
  for (int j = 0; j < rows; ++j) {
    const auto first = static_cast<std::ptrdiff_t>(j) * columns;
    const double* mass = faces.mass_kg.data() + first;
    ppm_update_row<limiter != Limiter::unlimited>(FaceFlow<double>{mass, planes.face(j)},
                                                  FaceFlow<double>{mass + columns, planes.face(j + 1)},
                                                  faces.per_new_mass.data() + first, q.row(k, j), columns);
  }
}

void sweep_species(const SweepContext& c, int s, const std::vector<FacePlane>& faces, Planes& planes) {
  for (int k = 0; k < c.state.tile.layers; ++k) {
    const FacePlane& layer = faces[static_cast<std::size_t>(k)];
    fill_outside(c, s, k, layer);
    with_limiter(c.limiter[static_cast<std::size_t>(s)],
                 [&]<Limiter limiter>() { move_layer<limiter>(c, s, k, layer, planes); });
  }
}

}  // namespace

void sweep_y(const SweepContext& c, Field<double>& new_air) {
  State& state = c.state;
  const Tile& tile = state.tile;
  std::vector<FacePlane> faces(static_cast<std::size_t>(tile.layers));
#pragma omp parallel
  {
#pragma omp for schedule(static)
    for (int k = 0; k < tile.layers; ++k) faces[static_cast<std::size_t>(k)] = air_of_layer(c, k, new_air);

    Planes planes(tile.rows, tile.columns);
#pragma omp for schedule(static)  // a species has one thread, so its ledger has one writer
    for (int s = 0; s < state.species.count(); ++s) sweep_species(c, s, faces, planes);
#pragma omp for schedule(static)
    for (int k = 0; k < tile.layers; ++k)
      for (int j = 0; j < tile.rows; ++j)
        std::copy_n(new_air.row(k, j), tile.columns, state.air_mass_kg.row(k, j));
  }
}

}  // namespace lantian
