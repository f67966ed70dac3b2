#include "limiter_choice.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/processes/undershoot.hpp"

#include <fmt/format.h>

#include <string>

namespace lantian {

namespace {

const std::string& name_of_limiter(const TransportConfig& transport, const Species& species) {
  return species.family == TransportFamily::plume ? transport.limiter_plume : transport.limiter_background;
}

}  // namespace

Limiter limiter_of(const TransportConfig& transport, const Species& species) {
  const std::string& name = name_of_limiter(transport, species);
  if (name == "monotone") return Limiter::monotone;
  if (name == "selective") return Limiter::selective;
  if (name == "positive_definite") return Limiter::positive_definite;
  return Limiter::unlimited;
}

bool may_undershoot(const TransportConfig& transport, const Species& species) {
  return limiter_of(transport, species) == Limiter::unlimited;
}

void require_unlimited(const TransportConfig& transport, const SpeciesTable& species) {
  for (const Species& one : species) {
    if (limiter_of(transport, one) == Limiter::unlimited) continue;
    const bool is_plume = one.family == TransportFamily::plume;
    throw ConfigError(
        fmt::format("transport.limiter_{}: \"{}\" is not linear, so that advection of {} has no exact "
                    "tangent and adjoint; "
                    "for gradients set it to \"unlimited\"",
                    is_plume ? "plume" : "background", name_of_limiter(transport, one), one.name));
  }
}

}  // namespace lantian
