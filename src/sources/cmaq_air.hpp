#pragma once

#include "air_source.hpp"

#include <memory>
#include <string>

namespace lantian {

/// Air of one of CMAQ's profiles, everywhere and always the same. `species_map`: path of the case's own map;
/// empty: the product's for the mechanism, by how it lumps organics.
/// @throws Error with every fault of profile and map
[[nodiscard]] std::unique_ptr<AirSource> open_cmaq_air(const std::string& path,
                                                       const std::string& species_map,
                                                       const SpeciesTable& species);

}  // namespace lantian
