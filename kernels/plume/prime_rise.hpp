#pragma once

#include "plume/prime_flow.hpp"
#include "plume/prime_growth.hpp"

#include <utility>
#include <vector>

namespace lantian::plume {

/// Gas that leaves a stack into a wake.
struct StackGas {
  double height_m{}, radius_m{}, temperature_k{}, velocity_m_s{};
  enum class Opening { up, capped, sideways } opening = Opening::up;
};

/// Air that a rising plume is in.
struct AirAtPlume {
  double wind_m_s{}, shear_s{}, temperature_k{}, density_kg_m3{}, gradient_k_m{};
};

/// Above the profiles' top their last values count.
/// @param z_m  above 0
[[nodiscard]] inline AirAtPlume air_at_plume(double z_m, const AirColumn& air) {
  const double z = std::min(z_m, level_heights_m.back());
  const Height<double> at = place(z);
  return {std::max(air.wind_m_s.at(at), least_wind_m_s), air.wind_m_s.slope[at.layer.of],
          air.theta_k.at(at) - dry_lapse_k_m * (z + air.layer.base_elevation_m), air.density_kg_m3.at(at),
          air.gradient_k_m.at(at)};
}

/// Fluxes through a plume's section over pi, and where its middle is.
struct PlumeFluxes {
  double mass_kg_s{}, along{}, up{},
      heat{};  ///< excess momenta [kg m s-2] and heat [kg K s-1] over the air's
  double z_m{}, x_m{};

  [[nodiscard]] PlumeFluxes after(const PlumeFluxes& rate, double step_m) const {
    return {mass_kg_s + rate.mass_kg_s * step_m, along + rate.along * step_m, up + rate.up * step_m,
            heat + rate.heat * step_m,           z_m + rate.z_m * step_m,     x_m + rate.x_m * step_m};
  }
};

/// A plume's section: top-hat values.
struct PlumeSection {
  double along_m_s{}, up_m_s{}, speed_m_s{}, temperature_k{}, density_kg_m3{}, radius_m{};
};
[[nodiscard]] inline PlumeFluxes fluxes_of(const PlumeSection& s, const AirAtPlume& air, double z_m) {
  const double mass = s.density_kg_m3 * s.speed_m_s * s.radius_m * s.radius_m;
  return {mass,
          mass * (s.along_m_s - air.wind_m_s),
          mass * s.up_m_s,
          mass * (s.temperature_k - air.temperature_k),
          z_m,
          0.0};
}
/// Gas counts as at most 10 K colder than the air (code of the model).
[[nodiscard]] inline PlumeSection section_of(const PlumeFluxes& flux, const AirAtPlume& air) {
  const double by_mass = 1.0 / flux.mass_kg_s;
  PlumeSection s;
  s.along_m_s = air.wind_m_s + flux.along * by_mass;
  s.up_m_s = flux.up * by_mass;
  s.speed_m_s = std::sqrt(s.along_m_s * s.along_m_s + s.up_m_s * s.up_m_s);
  s.temperature_k = std::max(air.temperature_k + flux.heat * by_mass, air.temperature_k - 10.0);
  s.density_kg_m3 = air.density_kg_m3 * air.temperature_k / s.temperature_k;
  s.radius_m = std::sqrt(flux.mass_kg_s / (s.speed_m_s * s.density_kg_m3));
  return s;
}

/// Changes along the plume's way [m-1]: entrainment by its own speed along and across it (0.11 and 0.6), at
/// least what the wake's turbulence brings; shear, buoyancy, stratification, heat radiation.
/// @param growth  of the radius by turbulence, along x
/// @see Schulman, Strimaitis & Scire (2000), section on plume rise; Zhang & Ghoniem (1993).
[[nodiscard, gnu::always_inline]] inline PlumeFluxes change_of(const PlumeSection& s, const AirAtPlume& air,
                                                               double growth) {
  constexpr double along_way = 0.11, across_way = 0.6, radiation_kg_m2_k3_s = 9.1e-11;
  const double by_speed = 1.0 / s.speed_m_s, cosine = s.along_m_s * by_speed, sine = s.up_m_s * by_speed;
  const double own = along_way * std::fabs(s.speed_m_s - air.wind_m_s * cosine) +
                     across_way * std::fabs(air.wind_m_s * sine);
  const double inflow = std::max(own, air.wind_m_s * growth), area = s.radius_m * s.radius_m;
  const double lift = area * s.density_kg_m3 * s.up_m_s;
  const double t2 = s.temperature_k * s.temperature_k, a2 = air.temperature_k * air.temperature_k;
  return {2.0 * s.radius_m * air.density_kg_m3 * inflow,
          -lift * air.shear_s,
          gravity_of_plumes_m_s2 * area * (air.density_kg_m3 - s.density_kg_m3),
          -lift * air.gradient_k_m - radiation_kg_m2_k3_s * s.radius_m * (t2 * t2 - a2 * a2),
          sine,
          cosine};
}

/// How far a plume rises in neutral air: where its course ends, and a rise that its first step must not pass
/// [m].
struct NeutralScales {
  double end_m{}, rise_m{};
};
/// @see Briggs (1975) for the distances; ibid.
[[nodiscard]] inline NeutralScales neutral_scales(const StackGas& gas, const PlumeSection& first,
                                                  const AirAtPlume& air) {
  const double fb = gravity_of_plumes_m_s2 * gas.velocity_m_s * gas.radius_m * gas.radius_m /
                    gas.temperature_k * std::max(gas.temperature_k - air.temperature_k, 0.0);
  const double u = std::max(air.wind_m_s, 1.0), ratio = std::max(1.0, first.up_m_s / u);
  const double by_momentum = 8.0 * first.radius_m * ratio * (1.0 + 3.0 / ratio) * (1.0 + 3.0 / ratio);
  if (fb <= 0.0) return {by_momentum, std::max(0.1, 6.0 * first.radius_m * first.up_m_s / u)};
  if (fb < 55.0)
    return {std::max(by_momentum, distance_of_final_rise_m(fb)),
            std::max(0.1, 21.425 * std::pow(fb, 0.75) / u)};
  return {distance_of_final_rise_m(fb), std::max(0.1, 38.71 * std::pow(fb, 0.6) / u)};
}

/// The course of a plume's middle: distance from the stack and height above the ground, and its way through
/// the wake.
struct PlumeCourse {
  std::size_t count = 1;
  WakeColumn x_m{}, z_m{};
  bool enters_wake = false;
  bool is_sound = true;  ///< false: the air is such that a plume cannot be followed in it
  WakeEntry entry;
  WakeSteps steps;          ///< from the entry on
  WakeSpread first_spread;  ///< with the plume at its height of entry

  template <class V>
  [[nodiscard, gnu::always_inline]] V height_m(const V& x) const {
    return value_between(between(x, x_m, count), z_m);
  }
};

/// Integrates a plume's rise and its entry into the wake in steps of 1 m.
class RiseInWake {
 public:
  RiseInWake(const StackGas& gas, const WakeCourse& course)
      : gas_(gas),
        course_(course),
        air_(course.air),
        wake_(course.wake),
        base_m_(std::max(gas.height_m, lowest_m)) {}

  [[nodiscard]] PlumeCourse course() {
    rise();
    follow_streamlines();
    PlumeCourse found;
    found.enters_wake = enters_wake_ && has_spread_;
    found.is_sound = is_sound_;
    found.entry = entry_;
    found.steps = std::move(steps_);
    found.first_spread = spread_;
    const KeptSteps kept(xs_.size());
    found.count = kept.size();
    // Backwards, so that a plume that is blown back for a step or two still has one height at a distance: the
    // last one.
    double least_m = xs_.back();
    for (std::size_t i = found.count; i-- > 0;) {
      least_m = std::min(least_m, xs_[kept[i]]);
      found.x_m[i] = least_m;
      found.z_m[i] = zs_[kept[i]];
    }
    return found;
  }

 private:
  static constexpr double lowest_m = 0.001, longest_step_m = 1.0, longest_way_m = 5000.0;
  static constexpr std::size_t most_places = 5000;

  struct Zone {
    bool wake{}, near{};
  };
  [[nodiscard]] Zone zone(double x_m, double z_m) const {
    const WakeZone<double> found = wake_zone(x_m - wake_.face_along_m, -wake_.face_across_m, z_m, wake_);
    return {found.wake, found.near};
  }
  [[nodiscard]] double slope(double x_m, double z_m) const {
    return streamline_slope(x_m - wake_.face_along_m, -wake_.face_across_m, z_m, wake_);
  }
  /// The air at a place, slowed down where it is in the wake.
  [[nodiscard]] AirAtPlume air_at(double x_m, double z_m, bool in_wake) const {
    AirAtPlume here = air_at_plume(z_m, air_);
    if (!in_wake) return here;
    const WakeWind left = wake_wind(x_m - wake_.face_along_m, -wake_.face_across_m, z_m, wake_);
    here.shear_s = left.share * here.shear_s + left.gradient_m * here.wind_m_s;
    here.wind_m_s *= left.share;
    return here;
  }
  [[nodiscard]] PlumeSection first_section(const AirAtPlume& air) const {
    using enum StackGas::Opening;
    constexpr double trace_m_s = 2e-6, upward_left_m_s = 0.001, cap_widens = 2.0;
    PlumeSection s{trace_m_s, gas_.velocity_m_s, 0.0, gas_.temperature_k, 0.0, gas_.radius_m};
    if (gas_.opening == capped) {
      s.radius_m = cap_widens * gas_.radius_m;
      s.along_m_s = gas_.velocity_m_s / (cap_widens * cap_widens);
    } else if (gas_.opening == sideways) {
      s.along_m_s = gas_.velocity_m_s;
    }
    if (gas_.opening != up) s.up_m_s = upward_left_m_s;
    s.speed_m_s = std::sqrt(s.along_m_s * s.along_m_s + s.up_m_s * s.up_m_s);
    s.density_kg_m3 = air.density_kg_m3 * air.temperature_k / gas_.temperature_k;
    return s;
  }

  void rise() {
    double x = 0.0, z = base_m_;
    AirAtPlume here = air_at(x, z, zone(x, z).wake);
    PlumeSection section = first_section(here);
    const NeutralScales scales = neutral_scales(gas_, section, here);
    PlumeFluxes flux = fluxes_of(section, here, z);
    step_m_ = std::min(longest_step_m, 0.5 * scales.rise_m);
    const double slopes_end_m = wake_.face_along_m + wake_.length_m + longest_wake * wake_.scale_m;
    double way_m = 0.0;
    while (way_m < longest_way_m && xs_.size() < most_places) {
      const double middle_m = std::max(z + lifted_m_, lowest_m);
      const Zone from = zone(x, middle_m);
      double lift_m = 0.0;
      if (!from.near && x <= slopes_end_m)
        lift_m = slope(x, middle_m) * section.along_m_s / section.speed_m_s * step_m_;
      const PlumeFluxes change = change_of(section, here, growth_);
      const PlumeFluxes ahead = flux.after(change, step_m_);
      is_sound_ = ahead.mass_kg_s > 0.0;
      if (!is_sound_) break;
      section = section_of(ahead, here);
      const double ahead_m = std::max(ahead.z_m + lifted_m_ + lift_m, lowest_m);
      here = air_at(x, ahead_m, zone(x, ahead_m).wake);
      const PlumeFluxes later = change_of(section, here, growth_);
      flux = ahead.after(later, 0.5 * step_m_).after(change, -0.5 * step_m_);
      is_sound_ = flux.mass_kg_s > 0.0;
      if (!is_sound_) break;
      section = section_of(flux, here);
      lifted_m_ += lift_m;
      z = flux.z_m;
      const double height_m = std::max(z + lifted_m_, lowest_m);
      const bool in_wake = zone(flux.x_m, height_m).wake;
      here = air_at(flux.x_m, height_m, in_wake);
      x = std::max(flux.x_m, 0.0);
      way_m += step_m_;
      if (flux.x_m >= 0.0) {
        constexpr double flat_enough = 0.36397023426620234;  // tan 20 degrees
        if (in_wake && section.up_m_s / section.along_m_s <= flat_enough) enter(x, z);
        keep(x, height_m);
        if (x >= scales.end_m) break;
      }
      if (section.up_m_s < 0.0) break;
      if (step_m_ < longest_step_m) step_m_ = std::min(longest_step_m, 2.0 * step_m_);
    }
    if (xs_.empty()) keep(x, base_m_);
  }

  void keep(double x_m, double z_m) {
    xs_.push_back(x_m);
    zs_.push_back(z_m);
  }

  /// A plume in the wake: its spread there, once, and how fast it grows at a distance. `z_m` is without what
  /// the streamlines did.
  void enter(double x_m, double z_m) {
    if (!enters_wake_) {
      enters_wake_ = true;
      const double own_m = std::max(0.0, z_m - base_m_) / 3.5;
      const auto with_own = [&](double sigma) { return std::sqrt(sigma * sigma + own_m * own_m); };
      entry_ = {x_m - wake_.face_along_m, own_m, own_m};
      if (x_m > 0.0) {
        entry_.sigma_z_m = with_own(outside_sigma_z_m(x_m, z_m, course_.about, air_));
        entry_.sigma_y_m = with_own(outside_sigma_y_m(x_m, z_m, course_.about, air_));
      }
      has_spread_ = entry_.x_m < course_.last_end_m();
      if (has_spread_) {
        steps_ = WakeSteps(entry_.x_m, course_);
        spread_ = spread_in_wake(entry_, steps_, course_, [z_m](double) { return z_m; });
      }
    }
    growth_ = 0.0;
    if (has_spread_ && x_m >= spread_.x_m[0] && x_m <= spread_.end_m())
      growth_ = value_between(between(x_m, spread_.x_m, spread_.count), spread_.radius_growth);
  }

  /// From where the rise ends to 15 R behind the building the plume goes up and down with the streamlines.
  void follow_streamlines() {
    const double end_m = wake_.face_along_m + wake_.length_m + longest_wake * wake_.scale_m,
                 left_m = end_m - xs_.back();
    const std::size_t free = most_places - xs_.size();
    if (left_m <= 0.0 || free == 0) return;
    const double step_m = std::max(step_m_, left_m / static_cast<double>(free));
    const auto steps = std::min(static_cast<std::size_t>(left_m / step_m), free);
    for (std::size_t n = 0; n < steps; ++n) {
      const double x = xs_.back(), z = zs_.back();
      const Zone here = zone(x, z);
      const double change_m = here.near ? 0.0 : 0.5 * (slope(x, z) + slope(x + step_m, z)) * step_m;
      keep(x + step_m, std::max(lowest_m, z + change_m));
      lifted_m_ += change_m;
      if (!enters_wake_ && here.wake) enter(xs_.back(), zs_.back() - lifted_m_);
    }
  }

  const StackGas& gas_;
  const WakeCourse& course_;
  const AirColumn& air_;
  const BuildingWake& wake_;
  double base_m_;
  std::vector<double> xs_, zs_;
  double step_m_{}, lifted_m_{}, growth_{};
  bool enters_wake_ = false, has_spread_ = false, is_sound_ = true;
  WakeEntry entry_;
  WakeSteps steps_;
  WakeSpread spread_;
};

}  // namespace lantian::plume
