// Areas and lines beside their integral worked out by brute force.
#include "air_column.hpp"
#include "area_hour.hpp"
#include "plume_hours.hpp"

#include "lantian/plume/plume_engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace lantian::plume::testing {
namespace {

/// A polygon without dents, on the ground.
Source polygon(std::vector<Position> ring, double release_height_m, double initial_sigma_z_m) {
  Source source;
  source.name = "polygon";
  source.shape = SourceShape::area;
  source.emission = 1e-4;
  source.release_height_m = release_height_m;
  source.initial_sigma_z_m = initial_sigma_z_m;
  source.vertices = std::move(ring);
  return source;
}
Source yard() {
  return polygon({{-50.0, -25.0}, {-41.0, 22.0}, {52.0, 5.0}, {43.0, -42.0}}, 1.5, 2.0);
}
/// 447 m long and 10 m wide.
Source street() {
  return polygon({{-202.0, -95.5}, {198.0, 104.5}, {202.0, 95.5}, {-198.0, -104.5}}, 0.6, 1.0);
}

/// 3 km long and 30 m wide.
Source highway() {
  return polygon({{-1467.0, 310.0}, {1463.0, -331.0}, {1457.0, -361.0}, {-1473.0, 280.0}}, 2.0, 2.0);
}

/// Share of a plume's width that a ring covers at a distance.
double covered(std::span<const SeenCorner> ring, double x_m, double sigma_m) {
  double low_m = HUGE_VAL, high_m = -HUGE_VAL;
  for (std::size_t n = 0; n < ring.size(); ++n) {
    const SeenCorner &a = ring[n], &b = ring[(n + 1) % ring.size()];
    if (std::min(a.x_m, b.x_m) > x_m || std::max(a.x_m, b.x_m) < x_m || a.x_m == b.x_m) continue;
    const double y_m = a.y_m + (b.y_m - a.y_m) * (x_m - a.x_m) / (b.x_m - a.x_m);
    low_m = std::min(low_m, y_m), high_m = std::max(high_m, y_m);
  }
  if (low_m > high_m) return 0.0;
  const double scale = 1.0 / (std::numbers::sqrt2 * sigma_m);
  // Far from the middle, differences of erfc keep the digits that those of erf lose.
  if (low_m > 0.0) return 0.5 * (std::erfc(low_m * scale) - std::erfc(high_m * scale));
  if (high_m < 0.0) return 0.5 * (std::erfc(-high_m * scale) - std::erfc(-low_m * scale));
  return 0.5 * (std::erf(high_m * scale) - std::erf(low_m * scale));
}

/// The integral over upwind distance in `steps` equal steps of ln x between corners, by the middle of each.
double by_brute_force(const AreaHour& hour, const Receptor& receptor, int steps) {
  const std::vector<SeenCorner> ring = hour.corners(receptor);
  std::vector<double> ends;
  for (const SeenCorner& corner : ring) ends.push_back(std::log(std::max(corner.x_m, 1.01)));
  std::ranges::sort(ends);
  double sum = 0.0;
  for (std::size_t k = 0; k + 1 < ends.size(); ++k) {
    const double step = (ends[k + 1] - ends[k]) / steps;
    for (int n = 0; step > 0.0 && n < steps; ++n) {
      const double x_m = std::exp(ends[k] + (n + 0.5) * step);
      double sigma_m = 0.0;
      const auto across = [&](double sigma) {
        sigma_m = sigma;
        return 1.0;
      };
      const double density =
          arrival(x_m, hour.seen(receptor), hour.source(), hour.air(), across, false).share_m3_s;
      sum += step * x_m * density * covered(ring, x_m, sigma_m);
    }
  }
  return sum;
}

/// About the source, near and far, downwind and aside.
std::vector<Receptor> receptors_about(bool hilly) {
  std::vector<Receptor> receptors;
  for (int n = 0; n < 60; ++n) {
    const double golden = 2.399963, far_m = 20.0 * std::pow(1.08, n);
    Receptor receptor = receptor_at(far_m * std::cos(golden * n), far_m * std::sin(golden * n));
    if (hilly) {
      receptor.elevation_m = 30.0 + 30.0 * std::sin(0.004 * receptor.place.x_m);
      receptor.hill_height_m = 90.0;
    }
    receptors.push_back(receptor);
  }
  return receptors;
}

/// Largest relative difference above a thousandth of an hour's largest value.
double largest_difference(const Source& source, const WeatherHour& weather, bool hilly) {
  Options options;
  options.flat_terrain = !hilly;
  const std::vector<Receptor> receptors = receptors_about(hilly);
  const std::vector<double> told =
      PlumeEngine({source}, receptors, options, {}).hour(weather, 0).concentration_ug_m3;
  const AirColumn air = rural_column(weather, {});
  const AreaHour hour(source, air, options);
  const double ug_per_g = 1.0e6, least = 1.0e-3 * *std::ranges::max_element(told);
  double largest = 0.0;
  for (std::size_t n = 0; n < receptors.size(); ++n) {
    if (told[n] < least) continue;
    const double exact = ug_per_g * source.emission * by_brute_force(hour, receptors[n], 4000);
    largest = std::max(largest, std::fabs(told[n] - exact) / exact);
  }
  return largest;
}

TEST(AreaIntegral, IsWithinOneInTenThousandOfBruteForce) {
  for (const WeatherHour& hour : {stable_hour(), light_stable_hour(), convective_hour(), windy_hour()})
    for (const bool hilly : {false, true})
      for (const Source& source : {yard(), street(), highway()})
        EXPECT_LT(largest_difference(source, hour, hilly), 1.0e-4)
            << hour.surface.obukhov_length_m << ' ' << hilly << ' ' << source.vertices[0].x_m;
}

}  // namespace
}  // namespace lantian::plume::testing
