#include "point_plume.hpp"

#include "building_wake.hpp"
#include "plume/prime_nitrogen.hpp"

namespace lantian::plume {

Way way_to(const Source& source, const SourceHour& now, const ReceptorBlock& block) {
  const Lanes dx = block.x_m - source.place.x_m, dy = block.y_m - source.place.y_m;
  return {-(dx * now.sine_from + dy * now.cosine_from), dx * now.cosine_from - dy * now.sine_from};
}

SeenReceptor<Lanes> seen_from(const Source& source, const ReceptorBlock& block, bool flat_terrain) {
  SeenReceptor<Lanes> at{};
  at.flagpole_m = at.height_m = block.flagpole_m;
  if (flat_terrain) return at;
  at.ground_m = block.elevation_m - source.base_elevation_m;
  at.height_m = at.ground_m + block.flagpole_m;
  at.hill_m = block.hill_height_m - source.base_elevation_m;
  return at;
}

double nearest_receptor_m(const Source& source) {
  constexpr double edge = 2.15, nearest_to_plume_m = 1.0;
  if (source.shape != SourceShape::volume) return nearest_to_plume_m;
  return nearest_to_stack_m + edge * source.initial_sigma_y_m;
}

// NOLINTNEXTLINE(readability-function-size): seven parameters, each of its own kind; they meet only here
void add_point_plume(const Source& source, double emission_ug_s, const AirColumn& air, const Options& options,
                     std::span<const ReceptorBlock> blocks, std::span<double> concentration_ug_m3,
                     const WayRows& way_rows) {
  const SourceHour now = source_hour(source, air, options);
  const bool wants_travel = !way_rows.travel_s_ug_m3.empty();
  const std::optional<Downwash> wake =
      wants_travel ? building_met(source, now.source, air) : wake_of_building(source, now.source, air);
  const double nearest = nearest_receptor_m(source);
  const auto count = static_cast<std::int64_t>(blocks.size());
#pragma omp parallel for schedule(dynamic, 8)
  for (std::int64_t b = 0; b < count; ++b) {
    const ReceptorBlock& block = blocks[static_cast<std::size_t>(b)];
    const Way way = way_to(source, now, block);
    const SeenReceptor<Lanes> at = seen_from(source, block, over_flat_ground(source, options));
    const auto plain = [&] {
      return point_share(way.along_m, way.across_m, nearest, at, now.source, air, wants_travel);
    };
    DownwashedShare<Lanes> brought;
    if (!wake) {
      const PointShare<Lanes> alone = plain();
      brought = {alone.share_m3_s, alone.travel_s2_m3, Lanes{}};
    } else if (wants_travel) {
      brought = downwashed_share_and_travel(way.along_m, way.across_m, at, *wake, air, plain);
    } else {
      const auto share = [&] { return plain().share_m3_s; };
      brought.share_m3_s = downwashed_share_m3_s(way.along_m, way.across_m, at, *wake, air, share);
    }
    for (int lane = 0; lane < block.count; ++lane) {
      const std::size_t receptor = block.first + static_cast<std::size_t>(lane);
      concentration_ug_m3[receptor] = emission_ug_s * brought.share_m3_s[lane];
      if (!wants_travel) continue;
      way_rows.travel_s_ug_m3[receptor] = emission_ug_s * brought.travel_s2_m3[lane];
      if (wake) way_rows.from_cavity[receptor] = brought.from_cavity[lane];
    }
  }
}

}  // namespace lantian::plume
