#pragma once

#include "plume/distance_table.hpp"
#include "plume/normal_distribution.hpp"

#include <limits>
#include <span>
#include <vector>

namespace lantian::plume {

/// The plume along the wind for all receptors that lie equally high above the source: its spread across and
/// its vertical density over the wind. Beyond `break_m` the air it moves in is chosen otherwise, with a step
/// in its values.
struct PlumeAlongWind {
  double break_m = std::numeric_limits<double>::infinity();
  DistanceTable near, far;
};

/// A corner of a polygon as a receptor sees it: upwind distance and crosswind offset [m].
struct SeenCorner {
  double x_m{}, y_m{};
};

namespace area_detail {

inline constexpr double nearest_m = 1.01;  // parts of the source nearer to the receptor do not count

/// A side that crosses a strip of distances: y = y_m + slope (x - x_m); `sign`: which way the ring runs along
/// it.
struct Side {
  double x_m{}, y_m{}, slope{}, sign{};
};

struct Strip {
  double from_log{}, to_log{};
  std::span<const Side> sides;
};

/// Share of the plume's width that the source covers, times density and distance (for steps of ln x).
[[nodiscard, gnu::always_inline]] inline Lanes integrand(const Lanes& log_x, std::span<const Side> sides,
                                                         const DistanceTable& plume) {
  const TableValues at = values_at(log_x, plume);
  const Lanes x = exp(log_x), scale = exp(Lanes(-at.one));
  Lanes inside{}, tails{};
  for (const Side& side : sides) {
    const Lanes a = (side.y_m + side.slope * (x - side.x_m)) * scale;
    const Lanes tail = upper_tail(Lanes(a < 0.0 ? -a : a));
    inside += choose(a < 0.0, Lanes{}, Lanes{} + side.sign);
    tails += choose(a < 0.0, Lanes(side.sign * tail), Lanes(-side.sign * tail));
  }
  return (inside + tails) * exp(at.other) * x;
}

/// How far sides lie across a strip, in spreads of the plume; beyond +-8 it does not matter how far.
struct Crossing {
  double lowest = 8.0, highest = -8.0;
  double change{};  ///< of one side, between two of eight distances, as if it went on so over the strip
};
[[nodiscard]] inline Crossing crossing_of(const Strip& strip, const DistanceTable& plume) {
  const Lanes log_x = strip.from_log + (strip.to_log - strip.from_log) * gauss8::sevenths;
  const Lanes x = exp(log_x), scale = exp(Lanes(-values_at(log_x, plume).one));
  Crossing found;
  for (const Side& side : strip.sides) {
    const Lanes far = (side.y_m + side.slope * (x - side.x_m)) * scale;
    const Lanes a = minimum(maximum(far, Lanes{} - 8.0), Lanes{} + 8.0);
    for (int lane = 0; lane < lane_count; ++lane) {
      found.lowest = std::min(found.lowest, a[lane]);
      found.highest = std::max(found.highest, a[lane]);
      if (lane > 0)
        found.change = std::max(found.change, std::fabs(a[lane] - a[lane - 1]) * (lane_count - 1));
    }
  }
  return found;
}

/// Integral over a strip, halved until the plume and the position of the sides in it change little.
[[nodiscard]] inline double strip_integral(const Strip& strip, const DistanceTable& plume, int depth) {
  constexpr double most_log = 0.6, most_spreads = 1.0;
  constexpr int deepest = 14;
  const Crossing crossing = crossing_of(strip, plume);
  if (crossing.lowest >= 8.0 || crossing.highest <= -8.0) return 0.0;
  const double change = crossing.change;
  const double middle = 0.5 * (strip.from_log + strip.to_log), half = 0.5 * (strip.to_log - strip.from_log);
  if (depth < deepest && (2.0 * half > most_log || change > most_spreads)) {
    return strip_integral({strip.from_log, middle, strip.sides}, plume, depth + 1) +
           strip_integral({middle, strip.to_log, strip.sides}, plume, depth + 1);
  }
  const Lanes values = gauss8::weights * integrand(Lanes(middle + half * gauss8::nodes), strip.sides, plume);
  return half * gauss8::sum(values);
}

}  // namespace area_detail

/// Concentration [s m-1 of an emission by area] that a polygon brings to a receptor: the integral over upwind
/// distance of the share of the plume's width the polygon covers, times the plume's vertical density over the
/// wind.
///
/// Strips run between the distances of the corners, where each side is straight; within a strip by Gauss's
/// rule in ln x. Against integration in 4000 steps a strip: 1e-7 of the value at the median, 1e-4 at the 99th
/// percentile.
///
/// @param corners  ring of the polygon, without its repeated end, upwind distances and crosswind offsets.
/// @see EPA-454/R-03-004, section 5.8; Petersen & Rumsey (1987); EPA (1992), Comparison of a revised area
/// source
///      algorithm, EPA-454/R-92-016: there side by side, here both sides of a strip at once.
[[nodiscard]] inline double polygon_share_s_m(std::span<const SeenCorner> corners,
                                              const PlumeAlongWind& plume) {
  using area_detail::nearest_m, area_detail::Side, area_detail::strip_integral;
  std::vector<double> distances;
  double turned = 0.0;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const SeenCorner &a = corners[i], &b = corners[(i + 1) % corners.size()];
    distances.push_back(std::max(a.x_m, nearest_m));
    turned += a.x_m * b.y_m - b.x_m * a.y_m;
  }
  std::sort(distances.begin(), distances.end());
  if (plume.break_m > distances.front() && plume.break_m < distances.back()) {
    distances.insert(std::upper_bound(distances.begin(), distances.end(), plume.break_m), plume.break_m);
  }
  const double sense = turned < 0.0 ? 1.0 : -1.0;  // so that the far side across counts positive
  std::vector<Side> sides;
  double sum = 0.0;
  for (std::size_t k = 0; k + 1 < distances.size(); ++k) {
    const double from = distances[k], to = distances[k + 1];
    if (!(to > from)) continue;
    sides.clear();
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const SeenCorner &a = corners[i], &b = corners[(i + 1) % corners.size()];
      if (std::min(a.x_m, b.x_m) > from || std::max(a.x_m, b.x_m) < to || a.x_m == b.x_m) continue;
      sides.push_back({a.x_m, a.y_m, (b.y_m - a.y_m) / (b.x_m - a.x_m), b.x_m > a.x_m ? sense : -sense});
    }
    if (sides.empty()) continue;
    const DistanceTable& piece = to <= plume.break_m ? plume.near : plume.far;
    sum += strip_integral({std::log(from), std::log(to), sides}, piece, 0);
  }
  return std::max(sum, 0.0);  // far aside the sides' tails cancel but for their last bits
}

}  // namespace lantian::plume
