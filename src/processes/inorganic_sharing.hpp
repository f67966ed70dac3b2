#pragma once

#include "chemistry_cells.hpp"
#include "inorganic_block.hpp"

#include "lantian/processes/differentiable.hpp"

#include <array>
#include <optional>
#include <string>

namespace lantian {

/// Shares ammonia, nitric and hydrochloric acid out between gas and particle by the inorganic equilibrium,
/// block by block. Hydrochloric acid, chloride and the cations of salt and dust (HCL, PCL, NA, PCA, PK, PMG)
/// may be absent.
///
/// Humidity counts between 10 and 99 %, temperature between 220 and 330 K: there the water functions hold.
class InorganicSharing {
 public:
  /// Answers of a block's cells to their totals.
  using Slopes = std::array<InorganicSensitivity, lane_count>;

  /// @throws ConfigError when PSO4, HNO3, PNO3, NH3 or PNH4 is absent.
  explicit InorganicSharing(const SpeciesTable& species);

  /// Books what moves between gas and particle. Returns the cell that could not be solved, empty when there
  /// is none.
  [[nodiscard]] std::string share(State& state, const Environment& e, Block block, Ledger& ledger) const;

  /// Slopes at amounts before sharing; `amount_ppb(species, lane)`.
  template <class Amount>
  [[nodiscard]] Slopes slopes(const Environment& e, const Tile& tile, Block block,
                              Amount&& amount_ppb) const {
    Slopes slopes{};
    for (int lane = 0; lane < block.cells; ++lane) {
      const auto of = [&](int species) { return amount_ppb(species, lane); };
      slopes.at(static_cast<std::size_t>(lane)) =
          inorganic_sensitivity(totals(air_at(e, tile, block, lane), of));
    }
    return slopes;
  }
  void tangent(const Slopes& slopes, Block block, FieldSet<double>& change) const;
  void adjoint(const Slopes& slopes, Block block, FieldSet<double>& lambda) const;

 private:
  /// A total in the order of `TotalsChange`, and where it stands in the species table; -1: absent.
  struct Total {
    int gas = -1, particle = -1;
  };
  static CellAir air_at(const Environment& e, const Tile& tile, Block block, int lane) {
    return air_of_cell(e.weather->middle, block.layer, tile.first_row + block.row,
                       tile.first_column + block.column_of(lane));
  }
  /// Gas and particle together [mol m-3]; `of(species)` in ppb.
  template <class Of>
  [[nodiscard]] InorganicTotals<double> totals(const CellAir& air, Of&& of) const;

  std::array<Total, inorganic_total_count> total_;
};

template <class Of>
InorganicTotals<double> InorganicSharing::totals(const CellAir& air, Of&& of) const {
  constexpr double coldest_k = 220.0, hottest_k = 330.0, driest = 0.10, most_humid = 0.99;
  constexpr double mol_m3_per_cm3 = 1.0e6 / avogadro_per_mol;
  const double mol_m3_ppb = 1.0e-9 * air.dry_air_per_cm3 * mol_m3_per_cm3;
  TotalsChange amount{};
  for (std::size_t n = 0; n < amount.size(); ++n) {
    const Total& one = total_.at(n);
    const double sum = (one.gas < 0 ? 0.0 : of(one.gas)) + (one.particle < 0 ? 0.0 : of(one.particle));
    amount.at(n) = std::max(sum, 0.0) * mol_m3_ppb;
  }
  return {.temperature_k = std::clamp(air.rates.temperature_k, coldest_k, hottest_k),
          .relative_humidity = std::clamp(air.rates.relative_humidity, driest, most_humid),
          .sodium = amount[0],
          .sulphate = amount[1],
          .ammonia = amount[2],
          .nitrate = amount[3],
          .chloride = amount[4],
          .calcium = amount[5],
          .potassium = amount[6],
          .magnesium = amount[7]};
}

}  // namespace lantian
