#include "lantian/model/audits.hpp"

#include "lantian/processes/undershoot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace lantian {

namespace {

constexpr double greatest = std::numeric_limits<double>::max();

/// True when a row holds a value below `least` or not finite; written so that it vectorises.
bool has_fault(const double* row, int columns, double least) {
  int faults = 0;
#pragma omp simd reduction(+ : faults)
  for (int i = 0; i < columns; ++i) faults += (row[i] >= least && row[i] <= greatest) ? 0 : 1;
  return faults > 0;
}

struct Place {
  int species = -1, layer = 0, row = 0, column = 0;  // of the tile; species -1: nowhere
};

Place first_fault(const Tile& tile, const Field<double>& field, double least) {
  for (int k = 0; k < tile.layers; ++k) {
    for (int j = 0; j < tile.rows; ++j) {
      const double* row = field.row(k, j);
      if (!has_fault(row, tile.columns, least)) continue;
      for (int i = 0; i < tile.columns; ++i)
        if (has_fault(row + i, 1, least)) return {.species = 0, .layer = k, .row = j, .column = i};
    }
  }
  return {};
}

Place first_fault(const Tile& tile, const FieldSet<double>& fields, const std::vector<double>& least_of) {
  std::vector<Place> found(least_of.size());
#pragma omp parallel for schedule(static)
  for (int s = 0; s < static_cast<int>(found.size()); ++s) {
    Place& place = found[static_cast<std::size_t>(s)];
    place = first_fault(tile, fields[s], least_of[static_cast<std::size_t>(s)]);
    if (place.species >= 0) place.species = s;
  }
  const auto first = std::ranges::find_if(found, [](const Place& one) { return one.species >= 0; });
  return first == found.end() ? Place{} : *first;
}

/// Of several the same on any number of ranks.
std::int64_t order_of(const Tile& tile, const Place& found) {
  const std::int64_t layer = static_cast<std::int64_t>(found.species) * tile.layers + found.layer;
  return (layer * tile.grid_rows + tile.first_row + found.row) * tile.grid_columns + tile.first_column +
         found.column;
}

}  // namespace

/// Which quantity, and what is allowed.
struct Audit::Rule {
  std::string_view of, unit, allowed;
  const std::vector<double>& least;  // of each species
};

Audit::Audit(const Communicator& ranks, const TransportConfig& transport, const SpeciesTable& species)
    : ranks_(ranks), no_least_(static_cast<std::size_t>(species.count()), -greatest) {
  for (const Species& one : species) least_ppb_.push_back(may_undershoot(transport, one) ? -greatest : 0.0);
}

void Audit::look(const State& state, const FieldSet<double>& fields, const Rule& rule, std::string_view after,
                 Step step) const {
  const Tile& tile = state.tile;
  const Place found = first_fault(tile, fields, rule.least);
  if (!ranks_.any(found.species >= 0)) return;
  std::string sentence;
  if (found.species >= 0)
    sentence = fmt::format(
        "after {} of the step that began at {}: {}{} is {} {} in row {}, column {}, layer {}; {}. No output "
        "of this hour was written.",
        after, to_iso8601(step.start), rule.of, state.species[found.species].name,
        fields[found.species](found.layer, found.row, found.column), rule.unit, tile.first_row + found.row,
        tile.first_column + found.column, found.layer + 1, rule.allowed);
  ranks_.throw_together(sentence, found.species >= 0 ? order_of(tile, found) : 0);
}

void Audit::state(const State& state, std::string_view after, Step step) const {
  look(state, state.mixing_ratio_ppb,
       {.of = "",
        .unit = "ppb",
        .allowed = "mixing ratios must be finite and not negative",
        .least = least_ppb_},
       after, step);
}

void Audit::tendency(const State& state, std::string_view after, Step step) const {
  look(state, state.mixing_tendency_ppb_s,
       {.of = "the tendency of ",
        .unit = "ppb/s",
        .allowed = "what emission, mixing and deposition do must be finite",
        .least = no_least_},
       after, step);
}

void advance_audited(const StepPart& part, State& state, const Environment& environment, Step step,
                     Ledger& ledger, const Audit& audit) {
  part.process->advance(state, environment, part.within(step), ledger);
  audit.state(state, part.process->name(), step);
  if (part.sets_tendency) audit.tendency(state, part.process->name(), step);
}

}  // namespace lantian
