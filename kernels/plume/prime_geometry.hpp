#pragma once

#include "plume/lane_values.hpp"

namespace lantian::plume {

/// A building as the wind sees it, with the scales of its cavity and its wake.
///
/// Places in its wake: x along the wind from its upwind face, y across from the middle of that face, z above
/// the ground [m].
struct BuildingWake {
  double height_m{}, width_m{}, length_m{};  ///< length: along the wind
  double face_along_m{}, face_across_m{};    ///< from the stack to the middle of the upwind face
  double scale_m{};                          ///< R
  double cavity_height_m{};                  ///< where the flow does not come back to the roof
  double cavity_length_m{};                  ///< from the lee face
  bool reattaches{};                         ///< the flow comes back to the roof

  [[nodiscard]] double cavity_end_m() const { return length_m + cavity_length_m; }
};

/// Scales of a wake. Sizes are above 0.
/// @see Schulman, Strimaitis & Scire (2000), J. Air Waste Manage. Assoc. 50, 378-390; R, cavity over the
/// roof:
///      Wilson (1979); cavity behind the building: Fackrell (1984). The weaker part of the length where a
///      building is narrower than high: code of the model.
[[nodiscard]] inline BuildingWake building_wake(double height_m, double width_m, double length_m,
                                                double face_along_m, double face_across_m) {
  constexpr double slenderest = 8.0;
  const double high = std::min(height_m, slenderest * width_m),
               wide = std::min(width_m, slenderest * height_m);
  BuildingWake wake{height_m, width_m, length_m, face_along_m, face_across_m};
  wake.scale_m = std::cbrt(std::min(high, wide) * high * wide);  // least^(2/3) greatest^(1/3)
  wake.reattaches = 0.9 * wake.scale_m < length_m;
  wake.cavity_height_m = height_m + 0.22 * wake.scale_m;
  const double across = width_m / height_m;
  const double along = std::min(std::max(length_m / height_m, 0.3), 3.0);
  const double exponent = across < 1.0 ? std::max(0.0, 0.3 * (across - 0.33) / 0.67) : 0.3;
  wake.cavity_length_m = 1.8 * width_m / (std::pow(along, exponent) * (1.0 + 0.24 * across));
  return wake;
}

[[nodiscard, gnu::always_inline]] inline double cube_root(double x) {
  return std::cbrt(x);
}
/// Of numbers not below 0.
[[nodiscard, gnu::always_inline]] inline Lanes cube_root(const Lanes& x) {
  return power(x, 1.0 / 3.0);
}

/// Height of the wake [m] at x >= 0. @see ibid.; Wilson (1979); Weil (1996).
template <class V>
[[nodiscard, gnu::always_inline]] inline V wake_height_m(const V& x_m, const BuildingWake& wake) {
  const double scale = 1.2 * wake.scale_m, start = wake.height_m / scale;
  return scale * cube_root(V(x_m * (1.0 / wake.scale_m) + start * start * start));
}
/// Half width of the wake [m] at x >= 0. @see ibid.
template <class V>
[[nodiscard, gnu::always_inline]] inline V wake_half_width_m(const V& x_m, const BuildingWake& wake) {
  return 0.5 * wake.width_m + wake.scale_m / 3.0 * cube_root(V(x_m * (1.0 / wake.scale_m)));
}

/// Quarter of an ellipse that begins at `from_m` and ends at `to_m`, as a share of its height; 0 beyond.
template <class V>
[[nodiscard, gnu::always_inline]] inline V elliptic_share(const V& x_m, double from_m, double to_m) {
  const V share = (x_m - from_m) * (1.0 / (to_m - from_m));
  return sqrt(maximum(V(1.0 - share * share), V{}));
}

/// Height of the cavity [m] at a place from the upwind face on; 0 beyond its end.
/// @see ibid.; Wilson (1979).
template <class V>
[[nodiscard, gnu::always_inline]] inline V cavity_height_m(const V& x_m, const BuildingWake& wake) {
  const double end = wake.cavity_end_m();
  if (wake.reattaches) {
    return wake.height_m * elliptic_share(maximum(x_m, constant<V>(wake.length_m)), wake.length_m, end);
  }
  const double top = 0.5 * wake.scale_m, rise = wake.cavity_height_m - wake.height_m;
  const V before = minimum(V(x_m * (1.0 / top) - 1.0), V{});
  return choose(x_m <= top, V(wake.cavity_height_m - rise * before * before),
                V(wake.cavity_height_m * elliptic_share(x_m, top, end)));
}
/// Half width of the cavity [m] at a place from the upwind face on; 0 beyond its end. @see ibid.
template <class V>
[[nodiscard, gnu::always_inline]] inline V cavity_half_width_m(const V& x_m, const BuildingWake& wake) {
  const double r = wake.scale_m, widest = 0.5 * wake.width_m + r / 3.0;
  const V before = x_m - r;
  return choose(x_m <= r, V(widest - before * before * (1.0 / (3.0 * r))),
                V(widest * elliptic_share(x_m, r, wake.cavity_end_m())));
}

/// Where places lie.
template <class V>
struct WakeZone {
  Claim<V> near;  ///< in the building or its cavity
  Claim<V> wake;  ///< there or in the wake further on
};

template <class V>
[[nodiscard, gnu::always_inline]] inline V magnitude(const V& x) {
  return maximum(x, V(-x));
}

/// @see ibid.; a skin of the building belongs to the air, as in the model's code.
template <class V>
[[nodiscard, gnu::always_inline]] inline WakeZone<V> wake_zone(const V& x_m, const V& y_m, const V& z_m,
                                                               const BuildingWake& wake) {
  constexpr double skin = 0.99998;
  const Claim<V> behind = x_m > 0.0;
  const V x = maximum(x_m, V{}), aside = magnitude(y_m);
  const Claim<V> inside =
      both(both(behind, Claim<V>(x < skin * wake.length_m)),
           both(Claim<V>(aside < 0.5 * skin * wake.width_m), Claim<V>(z_m < skin * wake.height_m)));
  const Claim<V> cavity =
      both(both(behind, Claim<V>(x < wake.cavity_end_m())),
           both(Claim<V>(z_m <= cavity_height_m(x, wake)), Claim<V>(aside <= cavity_half_width_m(x, wake))));
  const Claim<V> near = either(inside, cavity);
  // Below the wake's height and within its width, without their roots.
  const V way = x * (1.0 / wake.scale_m);
  const V high = z_m * (1.0 / (1.2 * wake.scale_m)),
          wide = maximum(V(aside - 0.5 * wake.width_m), V{}) * (3.0 / wake.scale_m);
  const double roof = wake.height_m / (1.2 * wake.scale_m);
  const Claim<V> far = both(behind, both(Claim<V>(high * high * high <= way + roof * roof * roof),
                                         Claim<V>(wide * wide * wide <= way)));
  return {near, either(near, far)};
}

}  // namespace lantian::plume
