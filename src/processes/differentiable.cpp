#include "lantian/processes/differentiable.hpp"

#include <utility>

namespace lantian {

AdjointState::AdjointState(const Tile& of, SpeciesTable table)
    : tile(of),
      species(std::move(table)),
      amount_per_mol(of, species.count(), of.layers),
      source_s_per_mol(of, species.count(), of.layers) {
  for (int s = 0; s < species.count(); ++s) {
    emission_s_per_mol.emplace_back(tile.layers, tile.rows, tile.columns, 0.0);
    for (auto* side : {&boundary_per_ppb.west, &boundary_per_ppb.east})
      side->emplace_back(tile.layers, tile.grid_rows, 0.0);
    for (auto* side : {&boundary_per_ppb.south, &boundary_per_ppb.north})
      side->emplace_back(tile.layers, tile.grid_columns, 0.0);
    boundary_per_ppb.top.emplace_back(tile.grid_rows, tile.grid_columns, 0.0);
    release_s_per_ppb_m.emplace_back(tile.rows, tile.columns, 0.0);
  }
}

void AdjointState::ask_for_deposition() {
  deposition_s_per_m.assign(static_cast<std::size_t>(species.count()),
                            Array2<double>(tile.rows, tile.columns, 0.0));
}

void AdjointState::ask_for_rate_factors(int reactions) {
  rate_factor.assign(static_cast<std::size_t>(reactions), Array2<double>(tile.rows, tile.columns, 0.0));
}

}  // namespace lantian
