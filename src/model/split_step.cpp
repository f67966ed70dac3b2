#include "lantian/model/split_step.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace lantian {

namespace {

/// The processes of all parts. @throws InternalError when one of them has no derivatives.
std::vector<DifferentiableProcess*> differentiable(const std::vector<StepPart>& parts) {
  std::vector<DifferentiableProcess*> all;
  for (const StepPart& part : parts) {
    all.push_back(dynamic_cast<DifferentiableProcess*>(part.process));
    if (all.back() == nullptr)
      throw InternalError(fmt::format("{} has neither tangent nor adjoint", part.process->name()));
  }
  return all;
}

MixingRole mixing_role(const TransportConfig& transport) {
  return {.changes_state = transport.splitting != "source",
          .emits = transport.splitting != "strang",
          .scheme = transport.vertical_mixing == "acm2" ? VerticalScheme::acm2 : VerticalScheme::k_theory};
}

/// Every thread has work in a band, and the tendency of a band is small beside the state.
int band_rows() {
  constexpr int least_rows = 8, rows_of_thread = 4;
  return std::max(least_rows, rows_of_thread * omp_get_max_threads());
}

}  // namespace

Step StepPart::within(Step whole) const {
  Step part = whole;
  part.length_s = length_share * whole.length_s;
  part.seconds_into_hour += begin_share * whole.length_s;
  return part;
}

SplitStep::SplitStep(const HaloExchange& halo, const TransportConfig& transport,
                     const DepositionConfig& deposition, std::unique_ptr<Process> chemistry)
    : advection_xyz_(halo, transport, SweepOrder::horizontal_first),
      advection_zyx_(halo, transport, SweepOrder::vertical_first),
      horizontal_diffusion_(halo, transport),
      vertical_mixing_(mixing_role(transport)),
      chemistry_(std::move(chemistry)),
      wet_scavenging_({deposition.re_evaporation, deposition.wet_gas == "henry"}) {
  parts_.push_back({.process = &advection_xyz_, .length_share = 0.5});
  if (transport.horizontal_diffusion) parts_.push_back({.process = &horizontal_diffusion_});
  add_column_parts(transport.splitting);
  if (deposition.wet) parts_.push_back({.process = &wet_scavenging_});
  parts_.push_back({.process = &advection_zyx_, .begin_share = 0.5, .length_share = 0.5});
}

/// Vertical mixing and chemistry, reported before and after both: a mean over the step.
void SplitStep::add_column_parts(const std::string& splitting) {
  if (splitting != "strang") {
    const bool is_source = splitting == "source";
    parts_.push_back(
        {.process = &vertical_mixing_,
         .is_reported_before = true,
         .sets_tendency = is_source,
         .goes_by_bands = is_source && dynamic_cast<ColumnProcess*>(chemistry_.get()) != nullptr});
    parts_.push_back({.process = chemistry_.get(), .is_reported_after = true});
    return;
  }
  parts_.push_back({.process = &vertical_mixing_, .length_share = 0.5, .is_reported_before = true});
  parts_.push_back({.process = &emission_source_, .sets_tendency = true});
  parts_.push_back({.process = chemistry_.get()});
  parts_.push_back(
      {.process = &vertical_mixing_, .begin_share = 0.5, .length_share = 0.5, .is_reported_after = true});
}

int SplitStep::tendency_rows(const Tile& tile) const {
  const bool has_bands = std::ranges::any_of(parts_, &StepPart::goes_by_bands);
  return has_bands ? std::min(tile.rows, band_rows()) : tile.rows;
}

void SplitStep::advance(State& state, const Environment& environment, Step step, Ledger& ledger) const {
  for (const StepPart& part : parts_) part.process->advance(state, environment, part.within(step), ledger);
}

void SplitStep::advance_tangent(State& state, const Environment& environment, State& tangent,
                                const Variation& direction, Step step) const {
  const std::vector<DifferentiableProcess*> processes = differentiable(parts_);
  Ledger unread(state.tile, state.species.count());
  for (std::size_t n = 0; n < parts_.size(); ++n) {
    const Step within = parts_[n].within(step);
    processes[n]->advance_tangent({state, environment}, tangent, direction, within);
    processes[n]->advance(state, environment, within, unread);
  }
}

void SplitStep::advance_adjoint(const Linearisation& begin, AdjointState& adjoint, Step step) const {
  const std::vector<DifferentiableProcess*> processes = differentiable(parts_);
  Ledger unread(begin.state.tile, begin.state.species.count());
  std::vector<State> before = {begin.state};
  for (std::size_t n = 0; n + 1 < parts_.size(); ++n) {
    before.push_back(before.back());
    processes[n]->advance(before.back(), begin.environment, parts_[n].within(step), unread);
  }
  for (std::size_t n = parts_.size(); n-- > 0; before.pop_back())
    processes[n]->advance_adjoint({before[n], begin.environment}, adjoint, parts_[n].within(step));
}

}  // namespace lantian
