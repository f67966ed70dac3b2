#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/scalar.hpp"

#include <cstddef>
#include <span>

namespace lantian {

/// Levels of one column, lowest first.
template <Scalar T>
struct MixingColumn {
  std::span<const T> height_m;  // above the ground
  std::span<const T> virtual_potential_temperature_k;
  std::span<const T> wind_x_m_s;
  std::span<const T> wind_y_m_s;
};

inline constexpr double critical_richardson = 0.25;
inline constexpr double least_mixing_height_m = 50.0;
inline constexpr double most_mixing_height_m = 4000.0;

/// Bulk Richardson number between the lowest level and level k.
///
/// @see Vogelezang & Holtslag (1996), Boundary-Layer Meteorology 81, 245, eq. 3 with b = 100.
template <Scalar T>
[[nodiscard, gnu::always_inline]] inline T bulk_richardson(const MixingColumn<T>& column, std::size_t k,
                                                           const T& ustar) {
  const T rise_m = column.height_m[k] - column.height_m[0];
  const T warmer_k = column.virtual_potential_temperature_k[k] - column.virtual_potential_temperature_k[0];
  const T du = column.wind_x_m_s[k] - column.wind_x_m_s[0];
  const T dv = column.wind_y_m_s[k] - column.wind_y_m_s[0];
  const T shear_m2_s2 = maximum(T(0.1), du * du + dv * dv + 100.0 * ustar * ustar);
  return gravity_m_s2 * rise_m * warmer_k / (column.virtual_potential_temperature_k[0] * shear_m2_s2);
}

/// Height above ground where the bulk Richardson number first reaches 0.25, linear between levels [m].
///
/// @return Within 50 to 4000 m; the highest level when the number never gets there.
template <Scalar T>
[[nodiscard]] inline T bulk_richardson_height_m(const MixingColumn<T>& column, const T& ustar) {
  const std::size_t count = column.height_m.size();
  T height = column.height_m[count - 1];
  T below = T(0.0);
  for (std::size_t k = 1; k < count; ++k) {
    const T here = bulk_richardson(column, k, ustar);
    if (T(critical_richardson) < here) {
      const T share = (T(critical_richardson) - below) / (here - below);
      height = column.height_m[k - 1] + share * (column.height_m[k] - column.height_m[k - 1]);
      break;
    }
    below = here;
  }
  return minimum(maximum(height, T(least_mixing_height_m)), T(most_mixing_height_m));
}

}  // namespace lantian
