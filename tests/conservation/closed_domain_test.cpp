#include "support/ppm_line.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numbers>

namespace lantian::testing {
namespace {

template <Limiter limiter>
long double tracer_mass(const PpmSquare<limiter>& air) {
  long double sum = 0.0L;
  for (std::size_t n = 0; n < air.q.size(); ++n)
    sum += static_cast<long double>(air.q[n]) * static_cast<long double>(air.mass[n]);
  return sum;
}

/// Relative change of the tracer's mass after 10,000 steps in a vortex whose strength and sense vary.
template <Limiter limiter>
double drift_in_a_closed_square() {
  using std::numbers::pi;
  constexpr int cells = 32, steps = 10000;
  PpmSquare<limiter> air(cells);
  air.fill([](double x, double y) { return x > 0.2 && x < 0.5 && y > 0.3 && y < 0.6 ? 40.0 : 1.0e-3; });
  const long double before = tracer_mass(air);
  for (int n = 0; n < steps; ++n) {
    const double strength = 0.1 / cells * std::cos(0.01 * n);  // Courant numbers up to 0.3
    air.advance([&](double x, double y) { return strength * std::sin(pi * x) * std::sin(2.0 * pi * y); });
  }
  return static_cast<double>(std::fabs((tracer_mass(air) - before) / before));
}

TEST(ClosedDomain, KeepsTheTracersMassOverTenThousandStepsOfPpm) {
  // 1e4 steps of 2 sweeps round each cell to 1e-16 of its mass, with either sign
  EXPECT_LE(drift_in_a_closed_square<Limiter::unlimited>(), 1.0e-13);
  EXPECT_LE(drift_in_a_closed_square<Limiter::positive_definite>(), 1.0e-13);
  EXPECT_LE(drift_in_a_closed_square<Limiter::selective>(), 1.0e-13);
  EXPECT_LE(drift_in_a_closed_square<Limiter::monotone>(), 1.0e-13);
}

}  // namespace
}  // namespace lantian::testing
