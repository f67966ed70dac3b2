#pragma once

#include "plume/lane_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace lantian::plume {

/// Spread [m] of a plume about its own moving middle in convective air: what turbulence gives it,
/// a sqrt(eps) t^1.5/(1 + 0.62 a t/T), a = 0.57, T = 0.46 zi/sigma_w, its own and the first, as cubes
/// together.
/// @see Hanrahan (1999), J. Air Waste Manage. Assoc. 49, 1324-1331; code of AERMOD 24142.
template <class V>
[[nodiscard, gnu::always_inline]] inline V relative_sigma_m(const V& time_s, const V& dissipation_m2_s3,
                                                            const V& memory_s, const V& own_m,
                                                            double first_m) {
  constexpr double a = 0.57, fade = 0.62;
  const V air = a * sqrt(V(dissipation_m2_s3 * time_s)) * time_s / (1.0 + fade * a * time_s / memory_s);
  return power(V(air * air * air + own_m * own_m * own_m + first_m * first_m * first_m), 1.0 / 3.0);
}

/// First spread [m] of a source with two: their geometric mean, or the one there is.
[[nodiscard]] inline double first_relative_sigma_m(double sigma_y_m, double sigma_z_m) {
  constexpr double least_m = 1e-8;
  if (sigma_y_m < least_m) return sigma_z_m < least_m ? 0.0 : sigma_z_m;
  return sigma_z_m < least_m ? sigma_y_m : std::sqrt(sigma_y_m * sigma_z_m);
}

/// How many spreads a plume counts, and its least spread [m]: in stable air by the spread of its mean (80 %
/// of it), in convective air by that about its own middle (99 %).
/// @see Hanrahan (1999), ibid.; code of AERMOD 24142.
inline constexpr double spreads_stable = 1.282, least_spread_stable_m = 15.0;
inline constexpr double spreads_convective = 2.58, least_spread_convective_m = 9.0;

/// Between both for a plume of which a share went through the lid of a convective layer.
[[nodiscard]] inline double spreads_through_lid(double share) {
  return share * spreads_stable + (1.0 - share) * spreads_convective;
}
[[nodiscard]] inline double least_spread_through_lid_m(double share) {
  return share * least_spread_stable_m + (1.0 - share) * least_spread_convective_m;
}

/// How many spreads a stable plume counts that also wanders all round for a share of the time: as many more
/// as its sigma_y grows by that, at most 2.15. @param x_m  above 0.
template <class V>
[[nodiscard, gnu::always_inline]] inline V stable_spreads(const V& x_m, const V& sigma_y_m,
                                                          const V& random_share) {
  constexpr double most = 2.15, root_of_two_pi = 2.5066282746310002;
  const V narrower = random_share * sigma_y_m / (root_of_two_pi * x_m) + (1.0 - random_share);
  return choose(narrower * most <= spreads_stable, constant<V>(most), V(spreads_stable / narrower));
}

/// Cross section [m2] of round plumes whose middles span `wide_m` across and `high_m` up: a rectangle with
/// rounded corners, no higher than a lid.
/// @see Hanrahan (1999), ibid.; code of AERMOD 24142.
template <class V>
[[nodiscard, gnu::always_inline]] inline V merged_section_m2(
    const V& radius_m, double wide_m, double high_m, double lid_m = std::numeric_limits<double>::infinity()) {
  const V deep = 2.0 * radius_m;
  const V free = std::numbers::pi * radius_m * radius_m + (high_m + deep) * wide_m + deep * high_m;
  const Claim<V> fits = high_m + deep <= lid_m;
  if (!any_of(opposite(fits))) return free;
  const V below_lid = std::numbers::pi * radius_m * minimum(radius_m, constant<V>(0.5 * lid_m)) +
                      lid_m * wide_m + deep * maximum(V(lid_m - deep), V{});
  return choose(fits, free, below_lid);
}

/// Ozone [mol m-3] of a concentration at 0 C and the ground's pressure, at a height and temperature.
/// @see Hanrahan (1999), ibid.
[[nodiscard]] inline double ozone_mol_m3(double ozone_ug_m3, double height_m, double temperature_k) {
  constexpr double ug_per_mol = 48e6, freezing_k = 273.15, gravity_m_s2 = 9.80616;
  constexpr double gas_j_kg_k = 8.3145 / 0.028966;
  return ozone_ug_m3 / ug_per_mol * freezing_k / temperature_k *
         std::exp(-gravity_m_s2 * height_m / (gas_j_kg_k * temperature_k));
}

/// Share of the NO of a volume that its ozone oxidises; none of none.
[[nodiscard]] inline double oxidised_share(double ozone_mol, double no_mol) {
  return no_mol > 0.0 ? std::min(ozone_mol / no_mol, 1.0) : 0.0;
}

/// Plumes that share a volume: its ozone, their NO, and the share of NO2 in their NOx as it leaves the
/// stacks.
struct SharedVolume {
  double ozone_mol{}, no_mol{}, stack_share{};
};

/// Ratio of NO2 to NOx: the lesser of that in the dominant plume alone and that in all plumes of its box, at
/// most the equilibrium ratio. As in AERMOD plumes wholly above a lid bring the box no NO2 of their stacks.
/// @see Hanrahan (1999), ibid.; code of AERMOD 24142.
[[nodiscard]] inline double volume_ratio(const SharedVolume& dominant, const SharedVolume& merged,
                                         double greatest) {
  const auto ratio = [](const SharedVolume& volume) {
    return volume.stack_share + oxidised_share(volume.ozone_mol, volume.no_mol);
  };
  return std::min({ratio(dominant), ratio(merged), greatest});
}

}  // namespace lantian::plume
