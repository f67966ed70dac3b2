#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

namespace lantian {

/// What a gas does at a surface.
struct DepositingGas {
  double so2_likeness, o3_likeness;  // alpha, beta of Zhang, Brook & Vet (2003)
  double diffusivity_ratio;          // D(water vapour) / D(gas)
  double henry_ph7_m_atm;            // effective Henry constant at pH 7
  double reactivity;                 // f0 of Wesely (1989)
};

/// Weather at the ground that a surface resistance depends on.
struct SurfaceWeather {
  double ustar, temperature_c, relative_humidity, short_wave_w_m2, cosine_zenith;
  double snow_depth_cm;
  bool is_rain, is_dew;
};

/// Resistance of the quasi-laminar sublayer for a gas [s m-1].
/// @see Wesely & Hicks (1977), J. Air Pollut. Control Assoc. 27, 1110: R_b = 2 / (kappa u*) (Sc / Pr)^2/3, Pr
/// = 0.72.
template <Scalar T>
[[nodiscard]] inline T sublayer_resistance_s_m(const T& ustar, double diffusivity_ratio) {
  constexpr double water_schmidt = 0.61, prandtl = 0.72;
  return 2.0 / (von_karman * ustar) * pow(water_schmidt * diffusivity_ratio / prandtl, 2.0 / 3.0);
}

/// Resistance inside leaves [s m-1], 1 to 100. @see Wesely (1989), Atmos. Environ. 23, 1293, eq. 6.
[[nodiscard]] inline double mesophyll_resistance_s_m(const DepositingGas& gas) {
  return minimum(maximum(1.0 / (gas.henry_ph7_m_atm / 3000.0 + 100.0 * gas.reactivity), 1.0), 100.0);
}

/// Whether dew lies: above freezing, when u* is below 1.5 c/dq, dq the deficit of specific humidity [g kg-1]
/// and c 0.3 under a clear sky, 0.2 from a quarter and 0.1 from three quarters of cloud.
/// @see Brook, Zhang, Di-Giovanni & Padro (1999), Atmos. Environ. 33, 5037, section 2.2.
[[nodiscard]] inline bool has_dew(double ustar, double temperature_c, double vapour_deficit_pa,
                                  double cloud_fraction) {
  const double sky = cloud_fraction < 0.25 ? 0.3 : cloud_fraction < 0.75 ? 0.2 : 0.1;
  const double deficit_g_kg = maximum(0.622e-2 * vapour_deficit_pa, 1.0e-4);  // at 1000 hPa
  return temperature_c > 0.0 && ustar < 1.5 * sky / deficit_g_kg;
}

/// Deposition velocity of a gas [m s-1]: three resistances in series, the last not below 10 s m-1.
[[nodiscard]] inline double gas_deposition_velocity_m_s(double aerodynamic_s_m, double sublayer_s_m,
                                                        double surface_conductance) {
  if (surface_conductance <= 0.0) return 0.0;
  return 1.0 / (aerodynamic_s_m + sublayer_s_m + maximum(1.0 / surface_conductance, 10.0));
}

}  // namespace lantian
