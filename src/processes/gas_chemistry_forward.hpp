// What gas chemistry does to the cells, for each mechanism; its derivatives: gas_chemistry_derivative.hpp.
#pragma once

#include "mechanism_chemistry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
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
SolverOutcome MechanismChemistry<Mechanism>::react(State& state, Block block, Step step,
                                                   BlockAir<Mechanism>& air, RowWork<Mechanism>& work) const {
  const SolverOutcome outcome =
      work.solver.integrate(air.c.data(), air.k.data(), air.source.data(), step.length_s, solver_settings());
  ++work.counts.blocks;
  work.counts.factorisations += outcome.steps;
  for (int lane = 0; lane < block.cells; ++lane) {
    const double mol = mol_per_ppb(state, block, block.first_column + lane) / air.per_ppb[lane];
    work.counts.clipped_mol += outcome.clipped.at(static_cast<std::size_t>(lane)) * mol +
                               air.lifted_ppb[lane] * mol_per_ppb(state, block, block.first_column + lane);
    work.counts.shifted_mol += outcome.shifted.at(static_cast<std::size_t>(lane)) * mol;
  }
  return outcome;
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
void MechanismChemistry<Mechanism>::advance_row(State& state, const Environment& environment, int row,
                                                Step step, Ledger& ledger, RowWork<Mechanism>& work) const {
  const Tile& tile = state.tile;
  take_tendency(state, row, step.length_s, ledger, work.counts);
  if (Mechanism::species_count == 0 && !aerosol_ && !organics_) return;
  for (int i = 0; i < tile.columns; i += lane_count) {
    Block block{.layer = 0, .row = row, .first_column = i, .cells = std::min(lane_count, tile.columns - i)};
    BlockLight light{};
    if constexpr (Mechanism::species_count > 0) light = light_over(state, environment, block, step);
    for (; block.layer < tile.layers; ++block.layer) {
      if constexpr (Mechanism::species_count > 0) {
        BlockAir<Mechanism> air = gather(state, environment, block, light, step);
        const SolverOutcome outcome = react(state, block, step, air, work);
        if (outcome.has_failed && work.fault.empty())
          work.fault =
              fault_of(failed_cell(state, environment, block, light, step, outcome), chemistry_, step);
        scatter(state, block, air, ledger);
      }
      if (aerosol_) share_ammonia(state, environment, block, ledger);
      if (organics_) organics_->share(state, environment, block, ledger);
      if (!sharing_) continue;
      const std::string fault = sharing_->share(state, environment, block, ledger);
      if (work.fault.empty() && !fault.empty())
        work.fault = fmt::format("aerosol at {}: {}", to_iso8601(step.start), fault);
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
  for (int j = tile.rows - 1; j >= 0; --j) {
    const auto row = static_cast<std::size_t>(j);
    counts_.blocks += counts[row].blocks;
    counts_.factorisations += counts[row].factorisations;
    counts_.clipped_mol += counts[row].clipped_mol;
    counts_.shifted_mol += counts[row].shifted_mol;
  }
  throw_first_fault(ranks_, tile, faults);
}

}  // namespace lantian
