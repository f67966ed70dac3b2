#include "table_text.hpp"

#include "deck_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <cstdlib>

namespace lantian::plume {

std::string exponential(double value) {
  if (value == 0.0) return " 0.000000E+00";
  // Five digits after the first, then the point one place to the left.
  std::string digits = fmt::format("{:.5e}", std::abs(value));
  const std::size_t e = digits.find('e');
  const int exponent = std::atoi(digits.c_str() + e + 1) + 1;
  const std::string mantissa = digits.substr(0, 1) + digits.substr(2, e - 2);
  const std::string power =
      std::abs(exponent) > 99 ? fmt::format("{:+04}", exponent) : fmt::format("E{:+03}", exponent);
  return fmt::format("{:>13}", fmt::format("{}0.{}{}", value < 0.0 ? "-" : "", mantissa, power));
}

std::string fixed(double value) {
  const std::string text = fmt::format("{:13.5f}", value);
  constexpr std::size_t width = 13;
  return text.size() == width ? text : exponential(value);
}

std::vector<ResultType> result_types(const Deck& deck) {
  std::vector<ResultType> types;
  if (deck.with_concentration)
    types.push_back({"CONC", "AVERAGE CONC", "AVERAGE CONCENTRATION   ", false, deck.concentration_unit});
  if (deck.with_deposition)
    types.push_back({"DEPO", " TOTAL DEPO ", "TOTAL DEPOSITION        ", true, deck.deposition_unit});
  if (deck.with_dry)
    types.push_back({"DDEP", "  DRY DEPO  ", "DRY DEPOSITION          ", true, deck.deposition_unit});
  if (deck.with_wet)
    types.push_back({"WDEP", "  WET DEPO  ", "WET DEPOSITION          ", true, deck.deposition_unit});
  return types;
}

std::string short_name(const AveragingTime& average) {
  return fmt::format("{:>5}", average.name());
}

std::string rank_name(int rank) {
  return fmt::format("{:>5}", ordinal(rank));
}

std::string file_header(const Deck& deck, const TableOrigin& origin) {
  return fmt::format("* {}: {:.68}\n* AERMET ({:>6}): {:.68}\n* MODELING OPTIONS USED:   {}\n",
                     origin.program, deck.titles[0], origin.aermet, deck.titles[1],
                     fmt::join(deck.option_words, "  "));
}

std::string kind_name(ReceptorKind kind) {
  switch (kind) {
    case ReceptorKind::grid_cartesian:
      return "GC";
    case ReceptorKind::grid_polar:
      return "GP";
    case ReceptorKind::discrete_cartesian:
      return "DC";
    case ReceptorKind::discrete_polar:
      return "DP";
  }
  return "";
}

}  // namespace lantian::plume
