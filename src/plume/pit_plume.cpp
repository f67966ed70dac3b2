#include "pit_plume.hpp"

#include "area_plume.hpp"
#include "deposition_parts.hpp"
#include "plume/open_pit.hpp"
#include "plume/particle_deposition.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace lantian::plume {
namespace {

constexpr std::size_t corners = 4;

double distance_m(const Position& a, const Position& b) {
  return std::hypot(b.x_m - a.x_m, b.y_m - a.y_m);
}

double direction_deg(const Position& from, const Position& to) {
  return std::atan2(to.x_m - from.x_m, to.y_m - from.y_m) * 180.0 / std::numbers::pi;
}

/// Number of the corner that the wind meets first; the first of several.
std::size_t upwind_corner(const Source& pit, double from_deg) {
  constexpr double same_m = 1.0e-5;  // as in the code
  const double from = from_deg * std::numbers::pi / 180.0, sine = std::sin(from), cosine = std::cos(from);
  std::size_t first = 0;
  double least_m = HUGE_VAL;
  for (std::size_t n = 0; n < corners; ++n) {
    const double along_m = -(pit.vertices[n].x_m * sine + pit.vertices[n].y_m * cosine);
    if (along_m >= least_m) continue;
    first = n;
    least_m = along_m - same_m;
  }
  return first;
}

/// Lets a share of each size of the particles settle in the pit. @return the share of the mass that leaves it
double let_settle(Source& area, double wind_m_s) {
  constexpr double density_of_mean_g_cm3 = 1.0;
  if (area.particle_mean)
    return escaped_share(settling_speed_m_s({area.particle_mean->mean_diameter_um, density_of_mean_g_cm3}),
                         wind_m_s);
  if (area.particles.empty()) return 1.0;
  double whole = 0.0;
  for (ParticleClass& size : area.particles) {
    size.mass_fraction *= escaped_share(settling_speed_m_s({size.diameter_um, size.density_g_cm3}), wind_m_s);
    whole += size.mass_fraction;
  }
  if (whole > 0.0)
    for (ParticleClass& size : area.particles) size.mass_fraction /= whole;
  return whole;
}

/// Whether a place lies within a convex ring, whose sides are outside.
bool lies_inside(const Position& at, const std::vector<Position>& ring) {
  bool is_left = true, is_right = true;
  for (std::size_t n = 0; n < ring.size(); ++n) {
    const Position &a = ring[n], &b = ring[(n + 1) % ring.size()];
    const double side = (b.x_m - a.x_m) * (at.y_m - a.y_m) - (b.y_m - a.y_m) * (at.x_m - a.x_m);
    is_left = is_left && side > 0.0;
    is_right = is_right && side < 0.0;
  }
  return is_left || is_right;
}

}  // namespace

Source effective_area(const Source& pit, const AirColumn& air) {
  constexpr double half_circle_deg = 180.0, reference_height_m = 10.0, spreads_of_depth = 4.3;
  const double from_deg = air.wind_from_deg.at_height(0.0);
  const std::array<double, 2> sides = {distance_m(pit.vertices[0], pit.vertices[1]),
                                       distance_m(pit.vertices[0], pit.vertices[3])};
  const bool first_is_long = sides[0] >= sides[1];
  const double long_m = std::max(sides[0], sides[1]), short_m = std::min(sides[0], sides[1]);
  const double angle = angle_to_wind(direction_deg(pit.vertices[0], pit.vertices[first_is_long ? 1 : 3]),
                                     from_deg - half_circle_deg);
  const double depth_m = pit.pit_depth_m - pit.release_height_m;
  const double share = effective_area_share(depth_m / along_wind_length_m(long_m, short_m, angle));
  const EffectiveSides left = effective_sides(long_m, short_m, share, angle);

  // It begins at the corner that the wind meets first.
  const std::size_t corner = upwind_corner(pit, from_deg);
  const Position &origin = pit.vertices[corner], &next = pit.vertices[(corner + 1) % corners],
                 &last = pit.vertices[(corner + 3) % corners];
  const bool next_is_long = (corner % 2 == 0) == first_is_long;
  const auto step = [&](const Position& to, double length_m) {
    const double scale = length_m / distance_m(origin, to);
    return Position{scale * (to.x_m - origin.x_m), scale * (to.y_m - origin.y_m)};
  };
  const Position a = step(next, next_is_long ? left.long_m : left.short_m),
                 b = step(last, next_is_long ? left.short_m : left.long_m);

  Source area = pit;
  area.shape = SourceShape::area;
  area.vertices = {origin,
                   {origin.x_m + a.x_m, origin.y_m + a.y_m},
                   {origin.x_m + a.x_m + b.x_m, origin.y_m + a.y_m + b.y_m},
                   {origin.x_m + b.x_m, origin.y_m + b.y_m}};
  area.release_height_m = 0.0;
  area.initial_sigma_z_m = pit.pit_depth_m / spreads_of_depth;
  area.emission = pit.emission / share * let_settle(area, air.wind_m_s.at_height(reference_height_m));
  return area;
}

// NOLINTNEXTLINE(readability-function-size): seven parameters, each of its own kind; they meet only here
void add_pit_plume(const Source& pit, double emission_ug_s_m2, const AirColumn& air,
                   const WeatherHour& weather, const Options& options, std::span<const Receptor> receptors,
                   const ResultRows& rows) {
  Source whole = pit;
  whole.emission = emission_ug_s_m2;
  const Source area = effective_area(whole, air);
  if (deposits(area, options))
    add_area_deposition(area, area.emission, air, weather, options, receptors, rows);
  else
    add_area_plume(area, area.emission, air, options, receptors, rows.concentration_ug_m3);
  for (std::size_t n = 0; n < receptors.size(); ++n) {
    if (!lies_inside(receptors[n].place, pit.vertices)) continue;
    for (const std::span<double> row : {rows.concentration_ug_m3, rows.dry_g_m2, rows.wet_g_m2})
      if (!row.empty()) row[n] = 0.0;
  }
}

}  // namespace lantian::plume
