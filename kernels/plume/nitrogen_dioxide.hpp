#pragma once

#include <algorithm>

namespace lantian::plume {

/// Ratio of NO2 to NOx by ARM2. @param nox_ug_m3  NOx of all sources at the receptor, as NO2.
/// @see Podrez (2015), Atmos. Environ. 103, 58-64; AERMOD user's guide (EPA-454/B-22-007), section 3.2.4.
[[nodiscard]] inline double arm2_ratio(double nox_ug_m3, double least, double greatest) {
  const double c = nox_ug_m3;
  const double ratio =
      1.2441 +
      c * (-2.7383e-3 +
           c * (-5.6062e-6 + c * (3.4555e-8 + c * (-5.8345e-11 + c * (4.2795e-14 - c * 1.1723e-17)))));
  return std::min(std::max(ratio, least), greatest);
}

/// Share of the NO of plumes that the air's ozone oxidises, all plumes competing for it.
/// @param no_ug_m3  NO of all sources at the receptor, as NO2.
/// @see Cole & Summerhays (1979), J. Air Pollut. Control Assoc. 29, 812-817.
[[nodiscard]] inline double ozone_limited_share(double no_ug_m3, double ozone_ug_m3) {
  constexpr double no2_over_ozone = 46.0 / 48.0;  // molar masses
  const double formed_ug_m3 = no2_over_ozone * ozone_ug_m3;
  return formed_ug_m3 < no_ug_m3 ? formed_ug_m3 / no_ug_m3 : 1.0;
}

/// Ratio of NO2 to NOx by OLM where all plumes share the air's ozone and leave their sources alike.
/// @param nox_ug_m3          of all sources at the receptor, as NO2.
/// @param stack_ratio        NO2/NOx of what leaves the sources.
/// @param equilibrium_ratio  the greatest.
/// @see as ozone_limited_share.
[[nodiscard]] inline double olm_ratio(double nox_ug_m3, double stack_ratio, double equilibrium_ratio,
                                      double ozone_ug_m3) {
  const double no_share = 1.0 - stack_ratio;
  return std::min(stack_ratio + no_share * ozone_limited_share(no_share * nox_ug_m3, ozone_ug_m3),
                  equilibrium_ratio);
}

}  // namespace lantian::plume
