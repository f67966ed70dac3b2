#pragma once

#include "lantian/base/scalar.hpp"

#include <cmath>

namespace lantian {

/// Light that leaves can use, on a horizontal plane above them [W m-2]: from the sun's disc and from the sky.
struct VisibleLight {
  double direct_w_m2, diffuse_w_m2;
};

/// Parts the short wave at the ground into visible light from the sun's disc and from the sky.
///
/// The measured short wave over that of a clear sky tells how much of the light is diffuse.
/// @pre  cosine_zenith > 0.001
/// @see  Weiss & Norman (1985), Agric. For. Meteorol. 34, 205, eqs. 1-12, at sea-level pressure.
[[nodiscard]] inline VisibleLight visible_light_w_m2(double short_wave_w_m2, double cosine_zenith) {
  const double c = cosine_zenith;
  const double visible_direct = 600.0 * exp(-0.185 / c) * c;
  const double visible_diffuse = 0.4 * (600.0 - visible_direct) * c;
  const double log_air_mass = -std::log10(c);
  const double water_w_m2 =
      1320.0 * pow(10.0, -1.195 + 0.4459 * log_air_mass - 0.0345 * log_air_mass * log_air_mass);
  const double infrared_direct = maximum(720.0 * exp(-0.06 / c) - water_w_m2, 0.0) * c;
  const double infrared_diffuse = maximum(0.6 * (720.0 - infrared_direct - water_w_m2), 0.0) * c;
  const double visible = maximum(visible_direct + visible_diffuse, 0.1);
  const double ratio = minimum(short_wave_w_m2 / (visible + infrared_direct + infrared_diffuse), 0.9);
  const double shaded = minimum(maximum((0.9 - ratio) / 0.7, 0.0), 1.0);
  const double direct_share = visible_direct / visible * (1.0 - pow(shaded, 2.0 / 3.0));
  return {direct_share * ratio * visible, (1.0 - direct_share) * ratio * visible};
}

/// Leaf areas in the sun and in the shade, and the light on each [W m-2].
struct LitLeaves {
  double sunlit_area, shaded_area, sunlit_w_m2, shaded_w_m2;
};

/// Two big leaves: leaves stand at 60 degrees to the sun, as on a sphere.
///
/// @pre  leaf_area_index >= 0
/// @see  Zhang et al. (2001), Atmos. Environ. 35, 4463, eqs. 5-8, after Norman (1982): F_sun = 2 c (1 -
///       exp(-LAI/(2 c))); dense canopies under strong light, LAI > 2.5 and over 200 W m-2, have LAI^0.8 for
///       LAI^0.7 and direct^0.8 for direct.
[[nodiscard]] inline LitLeaves lit_leaves(double leaf_area_index, double short_wave_w_m2,
                                          double cosine_zenith) {
  constexpr double leaf_cosine = 0.5;
  const VisibleLight light = visible_light_w_m2(short_wave_w_m2, cosine_zenith);
  const bool is_dense = leaf_area_index > 2.5 && short_wave_w_m2 > 200.0;
  const double shaded = light.diffuse_w_m2 * exp(-0.5 * pow(leaf_area_index, is_dense ? 0.8 : 0.7)) +
                        0.07 * light.direct_w_m2 * (1.1 - 0.1 * leaf_area_index) * exp(-cosine_zenith);
  const double direct = is_dense ? pow(light.direct_w_m2, 0.8) : light.direct_w_m2;
  const double sunlit_area = 2.0 * cosine_zenith * -std::expm1(-0.5 * leaf_area_index / cosine_zenith);
  return {sunlit_area, leaf_area_index - sunlit_area, direct * leaf_cosine / cosine_zenith + shaded, shaded};
}

}  // namespace lantian
