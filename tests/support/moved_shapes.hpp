// Shapes on the unit square and the two flows that bring them back to where they were.
#pragma once

#include "support/ppm_line.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace lantian::testing {

/// What became of a shape: l1 = sum |q - q0| / sum |q0|, l2 = sqrt(sum (q - q0)^2 / sum q0^2), linf = largest
/// |q - q0| over the largest q0.
struct SquareRun {
  double l1, l2, linf, least, greatest;
};

inline SquareRun compared(const std::vector<double>& q, const std::vector<double>& start) {
  double difference = 0.0, size = 0.0, largest = 0.0;
  for (std::size_t n = 0; n < q.size(); ++n) {
    difference += std::fabs(q[n] - start[n]);
    size += std::fabs(start[n]);
    largest = std::fmax(largest, std::fabs(q[n] - start[n]));
  }
  return {difference / size, l2_error(q, start), largest / *std::ranges::max_element(start),
          *std::ranges::min_element(q), *std::ranges::max_element(q)};
}

/// Solid-body rotation, one turn, anticlockwise.
template <class Line, class Shape>
SquareRun turned_once(int cells, Shape&& shape) {
  using std::numbers::pi;
  MovedSquare<Line> air(cells);
  air.fill(shape);
  const std::vector<double> start = air.q;
  const int steps = static_cast<int>(std::ceil(pi * cells / 0.5));  // speed up to pi at the walls, CFL 0.5
  const double dt = 1.0 / steps;
  for (int n = 0; n < steps; ++n)
    air.advance(
        [&](double x, double y) { return -pi * dt * ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)); });
  return compared(air.q, start);
}

/// The swirl of LeVeque (1996), SIAM J. Numer. Anal. 33, 627, eq. 9.5, with T = 1.5: it deforms and returns.
/// Speeds up to 1 give `courant`.
template <class Line, class Shape>
SquareRun swirled(int cells, double courant, Shape&& shape) {
  using std::numbers::pi;
  constexpr double duration = 1.5;
  MovedSquare<Line> air(cells);
  air.fill(shape);
  const std::vector<double> start = air.q;
  const int steps = static_cast<int>(std::ceil(duration * cells / courant));
  const double dt = duration / steps;
  for (int n = 0; n < steps; ++n) {
    const double strength = dt / pi * std::cos(pi * (n + 0.5) * dt / duration);
    air.advance([&](double x, double y) {
      const double sx = std::sin(pi * x), sy = std::sin(pi * y);
      return strength * sx * sx * sy * sy;
    });
  }
  return compared(air.q, start);
}

/// Hill of radius 0.15 with smooth foot and top.
inline double cosine_hill(double x, double y) {
  const double r = std::min(1.0, std::hypot(x - 0.25, y - 0.5) / 0.15);
  return 0.5 * (1.0 + std::cos(std::numbers::pi * r));
}

inline double gauss_hill(double x, double y) {
  const double dx = (x - 0.3) / 0.1, dy = (y - 0.5) / 0.1;
  return std::exp(-dx * dx - dy * dy);
}

/// Cone of radius 0.15: a sharp top on straight sides.
inline double cone(double x, double y) {
  return std::fmax(0.0, 1.0 - std::hypot(x - 0.25, y - 0.5) / 0.15);
}

/// @see Zalesak (1979), J. Comput. Phys. 31, 335, section 6: a cylinder of radius 0.15 with a slot from
/// below.
inline double slotted_cylinder(double x, double y) {
  const bool is_slot = std::fabs(x - 0.5) < 0.025 && y < 0.85;
  return std::hypot(x - 0.5, y - 0.75) <= 0.15 && !is_slot ? 1.0 : 0.0;
}

/// Mean of a shape with edges over a cell of a hundredth, from 8 x 8 points.
inline auto cell_mean_of(double (*shape)(double, double)) {
  return [shape](double x, double y) {
    constexpr int points = 8;
    double sum = 0.0;
    for (int b = 0; b < points; ++b)
      for (int a = 0; a < points; ++a)
        sum += shape(x + 0.01 * ((a + 0.5) / points - 0.5), y + 0.01 * ((b + 0.5) / points - 0.5));
    return sum / (points * points);
  };
}

}  // namespace lantian::testing
