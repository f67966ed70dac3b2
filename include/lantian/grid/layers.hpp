#pragma once

#include <cstddef>
#include <vector>

namespace lantian {

/// Terrain-following layers: z*, or those of the weather.
///
/// z*: interface k of a column over ground at `terrain_m` lies at
/// terrain + nominal_k (H - terrain) / H above sea level, H the model top above sea level.
///
/// Of the weather: the heights are the means over the domain; those of a column stand in
/// Surface::interface_above_ground_m.
/// @see Gal-Chen & Somerville (1975), J. Comput. Phys. 17, 209, eq. 2.1.
class Layers {
 public:
  /// `tops_m`: nominal heights of the layer tops, rising, the last is H.
  /// @throws ConfigError when they do not rise or fewer than 2.
  explicit Layers(const std::vector<double>& tops_m);

  /// Layers of the weather, with the mean heights of their interfaces above the ground: 0, then rising.
  [[nodiscard]] static Layers of_weather(const std::vector<double>& mean_interface_m);

  [[nodiscard]] bool follow_weather() const { return follow_weather_; }
  [[nodiscard]] int count() const { return static_cast<int>(interfaces_m_.size()) - 1; }
  [[nodiscard]] double model_top_m() const { return interfaces_m_.back(); }
  /// Height of interface k (0 = ground) above the ground [m].
  [[nodiscard]] double interface_above_ground_m(int k, double terrain_m) const {
    return interfaces_m_[static_cast<std::size_t>(k)] * (model_top_m() - terrain_m) / model_top_m();
  }
  [[nodiscard]] double thickness_m(int k, double terrain_m) const {
    return interface_above_ground_m(k + 1, terrain_m) - interface_above_ground_m(k, terrain_m);
  }
  [[nodiscard]] double middle_above_ground_m(int k, double terrain_m) const {
    return 0.5 * (interface_above_ground_m(k, terrain_m) + interface_above_ground_m(k + 1, terrain_m));
  }
  [[nodiscard]] const std::vector<double>& nominal_interfaces_m() const { return interfaces_m_; }

  /// The 20 tops for a city (8 km), used when the case names none.
  [[nodiscard]] static std::vector<double> default_tops_m();

 private:
  std::vector<double> interfaces_m_;  // 0, tops...
  bool follow_weather_ = false;
};

}  // namespace lantian
