#pragma once

#include "lantian/processes/column_process.hpp"

namespace lantian {

/// How turbulence mixes a column.
enum class VerticalScheme {
  k_theory,  // between neighbouring layers
  acm2       // also from the lowest layer to all of a convective mixed layer: Pleim (2007)
};

/// The part that the column solve plays in the splitting.
struct MixingRole {
  bool changes_state = false;  // w is the new state and the tendency 0; else the tendency is (w - c) / dt
  bool emits = true;           // emission enters the solve; else another process brings it
  VerticalScheme scheme = VerticalScheme::k_theory;
};

/// Vertical diffusion with emission, settling and dry deposition in one implicit solve a column.
///
/// Works out w = V(c; E, v_d, K, dt). In source splitting it writes mixing_tendency_ppb_s = (w - c) / dt and
/// leaves the state to the process that integrates the tendency; in the other splittings w is the new state.
/// Books emission and dry deposition. The solve of what does not settle is its own adjoint, else its
/// transpose is; it is linear in mixing ratios and emissions, and differentiated by the deposition velocity
/// too. Equations: kernels/diffusion/README.md.
class VerticalMixing : public ColumnProcess {
 public:
  explicit VerticalMixing(MixingRole role = {}) : role_(role) {}
  [[nodiscard]] std::string_view name() const override { return "vertical mixing"; }
  void advance_rows(State& state, const Environment& environment, Step step, Ledger& ledger,
                    RowBand band) override;
  void advance_tangent(const Linearisation& at, State& tangent, const Variation& direction,
                       Step step) override;
  void advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) override;

 private:
  [[nodiscard]] const std::vector<Array3<double>>* emission(const Environment& environment) const {
    return role_.emits ? environment.emission_mol_s : nullptr;
  }
  MixingRole role_;
};

}  // namespace lantian
