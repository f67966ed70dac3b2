#pragma once

#include "deposition_plume.hpp"
#include "plume/boundary_layer.hpp"

#include "lantian/plume/plume_case.hpp"

#include <span>

namespace lantian::plume {

/// The rectangle at the ground out of which a pit emits in an hour, as an area of the pit's whole emission;
/// its particles are those that leave the pit.
/// @see kernels/plume/open_pit.hpp
[[nodiscard]] Source effective_area(const Source& pit, const AirColumn& air);

/// Writes what a pit of an emission [ug s-1 m-2] brings to every receptor in an hour, and what of it falls
/// there when it deposits. Receptors inside the pit get nothing.
void add_pit_plume(const Source& pit, double emission_ug_s_m2, const AirColumn& air,
                   const WeatherHour& weather, const Options& options, std::span<const Receptor> receptors,
                   const ResultRows& rows);

}  // namespace lantian::plume
