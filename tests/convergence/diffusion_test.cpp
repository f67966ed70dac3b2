#include "support/mixed_column.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace lantian::testing {
namespace {

using std::numbers::pi;

/// Cell mean of 1 + cos(n pi z) in layer k of a column of height 1.
double mode_in_layer(int n, int layers, std::size_t k, double amplitude) {
  const double low = static_cast<double>(k) / layers, high = static_cast<double>(k + 1) / layers;
  return 1.0 + amplitude * (std::sin(n * pi * high) - std::sin(n * pi * low)) / (n * pi * (high - low));
}

/// Largest error of the decaying n-th cosine mode at time 0.1, with K = 1 and height 1.
///
/// @see Crank (1975), The Mathematics of Diffusion, 2nd ed., section 2.3: modes decay as exp(-K (n pi / H)^2
/// t).
double mode_error(int n, int layers, int steps) {
  constexpr double duration = 0.1;
  MixedColumn column = MixedColumn::uniform(layers, duration / steps * layers * layers);
  for (std::size_t k = 0; k < column.q.size(); ++k) column.q[k] = mode_in_layer(n, layers, k, 1.0);
  for (int step = 0; step < steps; ++step) column.step();
  double worst = 0.0;
  const double amplitude = std::exp(-n * n * pi * pi * duration);
  for (std::size_t k = 0; k < column.q.size(); ++k)
    worst = std::fmax(worst, std::fabs(column.q[k] - mode_in_layer(n, layers, k, amplitude)));
  return worst;
}

TEST(ImplicitColumn, DecaysCosineModesWithSecondOrderInThickness) {
  for (const int n : {1, 2, 3}) {  // the step shrinks with the square of the thickness: its error keeps pace
    const double coarse = mode_error(n, 40, 400), middle = mode_error(n, 80, 1600),
                 fine = mode_error(n, 160, 6400);
    EXPECT_NEAR(std::log2(coarse / middle), 2.0, 0.1) << "mode " << n;
    EXPECT_NEAR(std::log2(middle / fine), 2.0, 0.05) << "mode " << n;
  }
}

TEST(ImplicitColumn, DecaysCosineModesWithFirstOrderInTheStep) {
  const double coarse = mode_error(1, 400, 20), middle = mode_error(1, 400, 40),
               fine = mode_error(1, 400, 80);
  EXPECT_NEAR(std::log2(coarse / middle), 1.0, 0.1);
  EXPECT_NEAR(std::log2(middle / fine), 1.0, 0.05);
}

TEST(ImplicitColumn, KeepsTheTracersMassAndAUniformMixingRatio) {
  MixedColumn column = MixedColumn::uniform(20, 0.0);
  for (std::size_t k = 0; k < 20; ++k) {
    column.mass[k] = 20.0 * std::pow(1.3, static_cast<double>(k));
    column.exchange[k] = k == 0 ? 0.0 : 1.0e4 / static_cast<double>(k);
    column.q[k] = k < 3 ? 80.0 : 0.5;
  }
  const double before = column.tracer();
  for (int n = 0; n < 10; ++n) column.step();
  EXPECT_NEAR(column.tracer() / before, 1.0, 1.0e-14);

  std::vector<double>& q = column.q;
  q.assign(q.size(), 41.7);
  for (int n = 0; n < 10; ++n) column.step();
  for (const double value : q) EXPECT_NEAR(value / 41.7, 1.0, 1.0e-14);  // some roundings a step
}

TEST(ImplicitColumn, DepositsInSteadyStateWhatTheResistancesInSeriesLetThrough) {
  // K = 2 m2 s-1, density 1 kg m-3, 20 layers of 10 m; q in the highest is driven by an emission F, and then
  // F = q_top / (R_a + 1/v_d), R_a = distance between the layers' middles over K.
  constexpr double diffusivity = 2.0, thickness_m = 10.0, velocity_m_s = 0.004, flux = 3.0e-3;
  constexpr int layers = 20;
  constexpr double dt_s = 1.0e9;  // a step far longer than the 1e5 s of the slowest change
  MixedColumn column = MixedColumn::uniform(layers, dt_s * diffusivity / thickness_m);
  column.mass.assign(layers, thickness_m);
  column.uptake = dt_s * velocity_m_s;
  column.emission[layers - 1] = dt_s * flux;
  for (int n = 0; n < 5; ++n) column.step();
  const double resistance_s_m = (layers - 1) * thickness_m / diffusivity + 1.0 / velocity_m_s;
  EXPECT_NEAR(column.q[layers - 1] / resistance_s_m / flux, 1.0, 1.0e-10);
  EXPECT_NEAR(velocity_m_s * column.q[0] / flux, 1.0, 1.0e-10);
}

}  // namespace
}  // namespace lantian::testing
