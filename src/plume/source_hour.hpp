#pragma once

#include "plume/aermod_plume.hpp"

#include "lantian/plume/plume_case.hpp"

namespace lantian::plume {

/// A point or volume source in the air of an hour, and where its plume goes.
struct SourceHour {
  RisingSource source;
  double sine_from{}, cosine_from{};  ///< of the direction the wind at the plume's height comes from
};

[[nodiscard]] SourceHour source_hour(const Source& source, const AirColumn& air, const Options& options);

/// Temperature of a stack's gas [K]; never below that of the air at its top.
[[nodiscard]] double gas_temperature_k(const Source& source, const Release& gas, const AirColumn& air);

}  // namespace lantian::plume
