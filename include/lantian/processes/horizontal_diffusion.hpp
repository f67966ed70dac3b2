#pragma once

#include "lantian/config/case.hpp"
#include "lantian/parallel/halo_exchange.hpp"
#include "lantian/processes/process.hpp"

#include <utility>

namespace lantian {

/// Explicit horizontal diffusion with Smagorinsky's diffusivity, bounded so that K dt / dx^2 <= 1/8; no flux
/// through the edge of the grid. Conserves mass; a uniform mixing ratio stays uniform. Equations:
/// kernels/diffusion/README.md.
class HorizontalDiffusion : public Process {
 public:
  HorizontalDiffusion(const HaloExchange& halo, TransportConfig transport)
      : halo_(halo), transport_(std::move(transport)) {}
  [[nodiscard]] std::string_view name() const override { return "horizontal diffusion"; }
  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) override;

 private:
  const HaloExchange& halo_;
  TransportConfig transport_;
};

}  // namespace lantian
