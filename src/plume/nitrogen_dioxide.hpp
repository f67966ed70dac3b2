#pragma once

#include "lantian/plume/plume_case.hpp"

#include <optional>
#include <span>
#include <vector>

namespace lantian::plume {

/// Makes NO2 of the NOx (as NO2) that every source brings, [source][receptor] in ug m-3, where the options
/// ask for it.
///
/// By ARM2 a receptor's NOx of all sources decides; by OLM that of the sources of an ozone group, which share
/// the air's ozone, while a source without a group has it for itself. Each source keeps its part. Without
/// ozone in an hour, OLM leaves the equilibrium ratio alone to limit NO2.
void convert_to_nitrogen_dioxide(const std::vector<Source>& sources, const Options& options,
                                 std::optional<double> ozone_ug_m3, std::span<double> concentration_ug_m3);

}  // namespace lantian::plume
