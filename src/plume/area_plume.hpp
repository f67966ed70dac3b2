#pragma once

#include "deposition_plume.hpp"
#include "plume/boundary_layer.hpp"

#include "lantian/plume/plume_case.hpp"

#include <span>

namespace lantian::plume {

/// Writes what a polygon of an emission [ug s-1 m-2] brings to every receptor in an hour [ug m-3].
void add_area_plume(const Source& source, double emission_ug_s_m2, const AirColumn& air,
                    const Options& options, std::span<const Receptor> receptors,
                    std::span<double> concentration_ug_m3);

/// The same of a polygon that deposits, and what of it falls at every receptor in dry and in wet ways.
void add_area_deposition(const Source& source, double emission_ug_s_m2, const AirColumn& air,
                         const WeatherHour& weather, const Options& options,
                         std::span<const Receptor> receptors, const ResultRows& rows);

}  // namespace lantian::plume
