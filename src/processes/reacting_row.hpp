// The cells of a row on their way through the solver; included by gas_chemistry_forward.hpp.
#pragma once

#include "mechanism_chemistry.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

/// Eight cells that are in the solver, wait for it, or have left it.
template <class Mechanism>
struct PendingBlock {
  Block block{};
  std::shared_ptr<const BlockLight> light;  // of the columns, one for all layers
  BlockAir<Mechanism> air;                  // `c`: amounts of a cell after the reactions, once it has left
  std::array<double, lane_count> clipped{}, shifted{};
  std::array<std::array<double, lane_count>, 2> atoms_made{};  // of N and of S
  int loaded = 0, unloaded = 0;
  std::string fault;  // of the first cell that could not be solved
};

/// Hands out the cells of a row to the solver's lanes and takes them back: columns from west to east by
/// eight, in them layer above layer. `finish(block)` is called for each block in this order, whichever ends
/// first, so that sums do not depend on how long cells take.
template <class Mechanism, class Finish>
class ReactingRow {
 public:
  using Chemistry = MechanismChemistry<Mechanism>;
  using Pending = PendingBlock<Mechanism>;

  ReactingRow(const Chemistry& chemistry, const State& state, const Environment& environment, int row,
              Step step, Finish finish)
      : chemistry_(&chemistry),
        state_(&state),
        environment_(&environment),
        step_(step),
        next_{.layer = 0, .row = row, .first_column = 0, .cells = 0},
        finish_(std::move(finish)) {
    start_columns();
  }

  bool load(Lanes* c, Lanes* k, Lanes* source, int lane) {
    if ((under_way_.empty() || under_way_.back()->loaded == under_way_.back()->block.cells) && !gather_next())
      return false;
    Pending& pending = *under_way_.back();
    const int from = pending.loaded++;
    where_[static_cast<std::size_t>(lane)] = {&pending, from};
    for (std::size_t s = 0; s < pending.air.c.size(); ++s) {
      c[s][lane] = pending.air.c[s][from];
      source[s][lane] = pending.air.source[s][from];
    }
    for (std::size_t r = 0; r < pending.air.k.size(); ++r) k[r][lane] = pending.air.k[r][from];
    return true;
  }

  void unload(const Lanes* c, int lane, const SolverOutcome& outcome) {
    const auto solver_lane = static_cast<std::size_t>(lane);
    Pending& pending = *where_[solver_lane].block;
    const int to = where_[solver_lane].lane;
    for (std::size_t s = 0; s < pending.air.c.size(); ++s) pending.air.c[s][to] = c[s][lane];
    pending.clipped[static_cast<std::size_t>(to)] = outcome.clipped[solver_lane];
    pending.shifted[static_cast<std::size_t>(to)] = outcome.shifted[solver_lane];
    for (std::size_t e = 0; e < pending.atoms_made.size(); ++e)
      pending.atoms_made[e][static_cast<std::size_t>(to)] = outcome.atoms_made[e][solver_lane];
    if (outcome.has_failed && pending.fault.empty())
      pending.fault = fault_of(chemistry_->failed_cell(*state_, *environment_, pending.block, *pending.light,
                                                       step_, to, outcome.failed_species),
                               chemistry_->chemistry_, step_);
    attempts_ += outcome.steps;
    ++pending.unloaded;
    while (!under_way_.empty() && under_way_.front()->unloaded == under_way_.front()->block.cells) {
      finish_(*under_way_.front());
      spare_.push_back(std::move(under_way_.front()));
      under_way_.pop_front();
    }
  }

  [[nodiscard]] long long attempts() const { return attempts_; }

 private:
  struct Place {
    Pending* block;
    int lane;
  };

  void start_columns() {
    next_.cells = std::min(lane_count, state_->tile.columns - next_.first_column);
    if (next_.cells > 0)
      light_ =
          std::make_shared<const BlockLight>(chemistry_->light_over(*state_, *environment_, next_, step_));
  }

  bool gather_next() {
    if (next_.cells <= 0) return false;
    if (spare_.empty()) spare_.push_back(std::make_unique<Pending>());
    under_way_.push_back(std::move(spare_.back()));
    spare_.pop_back();
    Pending& pending = *under_way_.back();
    pending.block = next_;
    pending.light = light_;
    pending.loaded = pending.unloaded = 0;
    chemistry_->gather(*state_, *environment_, next_, *light_, step_, pending.air);
    if (++next_.layer < state_->tile.layers) return true;
    next_.layer = 0;
    next_.first_column += next_.cells;
    start_columns();
    return true;
  }

  const Chemistry* chemistry_;
  const State* state_;
  const Environment* environment_;
  Step step_;
  Block next_;
  Finish finish_;
  std::shared_ptr<const BlockLight> light_;
  std::deque<std::unique_ptr<Pending>> under_way_;
  std::vector<std::unique_ptr<Pending>> spare_;
  std::array<Place, lane_count> where_{};
  long long attempts_ = 0;
};

}  // namespace lantian
