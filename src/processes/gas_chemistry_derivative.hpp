// Tangent and adjoint of the gas chemistry: what gas_chemistry_forward.hpp does to a block, differentiated.
//
// All species of a cell share the factors between mixing ratio, concentration and mol, so these cancel:
// changes and sensitivities go through the solver's derivatives in the unit in which they come.
#pragma once

#include "mechanism_chemistry.hpp"
#include "rate_derivative.hpp"

#include "lantian/base/errors.hpp"

namespace lantian {

/// Gives the blocks of columns of each row, with a thread's work, to `derive(at, column, work)`.
template <class Mechanism>
template <class Derive>
void MechanismChemistry<Mechanism>::for_each_column(const Linearisation& at, Step step,
                                                    Derive&& derive) const {
  const Tile& tile = at.state.tile;
  if (at.state.species.count() != static_cast<int>(in_mechanism_.size()))
    throw InternalError("chemistry is linearised about a state without its species");
  const bool has_seen_particles = Mechanism::species_count > 0 && surroundings_.particles().has_any();
  const std::optional<State> mixed =
      has_seen_particles ? outside_mixed(at.state, in_mechanism_, step.length_s) : std::nullopt;
  const Linearised about{at.state, mixed ? *mixed : at.state, at.environment, step};
  std::vector<std::string> faults(static_cast<std::size_t>(tile.rows));
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j) {
    Work work;
    for (int i = 0; i < tile.columns; i += lane_count)
      derive(about,
             Block{.layer = 0, .row = j, .first_column = i, .cells = std::min(lane_count, tile.columns - i)},
             work);
    faults[static_cast<std::size_t>(j)] = work.fault;
  }
  throw_first_fault(ranks_, tile, faults);
}

/// Linearises each block of a column and has `derive(block)` use that.
template <class Mechanism>
template <class Derive>
void MechanismChemistry<Mechanism>::for_each_layer(const Linearised& at, Block column, Work& work,
                                                   Derive&& derive) const {
  for (Block block = column; block.layer < at.state.tile.layers; ++block.layer) {
    linearise(at, block, work);
    derive(block);
  }
}

/// Light over a block of columns, and how their particles change it.
template <class Mechanism>
void MechanismChemistry<Mechanism>::begin_column(const Linearised& at, Block column, bool asks_for_factors,
                                                 Work& work) const {
  work.rates_vary = false;
  if constexpr (Mechanism::species_count > 0) {
    work.light = light_over(at.seen, at.environment, column, at.step);
    work.rates_vary = asks_for_factors || Mechanism::uses_particles || Mechanism::uses_drops;
    for (int lane = 0; lane < column.cells; ++lane) {
      const auto n = static_cast<std::size_t>(lane);
      work.haze[n] = work.light.haze.at(n).empty()
                         ? HazeSlope()
                         : HazeSlope(at.seen, at.environment, surroundings_.particles(), column.row,
                                     column.first_column + lane, work.light.cosine_zenith.at(n));
      work.rates_vary = work.rates_vary || !work.haze[n].is_clear();
      work.log_light[n].assign(static_cast<std::size_t>(at.state.tile.layers), 0.0);
    }
  }
}

/// Runs the block forward and keeps what its derivatives need.
template <class Mechanism>
void MechanismChemistry<Mechanism>::linearise(const Linearised& at, Block block, Work& work) const {
  const double dt_s = at.step.length_s;
  std::array<Lanes, static_cast<std::size_t>(Mechanism::species_count)> after{};
  if constexpr (Mechanism::species_count > 0) {
    linearise_rates(at, block, work);
    after = work.air.c;
    const SolverOutcome outcome = work.solver.integrate(
        after.data(), work.air.k.data(), work.air.source.data(), dt_s, solver_settings(), &work.record);
    if (outcome.has_failed && work.fault.empty())
      work.fault = fault_of(failed_cell(at.seen, at.environment, block, work.light, at.step,
                                        outcome.failed_lane, outcome.failed_species),
                            chemistry_, at.step);
    for (std::size_t s = 0; s < index_.size(); ++s) after[s] = after[s] / work.air.per_ppb;
  }
  const auto before_sharing = [&](int species, int lane) {
    const auto found = std::ranges::find(index_, species);
    if (found == index_.end())
      return entry_of(at.state, species, block, block.first_column + lane, dt_s).mixed_ppb;
    return double{after[static_cast<std::size_t>(found - index_.begin())][lane]};
  };
  const Tile& tile = at.state.tile;
  if (sharing_) work.inorganic = sharing_->slopes(at.environment, tile, block, before_sharing);
  if (organics_) work.organic = organics_->slopes(at.environment, tile, block, before_sharing);
  if (!aerosol_) return;
  for (int lane = 0; lane < block.cells; ++lane) {
    const int i = block.first_column + lane;
    const auto n = static_cast<std::size_t>(lane);
    work.ammonia.nitrate_product_ppb2[n] = nitrate_product_ppb2(air_of_cell(
        at.environment.weather->middle, block.layer, tile.first_row + block.row, tile.first_column + i));
    work.ammonia.amounts[n] = aerosol_->gather([&](int species) { return before_sharing(species, lane); });
  }
}

/// Species outside the mechanism take their tendency, over a whole block of columns.
template <class Mechanism>
void MechanismChemistry<Mechanism>::mix_outside_tangent(const Linearised& at, Block column,
                                                        State& tangent) const {
  for_each_outside(at.state, in_mechanism_, column, [&](int species, Block block, int i) {
    cell(tangent.mixing_ratio_ppb, species, block, i) =
        mixed_change(at.state, tangent, species, block, i, at.step.length_s);
  });
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::mix_outside_adjoint(const Linearised& at, Block column,
                                                        AdjointState& adjoint) const {
  for_each_outside(at.state, in_mechanism_, column, [&](int species, Block block, int i) {
    unmix(at.state, adjoint, species, block, i, at.step.length_s);
  });
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::react_tangent(const Linearised& at, Block block,
                                                  const Variation& direction, State& tangent,
                                                  Work& work) const {
  if constexpr (Mechanism::species_count > 0) {
    if (work.rates_vary) rates_tangent(at, block, direction, tangent, work);
    for (std::size_t s = 0; s < index_.size(); ++s)
      for (int lane = 0; lane < lane_count; ++lane) {
        const int i = block.column_of(lane);
        const bool is_drained = entry_of(at.state, index_[s], block, i, at.step.length_s).is_drained;
        work.c[s][lane] = is_drained ? mixed_change(at.state, tangent, index_[s], block, i, at.step.length_s)
                                     : cell(tangent.mixing_ratio_ppb, index_[s], block, i);
        work.source[s][lane] = is_drained ? 0.0 : cell(tangent.mixing_tendency_ppb_s, index_[s], block, i);
      }
    work.frozen.tangent(work.record, work.air.k.data(), work.air.source.data(), work.c.data(),
                        work.rates_vary ? work.k.data() : nullptr, work.source.data());
    for (std::size_t s = 0; s < index_.size(); ++s)
      for (int lane = 0; lane < block.cells; ++lane)
        cell(tangent.mixing_ratio_ppb, index_[s], block, block.first_column + lane) = work.c[s][lane];
  }
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::react_adjoint(const Linearised& at, Block block, AdjointState& adjoint,
                                                  Work& work) const {
  if constexpr (Mechanism::species_count > 0) {
    FieldSet<double>&by_amount = adjoint.amount_per_mol, &by_tendency = adjoint.source_s_per_mol;
    for (std::size_t s = 0; s < index_.size(); ++s)
      for (int lane = 0; lane < lane_count; ++lane)
        work.c[s][lane] = cell(by_amount, index_[s], block, block.column_of(lane));
    work.source = {};
    work.k = {};
    work.frozen.adjoint(work.record, work.air.k.data(), work.air.source.data(), work.c.data(),
                        work.rates_vary ? work.k.data() : nullptr, work.source.data());
    for (std::size_t s = 0; s < index_.size(); ++s)
      for (int lane = 0; lane < block.cells; ++lane) {
        const int i = block.first_column + lane;
        cell(by_amount, index_[s], block, i) = work.c[s][lane];
        if (entry_of(at.state, index_[s], block, i, at.step.length_s).is_drained)
          unmix(at.state, adjoint, index_[s], block, i, at.step.length_s);
        else
          cell(by_tendency, index_[s], block, i) += work.source[s][lane];
      }
    if (work.rates_vary) rates_adjoint(at, block, adjoint, work);
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
                                                    const Variation& direction, Step step) {
  tangent.air_mass_kg = at.state.air_mass_kg;
  for_each_column(at, step, [&](const Linearised& about, Block column, Work& work) {
    begin_column(about, column, direction.rate_factor != nullptr, work);
    mix_outside_tangent(about, column, tangent);
    haze_tangent(about, column, tangent, work);
    for_each_layer(about, column, work, [&](Block block) {
      react_tangent(about, block, direction, tangent, work);
      if (aerosol_)
        derive_ammonia(*aerosol_, block, work.ammonia, tangent.mixing_ratio_ppb, equilibrate_tangent<double>);
      if (sharing_) sharing_->tangent(work.inorganic, block, tangent.mixing_ratio_ppb);
      if (organics_) organics_->tangent(work.organic, block, tangent.mixing_ratio_ppb);
    });
  });
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::advance_adjoint(const Linearisation& at, AdjointState& adjoint,
                                                    Step step) {
  for_each_column(at, step, [&](const Linearised& about, Block column, Work& work) {
    begin_column(about, column, !adjoint.rate_factor.empty(), work);
    for_each_layer(about, column, work, [&](Block block) {
      if (organics_) organics_->adjoint(work.organic, block, adjoint.amount_per_mol);
      if (sharing_) sharing_->adjoint(work.inorganic, block, adjoint.amount_per_mol);
      if (aerosol_)
        derive_ammonia(*aerosol_, block, work.ammonia, adjoint.amount_per_mol, equilibrate_adjoint<double>);
      react_adjoint(about, block, adjoint, work);
    });
    haze_adjoint(about, column, adjoint, work);
    mix_outside_adjoint(about, column, adjoint);
  });
}

}  // namespace lantian
