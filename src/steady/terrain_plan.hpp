#pragma once

#include "receptor_plan.hpp"
#include "source_plan.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/config/plume_case.hpp"
#include "lantian/sources/plume_emitters.hpp"

namespace lantian::steady {

/// Lays receptors and sources on the ground that [terrain] names: heights of both, and the heights of the
/// hills around each receptor. Columns elevation_m and hill_height_m of receptors.file go before the map, and
/// base_elevation_m of emissions.enterprises, with a warning where it lies far from the map.
/// Without terrain.file nothing is changed: the ground is flat. Faults go to `problems`.
void lay_on_terrain(const PlumeCase& configuration, const PlumeEmitters& emitters, ReceptorPlan& receptors,
                    SourcePlan& sources, Problems& problems);

}  // namespace lantian::steady
