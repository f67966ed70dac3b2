#pragma once

#include "lantian/config/case.hpp"
#include "lantian/parallel/halo_exchange.hpp"
#include "lantian/processes/advection.hpp"
#include "lantian/processes/differentiable.hpp"
#include "lantian/processes/emission_source.hpp"
#include "lantian/processes/horizontal_diffusion.hpp"
#include "lantian/processes/vertical_mixing.hpp"
#include "lantian/processes/wet_scavenging.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lantian {

/// A process of the split step and the part of the synchronisation step that it covers.
struct StepPart {
  Process* process = nullptr;
  double begin_share = 0.0, length_share = 1.0;
  bool is_reported_before = false, is_reported_after = false;  // the state there stands for half of the step
  bool sets_tendency = false;  // what it does is left in the mixing tendency, for chemistry
  bool goes_by_bands = false;  // with the part after it: both are column processes, and nothing else needs
                               // the tendency that the first leaves for the second

  [[nodiscard]] Step within(Step whole) const;
};

/// The order of the operators in one synchronisation step dt, forwards and backwards: advection X Y Z over
/// dt/2; horizontal diffusion; vertical mixing with emission and dry deposition as a tendency; chemistry with
/// that tendency as its source (or the source alone); wet deposition; advection Z Y X over dt/2. Instead of
/// this source splitting the case may ask for Strang's, where mixing without emission runs over dt/2 before
/// and after chemistry, which has the emission as its source, or for Lie's, where mixing with emission
/// changes the state before chemistry.
/// @see Sun (1996), J. Comput. Phys. 124, 101; Knoth & Wolke (1998), Appl. Numer. Math. 28, 327 (source
/// splitting).
class SplitStep {
 public:
  SplitStep(const HaloExchange& halo, const TransportConfig& transport, const DepositionConfig& deposition,
            std::unique_ptr<Process> chemistry);
  SplitStep(const SplitStep&) = delete;
  SplitStep& operator=(const SplitStep&) = delete;

  [[nodiscard]] const std::vector<StepPart>& parts() const { return parts_; }
  /// Rows of a tile whose mixing tendency must be held at a time by who walks the parts by bands.
  [[nodiscard]] int tendency_rows(const Tile& tile) const;

  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) const;
  /// Advances the state, and its change along `direction`. @throws InternalError when a part has no tangent.
  void advance_tangent(State& state, const Environment& environment, State& tangent,
                       const Variation& direction, Step step) const;
  /// Takes the adjoint back over the step that begins as `begin`. The states between the parts are worked out
  /// anew; a state without species (air alone) costs next to nothing and serves all parts that are linear.
  /// @throws InternalError when a part has no adjoint.
  void advance_adjoint(const Linearisation& begin, AdjointState& adjoint, Step step) const;

 private:
  void add_column_parts(const std::string& splitting);

  Advection advection_xyz_, advection_zyx_;
  HorizontalDiffusion horizontal_diffusion_;
  VerticalMixing vertical_mixing_;
  EmissionSource emission_source_;
  std::unique_ptr<Process> chemistry_;
  WetScavenging wet_scavenging_;
  std::vector<StepPart> parts_;
};

}  // namespace lantian
