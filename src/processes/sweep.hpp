#pragma once

#include "advection/ppm.hpp"
#include "advection/ppm_layers.hpp"

#include "lantian/config/case.hpp"
#include "lantian/field/field.hpp"
#include "lantian/processes/process.hpp"

#include <cstddef>
#include <vector>

namespace lantian {

/// What the sweeps of a sub-step share.
struct SweepContext {
  State& state;
  const Environment& environment;
  Ledger& ledger;
  double dt_s;
  const std::vector<Limiter>& limiter;  // one a species
};

/// One layer of faces across y: face (f, i) lies south of row f; f in 0..rows. And 1 / new air mass of the
/// cells.
struct FacePlane {
  std::vector<double> mass_kg, courant, per_new_mass;
};

/// Moves all species and the air along x, y or z. `new_air` is scratch of the air mass' shape; halos of
/// mixing ratios and air mass in the sweep's direction must be filled, but for the outside of the grid, which
/// the sweep fills itself.
void sweep_x(const SweepContext& context, Field<double>& new_air);
/// @param faces  scratch, one a layer; kept, for fresh memory costs time
void sweep_y(const SweepContext& context, Field<double>& new_air, std::vector<FacePlane>& faces);
void sweep_z(const SweepContext& context, const LayerCoefficients& layers, Field<double>& new_air);

/// Rows of a tile cut into blocks of about equal size, as many for each thread: what all species of a block
/// share stays in the cache, and a species' neighbouring rows follow one another in memory.
class RowBlocks {
 public:
  /// @param bytes_of_row  what all species share of one row
  RowBlocks(int rows, std::size_t bytes_of_row);
  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] int first_row(int block) const {
    return static_cast<int>(static_cast<long long>(block) * rows_ / count_);
  }
  [[nodiscard]] int most_rows() const { return (rows_ + count_ - 1) / count_; }

 private:
  int rows_, count_;
};

/// Mixing ratio `cells` beyond an edge through which air flows out: on the line through the two cells inside.
///
/// A repeated cell would be right to first order alone, and the wrong parabola at the edge sends waves of two
/// cells' length back against the wind: 1 to 2 % of a plume that leaves aslant.
/// @see Trefethen (1982), SIAM Rev. 24, 113, on waves that a boundary sends back.
[[nodiscard, gnu::always_inline]] inline double beyond_outflow(double at_edge, double inside, int cells) {
  return at_edge + cells * (at_edge - inside);
}

/// Calls `run` with the limiter as a compile-time constant.
template <class Run>
void with_limiter(Limiter limiter, Run&& run) {
  switch (limiter) {
    case Limiter::unlimited:
      return run.template operator()<Limiter::unlimited>();
    case Limiter::positive_definite:
      return run.template operator()<Limiter::positive_definite>();
    case Limiter::selective:
      return run.template operator()<Limiter::selective>();
    case Limiter::monotone:
      return run.template operator()<Limiter::monotone>();
  }
}

}  // namespace lantian
