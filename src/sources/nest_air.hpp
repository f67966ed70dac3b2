#pragma once

#include "air_source.hpp"

#include <memory>
#include <string>

namespace lantian {

/// Air of a coarser run: the file nest.nc that its key output.nest asked for.
///
/// Bilinear between the parent's cell centres; the mean over the air of the layer asked for, where a layer of
/// the parent holds one mixing ratio and the air thins out exponentially with height; linear in time between
/// the instants of the file. All weights of a value sum to one, so that a uniform parent stays uniform.
///
/// @throws DataError, MissingFileError: the file is no nest, its parent has another mechanism (and the entry
///         names no species), or it does not reach the run's cells, hours or model top.
[[nodiscard]] std::unique_ptr<AirSource> open_nest_air(const Case& configuration,
                                                       const BoundaryAirConfig& config,
                                                       const HorizontalGrid& grid,
                                                       const SpeciesTable& species);

}  // namespace lantian
