#pragma once

#include "source_plan.hpp"

#include "lantian/config/plume_case.hpp"
#include "lantian/plume/plume_case.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace lantian::steady {

/// What is emitted where a pollutant is wanted: NOx for NO2.
[[nodiscard]] std::string emitted_as(const std::string& pollutant);

/// The first of all that does not fall, and one for each pollutant that [deposition] names.
[[nodiscard]] std::vector<FallClass> fall_classes(const PlumeCase& configuration);

/// Concentrations of plume.pollutants and, with deposition.output, what falls of each.
/// @param emitted  pollutants of the sources.
[[nodiscard]] std::vector<Quantity> quantities_of(const PlumeCase& configuration,
                                                  const std::vector<std::string>& emitted);

/// The rates of the pollutants of a class; 0 for others.
[[nodiscard]] std::vector<double> rates_in(const SourcePlan& plan, std::size_t fall,
                                           std::span<const double> rate_g_s);

/// Lays out the series of values of an hour when all sources stand in their order.
void lay_out_series(const PlumeCase& configuration, SourcePlan& plan);

/// How the engine works out the plumes of a class.
[[nodiscard]] plume::Options options_of(const PlumeCase& configuration, const FallClass& fall);

}  // namespace lantian::steady
