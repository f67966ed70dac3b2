#pragma once

#include "deposition/gas_resistances.hpp"

namespace lantian {

/// A land-use class of Wesely (1989) in one season: resistances [s m-1]; 0 of stomata, leaves or lower
/// canopy: no uptake by this path.
struct WeselySurface {
  double stomatal_minimum, leaves, in_canopy, ground_so2, ground_o3, lower_canopy_so2, lower_canopy_o3;
};

/// Conductance [m s-1] of a path for a gas by its likeness to SO2 (Henry constant over 1e5 M atm-1) and O3
/// (reactivity), behind `cold_s_m`. @see ibid., eqs. 9, 10.
[[nodiscard]] inline double wesely_path_m_s(const DepositingGas& gas, double so2_s_m, double o3_s_m,
                                            double cold_s_m) {
  constexpr double least_s_m = 1.0;  // water and wet ground take up SO2 without resistance
  if (so2_s_m <= 0.0 && o3_s_m <= 0.0) return 0.0;
  const double likeness = gas.henry_ph7_m_atm / 1.0e5;
  const double by_so2 = likeness / maximum(so2_s_m + cold_s_m, least_s_m);
  return by_so2 + gas.reactivity / maximum(o3_s_m + cold_s_m, least_s_m);
}

/// Conductance of the leaves' surfaces [m s-1], wet or dry. @see ibid., eqs. 7, 11-14.
[[nodiscard]] inline double wesely_leaves_m_s(const WeselySurface& at, const SurfaceWeather& w,
                                              const DepositingGas& gas, double cold_s_m) {
  if (at.leaves <= 0.0) return 0.0;
  const double leaves = at.leaves + cold_s_m;
  const double dry = (1.0e-5 * gas.henry_ph7_m_atm + gas.reactivity) / leaves;
  if (!w.is_rain && !w.is_dew) return dry;
  const double wet_o3 = (w.is_rain ? 1.0 / 1000.0 : 1.0 / 3000.0) + 1.0 / (3.0 * leaves);
  const double wet_so2 = w.is_rain ? 1.0 / 5000.0 + 1.0 / (3.0 * leaves) : 1.0 / 100.0;
  const bool is_o3 = gas.reactivity >= 1.0 && gas.henry_ph7_m_atm < 1.0;
  const bool is_so2 = gas.reactivity <= 0.0 && gas.henry_ph7_m_atm == 1.0e5;
  if (is_o3) return wet_o3;
  if (is_so2) return wet_so2;
  return dry / 3.0 + 1.0e-7 * gas.henry_ph7_m_atm + gas.reactivity * wet_o3;
}

/// Conductance of a surface for a gas [m s-1]: stomata, leaves, lower canopy and ground in parallel.
///
/// @see Wesely (1989), Atmos. Environ. 23, 1293, eqs. 2-14; slopes are taken as flat.
[[nodiscard]] inline double surface_conductance_m_s(const WeselySurface& at, const SurfaceWeather& w,
                                                    const DepositingGas& gas) {
  if (gas.so2_likeness + gas.o3_likeness <= 0.0) return 0.0;
  const double t = w.temperature_c, light = w.short_wave_w_m2;
  const double cold_s_m = t < -2.0 ? minimum(1000.0 * exp(-t - 4.0), 1.0e5) : 0.0;
  double stomata = 0.0;
  if (at.stomatal_minimum > 0.0 && t > 0.0 && t < 40.0) {
    const double shade = 200.0 / (light + 0.1);
    const double resistance = at.stomatal_minimum * (1.0 + shade * shade) * 400.0 / (t * (40.0 - t));
    stomata = 1.0 / (resistance * gas.diffusivity_ratio + mesophyll_resistance_s_m(gas));
  }
  const auto behind = [](double conductance, double resistance) {
    return conductance / (1.0 + conductance * resistance);
  };
  const double buoyancy_s_m = 100.0 * (1.0 + 1000.0 / (light + 10.0));
  return stomata + wesely_leaves_m_s(at, w, gas, cold_s_m) +
         behind(wesely_path_m_s(gas, at.lower_canopy_so2, at.lower_canopy_o3, cold_s_m), buoyancy_s_m) +
         behind(wesely_path_m_s(gas, at.ground_so2, at.ground_o3, cold_s_m), at.in_canopy);
}

}  // namespace lantian
