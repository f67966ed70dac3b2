#include "photolysis_spectrum.hpp"

#include "embedded/photolysis_bands.hpp"
#include "embedded/photolysis_cross_sections.hpp"
#include "embedded/photolysis_ozone.hpp"
#include "embedded/photolysis_ozone_profile.hpp"
#include "photolysis/optics.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

namespace lantian {

namespace {

CsvTable table_of(const std::string& name, std::string_view text) {
  return CsvTable::parse("inputs/photolysis/" + name, std::string(text));
}

double number_of(const CsvTable& table, std::size_t row, const std::string& column) {
  Problems problems;
  const auto value = table.number(row, table.required_column(column), problems);
  problems.throw_if_any();
  return value.value();
}

/// Place of a reaction among all. @throws DataError for a name that mechanisms do not know.
std::size_t place_of(const CsvTable& table, std::size_t row) {
  const std::string& name = table.cell(row, table.required_column("reaction"));
  const auto found = std::ranges::find(photolysis_names, name);
  if (found == photolysis_names.end())
    throw DataError(fmt::format("{}: \"{}\" is no photolysis reaction; known are {}", table.place(row), name,
                                fmt::join(photolysis_names, ", ")));
  return static_cast<std::size_t>(found - photolysis_names.begin());
}

}  // namespace

double SpectralStep::ozone_cm2(double temperature_k) const {
  constexpr double cold_k = 218.0, warm_k = 295.5;
  const double share = std::clamp((temperature_k - cold_k) / (warm_k - cold_k), 0.0, 1.2);
  return ozone_cold_cm2 + share * (ozone_warm_cm2 - ozone_cold_cm2);
}

PhotolysisSpectrum::PhotolysisSpectrum() {
  read_steps();
  read_yields();
  read_profile();
}

/// Cuts the intervals of the ozone table at the edges of the bands; above it the bands stand whole.
void PhotolysisSpectrum::read_steps() {
  const CsvTable bands = table_of("bands.csv", embedded::photolysis_bands);
  const CsvTable ozone = table_of("ozone.csv", embedded::photolysis_ozone);
  for (std::size_t b = 0; b < bands.rows(); ++b) {
    const double begin = number_of(bands, b, "begin_nm"), end = number_of(bands, b, "end_nm");
    const double photons = number_of(bands, b, "photons_per_cm2_s"), whole = number_of(bands, b, "ozone_cm2");
    if (whole > 0.0) {
      steps_.push_back({number_of(bands, b, "effective_nm"), photons, whole, whole, static_cast<int>(b)});
      continue;
    }
    for (std::size_t n = 0; n < ozone.rows(); ++n) {
      const double from = std::max(begin, number_of(ozone, n, "begin_nm"));
      const double to = std::min(end, number_of(ozone, n, "end_nm"));
      if (to <= from) continue;
      steps_.push_back({0.5 * (from + to), photons * (to - from) / (end - begin),
                        number_of(ozone, n, "at_295k_cm2"), number_of(ozone, n, "at_218k_cm2"),
                        static_cast<int>(b)});
    }
  }
}

void PhotolysisSpectrum::read_yields() {
  const CsvTable table = table_of("cross_sections.csv", embedded::photolysis_cross_sections);
  for (std::size_t n = 0; n < table.rows(); ++n) {
    Row row{number_of(table, n, "temperature_k"), {}};
    for (std::size_t b = 0; b < row.yield_cm2.size(); ++b)
      row.yield_cm2[b] = number_of(table, n, fmt::format("band_{}", b + 1));
    yields_[place_of(table, n)].push_back(row);
  }
}

void PhotolysisSpectrum::read_profile() {
  const CsvTable table = table_of("ozone_profile.csv", embedded::photolysis_ozone_profile);
  for (std::size_t n = 0; n < table.rows(); ++n) {
    profile_km_.push_back(number_of(table, n, "height_km"));
    profile_per_cm3_.push_back(number_of(table, n, "ozone_per_cm3"));
  }
}

double PhotolysisSpectrum::ozone_per_cm3(double height_km) const {
  if (height_km >= profile_km_.back()) return 0.0;
  const auto above = std::ranges::upper_bound(profile_km_, height_km);
  const auto n = static_cast<std::size_t>(above - profile_km_.begin());
  const double share = (height_km - profile_km_[n - 1]) / (profile_km_[n] - profile_km_[n - 1]);
  return profile_per_cm3_[n - 1] * std::pow(profile_per_cm3_[n] / profile_per_cm3_[n - 1], share);
}

std::array<double, photolysis_count> PhotolysisSpectrum::yields_cm2(const SpectralStep& step,
                                                                    double temperature_k) const {
  std::array<double, photolysis_count> all{};
  const auto band = static_cast<std::size_t>(step.band);
  for (std::size_t r = 0; r < all.size(); ++r) {
    const std::vector<Row>& rows = yields_[r];
    if (rows.empty()) {  // O(1D): from the same steps as ozone, for both change within a band
      constexpr std::size_t resolved_bands = 5;
      all[r] = band < resolved_bands
                   ? step.ozone_cm2(temperature_k) * o1d_quantum_yield(step.wavelength_nm, temperature_k)
                   : 0.0;
      continue;
    }
    const double t = std::clamp(temperature_k, rows.front().temperature_k, rows.back().temperature_k);
    std::size_t n = 1;
    while (n + 1 < rows.size() && rows[n].temperature_k < t) ++n;
    const Row &cold = rows[n - 1], &warm = rows[n];
    const double share = (t - cold.temperature_k) / (warm.temperature_k - cold.temperature_k);
    all[r] = cold.yield_cm2[band] + share * (warm.yield_cm2[band] - cold.yield_cm2[band]);
  }
  return all;
}

}  // namespace lantian
