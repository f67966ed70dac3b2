#include "area_hour.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace lantian::plume {
namespace {

/// Where the middle of a convective plume leaves the lowest air, which is averaged as a whole; 0: nowhere.
double leaves_lowest_air_m(const SeenReceptor<double>& at, const RisingSource& source, const AirColumn& air) {
  const double base = source.gas.lowered_height_m, half = 0.5 * air.layer.mixing_height_m;
  if (!source.convective || at.height_m > lowest_air_m) return 0.0;
  if (std::min(base, half) >= lowest_air_m || std::max(base, half) <= lowest_air_m) return 0.0;
  return source.distance_of_mixing_m * (lowest_air_m - base) / (half - base);
}

/// Steps that a cubic needs at and beyond distances.
std::int64_t first_step(double nearest_m) {
  return DistanceTable::step_of(nearest_m) - 1;
}
std::int64_t last_step(double farthest_m) {
  return DistanceTable::step_of(farthest_m) + 2;
}

/// Tables from `first` to `last` step, one for each of `count` things; they share the spread across.
std::vector<DistanceTable> tables_of(std::int64_t first, std::int64_t last, const PlumeProfile& profile,
                                     std::size_t count) {
  std::vector<DistanceTable> tables(count);
  std::vector<std::array<Lanes, ProfileValues::most>> brought;
  tables[0] = table_of(first, last, [&](const Lanes& x) {
    const ProfileValues values = profile(x);
    brought.push_back(values.brought);
    return TableValues{values.sigma, values.brought[0]};
  });
  for (std::size_t thing = 1; thing < count; ++thing) {
    tables[thing] = tables[0];
    for (std::size_t i = 0; i < tables[0].other.size(); ++i)
      tables[thing].other[i] = brought[i / lane_count][thing][static_cast<int>(i % lane_count)];
  }
  return tables;
}

}  // namespace

AreaHour::AreaHour(const Source& source, const AirColumn& air, const Options& options)
    : source_(source),
      air_(air),
      flat_(over_flat_ground(source, options)),
      now_(source_hour(source, air, options)) {}

std::vector<SeenCorner> AreaHour::corners(const Receptor& receptor) const {
  std::vector<SeenCorner> ring;
  for (const Position& corner : source_.vertices) {
    const double dx = receptor.place.x_m - corner.x_m, dy = receptor.place.y_m - corner.y_m;
    ring.push_back(
        {-(dx * now_.sine_from + dy * now_.cosine_from), dx * now_.cosine_from - dy * now_.sine_from});
  }
  return ring;
}

SeenReceptor<double> AreaHour::seen(const Receptor& receptor) const {
  SeenReceptor<double> at{receptor.flagpole_m, receptor.flagpole_m, 0.0, 0.0};
  if (flat_) return at;
  at.ground_m = receptor.elevation_m - source_.base_elevation_m;
  at.height_m = at.ground_m + receptor.flagpole_m;
  at.hill_m = receptor.hill_height_m - source_.base_elevation_m;
  return at;
}

std::vector<PlumeAlongWind> AreaHour::plumes(const SeenReceptor<double>& at,
                                             std::pair<double, double> distances_m,
                                             const PlumeProfile& profile, std::size_t count) const {
  constexpr std::int64_t least = 3;  // a cubic has four values
  const std::int64_t first = first_step(distances_m.first), last = last_step(distances_m.second);
  std::vector<PlumeAlongWind> plumes(count);
  const auto lay = [&](DistanceTable PlumeAlongWind::*piece, std::int64_t from, std::int64_t to) {
    std::vector<DistanceTable> tables = tables_of(from, to, profile, count);
    for (std::size_t thing = 0; thing < count; ++thing) plumes[thing].*piece = std::move(tables[thing]);
  };
  const double leaves_m = leaves_lowest_air_m(at, now_.source, air_);
  if (leaves_m <= 0.0) {
    lay(&PlumeAlongWind::near, first, last);
    return plumes;
  }
  // Where receptors share a plume, each must find what it would find alone: the pieces end at the break even
  // where no distance beyond it is needed.
  const std::int64_t before = DistanceTable::step_of(leaves_m);
  for (PlumeAlongWind& plume : plumes) plume.break_m = leaves_m;
  if (distances_m.first < leaves_m)
    lay(&PlumeAlongWind::near, std::min(first, before - least), std::min(last, before));
  if (distances_m.second > leaves_m)
    lay(&PlumeAlongWind::far, std::max(first, before + 1), std::max(last, before + 1 + least));
  return plumes;
}

SeenReceptor<Lanes> in_lanes(const SeenReceptor<double>& at) {
  return {Lanes{} + at.height_m, Lanes{} + at.flagpole_m, Lanes{} + at.hill_m, Lanes{} + at.ground_m};
}

double least_across_m(std::span<const SeenCorner> ring) {
  const auto [near_m, far_m] = reach(ring);
  if (last_step(far_m) - first_step(near_m) >= lane_count) return 0.0;
  const auto [low, high] = std::ranges::minmax_element(ring, {}, &SeenCorner::y_m);
  return std::max({0.0, low->y_m, -high->y_m});
}

std::pair<double, double> reach(std::span<const SeenCorner> ring) {
  const auto [near, far] = std::ranges::minmax_element(ring, {}, &SeenCorner::x_m);
  return {std::max(near->x_m, area_detail::nearest_m), far->x_m};
}

std::vector<std::vector<double>> polygon_shares(const AreaHour& hour, std::span<const Receptor> receptors,
                                                const ProfileMaker& profile_of, std::size_t count) {
  std::map<double, std::pair<double, double>> reaches;
  if (hour.is_flat()) {
    for (const Receptor& receptor : receptors) {
      const auto [near, far] = reach(hour.corners(receptor));
      if (!(far > near)) continue;
      auto& shared = reaches.try_emplace(receptor.flagpole_m, near, far).first->second;
      shared = {std::min(shared.first, near), std::max(shared.second, far)};
    }
  }
  std::map<double, std::vector<PlumeAlongWind>> shared;
  for (const auto& [flagpole, distances] : reaches) {
    const SeenReceptor<double> at{flagpole, flagpole, 0.0, 0.0};
    shared[flagpole] = hour.plumes(at, distances, profile_of({in_lanes(at)}), count);
  }
  std::vector<std::vector<double>> shares(count, std::vector<double>(receptors.size(), 0.0));
  const auto size = static_cast<std::int64_t>(receptors.size());
#pragma omp parallel for schedule(dynamic, 32)
  for (std::int64_t i = 0; i < size; ++i) {
    const Receptor& receptor = receptors[static_cast<std::size_t>(i)];
    const std::vector<SeenCorner> ring = hour.corners(receptor);
    const auto distances = reach(ring);
    if (!(distances.second > distances.first)) continue;
    const SeenReceptor<double> at = hour.seen(receptor);
    std::vector<PlumeAlongWind> own;
    if (!hour.is_flat())
      own = hour.plumes(at, distances, profile_of({in_lanes(at), least_across_m(ring)}), count);
    const std::vector<PlumeAlongWind>& plumes = hour.is_flat() ? shared.at(receptor.flagpole_m) : own;
    for (std::size_t thing = 0; thing < count; ++thing)
      shares[thing][static_cast<std::size_t>(i)] = polygon_share_s_m(ring, plumes[thing]);
  }
  return shares;
}

}  // namespace lantian::plume
