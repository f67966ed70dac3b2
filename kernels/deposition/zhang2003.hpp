#pragma once

#include "deposition/canopy_light.hpp"
#include "deposition/gas_resistances.hpp"

namespace lantian {

/// A land-use class of Zhang, Brook & Vet (2003): resistances [s m-1]; 0 of a cuticle or of stomata: absent.
struct ZhangSurface {
  double in_canopy_least, in_canopy_most;
  double cuticle_o3_dry, cuticle_o3_wet, ground_o3, cuticle_so2_dry, ground_so2;
  double stomatal_minimum, stomatal_light_w_m2, t_min_c, t_max_c, t_opt_c;
  double vapour_deficit_per_kpa, leaf_water_open_mpa, leaf_water_closed_mpa;
  double snow_most_cm;  // depth that covers all; 0: snow does not lie (water)
  double leaf_area_least, leaf_area_most;
  bool is_water, is_ice;
};

/// What a surface offers to all gases: conductances [m s-1] of SO2 and O3 for cuticle and ground, of water
/// vapour for stomata.
struct ZhangPaths {
  double stomata = 0.0, open_share = 1.0;  // share of stomata that no water film closes
  double in_canopy_s_m = 0.0;
  double cuticle_so2 = 0.0, cuticle_o3 = 0.0, ground_so2 = 0.0, ground_o3 = 0.0;
};

/// Share of open stomata by temperature, 1 at the best. @see Jarvis (1976) in Brook et al. (1999).
[[nodiscard]] inline double stomatal_temperature_factor(const ZhangSurface& at, double t_c) {
  if (t_c <= at.t_min_c || t_c >= at.t_max_c) return 0.0;
  const double exponent = (at.t_max_c - at.t_opt_c) / (at.t_opt_c - at.t_min_c);
  return (t_c - at.t_min_c) / (at.t_opt_c - at.t_min_c) *
         pow((at.t_max_c - t_c) / (at.t_max_c - at.t_opt_c), exponent);
}

/// Share of open stomata by the vapour pressure deficit [kPa] and by the leaves' water, which the sun draws:
/// psi = -0.72 - 0.0013 S [MPa]; each 0.1 to 1. @see Zhang et al. (2003), eq. 5; Brook et al. (1999).
[[nodiscard]] inline double stomatal_water_factor(const ZhangSurface& at, double vapour_deficit_kpa,
                                                  double short_wave_w_m2) {
  const auto share = [](double value) { return minimum(maximum(value, 0.1), 1.0); };
  const double water_mpa = -0.72 - 0.0013 * short_wave_w_m2;
  return share(1.0 - at.vapour_deficit_per_kpa * vapour_deficit_kpa) *
         share((water_mpa - at.leaf_water_closed_mpa) / (at.leaf_water_open_mpa - at.leaf_water_closed_mpa));
}

/// Conductance of all stomata of a canopy for water vapour [m s-1]; 0 in the dark.
/// @see Zhang, Brook & Vet (2003), eqs. 5 and 6.
[[nodiscard]] inline double stomatal_conductance_m_s(const ZhangSurface& at, const SurfaceWeather& w,
                                                     double leaf_area_index, double vapour_deficit_kpa) {
  constexpr double least_light_w_m2 = 0.1, least_cosine = 0.001;
  if (at.stomatal_minimum <= 0.0 || leaf_area_index < 0.001 || w.short_wave_w_m2 < least_light_w_m2 ||
      w.cosine_zenith <= least_cosine)
    return 0.0;
  const LitLeaves leaves = lit_leaves(leaf_area_index, w.short_wave_w_m2, w.cosine_zenith);
  const auto leaf = [&](double light_w_m2) {
    return light_w_m2 / (at.stomatal_minimum * (light_w_m2 + at.stomatal_light_w_m2));
  };
  return (leaves.sunlit_area * leaf(leaves.sunlit_w_m2) + leaves.shaded_area * leaf(leaves.shaded_w_m2)) *
         stomatal_temperature_factor(at, w.temperature_c) *
         stomatal_water_factor(at, vapour_deficit_kpa, w.short_wave_w_m2);
}

/// Factor on dry resistances below -1 deg C, at most 2. @see ibid., eqs. 10a, 10b.
[[nodiscard]] inline double frost_factor(double temperature_c) {
  return minimum(exp(0.2 * maximum(-1.0 - temperature_c, 0.0)), 2.0);
}

/// Resistance of snow to SO2 [s m-1]. @see ibid., section 2.3: 70 (2 - T), 100 to 500.
[[nodiscard]] inline double snow_resistance_so2_s_m(double temperature_c) {
  return minimum(maximum(70.0 * (2.0 - temperature_c), 100.0), 500.0);
}
inline constexpr double snow_resistance_o3_s_m = 2000.0;  // ibid.

/// Fills the cuticles' conductances. @see ibid., eqs. 9a, 9b; not below 100 (dry), 20 (wet) s m-1.
inline void fill_cuticles(const ZhangSurface& at, const SurfaceWeather& w, double leaf_area_index,
                          ZhangPaths& paths) {
  if (at.cuticle_o3_dry <= 0.0 || leaf_area_index <= 0.0) return;
  constexpr double so2_rain = 50.0, so2_dew = 100.0, least_wet = 20.0, least_dry = 100.0;
  if (w.is_rain || w.is_dew) {
    const double film = sqrt(leaf_area_index) * w.ustar;
    paths.cuticle_o3 = 1.0 / maximum(at.cuticle_o3_wet / film, least_wet);
    paths.cuticle_so2 = 1.0 / maximum((w.is_rain ? so2_rain : so2_dew) / film, least_wet);
    return;
  }
  const double leaves = exp(3.0 * w.relative_humidity) * sqrt(sqrt(leaf_area_index)) * w.ustar;
  const double frost = frost_factor(w.temperature_c);
  paths.cuticle_o3 = 1.0 / maximum(frost * at.cuticle_o3_dry / leaves, least_dry);
  paths.cuticle_so2 = 1.0 / maximum(frost * at.cuticle_so2_dry / leaves, least_dry);
}

/// Fills the ground's conductances. @see ibid., eq. 10a and table 1: SO2 50 in rain, 100 with dew; ice as
/// snow.
inline void fill_ground(const ZhangSurface& at, const SurfaceWeather& w, ZhangPaths& paths) {
  constexpr double so2_rain = 50.0, so2_dew = 100.0;
  const bool is_land = !at.is_water && !at.is_ice;
  const double frost = is_land ? frost_factor(w.temperature_c) : 1.0;
  paths.ground_o3 = 1.0 / (frost * at.ground_o3);
  paths.ground_so2 = 1.0 / (frost * at.ground_so2);
  if (at.is_ice) paths.ground_so2 = 1.0 / snow_resistance_so2_s_m(w.temperature_c);
  if (is_land && w.is_dew) paths.ground_so2 = 1.0 / so2_dew;
  if (is_land && w.is_rain) paths.ground_so2 = 1.0 / so2_rain;
}

/// Mixes snow into ground and cuticles by the share it covers: depth/SD_max of leaves, twice that of the
/// ground. @see ibid., eqs. 11, 12.
inline void cover_with_snow(const ZhangSurface& at, const SurfaceWeather& w, ZhangPaths& paths) {
  if (at.snow_most_cm <= 0.0 || w.snow_depth_cm <= 0.0) return;
  const double leaves = minimum(w.snow_depth_cm / at.snow_most_cm, 1.0), ground = minimum(2.0 * leaves, 1.0);
  const double so2 = 1.0 / snow_resistance_so2_s_m(w.temperature_c), o3 = 1.0 / snow_resistance_o3_s_m;
  paths.ground_so2 = (1.0 - ground) * paths.ground_so2 + ground * so2;
  paths.ground_o3 = (1.0 - ground) * paths.ground_o3 + ground * o3;
  if (at.cuticle_o3_dry <= 0.0) return;
  paths.cuticle_so2 = (1.0 - leaves) * paths.cuticle_so2 + leaves * so2;
  paths.cuticle_o3 = (1.0 - leaves) * paths.cuticle_o3 + leaves * o3;
}

/// What a surface offers to all gases in a weather.
///
/// @param vapour_deficit_kpa  saturation vapour pressure less vapour pressure
/// @see Zhang, Brook & Vet (2003), Atmos. Chem. Phys. 3, 2067, eqs. 2-12.
[[nodiscard]] inline ZhangPaths zhang_paths(const ZhangSurface& at, const SurfaceWeather& w,
                                            double leaf_area_index, double vapour_deficit_kpa) {
  ZhangPaths paths;
  paths.stomata = stomatal_conductance_m_s(at, w, leaf_area_index, vapour_deficit_kpa);
  if (w.is_rain || w.is_dew)
    paths.open_share = 1.0 - minimum(maximum((w.short_wave_w_m2 - 200.0) / 800.0, 0.0), 0.5);
  const double range = at.leaf_area_most - at.leaf_area_least;
  const double growth = range > 0.0 ? (leaf_area_index - at.leaf_area_least) / range : 0.0;
  paths.in_canopy_s_m = (at.in_canopy_least + growth * (at.in_canopy_most - at.in_canopy_least)) *
                        sqrt(sqrt(leaf_area_index)) / (w.ustar * w.ustar);
  fill_cuticles(at, w, leaf_area_index, paths);
  fill_ground(at, w, paths);
  cover_with_snow(at, w, paths);
  return paths;
}

/// Conductance of the open stomata for a gas, inside of leaves included [m s-1].
[[nodiscard]] inline double stomatal_path_m_s(const ZhangPaths& paths, const DepositingGas& gas) {
  const double stomata = paths.stomata / gas.diffusivity_ratio;
  return paths.open_share * stomata / (1.0 + mesophyll_resistance_s_m(gas) * stomata);
}

/// Conductance of the ground behind the air of the canopy for a gas [m s-1]. @see ibid., eq. 8.
[[nodiscard]] inline double ground_path_m_s(const ZhangPaths& paths, const DepositingGas& gas) {
  const double ground = gas.so2_likeness * paths.ground_so2 + gas.o3_likeness * paths.ground_o3;
  return ground / (1.0 + paths.in_canopy_s_m * ground);
}

/// Conductance of a surface for a gas [m s-1]: stomata, cuticles, and ground behind the air of the canopy.
/// @see ibid., eqs. 2, 3, 8: 1/R(gas) = alpha/R(SO2) + beta/R(O3).
[[nodiscard]] inline double surface_conductance_m_s(const ZhangPaths& paths, const DepositingGas& gas) {
  if (gas.so2_likeness + gas.o3_likeness <= 0.0) return 0.0;
  const double cuticle = gas.so2_likeness * paths.cuticle_so2 + gas.o3_likeness * paths.cuticle_o3;
  return stomatal_path_m_s(paths, gas) + cuticle + ground_path_m_s(paths, gas);
}

}  // namespace lantian
