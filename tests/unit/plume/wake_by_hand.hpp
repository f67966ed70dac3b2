#pragma once

#include "air_column.hpp"
#include "building_wake.hpp"
#include "plume_hours.hpp"
#include "wake_deposition.hpp"

#include "lantian/plume/plume_engine.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

// What deposits in the wake of a building, in the engine and as the loop of the reference's code written down
// one plume, one size and one number at a time.

namespace lantian::plume::testing {

inline constexpr BuildingSector met = building_of_20_m, none_met{};

inline Source dusty(const BuildingSector& building = met) {
  Source source = stack_on_building(building);
  source.particles = {{1.0, 0.4, 1.5}, {10.0, 0.3, 1.5}, {40.0, 0.3, 2.0}};
  return source;
}
inline Source fine(const BuildingSector& building = met) {
  Source source = stack_on_building(building);
  source.particle_mean = ParticleMean{0.7, 0.8};
  return source;
}
inline Source gaseous(const BuildingSector& building = met) {
  Source source = stack_on_building(building);
  source.gas = DepositingGas{0.1089, 1.83e-5, 73.2, 72.0};
  return source;
}
inline Options depositing(bool is_flat = true) {
  Options options;
  options.flat_terrain = is_flat;
  options.deposition = true;
  options.deposition_seasons.fill(1);
  options.deposition_land_use.fill(2);
  return options;
}
inline WeatherHour over_ground(WeatherHour hour, double rain_mm_h) {
  hour.month = 6;
  hour.hour = 10;
  hour.surface.precipitation_mm_h = rain_mm_h;
  hour.surface.bowen_ratio = 1.0;
  hour.surface.albedo = 0.2;
  hour.surface.sensible_heat_w_m2 = 100.0;
  hour.surface.relative_humidity_percent = 60.0;
  hour.surface.pressure_hPa = 1000.0;
  hour.surface.cloud_cover_tenths = 3.0;
  return hour;
}
inline std::vector<WeatherHour> wake_hours() {
  return {over_ground(stable_hour(), 1.0), over_ground(light_stable_hour(), 0.0),
          over_ground(convective_hour(), 0.0), over_ground(windy_hour(), 2.5)};
}

/// A receptor so far down and across the wind from the stack.
inline Receptor at_way(double along_m, double across_m, const WeatherHour& hour, double flagpole_m = 0.0) {
  const double from = *hour.levels[0].wind_from_deg * std::numbers::pi / 180.0;
  Receptor receptor = receptor_at(10.0 - along_m * std::sin(from) + across_m * std::cos(from),
                                  -along_m * std::cos(from) - across_m * std::sin(from), flagpole_m);
  receptor.elevation_m = receptor.hill_height_m = 8.0 * std::sin(0.01 * along_m);
  return receptor;
}
/// On the roof before and behind the stack, in the cavity, behind it, beside the wake and far from it.
inline std::vector<Receptor> receptors_about_wake(const WeatherHour& hour) {
  std::vector<Receptor> all;
  for (const double along_m : {-25.0, -8.0, 0.4, 6.0, 20.0, 60.0, 90.0, 150.0, 420.0, 1100.0, 4000.0})
    for (const double across_m : {-35.0, -3.0, 12.0})
      all.push_back(at_way(along_m, across_m, hour, all.size() % 4 == 3 ? 2.5 : 0.0));
  return all;
}

struct Fall {
  double air{}, dry{}, wet{};
};
inline HourResult result_of(const Source& source, const std::vector<Receptor>& at, const WeatherHour& hour,
                            const Options& options) {
  return PlumeEngine({source}, at, options, {}).hour(hour, 0);
}
inline Fall part_of(const HourResult& result, std::size_t n) {
  const auto value = [n](const std::vector<double>& all) { return all.empty() ? 0.0 : all[n]; };
  return {result.concentration_ug_m3[n], value(result.dry_deposition_g_m2),
          value(result.wet_deposition_g_m2)};
}
inline Fall of(const Source& source, const Receptor& at, const WeatherHour& hour, const Options& options) {
  return part_of(result_of(source, {at}, hour, options), 0);
}

/// The loop of PRMCALC, number by number.
class ByHand {
 public:
  ByHand(const Source& source, const WeatherHour& hour, const Options& options)
      : source_(source),
        options_(options),
        air_(rural_column(hour, {})),
        now_(source_hour(source, air_, options)),
        parts_(deposition_parts(source, now_.source, air_, hour, options)),
        wake_(wake_of_building(source, now_.source, air_)) {}

  [[nodiscard]] Fall at(const Receptor& receptor, const Fall& plain) const {
    if (!wake_) return plain;
    const double dx = receptor.place.x_m - source_.place.x_m, dy = receptor.place.y_m - source_.place.y_m;
    const double x = -(dx * now_.sine_from + dy * now_.cosine_from),
                 y = dx * now_.cosine_from - dy * now_.sine_from;
    const double flag = receptor.flagpole_m,
                 z = flag + (options_.flat_terrain ? 0.0 : receptor.elevation_m - source_.base_elevation_m);
    const BuildingWake& building = wake_->wake;
    const double behind = x - building.face_along_m, beside = y - building.face_across_m;
    const WakeZone<double> zone = wake_zone(behind, beside, flag, building);
    const double height = wake_->course.height_m(x), lid = air_.layer.mixing_height_m;
    const double weight = wake_weight(behind, beside, z, *wake_);
    if ((!zone.wake && x <= 0.0) || (!air_.layer.stable && height >= lid)) return plain;
    const double caught = wake_->cavity.share, length = building.cavity_length_m;
    const double out =
        std::clamp((behind - building.cavity_end_m() + 0.15 * length) / (0.3 * length), 0.0, 1.0);
    const double in = (1.0 - out) * std::clamp(behind / building.length_m, 0.0, 1.0);
    const double over =
        zone.near ? 0.0 : std::max(0.0, flag - cavity_height_m(std::max(behind, 0.0), building));
    Fall sum;
    if (x > 0.0 && !(caught > 0.0 && zone.near)) {
      const Spread<double> s =
          spread_through_wake(x, height, height - wake_->stack_height_m, wake_->spread, wake_->about, air_);
      add({1.0 - caught, y, height, s, flag, true}, x, z, sum);
    }
    if (zone.wake && caught > 0.0) {
      const double from_middle = beside - wake_->cavity.middle_m;
      const Spread<double> grown = spread_from_wake(x, 0.0, wake_->cavity.spread, wake_->about, air_);
      add({caught * out, from_middle, 0.0, grown, over, true}, x, z, sum);
      add({caught * in, from_middle, 0.0, {wake_->cavity.sigma_z_m, wake_->cavity.sigma_y_m}, over, false}, x,
          z, sum);
    }
    const double ug = 1e6 * source_.emission, fallen = 3600.0 * source_.emission;
    return {weight * ug * sum.air + (1.0 - weight) * plain.air,
            weight * fallen * sum.dry + (1.0 - weight) * plain.dry,
            weight * fallen * sum.wet + (1.0 - weight) * plain.wet};
  }

 private:
  struct Plume {
    double share, y, height;
    Spread<double> spread;
    double flagpole;
    bool is_used_up;
  };

  /// Below exp(-50) nothing counts, as in the reference's code.
  [[nodiscard]] static double bell_of(double a) { return a * a >= 100.0 ? 0.0 : std::exp(-0.5 * a * a); }

  void add(const Plume& plume, double x, double z, Fall& sum) const {
    const double sigma_y = plume.spread.sigma_y_m, lift = reference_height_m(air_);
    const double across =
        plume.share * bell_of(plume.y / sigma_y) / (std::sqrt(2.0 * std::numbers::pi) * sigma_y);
    const double u = now_.source.gas.wind_m_s, mean_u = wake_->about.mean.wind_m_s;
    double height = plume.height;
    for (const DepositingPart& part : parts_) {
      height = std::max(0.0, height - part.settling_m_s * x / u);
      const double left = part.mass_share * (plume.is_used_up && x > 1.0 ? kept(part, x, z) : 1.0);
      const auto half_level = [&](double level, double followed) {
        return 0.5 * density(level, height, plume.spread.sigma_z_m) +
               0.5 * density(followed, height, plume.spread.sigma_z_m);
      };
      sum.air += left * across / u * half_level(z, plume.flagpole);
      sum.dry += part.deposition_m_s * left * across / u * half_level(z - plume.flagpole + lift, lift);
      sum.wet += part.scavenging_s * left * across / mean_u;
    }
  }
  [[nodiscard]] double density(double z, double height, double sigma) const {
    const double below = std::min(z, 0.0), h = height - below, lid = air_.layer.mixing_height_m - below;
    const auto bell_at = [&](double d) { return bell_of(d / sigma); };
    if (!air_.layer.stable && (z > lid + below || height > lid + below)) return 0.0;
    double sum = 0.0;
    const int images = air_.layer.stable ? 0 : 300;
    for (int m = -images; m <= images; ++m)
      sum += bell_at(z - h + 2.0 * m * lid) + bell_at(z + h + 2.0 * m * lid);
    return sum / (std::sqrt(2.0 * std::numbers::pi) * sigma);
  }
  [[nodiscard]] double kept(const DepositingPart& part, double x, double z) const {
    const double u = now_.source.gas.wind_m_s, lift = reference_height_m(air_);
    const auto taken = [&](double way) {
      const double height = wake_->course.height_m(way);
      const Spread<double> s =
          spread_through_wake(way, height, height - wake_->stack_height_m, wake_->spread, wake_->about, air_);
      const double low = std::max(0.0, height - part.settling_m_s * way / u);
      return (0.5 * density(z + lift, low, s.sigma_z_m) + 0.5 * density(lift, low, s.sigma_z_m)) /
             wake_->about.mean.wind_m_s;
    };
    const double middle = 0.5 * (x + 1.0), half = 0.5 * (x - 1.0), point = half / std::sqrt(3.0);
    const double dry = half * (taken(middle - point) + taken(middle + point));
    return std::exp(-std::min(50.0, part.deposition_m_s * dry) - part.scavenging_s * x / u);
  }

  Source source_;
  Options options_;
  AirColumn air_;
  SourceHour now_;
  std::vector<DepositingPart> parts_;
  std::optional<Downwash> wake_;
};

}  // namespace lantian::plume::testing
