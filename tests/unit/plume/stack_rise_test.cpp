#include "air_column.hpp"
#include "plume/dividing_streamline.hpp"
#include "plume_hours.hpp"
#include "point_plume.hpp"
#include "source_hour.hpp"

#include "lantian/plume/plume_engine.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace lantian::plume {
namespace {

using namespace testing;

AirColumn city_air() {
  return urban_column(rural_column(stable_hour(), {}), {"", 2.0e6});
}

Source warm_stack() {
  Source stack = tall_stack();
  stack.release_height_m = 50.0;
  stack.gas_velocity_m_s = 25.0;
  stack.stack_diameter_m = 6.0;
  return stack;
}

TEST(RiseInACity, GoesThroughTheLidAsInConvectiveAir) {
  // By hand: lid 400 m, base 100 m, theta at the rural mixing height from the column.
  const AirColumn air = city_air();
  Release gas;
  gas.lowered_height_m = 100.0;
  gas.buoyancy_flux_m4_s3 = 600.0;
  const double n2 = 9.80616 / air.theta_at_top_k * 0.005;
  const double over = std::cbrt(17.576 * 600.0 / (5.0 * n2 * 2.7e7) + 0.296296);
  ASSERT_GT(over, 2.0 / 3.0);
  ASSERT_LT(over, 2.0);
  EXPECT_NEAR(rise_through_city_m(310.0, 5.0, gas, air), 300.0 * (0.75 * over + 0.5), 1e-9);
  EXPECT_EQ(rise_through_city_m(299.0, 5.0, gas, air), 299.0);  // below the lid
  gas.buoyancy_flux_m4_s3 = 1e-10;
  EXPECT_EQ(rise_through_city_m(310.0, 5.0, gas, air), 310.0);  // too weak for it
  EXPECT_EQ(rise_through_city_m(310.0, 5.0, gas, rural_column(stable_hour(), {})), 310.0);
}

TEST(RiseInACity, TakesTheWindOverTheRiseItEndsWith) {
  const AirColumn air = urban_column(rural_column(stable_hour(), {}), {"", 1.0e5});  // lid 189 m
  const Source stack = warm_stack();
  const SourceHour found = source_hour(stack, air, flat());
  const Release& gas = found.source.gas;
  const double final_m = found.source.stable.final_m;
  ASSERT_GT(gas.lowered_height_m + final_m, air.layer.mixing_height_m);
  const double wind = air_of_rise(final_m, gas, air).wind_m_s;
  EXPECT_NEAR(rise_through_city_m(1.0e4, wind, gas, air) / final_m, 1.0, 0.01);  // where the passes end
  EXPECT_GT(wind, 1.2 * gas.wind_m_s);
}

TEST(TransportWind, IsThatOfTheFullRiseWhereMixingEndsItEarlier) {
  WeatherHour hour = convective_hour();
  ProfileLevel aloft = hour.levels[0];
  aloft.height_m = 900.0;
  aloft.wind_from_deg = 330.0;
  hour.levels.push_back(aloft);
  const AirColumn air = rural_column(hour, {});
  Source stack = warm_stack();
  stack.stack_diameter_m = 12.0;
  const SourceHour found = source_hour(stack, air, flat());
  const RisingSource& source = found.source;
  const Release& gas = source.gas;
  const double far_m = distance_of_final_rise_m(gas.buoyancy_flux_m4_s3);
  ASSERT_LT(source.distance_of_final_m, far_m);
  const double rise_m =
      entraining_rise_m(far_m, gas.buoyancy_flux_m4_s3, gas.momentum_flux_m4_s2, gas.wind_m_s);
  const double from_deg = air.wind_from_deg.at_height(50.0 + 0.5 * rise_m);
  EXPECT_NEAR(found.sine_from, std::sin(from_deg * std::numbers::pi / 180.0), 1e-12);
  EXPECT_GT(rise_m, 1.1 * source.turning_rise_m);
}

TEST(StackTip, LowersACappedStackAlsoWithoutDownwashAndAHorizontalOneNever) {
  const AirColumn air = rural_column(windy_hour(), {});
  Source stack = tall_stack();
  stack.release_height_m = 20.0;
  stack.stack_diameter_m = 2.0;
  Options plain = flat(), without = flat();
  without.stack_tip_downwash = false;
  stack.shape = SourceShape::capped_point;
  const double wind = air.wind_m_s.at_height(20.0), lowered = 20.0 - 4.0 * (1.5 - 0.001 / wind);
  EXPECT_NEAR(source_hour(stack, air, plain).source.gas.lowered_height_m, lowered, 1e-12);
  EXPECT_NEAR(source_hour(stack, air, without).source.gas.lowered_height_m, lowered, 1e-12);
  stack.shape = SourceShape::horizontal_point;
  EXPECT_EQ(source_hour(stack, air, plain).source.gas.lowered_height_m, 20.0);
  stack.shape = SourceShape::point;
  stack.gas_velocity_m_s = 1.0;
  EXPECT_LT(source_hour(stack, air, plain).source.gas.lowered_height_m, 20.0);
  EXPECT_EQ(source_hour(stack, air, without).source.gas.lowered_height_m, 20.0);
}

TEST(Fluxes, OfAStackWithoutExitVelocityAreThoseOfAHundredthOfAMillimetreASecond) {
  const AirColumn air = rural_column(stable_hour(), {});
  Source stack = tall_stack();
  stack.gas_velocity_m_s = 0.0;
  const Release gas = source_hour(stack, air, flat()).source.gas;
  const double air_k = gas.theta_k - 0.00977 * 100.0;
  EXPECT_NEAR(gas.buoyancy_flux_m4_s3, 9.80616 * 1e-5 * 16.0 * (420.0 - air_k) / (4.0 * 420.0), 1e-15);
}

TEST(RiseInStableAir, StaysAtItsHighestBeyondTheAngleThatHasIt) {
  const Release gas{.buoyancy_flux_m4_s3 = 100.0, .momentum_flux_m4_s2 = 400.0};
  const RiseAir<double> mean{4.0, 0.02};
  const double damped = 0.014, push = damped * 4.0;
  const double angle = std::atan2(push, -1.0), end_m = angle * 4.0 / damped;
  const double highest = 2.66 * std::cbrt(100.0 / (4e-4 * 4.0) * (1.0 + std::hypot(1.0, push)));
  EXPECT_NEAR(oscillating_rise_m(end_m, gas, mean), highest, 1e-9);
  for (const double more : {1.001, 1.3, 1.9, 2.2, 6.0})
    EXPECT_NEAR(oscillating_rise_m(more * end_m, gas, mean), highest, 1e-9) << more;
  EXPECT_LT(oscillating_rise_m(0.9 * end_m, gas, mean), highest);
  const Lanes several{10.0, 300.0, 600.0, 890.0, 900.0, 1100.0, 1700.0, 5000.0};
  const Lanes found = oscillating_rise_m(several, gas, RiseAir<Lanes>{Lanes{} + 4.0, Lanes{} + 0.02});
  for (int lane = 0; lane < lane_count; ++lane)
    EXPECT_NEAR(found[lane], oscillating_rise_m(double{several[lane]}, gas, mean), 1e-9);
}

TEST(PointPlume, BringsNothingWithinAMetreOfItsStack) {
  const PlumeEngine engine({tall_stack()}, {receptor_at(0.995, 0.0, 100.0), receptor_at(1.005, 0.0, 100.0)},
                           flat(), {});
  const auto values = engine.hour(windy_hour(), 0).concentration_ug_m3;
  EXPECT_EQ(values[0], 0.0);
  EXPECT_GT(values[1], 0.0);
}

/// The lowest level where air can climb, and the height below it where it just can: AERMOD's way, level by
/// level from the crest down, by halving in place of the quadratic formula.
double lowest_streamline_m(double hill_m, const AirColumn& air) {
  const std::size_t crest = layer_of(hill_m);
  const auto climb = [&](double z) {
    double sum = 0.0, top = hill_m;
    for (std::size_t i = crest + 1; i-- > 0 && top > z;) {
      const double bottom = std::max(level_heights_m[i], z);
      const double theta = i == crest ? 0.5 * (air.theta_k.value[i] + air.theta_k.at_height(hill_m)) : 0.0;
      const double gradient = 0.5 * (air.gradient_k_m.value[i] + air.gradient_k_m.at_height(hill_m));
      const double n2 = i == crest ? 9.80616 * gradient / theta : air.layer_stability_s2[i];
      sum += n2 * (hill_m - 0.5 * (top + bottom)) * (top - bottom);
      top = bottom;
    }
    return sum;
  };
  const auto spare = [&](double z) {
    const double u = air.wind_m_s.at_height(z);
    return 0.5 * u * u - climb(z);
  };
  double found = 0.0, above = hill_m;
  for (std::size_t i = crest + 1; i-- > 0; above = level_heights_m[i]) {
    if (spare(level_heights_m[i]) > 0.0) found = 0.0;
    if (spare(level_heights_m[i]) > 0.0 || spare(above) <= 0.0) continue;
    double low = level_heights_m[i], high = above;
    for (int n = 0; n < 60; ++n) (spare(0.5 * (low + high)) > 0.0 ? high : low) = 0.5 * (low + high);
    found = high;
  }
  return found;
}

TEST(DividingStreamline, IsTheLowestOfSeveralInAWindThatWeakensWithHeight) {
  WeatherHour hour = stable_hour();
  for (const auto& [height_m, wind_m_s] : {std::pair{60.0, 9.0}, {120.0, 1.0}, {300.0, 6.0}}) {
    ProfileLevel level = hour.levels[0];
    level.height_m = height_m;
    level.wind_speed_m_s = wind_m_s;
    hour.levels.push_back(level);
  }
  const AirColumn air = rural_column(hour, {});
  ASSERT_FALSE(air.wind_grows_with_height);
  int below_the_gap = 0;
  for (double hill_m = 20.0; hill_m < 420.0; hill_m += 7.3) {
    const double found = dividing_streamline_m(hill_m, air);
    EXPECT_NEAR(found, lowest_streamline_m(hill_m, air), 1e-6) << hill_m;
    const Lanes together{3.0, hill_m, 50.0, 90.0, 170.0, 33.0, 0.0, 380.0};
    EXPECT_EQ(dividing_streamline_m(together, air)[1], found);
    if (hill_m > 120.0 && found < 100.0) ++below_the_gap;
  }
  EXPECT_GT(below_the_gap, 0);
  EXPECT_TRUE(rural_column(stable_hour(), {}).wind_grows_with_height);
}

}  // namespace
}  // namespace lantian::plume
