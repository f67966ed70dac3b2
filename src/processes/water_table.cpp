#include "aerosol/isorropia_regimes.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"
#include "lantian/processes/inorganic_points.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

std::size_t nearest_per_cent(double relative_humidity) {
  const double index = std::floor(100.0 * relative_humidity + 0.5);
  return static_cast<std::size_t>(std::clamp(index, 1.0, 100.0));
}

/// Reads the table row by row and tells what is wrong with each.
class WaterTableReader {
 public:
  using Values = std::array<std::array<double, WaterTable::humidities>, WaterTable::salts>;

  explicit WaterTableReader(const std::string& path)
      : table_(CsvTable::read(path)),
        salt_(table_.required_column("salt")),
        humidity_(table_.required_column("a_w")),
        molality_(table_.required_column("molality_mol_per_kg")) {}

  Values read() {
    for (std::size_t row = 0; row < table_.rows(); ++row) read_row(row);
    for (std::size_t s = 0; s < WaterTable::salts; ++s)
      for (std::size_t n = 0; n < WaterTable::humidities; ++n)
        if (values_[s][n] == 0.0 && problems_.empty())
          problems_.add(fmt::format(
              "{}: {} has no molality at a_w {:.2f}; each of {} needs one at 0.01, 0.02, ... 1.00",
              table_.path(), water_salt_names[s], 0.01 * static_cast<double>(n + 1),
              fmt::join(water_salt_names, ", ")));
    problems_.throw_if_any();
    return values_;
  }

 private:
  void refuse(std::size_t row, const std::string& why) {
    problems_.add(fmt::format("{}: {}", table_.place(row), why));
  }

  void read_row(std::size_t row) {
    const std::string& name = table_.cell(row, salt_);
    const auto found =
        std::ranges::find_if(water_salt_names, [&](const char* known) { return name == known; });
    if (found == water_salt_names.end())
      return refuse(row, fmt::format("salt: \"{}\" is not known; salts are {}", name,
                                     fmt::join(water_salt_names, ", ")));
    const auto humidity = table_.number(row, humidity_, problems_),
               molality = table_.number(row, molality_, problems_);
    const std::size_t index = nearest_per_cent(humidity.value_or(0.0));
    constexpr double rounding = 1.0e-6;
    if (!humidity || std::fabs(100.0 * *humidity - static_cast<double>(index)) > rounding)
      return refuse(
          row, fmt::format("a_w: found {}; 0.01, 0.02, ... 1.00 are allowed", table_.cell(row, humidity_)));
    if (!molality || *molality <= 0.0)
      return refuse(row, fmt::format("molality_mol_per_kg: found {}; a number above 0 is needed",
                                     table_.cell(row, molality_)));
    double& value = values_[static_cast<std::size_t>(found - water_salt_names.begin())][index - 1];
    if (value != 0.0) return refuse(row, fmt::format("{} at a_w {:.2f} comes twice", name, *humidity));
    value = *molality;
  }

  CsvTable table_;
  std::size_t salt_, humidity_, molality_;
  Values values_{};
  Problems problems_;
};

}  // namespace

WaterTable WaterTable::read(const std::string& path) {
  static_assert(salts == water_salt_count);
  WaterTable table;
  table.molality_ = WaterTableReader(path).read();
  return table;
}

double WaterTable::molality(std::size_t salt, double relative_humidity) const {
  return molality_[salt][nearest_per_cent(relative_humidity) - 1];
}

}  // namespace lantian
