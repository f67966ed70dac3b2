#pragma once

#include "lantian/io/restart.hpp"
#include "lantian/parallel/communicator.hpp"
#include "lantian/processes/process.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace lantian {

inline constexpr std::size_t mass_term_count = static_cast<std::size_t>(MassTerm::count);
[[nodiscard]] const std::string& name_of(MassTerm term);

/// What a species or a family of atoms gained and lost inside the domain [mol], and what remains unexplained.
struct BudgetLine {
  std::string name;
  double begin_mol = 0.0, end_mol = 0.0;
  std::array<double, mass_term_count> term_mol{};

  /// |end - begin - sum of terms| relative to the greatest of what was moved, what is there, and one
  /// molecule: radicals that live by light fall through all magnitudes at dusk, to where numbers lose their
  /// digits.
  [[nodiscard]] double residual() const;
};

/// The books of a run: closed every hour from the ledger, with the same bits on any number of ranks.
class Budget {
 public:
  Budget(Communicator ranks, const State& state);

  /// Closes the hour: sums the ledger's columns and the burdens.
  void close_hour(const State& state, const Ledger& ledger);

  /// What the rest of the run's books depend on.
  void save(RestartWriter& set) const;
  void load(const RestartReader& set);

  /// A line a species: the last hour's and that of the run so far.
  [[nodiscard]] const std::vector<BudgetLine>& hour() const { return hour_; }
  [[nodiscard]] const std::vector<BudgetLine>& run() const { return run_; }
  /// Atoms of nitrogen or sulphur over all species, of the last hour and of the run so far. Their term of
  /// chemistry is what reactions declared unbalanced made.
  [[nodiscard]] BudgetLine hour(AtomFamily family) const { return atoms(hour_, hour_declared_mol_, family); }
  [[nodiscard]] BudgetLine run(AtomFamily family) const { return atoms(run_, run_declared_mol_, family); }

  /// Greatest residual of any hour so far: of the species that chemistry leaves alone, and of the families.
  [[nodiscard]] double worst_inert_residual() const { return worst_inert_; }
  [[nodiscard]] double worst_family_residual() const { return worst_family_; }
  [[nodiscard]] double worst_species_residual() const { return worst_species_; }

 private:
  using Declared = std::array<double, static_cast<std::size_t>(AtomFamily::count)>;
  [[nodiscard]] BudgetLine atoms(const std::vector<BudgetLine>& lines, const Declared& declared_mol,
                                 AtomFamily family) const;
  /// Of each species, over all ranks.
  [[nodiscard]] std::vector<double> burdens_mol(const State& state) const;

  Communicator ranks_;
  SpeciesTable species_;
  std::vector<BudgetLine> hour_, run_;
  Declared hour_declared_mol_{}, run_declared_mol_{};
  double worst_inert_ = 0.0, worst_family_ = 0.0, worst_species_ = 0.0;
};

}  // namespace lantian
