#include "source_volume.hpp"

#include "plume/distance_table.hpp"
#include "plume/plume_volume_ratio.hpp"
#include "plume/prime_nitrogen.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace lantian::plume {
namespace {

constexpr double nearest_m = 1.0;
bool everywhere_in_sight(const Lanes&) {
  return true;
}

Lanes distance_m(const Way& way) {
  return maximum(Lanes(sqrt(Lanes(way.along_m * way.along_m + way.across_m * way.across_m))),
                 Lanes{} + nearest_m);
}

/// Values of the lanes before: the last of those before, then all but the last.
Lanes shifted(const Lanes& before, const Lanes& values) {
  return __builtin_shufflevector(before, values, 7, 8, 9, 10, 11, 12, 13, 14);
}

using NodesInLanes = std::array<Lanes, std::tuple_size_v<VolumeSpreads>>;
const NodesInLanes& nodes_in_lanes() {
  static const NodesInLanes nodes = [] {
    NodesInLanes found{};
    for (std::size_t k = 0; k < found.size() * lane_count; ++k)
      found[k / lane_count][static_cast<int>(k % lane_count)] =
          volume_nodes_m()[std::min(k, volume_node_count - 1)];
    return found;
  }();
  return nodes;
}

/// How many nodes lie before a distance.
std::size_t nodes_before(double x_m) {
  const auto& nodes = volume_nodes_m();
  return static_cast<std::size_t>(std::ranges::lower_bound(nodes, x_m) - nodes.begin());
}

}  // namespace

const std::array<double, volume_node_count>& volume_nodes_m() {
  static const auto nodes = [] {
    std::array<double, volume_node_count> x{};
    double decade = 100.0;
    x[0] = 10.0;
    for (std::size_t k = 1; k + 1 < volume_node_count; ++k) {
      const double before = x[k - 1];
      if (before >= 10.0 * decade) decade *= 10.0;
      const double step = before < decade         ? 0.1
                          : before < 2.0 * decade ? 0.2
                          : before < 5.0 * decade ? 0.5
                                                  : 1.0;
      x[k] = before + step * decade;
    }
    x.back() = 500000.0;
    return x;
  }();
  return nodes;
}

SourceVolume::SourceVolume(const Source& source, const NitrogenHour& hour)
    : place_(with_one_place(source)),
      air_(hour.air_of(source)),
      flat_(over_flat_ground(source, hour.options)),
      now_(source_hour(place_, air_, hour.options)) {
  if (!now_.source.convective) wake_ = building_met(place_, now_.source, air_);
}

double SourceVolume::height_of(const Receptor& receptor) const {
  return flat_ ? receptor.flagpole_m : receptor.elevation_m - place_.base_elevation_m + receptor.flagpole_m;
}

double SourceVolume::height_above_m() const {
  return now_.source.gas.lowered_height_m + now_.source.through.rise_m;
}

SourceVolume::LevelWay SourceVolume::way_along(const SourceVolume& wind, const Receptor& receptor) const {
  const double dx = receptor.place.x_m - place_.place.x_m, dy = receptor.place.y_m - place_.place.y_m;
  const double sine = wind.now_.sine_from, cosine = wind.now_.cosine_from;
  return {-(dx * sine + dy * cosine), dx * cosine - dy * sine};
}

bool SourceVolume::is_mixed_at(double x_m) const {
  return !air_.layer.stable && x_m >= air_.layer.mixing_height_m * air_.mean_wind_m_s / air_.mean_sigma_w_m_s;
}

double SourceVolume::lid_m() const {
  return air_.layer.stable ? std::numeric_limits<double>::infinity() : air_.layer.mixing_height_m;
}

std::array<SeenVolume, lane_count> SourceVolume::seen(const ReceptorBlock& block, bool wants_level) const {
  const Way way = way_to(place_, now_, block);
  const bool is_polygon = place_.shape == SourceShape::area;
  const Lanes r = distance_m(way), x = is_polygon ? maximum(way.along_m, Lanes{} + nearest_m) : r;
  const SeenReceptor<Lanes> at = seen_from(place_, block, flat_);
  const Lanes z = at.height_m;
  Lanes wind{}, height{}, level = Lanes{} + 0.5;
  if (now_.source.convective) {
    const ConvectiveState<Lanes> plume = convective_plume(x, z, now_.source, air_, everywhere_in_sight);
    wind = plume.wind_m_s, height = plume.middle_m;
  } else {
    const GaussianPlume<Lanes> plume = stable_plume(x, z, now_.source, air_, everywhere_in_sight);
    wind = plume.wind_m_s, height = plume.height_m;
    if (wants_level) level = level_weight(blocked_share(at, plume, air_));
  }
  if (wake_) {
    const LaneBits by_wake = is_seen_by_wake(way.along_m, way.across_m, at.flagpole_m, wake_->wake);
    wind = choose(by_wake, Lanes{} + wake_->about.mean.wind_m_s, wind);
    if (wake_->course.enters_wake) {
      height = choose(by_wake, wake_->course.height_m(way.along_m), height);
      level = choose(by_wake, Lanes{} + 0.5, level);
    }
  }
  std::array<SeenVolume, lane_count> found{};
  for (int lane = 0; lane < lane_count; ++lane)
    found[static_cast<std::size_t>(lane)] = {height[lane], wind[lane], r[lane], level[lane]};
  return found;
}

VolumeSpread<Lanes> SourceVolume::eight_spreads(const Lanes& x, const Lanes& z,
                                                const Lanes& first_sigma_w) const {
  const double first_m = first_relative_sigma_m(place_.initial_sigma_y_m, place_.initial_sigma_z_m);
  const auto relative = [&](const auto& plume) {
    return relative_sigma_m(Lanes(x / plume.wind_m_s), plume.dissipation_m2_s3,
                            Lanes(0.46 * air_.layer.mixing_height_m / plume.sigma_w_m_s), plume.own_sigma_m,
                            first_m);
  };
  if (now_.source.convective) {
    const ConvectiveState<Lanes> plume =
        convective_plume(x, z, now_.source, air_, everywhere_in_sight, first_sigma_w);
    const Lanes above = share_above() > 0.0 ? relative(penetrated_plume(x, z, now_.source, air_)) : Lanes{};
    return {relative(plume), above, plume.wind_m_s, plume.sigma_v_m_s, plume.sigma_y_m, plume.sigma_w_m_s};
  }
  const GaussianPlume<Lanes> plume = stable_plume(x, z, now_.source, air_, everywhere_in_sight);
  return {sqrt(Lanes(plume.sigma_y_m * plume.sigma_z_m)),
          Lanes{},
          plume.wind_m_s,
          plume.sigma_v_m_s,
          plume.sigma_y_m,
          plume.sigma_w_m_s};
}

VolumeSpreads SourceVolume::spreads(double receptor_m) const {
  // As in AERMOD each node's air is guessed by the sigma_w of the node before: eight nodes at once, each
  // twice, the second time with what the first found; a third would change 1e-6 of a spread.
  const int passes = now_.source.convective ? 2 : 1;
  VolumeSpreads found;
  double before = now_.source.gas.sigma_w_m_s;
  for (std::size_t v = 0; v < found.size(); ++v) {
    Lanes guess = Lanes{} + before;
    for (int pass = 0; pass < passes; ++pass) {
      found[v] = eight_spreads(nodes_in_lanes()[v], Lanes{} + receptor_m, guess);
      guess = shifted(Lanes{} + before, found[v].sigma_w_m_s);
    }
    before = found[v].sigma_w_m_s[lane_count - 1];
  }
  return found;
}

VolumeSpread<Lanes> SourceVolume::spreads_at(
    const ReceptorBlock& block, const std::array<const VolumeSpreads*, lane_count>& nodes) const {
  const Way way = way_to(place_, now_, block);
  const Lanes x = maximum(way.along_m, Lanes{} + nearest_m);
  Lanes guess = Lanes{} + now_.source.gas.sigma_w_m_s;
  for (int lane = 0; lane < block.count; ++lane) {
    const VolumeSpreads* own = nodes[static_cast<std::size_t>(lane)];
    const std::size_t after = nodes_before(x[lane]);
    if (own == nullptr || after == 0) continue;
    guess[lane] = (*own)[(after - 1) / lane_count].sigma_w_m_s[static_cast<int>((after - 1) % lane_count)];
  }
  return eight_spreads(x, seen_from(place_, block, flat_).height_m, guess);
}

double SourceVolume::own_width_m(double sigma_y_m) const {
  constexpr double spreads_wide = 4.3;
  if (place_.shape == SourceShape::volume) return spreads_wide * place_.initial_sigma_y_m;
  if (place_.shape != SourceShape::area) return 0.0;
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (const Position& corner : place_.vertices) {
    const double across = corner.x_m * now_.cosine_from - corner.y_m * now_.sine_from;
    low = std::min(low, across);
    high = std::max(high, across);
  }
  return std::min(high - low, spreads_wide * sigma_y_m);
}

std::array<double, 2> SourceVolume::volumes_m3(double x_m, double distance_m, const VolumeSpreads& nodes,
                                               const VolumeSpread<double>& end,
                                               const std::array<VolumeBox, 2>& boxes) const {
  constexpr Lanes number = {0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0};
  const double share = share_above(), lid = lid_m();
  const NodesInLanes& distances_m = nodes_in_lanes();
  const std::size_t last = nodes_before(x_m), end_of_way = std::min(last, volume_node_count - 1);
  VolumeSpread<Lanes> before{};
  Lanes before_m{};
  std::array<Lanes, 2> below_m3{}, above_m3{};
  for (std::size_t v = 0; v * lane_count <= end_of_way; ++v) {
    const Lanes node = number + static_cast<double>(v * lane_count);
    const LaneBits is_last = node == static_cast<double>(last),
                   counts = node <= static_cast<double>(end_of_way);
    const auto here = [&](const Lanes& at_node, double at_end) {
      return choose(is_last, Lanes{} + at_end, at_node);
    };
    const VolumeSpread<Lanes>& eight = nodes[v];
    const Lanes node_m = distances_m[v], to_m = here(node_m, x_m);
    const Lanes way_m = choose(counts, Lanes(to_m - shifted(before_m, node_m)), Lanes{});
    // As in AERMOD the part below a lid counts as few spreads as the part above it from the first node on.
    Lanes spreads = Lanes{} + spreads_convective, least_m = Lanes{} + least_spread_convective_m;
    if (share > 0.0) spreads = choose(node > 0.0, Lanes{} + spreads_through_lid(share), spreads);
    if (!now_.source.convective) {
      const Lanes random = random_share(Lanes{} + distance_m, here(eight.wind_m_s, end.wind_m_s),
                                        here(eight.sigma_v_m_s, end.sigma_v_m_s));
      spreads = stable_spreads(to_m, here(eight.sigma_y_m, end.sigma_y_m), random);
      least_m = least_spread_stable_m * spreads_stable / spreads;
    }
    const auto mean = [&](const Lanes& spread, double at_end, const Lanes& spread_before) {
      return 0.5 * (here(spread, at_end) + shifted(spread_before, spread));
    };
    const Lanes below = maximum(least_m, mean(eight.below_m, end.below_m, before.below_m));
    for (std::size_t b = 0; b < boxes.size(); ++b)
      below_m3[b] += way_m * merged_section_m2(Lanes(spreads * below), boxes[b].wide_m, boxes[b].high_m, lid);
    if (share > 0.0) {
      const Lanes above = maximum(Lanes{} + least_spread_through_lid_m(share),
                                  mean(eight.above_m, end.above_m, before.above_m));
      for (std::size_t b = 0; b < boxes.size(); ++b)
        above_m3[b] += way_m * merged_section_m2(Lanes(spreads_through_lid(share) * above),
                                                 boxes[b].wide_above_m, boxes[b].high_above_m);
    }
    before = eight;
    before_m = node_m;
  }
  const auto whole = [&](std::size_t box) {
    return (1.0 - share) * gauss8::sum(below_m3[box]) + share * gauss8::sum(above_m3[box]);
  };
  return {whole(0), whole(1)};
}

}  // namespace lantian::plume
