#include "area_plume.hpp"

#include "plume/aermod_concentration.hpp"
#include "plume/area_integral.hpp"
#include "source_hour.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace lantian::plume {
namespace {

/// The receptor as the polygon's base sees it.
SeenReceptor<double> seen_from(const Source& source, const Receptor& receptor, bool flat_terrain) {
  SeenReceptor<double> at{receptor.flagpole_m, receptor.flagpole_m, 0.0, 0.0};
  if (flat_terrain) return at;
  at.ground_m = receptor.elevation_m - source.base_elevation_m;
  at.height_m = at.ground_m + receptor.flagpole_m;
  at.hill_m = receptor.hill_height_m - source.base_elevation_m;
  return at;
}

/// A piece of the plume, `first` to `last` in steps of ln x.
DistanceTable piece(const SeenReceptor<double>& at, std::int64_t first, std::int64_t last,
                    const RisingSource& source, const AirColumn& air) {
  const SeenReceptor<Lanes> seen{Lanes{} + at.height_m, Lanes{} + at.flagpole_m, Lanes{} + at.hill_m,
                                 Lanes{} + at.ground_m};
  return table_of(first, last, [&](const Lanes& x) {
    Lanes sigma{};
    const Arrival<Lanes> share = arrival(
        x, seen, source, air,
        [&](const Lanes& sigma_y) {
          sigma = sigma_y;
          return Lanes{} + 1.0;
        },
        false);
    return TableValues{log(sigma), log(maximum(share.share_m3_s, Lanes{} + 1e-300))};
  });
}

/// Where the middle of a convective plume leaves the lowest air, which is averaged as a whole; 0: nowhere.
double leaves_lowest_air_m(const SeenReceptor<double>& at, const RisingSource& source, const AirColumn& air) {
  const double base = source.gas.lowered_height_m, half = 0.5 * air.layer.mixing_height_m;
  if (!source.convective || at.height_m > lowest_air_m) return 0.0;
  if (std::min(base, half) >= lowest_air_m || std::max(base, half) <= lowest_air_m) return 0.0;
  return source.distance_of_mixing_m * (lowest_air_m - base) / (half - base);
}

/// The plume at the distances that receptors of a height need.
PlumeAlongWind along_wind(const SeenReceptor<double>& at, std::pair<double, double> distances_m,
                          const RisingSource& source, const AirColumn& air) {
  constexpr std::int64_t least = 3;  // a cubic has four values
  const std::int64_t first = DistanceTable::step_of(distances_m.first) - 1,
                     last = DistanceTable::step_of(distances_m.second) + 2;
  PlumeAlongWind plume;
  const double leaves_m = leaves_lowest_air_m(at, source, air);
  if (!(leaves_m > distances_m.first && leaves_m < distances_m.second)) {
    plume.near = piece(at, first, last, source, air);
    return plume;
  }
  const std::int64_t before = DistanceTable::step_of(leaves_m);
  plume.break_m = leaves_m;
  plume.near = piece(at, std::min(first, before - least), before, source, air);
  plume.far = piece(at, before + 1, std::max(last, before + 1 + least), source, air);
  return plume;
}

class AreaHour {
 public:
  AreaHour(const Source& source, const AirColumn& air, const Options& options)
      : source_(source), air_(air), flat_(options.flat_terrain), now_(source_hour(source, air, options)) {}

  /// The ring as a receptor sees it.
  [[nodiscard]] std::vector<SeenCorner> corners(const Receptor& receptor) const {
    std::vector<SeenCorner> ring;
    for (const Position& corner : source_.vertices) {
      const double dx = receptor.place.x_m - corner.x_m, dy = receptor.place.y_m - corner.y_m;
      ring.push_back(
          {-(dx * now_.sine_from + dy * now_.cosine_from), dx * now_.cosine_from - dy * now_.sine_from});
    }
    return ring;
  }
  [[nodiscard]] SeenReceptor<double> seen(const Receptor& receptor) const {
    return seen_from(source_, receptor, flat_);
  }
  [[nodiscard]] PlumeAlongWind plume(const SeenReceptor<double>& at,
                                     std::pair<double, double> distances_m) const {
    return along_wind(at, distances_m, now_.source, air_);
  }

 private:
  const Source& source_;
  const AirColumn& air_;
  bool flat_;
  SourceHour now_;
};

/// Least and greatest upwind distance of a ring that counts; empty where all of it lies downwind.
std::pair<double, double> reach(std::span<const SeenCorner> ring) {
  const auto [near, far] = std::ranges::minmax_element(ring, {}, &SeenCorner::x_m);
  return {std::max(near->x_m, area_detail::nearest_m), far->x_m};
}

}  // namespace

void add_area_plume(const Source& source, double emission_ug_s_m2, const AirColumn& air,
                    const Options& options, std::span<const Receptor> receptors,
                    std::span<double> concentration_ug_m3) {
  const AreaHour hour(source, air, options);
  // Over flat land all receptors of a height share one plume.
  std::map<double, std::pair<double, double>> reaches;
  if (options.flat_terrain) {
    for (const Receptor& receptor : receptors) {
      const auto [near, far] = reach(hour.corners(receptor));
      if (!(far > near)) continue;
      auto& shared = reaches.try_emplace(receptor.flagpole_m, near, far).first->second;
      shared = {std::min(shared.first, near), std::max(shared.second, far)};
    }
  }
  std::map<double, PlumeAlongWind> shared;
  for (const auto& [flagpole, distances] : reaches) {
    shared[flagpole] = hour.plume({flagpole, flagpole, 0.0, 0.0}, distances);
  }
  const auto count = static_cast<std::int64_t>(receptors.size());
#pragma omp parallel for schedule(dynamic, 32)
  for (std::int64_t i = 0; i < count; ++i) {
    const Receptor& receptor = receptors[static_cast<std::size_t>(i)];
    const std::vector<SeenCorner> ring = hour.corners(receptor);
    const auto distances = reach(ring);
    if (!(distances.second > distances.first)) continue;
    const double share = options.flat_terrain
                             ? polygon_share_s_m(ring, shared.at(receptor.flagpole_m))
                             : polygon_share_s_m(ring, hour.plume(hour.seen(receptor), distances));
    concentration_ug_m3[static_cast<std::size_t>(i)] = emission_ug_s_m2 * share;
  }
}

}  // namespace lantian::plume
