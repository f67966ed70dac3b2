#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace lantian {

/// The node at or before a value of a rising axis, and how far the value is on to the next; within the axis.
struct Between {
  std::size_t first;
  double share;
};

template <std::size_t size>
[[nodiscard]] Between between(const std::array<double, size>& axis, double value) {
  const double inside = std::clamp(value, axis.front(), axis.back());
  std::size_t n = 0;
  while (n + 2 < size && axis[n + 1] <= inside) ++n;
  return {n, (inside - axis[n]) / (axis[n + 1] - axis[n])};
}

/// How fast the share of `between` grows with the value; 0 beyond the axis. At a node that of the interval
/// that `between` takes.
template <std::size_t size>
[[nodiscard]] double share_slope(const std::array<double, size>& axis, double value) {
  if (value < axis.front() || value > axis.back()) return 0.0;
  const std::size_t n = between(axis, value).first;
  return 1.0 / (axis[n + 1] - axis[n]);
}

}  // namespace lantian
