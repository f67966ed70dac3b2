#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lantian::generator {

/// A reaction: what is consumed (with multiplicity, fixed species apart), what each species gains net, and
/// its rate law.
struct Reaction {
  std::string label, text, rate;
  std::vector<int> reactants;               // variable species; a species twice is a square
  std::vector<int> fixed_reactants;         // their amounts multiply the rate
  std::vector<std::pair<int, double>> net;  // species and net stoichiometric coefficient
  std::vector<std::string> unbalanced;      // elements that it may make or lose, as its note says
  std::string where;                        // file:line:column
};

/// Atoms of a species as its declaration says: element and number.
using Composition = std::vector<std::pair<std::string, double>>;

struct Mechanism {
  std::vector<std::string> species, fixed;
  std::vector<std::string> fixed_amount;  // expressions of M; empty: the words M, H2O, O2, N2 of the air
  std::vector<Composition> composition;   // of species; empty where the declaration says IGNORE
  std::vector<Reaction> reactions;
};

/// Reads a mechanism in KPP's syntax: #DEFVAR, #DEFFIX, #EQUATIONS, #INITVALUES (of fixed species, as
/// expressions of M), #INCLUDE, comments { } and //. What steers KPP's own output is passed over.
/// @throws std::runtime_error one line "file:line:column: ..." a fault: a syntax error, an undeclared or
/// doubly declared species, an unknown word in a rate law, a label met twice, a reaction that does not keep N
/// or S and has no note {unbalanced: N} before its semicolon.
/// @see Damian et al. (2002), Comput. Chem. Eng. 26, 1567; KPP manual, section 3.
[[nodiscard]] Mechanism parse_mechanism(const std::string& file);

/// Atoms of an element that a reaction makes (> 0) or loses; 0 where species without declared atoms take
/// part only if those declared balance.
[[nodiscard]] double atoms_made(const Mechanism& mechanism, const Reaction& reaction,
                                const std::string& element);

/// A fault of a rate law: what is wrong, and at which character.
struct RateFault {
  std::string what;
  std::size_t at = 0;
};

/// Checks that only words which rate laws know stand in a rate, and that its brackets match.
[[nodiscard]] std::optional<RateFault> rate_fault(const std::string& rate);

/// Photolysis processes that J(...) may name.
[[nodiscard]] const std::vector<std::string>& photolysis_words();

/// Where a sparse matrix has entries after elimination, in an order that keeps it sparse.
struct SparsePattern {
  std::vector<int> order;             // species in the order of elimination
  std::vector<std::vector<int>> row;  // entries [row][column], both in that order, sorted, diagonal included
};

/// Symbolic LU of diag - J with diagonal pivots chosen by Markowitz' count.
/// @see Markowitz (1957), Manage. Sci. 3, 255; Sandu et al. (1996), Atmos. Environ. 30, 3151.
[[nodiscard]] SparsePattern eliminate(const Mechanism& mechanism);

/// The C++ header of a mechanism: struct lantian::mechanisms::<name>.
[[nodiscard]] std::string emit_header(const std::string& name, const Mechanism& mechanism,
                                      const SparsePattern& pattern);

/// The part of the header that differentiates the tendency: products with its first and second derivatives
/// and with their transposed, by amounts and by rate constants.
[[nodiscard]] std::string emit_derivatives(const Mechanism& mechanism);

/// The part of the header that says how many atoms of N and S the reactions declared unbalanced make, for the
/// books: `makes_atoms`, and where that is true the functions `atoms_made` and `atoms_made_times`.
[[nodiscard]] std::string emit_imbalances(const Mechanism& mechanism);

}  // namespace lantian::generator
