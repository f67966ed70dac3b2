#pragma once

#include "plume/dividing_streamline.hpp"
#include "plume/prime_growth.hpp"

namespace lantian::plume {

/// What a building's cavity catches of a plume and gives off again from its floor.
struct CavitySource {
  double share{};                   ///< of the plume
  double sigma_z_m{}, sigma_y_m{};  ///< in the cavity
  double middle_m{};                ///< across the wind, from the middle of the building
  WakeSpread spread;                ///< of what comes out of it
};

/// Complementary error function of a number not below 0: within 3e-7, far out by its asymptotic series.
/// @see Abramowitz & Stegun (1964), 7.1.28 and 7.1.23.
[[nodiscard]] inline double error_tail(double x) {
  constexpr double far_out = 2.79, inverse_root_pi = 0.56418958354775628;
  if (x <= far_out) return 1.0 - error_function(x);
  const double q = 1.0 / (x * x);
  return inverse_root_pi / x * std::exp(-x * x) * (1.0 - 0.5 * q * (1.0 - 1.5 * q));
}

/// Share of a Gaussian that lies within `reach_m` on both sides of 0, within 3e-7.
[[nodiscard]] inline double share_within(double middle_m, double sigma_m, double reach_m) {
  constexpr double near_middle = 0.47;  // from here on the tails tell a small share better
  const double scale = 1.0 / (std::numbers::sqrt2 * std::max(sigma_m, 1e-5));
  const double a = (reach_m - middle_m) * scale, b = (reach_m + middle_m) * scale;
  const double nearer = std::min(std::fabs(a), std::fabs(b)), farther = std::max(std::fabs(a), std::fabs(b));
  if (a * b >= 0.0 || nearer < near_middle) return 0.5 * std::fabs(error_function(a) + error_function(b));
  return 0.5 * (error_tail(nearer) - error_tail(farther));
}

/// Share of a plume that a cavity catches: the greatest of the shares that lie in it along its length, of the
/// vertical ones no more than what lies below the roof's height at its end.
/// @param height  height(x): of the plume's middle, x from the stack
/// @see Schulman, Strimaitis & Scire (2000), section on the near wake.
template <class Height>
[[nodiscard]] inline double caught_share(const WakeEntry& entry, const WakeSpread& spread,
                                         const WakeCourse& course, const Height& height) {
  const BuildingWake& wake = course.wake;
  const double end_m = wake.cavity_end_m(), face_m = wake.face_along_m;
  if (entry.x_m >= end_m) return 0.0;
  const auto spread_of = [&](double x_m, double plume_m) {
    return x_m > 0.0 ? spread_through_wake(x_m, plume_m, 0.0, spread, course.about, course.air)
                     : Spread<double>{};
  };
  const double begin_m = std::max(entry.x_m, wake.length_m), range_m = 0.99 * (end_m - begin_m);
  const double lowest =
      share_within(height(end_m + face_m), spread_of(end_m + face_m, wake.height_m).sigma_z_m, wake.height_m);
  const int steps = std::max(5, static_cast<int>(1.0 + range_m / 10.0));
  double most = 0.0;
  for (int n = 0; n <= steps; ++n) {
    const double x = begin_m + range_m / steps * n, plume_m = height(x + face_m);
    const Spread<double> here = spread_of(x + face_m, plume_m);
    const double below = share_within(plume_m, here.sigma_z_m, cavity_height_m(x, wake));
    const double beside =
        share_within(std::fabs(wake.face_across_m), here.sigma_y_m, cavity_half_width_m(x, wake));
    most = std::max(most, std::min(below, lowest) * beside);
  }
  // The cavity's end comes and goes: what enters in its last part is caught only in part.
  const double last_m = wake.length_m + 0.85 * wake.cavity_length_m;
  if (begin_m > last_m) most = std::min(most, std::max(0.0, 1.0 - (begin_m - last_m) / (end_m - last_m)));
  return most;
}

/// sigma_y [m] in a cavity for a plume that comes in with one. @see ibid.
[[nodiscard]] inline double cavity_sigma_y_m(double caught_sigma_y_m, const BuildingWake& wake) {
  const double caught_m = std::min(root_two_pi * caught_sigma_y_m, wake.width_m);
  return std::max({std::min(wake.width_m, 3.0 * wake.height_m), wake.height_m / 3.0, caught_m}) / root_two_pi;
}
/// sigma_z [m] in a cavity that gives, with the wind at the stack's top, the concentration of a cavity from
/// which the wind at the roof carries off.
/// @see ibid.; Wilson & Britter (1982).
[[nodiscard]] inline double cavity_sigma_z_m(double roof_wind_m_s, double stack_wind_m_s,
                                             const BuildingWake& wake) {
  const double top_m = wake.reattaches ? wake.height_m : wake.cavity_height_m;
  return 0.79788456080286536 * roof_wind_m_s / stack_wind_m_s * top_m / 3.0;
}

/// Spread of a plume and of what comes out of the cavity.
struct SpreadOfBoth {
  WakeSpread plume;
  CavitySource cavity;
};

/// Spread from the entry on, `height(x)` that of the plume, x from the stack; the cavity's begins behind the
/// building, and is as wide at least as the plume there.
/// @param steps  from the entry on
/// @param sigma_z_m  in the cavity
/// @pre the plume enters before the wake's turbulence has ended.
template <class Height>
[[nodiscard]] inline SpreadOfBoth spread_with_cavity(const WakeEntry& entry, const WakeSteps& steps,
                                                     const WakeCourse& course, double sigma_z_m,
                                                     const Height& height) {
  const BuildingWake& wake = course.wake;
  const double face = wake.face_along_m,
               source_m = std::min(std::max(entry.x_m, wake.length_m), wake.cavity_end_m());
  SpreadOfBoth found;
  CavitySource& caught = found.cavity;
  caught.sigma_z_m = sigma_z_m;
  caught.sigma_y_m = cavity_sigma_y_m(entry.sigma_y_m, wake);
  const bool has_cavity = entry.x_m < wake.cavity_end_m();
  bool may_widen = entry.x_m < wake.length_m;
  std::size_t first = 0;  // the cavity's way begins with the last step that is not behind its source
  while (first + 1 < steps.count() && steps.stretches[first].to_m <= source_m) ++first;
  if (first > 0) ++first;
  SpreadKeeper keeper(found.plume, steps.count(), entry.x_m + face, entry.sigma_z_m, entry.sigma_y_m);
  SpreadKeeper cavity_keeper(caught.spread, has_cavity ? steps.count() - first : 1, source_m + face,
                             sigma_z_m, caught.sigma_y_m);
  PlumeInWake plume(entry.x_m, entry.sigma_z_m, entry.sigma_y_m, course);
  PlumeInWake cavity(source_m, sigma_z_m, caught.sigma_y_m, course);
  cavity.z.least_m = sigma_z_m;
  for (std::size_t n = 1; n < steps.count(); ++n) {
    const WakeStretch& stretch = steps.stretches[n - 1];
    if (may_widen && stretch.from_m >= wake.length_m) {
      may_widen = false;
      caught.sigma_y_m = std::max(caught.sigma_y_m, cavity_sigma_y_m(plume.y.sigma_m, wake));
      cavity.y.entry_m = caught.sigma_y_m;
      cavity.y.sigma_m = std::max(cavity.y.sigma_m, caught.sigma_y_m);
      cavity_keeper.raise(caught.sigma_y_m);
    }
    plume.step(stretch, course, height);
    keeper.add(n, stretch.to_m + face, plume.z.sigma_m, plume.y.sigma_m, 0.0);
    if (has_cavity && n >= first && source_m <= stretch.to_m) {
      cavity.step(stretch, course, [](double) { return 0.0; });
      cavity_keeper.add(n - first, stretch.to_m + face, cavity.z.sigma_m, cavity.y.sigma_m, 0.0);
    }
  }
  keeper.end(plume);
  cavity_keeper.end(cavity);
  return found;
}

/// Where the middle of the cavity's plume lies across the wind: at the stack, but so that it stays behind the
/// building.
[[nodiscard]] inline double cavity_middle_m(double sigma_y_m, const BuildingWake& wake) {
  const double most_m = 0.5 * (wake.width_m - root_two_pi * sigma_y_m);
  return most_m <= 0.0 ? 0.0 : std::min(std::max(-wake.face_across_m, -most_m), most_m);
}

}  // namespace lantian::plume
