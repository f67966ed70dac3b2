#pragma once

#include "lantian/config/case.hpp"
#include "lantian/model/split_step.hpp"
#include "lantian/model/stage_clock.hpp"
#include "lantian/parallel/communicator.hpp"
#include "lantian/processes/column_process.hpp"
#include "lantian/processes/process.hpp"

#include <string_view>
#include <vector>

namespace lantian {

/// Looks at the state after each operator. When something in it cannot be, all ranks stop.
class Audit {
 public:
  /// Species with an unlimited scheme may be negative, for it undershoots; all others may not.
  Audit(const Communicator& ranks, const TransportConfig& transport, const SpeciesTable& species);

  /// Looks at every cell and species.
  /// @throws NumericalError that names operator, species, cell, layer, place in the grid and time.
  void state(const State& state, std::string_view after, Step step) const;

  /// The same for the mixing tendency, which may be negative but must be finite.
  void tendency(const State& state, std::string_view after, Step step) const;

  /// A cell at fault and the value there.
  struct Place {
    int species = -1, layer = 0, row = 0, column = 0;  // of the tile; species -1: nowhere
    double value = 0.0;
  };
  /// The first fault of the mixing tendency in a band of this rank's rows.
  [[nodiscard]] Place of_tendency(const State& state, RowBand band) const;
  /// Has all ranks tell the first of the faults that they found in the tendency; of several bands the first
  /// in the order of `is_before`.
  void tell_tendency(const State& state, const Place& found, std::string_view after, Step step) const;
  [[nodiscard]] static bool is_before(const Place& a, const Place& b);

 private:
  struct Rule;
  void tell(const State& state, const Place& found, const Rule& rule, std::string_view after,
            Step step) const;

  const Communicator& ranks_;
  std::vector<double> least_ppb_;  // of each species
  std::vector<double> no_least_;
};

/// Who looks on while a step is made: at what it leaves, and how long each process takes.
struct Watch {
  const Audit& audit;
  StageClock& clock;
};

/// Advances the state by a part of the split step and audits what it has left.
void advance_audited(const StepPart& part, State& state, const Environment& environment, Step step,
                     Ledger& ledger, Watch watch);

/// The same for two parts that go by bands: each band of rows has the first and then the second, so that the
/// tendency between them is held for one band at a time. The second does not meet a tendency that is at
/// fault.
/// @pre first.goes_by_bands, and `second` is the part after it
void advance_bands_audited(const StepPart& first, const StepPart& second, State& state,
                           const Environment& environment, Step step, Ledger& ledger, Watch watch);

}  // namespace lantian
