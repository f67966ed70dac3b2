#pragma once

#include "plume/boundary_layer.hpp"
#include "receptor_blocks.hpp"

#include <span>

namespace lantian::plume {

/// Rows of an hour's result for one source.
struct ResultRows {
  std::span<double> concentration_ug_m3, dry_g_m2, wet_g_m2;  ///< depositions: empty where not asked for
};

/// Writes what a point or a volume of an emission [ug s-1] that deposits brings to every receptor in an hour,
/// and what of it falls there in dry and in wet ways.
/// @see EPA (2004), AERMOD Deposition Algorithms, Science Document; Wesely et al. (2002), ANL/ER/TR-01/003.
void add_deposition_plume(const Source& source, double emission_ug_s, const AirColumn& air,
                          const WeatherHour& weather, const Options& options,
                          std::span<const ReceptorBlock> blocks, const ResultRows& rows);

}  // namespace lantian::plume
