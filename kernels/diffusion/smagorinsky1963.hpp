#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

/// Differences of the wind across a cell [s-1].
template <Scalar T>
struct Shear {
  T du_dx, du_dy, dv_dx, dv_dy;
};

/// Horizontal eddy diffusivity from the deformation of the wind [m2 s-1]; pure rotation gives none.
/// @see Smagorinsky (1963), Mon. Weather Rev. 91, 99, eqs. 4.13 and 4.15: K = (c s)^2 |D|.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T smagorinsky_diffusivity_m2_s(const Shear<T>& shear,
                                                                        double coefficient,
                                                                        const T& cell_area_m2) {
  const T stretching = shear.du_dx - shear.dv_dy, shearing = shear.dv_dx + shear.du_dy;
  return coefficient * coefficient * cell_area_m2 * sqrt(stretching * stretching + shearing * shearing);
}

}  // namespace lantian
