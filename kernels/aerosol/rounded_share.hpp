#pragma once

#include "lantian/base/lane_math.hpp"

namespace lantian {

/// The lesser of two amounts with its corner rounded, as a share of `a`: 2 b / (a + b + sqrt((a - b)^2 + 4
/// r^2 a b)). Times a it never exceeds a or b, is a / (1 + r) where they are equal and a (1 - r^2 a / b)
/// where a is far less.
template <class V>
[[nodiscard, gnu::always_inline]] inline V rounded_share(const V& a, const V& b, double rounding) {
  constexpr double never_zero = 1.0e-60;  // under the root: two amounts that are both zero
  const V gap = a - b;
  return 2.0 * b / (a + b + sqrt(V(gap * gap + (4.0 * rounding * rounding) * a * b + never_zero)));
}

}  // namespace lantian
