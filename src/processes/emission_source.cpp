#include "lantian/processes/emission_source.hpp"

#include <cstddef>
#include <vector>

namespace lantian {

namespace {

constexpr double ppb_kg_per_mol = 1.0e9 / mol_air_per_kg;  // what a mole adds to mixing ratio times air mass

/// Emission of species s in a cell of the tile [mol/s]; 0 where there is none.
double rate_mol_s(const Environment& environment, const Tile& tile, int s, int k, int j, int i) {
  if (environment.emission_mol_s == nullptr || environment.emission_mol_s->empty()) return 0.0;
  const Array3<double>& rates = (*environment.emission_mol_s)[static_cast<std::size_t>(s)];
  return rates.empty() ? 0.0 : rates(k, tile.first_row + j, tile.first_column + i);
}

/// Calls `visit(s, k, j, i)` for all cells, each column in one thread.
template <class Visit>
void for_each_cell(const Tile& tile, int species, Visit&& visit) {
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j)
    for (int s = 0; s < species; ++s)
      for (int k = 0; k < tile.layers; ++k)
        for (int i = 0; i < tile.columns; ++i) visit(s, k, j, i);
}

}  // namespace

void EmissionSource::advance(State& state, const Environment& environment, Step step, Ledger& ledger) {
  for_each_cell(state.tile, state.species.count(), [&](int s, int k, int j, int i) {
    const double mol_s = rate_mol_s(environment, state.tile, s, k, j, i);
    state.mixing_tendency_ppb_s[s](k, j, i) = mol_s * ppb_kg_per_mol / state.air_mass_kg(k, j, i);
    ledger.add(MassTerm::emission, s, j, i, mol_s * step.length_s);
  });
}

void EmissionSource::advance_tangent(const Linearisation& at, State& tangent, const Variation& direction,
                                     Step) {
  tangent.air_mass_kg = at.state.air_mass_kg;
  for_each_cell(tangent.tile, tangent.species.count(), [&](int s, int k, int j, int i) {
    tangent.mixing_tendency_ppb_s[s](k, j, i) =
        rate_mol_s(direction, tangent.tile, s, k, j, i) * ppb_kg_per_mol / tangent.air_mass_kg(k, j, i);
  });
}

void EmissionSource::advance_adjoint(const Linearisation&, AdjointState& adjoint, Step) {
  for_each_cell(adjoint.tile, adjoint.species.count(), [&](int s, int k, int j, int i) {
    double& source = adjoint.source_s_per_mol[s](k, j, i);
    adjoint.emission_s_per_mol[static_cast<std::size_t>(s)](k, j, i) += source;
    source = 0.0;
  });
}

}  // namespace lantian
