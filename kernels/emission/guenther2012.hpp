#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

/// How the emission of a class of compounds answers to light and warmth.
/// @see Guenther et al. (2012), Geosci. Model Dev. 5, 1471, table 4.
struct CompoundClass {
  double light_dependent_share;    // LDF
  double light_independent_per_k;  // beta [K-1]
  double activation_kj_mol;        // C_T1
  double optimum_emission;         // C_eo
};
inline constexpr CompoundClass isoprene_class{1.0, 0.13, 95.0, 2.0};
inline constexpr CompoundClass alpha_pinene_class{0.6, 0.10, 80.0, 1.83};
inline constexpr CompoundClass other_monoterpene_class{0.4, 0.10, 80.0, 1.83};
inline constexpr CompoundClass sesquiterpene_class{0.5, 0.17, 130.0, 2.37};
inline constexpr CompoundClass methanol_class{0.8, 0.08, 60.0, 1.6};
inline constexpr CompoundClass acetone_class{0.2, 0.10, 80.0, 1.83};

/// Photons of the visible light above the canopy [umol m-2 s-1]: half of the short wave, 4.57 umol to the
/// joule. @see McCree (1972), Agric. Meteorol. 10, 443.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T photon_flux_umol_m2_s(const T& short_wave_w_m2) {
  return 0.5 * 4.57 * maximum(short_wave_w_m2, T(0.0));
}

/// Activity by light: 0 in the dark, 1 at 1000 umol m-2 s-1.
///
/// @see Guenther et al. (1995), J. Geophys. Res. 100, 8873, eq. 9 (alpha = 0.0027, C_L1 = 1.066).
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T light_activity(const T& photons_umol_m2_s) {
  const T along = 0.0027 * photons_umol_m2_s;
  return 1.066 * along / sqrt(T(1.0) + along * along);
}

/// Activity of the light-dependent part by temperature; about 1 at 303 K when the past was warm as 297 K.
///
/// @param past_k  mean temperature of the last one to ten days.
/// @see Guenther et al. (2012), eqs. 7-9 with T24 = T240.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T light_dependent_warmth(const T& temperature_k, const T& past_k,
                                                                  const CompoundClass& compound) {
  constexpr double deactivation_kj_mol = 230.0, gas_constant_kj_mol_k = 0.00831;
  const T warmth = past_k - T(297.0);
  const T optimum_k = T(313.0) + 0.6 * warmth;
  const T optimum = compound.optimum_emission * exp(0.1 * warmth);
  const T x = (T(1.0) / optimum_k - T(1.0) / temperature_k) / T(gas_constant_kj_mol_k);
  const T below =
      T(deactivation_kj_mol) - compound.activation_kj_mol * (T(1.0) - exp(deactivation_kj_mol * x));
  return optimum * deactivation_kj_mol * exp(compound.activation_kj_mol * x) / below;
}

/// Activity of the part that needs no light: 1 at 303 K.
///
/// @see Guenther et al. (2012), eq. 6; (1995), eq. 11.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T light_independent_warmth(const T& temperature_k,
                                                                    const CompoundClass& compound) {
  return exp(compound.light_independent_per_k * (temperature_k - T(303.0)));
}

/// Share of the emission of a full canopy that a leaf area gives: 1 at 5 m2 m-2.
///
/// @see Guenther et al. (2006), Atmos. Chem. Phys. 6, 3181, eq. 15.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T leaf_area_activity(const T& leaf_area_index) {
  return 0.49 * leaf_area_index / sqrt(T(1.0) + 0.2 * leaf_area_index * leaf_area_index);
}

/// The air over a canopy.
template <Scalar T>
struct CanopyAir {
  T temperature_k, past_temperature_k, short_wave_w_m2;
};

/// What the emission factor of a class of compounds is multiplied by.
///
/// @see Guenther et al. (2012), eqs. 2-4; one big leaf without age, soil moisture and CO2.
template <Scalar T>
[[nodiscard]] inline T biogenic_activity(const CanopyAir<T>& air, const T& leaf_area_index,
                                         const CompoundClass& compound) {
  const double share = compound.light_dependent_share;
  const T by_light = light_activity(photon_flux_umol_m2_s(air.short_wave_w_m2)) *
                     light_dependent_warmth(air.temperature_k, air.past_temperature_k, compound);
  return leaf_area_activity(leaf_area_index) *
         (share * by_light + (1.0 - share) * light_independent_warmth(air.temperature_k, compound));
}

}  // namespace lantian
