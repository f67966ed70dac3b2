#pragma once

#include "plume/distance_table.hpp"

#include <array>
#include <span>

namespace lantian::plume {

/// An end of a road as a receptor sees it: upwind distance and crosswind offset [m].
struct SeenEnd {
  double x_m{}, y_m{};
};
using SeenEnds = std::array<SeenEnd, 2>;

/// Points of roads by their upwind distances and crosswind offsets [m], eight in each vector.
struct RoadPoints {
  static constexpr std::size_t most = 8;

  std::array<Lanes, most> x_m{}, y_m{};
  std::size_t vectors{};

  void add(const Lanes& x, const Lanes& y) {
    x_m[vectors] = x;
    y_m[vectors] = y;
    ++vectors;
  }
};
/// What each of the points brings [s m-3 of an emission].
using BroughtByPoints = std::array<Lanes, RoadPoints::most>;

namespace road_detail {

inline constexpr double least_apart_m = 1.0;  // a receptor does not count as nearer to the road
inline constexpr double most_error = 5.0e-4;  // of the last correction of the sum
inline constexpr int most_levels = 22;        // beyond any road: four million points

/// A road from its end that lies lower across the wind.
struct Road {
  SeenEnd from{};
  double slope_x{}, slope_y{}, length_m{};  ///< slopes: per metre of road
};
[[nodiscard]] inline Road road_of(const SeenEnds& ends) {
  const bool turned = ends[1].y_m > ends[0].y_m;  // offsets of the receptor: the other way round
  const SeenEnd &a = ends[turned ? 1 : 0], &b = ends[turned ? 0 : 1];
  const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, length = std::hypot(dx, dy);
  if (!(length > 0.0)) return {};
  return {a, dx / length, dy / length, length};
}

/// Sum over `count` points a step apart.
template <class Brought>
[[nodiscard]] double sum_of_points(double first_m, double step_m, std::int64_t count, const Road& road,
                                   const Brought& brought) {
  constexpr Lanes number = {0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0};
  constexpr auto at_once = static_cast<std::int64_t>(RoadPoints::most) * lane_count;
  const Lanes last = Lanes{} + static_cast<double>(count - 1);
  const auto point = [&](std::int64_t first, std::size_t vector) {
    return Lanes(number + static_cast<double>(first + static_cast<std::int64_t>(vector) * lane_count));
  };
  double sum = 0.0;
  for (std::int64_t first = 0; first < count; first += at_once) {
    const auto left =
        static_cast<std::size_t>((std::min(count - first, at_once) + lane_count - 1) / lane_count);
    RoadPoints points;
    while (points.vectors < left) {
      const Lanes along_m = first_m + step_m * minimum(point(first, points.vectors), last);
      points.add(road.from.x_m + road.slope_x * along_m, road.from.y_m + road.slope_y * along_m);
    }
    const BroughtByPoints here = brought(points);
    for (std::size_t v = 0; v < points.vectors; ++v)
      sum += gauss8::sum(choose(point(first, v) <= last, here[v], Lanes{}));
  }
  return sum;
}

/// The level of halvings that the sum goes to at least, so that points lie about as close to each other as
/// the receptor to the road; 0: the road brings the receptor little but what wanders.
[[nodiscard]] inline int least_levels(const Road& road) {
  const SeenEnd &a = road.from, b{a.x_m + road.slope_x * road.length_m, a.y_m + road.slope_y * road.length_m};
  const double beside = 0.5 * road.length_m * std::fabs(road.slope_x);
  const bool in_reach = a.y_m + beside > 0.0 && b.y_m - beside < 0.0;
  if (!in_reach || (a.x_m < 0.0 && b.x_m < 0.0)) return 0;
  const double apart_m = std::fabs(a.x_m * road.slope_y - a.y_m * road.slope_x);
  const double points = 2.0 * road.length_m / std::max(apart_m, least_apart_m) - 2.0;
  return points > 0.0 ? static_cast<int>(std::ceil(std::log2(points))) + 2 : 0;
}

/// Points of the first three trapezoids, by their shares of the road.
inline constexpr std::array<double, 5> first_points = {0.0, 1.0, 0.5, 0.25, 0.75};

/// The sum by what those points bring; `brought(points)` where they are not enough.
template <class Brought>
[[nodiscard]] double sum_from(const std::array<double, 5>& at, const Road& road, const Brought& brought) {
  constexpr double no_zero = 1e-10;  // s m-2
  if (!(road.length_m > 0.0)) return 0.0;
  const int least = least_levels(road), most = std::min(std::max(10, 2 * least), most_levels);
  const double coarse = 0.5 * road.length_m * (at[0] + at[1]);
  double before = 0.5 * (road.length_m * at[2] - coarse), trapezoid = coarse + before;
  double step = 0.5 * road.length_m, change = 0.5 * (step * (at[3] + at[4]) - trapezoid);
  std::int64_t count = 4;
  for (int level = 3;; ++level, count *= 2) {
    trapezoid += change;
    const double correction = (4.0 * change - before) / 45.0;
    const double sum = trapezoid + change / 3.0 + correction;
    if (level > least && std::fabs(correction / (sum + no_zero)) < most_error) return std::fabs(sum);
    if (level == most) return trapezoid;
    step *= 0.5;
    before = change;
    change = 0.5 * (step * sum_of_points(0.5 * step, step, count, road, brought) - trapezoid);
  }
}

}  // namespace road_detail

/// Concentration [s m-2 of an emission by length] that a straight road brings to receptors: points of it,
/// each with a plume along the wind and one that wanders, added up by Romberg's rule as AERMOD does.
///
/// Trapezoids of twice as many points each time, the last three extrapolated to no distance between points,
/// until the last correction is below 5e-4 of the sum. So much is the sum uncertain by: against the integral
/// itself it is off by 3e-3 at the 99th percentile of a road's receptors, by more where narrow plumes slip
/// between the first points. Most receptors need the first five points only: those of eight receptors are
/// worked out together.
/// @param ends  as each of eight receptors sees them: upwind distances and crosswind offsets.
/// @param count  how many of them are asked for; the others get 0.
/// @param brought_to_each  `(points)`: what points bring, each to the receptor of its lane.
/// @param brought_to_one   `(lane, points)`: what points bring to the receptor of a lane.
/// @see Snyder et al. (2013), Atmos. Environ. 77, 748-756, eqs. 1-6; Press et al. (1992), Numerical Recipes,
///      section 4.3 (Romberg's rule with three trapezoids).
template <class BroughtToEach, class BroughtToOne>
[[nodiscard]] Lanes road_shares_s_m2(const std::array<SeenEnds, lane_count>& ends, int count,
                                     const BroughtToEach& brought_to_each,
                                     const BroughtToOne& brought_to_one) {
  using road_detail::first_points, road_detail::Road, road_detail::road_of, road_detail::sum_from;
  std::array<Road, lane_count> roads;
  Lanes from_x{}, from_y{}, slope_x{}, slope_y{}, length{};
  for (int lane = 0; lane < lane_count; ++lane) {
    const Road& road = roads[static_cast<std::size_t>(lane)] = road_of(ends[static_cast<std::size_t>(lane)]);
    from_x[lane] = road.from.x_m;
    from_y[lane] = road.from.y_m;
    slope_x[lane] = road.slope_x;
    slope_y[lane] = road.slope_y;
    length[lane] = road.length_m;
  }
  RoadPoints points;
  for (const double share : first_points) {
    const Lanes along_m = share * length;
    points.add(from_x + slope_x * along_m, from_y + slope_y * along_m);
  }
  const BroughtByPoints here = brought_to_each(points);
  Lanes shares{};
  for (int lane = 0; lane < count; ++lane) {
    shares[lane] = sum_from({here[0][lane], here[1][lane], here[2][lane], here[3][lane], here[4][lane]},
                            roads[static_cast<std::size_t>(lane)],
                            [&](const RoadPoints& more) { return brought_to_one(lane, more); });
  }
  return shares;
}

}  // namespace lantian::plume
