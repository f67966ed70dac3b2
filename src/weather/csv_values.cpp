#include "csv_values.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace lantian {

std::optional<std::vector<std::size_t>> required_columns(const CsvTable& table,
                                                         const std::vector<std::string>& names,
                                                         Problems& problems) {
  std::vector<std::size_t> columns;
  bool is_whole = true;
  for (const std::string& name : names) try {
      columns.push_back(table.required_column(name));
    } catch (const DataError& fault) {
      problems.add(fault);
      is_whole = false;
    }
  return is_whole ? std::optional(columns) : std::nullopt;
}

std::optional<double> checked_number(const CsvTable& table, std::size_t row, std::size_t column,
                                     const CsvQuantity& quantity, Problems& problems) {
  const std::size_t faults = problems.sentences().size();
  const auto value = table.number(row, column, problems);
  if (problems.sentences().size() > faults) return std::nullopt;
  if (!value) {
    problems.add(fmt::format("{}: {} is empty; every record needs one", table.place(row), quantity.column));
    return std::nullopt;
  }
  if (*value >= quantity.least && *value <= quantity.most) return value;
  const bool looks = *value >= quantity.look_least && *value <= quantity.look_most;
  problems.add(fmt::format("{}: {} is {:g}; {:g} to {:g} is allowed.{}", table.place(row), quantity.column,
                           *value, quantity.least, quantity.most, looks ? " " + quantity.lookalike : ""));
  return std::nullopt;
}

std::string listed(const std::vector<std::string>& texts) {
  constexpr std::size_t most = 5;
  std::string list;
  for (std::size_t n = 0; n < texts.size() && n < most; ++n) list += (n > 0 ? ", " : "") + texts[n];
  return texts.size() > most ? fmt::format("{}, ... ({} in all)", list, texts.size()) : list;
}

EarthWind wind_from(double speed_m_s, double direction_deg) {
  const double from = direction_deg * std::numbers::pi / 180.0;
  return {-speed_m_s * std::sin(from), -speed_m_s * std::cos(from)};
}

}  // namespace lantian
