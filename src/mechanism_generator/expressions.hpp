#pragma once

#include "mechanism.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>

namespace lantian::generator {

// Pieces of C++ text that the emitters share.

/// A number as C++ reads it back: the same bits, and never an integer.
inline std::string literal(double number) {
  const std::string text = fmt::format("{}", number);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

/// A rate law as C++: whole numbers become numbers with a point, and words of KPP those of `rate_words`.
std::string as_cpp(const std::string& rate);

/// " + 2.0 * what", " - what".
inline std::string signed_term(double coefficient, const std::string& what) {
  const std::string sign = coefficient < 0.0 ? " - " : " + ";
  const double size = coefficient < 0.0 ? -coefficient : coefficient;
  return sign + (size == 1.0 ? what : fmt::format("{} * {}", literal(size), what));
}

/// `first` times the amounts of the reactants, but for those at the positions `without`.
inline std::string product(std::string first, const Reaction& reaction,
                           std::initializer_list<std::size_t> without = {}) {
  for (std::size_t n = 0; n < reaction.reactants.size(); ++n)
    if (std::ranges::find(without, n) == without.end())
      first += fmt::format(" * c[{}]", reaction.reactants[n]);
  return first;
}

}  // namespace lantian::generator
