#pragma once

#include "plume/prime_geometry.hpp"

namespace lantian::plume {

/// Slope of the mean streamlines at the roof's height, where z decides nothing but how it fades.
/// @see Schulman, Strimaitis & Scire (2000).
[[nodiscard]] inline double roof_slope(double x_m, const BuildingWake& wake) {
  const double r = wake.scale_m, lift = wake.cavity_height_m - wake.height_m;
  if (x_m < -r) return 0.0;
  if (x_m < 0.0) return 2.0 * lift * (x_m + r) / (r * r);
  if (x_m <= 0.5 * r) return 4.0 * lift / r * (1.0 - 2.0 * x_m / r);
  const double descent_m = wake.cavity_end_m() - 0.5 * r;
  if (x_m <= wake.cavity_end_m()) return lift * (r - 2.0 * x_m) / (descent_m * descent_m);
  return -2.0 * lift / descent_m * r / (x_m - (wake.cavity_end_m() - r));
}

/// Slope of the mean streamlines about a building: up over its roof, down behind it.
/// @see ibid.; what it is below the roof: code of the model.
[[nodiscard]] inline double streamline_slope(double x_m, double y_m, double z_m, const BuildingWake& wake) {
  const double r = wake.scale_m, h = wake.height_m;
  const double aside = std::fabs(y_m) - 0.5 * wake.width_m;
  if (x_m < -r || aside > r / 3.0) return 0.0;
  const double lateral = aside > 0.0 ? 1.0 - 3.0 * aside / r : 1.0;
  const double over = (z_m - h + r) / r;  // 1 at the roof
  double fade = 1.0;
  if (x_m <= 0.5 * r) {
    const double calm_m = 0.67 * (r > h ? 2.0 * h - r : h);
    if (z_m > h) {
      fade = 1.0 / (over * over * over);
    } else if (x_m < 0.0 && z_m <= calm_m) {
      fade = 0.0;
    }
  } else if (z_m > h) {
    fade = 1.0 / over;
  } else {
    const double slender = 0.5 * h / wake.width_m;
    fade = z_m <= 0.0 ? 0.0 : std::pow(z_m / h, 0.3 * (slender >= 1.0 ? slender * slender : 1.0));
  }
  return roof_slope(x_m, wake) * fade * lateral;
}

/// Wind in a wake as a share of that outside, and how it grows with height [m-1].
struct WakeWind {
  double share = 1.0, gradient_m{};
};

/// Wind that a wake leaves at x >= 0: the same up to the cavity's top, from there linearly to that outside at
/// the wake's top.
/// @see ibid.
[[nodiscard]] inline WakeWind wake_wind(double x_m, double y_m, double z_m, const BuildingWake& wake) {
  constexpr double least = 0.01, deficit_at_lee = 0.7;
  const double top_m = wake_height_m(x_m, wake), aside = std::fabs(y_m);
  if (z_m >= top_m) return {};
  double deficit = deficit_at_lee;
  if (aside > 0.5 * wake.width_m) {
    const double side_m = wake_half_width_m(x_m, wake);
    if (aside >= side_m) return {};
    const double edge_m = std::max(0.5 * wake.width_m, side_m - wake.scale_m / 3.0);
    if (aside > edge_m) deficit *= (side_m - aside) / (side_m - edge_m);
  }
  if (x_m < wake.length_m) {
    deficit *= x_m / wake.length_m;
  } else {
    const double root = std::cbrt((x_m - wake.length_m + wake.scale_m) / wake.scale_m);
    deficit /= root * root;
  }
  const double cavity_m = cavity_height_m(x_m, wake);
  const double low = std::max(0.0, 1.0 - 2.0 * top_m * deficit / (top_m + cavity_m));
  if (z_m <= cavity_m) return {std::max(least, low), 0.0};
  const double gradient_m = (1.0 - low) / (top_m - cavity_m);
  return {std::max(least, low + gradient_m * (z_m - cavity_m)), gradient_m};
}

}  // namespace lantian::plume
