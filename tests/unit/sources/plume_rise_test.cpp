#include "plume/briggs1975.hpp"
#include "release_height.hpp"

#include "lantian/grid/layers.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace lantian {
namespace {

constexpr double by_hand = 1.0e-10;  // relative; the hand values carry 16 digits

/// F = 9.81 * 10 * 2^2 * (400 - 300) / (4 * 400) = 24.525 m4 s-3 in air of 300 K.
constexpr Stack warm_stack = {
    .height_m = 50.0, .diameter_m = 2.0, .exit_temperature_k = 400.0, .exit_velocity_m_s = 10.0};

double rise_in_one_layer(const Stack& stack, StackAir air) {
  const std::vector<double> top_m = {1.0e5};
  return risen_plume(stack, top_m, std::vector<StackAir>{air}).rise_m;
}

void expect_relative(double found, double expected) {
  EXPECT_NEAR(found / expected, 1.0, by_hand) << found << " instead of " << expected;
}

TEST(PlumeRise, HasTheBuoyancyFluxWorkedByHand) {
  expect_relative(buoyancy_flux_m4_s3(warm_stack, 300.0), 24.525);
  EXPECT_EQ(buoyancy_flux_m4_s3(warm_stack, 410.0), 0.0) << "cold gas does not sink";
}

TEST(PlumeRise, OfNeutralAirIsTheLesserOfTheTwoFormulas) {
  // u 5: 30 (24.525/5)^0.6 = 77.894...; 24 (24.525/125)^0.6 (50 + 39.24)^0.4 = 54.457...: break-up is less.
  expect_relative(rise_in_one_layer(warm_stack, {300.0, 5.0, 0.0}), 54.4570947354792181);
  // u 1: 30 * 24.525^0.6 = 204.591...; the other formula gives 4920 m.
  expect_relative(rise_in_one_layer(warm_stack, {300.0, 1.0, 0.0}), 204.591065602685962);
}

TEST(PlumeRise, OfStableAirFollowsTheBentOverPlume) {
  // F = 26.9775 in 290 K; (1.8 * 26.9775 * 290 / (4 * 0.01))^(1/3); momentum gives less.
  expect_relative(rise_in_one_layer(warm_stack, {290.0, 4.0, 0.01}), 70.6107358876463132);
}

TEST(PlumeRise, OfAColdPlumeIsByMomentum) {
  Stack cold = warm_stack;
  cold.exit_temperature_k = 290.0;
  expect_relative(rise_in_one_layer(cold, {290.0, 4.0, 0.0}), 15.0);  // 3 * 2 * 10 / 4
  // u 2: 30 m neutral; stable 1.5 (400/(4*2))^(1/3) (9.81/290*0.01)^(-1/6) = 20.934...
  expect_relative(rise_in_one_layer(cold, {290.0, 2.0, 0.01}),
                  1.5 * std::cbrt(400.0 / 8.0) * std::pow(9.81 / 290.0 * 0.01, -1.0 / 6.0));
}

TEST(PlumeRise, CalmFormulaIsThatOfAVerticalPlume) {
  const StackAir air{290.0, 1.0, 0.01};
  expect_relative(calm_rise_m(26.9775, 26.9775, air, 0.0), 182.36589433030405);
  const double flux = flux_after_calm(26.9775, 26.9775, air, 0.0, 182.36589433030405);
  EXPECT_NEAR(flux, 0.0, 1e-9) << "all buoyancy is spent where the plume ends";
}

TEST(PlumeRise, DoesNotDependOnHowAUniformStableColumnIsCut) {
  const StackAir air{290.0, 4.0, 0.01};
  std::vector<double> top_m;
  for (int k = 1; k <= 300; ++k) top_m.push_back(k * 1.37);
  const double cut = risen_plume(warm_stack, top_m, std::vector<StackAir>(300, air)).rise_m;
  expect_relative(cut, rise_in_one_layer(warm_stack, air));
}

TEST(PlumeRise, StopsWhereAnInversionTakesWhatIsLeft) {
  // Neutral to 100 m, stable above: by hand z^3 = 50^3 + 1.8 F T/(u s), F = 24.525.
  const std::vector<double> top_m = {100.0, 2000.0};
  const std::vector<StackAir> air = {{300.0, 5.0, 0.0}, {300.0, 5.0, 0.02}};
  expect_relative(risen_plume(warm_stack, top_m, air).rise_m,
                  std::cbrt(50.0 * 50.0 * 50.0 + 1.8 * 24.525 * 300.0 / (5.0 * 0.02)));
}

TEST(PlumeRise, NeverPassesTheModelTopAndNeverFallsWithMoreHeat) {
  const std::vector<double> top_m = {50.0, 200.0, 600.0};
  const std::vector<StackAir> air = {{290.0, 2.0, 0.0}, {289.0, 3.0, 0.004}, {285.0, 4.0, 0.0}};
  double before = 0.0;
  for (double t = 295.0; t < 1200.0; t += 15.0) {
    Stack stack = warm_stack;
    stack.exit_temperature_k = t;
    const RisenPlume plume = risen_plume(stack, top_m, air);
    EXPECT_GE(plume.rise_m, before - 1e-9);
    EXPECT_LE(plume.base_m + plume.rise_m, 600.0 + 1e-9);
    before = plume.rise_m;
  }
}

TEST(PlumeRise, IsDrawnDownBehindTheStackInAStrongWind) {
  expect_relative(height_after_downwash_m(warm_stack, 10.0), 48.0);  // 50 + 2 * 2 * (10/10 - 1.5)
  EXPECT_EQ(height_after_downwash_m(warm_stack, 5.0), 50.0);
  const Stack low{.height_m = 1.0, .diameter_m = 4.0, .exit_temperature_k = 300.0, .exit_velocity_m_s = 0.0};
  EXPECT_EQ(height_after_downwash_m(low, 5.0), 0.0);
}

/// A column of eight layers with random air.
struct Column {
  Surface surface;
  WeatherSnapshot weather;
  explicit Column(unsigned seed) {
    std::mt19937 numbers(seed);
    const auto random = [&](double low, double high) {
      return low + (high - low) * static_cast<double>(numbers()) / 4294967296.0;
    };
    const int layers = 8;
    surface.interface_above_ground_m = Array3<double>(layers + 1, 1, 1, 0.0);
    weather.temperature_k = weather.pressure_pa = weather.wind_x_m_s = weather.wind_y_m_s =
        weather.air_mass_kg = Array3<double>(layers, 1, 1);
    for (int k = 0; k < layers; ++k) {
      surface.interface_above_ground_m(k + 1, 0, 0) =
          surface.interface_above_ground_m(k, 0, 0) + random(10.0, 60.0) * (k + 1);
      weather.temperature_k(k, 0, 0) = random(280.0, 285.0);
      weather.pressure_pa(k, 0, 0) = 1.0e5 - 1500.0 * k;
      weather.wind_x_m_s(k, 0, 0) = random(-8.0, 8.0);
      weather.wind_y_m_s(k, 0, 0) = random(-8.0, 8.0);
      weather.air_mass_kg(k, 0, 0) = random(1.0e6, 9.0e6);
    }
  }
};

TEST(PlumeLayers, ShareTheWholeEmissionOut) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const Column column(seed);
    const Stack stack{.height_m = 500.0 * seed / 200.0,
                      .diameter_m = 1.0 + seed % 7,
                      .exit_temperature_k = 280.0 + 3.0 * seed,
                      .exit_velocity_m_s = seed % 30 * 1.0};
    const std::vector<double> shares = plume_layer_shares(stack, column.weather, column.surface, 0, 0);
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    EXPECT_NEAR(sum, 1.0, 1.0e-14);  // some roundings of 1
    for (const double share : shares) EXPECT_GE(share, 0.0);
  }
}

TEST(VerticalProfile, IsSharedByOverlapWithTheLayers) {
  // Slabs 0-20 and 20-92 m; layers of 46 m: the upper slab lies 26/72 in the first layer.
  const Layers layers({46.0, 92.0, 1000.0});
  const std::vector<double> shares =
      layer_shares({{20.0, 92.0}, {0.25, 0.75}}, layers.nominal_interfaces_m());
  EXPECT_NEAR(shares[0], 0.25 + 0.75 * 26.0 / 72.0, 1e-15);
  EXPECT_NEAR(shares[1], 0.75 * 46.0 / 72.0, 1e-15);
  EXPECT_EQ(shares[2], 0.0);
}

TEST(VerticalProfile, KeepsWhatWouldPassTheModelTopInTheHighestLayer) {
  const Layers layers({50.0, 100.0});
  const std::vector<double> shares =
      layer_shares({{300.0, 400.0}, {0.5, 0.5}}, layers.nominal_interfaces_m());
  EXPECT_NEAR(shares[0] + shares[1], 1.0, 1e-15);
  EXPECT_GE(shares[1], 0.5);
}

}  // namespace
}  // namespace lantian
