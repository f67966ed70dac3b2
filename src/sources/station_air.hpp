#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/base/time.hpp"
#include "lantian/config/station_rules.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// Hourly series of boundary stations by direction, gaps filled.
///
/// A gap of up to three hours is bridged linearly; a longer one takes the sector's mean diurnal shape, scaled
/// to what stands before and after it.
class StationAir {
 public:
  /// @throws DataError, MissingFileError, ConfigError
  StationAir(const std::string& csv, const std::string& rules);

  [[nodiscard]] const StationRules& rules() const { return rules_; }
  /// Columns of the table: PM25, O3, ... [ug m-3].
  [[nodiscard]] std::vector<std::string> pollutants() const;
  /// Value [ug m-3] of the hour that begins at `hour` for air from `azimuth_deg`, interpolated between
  /// sectors.
  [[nodiscard]] std::optional<double> at(const std::string& pollutant, UtcTime hour,
                                         double azimuth_deg) const;
  /// Air above the station's own layer: between the means of the afternoons (day_begin_h to day_end_h) before
  /// and after the hour, linear from middle to middle; the first one before it, the last one after it.
  ///
  /// What lies aloft at night and in the morning is left from the afternoon before and is mixed down to the
  /// station by the next one, so that both are samples of it.
  [[nodiscard]] std::optional<double> between_afternoons(const std::string& pollutant, UtcTime hour,
                                                         double azimuth_deg) const;

 private:
  using Series = std::map<UtcTime, double>;
  void fill_gaps(Series& series) const;
  /// Mean of each afternoon, at its middle.
  [[nodiscard]] Series afternoons_of(const Series& hours) const;
  template <class Value>
  [[nodiscard]] std::optional<double> between_sectors(double azimuth_deg, const Value& value) const;

  StationRules rules_;
  std::vector<std::map<std::string, Series>> sectors_;     // by sector of the rules, by pollutant
  std::vector<std::map<std::string, Series>> afternoons_;  // by the instant of an afternoon's middle
};

}  // namespace lantian
