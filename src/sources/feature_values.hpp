#pragma once

#include "geojson.hpp"

#include <limits>
#include <map>
#include <optional>
#include <string>

namespace lantian {

/// Tonnes of each pollutant.
using Tonnes = std::map<std::string, double>;

constexpr double any = std::numeric_limits<double>::max();

/// What a property of a feature stands for, and its bounds.
struct NumberProperty {
  std::string name, meaning;  // "vehicles a day"
  double least, most;         // most: `any` when there is no bound
  bool may_be_null;
};

/// A property's number; nothing when it is null and may be, or, with a fault, when it is missing, no number
/// or out of bounds.
[[nodiscard]] std::optional<double> number_of(const GeoFeature& feature, const NumberProperty& property,
                                              FeatureFaults& faults);

/// PM10 becomes PMC, what it holds beyond PM25; a fault when it holds less.
void make_coarse(Tonnes& tonnes, const FeaturePlace& at, FeatureFaults& faults);

}  // namespace lantian
