#pragma once

#include "aerosol/inorganic_system.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace lantian {

/// Molalities of salts alone in water by whole per cent of humidity: what the policy `isorropia` reads from
/// the user.
class WaterTable {
 public:
  static constexpr std::size_t salts = 19, humidities = 100;

  /// Reads a CSV with the columns salt, a_w, molality_mol_per_kg: each salt at 0.01, 0.02, ... 1.00.
  /// @throws MissingFileError, or Error with all faults: file, line, value found, what is allowed.
  static WaterTable read(const std::string& path);

  /// The nearest whole per cent counts.
  [[nodiscard]] double molality(std::size_t salt, double relative_humidity) const;

 private:
  std::array<std::array<double, humidities>, salts> molality_{};
};

/// Where each policy's water functions hold.
struct HumidityRange {
  double lowest, highest;
};
inline constexpr HumidityRange smooth_humidity{0.10, 0.99}, isorropia_humidity{0.01, 1.00};

/// Equilibria of many points, eight side by side and shared out over threads; a point's bits depend neither
/// on its neighbours nor on the number of threads.
[[nodiscard]] std::vector<InorganicEquilibrium<double>> smooth_equilibria(
    const std::vector<InorganicTotals<double>>& points);
[[nodiscard]] std::vector<InorganicEquilibrium<double>> isorropia_equilibria(
    const std::vector<InorganicTotals<double>>& points, const WaterTable& table);

}  // namespace lantian
