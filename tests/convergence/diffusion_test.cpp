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

enum class Stepping { implicit, trapezoidal };  // theta = 1 and 1/2

/// Largest error of the decaying n-th cosine mode at time 0.1, with K = 1 and height 1.
///
/// @see Crank (1975), The Mathematics of Diffusion, 2nd ed., section 2.3: modes decay as exp(-K (n pi / H)^2
/// t).
double mode_error(int n, int layers, int steps, Stepping stepping = Stepping::implicit) {
  constexpr double duration = 0.1;
  const bool is_implicit = stepping == Stepping::implicit;
  const double solve_length = is_implicit ? duration / steps : 0.5 * duration / steps;
  MixedColumn column = MixedColumn::uniform(layers, solve_length * layers * layers);
  for (std::size_t k = 0; k < column.q.size(); ++k) column.q[k] = mode_in_layer(n, layers, k, 1.0);
  for (int step = 0; step < steps; ++step) is_implicit ? column.step() : column.trapezoidal_double_step();
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

TEST(ImplicitColumn, DecaysCosineModesWithSecondOrderInTheStepByTheTrapezoidalRule) {
  for (const int n : {1, 2}) {  // 1600 layers: their own error is a fiftieth of the finest step's
    const auto error = [n](int steps) { return mode_error(n, 1600, steps, Stepping::trapezoidal); };
    const double coarse = error(5), middle = error(10), fine = error(20);
    EXPECT_NEAR(std::log2(coarse / middle), 2.0, 0.1) << "mode " << n;
    EXPECT_NEAR(std::log2(middle / fine), 2.0, 0.05) << "mode " << n;
  }
}

/// Largest error of the slowest mode where K = z, height 1, at time 0.1.
///
/// @see Crank (1975), section 5.2.1 with x = sqrt(z): J_0(j sqrt(z)) exp(-j^2 t / 4), J_1(j) = 0 at the lid.
double bessel_mode_error(int layers, int steps, Stepping stepping) {
  constexpr double first_zero = 3.8317059702075125, duration = 0.1;
  const bool is_implicit = stepping == Stepping::implicit;
  const double solve_length = is_implicit ? duration / steps : 0.5 * duration / steps;
  const auto exact = [&](std::size_t k,
                         double amplitude) {  // mean of layer k: integral is 2 sqrt(z)/j J_1(j sqrt(z))
    const auto integral = [&](double z) {
      return 2.0 * std::sqrt(z) / first_zero * std::cyl_bessel_j(1.0, first_zero * std::sqrt(z));
    };
    const double low = static_cast<double>(k) / layers, high = static_cast<double>(k + 1) / layers;
    return 1.0 + amplitude * (integral(high) - integral(low)) * layers;
  };
  MixedColumn column = MixedColumn::uniform(layers, 0.0);
  for (std::size_t k = 0; k < column.q.size(); ++k) {
    column.q[k] = exact(k, 1.0);
    column.exchange[k] = solve_length * layers * static_cast<double>(k);
  }
  for (int step = 0; step < steps; ++step) is_implicit ? column.step() : column.trapezoidal_double_step();
  double worst = 0.0;
  const double amplitude = std::exp(-0.25 * first_zero * first_zero * duration);
  for (std::size_t k = 0; k < column.q.size(); ++k)
    worst = std::fmax(worst, std::fabs(column.q[k] - exact(k, amplitude)));
  return worst;
}

TEST(ImplicitColumn, DecaysTheBesselModeOfAGrowingDiffusivityWithSecondOrder) {
  // implicit steps shrink with the square of the thickness, trapezoidal ones with the thickness
  const auto errors = [](Stepping stepping) {
    std::vector<double> all;
    for (const int layers : {20, 40, 80})
      all.push_back(
          bessel_mode_error(layers, stepping == Stepping::implicit ? layers * layers / 4 : layers, stepping));
    return all;
  };
  for (const Stepping stepping : {Stepping::implicit, Stepping::trapezoidal}) {
    const std::vector<double> error = errors(stepping);
    EXPECT_NEAR(std::log2(error[0] / error[1]), 2.0, 0.1);
    EXPECT_NEAR(std::log2(error[1] / error[2]), 2.0, 0.05);
  }
}

TEST(ImplicitColumn, DecaysTheBesselModeOfAGrowingDiffusivityWithTheOrderOfItsStepping) {
  const auto order = [](int layers, int steps, Stepping stepping) {
    return std::log2(bessel_mode_error(layers, steps, stepping) /
                     bessel_mode_error(layers, 2 * steps, stepping));
  };
  EXPECT_NEAR(order(400, 40, Stepping::implicit), 1.0, 0.05);
  EXPECT_NEAR(order(1600, 10, Stepping::trapezoidal), 2.0, 0.05);
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

/// Mixing ratio of the highest of `layers` layers per unit of flux: resistance of a surface layer, K = kappa
/// u* z, whose layers grow by 30 % each, over a ground that takes up at v_d = 1/(R_a to the lowest middle +
/// R_b).
struct LogProfile {
  double simulated_s_m, analytic_s_m;
};

LogProfile log_profile(int layers, double lowest_m) {
  constexpr double kappa_ustar = 0.4 * 0.3, roughness_m = 0.1, sublayer_s_m = 20.0, flux = 1.0e-3,
                   dt_s = 1.0e9;
  MixedColumn column = MixedColumn::uniform(layers, 0.0);
  double face_m = 0.0, thickness_m = lowest_m, middle_m = 0.0;
  for (std::size_t k = 0; k < column.q.size(); ++k, thickness_m *= 1.3) {
    const double below_m = middle_m;
    middle_m = face_m + 0.5 * thickness_m;
    column.mass[k] = thickness_m;
    if (k > 0) column.exchange[k] = dt_s * kappa_ustar * face_m / (middle_m - below_m);
    face_m += thickness_m;
  }
  column.uptake = dt_s / (std::log(0.5 * lowest_m / roughness_m) / kappa_ustar + sublayer_s_m);
  column.emission.back() = dt_s * flux;
  for (int n = 0; n < 5; ++n) column.step();
  return {column.q.back() / flux, std::log(middle_m / roughness_m) / kappa_ustar + sublayer_s_m};
}

TEST(ImplicitColumn, DepositsThroughALogarithmicProfileAsTheIntegralOfTheResistance) {
  const LogProfile profile = log_profile(20, 4.0);
  EXPECT_NEAR(profile.simulated_s_m / profile.analytic_s_m, 1.0, 0.01);
}

/// Flux in the steady state over that of R_a + 1/v_d in series, where K = kappa u* z from 10 m to 200 m on
/// layers that grow by a constant ratio: R_a = ln(z_highest / z_lowest) / (kappa u*) between their middles.
/// The velocity is high, so that the discrete R_a is most of what is tested.
double logarithmic_flux_share(int layers) {
  constexpr double kappa_ustar = 0.4 * 0.3, velocity_m_s = 0.1, flux = 1.0e-3, dt_s = 1.0e9;
  const auto face_m = [layers](double k) { return 10.0 * std::pow(20.0, k / layers); };
  const auto middle_m = [&](int k) { return 0.5 * (face_m(k) + face_m(k + 1)); };
  MixedColumn column = MixedColumn::uniform(layers, 0.0);
  for (int k = 0; k < layers; ++k) {
    const auto n = static_cast<std::size_t>(k);
    column.mass[n] = face_m(k + 1) - face_m(k);
    if (k > 0) column.exchange[n] = dt_s * kappa_ustar * face_m(k) / (middle_m(k) - middle_m(k - 1));
  }
  column.uptake = dt_s * velocity_m_s;
  column.emission.back() = dt_s * flux;
  for (int n = 0; n < 5; ++n) column.step();
  const double aerodynamic_s_m = std::log(middle_m(layers - 1) / middle_m(0)) / kappa_ustar;
  return flux * (aerodynamic_s_m + 1.0 / velocity_m_s) / column.q.back();
}

TEST(ImplicitColumn, NearsTheFluxThroughALogarithmicProfileWithSecondOrder) {
  const double coarse = std::fabs(logarithmic_flux_share(20) - 1.0),
               middle = std::fabs(logarithmic_flux_share(40) - 1.0),
               fine = std::fabs(logarithmic_flux_share(80) - 1.0);
  EXPECT_LE(coarse, 0.01);
  EXPECT_NEAR(std::log2(coarse / middle), 2.0, 0.15);
  EXPECT_NEAR(std::log2(middle / fine), 2.0, 0.1);
}

/// Mean error of a bump that sinks by 0.25 in a column of height 1 without turbulence.
double sinking_error(int layers) {
  constexpr double sunk = 0.25, courant = 0.5;
  const int steps = static_cast<int>(std::lround(sunk * layers / courant));
  MixedColumn column = MixedColumn::uniform(layers, 0.0);
  column.sinking.assign(column.q.size(), courant);
  column.sinking[0] = 0.0;
  const auto bump = [&](std::size_t k, double middle) {  // mean of a bell of width 0.08 over layer k
    const auto integral = [&](double z) { return std::erf((z - middle) / (std::sqrt(2.0) * 0.08)); };
    return layers *
           (integral(static_cast<double>(k + 1) / layers) - integral(static_cast<double>(k) / layers));
  };
  for (std::size_t k = 0; k < column.q.size(); ++k) column.q[k] = bump(k, 0.7);
  for (int n = 0; n < steps; ++n) column.step();
  double sum = 0.0;
  for (std::size_t k = 0; k < column.q.size(); ++k) sum += std::fabs(column.q[k] - bump(k, 0.7 - sunk));
  return sum / layers;
}

TEST(SinkingParticles, ConvergeWithFirstOrder) {
  const double coarse = sinking_error(800), middle = sinking_error(1600), fine = sinking_error(3200);
  EXPECT_NEAR(std::log2(coarse / middle), 1.0, 0.1);
  EXPECT_NEAR(std::log2(middle / fine), 1.0, 0.05);
}

/// Largest error of the steady profile exp(-v z/K) over ground that takes nothing up, K/v a quarter of the
/// height, relative to its value at the ground; the mean is 1.
double suspended_error(int layers) {
  constexpr double scale = 0.25;                                               // K/v
  MixedColumn column = MixedColumn::uniform(layers, 1.0e8 * layers * layers);  // a step to the steady state
  column.sinking.assign(column.q.size(), 1.0e8 * layers / scale);
  column.sinking[0] = 0.0;
  for (double& q : column.q) q = 1.0;
  column.step();
  double worst = 0.0;
  for (std::size_t k = 0; k < column.q.size(); ++k) {
    const auto share = [&](double z) { return std::exp(-z / scale); };
    const double low = static_cast<double>(k) / layers, high = static_cast<double>(k + 1) / layers;
    const double exact = (share(low) - share(high)) * layers / (1.0 - share(1.0));
    worst = std::fmax(worst, std::fabs(column.q[k] - exact) * scale);
  }
  EXPECT_NEAR(column.tracer() / layers, 1.0, 1.0e-12);
  return worst;
}

TEST(SinkingParticles, AreHeldAloftByTurbulenceInAnExponentialProfile) {
  const double coarse = suspended_error(50), middle = suspended_error(100), fine = suspended_error(200);
  EXPECT_NEAR(std::log2(coarse / middle), 1.0, 0.1);
  EXPECT_NEAR(std::log2(middle / fine), 1.0, 0.05);
  EXPECT_LT(fine, 0.02);
}

TEST(SinkingParticles, AreNeitherLostNorTurnNegativeHoweverFastTheyFall) {
  for (const double fast : {0.01, 1.0, 1.0e3, 1.0e8}) {
    MixedColumn column = MixedColumn::uniform(20, 0.3);
    column.sinking.assign(column.q.size(), fast);
    column.sinking[0] = 0.0;
    column.q[17] = 5.0;
    for (int n = 0; n < 10; ++n) {
      column.step();
      EXPECT_NEAR(column.tracer() / 5.0, 1.0, 1.0e-14);
      for (const double q : column.q) EXPECT_GE(q, 0.0);
    }
  }
}

}  // namespace
}  // namespace lantian::testing
