#include "sweep.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lantian {

namespace {

/// Scratch of one thread: [layer or interface][column].
class Columns {
 public:
  Columns(int layers, int columns) : columns_(columns) {
    for (auto* plane : {&slope_, &gamma_, &edge_, &low_, &high_, &face_, &mass_, &courant_, &per_new_mass_})
      plane->resize(static_cast<std::size_t>(layers + 1) * static_cast<std::size_t>(columns));
  }
  double* slope(int k) { return at(slope_, k); }
  double* gamma(int k) { return at(gamma_, k); }
  double* edge(int k) { return at(edge_, k); }
  double* low(int k) { return at(low_, k); }
  double* high(int k) { return at(high_, k); }
  double* face(int k) { return at(face_, k); }
  double* mass(int k) { return at(mass_, k); }
  double* courant(int k) { return at(courant_, k); }
  double* per_new_mass(int k) { return at(per_new_mass_, k); }

 private:
  [[nodiscard]] double* at(std::vector<double>& plane, int k) const {
    return plane.data() + static_cast<std::ptrdiff_t>(k) * columns_;
  }
  int columns_;
  std::vector<double> slope_, gamma_, edge_, low_, high_, face_, mass_, courant_, per_new_mass_;
};

void air_of_row(const SweepContext& c, int j, Field<double>& new_air, Columns& work) {
  const Tile& tile = c.state.tile;
  const auto& flux = c.environment.weather->fluxes.vertical_kg_s;
  Field<double>& air = c.state.air_mass_kg;
  for (int k = 0; k <= tile.layers; ++k) {
    for (int i = 0; i < tile.columns; ++i) {
      const double mass = c.dt_s * flux(k, tile.first_row + j, tile.first_column + i);
      const int upwind = mass > 0.0 ? std::max(k - 1, 0) : std::min(k, tile.layers - 1);
      work.mass(k)[i] = mass;
      work.courant(k)[i] = std::fabs(mass) / air(upwind, j, i);
      if (k == 0) continue;
      new_air(k - 1, j, i) = air(k - 1, j, i) - (mass - work.mass(k - 1)[i]);
      work.per_new_mass(k - 1)[i] = 1.0 / new_air(k - 1, j, i);
    }
  }
}

/// Ends of the parabolas of all layers. The lowest and the highest have one neighbour each.
template <Limiter limiter>
void limit(const Field<double>& q, const LayerCoefficients& layers, int j, const Tile& tile, Columns& work) {
  const int last = tile.layers - 1;
  if constexpr (limiter == Limiter::selective) {
    const auto below = [](int k) { return std::max(k - 1, 0); };
    const auto above = [last](int k) { return std::min(k + 1, last); };
    for (int k = 0; k <= last; ++k)
      ppm_gamma_row(NeighbourRows<double>{q.row(below(k), j), q.row(k, j), q.row(above(k), j)},
                    layers.per_distance(static_cast<std::size_t>(k)),
                    layers.per_distance(static_cast<std::size_t>(k) + 1), work.gamma(k), tile.columns);
    for (int k = 0; k <= last; ++k)
      ppm_limit_selectively_row(
          NeighbourRows<double>{q.row(below(k), j), q.row(k, j), q.row(above(k), j)},
          NeighbourRows<double>{work.gamma(below(k)), work.gamma(k), work.gamma(above(k))},
          EdgeRows<double>{work.edge(k), work.edge(k + 1)}, work.low(k), work.high(k), tile.columns);
  } else {
    for (int k = 0; k <= last; ++k)
      ppm_limit_row<limiter>(q.row(k, j), work.edge(k), work.edge(k + 1), work.low(k), work.high(k),
                             tile.columns);
  }
}

/// Slopes and edges on layers of unequal thickness; no slope in the lowest and the highest layer.
template <Limiter limiter>
void reconstruct(const SweepContext& c, const LayerCoefficients& layers, int s, int j, Columns& work) {
  const int count = c.state.tile.layers, columns = c.state.tile.columns;
  const Field<double>& q = c.state.mixing_ratio_ppb[s];
  std::fill_n(work.slope(0), columns, 0.0);
  std::fill_n(work.slope(count - 1), columns, 0.0);
  for (int k = 1; k + 1 < count; ++k) {
    const double a = layers.slope_below(static_cast<std::size_t>(k)),
                 b = layers.slope_above(static_cast<std::size_t>(k));
    ppm_slope_row<limiter>(NeighbourRows<double>{q.row(k - 1, j), q.row(k, j), q.row(k + 1, j)}, a, b,
                           work.slope(k), columns);
  }
  std::copy_n(q.row(0, j), columns, work.edge(0));
  std::copy_n(q.row(count - 1, j), columns, work.edge(count));
  for (int k = 1; k < count; ++k) {
    const auto n = static_cast<std::size_t>(k);
    const double jump = layers.edge_jump(n), below = layers.edge_slope_below(n),
                 above = layers.edge_slope_above(n);
    const double *q_below = q.row(k - 1, j), *q_above = q.row(k, j), *slope_below = work.slope(k - 1),
                 *slope_above = work.slope(k);
    double* edge = work.edge(k);
#pragma omp simd
    for (int i = 0; i < columns; ++i)
      edge[i] =
          q_below[i] + jump * (q_above[i] - q_below[i]) + (below * slope_below[i] + above * slope_above[i]);
  }
  limit<limiter>(q, layers, j, c.state.tile, work);
}

/// What passes the model top: what comes in has the mixing ratio of the air above.
void pass_top(const SweepContext& c, int s, int j, Columns& work) {
  const Tile& tile = c.state.tile;
  const int top = tile.layers;
  const double* q = c.state.mixing_ratio_ppb[s].row(top - 1, j);
  const Array2<double>& above = c.environment.boundary->top[static_cast<std::size_t>(s)];
  for (int i = 0; i < tile.columns; ++i) {
    const double mass = work.mass(top)[i];
    const double outside = above(tile.first_row + j, tile.first_column + i);
    const double leaving = ppm_leaving_high(
        q[i], ParabolaEnds<double>{work.low(top - 1)[i], work.high(top - 1)[i]}, work.courant(top)[i]);
    work.face(top)[i] = mass > 0.0 ? leaving : outside;
    const double in = -mass * work.face(top)[i] * 1.0e-9 * mol_air_per_kg;
    c.ledger.add(in > 0.0 ? MassTerm::inflow : MassTerm::outflow, s, j, i, in);
  }
}

template <Limiter limiter>
void move_columns(const SweepContext& c, const LayerCoefficients& layers, int s, int j, Columns& work) {
  const int count = c.state.tile.layers, columns = c.state.tile.columns;
  Field<double>& q = c.state.mixing_ratio_ppb[s];
  reconstruct<limiter>(c, layers, s, j, work);
  std::fill_n(work.face(0), columns, 0.0);  // nothing passes the ground
  for (int k = 1; k < count; ++k)
    ppm_face_row(FaceAir<double>{work.mass(k), work.courant(k)},
                 ParabolaRow<double>{q.row(k - 1, j), work.low(k - 1), work.high(k - 1)},
                 ParabolaRow<double>{q.row(k, j), work.low(k), work.high(k)}, work.face(k), columns);
  pass_top(c, s, j, work);
  for (int k = 0; k < count; ++k)
    ppm_update_row<limiter != Limiter::unlimited>(FaceFlow<double>{work.mass(k), work.face(k)},
                                                  FaceFlow<double>{work.mass(k + 1), work.face(k + 1)},
                                                  work.per_new_mass(k), q.row(k, j), columns);
}

}  // namespace

void sweep_z(const SweepContext& c, const LayerCoefficients& layers, Field<double>& new_air) {
  State& state = c.state;
  const Tile& tile = state.tile;
#pragma omp parallel
  {
    Columns work(tile.layers, tile.columns);
#pragma omp for schedule(static)
    for (int j = 0; j < tile.rows; ++j) {
      air_of_row(c, j, new_air, work);
      for (int s = 0; s < state.species.count(); ++s)
        with_limiter(c.limiter[static_cast<std::size_t>(s)],
                     [&]<Limiter limiter>() { move_columns<limiter>(c, layers, s, j, work); });
      for (int k = 0; k < tile.layers; ++k)
        std::copy_n(new_air.row(k, j), tile.columns, state.air_mass_kg.row(k, j));
    }
  }
}

}  // namespace lantian
