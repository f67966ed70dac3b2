#pragma once

#include "lantian/processes/differentiable.hpp"

namespace lantian {

/// What wet deposition does beyond washout ratios.
struct WetOptions {
  bool re_evaporates = true;
  bool uses_henry = false;  // for gases
};

/// First-order washout by rain: in cloud where the cell holds cloud water, below it elsewhere under the
/// cloud's top; without cloud water in the weather, between 500 m and 2500 m above the ground counts as
/// cloud. Exact exponential over the step. Below the cloud rain evaporates and gives the particles in it back
/// to the layer. Gases by washout ratios, or by Henry's law with transfer to the drops, which then give gas
/// back to cleaner air. Which row a species uses stands in its `scavenged_as`. Linear; from the ground up
/// backwards. Equations: kernels/deposition/README.md.
class WetScavenging : public DifferentiableProcess {
 public:
  explicit WetScavenging(WetOptions options) : options_(options) {}
  [[nodiscard]] std::string_view name() const override { return "wet scavenging"; }
  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) override;
  void advance_tangent(const Linearisation& at, State& tangent, const Variation& direction,
                       Step step) override;
  void advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) override;

 private:
  WetOptions options_;
};

}  // namespace lantian
