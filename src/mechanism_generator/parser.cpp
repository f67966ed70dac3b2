#include "mechanism.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>

namespace lantian::generator {

namespace {

/// A statement up to its semicolon (or a section title), with the line it begins on.
struct Statement {
  std::string text;
  int line;
};

std::string without_blanks_around(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// The number that digits and points spell.
double number_of(const std::string& digits) {
  return std::strtod(digits.c_str(), nullptr);  // too great a one is infinite, and refused where it counts
}

std::vector<Statement> statements_of(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file + ": cannot be read");
  std::vector<Statement> statements;
  std::string line, pending;
  int number = 0, began = 0;
  bool in_comment = false;
  while (std::getline(in, line)) {
    ++number;
    const std::size_t slashes = line.find("//");
    if (slashes != std::string::npos) line.erase(slashes);
    for (const char c : line + '\n') {
      if (c == '{') in_comment = true;
      if (!in_comment) {
        if (pending.empty() && std::isspace(static_cast<unsigned char>(c)) != 0) continue;
        if (pending.empty()) began = number;
        const bool ends = c == ';' || (c == '\n' && pending.starts_with('#'));
        if (ends) statements.push_back({without_blanks_around(pending), began});
        if (ends)
          pending.clear();
        else
          pending += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
      }
      if (c == '}') in_comment = false;
    }
  }
  if (!without_blanks_around(pending).empty())
    throw std::runtime_error(
        fmt::format("{}:{}: \"{}\" has no semicolon", file, began, without_blanks_around(pending)));
  return statements;
}

class Parser {
 public:
  explicit Parser(std::string file) : file_(std::move(file)) {}

  Mechanism parse() {
    std::string section;
    std::vector<std::string> faults;
    for (const Statement& statement : statements_of(file_)) {
      line_ = statement.line;
      try {
        read(statement.text, section);
      } catch (const std::runtime_error& fault) {
        faults.emplace_back(fault.what());
      }
    }
    if (faults.empty() && mechanism_.reactions.empty())
      faults.push_back(fmt::format("{}: there is no reaction after #EQUATIONS", file_));
    if (!faults.empty()) throw std::runtime_error(fmt::format("{}", fmt::join(faults, "\n")));
    return mechanism_;
  }

 private:
  void read(const std::string& statement, std::string& section) {
    if (statement.starts_with('#')) {
      section = statement;
      if (find({"#DEFVAR", "#DEFFIX", "#EQUATIONS"}, section) < 0)
        fail(fmt::format("\"{}\" is no section; known are #DEFVAR, #DEFFIX, #EQUATIONS", section));
    } else if (section == "#DEFVAR") {
      declare(statement, mechanism_.species);
    } else if (section == "#DEFFIX") {
      declare(statement, mechanism_.fixed);
    } else if (section == "#EQUATIONS") {
      read_reaction(statement);
    } else {
      fail(fmt::format("\"{}\" stands outside #DEFVAR, #DEFFIX and #EQUATIONS", statement));
    }
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(fmt::format("{}:{}: {}", file_, line_, what));
  }

  void declare(const std::string& text, std::vector<std::string>& into) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) fail(fmt::format("\"{}\" is no declaration; write NAME = atoms;", text));
    const std::string name = without_blanks_around(text.substr(0, equals));
    if (find(mechanism_.species, name) >= 0 || find(mechanism_.fixed, name) >= 0)
      fail(fmt::format("{} is declared twice", name));
    static const std::vector<std::string> air = {"M", "H2O", "O2", "N2"};
    if (&into == &mechanism_.fixed && find(air, name) < 0)
      fail(fmt::format("{} cannot be fixed; only what the air holds can: {}", name, fmt::join(air, ", ")));
    into.push_back(name);
    if (&into == &mechanism_.species)
      mechanism_.composition.push_back(composition_of(text.substr(equals + 1)));
  }

  static Composition composition_of(const std::string& text) {
    Composition atoms;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t end = std::min(text.find('+', at), text.size());
      const std::string part = without_blanks_around(text.substr(at, end - at));
      std::size_t digits = 0;
      while (digits < part.size() && std::isdigit(static_cast<unsigned char>(part[digits])) != 0) ++digits;
      const std::string element = part.substr(digits);
      if (element != "IGNORE" && !element.empty())
        atoms.emplace_back(element, digits > 0 ? number_of(part.substr(0, digits)) : 1.0);
      at = end + 1;
    }
    return atoms;
  }

  static int find(const std::vector<std::string>& names, const std::string& name) {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
  }

  struct Term {
    double coefficient;
    std::string name;
  };

  /// "A + 0.5 B - C"; "hv" counts for nothing.
  static std::vector<Term> terms_of(const std::string& side) {
    std::vector<Term> terms;
    std::size_t at = 0;
    double sign = 1.0;
    while (at < side.size()) {
      const std::size_t end = std::min(side.find_first_of("+-", at), side.size());
      const std::string part = without_blanks_around(side.substr(at, end - at));
      std::size_t used = 0;
      double coefficient = 1.0;
      while (used < part.size() &&
             (std::isdigit(static_cast<unsigned char>(part[used])) != 0 || part[used] == '.'))
        ++used;
      if (used > 0 && part.find_first_not_of('.') < used) coefficient = number_of(part.substr(0, used));
      const std::string name = without_blanks_around(part.substr(used));
      if (!name.empty() && name != "hv" && name != "PROD") terms.push_back({sign * coefficient, name});
      sign = end < side.size() && side[end] == '-' ? -1.0 : 1.0;
      at = end + 1;
    }
    return terms;
  }

  void read_reaction(const std::string& text) {
    Reaction reaction{.label = "",
                      .text = "",
                      .rate = "",
                      .reactants = {},
                      .fixed_reactants = {},
                      .net = {},
                      .line = line_};
    std::string rest = text;
    if (rest.starts_with('<')) {
      const std::size_t end = rest.find('>');
      if (end == std::string::npos) fail("a label <...> is not closed");
      reaction.label = rest.substr(1, end - 1);
      rest = without_blanks_around(rest.substr(end + 1));
    }
    const std::size_t equals = rest.find('='), colon = rest.find(':');
    if (equals == std::string::npos || colon == std::string::npos || colon < equals)
      fail(fmt::format("\"{}\" is no reaction; write A + B = C : rate;", text));
    reaction.text = without_blanks_around(rest.substr(0, colon));
    reaction.rate = without_blanks_around(rest.substr(colon + 1));
    if (reaction.label.empty()) reaction.label = fmt::format("R{}", mechanism_.reactions.size() + 1);
    for (const Reaction& other : mechanism_.reactions)
      if (other.label == reaction.label)
        fail(fmt::format("the label {} stands at line {} already", reaction.label, other.line));
    check_rate(reaction.rate);
    std::map<int, double> net;
    for (const Term& term : terms_of(rest.substr(0, equals))) add_reactant(reaction, term, net);
    for (const Term& term : terms_of(rest.substr(equals + 1, colon - equals - 1))) {
      if (!std::isfinite(term.coefficient)) fail(fmt::format("the number before {} is too great", term.name));
      const int s = find(mechanism_.species, term.name);
      if (s < 0 && find(mechanism_.fixed, term.name) < 0) fail(fmt::format("{} is not declared", term.name));
      if (s >= 0) net[s] += term.coefficient;
    }
    for (const auto& [s, coefficient] : net)
      if (coefficient != 0.0) reaction.net.emplace_back(s, coefficient);
    check_atoms(reaction);
    mechanism_.reactions.push_back(reaction);
  }

  void add_reactant(Reaction& reaction, const Term& term, std::map<int, double>& net) const {
    const double times = term.coefficient;
    constexpr double most = 9.0;
    if (times != std::floor(times) || times < 1.0 || times > most)
      fail(fmt::format("{} {}: what reacts must be a whole number of molecules, 1 to {}", times, term.name,
                       most));
    const int s = find(mechanism_.species, term.name), f = find(mechanism_.fixed, term.name);
    if (s < 0 && f < 0) fail(fmt::format("{} is not declared", term.name));
    for (int n = 0; n < static_cast<int>(times); ++n)
      (s >= 0 ? reaction.reactants : reaction.fixed_reactants).push_back(s >= 0 ? s : f);
    if (s >= 0) net[s] -= times;
  }

  /// Only words that the rate laws know may stand in a rate.
  void check_rate(const std::string& rate) const {
    static const std::vector<std::string> known = {"T",   "M",     "O2",   "N2",   "H2O", "RH",
                                                   "LWC", "J",     "ARR",  "TROE", "exp", "log",
                                                   "pow", "log10", "sqrt", "min",  "max"};
    static const std::vector<std::string> photolysis = {"O3_O1D",  "O3_O3P", "H2O2", "NO2",    "NO3_NO",
                                                        "NO3_NO2", "HONO",   "HNO3", "HCHO_H", "HCHO_H2"};
    if (rate.empty()) fail("the rate is missing");
    int depth = 0;
    for (const char c : rate) {
      depth += c == '(' ? 1 : (c == ')' ? -1 : 0);
      if (depth < 0) break;
    }
    if (depth != 0) fail(fmt::format("the brackets of the rate \"{}\" do not match", rate));
    for (std::size_t at = 0; at < rate.size();) {
      const auto c = static_cast<unsigned char>(rate[at]);
      const bool begins_word =
          std::isalpha(c) != 0 &&
          (at == 0 || (std::isdigit(static_cast<unsigned char>(rate[at - 1])) == 0 && rate[at - 1] != '.'));
      std::size_t end = at + 1;
      if (begins_word) {
        while (end < rate.size() &&
               (std::isalnum(static_cast<unsigned char>(rate[end])) != 0 || rate[end] == '_'))
          ++end;
        const std::string word = rate.substr(at, end - at);
        const bool in_j = at >= 2 && rate.substr(at - 2, 2) == "J(";
        if (find(in_j ? photolysis : known, word) < 0)
          fail(fmt::format("\"{}\" is no word of a rate law; known are {}", word,
                           in_j ? fmt::format("{}", fmt::join(photolysis, ", "))
                                : fmt::format("{}", fmt::join(known, ", "))));
      }
      at = end;
    }
  }

  /// Nitrogen and sulphur must balance in every reaction of species whose atoms are declared.
  void check_atoms(const Reaction& reaction) const {
    for (const std::string& element : {std::string("N"), std::string("S")}) {
      double sum = 0.0;
      for (const auto& [s, coefficient] : reaction.net)
        for (const auto& [atom, count] : mechanism_.composition[static_cast<std::size_t>(s)])
          if (atom == element) sum += coefficient * count;
      if (!(std::fabs(sum) <= 1.0e-12))  // so that NaN is refused
        fail(fmt::format("reaction {} ({}) makes {:+g} atoms of {}", reaction.label, reaction.text, sum,
                         element));
    }
  }

  std::string file_;
  int line_ = 0;
  Mechanism mechanism_;
};

}  // namespace

Mechanism parse_mechanism(const std::string& file) {
  return Parser(file).parse();
}

}  // namespace lantian::generator
