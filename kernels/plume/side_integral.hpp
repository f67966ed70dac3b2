#pragma once

#include "plume/area_integral.hpp"
#include "plume/brent_root.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

namespace lantian::plume {

namespace side_detail {

inline constexpr double edge_spreads = 3.9;  // beyond it a plume has no width

/// A distance and what a function is there.
struct EndPoint {
  double x_m{}, value{};
};

/// Part of a side beyond the plume's edge, as the ring runs, with the plume's density at its ends.
struct Stretch {
  EndPoint from, to;
};

/// A corner of a ring, with its crosswind offset in spreads of the plume there and the plume's density there.
struct PlumeCorner {
  SeenCorner at;
  double spreads{}, density_s_m2{};

  [[nodiscard]] EndPoint density() const { return {at.x_m, density_s_m2}; }
};

struct Side {
  PlumeCorner from, to;
};

/// Both logarithms of a plume at eight distances, each from the table it lies in.
[[nodiscard]] inline TableValues values_at(const Lanes& x_m, const PlumeAlongWind& plume) {
  const auto of = [&](const DistanceTable& table) {
    return plume::values_at(log(Lanes(x_m + table.spacing.shift_m)), table);
  };
  if (plume.far.one.empty()) return of(plume.near);
  if (plume.near.one.empty()) return of(plume.far);
  const LaneBits is_near = x_m <= plume.break_m;
  const TableValues near = of(plume.near), far = of(plume.far);
  return {choose(is_near, near.one, far.one), choose(is_near, near.other, far.other)};
}

/// Share of a plume on one side of a line that lies so many spreads across: the normal distribution to four
/// digits at every tenth, straight between them.
/// @see AERMOD 24142, subroutine PWIDTH, whose digits these are.
[[nodiscard]] inline double share_within(double spreads) {
  constexpr std::array<double, 40> beyond = {
      .5000, .4602, .4207, .3821, .3445, .3085, .2742, .2420, .2119, .1841, .1587, .1357, .1151, .0968,
      .0808, .0668, .0548, .0446, .0359, .0287, .0227, .0179, .0139, .0107, .0082, .0062, .0047, .0035,
      .0026, .0019, .0013, .0010, .0007, .0005, .0003, .0002, .0002, .0001, .0001, .0000};
  const double tenths = 10.0 * std::fabs(spreads);
  double tail = 0.0;
  if (tenths < static_cast<double>(beyond.size() - 1)) {
    const auto i = static_cast<std::size_t>(tenths);
    tail = beyond[i] + (tenths - static_cast<double>(i)) * (beyond[i + 1] - beyond[i]);
  }
  return spreads < 0.0 ? tail : 1.0 - tail;
}

[[nodiscard]] inline Lanes offset_m(const Side& side, const Lanes& x_m) {
  return side.from.at.y_m + (x_m - side.from.at.x_m) *
                                ((side.to.at.y_m - side.from.at.y_m) / (side.to.at.x_m - side.from.at.x_m));
}

/// Sum of values halfway along each of so many steps, a multiple of eight.
template <class Value>
[[nodiscard]] double sum_halfway(double from_m, double step_m, std::size_t steps, const Value& value) {
  double sum = 0.0;
  for (std::size_t i = 0; i < steps; i += lane_count) {
    const Lanes at = Lanes{0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5} + static_cast<double>(i);
    const Lanes values = value(Lanes(from_m + step_m * at));
    for (int lane = 0; lane < lane_count; ++lane) sum += values[lane];
  }
  return sum;
}

/// Integral by Romberg's rule in distance, of 16 to 2048 steps, until extrapolation changes it by 1 % or
/// less, it is below 1e-5 a metre, or steps are below 1 m.
/// @see AERMOD 24142, subroutine QATR3.
template <class Value>
[[nodiscard]] double romberg_integral(const EndPoint& from, const EndPoint& to, const Value& value) {
  constexpr std::size_t least_level = 4, most_level = 11;
  constexpr double allowed = 1e-2, negligible = 1e-5, shortest_m = 1.0;
  const double length_m = to.x_m - from.x_m;
  std::array<double, most_level + 1> column{0.5 * (from.value + to.value)};
  if (length_m == 0.0 || column[0] == 0.0) return 0.0;
  // What halves the steps once, twice and three times, in the lanes of one call.
  const Lanes coarse =
      value(Lanes(from.x_m + length_m * Lanes{0.5, 0.25, 0.75, 0.125, 0.375, 0.625, 0.875, 1.0}));
  std::size_t points = 1;
  for (std::size_t level = 1; level <= most_level; ++level, points *= 2) {
    const double step_m = length_m / static_cast<double>(points), before = column[0];
    const double sum = level == 1   ? coarse[0]
                       : level == 2 ? coarse[1] + coarse[2]
                       : level == 3 ? coarse[3] + coarse[4] + coarse[5] + coarse[6]
                                    : sum_halfway(from.x_m, step_m, points, value);
    column[level] = 0.5 * (column[level - 1] + sum / static_cast<double>(points));
    double power = 1.0;
    for (std::size_t j = level; j-- > 0;) {
      power *= 4.0;
      column[j] = column[j + 1] + (column[j + 1] - column[j]) / (power - 1.0);
    }
    const double found = std::fabs(column[0]), change = std::fabs(before - column[0]);
    if (level >= least_level &&
        (found < negligible || change <= allowed * found || 0.5 * std::fabs(step_m) < shortest_m))
      break;
  }
  return length_m * column[0];
}

/// Corners with what the plume is there.
template <class Plume>
[[nodiscard]] std::vector<PlumeCorner> corners_in_plume(std::span<const SeenCorner> ring,
                                                        const Plume& plume) {
  std::vector<PlumeCorner> corners;
  for (std::size_t first = 0; first < ring.size(); first += lane_count) {
    const std::size_t count = std::min<std::size_t>(lane_count, ring.size() - first);
    Lanes x_m{}, y_m{};
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
      const SeenCorner& corner = ring[first + std::min(lane, count - 1)];
      x_m[static_cast<int>(lane)] = corner.x_m;
      y_m[static_cast<int>(lane)] = corner.y_m;
    }
    const TableValues at = plume(x_m);
    const Lanes spreads = y_m * exp(Lanes(-at.one)), density = exp(at.other);
    for (std::size_t lane = 0; lane < count; ++lane)
      corners.push_back(
          {ring[first + lane], spreads[static_cast<int>(lane)], density[static_cast<int>(lane)]});
  }
  return corners;
}

/// Where a side crosses an edge of the plume; `sign`: which edge.
template <class Plume>
[[nodiscard]] PlumeCorner crossing(const Side& side, double sign, const Plume& plume) {
  const auto at = [&](double x_m) {
    const SeenCorner corner{x_m, offset_m(side, Lanes{} + x_m)[0]};
    return corners_in_plume(std::span(&corner, 1), plume)[0];
  };
  const double edge = sign * edge_spreads;
  return at(brent_root({side.from.at.x_m, side.from.spreads - edge}, {side.to.at.x_m, side.to.spreads - edge},
                       [&](double x_m) { return at(x_m).spreads - edge; }));
}

/// Integral over the part of a side within the plume; what lies beyond its far edge, where the side has all
/// of the plume within, is added to `beyond`.
/// @see AERMOD 24142, subroutine PSIDE.
template <class Plume>
[[nodiscard]] double side_integral(const Side& side, const Plume& plume, std::vector<Stretch>& beyond) {
  const auto is_below = [](const PlumeCorner& corner) { return corner.spreads < -edge_spreads; };
  const auto is_above = [](const PlumeCorner& corner) { return corner.spreads > edge_spreads; };
  PlumeCorner from = side.from, to = side.to;
  if (is_below(from) && is_below(to)) return 0.0;
  if (is_above(from) && is_above(to)) {
    beyond.push_back({from.density(), to.density()});
    return 0.0;
  }
  if (is_above(from) || is_above(to)) {
    const PlumeCorner edge = crossing(side, 1.0, plume);
    PlumeCorner& outer = is_above(from) ? from : to;
    beyond.push_back(is_above(from) ? Stretch{from.density(), edge.density()}
                                    : Stretch{edge.density(), to.density()});
    outer = edge;
  }
  if (is_below(side.from) || is_below(side.to)) {
    (is_below(side.from) ? from : to) = crossing(side, -1.0, plume);
  }
  const auto end = [](const PlumeCorner& corner) {
    return EndPoint{corner.at.x_m, share_within(corner.spreads) * corner.density_s_m2};
  };
  return romberg_integral(end(from), end(to), [&](const Lanes& x_m) {
    const TableValues at = plume(x_m);
    const Lanes spreads = offset_m(side, x_m) * exp(Lanes(-at.one));
    Lanes share{};
    for (int lane = 0; lane < lane_count; ++lane) share[lane] = share_within(spreads[lane]);
    return Lanes(share * exp(at.other));
  });
}

/// Integral over stretches beyond the far edge; where two sides run against each other nothing is left.
/// @see AERMOD 24142, subroutine PSIDE2.
template <class Plume>
[[nodiscard]] double integral_beyond(std::span<const Stretch> stretches, const Plume& plume) {
  std::vector<EndPoint> cuts;
  for (const Stretch& stretch : stretches) {
    cuts.push_back(stretch.from);
    cuts.push_back(stretch.to);
  }
  std::ranges::sort(cuts, {}, &EndPoint::x_m);
  Stretch open{};
  int factor = 0;
  double sum = 0.0;
  const auto close = [&] {
    if (factor == 0) return;
    const auto density = [&](const Lanes& x_m) { return Lanes(exp(plume(x_m).other)); };
    sum += factor * romberg_integral(open.from, open.to, density);
  };
  for (std::size_t i = 1; i < cuts.size(); ++i) {
    const double low = cuts[i - 1].x_m, high = cuts[i].x_m;
    int runs = 0;
    for (const Stretch& stretch : stretches) {
      const double from = stretch.from.x_m, to = stretch.to.x_m;
      if (low >= std::min(from, to) && high <= std::max(from, to)) runs += from < to ? 1 : from > to ? -1 : 0;
    }
    if (low == high || runs == 0) continue;
    const bool goes_on = runs * factor > 0 && low == open.to.x_m;
    if (!goes_on) close();
    open = {goes_on ? open.from : cuts[i - 1], cuts[i]};
    factor = runs;
  }
  close();
  return sum;
}

/// The ring's part upwind of the receptor, cut off where it is too near.
[[nodiscard]] inline std::vector<SeenCorner> upwind_part(std::span<const SeenCorner> corners) {
  using area_detail::nearest_m;
  std::vector<SeenCorner> ring;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const SeenCorner &a = corners[i], &b = corners[(i + 1) % corners.size()];
    if (a.x_m >= nearest_m) ring.push_back(a);
    if ((a.x_m >= nearest_m) != (b.x_m >= nearest_m))
      ring.push_back({nearest_m, a.y_m + (nearest_m - a.x_m) * (b.y_m - a.y_m) / (b.x_m - a.x_m)});
  }
  return ring;
}

}  // namespace side_detail

/// Concentration [s m-1 of an emission by area] that a polygon brings to a receptor, as AERMOD integrates it:
/// each side by itself, with what of the plume lies on one hand of it, within about 1 % of the side. Where
/// sides nearly cancel - a narrow strip, a far receptor - that is far more than 1 % of the sum.
///
/// @see EPA (1992), Comparison of a revised area source algorithm, EPA-454/R-92-016; AERMOD 24142, subroutine
///      AREAIN. For the integral itself: polygon_share_s_m.
template <class Plume>
[[nodiscard]] double polygon_share_by_sides_s_m(std::span<const SeenCorner> corners, const Plume& plume) {
  using side_detail::edge_spreads, side_detail::PlumeCorner;
  constexpr double shortest_m = 0.01;  // a side across the wind counts for nothing
  const std::vector<SeenCorner> ring = side_detail::upwind_part(corners);
  if (ring.size() <= 2) return 0.0;
  const std::vector<PlumeCorner> met = side_detail::corners_in_plume<Plume>(ring, plume);
  const auto [lowest, highest] = std::ranges::minmax_element(met, {}, &PlumeCorner::spreads);
  if (lowest->spreads >= edge_spreads || highest->spreads <= -edge_spreads) return 0.0;
  std::vector<side_detail::Stretch> beyond;
  double sum = 0.0;
  for (std::size_t i = 0; i < met.size(); ++i) {
    const side_detail::Side side{met[i], met[(i + 1) % met.size()]};
    if (std::fabs(side.from.at.x_m - side.to.at.x_m) < shortest_m) continue;
    sum += side_detail::side_integral(side, plume, beyond);
  }
  return std::fabs(sum + side_detail::integral_beyond(beyond, plume));
}

}  // namespace lantian::plume
