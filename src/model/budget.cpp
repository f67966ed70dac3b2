#include "lantian/model/budget.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/parallel/reproducible_sum.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lantian {

const std::string& name_of(MassTerm term) {
  static const std::array<std::string, mass_term_count> names = {
      "emission", "dry_deposition", "wet_deposition", "chemistry", "inflow", "outflow"};
  return names.at(static_cast<std::size_t>(term));
}

double BudgetLine::residual() const {
  double sum = 0.0, turnover = 0.0;
  for (const double moved : term_mol) {
    sum += moved;
    turnover += std::fabs(moved);
  }
  constexpr double molecule_mol = 1.0 / avogadro_per_mol;
  const double scale = std::max({turnover, std::fabs(begin_mol), std::fabs(end_mol), molecule_mol});
  return std::fabs(end_mol - begin_mol - sum) / scale;
}

Budget::Budget(Communicator ranks, const State& state) : ranks_(std::move(ranks)), species_(state.species) {
  for (int s = 0; s < species_.count(); ++s) {
    const double mol = burden_mol(state, s);
    hour_.push_back({.name = species_[s].name, .begin_mol = mol, .end_mol = mol});
  }
  run_ = hour_;
}

double Budget::burden_mol(const State& state, int species) const {
  const Tile& tile = state.tile;
  Array2<double> columns(tile.rows, tile.columns, 0.0);
  const Field<double>& q_ppb = state.mixing_ratio_ppb[species];
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j)
    for (int k = 0; k < tile.layers; ++k)
      for (int i = 0; i < tile.columns; ++i)
        columns(j, i) += q_ppb(k, j, i) * 1.0e-9 * state.air_mass_kg(k, j, i) * mol_air_per_kg;
  return reproducible_sum(ranks_, columns.values());
}

void Budget::close_hour(const State& state, const Ledger& ledger) {
  for (int s = 0; s < species_.count(); ++s) {
    BudgetLine& hour = hour_[static_cast<std::size_t>(s)];
    BudgetLine& run = run_[static_cast<std::size_t>(s)];
    hour.begin_mol = hour.end_mol;
    hour.end_mol = burden_mol(state, s);
    run.end_mol = hour.end_mol;
    for (std::size_t t = 0; t < mass_term_count; ++t) {
      hour.term_mol[t] = reproducible_sum(ranks_, ledger.columns(static_cast<MassTerm>(t), s).values());
      run.term_mol[t] += hour.term_mol[t];
    }
    worst_species_ = std::max(worst_species_, hour.residual());
    const bool is_inert = run.term_mol[static_cast<std::size_t>(MassTerm::chemistry)] == 0.0;
    if (is_inert) worst_inert_ = std::max(worst_inert_, hour.residual());
  }
  for (const AtomFamily family : {AtomFamily::nitrogen, AtomFamily::sulphur}) {
    const auto f = static_cast<std::size_t>(family);
    hour_declared_mol_.at(f) = reproducible_sum(ranks_, ledger.declared(family).values());
    run_declared_mol_.at(f) += hour_declared_mol_.at(f);
    worst_family_ = std::max(worst_family_, hour(family).residual());
  }
}

void Budget::save(RestartWriter& set) const {
  for (const auto& [name, lines] : {std::pair{"budget.hour", &hour_}, std::pair{"budget.run", &run_}}) {
    std::vector<double> numbers;
    for (const BudgetLine& line : *lines) {
      numbers.insert(numbers.end(), {line.begin_mol, line.end_mol});
      numbers.insert(numbers.end(), line.term_mol.begin(), line.term_mol.end());
    }
    set.numbers(name, numbers);
  }
  std::vector<double> declared_mol(hour_declared_mol_.begin(), hour_declared_mol_.end());
  declared_mol.insert(declared_mol.end(), run_declared_mol_.begin(), run_declared_mol_.end());
  set.numbers("budget.declared_atoms_mol", declared_mol);
  set.numbers("budget.worst_residuals", {worst_inert_, worst_family_, worst_species_});
}

void Budget::load(const RestartReader& set) {
  for (const auto& [name, lines] : {std::pair{"budget.hour", &hour_}, std::pair{"budget.run", &run_}}) {
    const std::vector<double> numbers = set.numbers(name);
    for (std::size_t s = 0; s < lines->size(); ++s) {
      const std::size_t at = s * (2 + mass_term_count);
      BudgetLine& line = (*lines)[s];
      line.begin_mol = numbers.at(at);
      line.end_mol = numbers.at(at + 1);
      for (std::size_t t = 0; t < mass_term_count; ++t) line.term_mol[t] = numbers.at(at + 2 + t);
    }
  }
  const std::vector<double> declared_mol = set.numbers("budget.declared_atoms_mol");
  for (std::size_t f = 0; f < hour_declared_mol_.size(); ++f) {
    hour_declared_mol_.at(f) = declared_mol.at(f);
    run_declared_mol_.at(f) = declared_mol.at(hour_declared_mol_.size() + f);
  }
  const std::vector<double> worst = set.numbers("budget.worst_residuals");
  worst_inert_ = worst.at(0);
  worst_family_ = worst.at(1);
  worst_species_ = worst.at(2);
}

BudgetLine Budget::atoms(const std::vector<BudgetLine>& lines, const Declared& declared_mol,
                         AtomFamily family) const {
  const bool is_nitrogen = family == AtomFamily::nitrogen;
  BudgetLine sum{.name = is_nitrogen ? "N" : "S"};
  for (int s = 0; s < species_.count(); ++s) {
    const BudgetLine& line = lines[static_cast<std::size_t>(s)];
    const double count = is_nitrogen ? species_[s].nitrogen_atoms : species_[s].sulphur_atoms;
    sum.begin_mol += count * line.begin_mol;
    sum.end_mol += count * line.end_mol;
    for (std::size_t t = 0; t < mass_term_count; ++t) sum.term_mol[t] += count * line.term_mol[t];
  }
  sum.term_mol[static_cast<std::size_t>(MassTerm::chemistry)] =
      declared_mol.at(static_cast<std::size_t>(family));
  return sum;
}

}  // namespace lantian
