#pragma once

#include "feature_values.hpp"

#include "lantian/config/case.hpp"

#include <functional>

namespace lantian {

/// What turns a feature of a length [m] or an area [m2] into tonnes of the year.
using FeatureEmission = std::function<Tonnes(const GeoFeature&, double extent, FeatureFaults&)>;

/// Emission of [[emissions.lines]], from values or from traffic. Empty when a fault went to `problems`.
[[nodiscard]] FeatureEmission emission_of_lines(const LineConfig& config, const Case& configuration, int year,
                                                Problems& problems);

/// Emission of [[emissions.areas]]. Empty when a fault went to `problems`.
[[nodiscard]] FeatureEmission emission_of_areas(const FeatureConfig& config, int year, Problems& problems);

}  // namespace lantian
