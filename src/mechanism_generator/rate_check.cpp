#include "chemistry/rate_laws.hpp"
#include "expressions.hpp"
#include "mechanism.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

namespace lantian::generator {

namespace {

const std::vector<std::string>& known_words() {
  static const std::vector<std::string> words = {"T",
                                                 "TEMP",
                                                 "M",
                                                 "O2",
                                                 "N2",
                                                 "H2O",
                                                 "RH",
                                                 "LWC",
                                                 "J",
                                                 "ARR",
                                                 "ARR2",
                                                 "EP2",
                                                 "EP3",
                                                 "FALL",
                                                 "TROE",
                                                 "exp",
                                                 "log",
                                                 "pow",
                                                 "log10",
                                                 "sqrt",
                                                 "min",
                                                 "max",
                                                 "SURFACE",
                                                 "UPTAKE",
                                                 "GAMMA_N2O5",
                                                 "SALT_UPTAKE",
                                                 "DUST_UPTAKE",
                                                 "ORGANIC_NITRATE",
                                                 "AQUEOUS_O3",
                                                 "AQUEOUS_H2O2",
                                                 "AQUEOUS_MHP",
                                                 "AQUEOUS_PAA",
                                                 "AQUEOUS_NO2",
                                                 "AQUEOUS_METALS",
                                                 "GROUND_SURFACE"};
  return words;
}

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
bool goes_on_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::optional<RateFault> bracket_fault(const std::string& rate) {
  std::vector<std::size_t> open;
  const auto fault = [&rate](std::size_t at) {
    return RateFault{fmt::format("the brackets of the rate \"{}\" do not match", rate), at};
  };
  for (std::size_t at = 0; at < rate.size(); ++at) {
    if (rate[at] == '(') open.push_back(at);
    if (rate[at] != ')') continue;
    if (open.empty()) return fault(at);
    open.pop_back();
  }
  if (!open.empty()) return fault(open.back());
  return std::nullopt;
}

std::optional<RateFault> character_fault(const std::string& rate) {
  const std::size_t strange =
      rate.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,+-*/() ");
  if (strange != std::string::npos)
    return RateFault{fmt::format("'{}' does not belong in the rate \"{}\"", rate[strange], rate), strange};
  const std::size_t power = rate.find("**");
  if (power != std::string::npos)
    return RateFault{fmt::format("write pow(x, y) for x ** y in the rate \"{}\"", rate), power};
  return std::nullopt;
}

}  // namespace

const std::vector<std::string>& photolysis_words() {
  static const std::vector<std::string> names(photolysis_names.begin(), photolysis_names.end());
  return names;
}

std::optional<RateFault> rate_fault(const std::string& rate) {
  if (rate.empty()) return RateFault{"the rate is missing", 0};
  if (auto fault = character_fault(rate)) return fault;
  if (auto fault = bracket_fault(rate)) return fault;
  for (std::size_t at = 0; at < rate.size();) {
    const bool is_exponent =
        at > 0 && (std::isdigit(static_cast<unsigned char>(rate[at - 1])) != 0 || rate[at - 1] == '.');
    std::size_t end = at + 1;
    if (is_letter(rate[at]) && is_exponent) {
      if (rate[at] != 'e' && rate[at] != 'E')
        return RateFault{fmt::format("a number goes on with '{}' in the rate \"{}\"", rate[at], rate), at};
    } else if (is_letter(rate[at])) {
      while (end < rate.size() && goes_on_word(rate[end])) ++end;
      const std::string word = rate.substr(at, end - at);
      const bool in_j = at >= 2 && rate.compare(at - 2, 2, "J(") == 0;
      const std::vector<std::string>& known = in_j ? photolysis_words() : known_words();
      if (std::ranges::find(known, word) == known.end())
        return RateFault{
            fmt::format("\"{}\" is no word of a rate law; known are {}", word, fmt::join(known, ", ")), at};
    }
    at = end;
  }
  return std::nullopt;
}

std::string as_cpp(const std::string& rate) {
  std::string text;
  for (std::size_t at = 0; at < rate.size();) {
    std::size_t end = at + 1;
    const bool is_word = is_letter(rate[at]), is_number = goes_on_word(rate[at]) || rate[at] == '.';
    if (is_word) {
      while (end < rate.size() && goes_on_word(rate[end])) ++end;
      const std::string word = rate.substr(at, end - at);
      static const std::vector<std::string> laws_of_kpp = {"ARR2", "EP2", "EP3", "FALL"};
      const bool is_of_kpp = std::ranges::find(laws_of_kpp, word) != laws_of_kpp.end();
      text += word == "TEMP" ? "T" : (is_of_kpp ? "kpp." + word : word);
    } else if (is_number) {
      const auto goes_on = [&](char c, char before) {
        return goes_on_word(c) || c == '.' || ((c == '-' || c == '+') && (before == 'e' || before == 'E'));
      };
      while (end < rate.size() && goes_on(rate[end], rate[end - 1])) ++end;
      const std::string number = rate.substr(at, end - at);
      text += number.find_first_of(".eE") == std::string::npos ? number + ".0" : number;
    } else {
      text += rate[at];
    }
    at = end;
  }
  return text;
}

}  // namespace lantian::generator
