#include "road_plume.hpp"

#include "plume/aermod_concentration.hpp"
#include "plume/rline.hpp"
#include "plume/road_integral.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace lantian::plume {
namespace {

/// A road in the air of an hour.
class RoadHour {
 public:
  RoadHour(const Source& source, const AirColumn& air, const WeatherHour& weather, const Options& options)
      : source_(source),
        air_(air),
        flat_(options.flat_terrain),
        decay_s_(options.half_life_s > 0.0 ? std::numbers::ln2 / options.half_life_s : 0.0),
        road_air_(road_air(air.layer, air.sigma_v_m_s.at_height(weather.surface.reference_wind_height_m),
                           weather.surface.reference_wind_height_m,
                           weather.surface.reference_wind_speed_m_s)) {
    const double from = weather.surface.reference_wind_from_deg * std::numbers::pi / 180.0;
    sine_from_ = std::sin(from);
    cosine_from_ = std::cos(from);
    const Position &a = source.vertices.front(), &b = source.vertices.back();
    const double along = (b.x_m - a.x_m) * sine_from_ + (b.y_m - a.y_m) * cosine_from_;
    const double length = std::hypot(b.x_m - a.x_m, b.y_m - a.y_m);
    initial_sigma_y_m_ = length > 0.0 ? 0.5 * source.road_width_m * std::fabs(along) / length : 0.0;
  }

  [[nodiscard]] std::array<SeenCorner, 2> ends(const Receptor& receptor) const {
    const auto seen = [&](const Position& end) {
      const double dx = receptor.place.x_m - end.x_m, dy = receptor.place.y_m - end.y_m;
      return SeenCorner{-(dx * sine_from_ + dy * cosine_from_), dx * cosine_from_ - dy * sine_from_};
    };
    return {seen(source_.vertices.front()), seen(source_.vertices.back())};
  }

  [[nodiscard]] SeenReceptor<Lanes> seen(const Receptor& receptor) const {
    const Lanes flagpole = Lanes{} + receptor.flagpole_m;
    if (flat_) return {flagpole, flagpole, Lanes{}, Lanes{}};
    const double ground = receptor.elevation_m - source_.base_elevation_m;
    return {Lanes{} + (ground + receptor.flagpole_m), flagpole,
            Lanes{} + (receptor.hill_height_m - source_.base_elevation_m), Lanes{} + ground};
  }

  /// The road's plume at a height up to a distance.
  [[nodiscard]] RoadTables tables(const SeenReceptor<Lanes>& at, double farthest_m) const {
    const std::int64_t first = -1, last = DistanceTable::step_of(std::max(farthest_m, 2.0)) + 3;
    return {table_of(first, last, [&](const Lanes& x) { return direct(x, at); }),
            table_of(first, last, [&](const Lanes& r) { return random(r, at); })};
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

  [[nodiscard]] TableValues direct(const Lanes& x, const SeenReceptor<Lanes>& at) const {
    const RoadPlume<Lanes> plume =
        road_plume(x, source_.release_height_m, source_.initial_sigma_z_m, road_air_);
    const GaussianPlume<Lanes> gaussian = shape(plume);
    const Lanes weight = level_weight(blocked_share(at, gaussian, air_));
    const Lanes density = over_terrain_m(
        at, weight, [&](const Lanes& z) { return density_at_m(z, gaussian, air_.layer.mixing_height_m); });
    const Lanes spread = road_sigma_y_m(plume.air_sigma_z_m, road_air_);
    const Lanes sigma = sqrt(Lanes(spread * spread + initial_sigma_y_m_ * initial_sigma_y_m_));
    return {log(sigma), log(maximum(Lanes(density / plume.wind_m_s * kept_share(x, plume.wind_m_s, decay_s_)),
                                    Lanes{} + 1e-300))};
  }

  [[nodiscard]] TableValues random(const Lanes& r, const SeenReceptor<Lanes>& at) const {
    const RoadPlume<Lanes> plume =
        road_plume(r, source_.release_height_m, source_.initial_sigma_z_m, road_air_);
    const Lanes weight = level_weight(blocked_share(at, shape(plume), air_)), scale = 1.0 / plume.sigma_z_m;
    const Lanes density = over_terrain_m(at, weight, [&](const Lanes& z) {
      return (bell(Lanes((z - source_.release_height_m) * scale)) +
              bell(Lanes((z + source_.release_height_m) * scale))) *
             scale / root_two_pi;
    });
    const Lanes share = road_random_share(plume.wind_m_s, road_air_);
    const Lanes brought = share * density / plume.wind_m_s / (2.0 * std::numbers::pi * r) *
                          kept_share(r, plume.wind_m_s, decay_s_);
    return {log(share), log(maximum(brought, Lanes{} + 1e-300))};
  }

  const Source& source_;
  const AirColumn& air_;
  bool flat_;
  double decay_s_;
  RoadAir road_air_;
  double sine_from_{}, cosine_from_{}, initial_sigma_y_m_{};
};

double farthest_m(const std::array<SeenCorner, 2>& ends) {
  return std::max(std::hypot(ends[0].x_m, ends[0].y_m), std::hypot(ends[1].x_m, ends[1].y_m));
}

}  // namespace

void add_road_plume(const Source& source, double emission_ug_s_m, const AirColumn& air,
                    const WeatherHour& weather, const Options& options, std::span<const Receptor> receptors,
                    std::span<double> concentration_ug_m3) {
  const RoadHour hour(source, air, weather, options);
  // Over flat land all receptors of a height share the tables.
  std::map<double, double> reaches;
  if (options.flat_terrain) {
    for (const Receptor& receptor : receptors) {
      double& reach = reaches[receptor.flagpole_m];
      reach = std::max(reach, farthest_m(hour.ends(receptor)));
    }
  }
  std::map<double, RoadTables> shared;
  for (const auto& [flagpole, reach] : reaches) {
    Receptor receptor;
    receptor.flagpole_m = flagpole;
    shared[flagpole] = hour.tables(hour.seen(receptor), reach);
  }
  const auto count = static_cast<std::int64_t>(receptors.size());
#pragma omp parallel for schedule(dynamic, 32)
  for (std::int64_t i = 0; i < count; ++i) {
    const Receptor& receptor = receptors[static_cast<std::size_t>(i)];
    const auto ends = hour.ends(receptor);
    const double share = options.flat_terrain
                             ? road_share_s_m2(ends, shared.at(receptor.flagpole_m))
                             : road_share_s_m2(ends, hour.tables(hour.seen(receptor), farthest_m(ends)));
    concentration_ug_m3[static_cast<std::size_t>(i)] = emission_ug_s_m * share;
  }
}

}  // namespace lantian::plume
