#pragma once

#include "advection/ppm_march.hpp"

#include "lantian/base/lane_math.hpp"
#include "lantian/field/field.hpp"

#include <cstddef>
#include <cstring>

namespace lantian {

template <class V>
[[nodiscard, gnu::always_inline]] inline V load(const double* from) {
  V value;
  std::memcpy(&value, from, sizeof(V));
  return value;
}
template <class V>
[[gnu::always_inline]] inline void store(double* to, const V& value) {
  std::memcpy(to, &value, sizeof(V));
}

/// Which of the columns of a strip are its own: all but the `others` first ones.
template <class V>
[[nodiscard]] inline auto own_columns(int others) {
  V column{};
  if constexpr (sizeof(V) > sizeof(double))
    for (int lane = 0; lane < lane_count; ++lane) column[lane] = lane;
  return column >= static_cast<double>(others);
}

/// Calls `run<V>(first, others)` for strips of a row: eight columns side by side, V = Lanes, or one by one in
/// rows shorter than that. The strip at the end comes first and overlaps the next one in its `others` first
/// columns, which it must leave as they are.
template <class Run>
void in_strips(int columns, Run&& run) {
  if (columns < lane_count) {
    for (int i = 0; i < columns; ++i) run.template operator()<double>(i, 0);
    return;
  }
  const int rest = columns % lane_count;
  if (rest > 0) run.template operator()<Lanes>(columns - lane_count, lane_count - rest);
  for (int i = 0; i <= columns - lane_count; i += lane_count) run.template operator()<Lanes>(i, 0);
}

/// Neighbouring lines along the sweep, each with three cells more on both sides: first cell, first face and
/// how far apart those that follow lie.
struct LinesOfCells {
  double* q;
  std::ptrdiff_t q_step;
  const double *mass_kg, *courant, *per_new_mass;
  std::ptrdiff_t air_step;
  int cells;
  double *low_face, *high_face;  // where to put what crosses the grid's edge at either end; null within it
  const double* ahead;           // what is worked on next: a cache line of it is fetched with each cell
};

/// Moves lines in place. What enters the grid has the mixing ratio of the cell outside, whatever the scheme
/// makes of it. `others`: lines in front that stay as they are.
template <Limiter limiter, class V>
void move_lines(const LinesOfCells& lines, int others) {
  const auto is_own = own_columns<V>(others);
  PpmMarch<limiter, V> march;
  const auto take = [&](int i) {
    march.take(load<V>(lines.q + i * lines.q_step));
    __builtin_prefetch(lines.ahead + static_cast<std::ptrdiff_t>(i + halo_width) * lane_count, 1);
  };
  for (int i = -halo_width; i < 2; ++i) take(i);
  for (int f = 0; f <= lines.cells; ++f) {
    take(f + 2);
    FaceFlow<V> flow = march.crossing(load<V>(lines.mass_kg + f * lines.air_step),
                                      load<V>(lines.courant + f * lines.air_step));
    if (f == 0 && lines.low_face != nullptr) {
      flow.q = choose(flow.mass_kg > 0.0, march.below(), flow.q);
      store(lines.low_face, flow.q);
    }
    if (f == lines.cells && lines.high_face != nullptr) {
      flow.q = choose(flow.mass_kg < 0.0, march.above(), flow.q);
      store(lines.high_face, flow.q);
    }
    if (f > 0) {
      const V updated = march.updated(flow, load<V>(lines.per_new_mass + (f - 1) * lines.air_step));
      store(lines.q + (f - 1) * lines.q_step, choose(is_own, updated, march.below()));
    }
    march.leave(flow);
  }
}

}  // namespace lantian
