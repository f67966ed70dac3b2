#pragma once

#include "lantian/processes/differentiable.hpp"

namespace lantian {

/// Rows of a tile that are worked on together.
struct RowBand {
  int first = 0, count = 0;
};

/// A process whose columns know nothing of each other. Rows may be handed to it band by band, each once a
/// step, so that what one such process leaves for the next need not be kept for the whole tile.
class ColumnProcess : public DifferentiableProcess {
 public:
  /// Advances the columns of a band. Waits for no other rank, and throws nothing that belongs to a cell.
  virtual void advance_rows(State& state, const Environment& environment, Step step, Ledger& ledger,
                            RowBand band) = 0;
  /// After the last band of a step. @throws NumericalError for what a band could not do, on all ranks alike
  virtual void conclude(const Tile& /*tile*/) {}

  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) final {
    advance_rows(state, environment, step, ledger, {.first = 0, .count = state.tile.rows});
    conclude(state.tile);
  }
};

}  // namespace lantian
