#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/io/csv_table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// A column of numbers with its range, and the mistakes that are known.
struct CsvQuantity {
  std::string column;
  double least, most;
  std::string lookalike{};  // said when a value lies in [look_least, look_most]
  double look_least = 0.0, look_most = -1.0;
};

/// Column indices of the names; a fault for each that is missing, and nothing then.
[[nodiscard]] std::optional<std::vector<std::size_t>> required_columns(const CsvTable& table,
                                                                       const std::vector<std::string>& names,
                                                                       Problems& problems);

/// The number in a cell; a fault when it is empty, no number, or out of range.
[[nodiscard]] std::optional<double> checked_number(const CsvTable& table, std::size_t row, std::size_t column,
                                                   const CsvQuantity& quantity, Problems& problems);

/// "..., 17 hours in all: 2020-03-31T03:00:00Z, ..." of the first few.
[[nodiscard]] std::string listed(const std::vector<std::string>& texts);

/// East and north part of a wind that comes from a direction.
struct EarthWind {
  double east_m_s, north_m_s;
};
[[nodiscard]] EarthWind wind_from(double speed_m_s, double direction_deg);

}  // namespace lantian
