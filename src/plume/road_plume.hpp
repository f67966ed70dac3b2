#pragma once

#include "plume/boundary_layer.hpp"
#include "receptor_blocks.hpp"

#include "lantian/plume/plume_case.hpp"

#include <span>

namespace lantian::plume {

/// Writes what a road of an emission [ug s-1 m-1] brings to every receptor in an hour [ug m-3].
void add_road_plume(const Source& source, double emission_ug_s_m, const AirColumn& air,
                    const WeatherHour& weather, const Options& options, std::span<const ReceptorBlock> blocks,
                    std::span<double> concentration_ug_m3);

}  // namespace lantian::plume
