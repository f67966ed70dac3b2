#pragma once

#include "lantian/config/case.hpp"
#include "lantian/field/species.hpp"

namespace lantian {

/// Whether the limiter that a case gives to a species lets it fall below zero beside sharp edges.
[[nodiscard]] bool may_undershoot(const TransportConfig& transport, const Species& species);

}  // namespace lantian
