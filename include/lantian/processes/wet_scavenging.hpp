#pragma once

#include "lantian/processes/differentiable.hpp"

namespace lantian {

/// First-order washout by rain: in cloud where the cell holds cloud water, below it elsewhere under the
/// cloud's top; without cloud water in the weather, between 500 m and 2500 m above the ground counts as
/// cloud. Exact exponential over the step. Which row a species uses stands in its `scavenged_as`. Linear, and
/// its own adjoint. Equations: kernels/deposition/README.md.
class WetScavenging : public DifferentiableProcess {
 public:
  [[nodiscard]] std::string_view name() const override { return "wet scavenging"; }
  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) override;
  void advance_tangent(const Linearisation& at, State& tangent, const Environment& direction,
                       Step step) override;
  void advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) override;
};

}  // namespace lantian
