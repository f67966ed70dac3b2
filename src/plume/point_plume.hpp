#pragma once

#include "plume/boundary_layer.hpp"
#include "receptor_blocks.hpp"

#include <span>

namespace lantian::plume {

/// Writes what a point or a volume of an emission [ug s-1] brings to every receptor in an hour [ug m-3].
void add_point_plume(const Source& source, double emission_ug_s, const AirColumn& air, const Options& options,
                     std::span<const ReceptorBlock> blocks, std::span<double> concentration_ug_m3);

}  // namespace lantian::plume
