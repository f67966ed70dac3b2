#include "lantian/base/text.hpp"
#include "lantian/model/model.hpp"
#include "lantian/parallel/state_hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

namespace {

void save_mass_table(RestartWriter& set, const std::vector<MassTableRow>& rows) {
  std::string names;
  std::vector<double> tonnes;
  for (const MassTableRow& row : rows) {
    names += fmt::format("{}\t{}\n", row.sector, row.pollutant);
    tonnes.insert(tonnes.end(),
                  {row.inventory_t, row.outside_domain_t, row.cut_t, row.unused_t, row.injected_t});
  }
  set.text("emissions.mass_names", names);
  set.numbers("emissions.mass_t", tonnes);
}

std::vector<MassTableRow> load_mass_table(const RestartReader& set) {
  const std::vector<std::string> names = split(set.text("emissions.mass_names"), '\n');
  const std::vector<double> tonnes = set.numbers("emissions.mass_t");
  std::vector<MassTableRow> rows;
  for (std::size_t n = 0; 5 * n + 4 < tonnes.size(); ++n) {
    const std::vector<std::string> words = split(names.at(n), '\t');
    const double* t = tonnes.data() + 5 * n;
    rows.push_back({.sector = words.at(0),
                    .pollutant = words.at(1),
                    .inventory_t = t[0],
                    .outside_domain_t = t[1],
                    .cut_t = t[2],
                    .unused_t = t[3],
                    .injected_t = t[4]});
  }
  return rows;
}

constexpr std::array<std::pair<const char*, AtomFamily>, 2> declared_names = {
    {{"ledger.declared_nitrogen", AtomFamily::nitrogen}, {"ledger.declared_sulphur", AtomFamily::sulphur}}};

}  // namespace

void Model::save(RestartWriter& set) const {
  set.numbers("model.clock", {static_cast<double>(hour_.unix_seconds()), static_cast<double>(steps_of_hour_),
                              static_cast<double>(steps_done_)});
  for (int s = 0; s < state_.species.count(); ++s)
    set.field("mixing_ratio_ppb." + state_.species[s].name, state_.tile, state_.mixing_ratio_ppb[s]);
  set.field("air_mass_kg", state_.tile, state_.air_mass_kg);
  set.text("model.state_hash", state_hash(ranks_, state_.tile, state_.mixing_ratio_ppb));
  if (edge_memory_) {
    std::vector<double> remembered = edge_memory_->numbers();
    ranks_.sum_disjoint(remembered);
    set.numbers("edge_memory", remembered);
  }
  budget_->save(set);
  save_counts(set);
  save_mass_table(set, steps_of_hour_ == 0 ? inputs_.emissions.mass_table() : mass_before_hour_);
  if (steps_of_hour_ > 0) save_partial_hour(set);
}

void Model::save_partial_hour(RestartWriter& set) const {
  for (std::size_t term = 0; term < mass_term_count; ++term) {
    std::vector<double> columns;
    for (int s = 0; s < state_.species.count(); ++s) {
      const auto one = ledger_.columns(static_cast<MassTerm>(term), s).values();
      columns.insert(columns.end(), one.begin(), one.end());
    }
    set.cells("ledger." + name_of(static_cast<MassTerm>(term)), state_.tile, columns);
  }
  for (const auto& [name, family] : declared_names)
    set.cells(name, state_.tile, ledger_.declared(family).values());
  mean_.save(set);
}

void Model::load(const RestartReader& set) {
  for (int s = 0; s < state_.species.count(); ++s)
    set.field("mixing_ratio_ppb." + state_.species[s].name, state_.tile, state_.mixing_ratio_ppb[s]);
  set.field("air_mass_kg", state_.tile, state_.air_mass_kg);
  if (state_hash(ranks_, state_.tile, state_.mixing_ratio_ppb) != set.text("model.state_hash"))
    throw DataError(fmt::format("{}: the state is not the one that was saved", set.manifest().path));
  if (edge_memory_) edge_memory_->restore(set.numbers("edge_memory"));
  budget_.emplace(ranks_, state_);
  budget_->load(set);
  const std::vector<double> clock = set.numbers("model.clock");
  hour_ = UtcTime{}.plus_seconds(std::llround(clock.at(0)));
  steps_of_hour_ = static_cast<int>(clock.at(1));
  steps_done_ = std::llround(clock.at(2));
  load_counts(set);
  mass_before_hour_ = load_mass_table(set);
  inputs_.emissions.restore_mass_table(mass_before_hour_);
  if (steps_of_hour_ > 0) load_partial_hour(set);
}

void Model::load_partial_hour(const RestartReader& set) {
  ledger_ = Ledger(state_.tile, state_.species.count());
  const std::size_t plane = ledger_.columns(MassTerm::emission, 0).values().size();
  for (std::size_t term = 0; term < mass_term_count; ++term) {
    std::vector<double> columns(plane * static_cast<std::size_t>(state_.species.count()));
    set.cells("ledger." + name_of(static_cast<MassTerm>(term)), state_.tile, columns);
    for (int s = 0; s < state_.species.count(); ++s)
      std::copy_n(columns.data() + plane * static_cast<std::size_t>(s), plane,
                  ledger_.columns(static_cast<MassTerm>(term), s).values().data());
  }
  for (const auto& [name, family] : declared_names) {
    set.cells(name, state_.tile, ledger_.declared(family).values());
  }
  mean_.load(set);
}

}  // namespace lantian
