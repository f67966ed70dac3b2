#pragma once

#include "aerosol/organic_partition.hpp"
#include "chemistry_cells.hpp"

#include "lantian/processes/differentiable.hpp"

#include <array>
#include <optional>
#include <vector>

namespace lantian {

/// Shares condensable organics (CG1 to CG4) out between gas and particle (SOA1 to SOA4), over the organic
/// particles that do not evaporate (POA, SOPA, SOPB). Equations: kernels/aerosol/README.md.
class OrganicSharing {
 public:
  using Slopes = std::array<OrganicSensitivity, lane_count>;

  /// Empty where the table has no condensables.
  [[nodiscard]] static std::optional<OrganicSharing> among(const SpeciesTable& species);

  /// Books what moves between gas and particle.
  void share(State& state, const Environment& e, Block block, Ledger& ledger) const;

  /// Slopes at amounts before sharing; `amount_ppb(species, lane)`.
  template <class Amount>
  [[nodiscard]] Slopes slopes(const Environment& e, const Tile& tile, Block block,
                              Amount&& amount_ppb) const {
    Slopes slopes{};
    for (int lane = 0; lane < block.cells; ++lane) {
      const Cell cell = cell_at(e, tile, block, lane);
      const auto of = [&](int species) { return amount_ppb(species, lane); };
      slopes.at(static_cast<std::size_t>(lane)) = {totals(cell.air_mol_m3, of), cell.saturation_ug_m3};
    }
    return slopes;
  }
  void tangent(const Slopes& slopes, Block block, FieldSet<double>& change) const;
  void adjoint(const Slopes& slopes, Block block, FieldSet<double>& lambda) const;

 private:
  struct Member {
    int species;
    double molar_mass_g_mol;
  };
  struct Pair {
    int gas, particle;
    double molar_mass_g_mol;
  };
  struct Cell {
    double air_mol_m3;
    Condensables<> saturation_ug_m3;
  };
  [[nodiscard]] static Cell cell_at(const Environment& e, const Tile& tile, Block block, int lane);
  /// Mass in a cell [ug m-3], or with one mol of air per m3 and amounts that are changes, what is
  /// proportional to it; `of(species)`.
  template <class Of>
  [[nodiscard]] OrganicTotals<> totals(double air_mol_m3, Of&& of) const {
    const double ug_m3 = 1.0e-3 * air_mol_m3;  // of a ppb of 1 g mol-1
    OrganicTotals<> sum;
    for (std::size_t i = 0; i < condensable_count; ++i)
      sum.condensable[i] = ug_m3 * pairs_[i].molar_mass_g_mol * (of(pairs_[i].gas) + of(pairs_[i].particle));
    for (const Member& one : absorbing_) sum.absorbing += ug_m3 * one.molar_mass_g_mol * of(one.species);
    return sum;
  }

  std::array<Pair, condensable_count> pairs_{};
  std::vector<Member> absorbing_;
};

}  // namespace lantian
