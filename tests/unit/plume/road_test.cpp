#include "plume/rline.hpp"
#include "plume/road_integral.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <numbers>

namespace lantian::plume {
namespace {

BoundaryLayer stable_layer() {
  BoundaryLayer layer;
  layer.friction_velocity_m_s = 0.2;
  layer.obukhov_length_m = 40.0;
  layer.roughness_length_m = 0.1;
  layer.mixing_height_m = 800.0;
  layer.stable = true;
  return layer;
}

TEST(RoadWind, IsAPolygonThroughAHundredHeights) {
  const BoundaryLayer layer = stable_layer();
  const RoadWindTable table(layer, 0.5);
  const double step = std::log(800.0 / 0.6) / 99.0;
  for (const int i : {0, 1, 40, 98}) {
    // A hair above a height of the table, so that rounding does not choose the layer.
    const double low = 0.6 * std::exp(step * i) * (1.0 + 1e-9), high = 0.6 * std::exp(step * (i + 1));
    const double at_low = road_similarity_wind_m_s(low, 0.5, layer),
                 at_high = road_similarity_wind_m_s(high, 0.5, layer);
    EXPECT_NEAR(table.at(low), at_low, 1e-8);
    EXPECT_NEAR(table.at(0.5 * (low + high)), 0.5 * (at_low + at_high), 1e-8);
  }
  EXPECT_NEAR(table.at(0.1), 0.0, 1e-12);
  // Above the table its last piece goes on.
  EXPECT_NEAR(table.at(1000.0) - table.at(900.0), table.at(900.0) - table.at(800.0), 1e-9);
}

TEST(RoadWind, OfEightHeightsIsThatOfEach) {
  const RoadWindTable table(stable_layer(), 0.5);
  const Lanes heights = {0.0, 0.7, 1.0, 2.0, 8.0, 31.0, 400.0, 3000.0};
  const Lanes found = table.at(heights);
  for (int lane = 0; lane < lane_count; ++lane)
    EXPECT_NEAR(found[lane], table.at(heights[lane]), 1e-12 * (1.0 + found[lane]));
}

TEST(RoadFading, IsAPolygonAboveTheExponential) {
  constexpr double step = 20.0 / 999.0;
  EXPECT_DOUBLE_EQ(road_fading(0.0), 1.0);
  EXPECT_NEAR(road_fading(-20.0 + 500.0 * step) / std::exp(-20.0 + 500.0 * step), 1.0, 1e-12);
  const double middle = -20.0 + 500.5 * step;
  EXPECT_NEAR(road_fading(middle) / std::exp(middle), std::cosh(0.5 * step), 1e-12);
  EXPECT_NEAR(road_fading(-100.0), std::exp(-20.0), 1e-20);
  for (double x = -20.0; x <= 0.0; x += 0.0037) {
    EXPECT_GE(road_fading(x), std::exp(x) * (1.0 - 1e-12));
    EXPECT_LE(road_fading(x), std::exp(x) * (1.0 + step * step / 8.0 + 1e-6));
  }
}

/// The sum over a road that one receptor sees, and how many vectors of points it took.
struct Counted {
  double share{};
  std::size_t vectors{};
};
template <class Function>
Counted over_ends(const SeenEnds& ends, const Function& brought) {
  Counted found;
  const auto each = [&](const RoadPoints& points) {
    found.vectors += points.vectors;
    BroughtByPoints all{};
    for (std::size_t v = 0; v < points.vectors; ++v) all[v] = brought(points.x_m[v], points.y_m[v]);
    return all;
  };
  std::array<SeenEnds, lane_count> same;
  same.fill(ends);
  const auto one = [&](int, const RoadPoints& points) { return each(points); };
  found.share = road_shares_s_m2(same, 1, each, one)[0];
  return found;
}
/// That over a road of 400 m across the wind, so far upwind of the receptor.
template <class Function>
Counted over_road(double upwind_m, const Function& brought) {
  return over_ends({SeenEnd{upwind_m, 200.0}, SeenEnd{upwind_m, -200.0}}, brought);
}

TEST(RoadSum, IsExactForAFifthDegreeAndEndsAsSoonAsItsCorrectionIsSmall) {
  const auto quintic = [](const Lanes&, const Lanes& y) {
    const Lanes s = y / 200.0;
    return Lanes(1.0 + s + 3.0 * s * s + 0.5 * s * s * s * s * s + 2.0 * s * s * s * s);
  };
  // Upwind of the road five points are enough; behind it, 100 m away, 33 are summed up at least.
  const double integral = 400.0 * (1.0 + 3.0 / 3.0 + 2.0 / 5.0);
  const Counted behind = over_road(100.0, quintic);
  EXPECT_NEAR(behind.share / integral, 1.0, 1e-12);
  EXPECT_EQ(behind.vectors, 9);  // five points, 4, 8 and 16
  const Counted before = over_road(-100.0, [](const Lanes&, const Lanes& y) { return Lanes(2.0 + 0.0 * y); });
  EXPECT_NEAR(before.share, 800.0, 1e-10);
  EXPECT_EQ(before.vectors, 5);
}

TEST(RoadSum, OfANarrowPlumeEndsWithinItsError) {
  for (const double sigma : {4.0, 15.0, 60.0, 300.0}) {
    const Counted found = over_road(std::max(4.0 * sigma, 20.0), [&](const Lanes&, const Lanes& y) {
      const Lanes a = y / sigma;
      return Lanes(exp(Lanes(-0.5 * a * a)) / (sigma * std::sqrt(2.0 * std::numbers::pi)));
    });
    EXPECT_NEAR(found.share / std::erf(200.0 / (sigma * std::numbers::sqrt2)), 1.0, 2e-3) << sigma;
  }
}

TEST(RoadSum, WithoutAnEndGivesItsLastTrapezoid) {
  // Points that never agree: those of every other halving bring nothing.
  const auto level_of = [](long number) { return 10 - std::countr_zero(static_cast<unsigned long>(number)); };
  const Counted found = over_road(100.0, [&](const Lanes&, const Lanes& y) {
    Lanes brought{};
    for (int lane = 0; lane < lane_count; ++lane) {
      const long number = std::lround((200.0 - y[lane]) / 400.0 * 512.0);
      brought[lane] = number % 512 != 0 && level_of(number) % 2 == 0 ? 1.0 : 0.0;
    }
    return brought;
  });
  double trapezoid = 0.0;
  for (int level = 2; level <= 10; ++level) trapezoid = 0.5 * (trapezoid + (level % 2 == 0 ? 400.0 : 0.0));
  EXPECT_NEAR(found.share, trapezoid, 1e-9);
}

TEST(RoadSum, OfNoLengthIsNothing) {
  const auto one = [](const Lanes&, const Lanes&) { return Lanes{} + 1.0; };
  EXPECT_EQ(over_ends({SeenEnd{5.0, 5.0}, SeenEnd{5.0, 5.0}}, one).share, 0.0);
}

TEST(RoadSum, AlongTheWindIsFinite) {
  const auto one = [](const Lanes& x, const Lanes& y) { return Lanes(1.0 / (1.0 + x * x + y * y)); };
  // Integral of 1/(1 + x^2) over 10 to 410 m.
  EXPECT_NEAR(
      over_ends({SeenEnd{10.0, 0.0}, SeenEnd{410.0, 0.0}}, one).share / (std::atan(410.0) - std::atan(10.0)),
      1.0, 1e-3);
}

TEST(RoadSum, OfEightReceptorsIsThatOfEach) {
  const auto brought = [](const Lanes& x, const Lanes& y) {
    return Lanes(1.0 / (1.0 + x * x + 0.1 * y * y));
  };
  const auto all = [&](const RoadPoints& points) {
    BroughtByPoints found{};
    for (std::size_t v = 0; v < points.vectors; ++v) found[v] = brought(points.x_m[v], points.y_m[v]);
    return found;
  };
  std::array<SeenEnds, lane_count> ends;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const double apart_m = 40.0 * static_cast<double>(i) - 100.0;
    ends[i] = {SeenEnd{apart_m, -150.0}, SeenEnd{apart_m + 60.0, 250.0}};
  }
  const Lanes shares =
      road_shares_s_m2(ends, lane_count, all, [&](int, const RoadPoints& points) { return all(points); });
  for (std::size_t i = 0; i < ends.size(); ++i)
    EXPECT_EQ(shares[static_cast<int>(i)], over_ends(ends[i], brought).share) << i;
}

TEST(RoadPlume, OfEightDistancesIsThatOfEachAndHasTheWindOfItsMeanHeight) {
  const RoadAir air = road_air(stable_layer(), 0.3, 10.0, 4.0);
  const RoadRelease road{0.6, 0.6, road_wind_m_s(0.6, air)};
  std::array<Lanes, 3> far_m{};
  for (int lane = 0; lane < lane_count; ++lane)
    for (std::size_t i = 0; i < far_m.size(); ++i)
      far_m[i][lane] = std::pow(10.0, 0.4 * lane + 0.1 * static_cast<double>(i));
  std::array<RoadPlume<Lanes>, 3> plumes{};
  find_road_plumes(far_m.data(), far_m.size(), road, air, plumes.data());
  for (std::size_t i = 0; i < far_m.size(); ++i) {
    for (int lane = 0; lane < lane_count; ++lane) {
      const Lanes alone = Lanes{} + far_m[i][lane];
      RoadPlume<Lanes> plume{};
      find_road_plumes(&alone, 1, road, air, &plume);
      const double sigma = plumes[i].sigma_z_m[lane], wind = plumes[i].wind_m_s[lane];
      EXPECT_EQ(sigma, plume.sigma_z_m[0]);
      EXPECT_EQ(wind, plume.wind_m_s[0]);
      // The steps end within 1 % of the spread; the wind follows it by less.
      const double a = 0.6 / sigma,
                   mean = std::sqrt(2.0 / std::numbers::pi) * sigma * std::exp(-0.5 * a * a) +
                          0.6 * std::erf(a / std::numbers::sqrt2);
      EXPECT_NEAR(wind / road_wind_m_s(std::max(mean, 0.6), air), 1.0, 1e-2);
    }
  }
}

}  // namespace
}  // namespace lantian::plume
