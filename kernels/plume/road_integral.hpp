#pragma once

#include "plume/distance_table.hpp"

#include <array>

namespace lantian::plume {

/// An end of a road as a receptor sees it: upwind distance and crosswind offset [m].
struct SeenEnd {
  double x_m{}, y_m{};
};

namespace road_detail {

inline constexpr double least_apart_m = 1.0;  // a receptor does not count as nearer to the road
inline constexpr double most_error = 5.0e-4;  // of the last correction of the sum
inline constexpr int most_levels = 22;        // beyond any road: four million points

/// A road from its end that lies lower across the wind.
struct Road {
  SeenEnd from{};
  double slope_x{}, slope_y{}, length_m{};  ///< slopes: per metre of road
};
[[nodiscard]] inline Road road_of(const std::array<SeenEnd, 2>& ends) {
  const bool turned = ends[1].y_m > ends[0].y_m;  // offsets of the receptor: the other way round
  const SeenEnd &a = ends[turned ? 1 : 0], &b = ends[turned ? 0 : 1];
  const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, length = std::hypot(dx, dy);
  if (!(length > 0.0)) return {};
  return {a, dx / length, dy / length, length};
}

/// Eight points of the road, by their distances from its first end.
template <class Brought>
[[nodiscard]] Lanes points(const Lanes& along_m, const Road& road, const Brought& brought) {
  return brought(Lanes(road.from.x_m + road.slope_x * along_m),
                 Lanes(road.from.y_m + road.slope_y * along_m));
}

/// Sum over `count` points a step apart.
template <class Brought>
[[nodiscard]] double sum_of_points(double first_m, double step_m, std::int64_t count, const Road& road,
                                   const Brought& brought) {
  constexpr Lanes number = {0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0};
  double sum = 0.0;
  for (std::int64_t i = 0; i < count; i += lane_count) {
    const Lanes point = number + static_cast<double>(i), last = Lanes{} + static_cast<double>(count - 1);
    const Lanes here = points(Lanes(first_m + step_m * minimum(point, last)), road, brought);
    sum += gauss8::sum(choose(point <= last, here, Lanes{}));
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

}  // namespace road_detail

/// Concentration [s m-2 of an emission by length] that a straight road brings to a receptor: points of it,
/// each with a plume along the wind and one that wanders, added up by Romberg's rule as AERMOD does.
///
/// Trapezoids of twice as many points each time, the last three extrapolated to no distance between points,
/// until the last correction is below 5e-4 of the sum. So much is the sum uncertain by: against the integral
/// itself it is off by 3e-3 at the 99th percentile of a road's receptors, by more where narrow plumes slip
/// between the first points.
/// @param ends  as the receptor sees them: upwind distances and crosswind offsets.
/// @param brought  what eight points at upwind distances and crosswind offsets bring [s m-3 of an emission].
/// @see Snyder et al. (2013), Atmos. Environ. 77, 748-756, eqs. 1-6; Press et al. (1992), Numerical Recipes,
///      section 4.3 (Romberg's rule with three trapezoids).
template <class Brought>
[[nodiscard]] double road_share_s_m2(const std::array<SeenEnd, 2>& ends, const Brought& brought) {
  using namespace road_detail;
  constexpr double no_zero = 1e-10;  // s m-2
  const Road road = road_of(ends);
  if (!(road.length_m > 0.0)) return 0.0;
  const int least = least_levels(road), most = std::min(std::max(10, 2 * least), most_levels);
  // The first three trapezoids have five points.
  constexpr Lanes first = {0.0, 1.0, 0.5, 0.25, 0.75, 0.75, 0.75, 0.75};
  const Lanes at = points(Lanes(road.length_m * first), road, brought);
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

}  // namespace lantian::plume
