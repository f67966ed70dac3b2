#include "air_column.hpp"
#include "made_table.hpp"
#include "plume/aermod_concentration.hpp"
#include "plume/area_integral.hpp"
#include "plume/dividing_streamline.hpp"
#include "plume_hours.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian::plume {
namespace {

using namespace testing;

TEST(AirColumn, HasTheProfilesThatAermodPrintsForAStableHour) {
  // Profile output of AERMOD 24142 (ten digits) for the same hour.
  const AirColumn air = rural_column(stable_hour(), {});
  constexpr double digits = 1e-9;
  EXPECT_NEAR(air.wind_m_s.at_height(2.0), 1.598485657, digits);
  EXPECT_NEAR(air.wind_m_s.at_height(100.0), 8.541502418, digits);
  EXPECT_NEAR(air.sigma_v_m_s.at_height(60.0), 0.3580330767, digits);
  EXPECT_NEAR(air.sigma_w_m_s.at_height(60.0), 0.2134161118, digits);
  EXPECT_NEAR(air.theta_k.at_height(400.0), 285.0832756, 1e-7);
  EXPECT_NEAR(air.gradient_k_m.at_height(2.0), 0.1489860567, digits);
  EXPECT_NEAR(air.gradient_k_m.at_height(100.0), 0.04090344465, digits);
  EXPECT_NEAR(air.mean_wind_m_s, 7.682280028, digits);
  EXPECT_NEAR(air.mean_sigma_w_m_s, 0.2115319302, digits);
}

TEST(AirColumn, HasTheProfilesThatAermodPrintsForAConvectiveHour) {
  const AirColumn air = rural_column(convective_hour(), {});
  constexpr double digits = 1e-9;
  EXPECT_NEAR(air.wind_m_s.at_height(60.0), 4.307062242, digits);
  EXPECT_NEAR(air.sigma_v_m_s.at_height(100.0), 1.005322750, digits);
  EXPECT_NEAR(air.sigma_w_m_s.at_height(400.0), 0.8164281162, digits);
  EXPECT_NEAR(air.mean_wind_m_s, 4.652288285, digits);
}

TEST(AirColumn, MeetsEachMeasuredLevelAndTurnsTheShorterWay) {
  WeatherHour hour = stable_hour();
  hour.levels[0].wind_from_deg = 350.0;
  ProfileLevel high = hour.levels[0];
  high.height_m = 100.0;
  high.wind_speed_m_s = 6.0;
  high.wind_from_deg = 20.0;
  hour.levels.push_back(high);
  const AirColumn air = rural_column(hour, {});
  EXPECT_NEAR(air.wind_m_s.at_height(100.0), 6.0, 1e-12);
  EXPECT_NEAR(air.wind_from_deg.at_height(100.0), 380.0, 1e-12);
  EXPECT_NEAR(air.wind_from_deg.at_height(50.0), 350.0 + 30.0 * 40.0 / 90.0, 1e-12);
}

TEST(HeightGrid, FindsTheLayerOfAnyHeight) {
  for (std::size_t i = 0; i + 1 < level_count; ++i) {
    EXPECT_EQ(layer_of(level_heights_m[i]), i);
    EXPECT_EQ(layer_of(0.5 * (level_heights_m[i] + level_heights_m[i + 1])), i);
  }
  EXPECT_EQ(layer_of(1.0e5), level_count - 2);
  EXPECT_EQ(layer_of(-3.0), 0U);
}

TEST(LidOverPlume, KeepsTheWholePlumeBelow) {
  // The lid and the ground reflect: the density between them integrates to 1, however wide the plume.
  for (const double sigma : {5.0, 60.0, 400.0, 3000.0}) {
    constexpr int count = 4000;
    constexpr double lid = 500.0;
    double mass = 0.0;
    for (int k = 0; k < count; ++k) {
      mass += lidded_density_m((k + 0.5) * lid / count, 200.0, lid, sigma) * lid / count;
    }
    EXPECT_NEAR(mass, 1.0, 1e-6) << sigma;  // images end where they bring 1e-9 of the sum
  }
}

TEST(ConvectivePlume, KeepsTheWholePlumeBelowTheLidWhenNothingHoldsItBack) {
  const ConvectivePlume<double> plume{900.0, -150.0, 500.0, 300.0, 0.4, 0.6};
  constexpr int count = 4000;
  constexpr double lid = 700.0;
  double mass = 0.0;
  for (int k = 0; k < count; ++k) {
    const double z = (k + 0.5) * lid / count;
    mass += convective_density_m(z, plume, 0.0, lid) * lid / count;
  }
  EXPECT_NEAR(mass, 1.0, 1e-6);
}

TEST(VerticalTerms, SumManyImagesAtOnceAsOneByOne) {
  for (const double step : {0.004, 0.06, 0.15, 0.2499, 0.2501, 0.6}) {
    Lanes a{}, one_by_one{};
    for (int n = -50; n <= 50; n += lane_count) {
      for (int lane = 0; lane < lane_count; ++lane) {
        a[lane] = 0.1 * (n + lane);
        one_by_one[lane] = 0.0;
        for (int m = 0; a[lane] + m * step < 12.0; ++m)
          one_by_one[lane] += std::exp(-0.5 * std::pow(a[lane] + m * step, 2));
      }
      const Lanes sum = bells_above(a, ImageStep<Lanes>(Lanes{} + step));
      for (int lane = 0; lane < lane_count; ++lane) {
        // Walks end at 1e-8 of the sum, with up to a hundred terms to come.
        EXPECT_NEAR(sum[lane] / one_by_one[lane], 1.0, 1e-6) << a[lane] << ", " << step;
        if (step < 0.25 && std::fabs(a[lane]) < 3.99) {
          EXPECT_NEAR(sum[lane] / one_by_one[lane], 1.0, 3e-9) << a[lane] << ", " << step;
        }
        EXPECT_NEAR(bells_above(a[lane], ImageStep<double>(step)) / sum[lane], 1.0, 1e-12);
      }
    }
  }
}

TEST(SkewedSpeeds, HaveNoMeanTheirVarianceAndTheirSkewness) {
  const double sigma = 0.6, third = 0.125;
  const SkewedSpeeds<double> speeds = skewed_speeds(sigma, third);
  const double up = 2.0 * speeds.up, down = -2.0 * speeds.down;  // spreads of the two parts
  const double mean = speeds.share_up * speeds.up + speeds.share_down * speeds.down;
  const double variance = speeds.share_up * (speeds.up * speeds.up + up * up) +
                          speeds.share_down * (speeds.down * speeds.down + down * down);
  const double skewed = speeds.share_up * (std::pow(speeds.up, 3) + 3.0 * speeds.up * up * up) +
                        speeds.share_down * (std::pow(speeds.down, 3) + 3.0 * speeds.down * down * down);
  EXPECT_NEAR(mean, 0.0, 1e-15);
  EXPECT_NEAR(variance, sigma * sigma, 1e-14);
  EXPECT_NEAR(skewed, third, 1e-14);
}

TEST(UpperTail, AgreesWithTheLibrary) {
  for (double a = 0.0; a < 10.5; a += 0.01) {
    EXPECT_NEAR(upper_tail(a) / (0.5 * std::erfc(a / std::numbers::sqrt2)), 1.0, 1e-10) << a;
  }
  EXPECT_EQ(upper_tail(11.0), 0.0);
}

TEST(Lanes, GiveTheSineAndCosineOfTheLibrary) {
  for (double x = -40.0; x < 40.0; x += 0.37) {
    const auto found = sine_cosine(Lanes{} + x);
    EXPECT_NEAR(found.sine[3], std::sin(x), 1e-15);
    EXPECT_NEAR(found.cosine[5], std::cos(x), 1e-15);
  }
}

TEST(DividingStreamline, LiesWhereTheWindHasJustTheEnergyToClimb) {
  const AirColumn air = rural_column(stable_hour(), {});
  const double hill_m = 240.0, height_m = dividing_streamline_m(hill_m, air);
  ASSERT_GT(height_m, 0.0);
  ASSERT_LT(height_m, hill_m);
  double climb = 0.0;
  constexpr int count = 200000;
  for (int i = 0; i < count; ++i) {
    const double dz = (hill_m - height_m) / count, z = height_m + (i + 0.5) * dz;
    const std::size_t layer = layer_of(z);
    const double n2 = layer == layer_of(hill_m)
                          ? gravity_of_plumes_m_s2 *
                                (air.gradient_k_m.value[layer] + air.gradient_k_m.at_height(hill_m)) /
                                (air.theta_k.value[layer] + air.theta_k.at_height(hill_m))
                          : air.layer_stability_s2[layer];
    climb += n2 * (hill_m - z) * dz;
  }
  const double wind = air.wind_m_s.at_height(height_m);
  EXPECT_NEAR(climb / (0.5 * wind * wind), 1.0, 1e-4);  // of the sum by steps
}

TEST(DividingStreamline, OfEightHillsIsThatOfEach) {
  const AirColumn air = rural_column(stable_hour(), {});
  const Lanes hills_m = {-5.0, 0.0, 1.5, 20.0, 55.0, 240.0, 900.0, 6000.0};
  const Lanes found = dividing_streamline_m(hills_m, air);
  for (int lane = 0; lane < lane_count; ++lane)
    EXPECT_EQ(found[lane], dividing_streamline_m(double{hills_m[lane]}, air)) << hills_m[lane];
  EXPECT_EQ(found[0], 0.0);
  EXPECT_GT(found[5], 0.0);
}

TEST(ProfileTable, AtEightHeightsIsThatAtEach) {
  Profile values{};
  for (std::size_t i = 0; i < level_count; ++i) values[i] = std::sin(0.7 * static_cast<double>(i));
  const ProfileTable table(values);
  const Lanes heights_m = {0.0, 0.7, 3.0, 19.99, 20.0, 333.0, 4999.0, 5400.0};
  const Lanes at = table.at(place(heights_m)), up_to = table.up_to(place(heights_m));
  for (int lane = 0; lane < lane_count; ++lane) {
    const Height<double> z = place(double{heights_m[lane]});
    EXPECT_EQ(at[lane], table.at(z)) << heights_m[lane];
    EXPECT_EQ(up_to[lane], table.up_to(z)) << heights_m[lane];
  }
  EXPECT_NEAR(table.up_to(place(1.0)), 0.25 * (values[0] + 2.0 * values[1] + values[2]), 1e-15);
}

TEST(DividingStreamline, IsNowhereInConvectiveAir) {
  EXPECT_EQ(dividing_streamline_m(200.0, rural_column(convective_hour(), {})), 0.0);
}

TEST(PolygonIntegral, BringsAcrossTheWindAllThatTheAreaSends) {
  // With one density everywhere, summed across the wind, the integral is the area's upwind part times the
  // density.
  PlumeAlongWind plume;
  plume.near = table_of([](const Lanes& x) { return TableValues{log(0.1 * x), log(Lanes{} + 0.02)}; });
  double sum = 0.0;
  constexpr double step = 0.5;
  for (double shift = -400.0; shift < 400.0; shift += step) {
    const std::array<SeenCorner, 4> ring{
        {{100.0, shift}, {180.0, 60.0 + shift}, {120.0, 140.0 + shift}, {40.0, 80.0 + shift}}};
    sum += polygon_share_s_m(ring, plume) * step;
  }
  EXPECT_NEAR(sum / (80.0 * 80.0 + 60.0 * 60.0) / 0.02, 1.0, 1e-6);
}

}  // namespace
}  // namespace lantian::plume
