#pragma once

#include "fine_particles.hpp"

#include "lantian/processes/process.hpp"

#include <vector>

namespace lantian {

/// What the fine particles over a cell leave of its light, by layer: the two-stream solution for the column's
/// optical depth at 370 nm and its single-scattering albedo, by the share of that depth above a layer's
/// middle. Empty where there are no particles to speak of, or no sun.
[[nodiscard]] std::vector<double> haze_over(const State& state, const Environment& e,
                                            const FineParticleSpecies& particles, int row, int column,
                                            double cosine_zenith);

/// Slopes of the logarithms of `haze_over` by the particles of the column's layers.
class HazeSlope {
 public:
  /// Where no light is taken: nothing changes.
  HazeSlope() = default;
  HazeSlope(const State& state, const Environment& e, const FineParticleSpecies& particles, int row,
            int column, double cosine_zenith);
  [[nodiscard]] bool is_clear() const { return layers_.empty(); }

  /// Changes of the logarithms by layer, from those of the particles' mass [ug m-3].
  [[nodiscard]] std::vector<double> tangent(const std::vector<ParticleMasses>& change) const;
  /// What mass is worth, from what the logarithms are worth.
  [[nodiscard]] std::vector<ParticleMasses> adjoint(const std::vector<double>& worth) const;

 private:
  struct Layer {
    ParticleMasses depth_by_mass{}, scattered_by_mass{};
    double depth = 0.0, share_above = 0.0;                         // the share of the middle
    double by_depth = 0.0, by_albedo = 0.0, by_share_above = 0.0;  // of the logarithm
  };
  std::vector<Layer> layers_;
  double total_ = 0.0, albedo_ = 0.0;
};

}  // namespace lantian
