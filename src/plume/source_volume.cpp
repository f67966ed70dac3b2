#include "source_volume.hpp"

#include "plume/plume_volume_ratio.hpp"

#include <algorithm>
#include <cmath>

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
      flat_(hour.options.flat_terrain),
      now_(source_hour(place_, air_, hour.options)) {}

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

std::array<SeenVolume, lane_count> SourceVolume::seen(const ReceptorBlock& block) const {
  const Way way = way_to(place_, now_, block);
  const bool is_polygon = place_.shape == SourceShape::area;
  const Lanes r = distance_m(way), x = is_polygon ? maximum(way.along_m, Lanes{} + nearest_m) : r;
  const Lanes z = seen_from(place_, block, flat_).height_m;
  Lanes wind{}, height{};
  if (now_.source.convective) {
    const ConvectiveState<Lanes> plume = convective_plume(x, z, now_.source, air_, everywhere_in_sight);
    wind = plume.wind_m_s, height = plume.middle_m;
  } else {
    const GaussianPlume<Lanes> plume = stable_plume(x, z, now_.source, air_, everywhere_in_sight);
    wind = plume.wind_m_s, height = plume.height_m;
  }
  std::array<SeenVolume, lane_count> found{};
  for (int lane = 0; lane < lane_count; ++lane)
    found[static_cast<std::size_t>(lane)] = {height[lane], wind[lane], r[lane]};
  return found;
}

std::array<VolumeSpread, lane_count> SourceVolume::eight_spreads(const Lanes& x, const Lanes& z,
                                                                 const Lanes& first_sigma_w) const {
  std::array<VolumeSpread, lane_count> found{};
  const double first_m = first_relative_sigma_m(place_.initial_sigma_y_m, place_.initial_sigma_z_m);
  const auto relative = [&](const auto& plume) {
    return relative_sigma_m(Lanes(x / plume.wind_m_s), plume.dissipation_m2_s3,
                            Lanes(0.46 * air_.layer.mixing_height_m / plume.sigma_w_m_s), plume.own_sigma_m,
                            first_m);
  };
  if (now_.source.convective) {
    const ConvectiveState<Lanes> plume =
        convective_plume(x, z, now_.source, air_, everywhere_in_sight, first_sigma_w);
    const Lanes below = relative(plume);
    const Lanes above = share_above() > 0.0 ? relative(penetrated_plume(x, z, now_.source, air_)) : Lanes{};
    for (int lane = 0; lane < lane_count; ++lane)
      found[static_cast<std::size_t>(lane)] = {below[lane],           above[lane],
                                               plume.wind_m_s[lane],  plume.sigma_v_m_s[lane],
                                               plume.sigma_y_m[lane], plume.sigma_w_m_s[lane]};
    return found;
  }
  const GaussianPlume<Lanes> plume = stable_plume(x, z, now_.source, air_, everywhere_in_sight);
  const Lanes mean = sqrt(Lanes(plume.sigma_y_m * plume.sigma_z_m));
  for (int lane = 0; lane < lane_count; ++lane)
    found[static_cast<std::size_t>(lane)] = {mean[lane],
                                             0.0,
                                             plume.wind_m_s[lane],
                                             plume.sigma_v_m_s[lane],
                                             plume.sigma_y_m[lane],
                                             plume.sigma_w_m_s[lane]};
  return found;
}

VolumeSpreads SourceVolume::spreads(double receptor_m) const {
  // As in AERMOD each node's air is guessed by the sigma_w of the node before: eight nodes at once, each
  // twice, the second time with what the first found; a third would change 1e-6 of a spread.
  constexpr int passes = 2;
  VolumeSpreads found{};
  const auto& nodes = volume_nodes_m();
  double before = now_.source.gas.sigma_w_m_s;
  for (std::size_t first = 0; first < nodes.size(); first += lane_count) {
    const std::size_t count = std::min<std::size_t>(lane_count, nodes.size() - first);
    Lanes x = Lanes{} + nodes.back(), guess = Lanes{} + before;
    for (std::size_t i = 0; i < count; ++i) x[static_cast<int>(i)] = nodes[first + i];
    std::array<VolumeSpread, lane_count> eight{};
    for (int pass = 0; pass < (now_.source.convective ? passes : 1); ++pass) {
      eight = eight_spreads(x, Lanes{} + receptor_m, guess);
      for (int i = 1; i < lane_count; ++i) guess[i] = eight[static_cast<std::size_t>(i - 1)].sigma_w_m_s;
    }
    std::copy_n(eight.begin(), count, found.begin() + static_cast<std::ptrdiff_t>(first));
    before = eight.back().sigma_w_m_s;
  }
  return found;
}

std::array<VolumeSpread, lane_count> SourceVolume::spreads_at(
    const ReceptorBlock& block, const std::array<const VolumeSpreads*, lane_count>& nodes) const {
  const Way way = way_to(place_, now_, block);
  const Lanes x = maximum(way.along_m, Lanes{} + nearest_m);
  Lanes guess = Lanes{} + now_.source.gas.sigma_w_m_s;
  for (int lane = 0; lane < block.count; ++lane) {
    if (nodes[static_cast<std::size_t>(lane)] == nullptr) continue;
    const auto& distances = volume_nodes_m();
    const auto after = std::ranges::lower_bound(distances, x[lane]) - distances.begin();
    if (after > 0)
      guess[lane] = (*nodes[static_cast<std::size_t>(lane)])[static_cast<std::size_t>(after - 1)].sigma_w_m_s;
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

double SourceVolume::volume_m3(double x_m, double distance_m, const VolumeSpreads& nodes,
                               const VolumeSpread& end, const VolumeBox& box) const {
  const auto& distances = volume_nodes_m();
  const double share = share_above(), lid = lid_m();
  VolumeSpread before{};
  double from_m = 0.0, below_m3 = 0.0, above_m3 = 0.0;
  for (std::size_t k = 0; k < distances.size() && from_m < x_m; ++k) {
    const bool is_last = x_m <= distances[k];
    const double to_m = is_last ? x_m : distances[k], way_m = to_m - from_m;
    const VolumeSpread& here = is_last ? end : nodes[k];
    // As in AERMOD the part below a lid counts as few spreads as the part above it from the first node on.
    double spreads = share > 0.0 && k > 0 ? spreads_through_lid(share) : spreads_convective;
    double least_m = least_spread_convective_m;
    if (!now_.source.convective) {
      spreads =
          stable_spreads(to_m, here.sigma_y_m, random_share(distance_m, here.wind_m_s, here.sigma_v_m_s));
      least_m = least_spread_stable_m * spreads_stable / spreads;
    }
    const double below = std::max(least_m, 0.5 * (here.below_m + before.below_m));
    below_m3 += way_m * merged_section_m2(spreads * below, box.wide_m, box.high_m, lid);
    if (share > 0.0) {
      const double above = std::max(least_spread_through_lid_m(share), 0.5 * (here.above_m + before.above_m));
      above_m3 +=
          way_m * merged_section_m2(spreads_through_lid(share) * above, box.wide_above_m, box.high_above_m);
    }
    before = here;
    from_m = to_m;
  }
  return (1.0 - share) * below_m3 + share * above_m3;
}

}  // namespace lantian::plume
