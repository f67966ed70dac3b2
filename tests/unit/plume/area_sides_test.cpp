#include "made_table.hpp"
#include "plume/side_integral.hpp"
#include "plume_hours.hpp"

#include "lantian/plume/plume_engine.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace lantian::plume {
namespace {

using namespace testing;

constexpr double wide_m_per_m = 0.1, density_s_m2 = 0.02;

template <class Value>
double romberg(double from_m, double to_m, const Value& value) {
  const auto end = [&](double x_m) { return side_detail::EndPoint{x_m, value(Lanes{} + x_m)[0]}; };
  return side_detail::romberg_integral(end(from_m), end(to_m), value);
}

/// A plume a tenth as wide as it is long, as dense everywhere.
TableValues wedge(const Lanes& x_m) {
  return {log(wide_m_per_m * x_m), log(Lanes{} + density_s_m2)};
}

TEST(ShareWithin, IsTheNormalDistributionInFourDigits) {
  for (double a = -4.2; a <= 4.2; a += 0.1) {
    const double exact = 0.5 * std::erfc(-a / std::numbers::sqrt2);
    EXPECT_NEAR(side_detail::share_within(a), exact, 1.01e-4) << a;
    EXPECT_NEAR(side_detail::share_within(a) + side_detail::share_within(-a), 1.0, 1e-15) << a;
  }
  EXPECT_NEAR(side_detail::share_within(-0.25), 0.5 * (0.4207 + 0.3821), 1e-15);
  EXPECT_EQ(side_detail::share_within(-3.9), 0.0);
  EXPECT_EQ(side_detail::share_within(3.95), 1.0);
}

TEST(RombergIntegral, IsExactForWhatSixteenStepsHoldAndTurnsWithItsEnds) {
  const auto power = [](const Lanes& x) { return Lanes(x * x * x * x * x * x * x); };
  EXPECT_NEAR(romberg(1.0, 3.0, power), (std::pow(3.0, 8) - 1.0) / 8.0, 1e-9);
  EXPECT_NEAR(romberg(3.0, 1.0, power), -(std::pow(3.0, 8) - 1.0) / 8.0, 1e-9);
  EXPECT_EQ(romberg(2.0, 2.0, power), 0.0);
}

TEST(RombergIntegral, HalvesItsStepsWhileTheyChangeMuchAndAreLong) {
  int calls = 0;
  const auto peak = [&](const Lanes& x) {
    ++calls;
    const Lanes off = x - 400.0;
    return Lanes(exp(Lanes(off * off * -5e-4)) + 1e-4);
  };
  const double whole = std::sqrt(std::numbers::pi / 5e-4) + 0.1;
  EXPECT_NEAR(romberg(0.0, 1000.0, peak) / whole, 1.0, 1e-2);
  EXPECT_GT(calls, 2 + 2);
  calls = 0;
  // Sixteen steps below 1 m, and a function below 1e-5: no more than sixteen.
  (void)romberg(395.0, 405.0, peak);
  EXPECT_EQ(calls, 2 + 2);
  calls = 0;
  (void)romberg(0.0, 1000.0, [&](const Lanes& x) { return Lanes(1e-6 * peak(x)); });
  EXPECT_EQ(calls, 2 + 2);
}

TEST(RombergIntegral, IsNothingWhereBothEndsAreNothing) {
  const auto peak = [](const Lanes& x) {
    const LaneBits inside = x > 10.0;
    return choose(both(inside, LaneBits(x < 90.0)), Lanes{} + 1.0, Lanes{});
  };
  EXPECT_EQ(romberg(0.0, 100.0, peak), 0.0);
}

TEST(BrentRoot, IsWithinAFiveHundredthOfTheRoot) {
  const auto cubic = [](double x) { return x * x * x - 2000.0; };
  const double root = std::cbrt(2000.0);
  EXPECT_NEAR(brent_root({1.0, cubic(1.0)}, {40.0, cubic(40.0)}, cubic), root, 0.0025 * root);
  EXPECT_NEAR(brent_root({40.0, cubic(40.0)}, {1.0, cubic(1.0)}, cubic), root, 0.0025 * root);
  EXPECT_EQ(brent_root({1.0, -1.0}, {7.0, 0.0}, cubic), 7.0);
}

TEST(SideIntegral, OfSidesBeyondTheEdgeLeavesNothingWhereTheyRunAgainstEachOther) {
  using side_detail::Stretch;
  const auto over = [](const std::vector<std::pair<double, double>>& pieces) {
    std::vector<Stretch> stretches;
    for (const auto& [from, to] : pieces) stretches.push_back({{from, density_s_m2}, {to, density_s_m2}});
    return side_detail::integral_beyond(stretches, wedge) / density_s_m2;
  };
  EXPECT_NEAR(over({{100.0, 160.0}}), 60.0, 1e-9);
  EXPECT_EQ(over({{100.0, 160.0}, {160.0, 100.0}}), 0.0);
  EXPECT_NEAR(over({{100.0, 160.0}, {150.0, 120.0}}), 30.0, 1e-9);
  EXPECT_NEAR(over({{100.0, 160.0}, {160.0, 200.0}}), 100.0, 1e-9);
  EXPECT_NEAR(over({{100.0, 130.0}, {170.0, 160.0}}), 20.0, 1e-9);
}

TEST(PolygonBySides, BringsWhatTheWholeIntegralDoesWithinAFewHundredths) {
  PlumeAlongWind plume;
  plume.near = table_of(wedge);
  for (double shift = -60.0; shift <= 60.0; shift += 7.0) {
    const std::array<SeenCorner, 4> ring{
        {{100.0, shift}, {180.0, 60.0 + shift}, {120.0, 140.0 + shift}, {-40.0, 80.0 + shift}}};
    const double whole = polygon_share_s_m(ring, plume), sides = polygon_share_by_sides_s_m(ring, wedge);
    EXPECT_NEAR(sides, whole, 0.02 * whole + 0.003) << shift;
    const std::array<SeenCorner, 4> back{ring[3], ring[2], ring[1], ring[0]};
    EXPECT_NEAR(polygon_share_by_sides_s_m(back, wedge), sides, 1e-12) << shift;
  }
}

TEST(PolygonBySides, IsTheDensityTimesItsLengthWhereItHoldsAllOfThePlume) {
  const std::array<SeenCorner, 4> ring{{{200.0, -900.0}, {200.0, 900.0}, {-50.0, 900.0}, {-50.0, -900.0}}};
  EXPECT_NEAR(polygon_share_by_sides_s_m(ring, wedge), density_s_m2 * (200.0 - 1.01), 1e-9);
}

TEST(PolygonBySides, IsNothingBesideThePlumeAndBehindTheReceptor) {
  const std::array<SeenCorner, 3> beside{{{100.0, 50.0}, {120.0, 60.0}, {110.0, 90.0}}};
  const std::array<SeenCorner, 3> behind{{{-100.0, -5.0}, {-120.0, 6.0}, {1.0, 9.0}}};
  EXPECT_EQ(polygon_share_by_sides_s_m(beside, wedge), 0.0);
  EXPECT_EQ(polygon_share_by_sides_s_m(behind, wedge), 0.0);
}

Source field() {
  Source source;
  source.name = "field";
  source.shape = SourceShape::area;
  source.emission = 1e-4;
  source.release_height_m = 3.0;
  source.initial_sigma_z_m = 2.0;
  source.vertices = {{0.0, 0.0}, {0.0, 80.0}, {60.0, 80.0}, {60.0, 0.0}};
  return source;
}

TEST(AreaBySides, IsNearTheWholeIntegralAndTheSameOverFlatLandAndLevelHills) {
  Options flat_sides, level_sides;
  flat_sides.flat_terrain = flat_sides.areas_by_sides = level_sides.areas_by_sides = true;
  const std::vector<Receptor> receptors{receptor_at(180.0, 30.0), receptor_at(30.0, 40.0),
                                        receptor_at(900.0, -100.0)};
  for (const WeatherHour& hour : {stable_hour(), convective_hour(), windy_hour()}) {
    const auto of = [&](const Options& options) {
      return PlumeEngine({field()}, receptors, options, {}).hour(hour, 0).concentration_ug_m3;
    };
    const auto whole = of(flat()), sides = of(flat_sides), level = of(level_sides);
    for (std::size_t i = 0; i < receptors.size(); ++i) {
      EXPECT_NEAR(sides[i], whole[i], 0.03 * whole[i] + 1e-3) << i;  // no width beyond 3.9 spreads
      EXPECT_NEAR(level[i], sides[i], 1e-4 * sides[i]) << i;
    }
  }
}

}  // namespace
}  // namespace lantian::plume
