#pragma once

#include "plume/lane_values.hpp"

namespace lantian::plume {

inline constexpr std::size_t level_count = 87;
using Profile = std::array<double, level_count>;

/// Heights of the profiles [m]: 0, 0.5, 1, 2, 4, 8, 14, 20, then by 10 to 100, 20 to 200, 50 to 2000, 100 to
/// 5000.
/// @see EPA-454/R-03-004, section 4.1.
inline constexpr Profile level_heights_m = [] {
  Profile z{0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 14.0, 20.0};
  for (std::size_t i = 8; i < level_count; ++i) {
    const double below = z[i - 1];
    z[i] = below + (below < 100.0 ? 10.0 : below < 200.0 ? 20.0 : below < 2000.0 ? 50.0 : 100.0);
  }
  return z;
}();

/// Cells of a table of layers: each half metre below 20 m, each ten metres above.
inline constexpr int low_cells = 40, high_cells = 500;
inline constexpr auto layer_of_cell = [] {
  std::array<std::uint8_t, low_cells + high_cells> layer{};
  for (std::size_t i = 0; i < layer.size(); ++i) {
    const double z = i < low_cells ? 0.5 * static_cast<double>(i) : 10.0 * static_cast<double>(i - low_cells);
    while (level_heights_m[layer[i] + 1U] <= z) ++layer[i];
  }
  return layer;
}();

/// Cell of the table a height lies in; beyond the ends the first and the last cell count.
template <class V>
[[nodiscard, gnu::always_inline]] inline V cell_of(const V& height_m) {
  constexpr double low_m = 20.0, last_m = 4999.0;
  const V z = minimum(maximum(height_m, V{}), constant<V>(last_m));
  return choose(z < low_m, V(2.0 * z), V(0.1 * z + static_cast<double>(low_cells)));
}

/// Lower level of the layer that holds a height; beyond the ends the first and the last layer count.
[[nodiscard, gnu::always_inline]] inline std::size_t layer_of(double height_m) {
  return layer_of_cell[static_cast<std::size_t>(static_cast<int>(cell_of(height_m)))];
}

/// A height with its layer.
template <class V>
struct Height {
  Indices<V> layer;
  V above_level_m;  ///< above the layer's lower level
};

[[nodiscard, gnu::always_inline]] inline Height<double> place(double height_m) {
  const std::size_t layer = layer_of(height_m);
  return {{layer}, height_m - level_heights_m[layer]};
}
[[nodiscard, gnu::always_inline]] inline Height<Lanes> place(const Lanes& height_m) {
  Height<Lanes> found{};
  const LaneBits cell = __builtin_convertvector(cell_of(height_m), LaneBits);
  for (std::size_t lane = 0; lane < lane_count; ++lane) {
    found.layer.of[lane] = layer_of_cell[static_cast<std::size_t>(cell[static_cast<int>(lane)])];
  }
  found.above_level_m = height_m - gather(level_heights_m, found.layer);
  return found;
}

/// A profile ready for values at heights (linear between levels, the last layer prolonged above) and for
/// integrals.
struct ProfileTable {
  Profile value{}, slope{}, integral{};  // integral: from the ground to the level

  ProfileTable() = default;
  explicit ProfileTable(const Profile& of_levels) : value(of_levels) {
    for (std::size_t i = 0; i + 1 < level_count; ++i) {
      const double depth_m = level_heights_m[i + 1] - level_heights_m[i];
      slope[i] = (value[i + 1] - value[i]) / depth_m;
      integral[i + 1] = integral[i] + 0.5 * depth_m * (value[i] + value[i + 1]);
    }
  }
  template <class V>
  [[nodiscard, gnu::always_inline]] V at(const Height<V>& z) const {
    return gather(value, z.layer) + gather(slope, z.layer) * z.above_level_m;
  }
  template <class V>
  [[nodiscard, gnu::always_inline]] V up_to(const Height<V>& z) const {
    return gather(integral, z.layer) +
           z.above_level_m * (gather(value, z.layer) + 0.5 * z.above_level_m * gather(slope, z.layer));
  }
  [[nodiscard]] double at_height(double height_m) const { return at(place(height_m)); }
};

}  // namespace lantian::plume
