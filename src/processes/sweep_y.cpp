#include "sweep.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lantian {

namespace {

/// Scratch of one thread: the rows that a sweep from south to north has at hand. Row or face j lies where
/// that four before it lay.
class RingOfRows {
 public:
  explicit RingOfRows(int columns) : columns_(columns) {
    for (auto* ring : {&slope_, &gamma_, &edge_, &low_, &high_, &face_})
      ring->resize(length * static_cast<std::size_t>(columns));
  }
  double* slope(int j) { return at(slope_, j); }
  double* gamma(int j) { return at(gamma_, j); }
  double* edge(int j) { return at(edge_, j); }
  double* low(int j) { return at(low_, j); }
  double* high(int j) { return at(high_, j); }
  double* face(int j) { return at(face_, j); }

 private:
  static constexpr std::size_t length = 4;
  [[nodiscard]] double* at(std::vector<double>& ring, int j) const {
    return ring.data() + (static_cast<std::size_t>(j + static_cast<int>(length)) % length) *
                             static_cast<std::size_t>(columns_);
  }
  int columns_;
  std::vector<double> slope_, gamma_, edge_, low_, high_, face_;
};

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

/// What enters through the southern or northern edge of the grid has the boundary's mixing ratio, which lies
/// in `outside`, whatever the scheme makes of it; books what passes there.
// NOLINTNEXTLINE(readability-function-size): a row, and what lies on both sides of its edge
void pass_boundary(const SweepContext& c, int s, int row, const double* entering_kg, const double* outside,
                   double* face, double inwards) {
  constexpr double mol_per_kg_ppb = 1.0e-9 * mol_air_per_kg;
  for (int i = 0; i < c.state.tile.columns; ++i) {
    const double mass = inwards * entering_kg[i];
    if (mass > 0.0) face[i] = outside[i];
    const double in = mass * face[i] * mol_per_kg_ppb;
    c.ledger.add(in > 0.0 ? MassTerm::inflow : MassTerm::outflow, s, row, i, in);
  }
}

/// A sweep of one species through one layer, from south to north.
template <Limiter limiter>
class LayerSweep {
 public:
  LayerSweep(const SweepContext& c, int s, int k, const FacePlane& faces, RingOfRows& rows)
      : c_(c),
        q_(c.state.mixing_ratio_ppb[s]),
        faces_(faces),
        rows_(rows),
        s_(s),
        k_(k),
        columns_(c.state.tile.columns) {}

  /// Each row is taken as far as the rows before it allow, so that all it needs is still in the cache.
  void run() {
    const Tile& tile = c_.state.tile;
    reconstruct(-2);
    reconstruct(-1);
    for (int j = -1; j <= tile.rows; ++j) {
      reconstruct(j + 1);
      limit(j);
      if (j < 0) continue;
      cross(j);
      if (j > 0) update(j - 1);
    }
  }

 private:
  /// Slope of row j and what else it needs of its neighbours; the value at its southern face.
  void reconstruct(int j) {
    const NeighbourRows<double> here{q_.row(k_, j - 1), q_.row(k_, j), q_.row(k_, j + 1)};
    ppm_slope_row<limiter>(here, 0.5, 0.5, rows_.slope(j), columns_);
    if constexpr (limiter == Limiter::selective) ppm_gamma_row(here, 1.0, 1.0, rows_.gamma(j), columns_);
    if (j > -2) ppm_edge_row(here.below, here.q, rows_.slope(j - 1), rows_.slope(j), rows_.edge(j), columns_);
  }

  /// Ends of the parabolas of row j.
  void limit(int j) {
    if constexpr (limiter == Limiter::selective) {
      ppm_limit_selectively_row(NeighbourRows<double>{q_.row(k_, j - 1), q_.row(k_, j), q_.row(k_, j + 1)},
                                NeighbourRows<double>{rows_.gamma(j - 1), rows_.gamma(j), rows_.gamma(j + 1)},
                                EdgeRows<double>{rows_.edge(j), rows_.edge(j + 1)}, rows_.low(j),
                                rows_.high(j), columns_);
    } else {
      ppm_limit_row<limiter>(q_.row(k_, j), rows_.edge(j), rows_.edge(j + 1), rows_.low(j), rows_.high(j),
                             columns_);
    }
  }

  /// What passes the southern face of row f.
  void cross(int f) {
    const Tile& tile = c_.state.tile;
    const auto first = static_cast<std::ptrdiff_t>(f) * columns_;
    const double* mass_kg = faces_.mass_kg.data() + first;
    ppm_face_row(FaceAir<double>{mass_kg, faces_.courant.data() + first},
                 ParabolaRow<double>{q_.row(k_, f - 1), rows_.low(f - 1), rows_.high(f - 1)},
                 ParabolaRow<double>{q_.row(k_, f), rows_.low(f), rows_.high(f)}, rows_.face(f), columns_);
    if (f == 0 && tile.at_south()) pass_boundary(c_, s_, 0, mass_kg, q_.row(k_, -1), rows_.face(0), 1.0);
    if (f == tile.rows && tile.at_north())
      pass_boundary(c_, s_, tile.rows - 1, mass_kg, q_.row(k_, f), rows_.face(f), -1.0);
  }

  void update(int j) {
    const auto first = static_cast<std::ptrdiff_t>(j) * columns_;
    const double* mass = faces_.mass_kg.data() + first;
    ppm_update_row<limiter != Limiter::unlimited>(
        FaceFlow<double>{mass, rows_.face(j)}, FaceFlow<double>{mass + columns_, rows_.face(j + 1)},
        faces_.per_new_mass.data() + first, q_.row(k_, j), columns_);
  }

  const SweepContext& c_;
  Field<double>& q_;
  const FacePlane& faces_;
  RingOfRows& rows_;
  int s_, k_, columns_;
};

}  // namespace

void sweep_y(const SweepContext& c, Field<double>& new_air, std::vector<FacePlane>& faces) {
  State& state = c.state;
  const Tile& tile = state.tile;
  faces.resize(static_cast<std::size_t>(tile.layers));
#pragma omp parallel
  {
#pragma omp for schedule(static)
    for (int k = 0; k < tile.layers; ++k) air_of_layer(c, k, new_air, faces[static_cast<std::size_t>(k)]);

    RingOfRows rows(tile.columns);
    for (int k = 0; k < tile.layers; ++k) {  // its faces stay in the cache for all species
      const FacePlane& layer = faces[static_cast<std::size_t>(k)];
#pragma omp for schedule(static) \
    nowait  // a species has the same thread in all layers: its ledger's one writer
      for (int s = 0; s < state.species.count(); ++s) {
        fill_outside(c, s, k, layer);
        with_limiter(c.limiter[static_cast<std::size_t>(s)],
                     [&]<Limiter limiter>() { LayerSweep<limiter>(c, s, k, layer, rows).run(); });
      }
    }
#pragma omp for schedule(static)
    for (int k = 0; k < tile.layers; ++k)
      for (int j = 0; j < tile.rows; ++j)
        std::copy_n(new_air.row(k, j), tile.columns, state.air_mass_kg.row(k, j));
  }
}

}  // namespace lantian
