#include "lantian/model/audits.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace lantian {

namespace {

/// True when a row holds a value that is negative or not finite; written so that it vectorises.
bool has_fault(const double* row, int columns) {
  int faults = 0;
#pragma omp simd reduction(+ : faults)
  for (int i = 0; i < columns; ++i)
    faults += (row[i] >= 0.0 && row[i] <= std::numeric_limits<double>::max()) ? 0 : 1;
  return faults > 0;
}

struct Fault {
  int species = -1, layer = 0, row = 0, column = 0;
};

Fault first_fault(const State& state) {
  const Tile& tile = state.tile;
  Fault first;
  for (int s = 0; s < state.species.count(); ++s) {
    for (int k = 0; k < tile.layers; ++k) {
      for (int j = 0; j < tile.rows; ++j) {
        const double* row = state.mixing_ratio_ppb[s].row(k, j);
        if (!has_fault(row, tile.columns)) continue;
        for (int i = 0; i < tile.columns; ++i)
          if (has_fault(row + i, 1)) return {.species = s, .layer = k, .row = j, .column = i};
      }
    }
  }
  return first;
}

}  // namespace

void audit_state(const Communicator& ranks, const State& state, std::string_view after, Step step) {
  const Fault found = first_fault(state);
  if (!ranks.any(found.species >= 0)) return;
  std::string sentence;
  std::int64_t order = 0;
  if (found.species >= 0) {
    const int row = state.tile.first_row + found.row, column = state.tile.first_column + found.column;
    const double value = state.mixing_ratio_ppb[found.species](found.layer, found.row, found.column);
    sentence = fmt::format(
        "after {} of the step that began at {}: {} is {} ppb in row {}, column {}, layer {}; "
        "mixing ratios must be finite and not negative. No output of this hour was written.",
        after, to_iso8601(step.start), state.species[found.species].name, value, row, column,
        found.layer + 1);
    order =
        ((static_cast<std::int64_t>(found.species) * state.tile.layers + found.layer) * state.tile.grid_rows +
         row) *
            state.tile.grid_columns +
        column;
  }
  ranks.throw_together(sentence, order);
}

}  // namespace lantian
