#include "organic_sharing.hpp"

#include "lantian/base/constants.hpp"

#include <fmt/format.h>

namespace lantian {

std::optional<OrganicSharing> OrganicSharing::among(const SpeciesTable& species) {
  OrganicSharing sharing;
  for (std::size_t i = 0; i < condensable_count; ++i) {
    const auto gas = species.find(fmt::format("CG{}", i + 1)),
               particle = species.find(fmt::format("SOA{}", i + 1));
    if (!gas || !particle) return std::nullopt;
    sharing.pairs_[i] = {*gas, *particle, species[*gas].molar_mass_g_mol};
  }
  for (const char* name : {"POA", "SOPA", "SOPB"})
    if (const auto found = species.find(name))
      sharing.absorbing_.push_back({*found, species[*found].molar_mass_g_mol});
  return sharing;
}

OrganicSharing::Cell OrganicSharing::cell_at(const Environment& e, const Tile& tile, Block block, int lane) {
  const CellAir air = air_of_cell(e.weather->middle, block.layer, tile.first_row + block.row,
                                  tile.first_column + block.column_of(lane));
  Cell cell{.air_mol_m3 = 1.0e6 * air.dry_air_per_cm3 / avogadro_per_mol, .saturation_ug_m3 = {}};
  for (std::size_t i = 0; i < condensable_count; ++i)
    cell.saturation_ug_m3[i] = saturation_ug_m3(condensables[i], air.rates.temperature_k);
  return cell;
}

void OrganicSharing::share(State& state, const Environment& e, Block block, Ledger& ledger) const {
  for (int lane = 0; lane < block.cells; ++lane) {
    const int i = block.first_column + lane;
    const Cell cell = cell_at(e, state.tile, block, lane);
    const auto q = [&](int s) -> double& { return state.mixing_ratio_ppb[s](block.layer, block.row, i); };
    const double mass = organic_particle_mass(totals(cell.air_mol_m3, q), cell.saturation_ug_m3);
    const Condensables<> shares = particle_shares(mass, cell.saturation_ug_m3);
    const double mol = mol_per_ppb(state, block, i);
    for (std::size_t n = 0; n < condensable_count; ++n) {
      double &gas = q(pairs_[n].gas), &particle = q(pairs_[n].particle);
      const double sum = gas + particle, particle_after = shares[n] * sum, gas_after = sum - particle_after;
      ledger.add(MassTerm::chemistry, pairs_[n].gas, block.row, i, (gas_after - gas) * mol);
      ledger.add(MassTerm::chemistry, pairs_[n].particle, block.row, i, (particle_after - particle) * mol);
      gas = gas_after;
      particle = particle_after;
    }
  }
}

void OrganicSharing::tangent(const Slopes& slopes, Block block, FieldSet<double>& change) const {
  constexpr double unit_air_mol_m3 = 1.0e3;  // changes in ppb g mol-1: the answer is linear
  for (int lane = 0; lane < block.cells; ++lane) {
    const int i = block.first_column + lane;
    const auto of = [&](int s) -> double& { return change[s](block.layer, block.row, i); };
    const Condensables<> particle =
        slopes.at(static_cast<std::size_t>(lane)).tangent(totals(unit_air_mol_m3, of));
    for (std::size_t n = 0; n < condensable_count; ++n) {
      const double sum = of(pairs_[n].gas) + of(pairs_[n].particle);
      of(pairs_[n].particle) = particle[n] / pairs_[n].molar_mass_g_mol;
      of(pairs_[n].gas) = sum - of(pairs_[n].particle);
    }
  }
}

void OrganicSharing::adjoint(const Slopes& slopes, Block block, FieldSet<double>& lambda) const {
  for (int lane = 0; lane < block.cells; ++lane) {
    const int i = block.first_column + lane;
    const auto of = [&](int s) -> double& { return lambda[s](block.layer, block.row, i); };
    Condensables<> by_particle{};
    for (std::size_t n = 0; n < condensable_count; ++n)
      by_particle[n] = (of(pairs_[n].particle) - of(pairs_[n].gas)) / pairs_[n].molar_mass_g_mol;
    const OrganicTotals<> by = slopes.at(static_cast<std::size_t>(lane)).adjoint(by_particle);
    for (std::size_t n = 0; n < condensable_count; ++n)
      of(pairs_[n].gas) = of(pairs_[n].particle) =
          of(pairs_[n].gas) + pairs_[n].molar_mass_g_mol * by.condensable[n];
    for (const Member& one : absorbing_) of(one.species) += one.molar_mass_g_mol * by.absorbing;
  }
}

}  // namespace lantian
