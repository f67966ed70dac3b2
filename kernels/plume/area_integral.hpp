#pragma once

#include "plume/normal_distribution.hpp"

#include <limits>
#include <span>
#include <vector>

namespace lantian::plume {

/// What a plume is at each distance along the wind: its spread across and its vertical density over the wind, by
/// logarithms at equal steps of ln x.
struct AlongWindPiece {
  static constexpr double steps = 32.0;  ///< in one e-fold of distance
  std::int64_t first{};                  ///< ln x of the first value, in steps
  std::vector<double> log_sigma_y, log_density;
};

/// The plume along the wind for all receptors that lie equally high above the source. Beyond `break_m` the air it moves
/// in is chosen otherwise, with a step in its values.
struct PlumeAlongWind {
  double break_m = std::numeric_limits<double>::infinity();
  AlongWindPiece near, far;
};

/// Logarithms at a distance: the cubic through four neighbours.
struct AlongWindValues {
  Lanes log_sigma_y, log_density;
};
[[nodiscard, gnu::always_inline]] inline AlongWindValues along_wind_at(const Lanes& log_x, const AlongWindPiece& plume) {
  const Lanes s = log_x * AlongWindPiece::steps - static_cast<double>(plume.first);
  Indices<Lanes> at{};
  Lanes f{};
  for (int lane = 0; lane < lane_count; ++lane) {
    const auto i = static_cast<std::int64_t>(s[lane]);
    const std::int64_t most = static_cast<std::int64_t>(plume.log_density.size()) - 3;
    const std::int64_t kept = i < 1 ? 1 : i > most ? most : i;
    at.of[static_cast<std::size_t>(lane)] = static_cast<std::size_t>(kept);
    f[lane] = s[lane] - static_cast<double>(kept);
  }
  const Lanes g = f - 1.0, h = f - 2.0, e = f + 1.0;
  const Lanes a = f * g * h * (-1.0 / 6), b = e * g * h * 0.5, c = e * f * h * -0.5, d = e * f * g * (1.0 / 6);
  const auto cubic = [&](const std::vector<double>& values) {
    const double* p = values.data();
    return a * gather(p - 1, at) + b * gather(p, at) + c * gather(p + 1, at) + d * gather(p + 2, at);
  };
  return {cubic(plume.log_sigma_y), cubic(plume.log_density)};
}

/// A corner of a polygon as a receptor sees it: upwind distance and crosswind offset [m].
struct SeenCorner {
  double x_m{}, y_m{};
};

namespace area_detail {

inline constexpr double nearest_m = 1.01;  // parts of the source nearer to the receptor do not count

/// A side that crosses a strip of distances: y = y_m + slope (x - x_m); `sign`: which way the ring runs along it.
struct Side {
  double x_m{}, y_m{}, slope{}, sign{};
};

struct Strip {
  double from_log{}, to_log{};
  std::span<const Side> sides;
};

/// Nodes and weights of Gauss's rule with eight points on [-1, 1].
inline constexpr Lanes gauss_nodes = {-0.96028985649753623, -0.79666647741362674, -0.52553240991632899,
                                      -0.18343464249564980, 0.18343464249564980,  0.52553240991632899,
                                      0.79666647741362674,  0.96028985649753623};
inline constexpr Lanes gauss_weights = {0.10122853629037626, 0.22238103445337447, 0.31370664587788729,
                                        0.36268378337836198, 0.36268378337836198, 0.31370664587788729,
                                        0.22238103445337447, 0.10122853629037626};

/// Share of the plume's width that the source covers, times density and distance (for steps of ln x).
[[nodiscard, gnu::always_inline]] inline Lanes integrand(const Lanes& log_x, std::span<const Side> sides,
                                                         const AlongWindPiece& plume) {
  const AlongWindValues at = along_wind_at(log_x, plume);
  const Lanes x = exp(log_x), scale = exp(Lanes(-at.log_sigma_y));
  Lanes inside{}, tails{};
  for (const Side& side : sides) {
    const Lanes a = (side.y_m + side.slope * (x - side.x_m)) * scale;
    const Lanes tail = upper_tail(Lanes(a < 0.0 ? -a : a));
    inside += choose(a < 0.0, Lanes{}, Lanes{} + side.sign);
    tails += choose(a < 0.0, Lanes(side.sign * tail), Lanes(-side.sign * tail));
  }
  return (inside + tails) * exp(at.log_density) * x;
}

/// How far sides lie across a strip, in spreads of the plume; beyond +-8 it does not matter how far.
struct Crossing {
  double lowest = 8.0, highest = -8.0;
  double change{};  ///< of one side, between two of eight distances, as if it went on so over the strip
};
[[nodiscard]] inline Crossing crossing_of(const Strip& strip, const AlongWindPiece& plume) {
  constexpr Lanes eighths{0.0, 1.0 / 7, 2.0 / 7, 3.0 / 7, 4.0 / 7, 5.0 / 7, 6.0 / 7, 1.0};
  const Lanes log_x = strip.from_log + (strip.to_log - strip.from_log) * eighths;
  const Lanes x = exp(log_x), scale = exp(Lanes(-along_wind_at(log_x, plume).log_sigma_y));
  Crossing found;
  for (const Side& side : strip.sides) {
    const Lanes far = (side.y_m + side.slope * (x - side.x_m)) * scale;
    const Lanes a = minimum(maximum(far, Lanes{} - 8.0), Lanes{} + 8.0);
    for (int lane = 0; lane < lane_count; ++lane) {
      found.lowest = std::min(found.lowest, a[lane]);
      found.highest = std::max(found.highest, a[lane]);
      if (lane > 0) found.change = std::max(found.change, std::fabs(a[lane] - a[lane - 1]) * (lane_count - 1));
    }
  }
  return found;
}

/// Integral over a strip, halved until the plume and the position of the sides in it change little.
[[nodiscard]] inline double strip_integral(const Strip& strip, const AlongWindPiece& plume, int depth) {
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
  const Lanes values = gauss_weights * integrand(Lanes(middle + half * gauss_nodes), strip.sides, plume);
  return half * (((values[0] + values[7]) + (values[1] + values[6])) + ((values[2] + values[5]) + (values[3] + values[4])));
}

}  // namespace area_detail

/// Concentration [s m-1 of an emission by area] that a polygon brings to a receptor: the integral over upwind distance of
/// the share of the plume's width the polygon covers, times the plume's vertical density over the wind.
///
/// Strips run between the distances of the corners, where each side is straight; within a strip by Gauss's rule in ln x.
/// Against integration in 4000 steps a strip: 1e-7 of the value at the median, 1e-4 at the 99th percentile.
///
/// @param corners  ring of the polygon, without its repeated end, upwind distances and crosswind offsets.
/// @see EPA-454/R-03-004, section 5.8; Petersen & Rumsey (1987); EPA (1992), Comparison of a revised area source
///      algorithm, EPA-454/R-92-016: there side by side, here both sides of a strip at once.
[[nodiscard]] inline double polygon_share_s_m(std::span<const SeenCorner> corners, const PlumeAlongWind& plume) {
  using namespace area_detail;
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
    const AlongWindPiece& piece = to <= plume.break_m ? plume.near : plume.far;
    sum += strip_integral({std::log(from), std::log(to), sides}, piece, 0);
  }
  return sum;
}

}  // namespace lantian::plume
