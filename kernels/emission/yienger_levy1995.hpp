#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

/// What a land-use class does to the nitric oxide of its soil.
struct SoilClass {
  double wet_ng_m2_s, dry_ng_m2_s;  // A_w, A_d [ng N m-2 s-1]
  double slope, offset_k;           // of the temperature of wet soil over that of the air [1, deg C]
  double stomata_per_leaf_area;     // SAI/LAI
};

/// Flux out of wet soil over A_w: 0 in frost, linear to 10 deg C, exponential to 30, constant above.
///
/// @see Yienger & Levy (1995), J. Geophys. Res. 100, 11447, eq. 4.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T wet_soil_response(const T& soil_c) {
  const T cold = 0.28 * maximum(soil_c, T(0.0));
  const T warm = exp(0.103 * minimum(soil_c, T(30.0)));
  return select(soil_c < T(10.0), cold, warm);
}

/// Flux out of dry soil over A_d: linear from 0 to 30 deg C, constant above.
///
/// @see ibid., eq. 5.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T dry_soil_response(const T& soil_c) {
  return minimum(maximum(soil_c, T(0.0)), T(30.0)) / T(30.0);
}

/// Share that leaves the canopy: uptake by stomata and cuticles.
///
/// @see ibid., eq. 8: k_s = 8.75, k_c = 0.24.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T canopy_reduction(const T& leaf_area_index,
                                                            double stomata_per_leaf_area) {
  return 0.5 * (exp(-8.75 * stomata_per_leaf_area * leaf_area_index) + exp(-0.24 * leaf_area_index));
}

/// Nitric oxide out of the soil, above the canopy [ng N m-2 s-1]. Dry soil is 5 K warmer than the air.
template <Scalar T>
[[nodiscard]] inline T soil_nitric_oxide_ng_m2_s(const T& air_c, bool is_wet, const T& leaf_area_index,
                                                 const SoilClass& soil) {
  const T wet = soil.wet_ng_m2_s * wet_soil_response(soil.slope * air_c + T(soil.offset_k));
  const T dry = soil.dry_ng_m2_s * dry_soil_response(air_c + T(5.0));
  return select(is_wet, wet, dry) * canopy_reduction(leaf_area_index, soil.stomata_per_leaf_area);
}

}  // namespace lantian
