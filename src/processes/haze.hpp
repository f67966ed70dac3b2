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

}  // namespace lantian
