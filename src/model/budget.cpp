#include "lantian/model/budget.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/parallel/reproducible_sum.hpp"

#include <algorithm>
#include <cmath>
#include <span>
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
  const std::vector<double> burdens_mol = this->burdens_mol(state);
  for (int s = 0; s < species_.count(); ++s) {
    const double mol = burdens_mol[static_cast<std::size_t>(s)];
    hour_.push_back({.name = species_[s].name, .begin_mol = mol, .end_mol = mol});
  }
  run_ = hour_;
}

std::vector<double> Budget::burdens_mol(const State& state) const {
  const Tile& tile = state.tile;
  std::vector<Array2<double>> columns(static_cast<std::size_t>(species_.count()),
                                      Array2<double>(tile.rows, tile.columns, 0.0));
#pragma omp parallel for schedule(static)
  for (int s = 0; s < species_.count(); ++s) {
    Array2<double>& sums_mol = columns[static_cast<std::size_t>(s)];
    const Field<double>& q_ppb = state.mixing_ratio_ppb[s];
    for (int k = 0; k < tile.layers; ++k)
      for (int j = 0; j < tile.rows; ++j)
        for (int i = 0; i < tile.columns; ++i)
          sums_mol(j, i) += q_ppb(k, j, i) * 1.0e-9 * state.air_mass_kg(k, j, i) * mol_air_per_kg;
  }
  std::vector<std::span<const double>> arrays;
  arrays.reserve(columns.size());
  for (const Array2<double>& one : columns) arrays.push_back(one.values());
  return reproducible_sums(ranks_, arrays);
}

void Budget::close_hour(const State& state, const Ledger& ledger) {
  const std::vector<double> burdens_mol = this->burdens_mol(state);
  std::vector<std::span<const double>> arrays;  // the terms of each species, then what is declared
  for (int s = 0; s < species_.count(); ++s)
    for (std::size_t t = 0; t < mass_term_count; ++t)
      arrays.push_back(ledger.columns(static_cast<MassTerm>(t), s).values());
  for (const AtomFamily family : {AtomFamily::nitrogen, AtomFamily::sulphur})
    arrays.push_back(ledger.declared(family).values());
  const std::vector<double> sums_mol = reproducible_sums(ranks_, arrays);
  auto next_mol = sums_mol.begin();
  for (int s = 0; s < species_.count(); ++s) {
    BudgetLine& hour = hour_[static_cast<std::size_t>(s)];
    BudgetLine& run = run_[static_cast<std::size_t>(s)];
    hour.begin_mol = hour.end_mol;
    hour.end_mol = burdens_mol[static_cast<std::size_t>(s)];
    run.end_mol = hour.end_mol;
    for (std::size_t t = 0; t < mass_term_count; ++t) {
      hour.term_mol[t] = *next_mol++;
      run.term_mol[t] += hour.term_mol[t];
    }
    worst_species_ = std::max(worst_species_, hour.residual());
    const bool is_inert = run.term_mol[static_cast<std::size_t>(MassTerm::chemistry)] == 0.0;
    if (is_inert) worst_inert_ = std::max(worst_inert_, hour.residual());
  }
  for (const AtomFamily family : {AtomFamily::nitrogen, AtomFamily::sulphur}) {
    const auto f = static_cast<std::size_t>(family);
    hour_declared_mol_.at(f) = *next_mol++;
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
