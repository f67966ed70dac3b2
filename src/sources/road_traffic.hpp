#pragma once

#include "feature_values.hpp"

#include "lantian/config/case.hpp"
#include "lantian/io/csv_table.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// Grams a kilometre of each pollutant.
using GramsPerKm = std::map<std::string, double>;

/// Factors of the vehicle classes of a fleet: those of its standards, weighted with their shares, at the
/// speed for which they stand.
///
/// `factors`: vehicle_class, standard, pollutant, g_per_km. `fleet`: vehicle_class, standard, share; the
/// shares of a class add up to 1 within 1e-6. Faults go to `problems`: a class or standard without factors, a
/// pollutant that some standards of a class have and others lack.
[[nodiscard]] std::map<std::string, GramsPerKm> fleet_factors(const CsvTable& factors, const CsvTable& fleet,
                                                              const std::vector<std::string>& classes,
                                                              Problems& problems);

/// What multiplies a factor at a speed; 1 where the table has nothing.
class SpeedFactors {
 public:
  /// `table`: vehicle_class, pollutant, from_km_h, to_km_h, factor.
  SpeedFactors(const CsvTable& table, Problems& problems);
  /// @pre  the speed is in from <= speed < to of one row at most.
  [[nodiscard]] double at(const std::string& vehicle_class, const std::string& pollutant,
                          double speed_km_h) const;
  [[nodiscard]] bool knows(const std::string& vehicle_class) const;

 private:
  struct Row {
    double from_km_h, to_km_h, factor;
  };
  std::map<std::string, std::map<std::string, std::vector<Row>>> rows_;  // class, pollutant
};

/// Exhaust of roads from counts of vehicles.
class RoadTraffic {
 public:
  /// Faults of the tables go to `problems`.
  RoadTraffic(const Case& configuration, const LineConfig& config, int year, Problems& problems);

  /// Tonnes of each pollutant in the year on a road of a length.
  [[nodiscard]] Tonnes tonnes(const GeoFeature& road, double length_m, FeatureFaults& faults) const;

 private:
  LineConfig config_;
  double days_;
  std::map<std::string, GramsPerKm> factors_;  // by class
  std::optional<SpeedFactors> speed_factors_;  // where the roads have speeds
};

}  // namespace lantian
