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

}  // namespace lantian::plume
