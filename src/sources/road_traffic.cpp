#include "road_traffic.hpp"

#include "embedded/road_speed.hpp"
#include "embedded/road_vehicles.hpp"

#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/base/time.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace lantian {

namespace {

constexpr double most_vehicles_a_day = 1.0e6;  // the busiest motorways of the world carry half of it
constexpr double most_km_h = 200.0;

const std::vector<std::string> pollutants = {"NOx", "VOC", "SO2", "NH3", "CO", "PM25", "PM10"};

using ByStandard = std::map<std::string, GramsPerKm>;

std::vector<std::string> names_of(const auto& map) {
  std::vector<std::string> names;
  names.reserve(map.size());
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

/// A number of a cell that must be there and not negative.
std::optional<double> needed(const CsvTable& table, std::size_t row, const std::string& column,
                             Problems& problems) {
  const std::size_t faults = problems.sentences().size(), at = table.required_column(column);
  const auto value = table.number(row, at, problems);
  if (value && *value >= 0.0) return value;
  if (problems.sentences().size() == faults)
    problems.add(
        fmt::format("{}: {}: \"{}\" is no number from 0 on", table.place(row), column, table.cell(row, at)));
  return std::nullopt;
}

std::map<std::string, ByStandard> read_factors(const CsvTable& table, Problems& problems) {
  std::map<std::string, ByStandard> factors;
  const std::size_t vehicle_class = table.required_column("vehicle_class"),
                    standard = table.required_column("standard"),
                    pollutant = table.required_column("pollutant");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string& name = table.cell(row, pollutant);
    const auto value = needed(table, row, "g_per_km", problems);
    if (std::ranges::find(pollutants, name) == pollutants.end())
      problems.add(fmt::format("{}: \"{}\" is no pollutant; known are {}.{}", table.place(row), name,
                               fmt::join(pollutants, ", "), did_you_mean(name, pollutants)));
    GramsPerKm& grams = factors[table.cell(row, vehicle_class)][table.cell(row, standard)];
    if (value && !grams.try_emplace(name, *value).second)
      problems.add(fmt::format("{}: {} of {} {} stands there a second time", table.place(row), name,
                               table.cell(row, vehicle_class), table.cell(row, standard)));
  }
  return factors;
}

/// Shares of the standards in a class, by class.
std::map<std::string, std::map<std::string, double>> read_fleet(const CsvTable& table, Problems& problems) {
  std::map<std::string, std::map<std::string, double>> fleet;
  const std::size_t vehicle_class = table.required_column("vehicle_class"),
                    standard = table.required_column("standard");
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (const auto share = needed(table, row, "share", problems))
      if (!fleet[table.cell(row, vehicle_class)].try_emplace(table.cell(row, standard), *share).second)
        problems.add(fmt::format("{}: {} {} stands there a second time", table.place(row),
                                 table.cell(row, vehicle_class), table.cell(row, standard)));
  for (auto& [name, shares] : fleet) {
    double sum = 0.0;
    for (const auto& [one, share] : shares) sum += share;
    if (std::fabs(sum - 1.0) > 1.0e-6)
      problems.add(
          fmt::format("{}: the shares of {} add up to {}; they must add up to 1", table.path(), name, sum));
    for (auto& [one, share] : shares) share /= sum;
  }
  return fleet;
}

/// The mean of a class over its standards.
GramsPerKm weighted(const ByStandard& factors, const std::map<std::string, double>& shares,
                    const std::string& where, Problems& problems) {
  GramsPerKm mean;
  std::set<std::string> known;
  for (const auto& [standard, share] : shares)
    if (const auto grams = factors.find(standard); grams != factors.end())
      for (const auto& [pollutant, value] : grams->second) known.insert(pollutant);
  for (const auto& [standard, share] : shares) {
    const auto grams = factors.find(standard);
    if (grams == factors.end()) {
      problems.add(
          fmt::format("{}: there are no factors for standard \"{}\"; known are {}; a table of your "
                      "own goes into emission_factors",
                      where, standard, fmt::join(names_of(factors), ", ")));
      continue;
    }
    for (const std::string& pollutant : known) {
      const auto value = grams->second.find(pollutant);
      if (value == grams->second.end())
        problems.add(fmt::format("{}: standard \"{}\" has no factor for {}, others have one", where, standard,
                                 pollutant));
      else
        mean[pollutant] += share * value->second;
    }
  }
  return mean;
}

CsvTable table_of(const Case& configuration, const std::string& own, const std::string& name,
                  std::string_view embedded) {
  if (own.empty()) return CsvTable::parse("inputs/emission_factors/" + name, std::string(embedded));
  return CsvTable::read(configuration.resolve(own));
}

}  // namespace

std::map<std::string, GramsPerKm> fleet_factors(const CsvTable& factors, const CsvTable& fleet,
                                                const std::vector<std::string>& classes, Problems& problems) {
  const auto by_class = read_factors(factors, problems);
  const auto shares = read_fleet(fleet, problems);
  std::map<std::string, GramsPerKm> means;
  for (const std::string& name : classes) {
    const auto of_class = by_class.find(name);
    if (of_class == by_class.end()) {
      const std::vector<std::string> known = names_of(by_class);
      problems.add(fmt::format("{}: there is no vehicle class \"{}\"; known are {}.{}", factors.path(), name,
                               fmt::join(known, ", "), did_you_mean(name, known)));
      continue;
    }
    const auto of_fleet = shares.find(name);
    if (of_fleet == shares.end()) {
      problems.add(fmt::format("{}: vehicle class \"{}\" has no standards; found {}", fleet.path(), name,
                               fmt::join(names_of(shares), ", ")));
      continue;
    }
    means[name] =
        weighted(of_class->second, of_fleet->second, fmt::format("{}: {}", fleet.path(), name), problems);
  }
  return means;
}

SpeedFactors::SpeedFactors(const CsvTable& table, Problems& problems) {
  const std::size_t vehicle_class = table.required_column("vehicle_class"),
                    pollutant = table.required_column("pollutant");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto from = needed(table, row, "from_km_h", problems), to = needed(table, row, "to_km_h", problems),
               factor = needed(table, row, "factor", problems);
    if (!from || !to || !factor) continue;
    auto& rows = rows_[table.cell(row, vehicle_class)][table.cell(row, pollutant)];
    const bool overlaps = std::ranges::any_of(
        rows, [&](const Row& other) { return *from < other.to_km_h && other.from_km_h < *to; });
    if (*from >= *to || overlaps)
      problems.add(fmt::format("{}: {} to {} km/h {}", table.place(row), *from, *to,
                               overlaps ? "stands in another row too" : "is no range"));
    rows.push_back({*from, *to, *factor});
  }
}

double SpeedFactors::at(const std::string& vehicle_class, const std::string& pollutant,
                        double speed_km_h) const {
  const auto of_class = rows_.find(vehicle_class);
  if (of_class == rows_.end()) return 1.0;
  const auto of_pollutant = of_class->second.find(pollutant);
  if (of_pollutant == of_class->second.end()) return 1.0;
  for (const Row& row : of_pollutant->second)
    if (speed_km_h >= row.from_km_h && speed_km_h < row.to_km_h) return row.factor;
  return 1.0;
}

bool SpeedFactors::knows(const std::string& vehicle_class) const {
  return rows_.contains(vehicle_class);
}

RoadTraffic::RoadTraffic(const Case& configuration, const LineConfig& config, int year, Problems& problems)
    : config_(config), days_(days_in_year(year)) {
  const std::vector<std::string> classes = names_of(config.traffic);
  factors_ = fleet_factors(
      table_of(configuration, config.emission_factors, "road_vehicles.csv", embedded::road_vehicles),
      CsvTable::read(configuration.resolve(config.fleet)), classes, problems);
  if (config.speed.empty()) return;
  speed_factors_.emplace(
      table_of(configuration, config.speed_factors, "road_speed.csv", embedded::road_speed), problems);
  std::vector<std::string> rigid;
  for (const std::string& name : classes)
    if (!speed_factors_->knows(name)) rigid.push_back(name);
  if (!rigid.empty())
    log_info(fmt::format("sector \"{}\": the speed of a road does not change the factors of {}",
                         config.sector, fmt::join(rigid, ", ")));
}

Tonnes RoadTraffic::tonnes(const GeoFeature& road, double length_m, FeatureFaults& faults) const {
  Tonnes tonnes;
  std::optional<double> speed_km_h;
  if (speed_factors_)
    speed_km_h = number_of(road, {config_.speed, "km/h, the mean speed", 1.0, most_km_h, false}, faults);
  for (const auto& [vehicle_class, property] : config_.traffic) {
    const auto count = number_of(
        road, {property, fmt::format("vehicles a day of {}", vehicle_class), 0.0, most_vehicles_a_day, true},
        faults);
    const auto factors = factors_.find(vehicle_class);
    if (!count || factors == factors_.end()) continue;
    for (const auto& [pollutant, g_per_km] : factors->second) {
      const double at_speed = speed_km_h ? speed_factors_->at(vehicle_class, pollutant, *speed_km_h) : 1.0;
      tonnes[pollutant] += 1.0e-6 * *count * days_ * 1.0e-3 * length_m * g_per_km * at_speed;
    }
  }
  return tonnes;
}

}  // namespace lantian
