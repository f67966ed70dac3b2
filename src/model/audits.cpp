#include "lantian/model/audits.hpp"

#include "lantian/processes/undershoot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <tuple>
#include <vector>

namespace lantian {

namespace {

constexpr double greatest = std::numeric_limits<double>::max();

/// True when a row holds a value below `least` or not finite; written so that it vectorises, with a count as
/// wide as what is looked at.
bool has_fault(const double* row, int columns, double least) {
  double faults = 0.0;
#pragma omp simd reduction(+ : faults)
  for (int i = 0; i < columns; ++i) faults += (row[i] >= least && row[i] <= greatest) ? 0.0 : 1.0;
  return faults > 0.0;
}

using Place = Audit::Place;

Place first_fault(RowBand band, const Field<double>& field, double least) {
  for (int k = 0; k < field.layers(); ++k) {
    for (int j = band.first; j < band.first + band.count; ++j) {
      const double* row = field.row(k, j);
      if (!has_fault(row, field.columns(), least)) continue;
      for (int i = 0; i < field.columns(); ++i)
        if (has_fault(row + i, 1, least))
          return {.species = 0, .layer = k, .row = j, .column = i, .value = row[i]};
    }
  }
  return {};
}

Place first_fault(RowBand band, const FieldSet<double>& fields, const std::vector<double>& least_of) {
  std::vector<Place> found(least_of.size());
#pragma omp parallel for schedule(static)
  for (int s = 0; s < static_cast<int>(found.size()); ++s) {
    Place& place = found[static_cast<std::size_t>(s)];
    place = first_fault(band, fields[s], least_of[static_cast<std::size_t>(s)]);
    if (place.species >= 0) place.species = s;
  }
  const auto first = std::ranges::find_if(found, [](const Place& one) { return one.species >= 0; });
  return first == found.end() ? Place{} : *first;
}

RowBand all_rows(const State& state) {
  return {.first = 0, .count = state.tile.rows};
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
};

Audit::Audit(const Communicator& ranks, const TransportConfig& transport, const SpeciesTable& species)
    : ranks_(ranks), no_least_(static_cast<std::size_t>(species.count()), -greatest) {
  for (const Species& one : species) least_ppb_.push_back(may_undershoot(transport, one) ? -greatest : 0.0);
}

bool Audit::is_before(const Place& a, const Place& b) {
  if (a.species < 0 || b.species < 0) return a.species >= 0;
  return std::tie(a.species, a.layer, a.row, a.column) < std::tie(b.species, b.layer, b.row, b.column);
}

void Audit::tell(const State& state, const Place& found, const Rule& rule, std::string_view after,
                 Step step) const {
  const Tile& tile = state.tile;
  if (!ranks_.any(found.species >= 0)) return;
  std::string sentence;
  if (found.species >= 0)
    sentence = fmt::format(
        "after {} of the step that began at {}: {}{} is {} {} in row {}, column {}, layer {}; {}. No output "
        "of this hour was written.",
        after, to_iso8601(step.start), rule.of, state.species[found.species].name, found.value, rule.unit,
        tile.first_row + found.row, tile.first_column + found.column, found.layer + 1, rule.allowed);
  ranks_.throw_together(sentence, found.species >= 0 ? order_of(tile, found) : 0);
}

void Audit::state(const State& state, std::string_view after, Step step) const {
  tell(state, first_fault(all_rows(state), state.mixing_ratio_ppb, least_ppb_),
       {.of = "", .unit = "ppb", .allowed = "mixing ratios must be finite and not negative"}, after, step);
}

Place Audit::of_tendency(const State& state, RowBand band) const {
  return first_fault(band, state.mixing_tendency_ppb_s, no_least_);
}

void Audit::tell_tendency(const State& state, const Place& found, std::string_view after, Step step) const {
  tell(state, found,
       {.of = "the tendency of ",
        .unit = "ppb/s",
        .allowed = "what emission, mixing and deposition do must be finite"},
       after, step);
}

void Audit::tendency(const State& state, std::string_view after, Step step) const {
  tell_tendency(state, of_tendency(state, all_rows(state)), after, step);
}

void advance_audited(const StepPart& part, State& state, const Environment& environment, Step step,
                     Ledger& ledger, Watch watch) {
  const std::string_view name = part.process->name();
  part.process->advance(state, environment, part.within(step), ledger);
  watch.clock.lap(name);
  watch.audit.state(state, name, step);
  if (part.sets_tendency) watch.audit.tendency(state, name, step);
  watch.clock.lap("audits");
}

// NOLINTNEXTLINE(readability-function-size): two processes, the step they make, and who looks at it
void advance_bands_audited(const StepPart& first, const StepPart& second, State& state,
                           const Environment& environment, Step step, Ledger& ledger, Watch watch) {
  auto& source = dynamic_cast<ColumnProcess&>(*first.process);
  auto& taker = dynamic_cast<ColumnProcess&>(*second.process);
  const int rows = state.tile.rows, rows_of_band = state.mixing_tendency_ppb_s[0].rows();
  Audit::Place found;
  for (int row = 0; row < rows; row += rows_of_band) {
    const RowBand band{.first = row, .count = std::min(rows_of_band, rows - row)};
    state.mixing_tendency_ppb_s.begin_at(row);
    source.advance_rows(state, environment, first.within(step), ledger, band);
    watch.clock.lap(source.name());
    const Audit::Place fault = watch.audit.of_tendency(state, band);
    watch.clock.lap("audits");
    if (Audit::is_before(fault, found)) found = fault;
    if (found.species < 0) taker.advance_rows(state, environment, second.within(step), ledger, band);
    watch.clock.lap(taker.name());
  }
  source.conclude(state.tile);
  watch.audit.tell_tendency(state, found, source.name(), step);
  watch.clock.lap(source.name());
  taker.conclude(state.tile);
  watch.clock.lap(taker.name());
  watch.audit.state(state, taker.name(), step);
  watch.clock.lap("audits");
}

}  // namespace lantian
