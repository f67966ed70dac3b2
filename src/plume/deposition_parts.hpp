#pragma once

#include "source_hour.hpp"

#include <vector>

namespace lantian::plume {

/// One size of a source's particles, or its gas, in an hour.
struct DepositingPart {
  double mass_share{};
  double deposition_m_s{};  ///< velocity
  double settling_m_s{};
  double scavenging_s{};             ///< by rain [s-1]
  double wet_loss_s = scavenging_s;  ///< of the air by rain [s-1]: no more than its drops meet
};

/// Whether anything of a source deposits.
[[nodiscard]] bool deposits(const Source& source, const Options& options);

/// Sizes of a source's particles, or its gas. @see kernels/plume/README.md.
[[nodiscard]] std::vector<DepositingPart> deposition_parts(const Source& source, const RisingSource& rising,
                                                           const AirColumn& air, const WeatherHour& weather,
                                                           const Options& options);

/// Height above the ground at which deposition takes its concentration [m].
[[nodiscard]] double reference_height_m(const AirColumn& air);

}  // namespace lantian::plume
