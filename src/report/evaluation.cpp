#include "lantian/report/evaluation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>

namespace lantian {

namespace {

/// A predictor's value at a station, species and hour; nothing where it has none.
using Predictor = std::function<std::optional<double>(const StationSeries&, const std::string&, UtcTime)>;

std::optional<double> value_in(const HourlySeries& series, UtcTime hour) {
  const auto found = series.find(hour);
  return found == series.end() ? std::nullopt : std::optional(found->second);
}

const StationSeries* find_station(const std::vector<StationSeries>& all, const std::string& name) {
  const auto found = std::ranges::find(all, name, &StationSeries::station);
  return found == all.end() ? nullptr : &*found;
}

std::optional<double> value_of_run(const std::vector<StationSeries>& run, const std::string& station,
                                   const std::string& species, UtcTime hour) {
  const StationSeries* found = find_station(run, station);
  if (found == nullptr || !found->species.contains(species)) return std::nullopt;
  return value_in(found->species.at(species), hour);
}

/// Sum and count of all stations in each hour, so that one station can be left out.
struct RegionalSums {
  std::map<std::string, std::map<UtcTime, std::pair<double, int>>> by_species;

  explicit RegionalSums(const std::vector<StationSeries>& observed) {
    for (const StationSeries& station : observed) {
      for (const auto& [species, series] : station.species) {
        for (const auto& [hour, value] : series) {
          auto& [sum, count] = by_species[species][hour];
          sum += value;
          ++count;
        }
      }
    }
  }
  [[nodiscard]] std::optional<double> without(const std::string& species, UtcTime hour, double own) const {
    const auto& [sum, count] = by_species.at(species).at(hour);
    if (count < 2) return std::nullopt;
    return (sum - own) / (count - 1);
  }
};

bool is_excluded(const EvaluationOptions& options, const std::string& station) {
  return std::ranges::find(options.excluded, station) != options.excluded.end();
}

/// Mean by hour of the local day over the scored hours of a station.
std::optional<double> diurnal_mean(const EvaluationOptions& options, const HourlySeries& series, UtcTime at) {
  const int wanted = civil_time(at, options.utc_offset_h).hour;
  double sum = 0.0;
  int count = 0;
  for (const auto& [hour, value] : series) {
    if (!is_scored(options, hour) || civil_time(hour, options.utc_offset_h).hour != wanted) continue;
    sum += value;
    ++count;
  }
  return count > 0 ? std::optional(sum / count) : std::nullopt;
}

struct Pairs {
  std::vector<double> observed, predicted;
  void append(const Pairs& more) {
    observed.insert(observed.end(), more.observed.begin(), more.observed.end());
    predicted.insert(predicted.end(), more.predicted.begin(), more.predicted.end());
  }
};

struct NamedPredictor {
  std::string name;
  Predictor predict;
};

std::vector<NamedPredictor> predictors(const EvaluationOptions& options, const RegionalSums& regional,
                                       const std::vector<StationSeries>& model,
                                       const std::vector<StationSeries>& boundary_only) {
  std::vector<NamedPredictor> all;
  all.push_back({"model", [&model](const StationSeries& station, const std::string& species, UtcTime hour) {
                   return value_of_run(model, station.station, species, hour);
                 }});
  if (!boundary_only.empty())
    all.push_back({"boundary_only",
                   [&boundary_only](const StationSeries& station, const std::string& species, UtcTime hour) {
                     return value_of_run(boundary_only, station.station, species, hour);
                   }});
  all.push_back(
      {"regional_mean", [&regional](const StationSeries& station, const std::string& species, UtcTime hour) {
         return regional.without(species, hour, station.species.at(species).at(hour));
       }});
  all.push_back({"mean_diurnal_cycle",
                 [&options](const StationSeries& station, const std::string& species, UtcTime hour) {
                   return diurnal_mean(options, station.species.at(species), hour);
                 }});
  return all;
}

/// Pairs of one station and species for each predictor, on the hours where all of them have a value.
std::vector<Pairs> pairs_of(const EvaluationOptions& options, const StationSeries& station,
                            const std::string& species, const std::vector<NamedPredictor>& all) {
  std::vector<Pairs> pairs(all.size());
  for (const auto& [hour, observed] : station.species.at(species)) {
    if (!is_scored(options, hour)) continue;
    std::vector<double> predicted;
    for (const NamedPredictor& one : all) {
      const auto value = one.predict(station, species, hour);
      if (value) predicted.push_back(*value);
    }
    if (predicted.size() != all.size()) continue;
    for (std::size_t p = 0; p < all.size(); ++p) {
      pairs[p].observed.push_back(observed);
      pairs[p].predicted.push_back(predicted[p]);
    }
  }
  return pairs;
}

}  // namespace

bool is_scored(const EvaluationOptions& options, UtcTime hour) {
  return options.scored.empty() ||
         std::ranges::any_of(options.scored, [hour](const EvaluationOptions::Interval& one) {
           return hour >= one.from && hour < one.to;
         });
}

std::vector<EvaluationRow> evaluate(const EvaluationOptions& options,
                                    const std::vector<StationSeries>& observed,
                                    const std::vector<StationSeries>& model,
                                    const std::vector<StationSeries>& boundary_only) {
  const RegionalSums regional(observed);
  const std::vector<NamedPredictor> all = predictors(options, regional, model, boundary_only);
  const std::array<std::string, 6> species_scored = {"PM25", "PM10", "O3", "NO2", "SO2", "CO"};
  std::vector<EvaluationRow> rows;
  for (const std::string& species : species_scored) {
    std::vector<Pairs> pooled(all.size());
    std::map<std::string, std::vector<Pairs>> by_city;
    for (const StationSeries& station : observed) {
      if (is_excluded(options, station.station) || !station.species.contains(species)) continue;
      const std::vector<Pairs> pairs = pairs_of(options, station, species, all);
      if (pairs[0].observed.empty()) continue;
      auto& city = by_city.try_emplace(station.city, all.size()).first->second;
      for (std::size_t p = 0; p < all.size(); ++p) {
        rows.push_back({species, all[p].name, station.station, station.city,
                        statistics_of(pairs[p].observed, pairs[p].predicted)});
        city[p].append(pairs[p]);
        pooled[p].append(pairs[p]);
      }
    }
    for (const auto& [city, pairs] : by_city)
      for (std::size_t p = 0; p < all.size() && !city.empty(); ++p)
        rows.push_back({species, all[p].name, "all stations of " + city, city,
                        statistics_of(pairs[p].observed, pairs[p].predicted)});
    for (std::size_t p = 0; p < all.size() && !pooled[p].observed.empty(); ++p)
      rows.push_back(
          {species, all[p].name, "all stations", "", statistics_of(pooled[p].observed, pooled[p].predicted)});
  }
  return rows;
}

}  // namespace lantian
