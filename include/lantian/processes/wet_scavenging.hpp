#pragma once

#include "lantian/processes/differentiable.hpp"

namespace lantian {

/// First-order washout by rain: in cloud where the cell holds cloud water, below it elsewhere under the
/// cloud's top; without cloud water in the weather, between 500 m and 2500 m above the ground counts as
/// cloud. Exact exponential over the step. Below the cloud rain evaporates and gives the particles in it back
/// to the layer. Which row a species uses stands in its `scavenged_as`. Linear; from the ground up backwards.
/// Equations: kernels/deposition/README.md.
class WetScavenging : public DifferentiableProcess {
 public:
  explicit WetScavenging(bool re_evaporates) : re_evaporates_(re_evaporates) {}
  [[nodiscard]] std::string_view name() const override { return "wet scavenging"; }
  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) override;
  void advance_tangent(const Linearisation& at, State& tangent, const Environment& direction,
                       Step step) override;
  void advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) override;

 private:
  bool re_evaporates_;
};

}  // namespace lantian
