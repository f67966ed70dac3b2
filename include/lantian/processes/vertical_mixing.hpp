#pragma once

#include "lantian/processes/process.hpp"

namespace lantian {

/// Vertical diffusion with emission and dry deposition in one implicit solve a column.
///
/// Works out w = V(c; E, v_d, K, dt) and writes mixing_tendency_ppb_s = (w - c) / dt: the state is left to
/// the process that integrates the tendency (mode S). Books emission and dry deposition. Equations:
/// kernels/diffusion/README.md.
class VerticalMixing : public Process {
 public:
  [[nodiscard]] std::string_view name() const override { return "vertical mixing"; }
  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) override;
};

}  // namespace lantian
