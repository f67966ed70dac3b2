#include "sweep.hpp"

#include "lantian/processes/column_process.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace lantian {

namespace {

/// Scratch of one thread: what a sweep upwards has at hand. Layer or interface k lies where that four below
/// it lay.
class RingOfLayers {
 public:
  explicit RingOfLayers(int columns) : columns_(columns) {
    for (auto* ring : {&slope_, &gamma_, &edge_, &low_, &high_, &face_})
      ring->resize(length * static_cast<std::size_t>(columns));
  }
  double* slope(int k) { return at(slope_, k); }
  double* gamma(int k) { return at(gamma_, k); }
  double* edge(int k) { return at(edge_, k); }
  double* low(int k) { return at(low_, k); }
  double* high(int k) { return at(high_, k); }
  double* face(int k) { return at(face_, k); }

 private:
  static constexpr std::size_t length = 4;
  [[nodiscard]] double* at(std::vector<double>& ring, int k) const {
    return ring.data() + (static_cast<std::size_t>(k) % length) * static_cast<std::size_t>(columns_);
  }
  int columns_;
  std::vector<double> slope_, gamma_, edge_, low_, high_, face_;
};

/// Air of a row of columns, the same for all species, by layer or interface: mass through each interface in
/// the step, the share of the upwind cell that it is, and 1 / new air mass of the cells.
class ColumnAir {
 public:
  ColumnAir(int layers, int columns) : columns_(columns) {
    for (auto* plane : {&mass_kg_, &courant_, &per_new_mass_})
      plane->resize(static_cast<std::size_t>(layers + 1) * static_cast<std::size_t>(columns));
  }
  static std::size_t bytes(int layers, int columns) {
    return 3 * sizeof(double) * static_cast<std::size_t>(layers + 1) * static_cast<std::size_t>(columns);
  }
  double* mass_kg(int k) { return at(mass_kg_, k); }
  double* courant(int k) { return at(courant_, k); }
  double* per_new_mass(int k) { return at(per_new_mass_, k); }

 private:
  [[nodiscard]] double* at(std::vector<double>& plane, int k) const {
    return plane.data() + static_cast<std::ptrdiff_t>(k) * columns_;
  }
  int columns_;
  std::vector<double> mass_kg_, courant_, per_new_mass_;
};

void air_of_row(const SweepContext& c, int j, Field<double>& new_air, ColumnAir& faces) {
  const Tile& tile = c.state.tile;
  const auto& flux = c.environment.weather->fluxes.vertical_kg_s;
  Field<double>& air = c.state.air_mass_kg;
  for (int k = 0; k <= tile.layers; ++k) {
    for (int i = 0; i < tile.columns; ++i) {
      const double mass = c.dt_s * flux(k, tile.first_row + j, tile.first_column + i);
      const int upwind = mass > 0.0 ? std::max(k - 1, 0) : std::min(k, tile.layers - 1);
      faces.mass_kg(k)[i] = mass;
      faces.courant(k)[i] = std::fabs(mass) / air(upwind, j, i);
      if (k == 0) continue;
      new_air(k - 1, j, i) = air(k - 1, j, i) - (mass - faces.mass_kg(k - 1)[i]);
      faces.per_new_mass(k - 1)[i] = 1.0 / new_air(k - 1, j, i);
    }
  }
}

/// A sweep of one species through a row of columns, from the ground up, on layers of unequal thickness.
template <Limiter limiter>
class ColumnSweep {
 public:
  ColumnSweep(const SweepContext& c, const LayerCoefficients& layers, int s, int j, ColumnAir& air,
              RingOfLayers& work)
      : c_(c),
        layers_(layers),
        q_(c.state.mixing_ratio_ppb[s]),
        air_(air),
        work_(work),
        s_(s),
        j_(j),
        last_(c.state.tile.layers - 1),
        columns_(c.state.tile.columns) {}

  /// Each layer is taken as far as those below it allow, so that all it needs is still in the cache.
  void run() {
    reconstruct(0);
    for (int k = 0; k <= last_; ++k) {
      if (k < last_) reconstruct(k + 1);
      if (k == last_) std::copy_n(q_.row(k, j_), columns_, work_.edge(k + 1));
      limit(k);
      cross(k);
      if (k > 0) update(k - 1);
      prefetch_row(q_.row(k, j_ + 1), columns_);
    }
    pass_top();
    update(last_);
  }

 private:
  [[nodiscard]] NeighbourRows<double> cells(int k) const {
    return {q_.row(std::max(k - 1, 0), j_), q_.row(k, j_), q_.row(std::min(k + 1, last_), j_)};
  }

  /// Slope of layer k, none in the lowest and the highest, and what else it needs of its neighbours; the
  /// value at its lower interface.
  void reconstruct(int k) {
    const auto n = static_cast<std::size_t>(k);
    if (k == 0 || k == last_)
      std::fill_n(work_.slope(k), columns_, 0.0);
    else
      ppm_slope_row<limiter>(cells(k), layers_.slope_below(n), layers_.slope_above(n), work_.slope(k),
                             columns_);
    if constexpr (limiter == Limiter::selective)
      ppm_gamma_row(cells(k), layers_.per_distance(n), layers_.per_distance(n + 1), work_.gamma(k), columns_);
    if (k == 0) {
      std::copy_n(q_.row(0, j_), columns_, work_.edge(0));
      return;
    }
    const double jump = layers_.edge_jump(n), below = layers_.edge_slope_below(n),
                 above = layers_.edge_slope_above(n);
    const double *q_below = q_.row(k - 1, j_), *q_above = q_.row(k, j_), *slope_below = work_.slope(k - 1),
                 *slope_above = work_.slope(k);
    double* edge = work_.edge(k);
#pragma omp simd
    for (int i = 0; i < columns_; ++i)
      edge[i] =
          q_below[i] + jump * (q_above[i] - q_below[i]) + (below * slope_below[i] + above * slope_above[i]);
  }

  /// Ends of the parabolas of layer k. The lowest and the highest have one neighbour each.
  void limit(int k) {
    if constexpr (limiter == Limiter::selective) {
      ppm_limit_selectively_row(cells(k),
                                NeighbourRows<double>{work_.gamma(std::max(k - 1, 0)), work_.gamma(k),
                                                      work_.gamma(std::min(k + 1, last_))},
                                EdgeRows<double>{work_.edge(k), work_.edge(k + 1)}, work_.low(k),
                                work_.high(k), columns_);
    } else {
      ppm_limit_row<limiter>(q_.row(k, j_), work_.edge(k), work_.edge(k + 1), work_.low(k), work_.high(k),
                             columns_);
    }
  }

  /// What passes the lower interface of layer k.
  void cross(int k) {
    if (k == 0) {
      std::fill_n(work_.face(0), columns_, 0.0);  // nothing passes the ground
      return;
    }
    ppm_face_row(FaceAir<double>{air_.mass_kg(k), air_.courant(k)},
                 ParabolaRow<double>{q_.row(k - 1, j_), work_.low(k - 1), work_.high(k - 1)},
                 ParabolaRow<double>{q_.row(k, j_), work_.low(k), work_.high(k)}, work_.face(k), columns_);
  }

  /// What passes the model top: what comes in has the mixing ratio of the air above.
  void pass_top() {
    const Tile& tile = c_.state.tile;
    const double *q = q_.row(last_, j_), *low = work_.low(last_), *high = work_.high(last_),
                 *mass_kg = air_.mass_kg(last_ + 1), *courant = air_.courant(last_ + 1),
                 *above = &c_.environment.boundary->top[static_cast<std::size_t>(s_)](tile.first_row + j_,
                                                                                      tile.first_column);
    double* face = work_.face(last_ + 1);
#pragma omp simd
    for (int i = 0; i < columns_; ++i) {
      const double leaving = ppm_leaving_high(q[i], ParabolaEnds<double>{low[i], high[i]}, courant[i]);
      face[i] = mass_kg[i] > 0.0 ? leaving : above[i];
    }
    double *inflow = &c_.ledger.columns(MassTerm::inflow, s_)(j_, 0),
           *outflow = &c_.ledger.columns(MassTerm::outflow, s_)(j_, 0);
#pragma omp simd
    for (int i = 0; i < columns_; ++i) {
      const double in = -mass_kg[i] * face[i] * 1.0e-9 * mol_air_per_kg;
      inflow[i] += in > 0.0 ? in : 0.0;
      outflow[i] += in > 0.0 ? 0.0 : in;
    }
  }

  void update(int k) {
    ppm_update_row<limiter != Limiter::unlimited>(FaceFlow<double>{air_.mass_kg(k), work_.face(k)},
                                                  FaceFlow<double>{air_.mass_kg(k + 1), work_.face(k + 1)},
                                                  air_.per_new_mass(k), q_.row(k, j_), columns_);
  }

  const SweepContext& c_;
  const LayerCoefficients& layers_;
  Field<double>& q_;
  ColumnAir& air_;
  RingOfLayers& work_;
  int s_, j_, last_, columns_;
};

/// All species of a block of rows, then the air itself.
void sweep_block(const SweepContext& c, const LayerCoefficients& layers, RowBand block,
                 Field<double>& new_air, std::vector<ColumnAir>& air, RingOfLayers& work) {
  const Tile& tile = c.state.tile;
  const auto air_of = [&](int j) -> ColumnAir& { return air[static_cast<std::size_t>(j - block.first)]; };
  const int end = block.first + block.count;
  for (int j = block.first; j < end; ++j) air_of_row(c, j, new_air, air_of(j));
  for (int s = 0; s < c.state.species.count(); ++s)
    with_limiter(c.limiter[static_cast<std::size_t>(s)], [&]<Limiter limiter>() {
      for (int j = block.first; j < end; ++j) ColumnSweep<limiter>(c, layers, s, j, air_of(j), work).run();
    });
  for (int k = 0; k < tile.layers; ++k)
    for (int j = block.first; j < end; ++j)
      std::copy_n(new_air.row(k, j), tile.columns, c.state.air_mass_kg.row(k, j));
}

}  // namespace

void sweep_z(const SweepContext& c, const LayerCoefficients& layers, Field<double>& new_air) {
  const Tile& tile = c.state.tile;
  const RowBlocks blocks(tile.rows, ColumnAir::bytes(tile.layers, tile.columns));
#pragma omp parallel
  {
    RingOfLayers work(tile.columns);
    std::vector<ColumnAir> air(static_cast<std::size_t>(blocks.most_rows()),
                               ColumnAir(tile.layers, tile.columns));
#pragma omp for schedule(static)
    for (int block = 0; block < blocks.count(); ++block) {
      const int first = blocks.first_row(block);
      sweep_block(c, layers, {.first = first, .count = blocks.first_row(block + 1) - first}, new_air, air,
                  work);
    }
  }
}

}  // namespace lantian
