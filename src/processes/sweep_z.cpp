#include "sweep.hpp"
#include "sweep_lines.hpp"

#include "lantian/processes/column_process.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace lantian {

namespace {

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

/// A species in a row of columns.
struct SpeciesRow {
  int s, j;
};

/// A sweep of one species through a row of columns, from the ground up, on layers of unequal thickness.
template <Limiter limiter>
class ColumnSweep {
 public:
  /// @param next  species and row that come next and are fetched on the way
  ColumnSweep(const SweepContext& c, const LayerCoefficients& layers, SpeciesRow at, SpeciesRow next,
              ColumnAir& air, std::vector<double>& top_face)
      : c_(c),
        layers_(layers),
        q_(c.state.mixing_ratio_ppb[at.s]),
        ahead_(c.state.mixing_ratio_ppb[next.s]),
        air_(air),
        top_face_(top_face),
        s_(at.s),
        j_(at.j),
        ahead_j_(next.j),
        last_(c.state.tile.layers - 1) {}

  void run() {
    in_strips(c_.state.tile.columns, [&]<class V>(int i, int others) { climb<V>(i, others); });
    book_top();
  }

 private:
  /// Moves neighbouring columns from i on. `others`: those in front that stay as they are.
  template <class V>
  void climb(int i, int others) {
    const auto is_own = own_columns<V>(others);
    PpmMarch<limiter, V> march(load<V>(q_.row(0, j_) + i));
    take(march, 1, i);
    march.close_below();
    take(march, 2, i);
    march.leave({load<V>(air_.mass_kg(0) + i), V{}});  // nothing passes the ground
    for (int f = 1; f <= last_ + 1; ++f) {
      take(march, f + 2, i);
      FaceFlow<V> flow = march.crossing(load<V>(air_.mass_kg(f) + i), load<V>(air_.courant(f) + i));
      if (f > last_) {  // what comes in through the model top has the mixing ratio of the air above
        flow.q = choose(flow.mass_kg > 0.0, flow.q, load<V>(above_top() + i));
        store(top_face_.data() + i, flow.q);
      }
      const V updated = march.updated(flow, load<V>(air_.per_new_mass(f - 1) + i));
      store(q_.row(f - 1, j_) + i, choose(is_own, updated, march.below()));
      march.leave(flow);
      __builtin_prefetch(ahead_.row(f - 1, ahead_j_) + i, 1);
      __builtin_prefetch(ahead_.row(f - 1, ahead_j_) + i + lane_count - 1, 1);
    }
  }

  template <class V>
  [[gnu::always_inline]] void take(PpmMarch<limiter, V>& march, int k, int i) const {
    if (k > last_ + 1)
      march.take_end();
    else
      march.take(load<V>(q_.row(std::min(k, last_), j_) + i),
                 layers_.of_layer(static_cast<std::size_t>(k) - 1));
  }

  [[nodiscard]] const double* above_top() const {
    const Tile& tile = c_.state.tile;
    return &c_.environment.boundary->top[static_cast<std::size_t>(s_)](tile.first_row + j_,
                                                                       tile.first_column);
  }

  void book_top() {
    const double *mass_kg = air_.mass_kg(last_ + 1), *face = top_face_.data();
    double *inflow = &c_.ledger.columns(MassTerm::inflow, s_)(j_, 0),
           *outflow = &c_.ledger.columns(MassTerm::outflow, s_)(j_, 0);
#pragma omp simd
    for (int i = 0; i < c_.state.tile.columns; ++i) {
      const double in = -mass_kg[i] * face[i] * 1.0e-9 * mol_air_per_kg;
      inflow[i] += in > 0.0 ? in : 0.0;
      outflow[i] += in > 0.0 ? 0.0 : in;
    }
  }

  const SweepContext& c_;
  const LayerCoefficients& layers_;
  Field<double>& q_;
  const Field<double>& ahead_;
  ColumnAir& air_;
  std::vector<double>& top_face_;  // mixing ratios that cross the model top
  int s_, j_, ahead_j_, last_;
};

/// All species of a block of rows, then the air itself.
void sweep_block(const SweepContext& c, const LayerCoefficients& layers, RowBand block,
                 Field<double>& new_air, std::vector<ColumnAir>& air, std::vector<double>& top_face) {
  const Tile& tile = c.state.tile;
  const auto air_of = [&](int j) -> ColumnAir& { return air[static_cast<std::size_t>(j - block.first)]; };
  const int end = block.first + block.count;
  for (int j = block.first; j < end; ++j) air_of_row(c, j, new_air, air_of(j));
  for (int s = 0; s < c.state.species.count(); ++s)
    with_limiter(c.limiter[static_cast<std::size_t>(s)], [&]<Limiter limiter>() {
      const int next = std::min(s + 1, c.state.species.count() - 1);
      for (int j = block.first; j < end; ++j) {
        const SpeciesRow ahead = j + 1 < end ? SpeciesRow{s, j + 1} : SpeciesRow{next, block.first};
        ColumnSweep<limiter>(c, layers, {s, j}, ahead, air_of(j), top_face).run();
      }
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
    std::vector<double> top_face(static_cast<std::size_t>(tile.columns));
    std::vector<ColumnAir> air(static_cast<std::size_t>(blocks.most_rows()),
                               ColumnAir(tile.layers, tile.columns));
#pragma omp for schedule(static)
    for (int block = 0; block < blocks.count(); ++block) {
      const int first = blocks.first_row(block);
      sweep_block(c, layers, {.first = first, .count = blocks.first_row(block + 1) - first}, new_air, air,
                  top_face);
    }
  }
}

}  // namespace lantian
