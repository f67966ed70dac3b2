#pragma once

#include "lantian/config/case.hpp"
#include "lantian/processes/differentiable.hpp"

#include <utility>

namespace lantian {

/// The step of mode S without chemistry: all species take their mixing tendency, q' = q + dt S.
///
/// Linear, but that what rounding leaves below zero becomes zero where advection has a limiter.
class SourceOnly : public DifferentiableProcess {
 public:
  explicit SourceOnly(TransportConfig transport) : transport_(std::move(transport)) {}
  [[nodiscard]] std::string_view name() const override { return "source alone"; }
  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) override;
  void advance_tangent(const Linearisation& at, State& tangent, const Variation& direction,
                       Step step) override;
  void advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) override;

 private:
  TransportConfig transport_;
};

}  // namespace lantian
