#include "lantian/processes/source_only.hpp"

#include "lantian/processes/undershoot.hpp"

#include <algorithm>

namespace lantian {

namespace {

/// Calls `visit(k, j)` for all rows of a tile, each in one thread.
template <class Visit>
void for_each_row(const Tile& tile, Visit&& visit) {
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j)
    for (int k = 0; k < tile.layers; ++k) visit(k, j);
}

void take_tendency(State& state, int s, bool keeps_sign, double dt_s) {
  for_each_row(state.tile, [&](int k, int j) {
    double* q = state.mixing_ratio_ppb[s].row(k, j);
    const double* tendency = state.mixing_tendency_ppb_s[s].row(k, j);
    for (int i = 0; i < state.tile.columns; ++i) {
      const double taken = q[i] + tendency[i] * dt_s;
      q[i] = keeps_sign ? std::max(taken, 0.0) : taken;
    }
  });
}

}  // namespace

void SourceOnly::advance(State& state, const Environment&, Step step, Ledger&) {
  for (int s = 0; s < state.species.count(); ++s)
    take_tendency(state, s, !may_undershoot(transport_, state.species[s]), step.length_s);
}

void SourceOnly::advance_tangent(const Linearisation& at, State& tangent, const Variation&, Step step) {
  tangent.air_mass_kg = at.state.air_mass_kg;
  for (int s = 0; s < tangent.species.count(); ++s) take_tendency(tangent, s, false, step.length_s);
}

void SourceOnly::advance_adjoint(const Linearisation&, AdjointState& adjoint, Step step) {
  for (int s = 0; s < adjoint.species.count(); ++s) {
    for_each_row(adjoint.tile, [&](int k, int j) {
      const double* amount = adjoint.amount_per_mol[s].row(k, j);
      double* source = adjoint.source_s_per_mol[s].row(k, j);
      for (int i = 0; i < adjoint.tile.columns; ++i) source[i] += amount[i] * step.length_s;
    });
  }
}

}  // namespace lantian
