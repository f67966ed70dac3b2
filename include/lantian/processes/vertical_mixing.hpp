#pragma once

#include "lantian/processes/differentiable.hpp"

namespace lantian {

/// Vertical diffusion with emission, settling and dry deposition in one implicit solve a column.
///
/// Works out w = V(c; E, v_d, K, dt) and writes mixing_tendency_ppb_s = (w - c) / dt: the state is left to
/// the process that integrates the tendency (mode S). Books emission and dry deposition. The solve of
/// what does not settle is its own adjoint, else its transpose is; it is linear in mixing ratios and
/// emissions, and differentiated by the deposition velocity too.
/// Equations: kernels/diffusion/README.md.
class VerticalMixing : public DifferentiableProcess {
 public:
  [[nodiscard]] std::string_view name() const override { return "vertical mixing"; }
  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) override;
  void advance_tangent(const Linearisation& at, State& tangent, const Environment& direction,
                       Step step) override;
  void advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) override;
};

}  // namespace lantian
