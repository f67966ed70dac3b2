#pragma once

#include "lantian/io/csv_table.hpp"
#include "lantian/processes/inorganic_points.hpp"

#include <string>
#include <vector>

namespace lantian {

/// Points of `lantian thermo`: the rows as they were written and as numbers.
struct ThermoTable {
  CsvTable cells;
  std::vector<InorganicTotals<double>> points;

  /// "file:line" of a point.
  [[nodiscard]] std::string place(std::size_t point) const { return cells.place(point); }
};

/// Reads T_K, RH and totals in mol m-3.
/// @throws MissingFileError, DataError or Error with all faults: file, line, column, value found, what is
/// allowed.
[[nodiscard]] ThermoTable read_thermo_points(const std::string& path, const HumidityRange& humidity);

/// The rows with what stands in equilibrium.
[[nodiscard]] std::string thermo_csv(const ThermoTable& table,
                                     const std::vector<InorganicEquilibrium<double>>& answers);

}  // namespace lantian
