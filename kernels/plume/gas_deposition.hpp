#pragma once

#include "plume/ground_light.hpp"
#include "plume/particle_deposition.hpp"

#include <array>

namespace lantian::plume {

/// Resistances of a surface to gases [s m-1] by season and land use.
/// @see Wesely, Doskey & Shannon (2002), ANL/ER/TR-01/003, with the values of AERMOD's code.
struct GasSurface {
  double stomata{}, cuticle_so2{}, cuticle_o3{}, canopy_air{}, ground_so2{}, ground_o3{};
  double lipid_scale{};            ///< divides the resistance of a leaf's lipids
  double leaf_area_share = 1.0;    ///< of that in summer
  double half_light_w_m2 = 100.0;  ///< light that opens stomata by half
};

/// How leaves stand in autumn (season 2) and in spring (season 5), over summer. @see ibid., GASDEPDF.
struct LeafShares {
  double autumn = 0.5, spring = 0.25;
};

inline constexpr double closed_s_m = 1e7;  ///< a way that is shut

/// @param season  1 midsummer, 2 autumn, 3 late autumn after frost, 4 winter with snow, 5 spring.
/// @param land_use  1 urban, 2 agricultural, 3 rangeland, 4 forest, 5 suburban grassy, 6 suburban forested, 7
/// water, 8 barren, 9 wetland.
[[nodiscard]] inline GasSurface gas_surface(int season, int land_use, const LeafShares& leaves = {}) {
  constexpr double x = closed_s_m;
  using Row = std::array<double, 9>;
  static constexpr std::array<std::array<Row, 6>, 5> table = {{
      {{{x, 60, 120, 100, 200, 150, x, x, 80},
        {x, 2000, 2000, 2000, 2000, 2000, x, x, 2500},
        {x, 1000, 1000, 1000, 2000, 2000, x, x, 1000},
        {100, 200, 100, 2000, 100, 1500, 0, 0, 300},
        {400, 150, 350, 300, 500, 450, 0, 1000, 0},
        {300, 150, 200, 200, 300, 300, 2000, 400, 1000}}},
      {{{x, x, x, 350, x, 700, x, x, x},
        {x, 6500, 6500, 3000, 2000, 2000, x, x, 6500},
        {x, 400, 300, 500, 600, 1000, x, x, 300},
        {100, 150, 100, 1700, 100, 1200, 0, 0, 200},
        {400, 200, 350, 300, 500, 450, 0, 1000, 0},
        {300, 150, 200, 200, 300, 300, 2000, 400, 800}}},
      {{{x, x, x, 500, x, 1000, x, x, x},
        {x, x, 9000, 6000, 2000, 2000, x, x, 9000},
        {x, x, 400, 600, 800, 1600, x, x, 800},
        {100, 0, 100, 1500, 100, 1000, 0, 0, 100},
        {400, 150, 350, 300, 500, 450, 0, 0, 1000},
        {300, 150, 200, 200, 300, 300, 2000, 400, 1000}}},
      {{{x, x, x, 800, x, 1600, x, x, x},
        {x, x, x, 400, x, 800, x, x, 9000},
        {x, 2000, 1000, 600, 2000, 1200, x, x, 800},
        {100, 0, 10, 1500, 100, 1000, 0, 0, 50},
        {100, 100, 100, 100, 200, 200, 0, 1000, 100},
        {600, 3500, 3500, 3500, 500, 500, 2000, 400, 3500}}},
      {{{x, 100, 120, 100, 200, 150, x, x, 80},
        {x, 2000, 2000, 1500, 2000, 2000, x, x, 2000},
        {x, 1000, 250, 350, 500, 700, x, x, 300},
        {100, 50, 80, 1500, 100, 1000, 0, 0, 200},
        {500, 150, 350, 300, 500, 450, 0, 1000, 0},
        {300, 150, 200, 200, 300, 300, 2000, 400, 1000}}},
  }};
  static constexpr Row lipid_scale = {1e-5, 6, 5, 7, 3, 4, 1e-5, 1e-5, 3};
  const auto& of_season = table.at(static_cast<std::size_t>(season - 1));
  const auto use = static_cast<std::size_t>(land_use - 1);
  GasSurface surface{of_season[0].at(use), of_season[1][use], of_season[2][use], of_season[3][use],
                     of_season[4][use],    of_season[5][use], lipid_scale[use]};
  const bool is_wooded = land_use == 4 || land_use == 6;
  const double leaves_now = season == 2 ? leaves.autumn : season == 5 ? leaves.spring : 1.0;
  surface.leaf_area_share = is_wooded ? leaves_now : std::sqrt(leaves_now);
  if (is_wooded) surface.half_light_w_m2 = 30.0;
  return surface;
}

/// A gas that deposits. @see ibid.
struct SolubleGas {
  double diffusivity_air_m2_s{}, diffusivity_water_m2_s{};
  double lipid_resistance_s_m{};  ///< of a leaf's cuticle
  double henry_pa_m3_mol{};
  double reactivity{};  ///< f0: 1 as ozone, 0.1 as NO2
};

/// What of an hour's weather gases at the ground feel beside the boundary layer.
struct GasAir {
  DepositionAir air;
  double saturated_kpa{};  ///< pressure of saturated vapour at the ground
  double relative_humidity_percent{}, cloud_tenths{};
  double light_w_m2{};        ///< `solar_irradiance_w_m2`
  double soil_water_share{};  ///< of what plants can use, 0.01 to 1
  double recent_rain_mm{};    ///< of this hour and the two before
  bool is_night = false;      ///< hours 1-7 and 20-24
  bool snow_falls = false;    ///< code of frozen precipitation
};

/// Pressure of saturated water vapour [kPa]. @see AERMOD's code, after CMAQ.
[[nodiscard]] inline double saturation_pressure_kpa(double temperature_k) {
  return 0.6112 * std::exp(19.83 - 5417.4 / temperature_k);
}

/// Water that plants find in the ground [mm], an hour on: rain of the hour before comes, up to 0.5 mm an hour
/// at 25 deg C goes. @see ANL/ER/TR-01/003.
[[nodiscard]] inline double soil_water_mm(double before_mm, double rain_before_mm, double share_before,
                                          double temperature_k) {
  constexpr double at_25_c_kpa = 3.167;
  return before_mm + rain_before_mm -
         0.5 * share_before * saturation_pressure_kpa(temperature_k) / at_25_c_kpa;
}
[[nodiscard]] inline double soil_water_share(double water_mm) {
  constexpr double most_mm = 200.0;
  return std::min(1.0, std::max(0.01, water_mm / most_mm));
}

/// The surface as wetness and frost change it.
struct WettedSurface {
  double cuticle_so2{}, cuticle_o3{}, ground_so2{}, ground_o3{};
  bool has_dew = false;
};
/// @see ANL/ER/TR-01/003: rain and dew let sulphur dioxide in and keep ozone out a little less;
/// hard frost shuts everything.
[[nodiscard]] inline WettedSurface wetted(const GasSurface& surface, const GasAir& hour, int season) {
  const BoundaryLayer& layer = hour.air.layer;
  const double pressure = hour.air.pressure_kpa, share = 0.01 * hour.relative_humidity_percent;
  const auto moisture_g_kg = [&](double vapour_kpa) {
    return 622.0 * vapour_kpa / (pressure - 0.378 * vapour_kpa);
  };
  double deficit_g_kg = moisture_g_kg(hour.saturated_kpa) - moisture_g_kg(share * hour.saturated_kpa);
  if (deficit_g_kg <= 0.0) deficit_g_kg = 0.001;
  const double cooling = hour.cloud_tenths <= 2.0 ? 0.45 : hour.cloud_tenths >= 8.0 ? 0.15 : 0.30;
  WettedSurface wet{surface.cuticle_so2, surface.cuticle_o3, surface.ground_so2, surface.ground_o3};
  constexpr double freezing_k = 273.16;
  const bool is_snow = season == 5 && hour.snow_falls && layer.temperature_k < freezing_k;
  const bool dew = hour.is_night && layer.friction_velocity_m_s < cooling / deficit_g_kg;
  if (!is_snow && (dew || hour.recent_rain_mm > 0.0)) {
    wet.cuticle_so2 = wet.ground_so2 = 50.0;
    wet.cuticle_o3 *= 0.75;
    wet.has_dew = dew;
  }
  const double frost = 1e3 * std::exp(-(layer.temperature_k - 269.2));
  wet.cuticle_so2 += frost;
  wet.cuticle_o3 += frost;
  wet.ground_so2 += frost;
  wet.ground_o3 += frost;
  return wet;
}

/// Resistance of stomata [s m-1] to a gas. @see ANL/ER/TR-01/003.
[[nodiscard]] inline double stomata_s_m(const GasSurface& surface, const SolubleGas& gas,
                                        const GasAir& hour) {
  constexpr double vapour_diffusivity_m2_s = 0.219e-4, least = 0.01;
  const double light = hour.light_w_m2 / surface.half_light_w_m2, temperature = hour.air.layer.temperature_k;
  double of_light = std::min(1.0, std::max(least, (light + 0.01) / (light + 1.0)));
  if (surface.stomata == closed_s_m) of_light = least;
  const double deficit_kpa =
      std::max(0.0, (1.0 - 0.01 * hour.relative_humidity_percent) * hour.saturated_kpa);
  const double of_dryness = std::max(least, 1.0 / (1.0 + 0.1 * deficit_kpa));
  const double off = 298.2 - temperature, of_warmth = std::max(least, 1.0 - 0.0016 * off * off);
  return std::min(closed_s_m, surface.stomata * (vapour_diffusivity_m2_s / gas.diffusivity_air_m2_s) /
                                  (of_light * hour.soil_water_share * of_dryness * of_warmth));
}

/// Resistance of the whole surface [s m-1]: leaves by their stomata and cuticles, and the ground below, side
/// by side. @see ANL/ER/TR-01/003.
[[nodiscard]] inline double surface_resistance_s_m(const GasSurface& surface, const WettedSurface& wet,
                                                   const SolubleGas& gas, const GasAir& hour) {
  const double f0 = gas.reactivity, henry = gas.henry_pa_m3_mol, leaves = surface.leaf_area_share;
  const double frost = 1e3 * std::exp(-(hour.air.layer.temperature_k - 269.2));
  const double mesophyll = std::min(closed_s_m, 1.0 / (0.034 / henry + 100.0 * f0));
  const double lipids = std::max(100.0, gas.lipid_resistance_s_m / (leaves * surface.lipid_scale) + frost);
  const double cuticle =
      1.0 / (1e-3 / (henry * wet.cuticle_so2) + (f0 + f0 * f0 / henry) / wet.cuticle_o3 + 1.0 / lipids);
  const double ground =
      std::min(closed_s_m, 1.0 / (1e-3 / (henry * wet.ground_so2) + (f0 + 0.1 * f0 * f0) / wet.ground_o3));
  const double canopy_air = 0.3 * surface.canopy_air / hour.air.layer.friction_velocity_m_s;
  return 1.0 / (leaves / (stomata_s_m(surface, gas, hour) + mesophyll) + leaves / cuticle +
                1.0 / (canopy_air + ground));
}

/// Deposition velocity [m s-1] of a gas.
/// @see ANL/ER/TR-01/003; Wesely & Hicks (1977) for the layer of air at the surface.
[[nodiscard]] inline double gas_velocity_m_s(const SolubleGas& gas, const GasSurface& surface, int season,
                                             const GasAir& hour) {
  const double ustar = hour.air.layer.friction_velocity_m_s;
  const WettedSurface wet = wetted(surface, hour, season);
  double aloft = aerodynamic_resistance_s_m(hour.air.layer);
  if (wet.has_dew) aloft = std::max(aloft, 1000.0);  // dew: the air hardly moves
  const double film = 2.2 * std::pow(air_viscosity_m2_s(hour.air) / gas.diffusivity_air_m2_s, 2.0 / 3.0) /
                      (karman_of_plumes * ustar);
  return 1.0 / (aloft + film + surface_resistance_s_m(surface, wet, gas, hour));
}

/// Rate at which rain takes up a gas [s-1]: drops take it until they are saturated, by the time they fall
/// through a depth. @see ANL/ER/TR-01/003 as revised in EPA (2004), AERMOD Deposition Algorithms, Science
/// Document; Pruppacher & Klett (1978), figure 13-20.
[[nodiscard]] inline double gas_scavenging_s(const SolubleGas& gas, double rain_mm_h, double depth_m,
                                             double temperature_k) {
  if (!(rain_mm_h > 0.0)) return 0.0;
  constexpr double gas_constant = 8.3145, water_g_m3 = 1e6, phase_speed_cm_s = 50000.0, accommodation = 0.01;
  const double radius_cm = std::pow(rain_mm_h, 0.232) / 18.11, speed_m_s = 3.75 * std::pow(rain_mm_h, 0.111);
  const double water_in_air_g_m3 = std::pow(rain_mm_h, 0.889) / 13.28;
  const double rt = gas_constant * temperature_k, henry = gas.henry_pa_m3_mol;
  const double air_side = 80.0 * radius_cm + 1.0;
  const double water_side = radius_cm < 0.01 ? 1.0 : radius_cm <= 0.05 ? 2.6 : 20.0;
  const double depleted = 1.0 + water_in_air_g_m3 * rt / (henry * water_g_m3);
  const double diffusing_air =
      radius_cm * radius_cm * rt / (henry * 3.0 * gas.diffusivity_air_m2_s * 1e4 * air_side);
  const double entering = 4.0 * radius_cm * rt / (henry * 3.0 * phase_speed_cm_s * accommodation);
  const double diffusing_water =
      radius_cm * radius_cm * 0.17 / (3.0 * gas.diffusivity_water_m2_s * 1e4 * water_side);
  const double filling_s = (diffusing_air + entering + diffusing_water) / depleted;
  const double saturation = std::min(1.0, depth_m / speed_m_s / filling_s);
  return saturation * rt * rain_mm_h / (3600.0 * depth_m * henry * 1e3 * depleted);
}

}  // namespace lantian::plume
