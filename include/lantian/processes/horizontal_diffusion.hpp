#pragma once

#include "lantian/config/case.hpp"
#include "lantian/parallel/halo_exchange.hpp"
#include "lantian/processes/differentiable.hpp"

#include <utility>
#include <vector>

namespace lantian {

/// Explicit horizontal diffusion with Smagorinsky's diffusivity, bounded so that K dt / dx^2 <= 1/8; no flux
/// through the edge of the grid. Conserves mass; a uniform mixing ratio stays uniform. Linear, but that what
/// rounding leaves below zero becomes zero where advection has a limiter; its own adjoint. Equations:
/// kernels/diffusion/README.md.
class HorizontalDiffusion : public DifferentiableProcess {
 public:
  HorizontalDiffusion(const HaloExchange& halo, TransportConfig transport)
      : halo_(halo), transport_(std::move(transport)) {}
  [[nodiscard]] std::string_view name() const override { return "horizontal diffusion"; }
  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) override;
  void advance_tangent(const Linearisation& at, State& tangent, const Variation& direction,
                       Step step) override;
  void advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) override;

 private:
  /// Fields that are diffused alike, and which of them must not fall below zero.
  struct Diffused {
    std::vector<Field<double>*> fields;
    std::vector<bool> keeps_sign;
  };
  void diffuse(const Tile& tile, Field<double>& air_mass_kg, const Diffused& diffused, const Environment& e,
               double dt_s) const;

  const HaloExchange& halo_;
  TransportConfig transport_;
};

}  // namespace lantian
