#include "expressions.hpp"
#include "mechanism.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace lantian::generator {

namespace {

constexpr std::array<std::string_view, 2> elements = {"N", "S"};  // in the order of the functions' results

/// made[e] = sum over reactions of the atoms of element e that one makes times `rate(reaction, its index)`.
template <class Rate>
std::string sums(const Mechanism& mechanism, Rate&& rate) {
  std::string text;
  for (std::size_t e = 0; e < elements.size(); ++e) {
    std::string sum;
    for (std::size_t r = 0; r < mechanism.reactions.size(); ++r) {
      const Reaction& reaction = mechanism.reactions[r];
      const double made = atoms_made(mechanism, reaction, std::string(elements.at(e)));
      if (made != 0.0) sum += rate(made, reaction, fmt::format("k[{}]", r));
    }
    text += fmt::format("    made[{}] = V{{}}{};\n", e, sum);
  }
  return text + "  }\n";
}

std::string change_of_rate(double made, const Reaction& reaction, const std::string& constant) {
  std::string text;
  for (std::size_t n = 0; n < reaction.reactants.size(); ++n)
    text +=
        signed_term(made, product(fmt::format("{} * v[{}]", constant, reaction.reactants[n]), reaction, {n}));
  return text;
}

}  // namespace

std::string emit_imbalances(const Mechanism& mechanism) {
  bool makes_atoms = false;
  for (const Reaction& reaction : mechanism.reactions)
    for (const std::string_view element : elements)
      makes_atoms = makes_atoms || atoms_made(mechanism, reaction, std::string(element)) != 0.0;
  std::string text = fmt::format(
      "  static constexpr bool makes_atoms = {};  // of N or S, by declared imbalances\n", makes_atoms);
  if (!makes_atoms) return text;
  text +=
      "\n  /// Atoms of N and of S that reactions declared unbalanced make [molecule cm-3 s-1].\n"
      "  template <class V>\n  static void atoms_made(const V* c, const V* k, V* made) {\n";
  text += sums(mechanism, [](double made, const Reaction& reaction, const std::string& constant) {
    return signed_term(made, product(constant, reaction));
  });
  text +=
      "\n  /// How that changes where the amounts change by v.\n"
      "  template <class V>\n"
      "  static void atoms_made_times([[maybe_unused]] const V* c, const V* k, const V* v, V* made) {\n";
  return text + sums(mechanism, change_of_rate);
}

}  // namespace lantian::generator
