#pragma once

#include "plume/prime_table.hpp"
#include "plume/prime_turbulence.hpp"

#include <vector>

namespace lantian::plume {

/// Spread of a plume along its way through a wake; distances from the stack.
struct WakeSpread {
  std::size_t count = 1;
  WakeColumn x_m{}, sigma_z_m{}, sigma_y_m{};
  WakeColumn radius_growth{};                       ///< of the plume, by its vertical spread
  double virtual_sigma_z_m{}, virtual_sigma_y_m{};  ///< what is added to that of the air beyond

  [[nodiscard]] double end_m() const { return x_m[count - 1]; }
};

/// Where a plume comes into a wake, from the upwind face, and its spread there.
struct WakeEntry {
  double x_m{}, sigma_z_m{}, sigma_y_m{};
};

/// One direction of a spread in a wake: linear over a cavity's length, then by the wake's size, then as in
/// the air.
struct SpreadInWake {
  double entry_m{};           ///< at the entry
  double linear_end_m{};      ///< from the upwind face
  double turbulence_end_m{};  ///< from the upwind face
  double sigma_m{};
  double matching{};  ///< of the two ways to grow
  double least_m{};   ///< of the spread in the wake, and of what the wake adds beyond
  double virtual_m{};

  /// Spread after a step in the wake. @see Schulman, Strimaitis & Scire (2000); Weil (1996).
  [[nodiscard]] double grown_m(double from_m, double to_m, double intensity, double size_m) {
    if (to_m < linear_end_m) return sigma_m + (to_m - from_m) * intensity;
    double sigma = sigma_m, begin_m = from_m;
    if (from_m <= linear_end_m) {
      sigma += (linear_end_m - from_m) * intensity;
      begin_m = linear_end_m;
      matching = 2.0 * sigma / size_m;
    }
    return std::sqrt(sigma * sigma + (to_m - begin_m) * matching * intensity * size_m);
  }

  /// One step. `growth(to)` gives the intensity at the middle of the way to `to` and the wake's size there;
  /// `outside(x)` is the spread by the air, x from the upwind face.
  template <class Growth, class Outside>
  void step(double from_m, double to_m, const Growth& growth, const Outside& outside) {
    if (from_m >= turbulence_end_m) {
      virtual_m = std::max(virtual_m, entry_m);
    } else {
      const double end_m = std::min(to_m, turbulence_end_m);
      const auto [intensity, size_m] = growth(end_m);
      const double grown = grown_m(from_m, end_m, intensity, size_m);
      if (to_m < turbulence_end_m) {
        sigma_m = std::max(grown, least_m);
        return;
      }
      const double air_m = outside(end_m);
      virtual_m = std::max(std::sqrt(std::max(grown * grown - air_m * air_m, 0.0)), least_m);
    }
    const double air_m = outside(to_m);
    sigma_m = std::sqrt(air_m * air_m + virtual_m * virtual_m);
  }
};

/// What the turbulence of a wake does to plumes, and where it ends.
struct WakeCourse {
  const BuildingWake& wake;
  const WakeAir& about;
  const AirColumn& air;
  WakeTurbulences turbulence;
  double end_z_m{},
      end_y_m{};  ///< of the wake's turbulence, from the upwind face; at most 15 R behind the lee

  WakeCourse(const BuildingWake& of, const WakeAir& outside, const AirColumn& column)
      : wake(of), about(outside), air(column), turbulence(wake_turbulences(outside)) {
    const double longest_m = wake.length_m + longest_wake * wake.scale_m;
    end_z_m = std::min(longest_m, wake_turbulence_end_m(turbulence.z, added_vertical, wake));
    end_y_m = std::min(longest_m, wake_turbulence_end_m(turbulence.y, added_lateral, wake));
  }
  [[nodiscard]] double last_end_m() const { return std::max(end_z_m, end_y_m); }
};

/// A stretch of a wake, from the upwind face: turbulence at its middle, size at its end.
struct WakeStretch {
  double from_m{}, to_m{};
  WakeIntensities turbulence;
  double height_m{}, width_m{};
};
[[nodiscard]] inline WakeStretch wake_stretch(double from_m, double to_m, const WakeCourse& course) {
  return {from_m, to_m, wake_intensities(0.5 * (from_m + to_m), course.turbulence, course.wake),
          wake_height_m(to_m, course.wake), 2.0 * wake_half_width_m(to_m, course.wake)};
}

/// Equal steps of about 2 m from a plume's entry to where both the cavity and the wake's turbulence have
/// ended; the entry itself counts as the first.
struct WakeSteps {
  double step_m{};
  std::vector<WakeStretch> stretches;

  WakeSteps() = default;
  WakeSteps(double entry_m, const WakeCourse& course) {
    constexpr double wanted_m = 2.0;
    constexpr std::size_t most = 4998;
    const double turbulent_to_m = course.last_end_m(), cavity_end_m = course.wake.cavity_end_m();
    const double last_m = entry_m < cavity_end_m ? std::max(turbulent_to_m, cavity_end_m) : turbulent_to_m;
    const double range_m = last_m - entry_m + wanted_m;
    const std::size_t wanted = std::min(static_cast<std::size_t>(std::llround(range_m / wanted_m)), most);
    step_m = range_m / static_cast<double>(wanted);
    stretches.reserve(wanted);
    double x = entry_m;
    for (std::size_t n = 0; n < wanted; ++n) {
      const double from = x;
      x += step_m;
      stretches.push_back(from < turbulent_to_m ? wake_stretch(from, x, course)
                                                : WakeStretch{from, x, {}, 0.0, 0.0});
    }
  }
  [[nodiscard]] std::size_t count() const { return stretches.size() + 1; }
};

struct IntensityAndSize {
  double intensity{}, size_m{};
};

/// Both directions of a spread.
struct PlumeInWake {
  SpreadInWake z, y;

  PlumeInWake(double x_m, double sigma_z_m, double sigma_y_m, const WakeCourse& course)
      : z{.entry_m = sigma_z_m,
          .linear_end_m = x_m + course.wake.cavity_length_m,
          .turbulence_end_m = course.end_z_m,
          .sigma_m = sigma_z_m},
        y{.entry_m = sigma_y_m,
          .linear_end_m = x_m + course.wake.cavity_length_m,
          .turbulence_end_m = course.end_y_m,
          .sigma_m = sigma_y_m} {}

  /// `height(x)`: that of the plume, x from the stack.
  template <class Height>
  void step(const WakeStretch& whole, const WakeCourse& course, const Height& height) {
    const double face = course.wake.face_along_m;
    const auto up_to = [&](double end_m) {
      return end_m < whole.to_m ? wake_stretch(whole.from_m, end_m, course) : whole;
    };
    z.step(
        whole.from_m, whole.to_m,
        [&](double end_m) {
          const WakeStretch at = up_to(end_m);
          return IntensityAndSize{at.turbulence.z, at.height_m};
        },
        [&](double x) { return outside_sigma_z_m(x + face, height(x + face), course.about, course.air); });
    y.step(
        whole.from_m, whole.to_m,
        [&](double end_m) {
          const WakeStretch at = up_to(end_m);
          return IntensityAndSize{at.turbulence.y, at.width_m};
        },
        [&](double x) { return outside_sigma_y_m(x + face, height(x + face), course.about, course.air); });
  }
};

/// Keeps the places of a course as it is walked.
class SpreadKeeper {
 public:
  /// @param count  of all steps, the first included
  SpreadKeeper(WakeSpread& kept, std::size_t count, double x_m, double sigma_z_m, double sigma_y_m)
      : kept_(kept), steps_(count) {
    kept_ = WakeSpread{};
    kept_.count = std::max<std::size_t>(steps_.size(), 1);
    kept_.x_m[0] = x_m;
    kept_.sigma_z_m[0] = sigma_z_m;
    kept_.sigma_y_m[0] = sigma_y_m;
  }
  void add(std::size_t step, double x_m, double sigma_z_m, double sigma_y_m, double sigma_z_slope) {
    constexpr double root_half_pi = 1.25331413731550025;
    if (next_ >= steps_.size() || steps_[next_] != step) return;
    kept_.x_m[next_] = x_m;
    kept_.sigma_z_m[next_] = sigma_z_m;
    kept_.sigma_y_m[next_] = sigma_y_m;
    kept_.radius_growth[next_] = root_half_pi * sigma_z_slope;
    ++next_;
  }
  /// Raises what is kept so far to a lateral spread.
  void raise(double sigma_y_m) {
    for (std::size_t i = 0; i < next_; ++i) kept_.sigma_y_m[i] = std::max(kept_.sigma_y_m[i], sigma_y_m);
  }
  void end(const PlumeInWake& plume) {
    kept_.virtual_sigma_z_m = plume.z.virtual_m;
    kept_.virtual_sigma_y_m = plume.y.virtual_m;
  }

 private:
  WakeSpread& kept_;
  KeptSteps steps_;
  std::size_t next_ = 1;
};

/// Spread of a plume in a wake from its entry on. `height(x)`: of the plume, x from the stack.
/// @param steps  from the entry on
/// @pre the plume enters before the wake's turbulence has ended.
template <class Height>
[[nodiscard]] inline WakeSpread spread_in_wake(const WakeEntry& entry, const WakeSteps& steps,
                                               const WakeCourse& course, const Height& height) {
  const double face = course.wake.face_along_m;
  WakeSpread found;
  SpreadKeeper keeper(found, steps.count(), entry.x_m + face, entry.sigma_z_m, entry.sigma_y_m);
  PlumeInWake plume(entry.x_m, entry.sigma_z_m, entry.sigma_y_m, course);
  for (std::size_t n = 1; n < steps.count(); ++n) {
    const WakeStretch& stretch = steps.stretches[n - 1];
    const double before = plume.z.sigma_m;
    plume.step(stretch, course, height);
    keeper.add(n, stretch.to_m + face, plume.z.sigma_m, plume.y.sigma_m,
               (plume.z.sigma_m - before) / steps.step_m);
  }
  keeper.end(plume);
  return found;
}

/// Both spreads of a plume [m].
template <class V>
struct Spread {
  V sigma_z_m, sigma_y_m;
};

/// Spread at distances from the stack: by the table up to its end (before it begins: as there), beyond by the
/// air with what the wake has added.
template <class V>
[[nodiscard, gnu::always_inline]] inline Spread<V> spread_from_wake(const V& x_m, const V& plume_m,
                                                                    const WakeSpread& table,
                                                                    const WakeAir& about,
                                                                    const AirColumn& air) {
  const Between<V> at = between(x_m, table.x_m, table.count);
  const Spread<V> inside{value_between(at, table.sigma_z_m), value_between(at, table.sigma_y_m)};
  const Claim<V> beyond = x_m > table.end_m();
  if (!any_of(beyond)) return inside;
  const V x = maximum(x_m, constant<V>(table.end_m()));
  const V z = outside_sigma_z_m(x, plume_m, about, air), y = outside_sigma_y_m(x, plume_m, about, air);
  return {choose(beyond, joined(z, V{}, table.virtual_sigma_z_m), inside.sigma_z_m),
          choose(beyond, joined(y, V{}, table.virtual_sigma_y_m), inside.sigma_y_m)};
}

/// The same of a plume that comes from outside: before the wake by the air and by its own rise.
/// @pre x_m is above 0 where the value counts.
template <class V>
[[nodiscard, gnu::always_inline]] inline Spread<V> spread_through_wake(const V& x_m, const V& plume_m,
                                                                       const V& rise_m,
                                                                       const WakeSpread& table,
                                                                       const WakeAir& about,
                                                                       const AirColumn& air) {
  const Spread<V> from_wake = spread_from_wake(x_m, plume_m, table, about, air);
  const Claim<V> before = x_m < table.x_m[0];
  if (!any_of(before)) return from_wake;
  const V x = maximum(x_m, constant<V>(1e-6)), own = rise_m * (1.0 / 3.5);
  const V z = outside_sigma_z_m(x, plume_m, about, air), y = outside_sigma_y_m(x, plume_m, about, air);
  return {choose(before, joined(z, own, 0.0), from_wake.sigma_z_m),
          choose(before, joined(y, own, 0.0), from_wake.sigma_y_m)};
}

}  // namespace lantian::plume
