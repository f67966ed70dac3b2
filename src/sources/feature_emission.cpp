#include "feature_emission.hpp"

#include "inventory_units.hpp"
#include "road_traffic.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

namespace lantian {

namespace {

const std::vector<std::string> pollutants = {"NOx", "VOC", "SO2", "NH3", "CO", "PM25", "PM10"};

/// Emission from the properties that `variables` names.
FeatureEmission emission_of_values(const FeatureConfig& config, const char* key, Extent extent, int year,
                                   Problems& problems) {
  std::map<std::string, FeatureToTonnes> conversions;
  for (const auto& [pollutant, property] : config.variables) {
    if (std::ranges::find(pollutants, pollutant) == pollutants.end()) {
      problems.add(fmt::format(R"({} "{}": "{}" is no pollutant; known are {}.{})", key, config.sector,
                               pollutant, fmt::join(pollutants, ", "), did_you_mean(pollutant, pollutants)));
      continue;
    }
    try {
      conversions[pollutant] = feature_conversion(config.units, pollutant, year, extent);
    } catch (const DataError& error) {
      problems.add(fmt::format("{} \"{}\": {}", key, config.sector, error.what()));
      return {};
    }
  }
  return [conversions, config](const GeoFeature& feature, double length_or_area, FeatureFaults& faults) {
    Tonnes tonnes;
    for (const auto& [pollutant, conversion] : conversions) {
      const auto value = number_of(
          feature,
          {config.variables.at(pollutant), fmt::format("{} of {}", config.units, pollutant), 0.0, any, true},
          faults);
      if (value)
        tonnes[pollutant] = *value * conversion.factor * (conversion.is_per_extent ? length_or_area : 1.0);
    }
    return tonnes;
  };
}

}  // namespace

FeatureEmission emission_of_lines(const LineConfig& config, const Case& configuration, int year,
                                  Problems& problems) {
  if (config.traffic.empty())
    return emission_of_values(config, "emissions.lines", Extent::length, year, problems);
  try {
    const auto traffic = std::make_shared<const RoadTraffic>(configuration, config, year, problems);
    return [traffic](const GeoFeature& road, double length_m, FeatureFaults& faults) {
      return traffic->tonnes(road, length_m, faults);
    };
  } catch (const Error& error) {  // of the tables
    problems.add(error);
    return {};
  }
}

FeatureEmission emission_of_areas(const FeatureConfig& config, int year, Problems& problems) {
  return emission_of_values(config, "emissions.areas", Extent::area, year, problems);
}

}  // namespace lantian
