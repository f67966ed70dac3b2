#pragma once

#include "cell_surroundings.hpp"
#include "chemistry/rosenbrock.hpp"
#include "chemistry_cells.hpp"
#include "failed_cell.hpp"
#include "haze.hpp"
#include "inorganic_sharing.hpp"
#include "organic_sharing.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

/// A mechanism without species: everything only takes its tendency.
struct NoMechanism {
  static constexpr int species_count = 0, reaction_count = 0, entry_count = 0;
  static constexpr bool uses_particles = false, uses_drops = false, uses_ground = false, makes_atoms = false;
  static constexpr std::array<std::string_view, 0> reactions{};
};

/// What one thread needs, and counts, while it works on a row of the chemistry.
template <class Mechanism>
struct RowWork {
  RosenbrockSolver<Mechanism> solver;
  ChemistryCounts counts;
  std::string fault;
};

/// Eight cells as the solver takes them: amounts and sources in molecule cm-3 (s-1), rate constants.
template <class Mechanism>
struct BlockAir {
  std::array<Lanes, static_cast<std::size_t>(Mechanism::species_count)> c{}, source{};
  std::array<Lanes, static_cast<std::size_t>(Mechanism::species_count)>
      mixed_ppb{};  // without chemistry, before it is lifted to zero
  std::array<Lanes, static_cast<std::size_t>(Mechanism::reaction_count)> k{};
  Lanes per_ppb{};     // molecules cm-3 in a ppb
  Lanes lifted_ppb{};  // of all species, made by lifting what came in below zero
};

/// What one thread needs while it differentiates a row; the linearisation is made here, block by block.
template <class Mechanism>
struct DerivativeWork;

/// What chemistry is linearised about: the state before it, and as rates see it, where species outside the
/// mechanism have taken their tendency.
struct Linearised {
  const State& state;
  const State& seen;
  const Environment& environment;
  Step step;
};

/// The cells of a row on their way through the solver: reacting_row.hpp.
template <class Mechanism>
struct PendingBlock;
template <class Mechanism, class Finish>
class ReactingRow;

/// Gas chemistry of one mechanism: forward in gas_chemistry_forward.hpp, its derivatives
/// in gas_chemistry_derivative.hpp.
template <class Mechanism>
class MechanismChemistry : public GasChemistry {
 public:
  MechanismChemistry(ChemistryConfig chemistry, const SpeciesTable& species, const HorizontalGrid& grid,
                     Communicator ranks)
      : chemistry_(std::move(chemistry)),
        ranks_(std::move(ranks)),
        sharing_(chemistry_.inorganic_aerosol == "equilibrium"
                     ? std::optional<InorganicSharing>(InorganicSharing(species))
                     : std::nullopt),
        aerosol_(sharing_ ? std::nullopt : aerosol_species(species)),
        organics_(OrganicSharing::among(species)),
        surroundings_(species, chemistry_.cloud_nitrogen_dioxide),
        rate_factors_(factors_by_reaction(chemistry_.rate_factors,
                                          {Mechanism::reactions.begin(), Mechanism::reactions.end()})),
        place_(grid.rows(), grid.columns()),
        in_mechanism_(static_cast<std::size_t>(species.count()), false) {
    for (int j = 0; j < grid.rows(); ++j)
      for (int i = 0; i < grid.columns(); ++i) place_(j, i) = grid.centre(j, i);
    if constexpr (Mechanism::species_count > 0) {
      for (const std::string_view name : Mechanism::species) {
        index_.push_back(species.find(name).value());
        in_mechanism_[static_cast<std::size_t>(index_.back())] = true;
      }
    }
  }
  void advance_rows(State& state, const Environment& environment, Step step, Ledger& ledger,
                    RowBand band) override;
  void conclude(const Tile& tile) override;
  void advance_tangent(const Linearisation& at, State& tangent, const Variation& direction,
                       Step step) override;
  void advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) override;
  [[nodiscard]] ChemistryCounts counts() const override { return counts_; }
  [[nodiscard]] std::vector<std::string> reaction_labels() const override {
    std::vector<std::string> labels;
    for (const std::string_view one : Mechanism::reactions) labels.emplace_back(one.substr(0, one.find(':')));
    return labels;
  }
  void restore_counts(const ChemistryCounts& counts) override { counts_ = counts; }

 private:
  template <class M, class Finish>
  friend class ReactingRow;
  using Work = DerivativeWork<Mechanism>;
  void advance_row(State& state, const Environment& environment, int row, Step step, Ledger& ledger,
                   RowWork<Mechanism>& work) const;
  void take_tendency(State& state, int row, double dt_s, Ledger& ledger, ChemistryCounts& counts) const;
  [[nodiscard]] BlockLight light_over(const State& state, const Environment& e, Block block, Step step) const;
  [[nodiscard]] CellAir air_of(const State& state, const Environment& e, Block block, int lane,
                               const BlockLight& light, Step step) const;
  [[nodiscard]] RateConditions<Lanes> rate_conditions(const State& state, const Environment& e, Block block,
                                                      const BlockLight& light, Step step,
                                                      Lanes& dry_air_per_cm3) const;
  void gather(const State& state, const Environment& e, Block block, const BlockLight& light, Step step,
              BlockAir<Mechanism>& block_air) const;
  void take_in(const State& state, Block block, double dt_s, const RateConditions<Lanes>& conditions,
               BlockAir<Mechanism>& block_air) const;
  void react(State& state, const Environment& environment, int row, Step step, Ledger& ledger,
             RowWork<Mechanism>& work) const;
  void count(const State& state, const PendingBlock<Mechanism>& pending, Ledger& ledger,
             ChemistryCounts& counts) const;
  void share(State& state, const Environment& environment, Block block, Step step, Ledger& ledger,
             RowWork<Mechanism>& work) const;
  [[nodiscard]] FailedCell failed_cell(const State& state, const Environment& e, Block block,
                                       const BlockLight& light, Step step, int lane, int species) const;
  void scatter(State& state, Block block, const BlockAir<Mechanism>& air, Ledger& ledger) const;
  void share_ammonia(State& state, const Environment& e, Block block, Ledger& ledger) const;
  [[nodiscard]] SolverSettings solver_settings() const {
    SolverSettings settings;
    settings.relative_tolerance = chemistry_.relative_tolerance;
    settings.absolute_tolerance = chemistry_.absolute_tolerance_ppb * 2.5e10;  // a ppb at the ground
    return settings;
  }

  // Derivatives: gas_chemistry_derivative.hpp and, of rate constants, rate_derivative.hpp.
  template <class Derive>
  void for_each_column(const Linearisation& at, Step step, Derive&& derive) const;
  template <class Derive>
  void for_each_layer(const Linearised& at, Block column, Work& work, Derive&& derive) const;
  void begin_column(const Linearised& at, Block column, bool asks_for_factors, Work& work) const;
  void linearise(const Linearised& at, Block block, Work& work) const;
  void linearise_rates(const Linearised& at, Block block, Work& work) const;
  void mix_outside_tangent(const Linearised& at, Block column, State& tangent) const;
  void mix_outside_adjoint(const Linearised& at, Block column, AdjointState& adjoint) const;
  void react_tangent(const Linearised& at, Block block, const Variation& direction, State& tangent,
                     Work& work) const;
  void react_adjoint(const Linearised& at, Block block, AdjointState& adjoint, Work& work) const;
  void haze_tangent(const Linearised& at, Block column, const State& tangent, Work& work) const;
  void haze_adjoint(const Linearised& at, Block column, AdjointState& adjoint, Work& work) const;
  template <class Visit>
  void for_each_hazy_share(const Linearised& at, Block column, int lane, Visit&& visit) const;
  void rates_tangent(const Linearised& at, Block block, const Variation& direction, const State& tangent,
                     Work& work) const;
  void rates_adjoint(const Linearised& at, Block block, AdjointState& adjoint, Work& work) const;

  ChemistryConfig chemistry_;
  Communicator ranks_;
  std::optional<InorganicSharing> sharing_;
  std::optional<AerosolSpecies> aerosol_;  // of ammonium nitrate; empty where `sharing_` takes its place
  std::optional<OrganicSharing> organics_;
  CellSurroundings surroundings_;
  std::vector<std::pair<int, double>> rate_factors_;  // reaction and factor, where it is not 1
  Array2<LonLat> place_;
  std::vector<int> index_;          // of the mechanism's species in the table
  std::vector<bool> in_mechanism_;  // by species of the table
  ChemistryCounts counts_;
  std::vector<ChemistryCounts> counts_of_step_;  // by row of the tile, until the step is concluded
  std::vector<std::string> faults_of_step_;
};

template <class Mechanism>
BlockLight MechanismChemistry<Mechanism>::light_over(const State& state, const Environment& e, Block block,
                                                     Step step) const {
  BlockLight light = light_of(chemistry_, place_, e, state.tile, block, step);
  if (!light.is_by_height || !chemistry_.aerosol_light || !surroundings_.particles().has_any()) return light;
  for (int lane = 0; lane < lane_count; ++lane) {
    const auto n = static_cast<std::size_t>(lane);
    light.haze.at(n) = haze_over(state, e, surroundings_.particles(), block.row, block.column_of(lane),
                                 light.cosine_zenith.at(n));
  }
  return light;
}

/// Air of a cell with all that rates depend on but light.
template <class Mechanism>
CellAir MechanismChemistry<Mechanism>::air_of(const State& state, const Environment& e, Block block, int lane,
                                              const BlockLight& light, Step step) const {
  const int i = block.column_of(lane);
  const int row = state.tile.first_row + block.row, column = state.tile.first_column + i;
  CellAir air = air_of_cell(e.weather->middle, block.layer, row, column);
  const double air_mol_m3 = 1.0e6 * air.dry_air_per_cm3 / avogadro_per_mol;
  const auto of = [&](int s) { return state.mixing_ratio_ppb[s](block.layer, block.row, i); };
  if constexpr (Mechanism::uses_particles) surroundings_.add_particles(air_mol_m3, of, air.rates);
  if constexpr (Mechanism::uses_drops)
    surroundings_.add_drops(air_mol_m3, e.weather->middle.pressure_pa(block.layer, row, column),
                            light.cosine_zenith.at(static_cast<std::size_t>(lane)) > 0.0, step.length_s, of,
                            air.rates);
  if constexpr (Mechanism::uses_ground)
    if (block.layer == 0) air.rates.ground_surface_m2_m3 = ground_surface_m2_m3(e, step.start, row, column);
  return air;
}

template <class Mechanism>
RateConditions<Lanes> MechanismChemistry<Mechanism>::rate_conditions(const State& state, const Environment& e,
                                                                     Block block, const BlockLight& light,
                                                                     Step step,
                                                                     Lanes& dry_air_per_cm3) const {
  RateConditions<Lanes> eight;
  for (int lane = 0; lane < lane_count; ++lane) {
    const int row = state.tile.first_row + block.row,
              column = state.tile.first_column + block.column_of(lane);
    const CellAir air = air_of(state, e, block, lane, light, step);
    dry_air_per_cm3[lane] = air.dry_air_per_cm3;
    set_lane(eight, lane, air.rates);
    const PhotolysisRates photolysis =
        light.rates_per_s(lane, block.layer, e.weather->middle.pressure_pa(block.layer, row, column));
    for (std::size_t p = 0; p < photolysis.size(); ++p) eight.photolysis_per_s[p][lane] = photolysis[p];
  }
  return eight;
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::gather(const State& state, const Environment& e, Block block,
                                           const BlockLight& light, Step step,
                                           BlockAir<Mechanism>& block_air) const {
  Lanes dry_air_per_cm3{};
  const RateConditions<Lanes> conditions = rate_conditions(state, e, block, light, step, dry_air_per_cm3);
  block_air.per_ppb = 1.0e-9 * dry_air_per_cm3;
  take_in(state, block, step.length_s, conditions, block_air);
}

/// Rate constants, amounts and sources of a block in whose air a ppb is `block_air.per_ppb`.
template <class Mechanism>
void MechanismChemistry<Mechanism>::take_in(const State& state, Block block, double dt_s,
                                            const RateConditions<Lanes>& conditions,
                                            BlockAir<Mechanism>& block_air) const {
  Mechanism::rates(conditions, block_air.k.data());
  for (const auto& [reaction, factor] : rate_factors_)
    block_air.k[static_cast<std::size_t>(reaction)] =
        factor * block_air.k[static_cast<std::size_t>(reaction)];
  block_air.lifted_ppb = Lanes{};
  for (std::size_t s = 0; s < index_.size(); ++s) {
    const double* q_ppb = state.mixing_ratio_ppb[index_[s]].row(block.layer, block.row);
    const double* tendency_ppb_s = state.mixing_tendency_ppb_s[index_[s]].row(block.layer, block.row);
    for (int lane = 0; lane < lane_count; ++lane) {
      const double q = q_ppb[block.column_of(lane)], tendency = tendency_ppb_s[block.column_of(lane)];
      const SolverEntry entry = solver_entry(q, tendency, dt_s);
      block_air.mixed_ppb[s][lane] = entry.taken_ppb;
      block_air.lifted_ppb[lane] += entry.mixed_ppb - entry.taken_ppb;
      block_air.c[s][lane] = (entry.is_drained ? entry.mixed_ppb : q) * block_air.per_ppb[lane];
      block_air.source[s][lane] = entry.is_drained ? 0.0 : tendency * block_air.per_ppb[lane];
    }
  }
}

template <class Mechanism>
// NOLINTNEXTLINE(readability-function-size): where, in what air and light, and which of its species
FailedCell MechanismChemistry<Mechanism>::failed_cell(const State& state, const Environment& e, Block block,
                                                      const BlockLight& light, Step step, int lane,
                                                      int species) const {
  BlockAir<Mechanism> air;
  gather(state, e, block, light, step, air);
  FailedCell cell{.layer = block.layer,
                  .row = state.tile.first_row + block.row,
                  .column = state.tile.first_column + block.column_of(lane),
                  .air = air_of(state, e, block, lane, light, step).rates,
                  .photolysis = {Mechanism::photolysis.begin(), Mechanism::photolysis.end()},
                  .species = Mechanism::species.at(static_cast<std::size_t>(species)),
                  .names = {Mechanism::species.begin(), Mechanism::species.end()},
                  .amount_ppb = {},
                  .source_ppb_h = {}};
  cell.air.photolysis_per_s =
      light.rates_per_s(lane, block.layer, e.weather->middle.pressure_pa(block.layer, cell.row, cell.column));
  for (std::size_t s = 0; s < index_.size(); ++s) {
    cell.amount_ppb.push_back(air.c[s][lane] / air.per_ppb[lane]);
    cell.source_ppb_h.push_back(3600.0 * air.source[s][lane] / air.per_ppb[lane]);
  }
  return cell;
}

}  // namespace lantian
