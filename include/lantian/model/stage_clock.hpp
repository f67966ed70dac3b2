#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lantian {

/// Where the time of this rank goes. A lap is what has passed since the one before, or since the clock began.
class StageClock {
 public:
  /// Books the lap that ends now to a stage.
  void lap(std::string_view stage);
  /// Seconds by stage, in the order in which the stages were first met.
  [[nodiscard]] const std::vector<std::pair<std::string, double>>& seconds() const { return seconds_; }
  /// Stages of at least `least_share` of all laps, the longest first, as "chemistry 62.1 %, advection 9.0 %".
  [[nodiscard]] std::string shares(double least_share = 0.005) const;

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  std::vector<std::pair<std::string, double>> seconds_;
};

}  // namespace lantian
