// What gas chemistry does to the cells, for each mechanism; its derivatives: gas_chemistry_derivative.hpp.
#pragma once

#include "mechanism_chemistry.hpp"
#include "reacting_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lantian {

/// Reactions and rate laws of a mechanism, one a line.
template <class Mechanism>
std::string all_reactions() {
  std::string text;
  for (const std::string_view reaction : Mechanism::reactions) text += std::string(reaction) + "\n";
  for (const std::string_view law : Mechanism::rate_laws) text += std::string(law) + "\n";
  return text;
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::take_tendency(State& state, int row, double dt_s, Ledger& ledger,
                                                  ChemistryCounts& counts) const {
  for (int s = 0; s < state.species.count(); ++s) {
    if (in_mechanism_[static_cast<std::size_t>(s)]) continue;
    for (int k = 0; k < state.tile.layers; ++k) {
      double* q = state.mixing_ratio_ppb[s].row(k, row);
      const double* tendency = state.mixing_tendency_ppb_s[s].row(k, row);
      int below_zero = 0;
#pragma omp simd reduction(+ : below_zero)
      for (int i = 0; i < state.tile.columns; ++i) {
        q[i] += tendency[i] * dt_s;
        below_zero += q[i] < 0.0 ? 1 : 0;
      }
      for (int i = 0; below_zero > 0 && i < state.tile.columns; ++i) {
        if (!(q[i] < 0.0)) continue;
        const Block at{.layer = k, .row = row, .first_column = i, .cells = 1};
        const double lifted_mol = -q[i] * mol_per_ppb(state, at, i);
        ledger.add(MassTerm::chemistry, s, row, i, lifted_mol);
        counts.clipped_mol += lifted_mol;
        q[i] = 0.0;
      }
    }
  }
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::count(const State& state, const PendingBlock<Mechanism>& pending,
                                          Ledger& ledger, ChemistryCounts& counts) const {
  const Block& block = pending.block;
  counts.cells += block.cells;
  for (int lane = 0; lane < block.cells; ++lane) {
    const auto n = static_cast<std::size_t>(lane);
    const double mol_ppb = mol_per_ppb(state, block, block.first_column + lane);
    const double mol = mol_ppb / pending.air.per_ppb[lane];
    counts.clipped_mol += pending.clipped[n] * mol + pending.air.lifted_ppb[lane] * mol_ppb;
    counts.shifted_mol += pending.shifted[n] * mol;
    if constexpr (Mechanism::makes_atoms) {
      const int i = block.first_column + lane;
      ledger.declare(AtomFamily::nitrogen, block.row, i, pending.atoms_made[0][n] * mol);
      ledger.declare(AtomFamily::sulphur, block.row, i, pending.atoms_made[1][n] * mol);
    }
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
    const AmmoniaSystem<double> before = aerosol_->gather(q);
    const AmmoniaSystem<double> after = equilibrate(before, nitrate_product_ppb2(air));
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
void MechanismChemistry<Mechanism>::share(State& state, const Environment& environment, Block block,
                                          Step step, Ledger& ledger, RowWork<Mechanism>& work) const {
  if (aerosol_) share_ammonia(state, environment, block, ledger);
  if (organics_) organics_->share(state, environment, block, ledger);
  if (!sharing_) return;
  const std::string fault = sharing_->share(state, environment, block, ledger);
  if (work.fault.empty() && !fault.empty())
    work.fault = fmt::format("aerosol at {}: {}", to_iso8601(step.start), fault);
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::react(State& state, const Environment& environment, int row, Step step,
                                          Ledger& ledger, RowWork<Mechanism>& work) const {
  const auto finish = [&](const PendingBlock<Mechanism>& pending) {
    if (work.fault.empty()) work.fault = pending.fault;
    count(state, pending, ledger, work.counts);
    scatter(state, pending.block, pending.air, ledger);
    share(state, environment, pending.block, step, ledger, work);
  };
  ReactingRow<Mechanism, decltype(finish)> cells(*this, state, environment, row, step, finish);
  work.solver.integrate_queue(cells, step.length_s, solver_settings());
  work.counts.attempts += cells.attempts();
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::advance_row(State& state, const Environment& environment, int row,
                                                Step step, Ledger& ledger, RowWork<Mechanism>& work) const {
  take_tendency(state, row, step.length_s, ledger, work.counts);
  if constexpr (Mechanism::species_count > 0) {
    react(state, environment, row, step, ledger, work);
  } else if (aerosol_ || organics_ || sharing_) {
    const Tile& tile = state.tile;
    for (int i = 0; i < tile.columns; i += lane_count)
      for (int k = 0; k < tile.layers; ++k)
        share(state, environment,
              {.layer = k, .row = row, .first_column = i, .cells = std::min(lane_count, tile.columns - i)},
              step, ledger, work);
  }
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::advance_rows(State& state, const Environment& environment, Step step,
                                                 Ledger& ledger, RowBand band) {
  counts_of_step_.resize(static_cast<std::size_t>(state.tile.rows));
  faults_of_step_.resize(static_cast<std::size_t>(state.tile.rows));
#pragma omp parallel for schedule(static)
  for (int j = band.first; j < band.first + band.count;
       ++j) {  // a row has one thread: its ledger's one writer
    RowWork<Mechanism> work;
    advance_row(state, environment, j, step, ledger, work);
    counts_of_step_[static_cast<std::size_t>(j)] = work.counts;
    faults_of_step_[static_cast<std::size_t>(j)] = work.fault;
  }
}

template <class Mechanism>
void MechanismChemistry<Mechanism>::conclude(const Tile& tile) {
  for (std::size_t row = counts_of_step_.size(); row-- > 0;) {
    counts_.cells += counts_of_step_[row].cells;
    counts_.attempts += counts_of_step_[row].attempts;
    counts_.clipped_mol += counts_of_step_[row].clipped_mol;
    counts_.shifted_mol += counts_of_step_[row].shifted_mol;
  }
  const std::vector<std::string> faults = std::exchange(faults_of_step_, {});
  counts_of_step_.clear();
  throw_first_fault(ranks_, tile, faults);
}

}  // namespace lantian
