#include "road_plume.hpp"

#include "plume/aermod_concentration.hpp"
#include "plume/rline.hpp"
#include "plume/road_integral.hpp"
#include "point_plume.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace lantian::plume {
namespace {

/// Receptors as a road sees them, with the dividing streamline at their hills where it counts.
struct SeenFromRoad {
  SeenReceptor<Lanes> at;
  Lanes dividing_m;
};
/// One of them in all lanes.
SeenFromRoad only(const SeenFromRoad& seen, int lane) {
  const auto all = [lane](const Lanes& values) { return Lanes(Lanes{} + values[lane]); };
  const SeenReceptor<Lanes>& at = seen.at;
  return {{all(at.height_m), all(at.flagpole_m), all(at.hill_m), all(at.ground_m)}, all(seen.dividing_m)};
}

/// The layer over a road: in a city's air it has the city's roughness.
/// @see AERMOD 24142, subroutine RLCALC.
BoundaryLayer layer_over_road(const AirColumn& air) {
  BoundaryLayer layer = air.layer;
  if (air.urban) layer.roughness_length_m = air.city_roughness_length_m;
  return layer;
}

/// The column with the wind of roads, as the dividing streamline takes it.
/// @see AERMOD 24142, subroutines COMPUTE_MET and CRITDS.
AirColumn with_road_wind(const AirColumn& air, const RoadAir& road_air) {
  AirColumn column = air;
  Profile wind{};
  for (std::size_t i = 0; i < level_count; ++i) wind[i] = road_wind_m_s(level_heights_m[i], road_air);
  column.wind_m_s = ProfileTable(wind);
  column.wind_grows_with_height = std::ranges::is_sorted(wind);
  return column;
}

/// A road in the air of an hour.
class RoadHour {
 public:
  RoadHour(const Source& source, const AirColumn& air, const WeatherHour& weather, const Options& options)
      : source_(source),
        air_(air),
        flat_(over_flat_ground(source, options)),
        road_air_(
            road_air(layer_over_road(air), air.sigma_v_m_s.at_height(weather.surface.reference_wind_height_m),
                     weather.surface.reference_wind_height_m, weather.surface.reference_wind_speed_m_s)),
        release_{source.release_height_m, source.initial_sigma_z_m,
                 road_wind_m_s(source.release_height_m, road_air_)} {
    const double from = weather.surface.reference_wind_from_deg * std::numbers::pi / 180.0;
    sine_from_ = std::sin(from);
    cosine_from_ = std::cos(from);
    const Position &a = source.vertices.front(), &b = source.vertices.back();
    const double along = (b.x_m - a.x_m) * sine_from_ + (b.y_m - a.y_m) * cosine_from_;
    const double length = std::hypot(b.x_m - a.x_m, b.y_m - a.y_m);
    initial_sigma_y_m_ = length > 0.0 ? 0.5 * source.road_width_m * std::fabs(along) / length : 0.0;
    if (!flat_ && air.layer.stable) over_hills_ = with_road_wind(air, road_air_);
  }

  [[nodiscard]] SeenEnds ends(const Position& receptor) const {
    const auto seen = [&](const Position& end) {
      const double dx = receptor.x_m - end.x_m, dy = receptor.y_m - end.y_m;
      return SeenEnd{-(dx * sine_from_ + dy * cosine_from_), dx * cosine_from_ - dy * sine_from_};
    };
    return {seen(source_.vertices.front()), seen(source_.vertices.back())};
  }

  [[nodiscard]] SeenFromRoad seen(const ReceptorBlock& block) const {
    SeenFromRoad found{seen_from(source_, block, flat_), {}};
    if (over_hills_)
      found.dividing_m = dividing_streamline_m(
          minimum(found.at.hill_m, Lanes(found.at.ground_m + source_.release_height_m)), *over_hills_);
    return found;
  }

  /// What points of the road bring [s m-3 of an emission].
  [[nodiscard]] BroughtByPoints brought_s_m3(const RoadPoints& points, const SeenFromRoad& seen) const {
    constexpr double upwind_m = 1.0e-4;  // what lies less upwind of the receptor brings no direct plume
    const Lanes nearest = Lanes{} + road_nearest_m;
    std::array<Lanes, 2 * RoadPoints::most>
        far_m{};  // of the plumes that wander, then of those along the wind
    std::array<RoadPlume<Lanes>, 2 * RoadPoints::most> plumes{};
    std::size_t count = points.vectors;
    for (std::size_t v = 0; v < points.vectors; ++v) {
      const Lanes &x = points.x_m[v], &y = points.y_m[v];
      far_m[v] = maximum(Lanes(sqrt(Lanes(x * x + y * y))), nearest);
      if (any_of(x >= upwind_m)) far_m[count++] = maximum(x, nearest);
    }
    find_road_plumes(far_m.data(), count, release_, road_air_, plumes.data());
    BroughtByPoints brought;
    std::size_t along = points.vectors;
    for (std::size_t v = 0; v < points.vectors; ++v) {
      const Lanes share = road_random_share(plumes[v].wind_m_s, road_air_);
      brought[v] = share * wandering_s_m3(far_m[v], plumes[v], seen);
      const auto upwind = points.x_m[v] >= upwind_m;
      if (!any_of(upwind)) continue;
      const Lanes direct = straight_s_m3(points.y_m[v], plumes[along], seen);
      brought[v] += (1.0 - share) * choose(upwind, direct, Lanes{});
      ++along;
    }
    return brought;
  }

 private:
  [[nodiscard]] GaussianPlume<Lanes> shape(const RoadPlume<Lanes>& plume) const {
    GaussianPlume<Lanes> found{};
    found.height_m = Lanes{} + source_.release_height_m;
    found.sigma_z_m = plume.sigma_z_m;
    found.lid_m =
        maximum(Lanes{} + air_.layer.mixing_height_m, Lanes(found.height_m + 2.15 * plume.sigma_z_m));
    return found;
  }

  /// The plume along the wind.
  [[nodiscard]] Lanes straight_s_m3(const Lanes& y, const RoadPlume<Lanes>& plume,
                                    const SeenFromRoad& seen) const {
    const GaussianPlume<Lanes> gaussian = shape(plume);
    const Lanes density = over_terrain_m(seen.at, weight(seen, gaussian), [&](const Lanes& z) {
      return density_at_m(z, gaussian, air_.layer.mixing_height_m);
    });
    const Lanes spread = road_sigma_y_m(plume.air_sigma_z_m, road_air_);
    const Lanes scale = 1.0 / sqrt(Lanes(spread * spread + initial_sigma_y_m_ * initial_sigma_y_m_));
    const Lanes a = y * scale;
    return inverse_root_two_pi * scale * road_fading(Lanes(-0.5 * a * a)) * density / plume.wind_m_s;
  }

  /// The plume that wanders all round.
  [[nodiscard]] Lanes wandering_s_m3(const Lanes& r, const RoadPlume<Lanes>& plume,
                                     const SeenFromRoad& seen) const {
    const Lanes scale = 1.0 / plume.sigma_z_m;
    const Lanes density = over_terrain_m(seen.at, weight(seen, shape(plume)), [&](const Lanes& z) {
      const Lanes below = (z - source_.release_height_m) * scale,
                  above = (z + source_.release_height_m) * scale;
      const Lanes up = road_fading(Lanes(-0.5 * below * below));
      const Lanes down = any_of(z != Lanes{}) ? road_fading(Lanes(-0.5 * above * above)) : up;
      return Lanes(inverse_root_two_pi * scale * (up + down));
    });
    return density / plume.wind_m_s / (2.0 * std::numbers::pi * r);
  }
  [[nodiscard]] Lanes weight(const SeenFromRoad& seen, const GaussianPlume<Lanes>& plume) const {
    if (flat_) return Lanes{} + 0.5;
    if (!air_.layer.stable) return level_weight(Lanes{});
    return level_weight(share_below(seen.dividing_m, plume.height_m, plume.lid_m, plume.sigma_z_m));
  }

  const Source& source_;
  const AirColumn& air_;
  bool flat_;
  RoadAir road_air_;
  std::optional<AirColumn> over_hills_;  ///< stable air that must climb hills
  RoadRelease release_;
  double sine_from_{}, cosine_from_{}, initial_sigma_y_m_{};
};

}  // namespace

// NOLINTNEXTLINE(readability-function-size): seven parameters, each of its own kind; they meet only here
void add_road_plume(const Source& source, double emission_ug_s_m, const AirColumn& air,
                    const WeatherHour& weather, const Options& options, std::span<const ReceptorBlock> blocks,
                    std::span<double> concentration_ug_m3) {
  const RoadHour hour(source, air, weather, options);
  const auto count = static_cast<std::int64_t>(blocks.size());
#pragma omp parallel for schedule(dynamic, 4)
  for (std::int64_t b = 0; b < count; ++b) {
    const ReceptorBlock& block = blocks[static_cast<std::size_t>(b)];
    const SeenFromRoad seen = hour.seen(block);
    std::array<SeenEnds, lane_count> ends;
    for (int lane = 0; lane < lane_count; ++lane)
      ends[static_cast<std::size_t>(lane)] = hour.ends({block.x_m[lane], block.y_m[lane]});
    const Lanes shares = road_shares_s_m2(
        ends, block.count, [&](const RoadPoints& points) { return hour.brought_s_m3(points, seen); },
        [&](int lane, const RoadPoints& points) { return hour.brought_s_m3(points, only(seen, lane)); });
    for (int lane = 0; lane < block.count; ++lane)
      concentration_ug_m3[block.first + static_cast<std::size_t>(lane)] = emission_ug_s_m * shares[lane];
  }
}

}  // namespace lantian::plume
