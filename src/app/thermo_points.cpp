#include "thermo_points.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

namespace lantian {

namespace {

/// A column of the input and what may stand in it.
struct Column {
  const char* name;
  double InorganicTotals<double>::*to;
  double lowest, highest;
  const char* unit;
};

using Columns = std::array<Column, 10>;

Columns columns_of(const HumidityRange& humidity) {
  using T = InorganicTotals<double>;
  constexpr double coldest_k = 220.0, hottest_k = 330.0;
  constexpr double most = 1.0e-3;  // 98 mg m-3 of sulphuric acid: beyond it the unit is another one
  constexpr const char* amount = "mol per m3 of air";
  return {{{"T_K", &T::temperature_k, coldest_k, hottest_k, "K"},
           {"RH", &T::relative_humidity, humidity.lowest, humidity.highest, "a fraction"},
           {"tNa", &T::sodium, 0.0, most, amount},
           {"tSO4", &T::sulphate, 0.0, most, amount},
           {"tNH4", &T::ammonia, 0.0, most, amount},
           {"tNO3", &T::nitrate, 0.0, most, amount},
           {"tCl", &T::chloride, 0.0, most, amount},
           {"tCa", &T::calcium, 0.0, most, amount},
           {"tK", &T::potassium, 0.0, most, amount},
           {"tMg", &T::magnesium, 0.0, most, amount}}};
}

std::vector<std::string> names_of(const Columns& columns) {
  std::vector<std::string> names;
  for (const Column& column : columns) names.emplace_back(column.name);
  return names;
}

/// Missing and unknown columns, all of them.
void check_header(const CsvTable& table, const Columns& columns) {
  Problems problems;
  const std::vector<std::string> names = names_of(columns);
  for (const std::string& name : names)
    if (!table.column(name))
      problems.add(fmt::format("{}: there is no column \"{}\"; found {}; needed are {}", table.path(), name,
                               fmt::join(table.header(), ", "), fmt::join(names, ", ")));
  for (const std::string& found : table.header())
    if (std::ranges::find(names, found) == names.end())
      problems.add(fmt::format("{}: the column \"{}\" is not known; known are {}{}", table.path(), found,
                               fmt::join(names, ", "), did_you_mean(found, names)));
  problems.throw_if_any();
}

double checked_value(const CsvTable& table, std::size_t row, const Column& column, Problems& problems) {
  const std::size_t at = *table.column(column.name);
  const std::string& text = table.cell(row, at);
  const std::optional<double> value = parse_number(text);
  if (value && std::isfinite(*value) && *value >= column.lowest && *value <= column.highest) return *value;
  problems.add(fmt::format("{}: {}: found {}; a number from {:g} to {:g} ({}) is needed", table.place(row),
                           column.name, text.empty() ? "nothing" : "\"" + text + "\"", column.lowest,
                           column.highest, column.unit));
  return column.lowest;
}

/// pH of free hydrogen ions: -log10 of their molality.
double ph_of(const InorganicEquilibrium<double>& e) {
  return -std::log10(std::max(e.h, 1.0e-300) / e.water_kg_m3);
}

}  // namespace

ThermoTable read_thermo_points(const std::string& path, const HumidityRange& humidity) {
  ThermoTable table{.cells = CsvTable::read(path), .points = {}};
  const Columns columns = columns_of(humidity);
  check_header(table.cells, columns);
  if (table.cells.rows() == 0)
    throw DataError(fmt::format("{}: holds no rows; one point a row is needed", path));
  Problems problems;
  table.points.resize(table.cells.rows());
  for (std::size_t row = 0; row < table.points.size(); ++row)
    for (const Column& column : columns)
      table.points[row].*(column.to) = checked_value(table.cells, row, column, problems);
  problems.throw_if_any();
  return table;
}

std::string thermo_csv(const ThermoTable& table, const std::vector<InorganicEquilibrium<double>>& answers) {
  const std::vector<std::string>& header = table.cells.header();
  std::string text =
      fmt::format("{},gNH3,gHNO3,gHCl,H2O_mol,H_mol,NH4,Na,Ca,K,Mg,SO4,HSO4,NO3,Cl,OH,CaSO4,pH,residual\n",
                  fmt::join(header, ","));
  for (std::size_t row = 0; row < answers.size(); ++row) {
    const InorganicEquilibrium<double>& e = answers[row];
    for (std::size_t c = 0; c < header.size(); ++c) text += table.cells.cell(row, c) + ',';
    fmt::format_to(
        std::back_inserter(text), "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{:.4f},{:.1e}\n",
        e.ammonia_gas, e.nitric_acid_gas, e.hydrochloric_acid_gas, e.water_kg_m3 / water_kg_mol, e.h, e.nh4,
        e.na, e.ca, e.k, e.mg, e.so4, e.hso4, e.no3, e.cl, e.oh, e.calcium_sulphate, ph_of(e), e.residual);
  }
  return text;
}

}  // namespace lantian
