#pragma once

#include "plume/area_integral.hpp"

namespace lantian::plume {

/// A road's plume for all receptors that lie equally high above it.
struct RoadTables {
  DistanceTable direct;  ///< by distance along the wind: spread across, and vertical density over the wind
  DistanceTable random;  ///< by distance: wandering share, and what it brings
};

namespace road_detail {

inline constexpr double nearest_m = 1.0;  // nearer parts count as so far away
inline constexpr double upwind_m =
    1.0e-4;  // parts that lie less upwind of the receptor bring no direct plume

struct Piece {
  SeenCorner start{};
  double slope_x{}, slope_y{};  ///< per metre of road
  bool is_upwind{};             ///< of the receptor: it brings a direct plume
};

struct Seen {
  Lanes log_x, y, log_r;
};
[[nodiscard, gnu::always_inline]] inline Seen seen_at(const Lanes& along_m, const Piece& piece) {
  const Lanes x = piece.start.x_m + piece.slope_x * along_m, y = piece.start.y_m + piece.slope_y * along_m;
  const Lanes r = sqrt(Lanes(x * x + y * y));
  return {log(maximum(x, Lanes{} + nearest_m)), y, log(maximum(r, Lanes{} + nearest_m))};
}

[[nodiscard, gnu::always_inline]] inline Lanes integrand(const Lanes& along_m, const Piece& piece,
                                                         const RoadTables& plume) {
  const Seen seen = seen_at(along_m, piece);
  const TableValues random = values_at(seen.log_r, plume.random);
  Lanes sum = exp(random.other);
  if (!piece.is_upwind) return sum;
  const TableValues direct = values_at(seen.log_x, plume.direct);
  const Lanes scale = exp(Lanes(-direct.one)), a = seen.y * scale;
  sum += (1.0 - exp(random.one)) * exp(Lanes(-0.5 * a * a + direct.other)) * scale * (1.0 / root_two_pi);
  return sum;
}

/// How much the plume changes over a piece, at seven equal steps, as if the largest held over all of it.
[[nodiscard]] inline double change_over(double from_m, double to_m, const Piece& piece,
                                        const RoadTables& plume) {
  constexpr double most_spreads = 8.0, log_share = 0.6;
  const Seen seen = seen_at(Lanes(from_m + (to_m - from_m) * gauss8::sevenths), piece);
  Lanes a{};
  if (piece.is_upwind) {
    const Lanes far = seen.y * exp(Lanes(-values_at(seen.log_x, plume.direct).one));
    a = minimum(maximum(far, Lanes{} - most_spreads), Lanes{} + most_spreads);
  }
  double change = 0.0;
  for (int lane = 1; lane < lane_count; ++lane) {
    change = std::max({change, std::fabs(a[lane] - a[lane - 1]),
                       std::fabs(seen.log_r[lane] - seen.log_r[lane - 1]) / log_share});
    if (piece.is_upwind && std::fabs(a[lane]) < most_spreads) {
      change = std::max(change, std::fabs(seen.log_x[lane] - seen.log_x[lane - 1]) / log_share);
    }
  }
  return 7.0 * change;
}

[[nodiscard]] inline double piece_integral(double from_m, double to_m, const Piece& piece,
                                           const RoadTables& plume, int depth) {
  constexpr int deepest = 14;
  const double middle = 0.5 * (from_m + to_m), half = 0.5 * (to_m - from_m);
  if (depth < deepest && change_over(from_m, to_m, piece, plume) > 1.0) {
    return piece_integral(from_m, middle, piece, plume, depth + 1) +
           piece_integral(middle, to_m, piece, plume, depth + 1);
  }
  return half *
         gauss8::sum(Lanes(gauss8::weights * integrand(Lanes(middle + half * gauss8::nodes), piece, plume)));
}

}  // namespace road_detail

/// Concentration [s m-2 of an emission by length] that a straight road brings to a receptor: points of it,
/// each with a plume along the wind and one that wanders, added up by Gauss's rule on pieces over which the
/// plume changes little.
/// @param ends  as the receptor sees them: upwind distances and crosswind offsets.
/// @see Snyder et al. (2013), Atmos. Environ. 77, 748-756, eqs. 1-6; there by Romberg's rule.
[[nodiscard]] inline double road_share_s_m2(const std::array<SeenCorner, 2>& ends, const RoadTables& plume) {
  using namespace road_detail;
  const double dx = ends[1].x_m - ends[0].x_m, dy = ends[1].y_m - ends[0].y_m, length = std::hypot(dx, dy);
  if (!(length > 0.0)) return 0.0;
  Piece piece{ends[0], dx / length, dy / length, false};
  // Cuts: where the direct plume begins, where the floor of distances ends, and at the point nearest to the
  // receptor.
  std::array<double, 7> cuts{0.0, length, 0.0, 0.0, 0.0, 0.0, 0.0};
  const auto within = [&](double along_m) { return std::min(std::max(along_m, 0.0), length); };
  const double foot = -(piece.start.x_m * piece.slope_x + piece.start.y_m * piece.slope_y);
  const double apart = piece.start.x_m * piece.slope_y - piece.start.y_m * piece.slope_x;
  const double chord = std::sqrt(std::max(nearest_m * nearest_m - apart * apart, 0.0));
  cuts[2] = within(foot);
  cuts[3] = within(foot - chord);
  cuts[4] = within(foot + chord);
  if (piece.slope_x != 0.0) {
    cuts[5] = within((upwind_m - piece.start.x_m) / piece.slope_x);
    cuts[6] = within((nearest_m - piece.start.x_m) / piece.slope_x);
  }
  std::sort(cuts.begin(), cuts.end());
  double sum = 0.0;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    if (!(cuts[i + 1] > cuts[i])) continue;
    piece.is_upwind = piece.start.x_m + piece.slope_x * 0.5 * (cuts[i] + cuts[i + 1]) >= upwind_m;
    sum += piece_integral(cuts[i], cuts[i + 1], piece, plume, 0);
  }
  return sum;
}

}  // namespace lantian::plume
