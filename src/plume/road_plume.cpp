#include "road_plume.hpp"

#include "plume/aermod_concentration.hpp"
#include "plume/rline.hpp"
#include "plume/road_integral.hpp"

#include <algorithm>
#include <cmath>
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
                           weather.surface.reference_wind_speed_m_s)),
        first_wind_m_s_(road_wind_m_s(Lanes{} + source.release_height_m, road_air_)) {
    const double from = weather.surface.reference_wind_from_deg * std::numbers::pi / 180.0;
    sine_from_ = std::sin(from);
    cosine_from_ = std::cos(from);
    const Position &a = source.vertices.front(), &b = source.vertices.back();
    const double along = (b.x_m - a.x_m) * sine_from_ + (b.y_m - a.y_m) * cosine_from_;
    const double length = std::hypot(b.x_m - a.x_m, b.y_m - a.y_m);
    initial_sigma_y_m_ = length > 0.0 ? 0.5 * source.road_width_m * std::fabs(along) / length : 0.0;
  }

  [[nodiscard]] std::array<SeenEnd, 2> ends(const Receptor& receptor) const {
    const auto seen = [&](const Position& end) {
      const double dx = receptor.place.x_m - end.x_m, dy = receptor.place.y_m - end.y_m;
      return SeenEnd{-(dx * sine_from_ + dy * cosine_from_), dx * cosine_from_ - dy * sine_from_};
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

  /// What eight points of the road bring [s m-3 of an emission].
  /// @param x, y  their upwind distances and crosswind offsets [m].
  [[nodiscard]] Lanes brought_s_m3(const Lanes& x, const Lanes& y, const SeenReceptor<Lanes>& at) const {
    constexpr double upwind_m = 1.0e-4;  // what lies less upwind of the receptor brings no direct plume
    const Lanes nearest = Lanes{} + road_nearest_m;
    const Wandering random = wandering(maximum(Lanes(sqrt(Lanes(x * x + y * y))), nearest), at);
    const auto upwind = x >= upwind_m;
    if (!any_of(upwind)) return random.share * random.brought_s_m3;
    const Lanes direct = straight_s_m3(maximum(x, nearest), y, at);
    return random.share * random.brought_s_m3 + (1.0 - random.share) * choose(upwind, direct, Lanes{});
  }

 private:
  [[nodiscard]] RoadPlume<Lanes> plume_at(const Lanes& x) const {
    return road_plume(x, source_.release_height_m, source_.initial_sigma_z_m, road_air_, first_wind_m_s_);
  }
  /// What first-order loss leaves of what a plume brings.
  [[nodiscard]] Lanes kept(const Lanes& brought, const Lanes& x, const RoadPlume<Lanes>& plume) const {
    return decay_s_ > 0.0 ? Lanes(brought * kept_share(x, plume.wind_m_s, decay_s_)) : brought;
  }
  [[nodiscard]] GaussianPlume<Lanes> shape(const RoadPlume<Lanes>& plume) const {
    GaussianPlume<Lanes> found{};
    found.height_m = Lanes{} + source_.release_height_m;
    found.sigma_z_m = plume.sigma_z_m;
    found.lid_m =
        maximum(Lanes{} + air_.layer.mixing_height_m, Lanes(found.height_m + 2.15 * plume.sigma_z_m));
    return found;
  }

  /// The plume along the wind.
  [[nodiscard]] Lanes straight_s_m3(const Lanes& x, const Lanes& y, const SeenReceptor<Lanes>& at) const {
    const RoadPlume<Lanes> plume = plume_at(x);
    const GaussianPlume<Lanes> gaussian = shape(plume);
    const Lanes density = over_terrain_m(at, weight(at, gaussian), [&](const Lanes& z) {
      return density_at_m(z, gaussian, air_.layer.mixing_height_m);
    });
    const Lanes spread = road_sigma_y_m(plume.air_sigma_z_m, road_air_);
    const Lanes scale = 1.0 / sqrt(Lanes(spread * spread + initial_sigma_y_m_ * initial_sigma_y_m_));
    const Lanes a = y * scale;
    return kept(
        Lanes(inverse_root_two_pi * scale * road_fading(Lanes(-0.5 * a * a)) * density / plume.wind_m_s), x,
        plume);
  }

  /// The share of the plume that wanders all round, and what a plume brings that does.
  struct Wandering {
    Lanes share, brought_s_m3;
  };
  [[nodiscard]] Wandering wandering(const Lanes& r, const SeenReceptor<Lanes>& at) const {
    const RoadPlume<Lanes> plume = plume_at(r);
    const Lanes scale = 1.0 / plume.sigma_z_m;
    const Lanes density = over_terrain_m(at, weight(at, shape(plume)), [&](const Lanes& z) {
      const Lanes below = (z - source_.release_height_m) * scale,
                  above = (z + source_.release_height_m) * scale;
      const Lanes up = road_fading(Lanes(-0.5 * below * below));
      const Lanes down = any_of(z != Lanes{}) ? road_fading(Lanes(-0.5 * above * above)) : up;
      return Lanes(inverse_root_two_pi * scale * (up + down));
    });
    return {road_random_share(plume.wind_m_s, road_air_),
            kept(Lanes(density / plume.wind_m_s / (2.0 * std::numbers::pi * r)), r, plume)};
  }
  [[nodiscard]] Lanes weight(const SeenReceptor<Lanes>& at, const GaussianPlume<Lanes>& plume) const {
    return flat_ ? Lanes{} + 0.5 : level_weight(blocked_share(at, plume, air_));
  }

  const Source& source_;
  const AirColumn& air_;
  bool flat_;
  double decay_s_;
  RoadAir road_air_;
  Lanes first_wind_m_s_;
  double sine_from_{}, cosine_from_{}, initial_sigma_y_m_{};
};

}  // namespace

void add_road_plume(const Source& source, double emission_ug_s_m, const AirColumn& air,
                    const WeatherHour& weather, const Options& options, std::span<const Receptor> receptors,
                    std::span<double> concentration_ug_m3) {
  const RoadHour hour(source, air, weather, options);
  const auto count = static_cast<std::int64_t>(receptors.size());
#pragma omp parallel for schedule(dynamic, 32)
  for (std::int64_t i = 0; i < count; ++i) {
    const Receptor& receptor = receptors[static_cast<std::size_t>(i)];
    const SeenReceptor<Lanes> at = hour.seen(receptor);
    const double share = road_share_s_m2(
        hour.ends(receptor), [&](const Lanes& x, const Lanes& y) { return hour.brought_s_m3(x, y, at); });
    concentration_ug_m3[static_cast<std::size_t>(i)] = emission_ug_s_m * share;
  }
}

}  // namespace lantian::plume
