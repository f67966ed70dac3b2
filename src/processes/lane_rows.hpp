#pragma once

#include "sweep_lines.hpp"

#include "lantian/base/lane_math.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// First elements of eight rows that are worked on side by side.
template <class T>
using EightRows = std::array<T*, lane_count>;

/// Rows and columns of a square of eight change places.
[[gnu::always_inline]] inline void transpose(std::array<Lanes, lane_count>& square) {
  std::array<Lanes, lane_count> pairs{},
      fours{};  // of rows, columns 0 2 4 6 or 1 3 5 7; 0 4, 2 6, 1 5 or 3 7
  for (std::size_t n = 0; n < 4; ++n) {
    const Lanes &a = square[2 * n], &b = square[2 * n + 1];
    pairs[n] = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14);
    pairs[n + 4] = __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (std::size_t n = 0; n < 8; n += 2) {
    fours[n] = __builtin_shufflevector(pairs[n], pairs[n + 1], 0, 1, 8, 9, 4, 5, 12, 13);
    fours[n + 1] = __builtin_shufflevector(pairs[n], pairs[n + 1], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  constexpr std::array<std::size_t, 4> columns{0, 1, 4, 5};  // where the first four rows of a pair lie
  constexpr std::array<std::size_t, 4> first{0, 2, 1, 3};
  for (std::size_t n = 0; n < 4; ++n) {
    const Lanes &a = fours[columns[n]], &b = fours[columns[n] + 2];
    square[first[n]] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11);
    square[first[n] + 4] = __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

/// Calls `run(n)` for squares that cover `count` columns, at least eight; the last two may overlap.
template <class Run>
[[gnu::always_inline]] inline void in_squares(int count, Run&& run) {
  for (int n = 0; n <= count - lane_count; n += lane_count) run(n);
  if (count % lane_count > 0) run(count - lane_count);
}

/// Puts `count` elements of eight rows side by side: lanes[8 n + r] = row r [n].
inline void to_lanes(const EightRows<const double>& rows, int count, double* lanes) {
  if (count < lane_count) {
    for (int n = 0; n < count; ++n)
      for (std::size_t r = 0; r < rows.size(); ++r)
        lanes[static_cast<std::size_t>(n) * rows.size() + r] = rows[r][n];
    return;
  }
  in_squares(count, [&](int n) {
    std::array<Lanes, lane_count> square{};
    for (std::size_t r = 0; r < rows.size(); ++r) square[r] = load<Lanes>(rows[r] + n);
    transpose(square);
    for (std::size_t i = 0; i < rows.size(); ++i)
      store(lanes + (static_cast<std::size_t>(n) + i) * rows.size(), square[i]);
  });
}

/// Puts them back, of the first `row_count` rows.
inline void from_lanes(const double* lanes, int count, const EightRows<double>& rows, int row_count) {
  const auto used = static_cast<std::size_t>(row_count);
  if (count < lane_count) {
    for (int n = 0; n < count; ++n)
      for (std::size_t r = 0; r < used; ++r)
        rows[r][n] = lanes[static_cast<std::size_t>(n) * rows.size() + r];
    return;
  }
  in_squares(count, [&](int n) {
    std::array<Lanes, lane_count> square{};
    for (std::size_t i = 0; i < rows.size(); ++i)
      square[i] = load<Lanes>(lanes + (static_cast<std::size_t>(n) + i) * rows.size());
    transpose(square);
    for (std::size_t r = 0; r < used; ++r) store(rows[r] + n, square[r]);
  });
}

}  // namespace lantian
