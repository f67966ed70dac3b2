#include "depletion.hpp"

#include "air_column.hpp"
#include "plume_hours.hpp"
#include "source_hour.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace lantian::plume {
namespace {

using namespace testing;

std::vector<char> everywhere() {
  std::vector<char> wanted(DistanceKeys::count, 1);
  return wanted;
}

/// Eight of `count` distances from 10 m to 50 km, at equal steps of their logarithm.
Lanes distances_m(int first, int count) {
  Lanes x_m{};
  for (int lane = 0; lane < lane_count; ++lane)
    x_m[lane] = 10.0 * std::exp(std::log(5000.0) * (first + lane) / count);
  return x_m;
}

/// Greatest error of the pieces of a function from 10 m to 50 km.
template <class Function>
double worst_error(const DistancePieces& pieces, const Function& function) {
  constexpr int count = 40000;
  double worst = 0.0;
  for (int n = 0; n < count; n += lane_count) {
    const Lanes x_m = distances_m(n, count);
    Lanes value{};
    pieces.add_at(x_m, Lanes{} + 1.0, {&value, 1});
    for (int lane = 0; lane < lane_count; ++lane)
      worst = std::max(worst, std::fabs(value[lane] - function(x_m[lane])));
  }
  return worst;
}
template <class Function>
DistancePieces pieces_of(const Function& function, double tolerance, int deepest) {
  DistancePieces pieces(1, tolerance, deepest);
  for (int n = 0; n < DistanceKeys::doublings; ++n)
    pieces.lay(pieces.of_doubling(n, everywhere(), [&](const Lanes& x_m, std::span<Lanes> values) {
      for (int lane = 0; lane < lane_count; ++lane) values[0][lane] = function(x_m[lane]);
    }));
  return pieces;
}

TEST(DistancePieces, ConvergeWithTheEighthPowerOfTheirLength) {
  const auto wave = [](double x_m) { return std::sin(x_m / 4000.0); };
  const double once = worst_error(pieces_of(wave, 0.0, 1), wave),
               twice = worst_error(pieces_of(wave, 0.0, 2), wave);
  EXPECT_NEAR(std::log(once / twice) / std::log(4.0), 8.0, 0.2);
}

TEST(DistancePieces, AreShortWhereAFunctionHasAKinkAndLongElsewhere) {
  const auto kinked = [](double x_m) { return std::min(x_m / 777.0, 1.0); };
  const DistancePieces pieces = pieces_of(kinked, 1e-6, DistanceKeys::bits / 2);
  EXPECT_EQ(pieces.count(), std::size_t{DistanceKeys::doublings + 3 * DistanceKeys::bits / 2});
  EXPECT_LT(worst_error(pieces, kinked), 0.1 / DistanceKeys::in_a_doubling);
  EXPECT_GT(worst_error(pieces_of(kinked, 1e-6, 0), kinked), 0.01);
}

TEST(DistancePieces, CountTheirEndsBeyondThem) {
  const auto line = [](double x_m) { return x_m; };
  const DistancePieces pieces = pieces_of(line, 1e-6, 0);
  Lanes values{};
  pieces.add_at(Lanes{-5.0, 0.0, 0.5, 1.0, 2.0, 4e7, 1e9, 1e12}, Lanes{} + 1.0, {&values, 1});
  const Lanes printed = {1.0, 1.0, 1.0, 1.0, 2.0, 4e7, DistanceKeys::most_m, DistanceKeys::most_m};
  for (int lane = 0; lane < lane_count; ++lane) EXPECT_NEAR(values[lane] / printed[lane], 1.0, 1e-13);
}

Source dusty_stack(double height_m, double gas_k) {
  Source source;
  source.release_height_m = height_m;
  source.gas_temperature_k = gas_k;
  source.gas_velocity_m_s = 12.0;
  source.stack_diameter_m = 1.5;
  source.particles = {{1.0, 0.4, 1.5}, {2.5, 0.4, 1.5}, {10.0, 0.2, 1.5}};
  return source;
}
Source dusty_volume() {
  Source source = low_volume();
  source.particles = dusty_stack(1.0, 0.0).particles;
  return source;
}
Options depositing() {
  Options options = flat();
  options.deposition = true;
  return options;
}

/// Visits the depletion of low and tall sources in stable, windy and convective air, and the air.
template <class Visit>
void visit_cases(const Visit& visit) {
  for (const Source& source : {dusty_stack(2.0, 0.0), dusty_stack(4.0, 300.0), dusty_stack(10.0, 0.0),
                               dusty_stack(25.0, 400.0), dusty_stack(60.0, 400.0), dusty_volume()}) {
    for (const WeatherHour& hour : {stable_hour(), light_stable_hour(), windy_hour(), convective_hour()}) {
      const Options options = depositing();
      const AirColumn air = rural_column(hour, {});
      const SourceHour now = source_hour(source, air, options);
      visit(Depletion(source, now.source, air, options,
                      deposition_parts(source, now.source, air, hour, options)));
    }
  }
}

TEST(Depletion, OfPolynomialsIsThatOfTheSumItStandsFor) {
  constexpr int count = 8000;
  std::vector<double> errors;
  double least = 1.0;
  visit_cases([&](const Depletion& direct) {
    Depletion laid = direct;
    laid.lay(everywhere());
    std::vector<Lanes> sum(direct.parts().size()), polynomial(sum.size());
    for (int n = 0; n < count; n += lane_count) {
      const Lanes x_m = distances_m(n, count);
      direct.kept(x_m, x_m, SeenReceptor<Lanes>{}, sum);
      laid.kept(x_m, x_m, SeenReceptor<Lanes>{}, polynomial);
      for (std::size_t p = 0; p < sum.size(); ++p) {
        for (int lane = 0; lane < lane_count; ++lane) {
          errors.push_back(std::fabs(polynomial[p][lane] / sum[p][lane] - 1.0));
          least = std::min(least, sum[p][lane]);
        }
      }
    }
  });
  std::ranges::sort(errors);
  EXPECT_LT(errors.back(), 1e-4);                       // beside kinks; measured 4e-5
  EXPECT_LT(errors[errors.size() * 999 / 1000], 1e-5);  // 1.5e-6
  EXPECT_LT(errors[errors.size() / 2], 1e-8);
  EXPECT_GT(errors.back(), 0.0);
  EXPECT_LT(least, 0.01);
}

TEST(Depletion, IsTheSameBitsWhicheverOtherDistancesAreAskedFor) {
  visit_cases([](const Depletion& direct) {
    Depletion laid = direct;
    laid.lay(everywhere());
    std::vector<Lanes> among_all(direct.parts().size()), alone(among_all.size());
    for (int n = 0; n < 400; n += 97) {
      const Lanes x_m = Lanes{} + distances_m(n, 400)[0];
      std::vector<char> wanted(DistanceKeys::count, 0);
      Depletion::mark(x_m, LaneBits{} == LaneBits{}, wanted);
      Depletion of_one = direct;
      of_one.lay(wanted);
      laid.kept(x_m, x_m, SeenReceptor<Lanes>{}, among_all);
      of_one.kept(x_m, x_m, SeenReceptor<Lanes>{}, alone);
      for (std::size_t p = 0; p < alone.size(); ++p) EXPECT_EQ(among_all[p][0], alone[p][0]) << x_m[0];
    }
  });
}

TEST(Depletion, LosesToRainNoMoreThanItsDropsMeet) {
  // Coarse particles known by their mean near the ground of a shallow layer, in 10 mm of rain: the washout
  // ratio asks for more than all that lies in the drops' way.
  Source source = low_volume();
  source.particle_mean = ParticleMean{0.0, 10.0};
  WeatherHour hour = light_stable_hour();
  hour.surface.precipitation_mm_h = 10.0;
  hour.surface.pressure_hPa = 1000.0;
  const AirColumn air = rural_column(hour, {});
  const SourceHour now = source_hour(source, air, flat());
  const auto parts = deposition_parts(source, now.source, air, hour, flat());
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_DOUBLE_EQ(parts[0].scavenging_s, 6e5 * 1e-3 * 10.0 / 3600.0 / 500.0);
  EXPECT_DOUBLE_EQ(parts[0].wet_loss_s, 1.5 * 10.0 / (2.0 * std::pow(10.0, 0.232) / 18.11 * 3.6e4));
  EXPECT_LT(parts[0].wet_loss_s, parts[0].scavenging_s);
  Options only_wet = flat();
  only_wet.dry_depletion = false;
  const Depletion depletion(source, now.source, air, only_wet, parts);
  Lanes kept{};
  depletion.kept(Lanes{} + 800.0, Lanes{} + 800.0, SeenReceptor<Lanes>{}, {&kept, 1});
  EXPECT_NEAR(kept[0], std::exp(-parts[0].wet_loss_s * 800.0 / now.source.gas.wind_m_s), 1e-12);
}

}  // namespace
}  // namespace lantian::plume
