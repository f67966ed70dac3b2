#include "mechanism.hpp"
#include "statements.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <map>
#include <stdexcept>

namespace lantian::generator {

namespace {

int find(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

/// The number that digits and points spell; too great a one is infinite, and refused where it counts.
double number_of(const std::string& digits) {
  return std::strtod(digits.c_str(), nullptr);
}

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

const std::vector<std::string> air = {"M", "H2O", "O2", "N2"};

class Parser {
 public:
  explicit Parser(const std::string& file) : file_(file), statements_(read_statements(file)) {}

  Mechanism parse() {
    for (const Statement& statement : statements_.all) {
      statement_ = &statement;
      try {
        read();
      } catch (const std::runtime_error& fault) {
        faults_.emplace_back(fault.what());
      }
    }
    check_fixed_amounts();
    if (faults_.empty() && mechanism_.reactions.empty())
      faults_.push_back(fmt::format("{}: there is no reaction after #EQUATIONS", file_));
    if (!faults_.empty()) throw std::runtime_error(fmt::format("{}", fmt::join(faults_, "\n")));
    return mechanism_;
  }

 private:
  void read() {
    if (text().starts_with('#')) return enter_section();
    if (section_ == "#DEFVAR") return declare(mechanism_.species);
    if (section_ == "#DEFFIX") return declare(mechanism_.fixed);
    if (section_ == "#EQUATIONS") return read_reaction();
    if (section_ == "#INITVALUES") return read_amount();
    if (section_.empty())
      fail(0, fmt::format("\"{}\" stands outside #DEFVAR, #DEFFIX and #EQUATIONS", text()));
  }

  void enter_section() {
    section_ = text().substr(0, text().find(' '));
    std::ranges::transform(section_, section_.begin(), [](unsigned char c) { return std::toupper(c); });
    static const std::vector<std::string> used = {"#DEFVAR", "#DEFFIX", "#EQUATIONS", "#INITVALUES"};
    static const std::vector<std::string> passed_over = {
        "#ATOMS",      "#CHECK",     "#CHECKALL",     "#DOUBLE",       "#DRIVER",
        "#DUMMYINDEX", "#EQNTAGS",   "#FUNCTION",     "#HESSIAN",      "#INTEGRATOR",
        "#JACOBIAN",   "#LANGUAGE",  "#LOOKAT",       "#LOOKATALL",    "#MEX",
        "#MINVERSION", "#MODEL",     "#MONITOR",      "#REORDER",      "#STOCHASTIC",
        "#STOICMAT",   "#TRANSPORT", "#TRANSPORTALL", "#UPPERCASEF90", "#AUTOREDUCE"};
    if (find(used, section_) >= 0 || find(passed_over, section_) >= 0) return;
    const std::string given = section_;
    section_ = passed_over.front();  // what follows is not judged
    fail(0, fmt::format("\"{}\" is no section; known are {}", given, fmt::join(used, ", ")));
  }

  [[nodiscard]] const std::string& text() const { return statement_->text; }
  [[nodiscard]] std::string where(std::size_t at) const {
    return statements_.where(statement_->place[std::min(at, statement_->place.size() - 1)]);
  }
  [[noreturn]] void fail(std::size_t at, const std::string& what) const {
    throw std::runtime_error(fmt::format("{}: {}", where(at), what));
  }
  [[nodiscard]] std::size_t skip_blanks(std::size_t at) const {
    while (at < text().size() && text()[at] == ' ') ++at;
    return at;
  }

  void declare(std::vector<std::string>& into) {
    const std::size_t equals = text().find('=');
    if (equals == std::string::npos)
      fail(0, fmt::format("\"{}\" is no declaration; write NAME = atoms;", text()));
    const std::string name = without_blanks_around(text().substr(0, equals));
    if (name.empty() || is_digit(name.front()) || name.find_first_of(" +-*/(){}:,") != std::string::npos)
      fail(0, fmt::format("\"{}\" is no name of a species", name));
    if (find(mechanism_.species, name) >= 0 || find(mechanism_.fixed, name) >= 0)
      fail(0, fmt::format("{} is declared twice", name));
    into.push_back(name);
    if (&into == &mechanism_.species) {
      mechanism_.composition.push_back(composition_of(text().substr(equals + 1)));
    } else {
      mechanism_.fixed_amount.emplace_back();
      fixed_at_.push_back(where(0));
    }
  }

  /// NAME = expression of M, under #INITVALUES; what KPP gives variable species to begin with is passed over.
  void read_amount() {
    const std::size_t equals = text().find('=');
    if (equals == std::string::npos)
      fail(0, fmt::format("\"{}\" is no value; write NAME = expression;", text()));
    const std::string name = without_blanks_around(text().substr(0, equals));
    const int f = find(mechanism_.fixed, name);
    if (f < 0) return;
    const std::size_t begin = skip_blanks(equals + 1);
    check_rate(begin);
    mechanism_.fixed_amount[static_cast<std::size_t>(f)] = text().substr(begin);
  }

  void check_fixed_amounts() {
    for (std::size_t f = 0; f < mechanism_.fixed.size(); ++f)
      if (mechanism_.fixed_amount[f].empty() && find(air, mechanism_.fixed[f]) < 0)
        faults_.push_back(
            fmt::format("{}: {} is fixed but has no amount; give it under #INITVALUES, as in \"{} = 1.85e-6 "
                        "* M;\" (known are "
                        "{})",
                        fixed_at_[f], mechanism_.fixed[f], mechanism_.fixed[f], fmt::join(air, ", ")));
  }

  static Composition composition_of(const std::string& text) {
    Composition atoms;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t end = std::min(text.find('+', at), text.size());
      const std::string part = without_blanks_around(text.substr(at, end - at));
      std::size_t digits = 0;
      while (digits < part.size() && is_digit(part[digits])) ++digits;
      const std::string element = without_blanks_around(part.substr(digits));
      if (element != "IGNORE" && !element.empty())
        atoms.emplace_back(element, digits > 0 ? number_of(part.substr(0, digits)) : 1.0);
      at = end + 1;
    }
    return atoms;
  }

  struct Term {
    double coefficient;
    std::string name;
    std::size_t at;
  };

  /// "A + 0.5 B - C" between two characters of the statement; "hv" counts for nothing.
  [[nodiscard]] std::vector<Term> terms_of(std::size_t begin, std::size_t end) const {
    std::vector<Term> terms;
    double sign = 1.0;
    bool is_first = true;
    if (skip_blanks(begin) >= end) return terms;
    for (std::size_t at = begin; at <= end; is_first = false) {
      const std::size_t stop = std::min(text().find_first_of("+-", at), end);
      at = skip_blanks(at);
      std::size_t used = at;
      while (used < stop && (is_digit(text()[used]) || text()[used] == '.')) ++used;
      const std::string number = text().substr(at, used - at);
      const std::size_t name_at = std::min(skip_blanks(used), stop);
      const std::string name = without_blanks_around(text().substr(name_at, stop - name_at));
      if (name.find(' ') != std::string::npos)
        fail(name_at + name.find(' ') + 1, fmt::format("\"{}\" is no name; a + or - is missing", name));
      if (name.empty() && !(is_first && number.empty())) fail(at, "the name of a species is missing");
      if (number == "." || std::ranges::count(number, '.') > 1)
        fail(at, fmt::format("\"{}\" is no number", number));
      const double coefficient = number.empty() ? 1.0 : number_of(number);
      if (!name.empty() && name != "hv" && name != "PROD")
        terms.push_back({sign * coefficient, name, name_at});
      sign = stop < end && text()[stop] == '-' ? -1.0 : 1.0;
      at = stop + 1;
    }
    return terms;
  }

  void read_reaction() {
    Reaction reaction;
    std::size_t begin = 0;
    if (text().starts_with('<')) {
      const std::size_t end = text().find('>');
      if (end == std::string::npos) fail(0, "a label <...> is not closed");
      reaction.label = text().substr(1, end - 1);
      begin = skip_blanks(end + 1);
    }
    const std::size_t equals = text().find('=', begin), colon = text().find(':', begin);
    if (equals == std::string::npos || colon == std::string::npos || colon < equals)
      fail(begin, fmt::format("\"{}\" is no reaction; write A + B = C : rate;", text().substr(begin)));
    reaction.text = without_blanks_around(text().substr(begin, colon - begin));
    reaction.where = where(begin);
    check_rate(skip_blanks(colon + 1));
    reaction.rate = text().substr(skip_blanks(colon + 1));
    if (reaction.label.empty()) reaction.label = fmt::format("R{}", mechanism_.reactions.size() + 1);
    for (const Reaction& other : mechanism_.reactions)
      if (other.label == reaction.label)
        fail(0, fmt::format("the label {} stands at {} already", reaction.label, other.where));
    std::map<int, double> net;
    for (const Term& term : terms_of(begin, equals)) add_reactant(reaction, term, net);
    for (const Term& term : terms_of(equals + 1, colon)) {
      if (!std::isfinite(term.coefficient))
        fail(term.at, fmt::format("the number before {} is too great", term.name));
      const int s = find(mechanism_.species, term.name);
      if (s < 0 && find(mechanism_.fixed, term.name) < 0) fail_unknown(term);
      if (s >= 0) net[s] += term.coefficient;
    }
    for (const auto& [s, coefficient] : net)
      if (std::fabs(coefficient) > 1.0e-12) reaction.net.emplace_back(s, coefficient);
    read_notes(reaction);
    check_atoms(reaction, begin);
    mechanism_.reactions.push_back(reaction);
  }

  [[noreturn]] void fail_unknown(const Term& term) const {
    fail(term.at, fmt::format("{} is not declared", term.name));
  }

  void add_reactant(Reaction& reaction, const Term& term, std::map<int, double>& net) const {
    const double times = term.coefficient;
    constexpr double most = 9.0;
    if (times != std::floor(times) || times < 1.0 || times > most)
      fail(term.at, fmt::format("{} {}: what reacts must be a whole number of molecules, 1 to {}", times,
                                term.name, most));
    const int s = find(mechanism_.species, term.name), f = find(mechanism_.fixed, term.name);
    if (s < 0 && f < 0) fail_unknown(term);
    for (int n = 0; n < static_cast<int>(times); ++n)
      (s >= 0 ? reaction.reactants : reaction.fixed_reactants).push_back(s >= 0 ? s : f);
    if (s >= 0) net[s] -= times;
  }

  void check_rate(std::size_t begin) const {
    const std::optional<RateFault> fault = rate_fault(begin < text().size() ? text().substr(begin) : "");
    if (fault) fail(begin + fault->at, fault->what);
  }

  /// {unbalanced: N, S}: the reaction is known to make or lose these.
  void read_notes(Reaction& reaction) const {
    const std::string begin = "unbalanced:";
    for (const std::string& note : statement_->note) {
      if (!note.starts_with(begin)) continue;
      std::string element;
      for (const char c : note.substr(begin.size()) + ",") {
        if (c == ',' && !element.empty()) reaction.unbalanced.push_back(element);
        if (c == ',')
          element.clear();
        else if (c != ' ')
          element += c;
      }
    }
  }

  /// Nitrogen and sulphur must balance in every reaction of species whose atoms are declared.
  void check_atoms(const Reaction& reaction, std::size_t begin) const {
    for (const std::string& element : {std::string("N"), std::string("S")}) {
      const double made = atoms_made(mechanism_, reaction, element);
      const bool is_waived = find(reaction.unbalanced, element) >= 0;
      if (!(made == 0.0) && !is_waived)  // so that NaN is refused
        fail(begin,
             fmt::format("reaction {} ({}) makes {:+g} atoms of {}; if that is meant, write {{unbalanced: "
                         "{}}} before its semicolon",
                         reaction.label, reaction.text, made, element, element));
      if (made == 0.0 && is_waived)
        fail(begin, fmt::format("reaction {} ({}) keeps {}: take its note {{unbalanced: {}}} away",
                                reaction.label, reaction.text, element, element));
    }
  }

  std::string file_, section_;
  Statements statements_;
  const Statement* statement_ = nullptr;
  std::vector<std::string> faults_, fixed_at_;
  Mechanism mechanism_;
};

}  // namespace

double atoms_made(const Mechanism& mechanism, const Reaction& reaction, const std::string& element) {
  double sum = 0.0;
  for (const auto& [s, coefficient] : reaction.net)
    for (const auto& [atom, count] : mechanism.composition[static_cast<std::size_t>(s)])
      if (atom == element) sum += coefficient * count;
  return std::fabs(sum) > 1.0e-12 ? sum : 0.0;
}

Mechanism parse_mechanism(const std::string& file) {
  return Parser(file).parse();
}

}  // namespace lantian::generator
