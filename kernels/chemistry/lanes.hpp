#pragma once

#include "lantian/base/dual.hpp"
#include "lantian/base/lanes.hpp"

namespace lantian {

/// A claim about each lane.
using LaneMask = long long __attribute__((vector_size(lane_count * sizeof(long long))));

/// How the solver sees a number type: how many cells it holds, and their plain values, which steer the steps.
///
/// The general case is one cell: double, or a Dual whose derivatives ride along on the steps of its value.
template <class V>
struct LaneTraits {
  static constexpr int lanes = 1;
  using Real = double;  // plain values of all lanes
  using Mask = bool;    // a claim about each lane
  using One = V;        // the number in one lane
  static double plain(const V& x) { return value_of(x); }
  static One get(const V& x, int) { return x; }
  static void set(V& x, int, const One& to) { x = to; }
  static bool any(bool mask) { return mask; }
  static bool holds(bool mask, int) { return mask; }
  static void mark(bool& mask, int) { mask = true; }
  static void unmark(bool& mask, int) { mask = false; }
  template <class W>
  static W choose(bool mask, const W& yes, const W& no) {
    return mask ? yes : no;
  }
};

template <>
struct LaneTraits<Lanes> {
  static constexpr int lanes = lane_count;
  using Real = Lanes;
  using Mask = LaneMask;
  using One = double;
  static const Lanes& plain(const Lanes& x) { return x; }
  static double get(const Lanes& x, int lane) { return x[lane]; }
  static void set(Lanes& x, int lane, double to) { x[lane] = to; }
  static bool any(const LaneMask& mask) {
    long long found = 0;
    for (int lane = 0; lane < lane_count; ++lane) found |= mask[lane];
    return found != 0;
  }
  static bool holds(const LaneMask& mask, int lane) { return mask[lane] != 0; }
  static void mark(LaneMask& mask, int lane) { mask[lane] = -1; }
  static void unmark(LaneMask& mask, int lane) { mask[lane] = 0; }
  [[gnu::always_inline]] static Lanes choose(const LaneMask& mask, const Lanes& yes, const Lanes& no) {
    return mask ? yes : no;
  }
};

}  // namespace lantian
