#pragma once

#include "plume/lane_values.hpp"

namespace lantian::plume {

/// Along the way of a plume through a wake this many places are kept, the first ones densely.
inline constexpr std::size_t wake_places = 50;
using WakeColumn = std::array<double, wake_places>;

/// Which of `count` steps are kept: all, or every so many, or with steps that grow evenly; the last one
/// always.
/// @see code of the model.
class KeptSteps {
 public:
  explicit KeptSteps(std::size_t count) : count_(std::min(count, wake_places)) {
    const auto all = static_cast<double>(count), kept = static_cast<double>(wake_places);
    const double growth = 2.0 * (all - kept) / (kept * (kept - 1.0));
    double place = 0.0;
    for (std::size_t i = 0; i + 1 < count_; ++i) {
      const auto number = static_cast<double>(i);
      place += 1.0 + number * growth;
      const double step = count <= 2 * wake_places ? (number + 1.0) * (all / kept) : place;
      steps_[i] = count <= wake_places ? i : static_cast<std::size_t>(step) - 1;
    }
    if (count_ > 0) steps_[count_ - 1] = count - 1;
  }
  [[nodiscard]] std::size_t size() const { return count_; }
  /// Number of the step (from 0) that the i-th place holds.
  [[nodiscard]] std::size_t operator[](std::size_t i) const { return steps_[i]; }

 private:
  std::size_t count_;
  std::array<std::size_t, wake_places> steps_{};
};

/// Between which places of a rising table a distance lies, and its share of the way from the lower to the
/// upper one; beyond the ends: at the end.
template <class V>
struct Between {
  Indices<V> below;
  V share;
};
[[nodiscard]] inline std::size_t place_below(double x_m, const WakeColumn& table, std::size_t count) {
  const auto* first = table.data();
  const auto above = static_cast<std::size_t>(std::upper_bound(first, first + count, x_m) - first);
  return std::min(above > 0 ? above - 1 : 0, count > 1 ? count - 2 : 0);
}
template <class V>
[[nodiscard, gnu::always_inline]] inline Between<V> between(const V& x_m, const WakeColumn& table,
                                                            std::size_t count) {
  Between<V> found{};
  if (count < 2) return found;
  if constexpr (std::is_same_v<V, double>) {
    found.below.of = place_below(x_m, table, count);
  } else {
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
      found.below.of[lane] = place_below(x_m[static_cast<int>(lane)], table, count);
    }
  }
  const V from = gather(table.data(), found.below), to = gather(table.data() + 1, found.below);
  const V width = maximum(V(to - from), constant<V>(1e-300));
  found.share = minimum(maximum(V((x_m - from) / width), V{}), constant<V>(1.0));
  return found;
}
template <class V>
[[nodiscard, gnu::always_inline]] inline V value_between(const Between<V>& at, const WakeColumn& values) {
  const V from = gather(values.data(), at.below), to = gather(values.data() + 1, at.below);
  return from + at.share * (to - from);
}

}  // namespace lantian::plume
