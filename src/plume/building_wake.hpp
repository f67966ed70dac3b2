#pragma once

#include "plume/prime_concentration.hpp"

#include "lantian/plume/plume_case.hpp"

#include <optional>

namespace lantian::plume {

/// A stack's plume and the wake of its building, whether it comes into it or not; none where the wind meets
/// no building, or where the stack ends above a convective layer.
///
/// @param rising  the stack in the air of the hour
/// @pre a source with buildings is a stack and has 36 of them
[[nodiscard]] std::optional<Downwash> building_met(const Source& source, const RisingSource& rising,
                                                   const AirColumn& air);

/// The same; none where the plume does not come into the wake, too.
[[nodiscard]] std::optional<Downwash> wake_of_building(const Source& source, const RisingSource& rising,
                                                       const AirColumn& air);

}  // namespace lantian::plume
