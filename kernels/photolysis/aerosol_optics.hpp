#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

/// Extinction of fine particles at 370 nm, the middle of the light that NO2 absorbs.
template <class T = double>
struct ParticleExtinction {
  T scattering_per_m{}, absorption_per_m{};
};

/// @param soluble_ug_m3  dry salts and organics; they scatter
/// @param soot_ug_m3     absorbs
/// @param mineral_ug_m3  other fine particles
/// @param growth         wet over dry volume of particles
/// @see Hand & Malm (2007), J. Geophys. Res. 112, D16203: 3.6 m2 g-1 of dry salts and organics, 1 of fine
/// soil (550 nm), here times (550/370)^1.4; Bond & Bergstrom (2006), Aerosol Sci. Technol. 40, 27: soot
/// absorbs 7.5 m2 g-1 (550 nm), here times 550/370, and scatters a third of it. Wet particles scatter as
/// their cross section grows.
template <Scalar T>
[[nodiscard]] ParticleExtinction<T> particle_extinction(const T& soluble_ug_m3, const T& soot_ug_m3,
                                                        const T& mineral_ug_m3, const T& growth) {
  constexpr double soluble_m2_g = 6.3, mineral_m2_g = 1.7, soot_absorbs_m2_g = 11.1, soot_scatters_m2_g = 3.7;
  constexpr double g_per_ug = 1.0e-6;
  const T cross_section_growth = pow(growth, 2.0 / 3.0);
  return {.scattering_per_m = g_per_ug * (soluble_m2_g * soluble_ug_m3 * cross_section_growth +
                                          mineral_m2_g * mineral_ug_m3 + soot_scatters_m2_g * soot_ug_m3),
          .absorption_per_m = g_per_ug * soot_absorbs_m2_g * soot_ug_m3};
}

}  // namespace lantian
