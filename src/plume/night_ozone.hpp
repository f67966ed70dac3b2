#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace lantian::plume {

/// The least ozone that a stable hour of a file of hours counts with: a station near the ground measures what
/// the ground has left of it, less than plumes aloft meet.
///
/// 40 ppb, or the most of the 24 hours before when that is less, up to an Obukhov length of 50 m; from there
/// falling to none at 250 m. Hours before the first one count as 40 ppb.
/// @see AERMOD 24142.
class NightOzone {
 public:
  NightOzone() { last_day_ug_m3_.fill(most_ug_m3); }

  [[nodiscard]] double least_ug_m3(double obukhov_length_m) const {
    constexpr double whole_m = 50.0, none_m = 250.0;
    if (!(obukhov_length_m > 0.0)) return 0.0;
    const double share = std::clamp((none_m - obukhov_length_m) / (none_m - whole_m), 0.0, 1.0);
    return share * std::min(most_ug_m3, *std::ranges::max_element(last_day_ug_m3_));
  }
  /// After an hour 1-24. @param measured_ug_m3  0: missing.
  void add(double measured_ug_m3, int hour) {
    last_day_ug_m3_.at(static_cast<std::size_t>(hour - 1)) = measured_ug_m3;
  }

 private:
  static constexpr double most_ug_m3 = 40.0 * 1.96;
  std::array<double, 24> last_day_ug_m3_{};
};

}  // namespace lantian::plume
