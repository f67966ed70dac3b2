#pragma once

#include <array>
#include <vector>

namespace lantian {

/// What a layer of particles near the ground leaves of the actinic flux, by its optical depth at 370 nm, its
/// single-scattering albedo, the height of the sun and how much of it lies above: the two-stream solution
/// with particles over that without.
///
/// The layer is the lowest kilometre, evenly mixed, asymmetry 0.7 (Andrews et al. 2006, J. Geophys. Res. 111,
/// D05S04), over a ground of albedo 0.05, in air without ozone. Between its nodes linear.
class AerosolLight {
 public:
  /// The one table of the program, worked out when it is first asked for.
  static const AerosolLight& instance();

  /// 1 without particles. The depth counts up to 6, the albedo from 0.7.
  /// @param share_above  of the optical depth, above the place
  [[nodiscard]] double factor(double optical_depth, double single_scattering_albedo, double cosine_zenith,
                              double share_above) const;

  /// Slopes of `factor` at the same place; 0 by what counts no further, beyond the ends of the table.
  struct Slopes {
    double by_depth, by_albedo, by_share_above;
  };
  [[nodiscard]] Slopes slopes(double optical_depth, double single_scattering_albedo, double cosine_zenith,
                              double share_above) const;

 private:
  AerosolLight();
  std::vector<double> nodes_;  // [depth][albedo][zenith][share above]
};

}  // namespace lantian
