// Tangent and adjoint of the gas chemistry: what gas_chemistry_forward.hpp does to a block, differentiated.
//
// All species of a cell share the factors between mixing ratio, concentration and mol, so these cancel:
// changes and sensitivities go through the solver's derivatives in the unit in which they come.
#pragma once

#include "chemistry/rosenbrock_frozen.hpp"
#include "mechanism_chemistry.hpp"

#include "lantian/base/errors.hpp"

namespace lantian {

/// Ammonia and what it is shared among, in the cells of a block before it is shared.
struct BlockAmmonia {
  std::array<AmmoniaSystem<double>, lane_count> amounts{};
  std::array<double, lane_count> nitrate_product_ppb2{};
};

template <class Mechanism>
struct DerivativeWork {
  static constexpr auto species = static_cast<std::size_t>(Mechanism::species_count);
  RosenbrockSolver<Mechanism> solver;
  RosenbrockRecord<Mechanism, Lanes> record;
  FrozenRosenbrock<Mechanism> frozen;
  BlockAir<Mechanism> air;                   // as the solver takes it
  std::array<Lanes, species> c{}, source{};  // changes of these, or sensitivities to these
  BlockAmmonia ammonia;
  InorganicSharing::Slopes inorganic{};
  OrganicSharing::Slopes organic{};
  std::string fault;
};

/// Nothing to solve.
template <>
struct DerivativeWork<NoMechanism> {
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

}  // namespace

template <class Mechanism>
template <class Derive>
void MechanismChemistry<Mechanism>::for_each_block(const Linearisation& at, Step step,
                                                   Derive&& derive) const {
  const Tile& tile = at.state.tile;
  if (at.state.species.count() != static_cast<int>(in_mechanism_.size()))
    throw InternalError("chemistry is linearised about a state without its species");
  std::vector<std::string> faults(static_cast<std::size_t>(tile.rows));
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j) {
    Work work;
    for (int i = 0; i < tile.columns; i += lane_count) {
      Block block{.layer = 0, .row = j, .first_column = i, .cells = std::min(lane_count, tile.columns - i)};
      BlockLight light{};
      if constexpr (Mechanism::species_count > 0) light = light_over(at.state, at.environment, block, step);
      for (; block.layer < tile.layers; ++block.layer) {
        linearise(at, block, light, step, work);
        derive(block, work);
      }
    }
    faults[static_cast<std::size_t>(j)] = work.fault;
  }
  throw_first_fault(ranks_, tile, faults);
}

/// Runs the block forward and keeps what its derivatives need.
template <class Mechanism>
void MechanismChemistry<Mechanism>::linearise(const Linearisation& about, Block block,
                                              const BlockLight& light, Step step, Work& work) const {
  const State& at = about.state;
  std::array<Lanes, static_cast<std::size_t>(Mechanism::species_count)> after{};
  if constexpr (Mechanism::species_count > 0) {
    gather(at, about.environment, block, light, step, work.air);
    after = work.air.c;
    const SolverOutcome outcome =
        work.solver.integrate(after.data(), work.air.k.data(), work.air.source.data(), step.length_s,
                              solver_settings(), &work.record);
    if (outcome.has_failed && work.fault.empty())
      work.fault = fault_of(
          failed_cell(at, about.environment, block, light, step, outcome.failed_lane, outcome.failed_species),
          chemistry_, step);
    for (std::size_t s = 0; s < index_.size(); ++s) after[s] = after[s] / work.air.per_ppb;
  }
  const auto before_sharing = [&](int species, int lane) {
    const auto found = std::ranges::find(index_, species);
    if (found == index_.end())
      return entry_of(at, species, block, block.first_column + lane, step.length_s).mixed_ppb;
    return double{after[static_cast<std::size_t>(found - index_.begin())][lane]};
  };
  if (sharing_) work.inorganic = sharing_->slopes(about.environment, at.tile, block, before_sharing);
  if (organics_) work.organic = organics_->slopes(about.environment, at.tile, block, before_sharing);
  if (!aerosol_) return;
  for (int lane = 0; lane < block.cells; ++lane) {
    const int i = block.first_column + lane;
    const auto n = static_cast<std::size_t>(lane);
    work.ammonia.nitrate_product_ppb2[n] =
        nitrate_product_ppb2(air_of_cell(about.environment.weather->middle, block.layer,
                                         at.tile.first_row + block.row, at.tile.first_column + i));
    work.ammonia.amounts[n] = aerosol_->gather([&](int species) { return before_sharing(species, lane); });
  }
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::mix_and_react_tangent(const State& at, Block block, double dt_s,
                                                          State& tangent, Work& work) const {
  const auto mixed_change = [&](int species, int i) {
    return entry_of(at, species, block, i, dt_s).is_above_zero
               ? cell(tangent.mixing_ratio_ppb, species, block, i) +
                     dt_s * cell(tangent.mixing_tendency_ppb_s, species, block, i)
               : 0.0;
  };
  for (int species = 0; species < at.species.count(); ++species)
    for (int i = block.first_column; i < block.first_column + block.cells; ++i)
      if (!in_mechanism_[static_cast<std::size_t>(species)])
        cell(tangent.mixing_ratio_ppb, species, block, i) = mixed_change(species, i);
  if constexpr (Mechanism::species_count > 0) {
    for (std::size_t s = 0; s < index_.size(); ++s)
      for (int lane = 0; lane < lane_count; ++lane) {
        const int i = block.column_of(lane);
        const bool is_drained = entry_of(at, index_[s], block, i, dt_s).is_drained;
        work.c[s][lane] =
            is_drained ? mixed_change(index_[s], i) : cell(tangent.mixing_ratio_ppb, index_[s], block, i);
        work.source[s][lane] = is_drained ? 0.0 : cell(tangent.mixing_tendency_ppb_s, index_[s], block, i);
      }
    work.frozen.tangent(work.record, work.air.k.data(), work.air.source.data(), work.c.data(), nullptr,
                        work.source.data());
    for (std::size_t s = 0; s < index_.size(); ++s)
      for (int lane = 0; lane < block.cells; ++lane)
        cell(tangent.mixing_ratio_ppb, index_[s], block, block.first_column + lane) = work.c[s][lane];
  }
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::mix_and_react_adjoint(const State& at, Block block, double dt_s,
                                                          AdjointState& adjoint, Work& work) const {
  FieldSet<double>&by_amount = adjoint.amount_per_mol, &by_tendency = adjoint.source_s_per_mol;
  const auto unmix = [&](int species, int i) {
    double& lambda = cell(by_amount, species, block, i);
    if (!entry_of(at, species, block, i, dt_s).is_above_zero) lambda = 0.0;
    cell(by_tendency, species, block, i) += dt_s * lambda;
  };
  for (int species = 0; species < at.species.count(); ++species)
    for (int i = block.first_column; i < block.first_column + block.cells; ++i)
      if (!in_mechanism_[static_cast<std::size_t>(species)]) unmix(species, i);
  if constexpr (Mechanism::species_count > 0) {
    for (std::size_t s = 0; s < index_.size(); ++s)
      for (int lane = 0; lane < lane_count; ++lane)
        work.c[s][lane] = cell(by_amount, index_[s], block, block.column_of(lane));
    work.source = {};
    work.frozen.adjoint(work.record, work.air.k.data(), work.air.source.data(), work.c.data(), nullptr,
                        work.source.data());
    for (std::size_t s = 0; s < index_.size(); ++s)
      for (int lane = 0; lane < block.cells; ++lane) {
        const int i = block.first_column + lane;
        cell(by_amount, index_[s], block, i) = work.c[s][lane];
        if (entry_of(at, index_[s], block, i, dt_s).is_drained)
          unmix(index_[s], i);
        else
          cell(by_tendency, index_[s], block, i) += work.source[s][lane];
      }
  }
}

namespace {

/// Puts what belongs to the members of the ammonia system of a cell back into their fields.
inline void settle(const AmmoniaSystem<double>& system, const AerosolSpecies& of, FieldSet<double>& fields,
                   Block block, int i) {
  cell(fields, of.sulphate, block, i) = system.sulphate;
  cell(fields, of.nitric_acid, block, i) = system.nitric_acid;
  cell(fields, of.nitrate, block, i) = system.nitrate;
  cell(fields, of.ammonia, block, i) = system.ammonia;
  cell(fields, of.ammonium, block, i) = system.ammonium;
}

/// Derives the sharing of ammonia in the cells of a block: `derive(at, product, members)`.
template <class Derive>
void derive_ammonia(const AerosolSpecies& aerosol, Block block, const BlockAmmonia& at,
                    FieldSet<double>& fields, Derive&& derive) {
  for (int lane = 0; lane < block.cells; ++lane) {
    const int i = block.first_column + lane;
    const auto n = static_cast<std::size_t>(lane);
    const auto members = aerosol.gather([&](int species) { return cell(fields, species, block, i); });
    settle(derive(at.amounts[n], at.nitrate_product_ppb2[n], members), aerosol, fields, block, i);
  }
}

}  // namespace

template <class Mechanism>
void MechanismChemistry<Mechanism>::advance_tangent(const Linearisation& at, State& tangent,
                                                    const Environment&, Step step) {
  tangent.air_mass_kg = at.state.air_mass_kg;
  for_each_block(at, step, [&](Block block, Work& work) {
    mix_and_react_tangent(at.state, block, step.length_s, tangent, work);
    if (aerosol_)
      derive_ammonia(*aerosol_, block, work.ammonia, tangent.mixing_ratio_ppb, equilibrate_tangent<double>);
    if (sharing_) sharing_->tangent(work.inorganic, block, tangent.mixing_ratio_ppb);
    if (organics_) organics_->tangent(work.organic, block, tangent.mixing_ratio_ppb);
  });
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::advance_adjoint(const Linearisation& at, AdjointState& adjoint,
                                                    Step step) {
  for_each_block(at, step, [&](Block block, Work& work) {
    if (organics_) organics_->adjoint(work.organic, block, adjoint.amount_per_mol);
    if (sharing_) sharing_->adjoint(work.inorganic, block, adjoint.amount_per_mol);
    if (aerosol_)
      derive_ammonia(*aerosol_, block, work.ammonia, adjoint.amount_per_mol, equilibrate_adjoint<double>);
    mix_and_react_adjoint(at.state, block, step.length_s, adjoint, work);
  });
}

}  // namespace lantian
