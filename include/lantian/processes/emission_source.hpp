#pragma once

#include "lantian/processes/differentiable.hpp"

namespace lantian {

/// Emission as a source that the chemistry takes along: mixing_tendency_ppb_s = E / air. Leaves the state
/// alone, books the emission of the step. In Strang splitting, where vertical mixing runs before and after
/// chemistry.
class EmissionSource : public DifferentiableProcess {
 public:
  [[nodiscard]] std::string_view name() const override { return "emission"; }
  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) override;
  void advance_tangent(const Linearisation& at, State& tangent, const Variation& direction,
                       Step step) override;
  void advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) override;
};

}  // namespace lantian
