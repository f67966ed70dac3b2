#include "lantian/processes/gas_chemistry.hpp"

#include "aerosol/ammonium_nitrate.hpp"
#include "chemistry/photolysis_mcm.hpp"
#include "chemistry/rosenbrock.hpp"
#include "mechanisms/grs.hpp"
#include "mechanisms/nox_o3.hpp"
#include "meteorology/clear_sky.hpp"
#include "meteorology/solar_position.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

namespace lantian {

namespace {

/// A mechanism without species: everything only takes its tendency.
struct NoMechanism {
  static constexpr int species_count = 0, reaction_count = 0, entry_count = 0;
};

/// Eight cells of a row, or fewer at its end; lanes without a cell repeat the last one.
struct Block {
  int layer, row, first_column, cells;
  [[nodiscard]] int column_of(int lane) const { return first_column + std::min(lane, cells - 1); }
};

/// Moles in a ppb of a cell of the block's row.
double mol_per_ppb(const State& state, Block block, int i) {
  return 1.0e-9 * state.air_mass_kg(block.layer, block.row, i) * mol_air_per_kg;
}

/// Where ammonia, nitrate and sulphate stand in the species table.
struct AerosolSpecies {
  int sulphate, nitric_acid, nitrate, ammonia, ammonium;
};

std::optional<AerosolSpecies> aerosol_species(const SpeciesTable& species) {
  const auto so4 = species.find("SO4"), hno3 = species.find("HNO3"), no3 = species.find("NO3"),
             nh3 = species.find("NH3"), nh4 = species.find("NH4");
  if (!so4 || !hno3 || !no3 || !nh3 || !nh4) return std::nullopt;
  return AerosolSpecies{*so4, *hno3, *no3, *nh3, *nh4};
}

/// Conditions of a cell: what rates and equilibria depend on, and dry air per cubic centimetre.
struct CellAir {
  RateConditions<> rates;
  double dry_air_per_cm3;
};

CellAir air_of_cell(const WeatherSnapshot& w, int k, int row, int column) {
  const double temperature_k = w.temperature_k(k, row, column), pressure_pa = w.pressure_pa(k, row, column);
  const double vapour = w.water_vapour_kg_kg(k, row, column);
  constexpr double dry_over_water_mass = air_molar_mass_g_mol / 18.01528;
  const double vapour_per_dry = vapour * dry_over_water_mass;  // molecules
  const double air_per_cm3 = 1.0e-6 * pressure_pa / (boltzmann_j_k * temperature_k);
  const double vapour_pa = pressure_pa * vapour_per_dry / (1.0 + vapour_per_dry);
  CellAir air{.rates = {}, .dry_air_per_cm3 = air_per_cm3 / (1.0 + vapour_per_dry)};
  air.rates.temperature_k = temperature_k;
  air.rates.air_per_cm3 = air_per_cm3;
  air.rates.water_per_cm3 = air_per_cm3 - air.dry_air_per_cm3;
  air.rates.relative_humidity =
      std::clamp(vapour_pa / saturation_vapour_pressure_pa(temperature_k), 0.0, 1.0);
  if (!w.cloud_water_kg_kg.empty()) {
    const double dry_air_g_m3 = 1.0e6 * air.dry_air_per_cm3 * air_molar_mass_g_mol / avogadro_per_mol;
    air.rates.cloud_water_g_m3 = w.cloud_water_kg_kg(k, row, column) * dry_air_g_m3;
  }
  return air;
}

/// Photolysis rates of eight columns.
using BlockLight = std::array<std::array<double, photolysis_count>, lane_count>;

/// What one thread needs, and counts, while it works on a row.
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
  std::array<Lanes, static_cast<std::size_t>(Mechanism::species_count)> mixed_ppb{};  // without chemistry
  std::array<Lanes, static_cast<std::size_t>(Mechanism::reaction_count)> k{};
  Lanes per_ppb{};  // molecules cm-3 in a ppb
};

template <class Mechanism>
class MechanismChemistry : public GasChemistry {
 public:
  MechanismChemistry(ChemistryConfig chemistry, const SpeciesTable& species, const HorizontalGrid& grid,
                     Communicator ranks)
      : chemistry_(std::move(chemistry)),
        ranks_(std::move(ranks)),
        aerosol_(aerosol_species(species)),
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
  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) override;
  [[nodiscard]] ChemistryCounts counts() const override { return counts_; }

 private:
  void advance_row(State& state, const Environment& environment, int row, Step step, Ledger& ledger,
                   RowWork<Mechanism>& work) const;
  void take_tendency(State& state, Block block, double dt_s) const;
  [[nodiscard]] BlockAir<Mechanism> gather(const State& state, const Environment& e, Block block,
                                           const BlockLight& light, double dt_s) const;
  void react(State& state, Block block, Step step, BlockAir<Mechanism>& air, RowWork<Mechanism>& work) const;
  void scatter(State& state, Block block, const BlockAir<Mechanism>& air, Ledger& ledger) const;
  void share_ammonia(State& state, const Environment& e, Block block, Ledger& ledger) const;
  [[nodiscard]] BlockLight light_of(const Environment& e, const Tile& tile, Block block, Step step) const;

  ChemistryConfig chemistry_;
  Communicator ranks_;
  std::optional<AerosolSpecies> aerosol_;
  Array2<LonLat> place_;
  std::vector<int> index_;          // of the mechanism's species in the table
  std::vector<bool> in_mechanism_;  // by species of the table
  ChemistryCounts counts_;
};

std::string failure_sentence(const Tile& tile, Block block, Step step) {
  const int first = tile.first_column + block.first_column;
  return fmt::format(
      "chemistry at {}: the solver found no step that keeps its tolerance in row {}, columns {} to {}, layer "
      "{}; look at the emissions and the weather there",
      to_iso8601(step.start), tile.first_row + block.row, first, first + block.cells - 1, block.layer + 1);
}

template <class Mechanism>
BlockLight MechanismChemistry<Mechanism>::light_of(const Environment& e, const Tile& tile, Block block,
                                                   Step step) const {
  const double middle = static_cast<double>(step.start.unix_seconds()) + 0.5 * step.length_s;
  const SubsolarPoint sun = subsolar_point(middle);
  BlockLight light{};
  for (int lane = 0; lane < lane_count; ++lane) {
    const int row = tile.first_row + block.row, column = tile.first_column + block.column_of(lane);
    const LonLat at = place_(row, column);
    auto& rates = light.at(static_cast<std::size_t>(lane));
    rates = clear_sky_photolysis_per_s(cosine_solar_zenith(sun, at.longitude_deg, at.latitude_deg));
    const double cloud = cloud_photolysis_factor(e.weather->middle.cloud_fraction(row, column));
    for (double& rate : rates) rate *= cloud;
  }
  return light;
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::take_tendency(State& state, Block block, double dt_s) const {
  for (int s = 0; s < state.species.count(); ++s) {
    if (in_mechanism_[static_cast<std::size_t>(s)]) continue;
    double* q = state.mixing_ratio_ppb[s].row(block.layer, block.row) + block.first_column;
    const double* tendency = state.mixing_tendency_ppb_s[s].row(block.layer, block.row) + block.first_column;
    for (int n = 0; n < block.cells; ++n) q[n] = std::max(q[n] + tendency[n] * dt_s, 0.0);
  }
}

template <class Mechanism>
BlockAir<Mechanism> MechanismChemistry<Mechanism>::gather(const State& state, const Environment& e,
                                                          Block block, const BlockLight& light,
                                                          double dt_s) const {
  BlockAir<Mechanism> block_air;
  for (int lane = 0; lane < lane_count; ++lane) {
    const int i = block.column_of(lane);
    CellAir air = air_of_cell(e.weather->middle, block.layer, state.tile.first_row + block.row,
                              state.tile.first_column + i);
    air.rates.photolysis_per_s = light.at(static_cast<std::size_t>(lane));
    std::array<double, static_cast<std::size_t>(Mechanism::reaction_count)> rate{};
    Mechanism::rates(air.rates, rate.data());
    for (std::size_t r = 0; r < rate.size(); ++r) block_air.k[r][lane] = rate[r];
    const double per_ppb = 1.0e-9 * air.dry_air_per_cm3;
    block_air.per_ppb[lane] = per_ppb;
    for (std::size_t s = 0; s < index_.size(); ++s) {
      const double q_ppb = state.mixing_ratio_ppb[index_[s]](block.layer, block.row, i);
      const double tendency = state.mixing_tendency_ppb_s[index_[s]](block.layer, block.row, i);
      const double mixed = std::max(q_ppb + tendency * dt_s, 0.0);
      const bool is_drained = -tendency * dt_s > 0.5 * q_ppb;  // apply the loss first
      block_air.mixed_ppb[s][lane] = mixed;
      block_air.c[s][lane] = (is_drained ? mixed : q_ppb) * per_ppb;
      block_air.source[s][lane] = is_drained ? 0.0 : tendency * per_ppb;
    }
  }
  return block_air;
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::react(State& state, Block block, Step step, BlockAir<Mechanism>& air,
                                          RowWork<Mechanism>& work) const {
  SolverSettings settings;
  settings.relative_tolerance = chemistry_.relative_tolerance;
  settings.absolute_tolerance = chemistry_.absolute_tolerance_ppb * 2.5e10;  // a ppb at the ground
  const SolverOutcome outcome =
      work.solver.integrate(air.c.data(), air.k.data(), air.source.data(), step.length_s, settings);
  if (outcome.has_failed && work.fault.empty()) work.fault = failure_sentence(state.tile, block, step);
  ++work.counts.blocks;
  work.counts.factorisations += outcome.steps;
  for (int lane = 0; lane < block.cells; ++lane) {
    const double mol = mol_per_ppb(state, block, block.first_column + lane) / air.per_ppb[lane];
    work.counts.clipped_mol += outcome.clipped.at(static_cast<std::size_t>(lane)) * mol;
    work.counts.shifted_mol += outcome.shifted.at(static_cast<std::size_t>(lane)) * mol;
  }
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::scatter(State& state, Block block, const BlockAir<Mechanism>& air,
                                            Ledger& ledger) const {
  for (int lane = 0; lane < block.cells; ++lane) {
    const int i = block.first_column + lane;
    const double mol = mol_per_ppb(state, block, i);
    for (std::size_t s = 0; s < index_.size(); ++s) {
      const double after_ppb = air.c[s][lane] / air.per_ppb[lane];
      state.mixing_ratio_ppb[index_[s]](block.layer, block.row, i) = after_ppb;
      ledger.add(MassTerm::chemistry, index_[s], block.row, i, (after_ppb - air.mixed_ppb[s][lane]) * mol);
    }
  }
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::share_ammonia(State& state, const Environment& e, Block block,
                                                  Ledger& ledger) const {
  for (int i = block.first_column; i < block.first_column + block.cells; ++i) {
    const CellAir air = air_of_cell(e.weather->middle, block.layer, state.tile.first_row + block.row,
                                    state.tile.first_column + i);
    const auto q = [&](int s) -> double& { return state.mixing_ratio_ppb[s](block.layer, block.row, i); };
    const double dry_air_bar = 1.0e-5 * air.dry_air_per_cm3 * 1.0e6 * boltzmann_j_k * air.rates.temperature_k;
    const double product_ppb2 =
        ammonium_nitrate_product_ppb2(air.rates.temperature_k, air.rates.relative_humidity) /
        (dry_air_bar * dry_air_bar);
    const AmmoniaSystem<double> before{q(aerosol_->sulphate), q(aerosol_->nitric_acid), q(aerosol_->nitrate),
                                       q(aerosol_->ammonia), q(aerosol_->ammonium)};
    const AmmoniaSystem<double> after = equilibrate(before, product_ppb2);
    const double mol = mol_per_ppb(state, block, i);
    const auto settle = [&](int s, double from, double to) {
      q(s) = to;
      ledger.add(MassTerm::chemistry, s, block.row, i, (to - from) * mol);
    };
    settle(aerosol_->nitric_acid, before.nitric_acid, after.nitric_acid);
    settle(aerosol_->nitrate, before.nitrate, after.nitrate);
    settle(aerosol_->ammonia, before.ammonia, after.ammonia);
    settle(aerosol_->ammonium, before.ammonium, after.ammonium);
  }
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::advance_row(State& state, const Environment& environment, int row,
                                                Step step, Ledger& ledger, RowWork<Mechanism>& work) const {
  const Tile& tile = state.tile;
  for (int i = 0; i < tile.columns; i += lane_count) {
    Block block{.layer = 0, .row = row, .first_column = i, .cells = std::min(lane_count, tile.columns - i)};
    BlockLight light{};
    if constexpr (Mechanism::species_count > 0) light = light_of(environment, tile, block, step);
    for (; block.layer < tile.layers; ++block.layer) {
      take_tendency(state, block, step.length_s);
      if constexpr (Mechanism::species_count > 0) {
        BlockAir<Mechanism> air = gather(state, environment, block, light, step.length_s);
        react(state, block, step, air, work);
        scatter(state, block, air, ledger);
      }
      if (aerosol_) share_ammonia(state, environment, block, ledger);
    }
  }
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::advance(State& state, const Environment& environment, Step step,
                                            Ledger& ledger) {
  const Tile& tile = state.tile;
  std::vector<ChemistryCounts> counts(static_cast<std::size_t>(tile.rows));
  std::vector<std::string> faults(static_cast<std::size_t>(tile.rows));
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j) {  // a row has one thread, so its ledger has one writer
    RowWork<Mechanism> work;
    advance_row(state, environment, j, step, ledger, work);
    counts[static_cast<std::size_t>(j)] = work.counts;
    faults[static_cast<std::size_t>(j)] = work.fault;
  }
  std::string first;
  std::int64_t order = 0;
  for (int j = tile.rows - 1; j >= 0; --j) {
    const auto row = static_cast<std::size_t>(j);
    counts_.blocks += counts[row].blocks;
    counts_.factorisations += counts[row].factorisations;
    counts_.clipped_mol += counts[row].clipped_mol;
    counts_.shifted_mol += counts[row].shifted_mol;
    if (faults[row].empty()) continue;
    first = faults[row];
    order = tile.first_row + j;
  }
  ranks_.throw_together(first, order);
}

}  // namespace

std::unique_ptr<GasChemistry> make_gas_chemistry(const ChemistryConfig& chemistry,
                                                 const SpeciesTable& species, const HorizontalGrid& grid,
                                                 const Communicator& ranks) {
  if (chemistry.mechanism == "grs")
    return std::make_unique<MechanismChemistry<mechanisms::grs>>(chemistry, species, grid, ranks);
  if (chemistry.mechanism == "nox_o3")
    return std::make_unique<MechanismChemistry<mechanisms::nox_o3>>(chemistry, species, grid, ranks);
  return std::make_unique<MechanismChemistry<NoMechanism>>(chemistry, species, grid, ranks);
}

}  // namespace lantian
