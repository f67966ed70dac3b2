#pragma once

#include "plume/lane_values.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lantian::plume {

/// Spread [m] of a plume about its own moving middle in convective air: what turbulence gives it,
/// a sqrt(eps) t^1.5/(1 + 0.62 a t/T), a = 0.57, T = 0.46 zi/sigma_w, its own and the first, as cubes
/// together.
/// @see Hanrahan (1999), J. Air Waste Manage. Assoc. 49, 1324-1338; constants: fitted to values of
/// AERMOD 24142 (one case).
template <class V>
[[nodiscard, gnu::always_inline]] inline V relative_sigma_m(const V& time_s, const V& dissipation_m2_s3,
                                                            const V& memory_s, const V& own_m,
                                                            double first_m) {
  constexpr double a = 0.57, fade = 0.62;
  const V air = a * sqrt(V(dissipation_m2_s3 * time_s)) * time_s / (1.0 + fade * a * time_s / memory_s);
  return power(V(air * air * air + own_m * own_m * own_m + first_m * first_m * first_m), 1.0 / 3.0);
}

/// How many spreads a plume counts in stable and in convective air, and the least spread [m] there.
inline constexpr double spreads_stable = 1.282, least_spread_stable_m = 15.0;
inline constexpr double spreads_convective = 2.58, least_spread_convective_m = 9.0;

/// How many spreads a stable plume counts that also wanders all round for a share of the time: as many more
/// as its sigma_y grows by that, at most 2.15. @param x_m  above 0.
[[nodiscard]] inline double stable_spreads(double x_m, double sigma_y_m, double random_share) {
  constexpr double most = 2.15, root_of_two_pi = 2.5066282746310002;
  const double narrower = random_share * sigma_y_m / (root_of_two_pi * x_m) + (1.0 - random_share);
  return narrower * most <= spreads_stable ? most : spreads_stable / narrower;
}

/// Cross section [m2] of elliptic plumes whose middles span `wide_m` across and `high_m` up.
/// @see Hanrahan (1999), ibid.
[[nodiscard]] inline double merged_section_m2(double half_width_m, double half_height_m, double wide_m,
                                              double high_m) {
  return std::numbers::pi * half_width_m * half_height_m +
         2.0 * (half_height_m * wide_m + half_width_m * high_m) + wide_m * high_m;
}

/// Ozone [mol m-3] of a concentration at 0 C and the ground's pressure, at a height and temperature.
[[nodiscard]] inline double ozone_mol_m3(double ozone_ug_m3, double height_m, double temperature_K) {
  constexpr double ug_per_mol = 48e6, freezing_K = 273.15, gas_J_kg_K = 287.04, gravity_m_s2 = 9.80616;
  return ozone_ug_m3 / ug_per_mol * freezing_K / temperature_K *
         std::exp(-gravity_m_s2 * height_m / (gas_J_kg_K * temperature_K));
}

/// Ratio of NO2 to NOx: that in the stack and what ozone makes of the NO of the plume's volume.
/// @param ozone_per_nox  moles of ozone in the volume over those of NOx.
/// @see Hanrahan (1999), ibid.; the division by the share of NO: fitted to values of AERMOD 24142.
[[nodiscard]] inline double volume_ratio(double ozone_per_nox, double stack_share, double greatest) {
  const double no = 1.0 - stack_share;
  const double formed = no > 0.0 ? std::min(ozone_per_nox / no, no) : 0.0;
  return std::min(stack_share + formed, greatest);
}

}  // namespace lantian::plume
