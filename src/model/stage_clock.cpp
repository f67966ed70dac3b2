#include "lantian/model/stage_clock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace lantian {

void StageClock::lap(std::string_view stage) {
  const auto now = std::chrono::steady_clock::now();
  const double passed_s = std::chrono::duration<double>(now - last_).count();
  last_ = now;
  const auto found = std::ranges::find(seconds_, stage, &std::pair<std::string, double>::first);
  if (found == seconds_.end())
    seconds_.emplace_back(stage, passed_s);
  else
    found->second += passed_s;
}

std::string StageClock::shares(double least_share) const {
  double all_s = 0.0;
  for (const auto& [stage, seconds] : seconds_) all_s += seconds;
  auto longest_first = seconds_;
  std::ranges::stable_sort(longest_first, std::greater{}, &std::pair<std::string, double>::second);
  std::string text;
  for (const auto& [stage, seconds] : longest_first)
    if (seconds > 0.0 && seconds >= least_share * all_s)
      text += fmt::format("{}{} {:.1f} %", text.empty() ? "" : ", ", stage, 100.0 * seconds / all_s);
  return text;
}

}  // namespace lantian
