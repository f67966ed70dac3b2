// How rate constants change with a cell's particles and drops, with the light that the column's particles
// leave, and with factors of reactions.
#pragma once

#include "chemistry/rosenbrock_frozen.hpp"
#include "mechanism_chemistry.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/dual.hpp"
#include "lantian/processes/differentiable.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// Ammonia and what it is shared among, in the cells of a block before it is shared.
struct BlockAmmonia {
  std::array<AmmoniaSystem<double>, lane_count> amounts{};
  std::array<double, lane_count> nitrate_product_ppb2{};
};

template <class Mechanism>
struct DerivativeWork {
  static constexpr auto species = static_cast<std::size_t>(Mechanism::species_count);
  static constexpr auto reactions = static_cast<std::size_t>(Mechanism::reaction_count);
  RosenbrockSolver<Mechanism> solver;
  RosenbrockRecord<Mechanism, Lanes> record;
  FrozenRosenbrock<Mechanism> frozen;
  BlockAir<Mechanism> air;                   // as the solver takes it
  std::array<Lanes, species> c{}, source{};  // changes of these, or sensitivities to these
  std::array<Lanes, reactions> k{};          // and to rate constants, which are over the air's `per_ppb`
  bool rates_vary = false;
  BlockLight light;                                         // of the column
  std::array<HazeSlope, lane_count> haze{};                 // of the column
  std::array<std::vector<double>, lane_count> log_light{};  // changes by layer, or what these are worth
  RateConditions<Lanes> conditions;
  std::array<SurroundingsSlope, lane_count> surroundings{};
  BlockAmmonia ammonia;
  InorganicSharing::Slopes inorganic{};
  OrganicSharing::Slopes organic{};
  std::string fault;
};

/// Nothing to solve.
template <>
struct DerivativeWork<NoMechanism> {
  bool rates_vary = false;
  BlockAmmonia ammonia;
  InorganicSharing::Slopes inorganic{};
  OrganicSharing::Slopes organic{};
  std::string fault;
};

namespace {

inline double& cell(FieldSet<double>& fields, int species, Block block, int i) {
  return fields[species](block.layer, block.row, i);
}
inline double cell(const FieldSet<double>& fields, int species, Block block, int i) {
  return fields[species](block.layer, block.row, i);
}

inline SolverEntry entry_of(const State& at, int species, Block block, int i, double dt_s) {
  return solver_entry(cell(at.mixing_ratio_ppb, species, block, i),
                      cell(at.mixing_tendency_ppb_s, species, block, i), dt_s);
}

/// Change of an amount that takes its tendency and is lifted to zero.
inline double mixed_change(const State& at, const State& tangent, int species, Block block, int i,
                           double dt_s) {
  return entry_of(at, species, block, i, dt_s).is_above_zero
             ? cell(tangent.mixing_ratio_ppb, species, block, i) +
                   dt_s * cell(tangent.mixing_tendency_ppb_s, species, block, i)
             : 0.0;
}

/// Its mate: from what an amount is worth after its tendency to what it and the tendency are.
inline void unmix(const State& at, AdjointState& adjoint, int species, Block block, int i, double dt_s) {
  double& lambda = cell(adjoint.amount_per_mol, species, block, i);
  if (!entry_of(at, species, block, i, dt_s).is_above_zero) lambda = 0.0;
  cell(adjoint.source_s_per_mol, species, block, i) += dt_s * lambda;
}

/// Calls `work(species, block, i)` for the species outside the mechanism in all cells of a block of columns.
template <class DoWork>
void for_each_outside(const State& at, const std::vector<bool>& in_mechanism, Block column, DoWork&& work) {
  for (int species = 0; species < at.species.count(); ++species)
    if (!in_mechanism[static_cast<std::size_t>(species)])
      for (Block block = column; block.layer < at.tile.layers; ++block.layer)
        for (int i = block.first_column; i < block.first_column + block.cells; ++i) work(species, block, i);
}

/// A copy of a state in which the species outside the mechanism have taken their tendency; empty where there
/// are none.
inline std::optional<State> outside_mixed(const State& at, const std::vector<bool>& in_mechanism,
                                          double dt_s) {
  if (std::ranges::find(in_mechanism, false) == in_mechanism.end()) return std::nullopt;
  State mixed = at;
  for (int j = 0; j < at.tile.rows; ++j)
    for_each_outside(at, in_mechanism, {.layer = 0, .row = j, .first_column = 0, .cells = at.tile.columns},
                     [&](int species, Block block, int i) {
                       cell(mixed.mixing_ratio_ppb, species, block, i) =
                           entry_of(at, species, block, i, dt_s).mixed_ppb;
                     });
  return mixed;
}

/// A number with derivatives along what surrounds the gases of a cell.
using InSurroundings = Dual<double, surrounding_count>;

/// What the rates of a lane depend on, with its surroundings as directions.
inline RateConditions<InSurroundings> surrounded(const RateConditions<Lanes>& eight, int lane) {
  const auto varied = [lane](const Lanes& value, Surrounding along) {
    return InSurroundings::variable(value[lane], static_cast<std::size_t>(along));
  };
  using enum Surrounding;
  RateConditions<InSurroundings> one{
      .temperature_k = eight.temperature_k[lane],
      .air_per_cm3 = eight.air_per_cm3[lane],
      .water_per_cm3 = eight.water_per_cm3[lane],
      .relative_humidity = eight.relative_humidity[lane],
      .cloud_water_g_m3 = eight.cloud_water_g_m3[lane],
      .particle_surface_m2_m3 = varied(eight.particle_surface_m2_m3, particle_surface),
      .particle_radius_m = varied(eight.particle_radius_m, particle_radius),
      .n2o5_uptake = varied(eight.n2o5_uptake, n2o5_uptake),
      .organic_nitrate_share = varied(eight.organic_nitrate_share, organic_nitrate),
      .aqueous_ozone_cm3_s = varied(eight.aqueous_ozone_cm3_s, aqueous_ozone),
      .aqueous_peroxide_cm3_s = varied(eight.aqueous_peroxide_cm3_s, aqueous_peroxide),
      .aqueous_methyl_hydroperoxide_cm3_s =
          varied(eight.aqueous_methyl_hydroperoxide_cm3_s, aqueous_methyl_hydroperoxide),
      .aqueous_peroxyacetic_acid_cm3_s =
          varied(eight.aqueous_peroxyacetic_acid_cm3_s, aqueous_peroxyacetic_acid),
      .aqueous_nitrogen_dioxide_cm3_s =
          varied(eight.aqueous_nitrogen_dioxide_cm3_s, aqueous_nitrogen_dioxide),
      .aqueous_metals_per_s = varied(eight.aqueous_metals_per_s, aqueous_metals),
      .ground_surface_m2_m3 = eight.ground_surface_m2_m3[lane],
      .photolysis_per_s = {}};
  for (std::size_t p = 0; p < photolysis_count; ++p) {
    one.photolysis_per_s[p] = eight.photolysis_per_s[p][lane];
    one.photolysis_per_s[p].derivative[static_cast<std::size_t>(log_light)] = eight.photolysis_per_s[p][lane];
  }
  return one;
}

/// Dry air of a block's lane [mol m-3].
inline double air_mol_m3_of(const Lanes& per_ppb, int lane) {
  return 1.0e6 * (1.0e9 * per_ppb[lane]) / avogadro_per_mol;
}

}  // namespace

/// Rate constants of a block, and how its surroundings change.
template <class Mechanism>
void MechanismChemistry<Mechanism>::linearise_rates(const Linearised& at, Block block, Work& work) const {
  const Environment& e = at.environment;
  Lanes dry_air_per_cm3{};
  work.conditions = rate_conditions(at.seen, e, block, work.light, at.step, dry_air_per_cm3);
  work.air.per_ppb = 1.0e-9 * dry_air_per_cm3;
  take_in(at.state, block, at.step.length_s, work.conditions, work.air);
  if (!work.rates_vary) return;
  for (int lane = 0; lane < block.cells; ++lane) {
    const auto n = static_cast<std::size_t>(lane);
    const int i = block.first_column + lane;
    const auto of = [&](int species) { return cell(at.seen.mixing_ratio_ppb, species, block, i); };
    work.surroundings[n] = {};
    [[maybe_unused]] const double air_mol_m3 = air_mol_m3_of(work.air.per_ppb, lane);
    if constexpr (Mechanism::uses_particles)
      surroundings_.add_particle_slopes(air_mol_m3, of, work.conditions.relative_humidity[lane],
                                        work.surroundings[n]);
    if constexpr (Mechanism::uses_drops) {
      const int row = at.state.tile.first_row + block.row, column = at.state.tile.first_column + i;
      RateConditions<> rates;
      rates.temperature_k = work.conditions.temperature_k[lane];
      rates.cloud_water_g_m3 = work.conditions.cloud_water_g_m3[lane];
      surroundings_.add_drop_slopes(air_mol_m3, e.weather->middle.pressure_pa(block.layer, row, column),
                                    work.light.cosine_zenith.at(n) > 0.0, at.step.length_s, of, rates,
                                    work.surroundings[n]);
    }
  }
}

/// Changes of rate constants of a block, in work.k.
template <class Mechanism>
void MechanismChemistry<Mechanism>::rates_tangent(const Linearised& at, Block block,
                                                  const Variation& direction, const State& tangent,
                                                  Work& work) const {
  std::array<InSurroundings, Work::reactions> unit{};
  std::array<double, Work::reactions> factor{};
  factor.fill(1.0);
  for (const auto& [reaction, given] : rate_factors_) factor[static_cast<std::size_t>(reaction)] = given;
  work.k = {};
  for (int lane = 0; lane < block.cells; ++lane) {
    const auto n = static_cast<std::size_t>(lane);
    const int i = block.first_column + lane;
    Ingredients ingredients{};
    surroundings_.for_each_share(
        air_mol_m3_of(work.air.per_ppb, lane),
        [&](int species) { return cell(at.seen.mixing_ratio_ppb, species, block, i); },
        [&](std::size_t to, int species, double amount) {
          ingredients.at(to) += amount * cell(tangent.mixing_ratio_ppb, species, block, i);
        });
    Surroundings change = work.surroundings[n].tangent(ingredients);
    change.at(static_cast<std::size_t>(Surrounding::log_light)) =
        work.log_light[n][static_cast<std::size_t>(block.layer)];
    Mechanism::rates(surrounded(work.conditions, lane), unit.data());
    for (std::size_t r = 0; r < unit.size(); ++r) {
      double slope = 0.0;
      for (std::size_t c = 0; c < surrounding_count; ++c) slope += unit[r].derivative[c] * change.at(c);
      slope *= factor[r];
      if (direction.rate_factor != nullptr) slope += direction.rate_factor->at(r) * unit[r].value;
      work.k[r][lane] = slope / work.air.per_ppb[lane];
    }
  }
}

/// Adds what the rate constants of a block are worth, work.k, to what its species and factors are.
template <class Mechanism>
void MechanismChemistry<Mechanism>::rates_adjoint(const Linearised& at, Block block, AdjointState& adjoint,
                                                  Work& work) const {
  std::array<InSurroundings, Work::reactions> unit{};
  std::array<double, Work::reactions> factor{};
  factor.fill(1.0);
  for (const auto& [reaction, given] : rate_factors_) factor[static_cast<std::size_t>(reaction)] = given;
  for (int lane = 0; lane < block.cells; ++lane) {
    const auto n = static_cast<std::size_t>(lane);
    const int i = block.first_column + lane;
    const double mol = mol_per_ppb(at.state, block, i);
    Surroundings worth{};  // over `mol`
    Mechanism::rates(surrounded(work.conditions, lane), unit.data());
    for (std::size_t r = 0; r < unit.size(); ++r) {
      const double by_rate = work.k[r][lane] / work.air.per_ppb[lane];
      for (std::size_t c = 0; c < surrounding_count; ++c)
        worth.at(c) += unit[r].derivative[c] * (factor[r] * by_rate);
      if (!adjoint.rate_factor.empty())
        adjoint.rate_factor.at(r)(block.row, i) += unit[r].value * by_rate * mol;
    }
    work.log_light[n][static_cast<std::size_t>(block.layer)] =
        worth.at(static_cast<std::size_t>(Surrounding::log_light)) * mol;
    const Ingredients ingredients = work.surroundings[n].adjoint(worth);
    surroundings_.for_each_share(
        air_mol_m3_of(work.air.per_ppb, lane),
        [&](int species) { return cell(at.seen.mixing_ratio_ppb, species, block, i); },
        [&](std::size_t to, int species, double amount) {
          cell(adjoint.amount_per_mol, species, block, i) += amount * ingredients.at(to);
        });
  }
}

/// Changes of the logarithm of the light that particles leave, in work.log_light.
template <class Mechanism>
void MechanismChemistry<Mechanism>::haze_tangent(const Linearised& at, Block column, const State& tangent,
                                                 Work& work) const {
  if constexpr (Mechanism::species_count > 0) {
    for (int lane = 0; lane < column.cells; ++lane) {
      const auto n = static_cast<std::size_t>(lane);
      if (work.haze[n].is_clear()) continue;
      std::vector<ParticleMasses> change(static_cast<std::size_t>(at.state.tile.layers));
      for_each_hazy_share(at, column, lane, [&](Block block, std::size_t kind, int species, double ug_m3) {
        change[static_cast<std::size_t>(block.layer)].at(kind) +=
            ug_m3 * cell(tangent.mixing_ratio_ppb, species, block, column.first_column + lane);
      });
      work.log_light[n] = work.haze[n].tangent(change);
    }
  }
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::haze_adjoint(const Linearised& at, Block column, AdjointState& adjoint,
                                                 Work& work) const {
  if constexpr (Mechanism::species_count > 0) {
    for (int lane = 0; lane < column.cells; ++lane) {
      const auto n = static_cast<std::size_t>(lane);
      if (work.haze[n].is_clear()) continue;
      const std::vector<ParticleMasses> worth = work.haze[n].adjoint(work.log_light[n]);
      for_each_hazy_share(at, column, lane, [&](Block block, std::size_t kind, int species, double ug_m3) {
        const int i = column.first_column + lane;
        cell(adjoint.amount_per_mol, species, block, i) +=
            ug_m3 * worth[static_cast<std::size_t>(block.layer)].at(kind) / mol_per_ppb(at.state, block, i);
      });
    }
  }
}

/// Calls `visit(block, kind, species, ug_m3_per_ppb)` for the particles of a lane's column.
template <class Mechanism>
template <class Visit>
void MechanismChemistry<Mechanism>::for_each_hazy_share(const Linearised& at, Block column, int lane,
                                                        Visit&& visit) const {
  const int i = column.first_column + lane;
  for (Block block = column; block.layer < at.state.tile.layers; ++block.layer) {
    const CellAir air = air_of_cell(at.environment.weather->middle, block.layer,
                                    at.state.tile.first_row + block.row, at.state.tile.first_column + i);
    surroundings_.particles().for_each_share(
        1.0e6 * air.dry_air_per_cm3 / avogadro_per_mol,
        [&](int species) { return cell(at.seen.mixing_ratio_ppb, species, block, i); },
        [&](std::size_t kind, int species, double ug_m3) { visit(block, kind, species, ug_m3); });
  }
}

}  // namespace lantian
