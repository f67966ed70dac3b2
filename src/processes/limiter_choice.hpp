#pragma once

#include "advection/ppm.hpp"

#include "lantian/config/case.hpp"
#include "lantian/field/species.hpp"

namespace lantian {

/// The limiter that a case gives to a species.
[[nodiscard]] Limiter limiter_of(const TransportConfig& transport, const Species& species);

/// Tangent and adjoint are exact for the unlimited scheme alone.
/// @throws ConfigError that names the first species with another limiter.
void require_unlimited(const TransportConfig& transport, const SpeciesTable& species);

}  // namespace lantian
