#pragma once

#include "lantian/config/case.hpp"
#include "lantian/model/split_step.hpp"
#include "lantian/parallel/communicator.hpp"
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

 private:
  struct Rule;
  void look(const State& state, const FieldSet<double>& fields, const Rule& rule, std::string_view after,
            Step step) const;

  const Communicator& ranks_;
  std::vector<double> least_ppb_;  // of each species
  std::vector<double> no_least_;
};

/// Advances the state by a part of the split step and audits what it has left.
void advance_audited(const StepPart& part, State& state, const Environment& environment, Step step,
                     Ledger& ledger, const Audit& audit);

}  // namespace lantian
