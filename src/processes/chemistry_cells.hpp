#pragma once

#include "aerosol/ammonium_nitrate.hpp"
#include "chemistry/lanes.hpp"
#include "chemistry/rate_laws.hpp"
#include "photolysis_table.hpp"

#include "lantian/config/case.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/parallel/communicator.hpp"
#include "lantian/processes/process.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lantian {

/// Eight cells of a row, or fewer at its end; lanes without a cell repeat the last one.
struct Block {
  int layer, row, first_column, cells;
  [[nodiscard]] int column_of(int lane) const { return first_column + std::min(lane, cells - 1); }
};

/// Moles in a ppb of a cell of the block's row.
[[nodiscard]] double mol_per_ppb(const State& state, Block block, int i);

/// Where ammonia, nitrate and sulphate stand in the species table.
struct AerosolSpecies {
  int sulphate, nitric_acid, nitrate, ammonia, ammonium;
  /// Their amounts, or what else belongs to them: `of(species)`.
  template <class Of>
  [[nodiscard]] AmmoniaSystem<double> gather(Of&& of) const {
    return {of(sulphate), of(nitric_acid), of(nitrate), of(ammonia), of(ammonium)};
  }
};
[[nodiscard]] std::optional<AerosolSpecies> aerosol_species(const SpeciesTable& species);

/// Conditions of a cell: what rates and equilibria depend on, and dry air per cubic centimetre.
struct CellAir {
  RateConditions<> rates;
  double dry_air_per_cm3{};
};
[[nodiscard]] CellAir air_of_cell(const WeatherSnapshot& w, int k, int row, int column);

/// Mass of a layer over its area [kg m-2], from the pressures of the layers' middles; 0 where there is but
/// one.
[[nodiscard]] double layer_kg_m2(const WeatherSnapshot& w, int k, int row, int column);

/// NH3 times HNO3 over ammonium nitrate, as mixing ratios in dry air.
[[nodiscard]] double nitrate_product_ppb2(const CellAir& air);

/// What cloud leaves of the light in a column; between base and top linear from below to above.
struct CloudLight {
  double below = 1.0, above = 1.0;
  int base = 0, top = -1;  // layers of cloud water; top < base: none, below counts everywhere
  [[nodiscard]] double factor(int layer) const;
};

/// Light over eight columns at an instant.
struct BlockLight {
  bool is_by_height = false;  // else the first height of the profile counts everywhere
  std::array<PhotolysisTable::Profile, lane_count> clear_sky{};
  std::array<CloudLight, lane_count> cloud{};
  std::array<double, lane_count> cosine_zenith{};
  std::array<std::vector<double>, lane_count> haze{};  // what particles leave, by layer; empty: all
  /// Rates in a layer of a lane's column.
  [[nodiscard]] PhotolysisRates rates_per_s(int lane, int layer, double pressure_pa) const;
};
/// `place`: centres of the whole grid's cells. The sun stands where it does in the middle of the step.
[[nodiscard]] BlockLight light_of(const ChemistryConfig& chemistry, const Array2<LonLat>& place,
                                  const Environment& e, const Tile& tile, Block block, Step step);

/// Reaction and factor of `chemistry.rate_factors`. `reactions`: "label: text" each.
/// @throws ConfigError for a label that the mechanism does not have.
[[nodiscard]] std::vector<std::pair<int, double>> factors_by_reaction(
    const std::map<std::string, double>& factors, const std::vector<std::string_view>& reactions);

/// Throws the fault of the southernmost row that has one, on all ranks. `faults`: one a row of the tile, what
/// stands behind a `replay_mark` is a case for boxes.
/// @throws NumericalError, CellFailure
void throw_first_fault(const Communicator& ranks, const Tile& tile, const std::vector<std::string>& faults);

/// How a cell's mixing ratio and tendency enter the solver.
struct SolverEntry {
  double taken_ppb;    // after the tendency, without chemistry
  double mixed_ppb;    // the same lifted to zero
  bool is_above_zero;  // before that
  bool is_drained;     // the tendency takes more than half: it is applied first, and is no source
};
[[nodiscard, gnu::always_inline]] inline SolverEntry solver_entry(double q_ppb, double tendency_ppb_s,
                                                                  double dt_s) {
  const double mixed = q_ppb + tendency_ppb_s * dt_s;
  return {.taken_ppb = mixed,
          .mixed_ppb = std::max(mixed, 0.0),
          .is_above_zero = mixed >= 0.0,
          .is_drained = -tendency_ppb_s * dt_s > 0.5 * q_ppb};
}

}  // namespace lantian
