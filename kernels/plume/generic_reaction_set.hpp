#pragma once

#include "plume/lane_values.hpp"

#include <algorithm>
#include <cmath>

namespace lantian::plume {

/// Rates of NO + O3 -> NO2 [ppb-1 s-1] and NO2 -> NO + O3 by light [s-1].
struct NitrogenRates {
  double oxidation_ppb_s{}, photolysis_s{};
};

/// @param irradiance_w_m2  of the sun on level ground; not above 0: night.
/// @see Carruthers, Stocker, Ellis et al. (2017), J. Air Waste Manage. Assoc.;
/// coefficients: AERMOD 24142.
[[nodiscard]] inline NitrogenRates nitrogen_rates(double temperature_k, double irradiance_w_m2) {
  constexpr double least_ppb_s = 1e-6;
  const double light =
      irradiance_w_m2 > 0.0 ? 8.0e-4 * std::exp(-10.0 / irradiance_w_m2) + 7.4e-6 * irradiance_w_m2 : 0.0;
  return {std::max(4.405e-2 * std::exp(-1370.0 / temperature_k), least_ppb_s), light};
}

/// What reacts, by volume [ppb], in one air or in eight.
template <class V>
struct NitrogenAirOf {
  V no_ppb{}, no2_ppb{}, o3_ppb{};
};
using NitrogenAir = NitrogenAirOf<double>;

namespace reaction_detail {
/// The two NO2 [ppb] at which nothing changes: roots of (NOx - n)(Ox - n) = n J/k, lower first.
struct Roots {
  double low_ppb{}, high_ppb{};
};
[[nodiscard]] inline Roots still_no2(const NitrogenAir& air, const NitrogenRates& rates) {
  const double nox = air.no_ppb + air.no2_ppb, oxidant = air.o3_ppb + air.no2_ppb;
  const double half = 0.5 * (nox + oxidant + rates.photolysis_s / rates.oxidation_ppb_s);
  if (half <= 0.0) return {};
  const double high = half + std::sqrt(std::max(half * half - nox * oxidant, 0.0));
  return {nox * oxidant / high, high};
}
[[nodiscard]] inline NitrogenAir with_no2(const NitrogenAir& air, double no2_ppb) {
  const double change = no2_ppb - air.no2_ppb;
  return {std::max(air.no_ppb - change, 0.0), no2_ppb, std::max(air.o3_ppb - change, 0.0)};
}
}  // namespace reaction_detail

/// Air in its photostationary state. @see Carruthers et al. (2017), ibid.
[[nodiscard]] inline NitrogenAir photostationary(const NitrogenAir& air, const NitrogenRates& rates) {
  return reaction_detail::with_no2(air, reaction_detail::still_no2(air, rates).low_ppb);
}

/// Dissipation of turbulence [m2 s-3] around a plume.
/// @see Carruthers et al. (2017), ibid.; CERC (2023), technical memorandum of 17 January.
struct DissipationScale {
  double friction_velocity_m_s{}, convective_velocity_m_s{}, mixing_height_m{}, roughness_length_m{};
  bool stable{};
};
template <class V>
[[nodiscard, gnu::always_inline]] inline V plume_dissipation_m2_s3(const V& height_m,
                                                                   const DissipationScale& air) {
  constexpr double least_m = 1e-4;
  const double u3 = air.friction_velocity_m_s * air.friction_velocity_m_s * air.friction_velocity_m_s;
  const double w = air.convective_velocity_m_s;
  const V near_ground = 2.5 * u3 / maximum(height_m, constant<V>(std::max(air.roughness_length_m, least_m)));
  const double aloft = air.stable ? 4.0 * u3 : 2.0 * u3 + 0.4 * w * w * w;
  return near_ground + aloft / air.mixing_height_m;
}

/// Spread [m] of a plume at an instant: its own, and what turbulence gives it, t^3 eps/3 at first and that of
/// the mean plume in the end.
/// @param mean_sigma_m  spread of the mean plume, its own included.
/// @see CERC (2023), ibid.
template <class V>
[[nodiscard, gnu::always_inline]] inline V instant_sigma_m(const V& mean_sigma_m, const V& own_sigma_m,
                                                           const V& dissipation_m2_s3, const V& time_s) {
  constexpr double blend = 0.2, least_m2 = 0.01;
  const V own2 = own_sigma_m * own_sigma_m, air2 = mean_sigma_m * mean_sigma_m - own2;
  const V pair2 = (1.0 / 3.0) * dissipation_m2_s3 * time_s * time_s * time_s;
  const V safe2 = maximum(air2, constant<V>(least_m2));
  const V together = safe2 * pair2 / (safe2 + blend * sqrt(V(safe2 * pair2)) + pair2);
  return choose(air2 <= least_m2, mean_sigma_m, V(sqrt(V(together + own2))));
}

/// Size [m2] of a plume at an instant, the more that of the mean plume the more of it a building's cavity had
/// stirred: wholly so from half of it on.
/// @see CERC (2023), ibid.; subroutine GRSM_CALC of AERMOD 24142.
[[nodiscard]] inline double stirred_size_m2(double instant_m2, double mean_m2, double from_cavity) {
  constexpr double all = 0.5;
  return instant_m2 + std::clamp(from_cavity / all, 0.0, 1.0) * (mean_m2 - instant_m2);
}

}  // namespace lantian::plume
